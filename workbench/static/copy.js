// Buttons that copy what stands in a field; without scripts the field is marked and copied by hand.
"use strict";

for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const said = button.parentElement.querySelector("[role=status]");
  button.parentElement.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Copied.";
    } catch {
      field.focus(); // the browser does not let us, so the text is marked for the keyboard
      said.textContent = "Press Ctrl+C or ⌘C to copy.";
    }
  });
}
