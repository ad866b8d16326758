// Puts the reading of a number that is chosen into its field, which then saves itself without leaving the page.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-reading]");
  const field = button && document.getElementById(button.dataset.reading);
  if (!field || !window.htmx) return;
  event.preventDefault();
  field.value = button.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

// After an autosave a field is marked as wrong, or no longer, as its note says.
document.addEventListener("htmx:finally:request", () => {
  for (const note of document.querySelectorAll(".field > .said")) {
    const field = document.getElementById(note.id.replace(/-said$/, ""));
    const wrong = note.querySelector(".error") !== null;
    note.parentElement.classList.toggle("wrong", wrong);
    if (wrong) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }
});
