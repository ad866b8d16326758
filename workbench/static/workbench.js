// Adds to the plain forms of the guided path: autosave with retries, the live preview, and rows that can be dragged.
"use strict";

const RETRY_AFTER = 1000; // milliseconds
const TROUBLES = {
  503: "the workbench is not answering right now",
  507: "there is no room left on the disk. Tell the person who looks after the workbench",
};
const MAX_WAIT = 500; // milliseconds; a person who never pauses is saved at least this often

function showStatus(form, text, failed) {
  const line = form.querySelector(".saved");
  if (!line) return;
  line.setAttribute("aria-live", failed ? "polite" : "off"); // only problems are read aloud
  line.textContent = text;
  line.classList.toggle("failed", Boolean(failed));
}

// Returns whether a field was changed since the page was loaded; it relies on browsers not restoring old values.
function wasChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (!field.options) return field.tagName !== "BUTTON" && field.value !== field.defaultValue;
  const options = [...field.options];
  return field.selectedOptions[0] !== (options.find((each) => each.defaultSelected) ?? options[0]);
}

// Counts changes, so that “saved” is shown for the newest one only, and no page is left before its words are saved.
class Autosave {
  constructor(form) {
    this.form = form;
    this.typed = 0; // changes so far
    this.saved = 0; // number of them that the server has saved
    this.failing = false;
    this.conflict = false;
    this.gone = false; // the form itself is being sent
    this.pressed = undefined; // the button that waits until all is saved
    this.longest = null;
    this.waiting = null;
    this.listen();
    if ([...form.elements].some(wasChanged)) this.changed(); // typed while this script was loading
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
    return this.typed > this.saved;
  }

  save() {
    this.form.dispatchEvent(new Event("retry"));
  }

  changed() {
    this.typed += 1;
    if (!this.failing) showStatus(this.form, "Saving…");
    this.longest ??= setTimeout(() => this.save(), MAX_WAIT);
  }

  sending(event) {
    clearTimeout(this.longest);
    clearTimeout(this.waiting);
    this.longest = null;
    if (this.gone) event.preventDefault(); // an older text must not overtake the effect of the button
    event.detail.ctx.typed = this.typed;
  }

  answered(event) {
    const { response, typed } = event.detail.ctx;
    this.conflict = response.status >= 400 && response.status < 500; // a retry would not help
    if (this.conflict) this.form.querySelector(".no-scripts")?.removeAttribute("hidden");
    if (response.status >= 500) {
      this.failed(`Not saved yet: ${TROUBLES[response.status] ?? "something went wrong on our side"}. Keep this page open; we keep trying.`);
    } else if (response.status === 400 || response.status === 403) {
      this.conflict = false;
      this.failed("Not saved yet: you are signed out. Sign in again in another tab and keep this page open; it will then be saved automatically.", true);
    } else {
      this.failing = false;
      if (response.status < 400) this.saved = Math.max(this.saved, typed);
      else if (response.status !== 409) showStatus(this.form, "Not saved: the workbench does not accept this. Copy your words before you leave this page.", true);
    }
  }

  settled() {
    updatePreview();
    if (!this.failing && !this.conflict && this.open()) showStatus(this.form, "Saving…");
    if (this.pressed === undefined || this.gone || (this.open() && !this.conflict)) return;
    const pressed = this.pressed;
    this.pressed = undefined;
    if (!actInPlace(pressed)) this.form.requestSubmit(pressed);
  }

  failed(words, signedOut) {
    this.failing = true;
    showStatus(this.form, words, true);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => (signedOut ? this.renew() : this.save()), RETRY_AFTER);
  }

  // After a new sign-in there is a new token, which the page has when it is loaded again.
  async renew() {
    try {
      const answer = await fetch(this.form.action);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const token = page.querySelector("#main form [name=csrf_token]");
      if (token) this.form.querySelector("[name=csrf_token]").value = token.value;
    } finally {
      this.save();
    }
  }

  leave(event) {
    if (!this.gone && (this.conflict || !this.open())) {
      if (actInPlace(event.submitter)) event.preventDefault();
      else this.gone = true;
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

// A button that acts without leaving the page sends its form when it hears “act”, after everything typed has been saved.
function actInPlace(button) {
  const acts = button?.getAttribute("hx-trigger") === "act";
  if (acts) button.dispatchEvent(new Event("act"));
  return acts;
}

// The old picture stays until the new one has been decoded, so that nothing flickers.
async function updatePreview() {
  const picture = document.getElementById("preview");
  const wanted = document.getElementById("next-preview")?.value;
  if (!picture || !wanted || picture.getAttribute("src") === wanted) return;
  if (!picture.complete) {
    picture.src = wanted; // not loaded yet
    return;
  }
  const fresh = new Image();
  fresh.src = wanted;
  try {
    await fresh.decode();
    if (document.getElementById("next-preview").value === wanted) picture.src = wanted;
  } catch {
    showPreviewError();
  }
}

function showPreviewError() {
  const picture = document.getElementById("preview");
  if (picture) picture.alt = "The printed page cannot be shown right now.";
}

// Dragging is an alternative to the buttons, so its handle is for the mouse only. The server draws the new order.
function makeRowsDraggable(list, form) {
  if (!window.Sortable) return;
  for (const row of list.children) {
    const handle = document.createElement("span");
    handle.className = "drag";
    handle.title = "Drag to another place";
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    row.querySelector(":scope > .row")?.prepend(handle); // hidden in an empty row
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

// Waits for a document that is being printed: asks again each second, and opens it when it is done.
async function waitForPrint(link) {
  try {
    const answer = await fetch(link.href, { method: "HEAD" });
    if (answer.status !== 202) return location.replace(link.href);
  } catch {
    // the server does not answer for a moment; the next request may succeed
  }
  return setTimeout(() => waitForPrint(link), RETRY_AFTER);
}

// Filters a long list of checkboxes: those that match the search stay visible, and those that are checked.
function letListBeSearched(box) {
  const list = document.getElementById(box.dataset.filters);
  const field = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  box.hidden = false;
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); }); // it does not send the form
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/);
    const rows = [...list.querySelectorAll(".check")];
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !row.querySelector("input").checked && !words.every((word) => text.includes(word));
    }
    if (field.value) list.querySelectorAll("details").forEach((more) => { more.open = true; });
    status.textContent = field.value ? `${rows.filter((row) => !row.hidden).length} of ${rows.length} are shown.` : "";
  });
}

// Adds all of this to the forms of a page, or of a part of it that was loaded again.
function enhance(root) {
  if (window.htmx) {
    root.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
    root.querySelectorAll(".no-scripts").forEach((button) => { button.hidden = true; });
  }
  root.querySelectorAll("[data-sort]").forEach((list) => makeRowsDraggable(list, list.closest("form")));
  root.querySelectorAll("[data-filters]").forEach(letListBeSearched);
  root.querySelector("#preview")?.addEventListener("error", showPreviewError);
}

enhance(document);
document.getElementById("summary")?.focus();
const printing = document.getElementById("printing");
if (printing) setTimeout(() => waitForPrint(printing), RETRY_AFTER);
