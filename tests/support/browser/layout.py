"""Measure the boxes of a page at each width: texts that overlap, texts that are cut, and pages that scroll sideways."""

from playwright.sync_api import Page

WIDTHS = (320, 720, 768, 900, 1024, 1280, 1600)

# A text is compared with the texts and fields that are not around it, and only with those of the same layer: what sticks to
# an edge of the window covers whatever lies under it. The rectangle of a line is as high as its letters, not as its font.
MEASURE = """() => {
    const skipped = '.skip, svg, script, style, noscript, option';
    const unseen = new Map(); // what only readers of the screen read
    const clipped = it => {
        if (!it) return false;
        if (!unseen.has(it)) unseen.set(it, getComputedStyle(it).clipPath === 'inset(50%)' || clipped(it.parentElement));
        return unseen.get(it);
    };
    const shown = it => it && it.checkVisibility({visibilityProperty: true}) && !it.closest(skipped) && !clipped(it);
    const name = it => `<${it.tagName.toLowerCase()}${it.className ? ' class="' + it.className + '"' : ''}> `
        + `“${(it.innerText || it.value || '').trim().slice(0, 40)}”`;
    const layers = new Map();
    const layer = it => {
        if (!it || it === document.body) return document.body;
        if (!layers.has(it)) {
            const style = getComputedStyle(it);
            const own = ['sticky', 'fixed'].includes(style.position) || it.matches('.menu > div');
            const scrolls = /auto|scroll/.test(style.overflowX) && it.scrollWidth > it.clientWidth + 1;
            layers.set(it, own || scrolls ? it : layer(it.parentElement));
        }
        return layers.get(it);
    };
    // A unit or a key that stands in the padding of a field lets every press through to it.
    const within = (text, field) => field.element.matches('input') && getComputedStyle(text.element).pointerEvents === 'none';
    const boxes = [];
    const edge = it => { // where the text of a line that ends in … ends
        for (let each = it; each && each !== document.body; each = each.parentElement) {
            if (/hidden|clip/.test(getComputedStyle(each).overflowX)) return each.getBoundingClientRect();
        }
        return null;
    };
    const add = (element, rect, shrink) => {
        const end = edge(element);
        if (end) {
            const left = Math.max(rect.left, end.left);
            rect = {left, right: Math.min(rect.right, end.right), top: rect.top, bottom: rect.bottom, height: rect.height};
            rect.width = rect.right - left;
        }
        if (rect.width < 2 || rect.height < 2) return;
        const cut = rect.height * shrink;
        boxes.push({element, layer: layer(element), left: rect.left + 1, right: rect.right - 1,
            top: rect.top + cut, bottom: rect.bottom - cut});
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || !shown(element) || element.closest('textarea, select')) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const rect of range.getClientRects()) add(element, rect, .25);
    }
    for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea, button')) {
        if (shown(field)) add(field, field.getBoundingClientRect(), .05);
    }
    boxes.sort((one, other) => one.top - other.top);
    const found = new Set();
    for (let first = 0; first < boxes.length; first += 1) {
        const one = boxes[first];
        for (let second = first + 1; second < boxes.length && boxes[second].top < one.bottom; second += 1) {
            const other = boxes[second];
            if (one.element === other.element || one.layer !== other.layer) continue;
            if (one.element.contains(other.element) && one.element.matches('button, label > *')) continue;
            if (other.element.contains(one.element) && other.element.matches('button')) continue;
            if (within(one, other) || within(other, one)) continue;
            if (Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1) {
                found.add(`${name(one.element)} overlaps ${name(other.element)}`);
            }
        }
    }
    for (const it of document.querySelectorAll('body *')) {
        if (!shown(it) || !it.innerText || it.matches('input, textarea')) continue;
        const style = getComputedStyle(it);
        if (style.textOverflow === 'ellipsis' && it.closest('summary')) continue; // the row opens, and shows all of it
        const clips = /hidden|clip/.test(style.overflowX + style.overflowY) || it.matches('button, .button, .tag');
        if (clips && style.display !== 'inline' && (it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 2)) {
            found.add(`${name(it)} is cut`);
        }
    }
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) {
        const wide = [...document.querySelectorAll('body *')].filter(it => it.getBoundingClientRect().right > width + 1 && shown(it));
        found.add(`the page is ${document.documentElement.scrollWidth} wide, with ${wide.slice(-2).map(name)}`);
    }
    return [...found];
}"""


def layout_flaws(page: Page, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """List what overlaps, is cut or makes the page scroll sideways at each of the widths; the page is loaded once."""
    before = page.viewport_size
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"at {width}: {flaw}" for flaw in page.evaluate(MEASURE)]
    if before:
        page.set_viewport_size(before)
    return found
