// What a page of the path does beyond plain forms: saves as you type, tries again when it could not, turns the preview, drags rows.
"use strict";

const RETRY_AFTER = 1000; // milliseconds
const TROUBLES = {
  503: "the workbench is not answering right now",
  507: "there is no room left on the disk. Tell the person who looks after the workbench",
};
const LONGEST_WAIT = 500; // somebody who never pauses is saved at least this often

function say(text, failed) {
  const line = document.getElementById("saved");
  if (!line) return;
  line.setAttribute("aria-live", failed ? "polite" : "off"); // only trouble is read aloud
  line.textContent = text;
  line.classList.toggle("failed", Boolean(failed));
}

// Says whether somebody changed a field since the page came; it relies on browsers not filling in what stood there once.
function wasChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue && field.type !== "submit";
  const options = [...field.options];
  return field.selectedOptions[0] !== (options.find((each) => each.defaultSelected) ?? options[0]);
}

// Counts changes, so that “saved” is said of the newest one only, and no page is left before its words are kept.
class Keeping {
  constructor(form) {
    this.form = form;
    this.typed = 0; // changes so far
    this.kept = 0; // of these, how many the server has answered for
    this.failing = false;
    this.clashed = false;
    this.gone = false; // the form itself is on its way
    this.pressed = undefined; // the button that waits until all is kept
    this.longest = null;
    this.waiting = null;
    this.listen();
    if ([...form.elements].some(wasChanged)) this.changed(); // typed while this script was on its way
  }

  listen() {
    const on = (name, act) => this.form.addEventListener(name, (event) => act.call(this, event));
    on("input", this.changed);
    on("change", this.changed);
    on("submit", this.leave);
    on("htmx:config:request", this.sending);
    on("htmx:after:request", this.answered);
    on("htmx:error", () => this.failed("Not saved yet: we cannot reach the workbench. Keep this page open; we keep trying."));
    on("htmx:finally:request", this.settled);
    window.addEventListener("beforeunload", (event) => { if (this.failing && this.open()) event.preventDefault(); });
    window.addEventListener("pagehide", () => this.partingSave());
    window.addEventListener("pageshow", () => { this.gone = false; });
  }

  open() {
    return this.typed > this.kept;
  }

  save() {
    this.form.dispatchEvent(new Event("retry"));
  }

  changed() {
    this.typed += 1;
    if (!this.failing) say("Saving…");
    this.longest ??= setTimeout(() => this.save(), LONGEST_WAIT);
  }

  sending(event) {
    clearTimeout(this.longest);
    clearTimeout(this.waiting);
    this.longest = null;
    if (this.gone) event.preventDefault(); // what the button does must not be overtaken by what stood there before
    event.detail.ctx.typed = this.typed;
  }

  answered(event) {
    const { response, typed } = event.detail.ctx;
    this.clashed = response.status >= 400 && response.status < 500; // trying again would not help
    if (response.status >= 500) {
      this.failed(`Not saved yet: ${TROUBLES[response.status] ?? "something went wrong on our side"}. Keep this page open; we keep trying.`);
    } else if (response.status === 400 || response.status === 403) {
      this.clashed = false;
      this.failed("Not saved yet: you are signed out. Sign in again in another tab and keep this page open; it will then be saved automatically.", true);
    } else {
      this.failing = false;
      if (response.status < 400) this.kept = Math.max(this.kept, typed);
      else if (response.status !== 409) say("Not saved: the workbench does not accept this. Copy your words before you leave this page.", true);
    }
  }

  settled() {
    turnPreview();
    if (!this.failing && !this.clashed && this.open()) say("Saving…");
    if (this.pressed === undefined || this.gone || (this.open() && !this.clashed)) return;
    const pressed = this.pressed;
    this.pressed = undefined;
    this.form.requestSubmit(pressed);
  }

