// Buttons that copy the text of a field; without scripts a person selects and copies it.
"use strict";

for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const status = button.parentElement.querySelector("[role=status]");
  button.parentElement.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = "Copied.";
    } catch {
      field.focus(); // the browser does not allow it, so the text is selected for the keyboard
      status.textContent = "Press Ctrl+C or ⌘C to copy.";
    }
  });
}
