// Makes the form of targets a sheet: keys move between cells, a block from a spreadsheet fills them, buttons act in place.
"use strict";

const sheet = document.querySelector(".targets-form");

// The cells of the sheet row by row; the columns are those that are always seen.
const COLUMNS = ["comparator", "value", "period", "qualifier"];
const rowsOfSheet = () => [...sheet.querySelectorAll("tr.target")];
const cellAt = (row, column) => row?.querySelector(`[name$="-${column}"]`);
const columnOf = (cell) => COLUMNS.find((name) => cell.name?.endsWith(`-${name}`));

function goTo(cell) {
  if (!cell) return false;
  cell.focus();
  if (cell.select) cell.select();
  return true;
}

// Whether an arrow would leave the text of a cell: it is chosen as a whole, or the cursor is at that end.
function atEnd(cell, forward) {
  if (cell.tagName === "SELECT") return true;
  const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  return whole || (cell.selectionStart === cell.selectionEnd && cell.selectionStart === (forward ? cell.value.length : 0));
}

function move(event) {
  const cell = event.target;
  const column = columnOf(cell);
  if (!column || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const rows = rowsOfSheet();
  const place = rows.indexOf(cell.closest("tr"));
  const list = cell.tagName === "SELECT";
  let target;
  if (event.key === "Enter") target = cellAt(rows[place + (event.shiftKey ? -1 : 1)], column);
  else if (event.key === "ArrowDown" && !list) target = cellAt(rows[place + 1], column);
  else if (event.key === "ArrowUp" && !list) target = cellAt(rows[place - 1], column);
  else if (event.key === "ArrowRight" && !event.shiftKey && atEnd(cell, true)) target = cellAt(rows[place], COLUMNS[COLUMNS.indexOf(column) + 1]);
  else if (event.key === "ArrowLeft" && !event.shiftKey && atEnd(cell, false)) target = cellAt(rows[place], COLUMNS[COLUMNS.indexOf(column) - 1]);
  else return;
  if (goTo(target) || event.key === "Enter") event.preventDefault(); // Enter never sends the sheet
}

// Puts a text into a cell; a list takes the choice of that name, and “month” or “monthly” is “each month”.
function fill(cell, text) {
  const typed = text.trim();
  if (cell.tagName !== "SELECT") {
    cell.value = typed;
    return true;
  }
  const wanted = typed.toLowerCase().replace(/^(each|per|every|a) /, "").replace(/^dai?ly$/, "day").replace(/ly$/, "");
  const found = [...cell.options].find((each) => [each.value, each.textContent.trim().toLowerCase()].includes(wanted));
  if (found) cell.value = found.value;
  return Boolean(found);
}

function paste(event) {
  const column = columnOf(event.target);
  const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "") ?? "";
  if (!column || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const rows = rowsOfSheet();
  const first = rows.indexOf(event.target.closest("tr"));
  let last = event.target;
  const lost = [];
  text.split("\n").forEach((line, down) => {
    line.split("\t").forEach((value, right) => {
      const cell = cellAt(rows[first + down], COLUMNS[COLUMNS.indexOf(column) + right]);
      if (!cell || !fill(cell, value)) {
        if (value.trim()) lost.push(value.trim());
        return;
      }
      last = cell;
      cell.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
  goTo(last);
  sheet.querySelector("[data-paste-note]")?.remove();
  if (lost.length) sheet.querySelector(".scroll").before(noteOf(`These had no place in the table and were left out: ${lost.join(", ")}`));
}

function noteOf(words) {
  const note = document.createElement("p");
  note.className = "note gold";
  note.setAttribute("role", "status");
  note.dataset.pasteNote = "";
  note.textContent = words;
  return note;
}

// Which rows are open; the answer of the server does not know it.
const openRows = new Set();

function open(button, wide) {
  if (wide) openRows.add(button.dataset.more);
  else openRows.delete(button.dataset.more);
  document.getElementById(button.dataset.more).hidden = !wide;
  button.setAttribute("aria-expanded", wide);
}

// Folds the second half of each row, and offers to choose all rows at once.
function prepare() {
  for (const button of sheet.querySelectorAll("[data-more]")) {
    button.hidden = false;
    open(button, openRows.has(button.dataset.more));
  }
  const place = sheet.querySelector("[data-choose-all]");
  place.hidden = false;
  if (place.firstChild) return;
  const all = document.createElement("input");
  all.type = "checkbox";
  all.id = "choose-all";
  all.setAttribute("aria-label", "Choose all targets");
  all.addEventListener("change", (event) => {
    event.stopPropagation(); // it is not saved
    sheet.querySelectorAll("[name=chosen]").forEach((box) => { box.checked = all.checked; });
  });
  place.append(all);
}

// After a button has acted, the fields hold what the server has stored; the one that is being typed into is left alone.
function showStored() {
  for (const field of sheet.querySelectorAll(".cell, [name=chosen]")) {
    if (field === document.activeElement) continue;
    if (field.type === "checkbox") field.checked = field.defaultChecked;
    else if (field.options) field.value = ([...field.options].find((each) => each.defaultSelected) ?? field.options[0]).value;
    else field.value = field.defaultValue;
  }
  document.getElementById("choose-all").checked = false;
}

function markErrors() {
  for (const cell of sheet.querySelectorAll(".cell")) {
    const wrong = Boolean(document.getElementById(`${cell.id}-error`)?.textContent.trim());
    if (wrong) cell.setAttribute("aria-invalid", "true");
    else cell.removeAttribute("aria-invalid");
    const button = wrong && cell.closest("tr.more") && sheet.querySelector(`[data-more="${cell.closest("tr").id}"]`);
    if (button) open(button, true);
  }
}

if (sheet && window.htmx) {
  // choosing a row is not saved, and neither is the reason for which a remark is dismissed
  for (const name of ["input", "change"]) {
    sheet.addEventListener(name, (event) => { if (event.target.name === "chosen" || "notSaved" in event.target.dataset) event.stopPropagation(); }, true);
  }
  sheet.addEventListener("keydown", move);
  // The first click into a number chooses all of it, so that typing replaces it, as in a spreadsheet.
  let fresh = null;
  sheet.addEventListener("pointerdown", (event) => { fresh = event.target === document.activeElement ? null : event.target; });
  sheet.addEventListener("click", (event) => { if (event.target === fresh && fresh.matches("input.number")) fresh.select(); });
  sheet.addEventListener("paste", paste);
  sheet.addEventListener("click", (event) => {
    const button = event.target.closest("[data-more]");
    if (button) open(button, button.getAttribute("aria-expanded") !== "true");
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const outside = event.target instanceof Element && event.target.isConnected && !sheet.contains(event.target);
    if (outside) return; // such as the line that says who is here: what is typed and not saved yet stays
    prepare();
    if (event.target !== sheet) {
      showStored();
      showStatus(sheet, "Saved");
    }
    markErrors();
  });
  sheet.querySelector(".keys-with-scripts")?.removeAttribute("hidden");
  prepare();
}
