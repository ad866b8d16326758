// “Use this”: puts an example into its boxes without leaving the page, and takes it out again.
"use strict";

function typeInto(form, values) {
  const before = {};
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    if (!field) continue;
    before[name] = field.value;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  form.elements[Object.keys(values)[0]]?.focus();
  return before;
}

// The button to undo stands behind the button that was pressed, until it is used.
function offerUndo(button, undo) {
  button.parentNode.querySelector(".undo")?.remove();
  const back = document.createElement("button");
  back.type = "button";
  back.className = "link undo";
  back.textContent = "Undo";
  back.addEventListener("click", () => {
    undo();
    back.remove();
  });
  button.after(back);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-fill]");
  if (!button?.form) return;
  event.preventDefault();
  const before = typeInto(button.form, JSON.parse(button.dataset.fill));
  offerUndo(button, () => typeInto(button.form, before));
});