  failed(words, signedOut) {
    this.failing = true;
    say(words, true);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => (signedOut ? this.renew() : this.save()), RETRY_AFTER);
  }

  // A new sign-in has a new token; the page as it is drawn now carries it.
  async renew() {
    try {
      const answer = await fetch(this.form.action);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const token = page.querySelector("#step [name=csrf_token]");
      if (token) this.form.querySelector("[name=csrf_token]").value = token.value;
    } finally {
      this.save();
    }
  }

  leave(event) {
    if (!this.gone && (this.clashed || !this.open())) {
      this.gone = true;
      return;
    }
    event.preventDefault();
    if (this.gone) return;
    this.pressed = event.submitter;
    this.save();
  }

  partingSave() {
    if (this.gone || !this.open()) return;
    const body = new URLSearchParams(new FormData(this.form));
    fetch(this.form.getAttribute("hx-post"), { method: "POST", headers: { "X-Autosave": "1" }, body, keepalive: true });
  }
}

// The old picture stays until the new one is ready to be shown, so that nothing flickers.
async function turnPreview() {
  const picture = document.getElementById("preview");
  const wanted = document.getElementById("next-preview")?.value;
  if (!picture || !wanted || picture.getAttribute("src") === wanted) return;
  if (!picture.complete) {
    picture.src = wanted; // not looked at yet
    return;
  }
  const fresh = new Image();
  fresh.src = wanted;
  try {
    await fresh.decode();
    if (document.getElementById("next-preview").value === wanted) picture.src = wanted;
  } catch {
    cannotShow();
  }
}

function cannotShow() {
  const picture = document.getElementById("preview");
  if (picture) picture.alt = "The printed page cannot be shown right now.";
}

// Dragging is a second way beside the buttons, so only the mouse sees its handle. The server draws the new order.
function letRowsBeDragged(list, form) {
  if (!window.Sortable) return;
  for (const row of list.children) {
    const handle = document.createElement("span");
    handle.className = "drag";
    handle.title = "Drag to another place";
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    row.querySelector(":scope > .row")?.prepend(handle);
  }
  window.Sortable.create(list, {
    animation: 120,
    handle: ".drag",
    onEnd: (event) => {
      if (event.oldIndex === event.newIndex) return;
      if (list.dataset.sort === "rows") numberRows(list);
      form.requestSubmit(form.querySelector("[value=order]"));
    },
  });
}

// The server reads rows by the number in their names, so a dragged row takes the number of its new place.
function numberRows(list) {
  [...list.children].forEach((row, place) => {
    row.querySelectorAll("[name]").forEach((field) => {
      field.name = field.name.replace(/^rows-\d+-/, `rows-${place}-`);
    });
  });
}

// A document that is being printed: looks again each second, and goes there when it is done.
async function waitForPrint(link) {
  try {
    const answer = await fetch(link.href, { method: "HEAD" });
    if (answer.status !== 202) return location.replace(link.href);
  } catch {
    // the server is away for a moment; the next look may find it
  }
  return setTimeout(() => waitForPrint(link), RETRY_AFTER);
}

// A long list of boxes to tick: those that hold the words of the search stay to be seen, and whatever is ticked.
function letListBeSearched(box) {
  const list = document.getElementById(box.dataset.filters);
  const field = box.querySelector("input");
  const told = box.querySelector("[role=status]");
  box.hidden = false;
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); }); // it sends nothing
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/);
    const rows = [...list.querySelectorAll(".check")];
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !row.querySelector("input").checked && !words.every((word) => text.includes(word));
    }
    if (field.value) list.querySelectorAll("details").forEach((more) => { more.open = true; });
    told.textContent = field.value ? `${rows.filter((row) => !row.hidden).length} of ${rows.length} are shown.` : "";
  });
}

if (window.htmx) document.querySelectorAll("form[data-autosave]").forEach((form) => new Keeping(form));
document.querySelectorAll("[data-sort]").forEach((list) => letRowsBeDragged(list, list.closest("form")));
document.querySelectorAll("[data-filters]").forEach(letListBeSearched);
document.getElementById("preview")?.addEventListener("error", cannotShow);
document.getElementById("summary")?.focus();
const printing = document.getElementById("printing");
if (printing) setTimeout(() => waitForPrint(printing), RETRY_AFTER);
