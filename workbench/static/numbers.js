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
