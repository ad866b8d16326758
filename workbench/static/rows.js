// Lists of rows are edited in place: Enter adds a row, Backspace removes an empty one, a pasted list becomes rows, a removal can be undone.
"use strict";

const UNDO_TIME = 10000; // milliseconds

const listOf = (target) => target.closest?.("#rows");
const rowOf = (target) => target.closest("#rows > li");
const firstText = (row) => row.querySelector("textarea");
const isBlank = (row) => [...row.querySelectorAll("textarea")].every((field) => !field.value.trim());

// Everything in a row that carries its number gets the number of its place.
function renumber(list) {
  [...list.children].forEach((row, place) => {
    const numbered = (text) => text.replace(/^rows-\d+-/, `rows-${place}-`);
    row.id = `row-${place}`;
    row.classList.toggle("blank", isBlank(row));
    row.querySelectorAll("[name^=rows-]").forEach((field) => {
      field.name = numbered(field.name);
      field.id = numbered(field.id);
    });
    row.querySelectorAll("label").forEach((label) => { label.htmlFor = numbered(label.htmlFor); });
    row.querySelectorAll("label, button span").forEach((text) => {
      const last = text.lastChild;
      if (!last.children?.length) last.textContent = last.textContent.replace(/\d+\s*$/, place + 1);
    });
    row.querySelectorAll("button[name=do]").forEach((button) => { button.value = button.value.replace(/\d+$/, place); });
  });
}

function emptyRow(list) {
  const row = list.lastElementChild.cloneNode(true);
  row.querySelectorAll(".error").forEach((words) => words.remove());
  row.querySelectorAll(".wrong").forEach((field) => field.classList.remove("wrong"));
  row.querySelectorAll("textarea").forEach((field) => {
    field.value = field.defaultValue = "";
    field.removeAttribute("aria-describedby");
    field.removeAttribute("aria-invalid");
  });
  row.querySelectorAll("input[type=checkbox]").forEach((box) => { box.checked = box.defaultChecked = false; });
  return row;
}

// After each change: numbers follow the places, an empty row waits at the end, and the form is saved.
function settle(list) {
  if (!isBlank(list.lastElementChild)) list.append(emptyRow(list));
  renumber(list);
  list.closest("form").dispatchEvent(new Event("input", { bubbles: true }));
}

function focusText(row, atEnd) {
  const field = atEnd ? [...row.querySelectorAll("textarea")].at(-1) : firstText(row);
  field.focus();
  if (atEnd) field.setSelectionRange(field.value.length, field.value.length);
}

function offerToRestore(list, row, place) {
  document.querySelector(".undo-line")?.remove();
  const line = document.createElement("div");
  line.className = "undo-line";
  line.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = "The row is removed.";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain small";
  button.textContent = "Undo";
  button.addEventListener("click", () => {
    list.insertBefore(row, list.children[place] ?? null);
    settle(list);
    focusText(row, true);
    line.remove();
  });
  line.append(words, button);
  list.after(line);
  setTimeout(() => line.remove(), UNDO_TIME);
}

function removeRow(list, row) {
  const place = [...list.children].indexOf(row);
  const blank = isBlank(row);
  if (list.children.length === 1) list.append(emptyRow(list));
  row.remove();
  settle(list);
  if (!blank) offerToRestore(list, row, place);
}

// The server divides a pasted list into rows, and the page shows them in its place.
async function pasteLines(field, text) {
  const form = field.form;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "order");
  body.set("op_id", `${Date.now()}-${Math.random()}`); // the form's own may be under way with what was typed before
  const place = [...listOf(field).children].indexOf(rowOf(field));
  const main = document.getElementById("main");
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    main.replaceChildren(...document.adoptNode(page.getElementById("main")).childNodes);
  } catch {
    field.dispatchEvent(new Event("input", { bubbles: true })); // the autosave tries again, and the server divides the text then
    return;
  }
  const tab = main.querySelector("#step [name=tab]");
  if (tab) tab.value = body.get("tab"); // still the same open page
  window.htmx?.process(main);
  window.enhance?.(main);
  showHint();
  const rows = document.getElementById("rows");
  const pasted = text.split("\n").filter((line) => line.trim()).length;
  if (rows) focusText(rows.children[Math.min(place + pasted, rows.children.length) - 1], true);
}

function addAfter(list, row) {
  const next = row.nextElementSibling;
  if (next && isBlank(next)) return focusText(next);
  const fresh = emptyRow(list);
  row.after(fresh);
  renumber(list);
  return focusText(fresh);
}

document.addEventListener("keydown", (event) => {
  const list = listOf(event.target);
  if (!list || event.target.tagName !== "TEXTAREA" || event.isComposing) return;
  const row = rowOf(event.target);
  if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    if (!isBlank(row)) addAfter(list, row);
  } else if (event.key === "Backspace" && isBlank(row) && row.previousElementSibling) {
    event.preventDefault();
    focusText(row.previousElementSibling, true);
    if (row.nextElementSibling) removeRow(list, row);
  }
});

document.addEventListener("paste", (event) => {
  if (!listOf(event.target) || event.target.tagName !== "TEXTAREA") return;
  const text = event.clipboardData.getData("text/plain");
  if (!text.trim().includes("\n") && !text.trim().includes("\r")) return;
  event.preventDefault();
  pasteLines(event.target, text.trim());
});

document.addEventListener("input", (event) => {
  const list = listOf(event.target);
  if (!list) return;
  rowOf(event.target).classList.toggle("blank", isBlank(rowOf(event.target)));
  if (!isBlank(list.lastElementChild)) {
    list.append(emptyRow(list));
    renumber(list);
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const list = document.getElementById("rows");
  if (!button || !list) return;
  if (button.dataset.row) {
    event.preventDefault();
    useRow(list, JSON.parse(button.dataset.row));
  } else if (button.name === "do" && button.value.startsWith("remove:")) {
    event.preventDefault();
    const row = rowOf(button);
    const next = row.nextElementSibling ?? row.previousElementSibling;
    removeRow(list, row);
    focusText(next ?? list.lastElementChild, true);
  } else if (button.name === "do" && button.value === "add") {
    event.preventDefault();
    focusText(list.lastElementChild);
  }
});

// “Use this” of an example: its values go into the empty row at the end.
function useRow(list, values) {
  const row = list.lastElementChild;
  for (const [name, value] of Object.entries(values)) {
    const field = row.querySelector(`[name$="-${name}"]`);
    if (field?.type === "checkbox") field.checked = Boolean(value);
    else if (field) field.value = value;
  }
  settle(list);
  focusText(row, true);
}

function showHint() {
  document.querySelectorAll(".only-scripts").forEach((hint) => { hint.hidden = false; });
}

showHint();
