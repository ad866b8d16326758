// Adds to the head of every page: Escape or a press elsewhere closes its menu, and “/” goes to its search box.
"use strict";

const isTyping = (element) => element.matches("input, textarea, select, [contenteditable]");

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const field = document.querySelector(".find input[type=search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
});

// A page that is made to be printed has a button for it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
