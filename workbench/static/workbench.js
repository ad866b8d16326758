// What a page of the path does beyond plain forms: says when it is saved, tries again when it is not, and lets rows be dragged.
"use strict";

const RETRY_AFTER = 1000; // milliseconds

function say(text, failed) {
  const line = document.getElementById("saved");
  if (!line) return;
  line.textContent = text;
  line.classList.toggle("failed", Boolean(failed));
}

function keepSaving(form) {
  let waiting = null;
  const again = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => form.dispatchEvent(new Event("retry")), RETRY_AFTER);
  };
  form.addEventListener("input", () => say("Saving…"));
  form.addEventListener("htmx:error", () => {
    say("Not saved yet: we cannot reach the workbench. Keep this page open; we keep trying.", true);
    again();
  });
  form.addEventListener("htmx:after:request", (event) => {
    const status = event.detail?.ctx?.response?.status;
    if (status >= 500) {
      say("Not saved yet: something went wrong on our side. Keep this page open; we keep trying.", true);
      again();
    } else if (status === 401 || status === 403 || status === 400) {
      say("Not saved: you are no longer signed in. Sign in again in another tab, then press “Save and continue” here.", true);
    }
  });
}

function letRowsBeDragged(list, form) {
  if (!window.Sortable) return;
  window.Sortable.create(list, {
    animation: 120,
    filter: "input, textarea, select, button, a, label, summary",
    preventOnFilter: false,
    onEnd: () => {
      if (list.dataset.sort === "rows") numberRows(list);
      if (list.dataset.sort === "order") {
        form.requestSubmit(form.querySelector("[value=order]"));
      } else {
        form.dispatchEvent(new Event("change"));
      }
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

function keepPicture() {
  const picture = document.getElementById("preview");
  if (picture) picture.addEventListener("error", () => { picture.alt = "The printed page cannot be shown just now."; });
}

document.querySelectorAll("form[data-autosave]").forEach(keepSaving);
document.querySelectorAll("[data-sort]").forEach((list) => letRowsBeDragged(list, list.closest("form")));
keepPicture();
const summary = document.getElementById("summary");
if (summary) summary.focus();
