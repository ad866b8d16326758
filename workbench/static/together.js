// Brings the changes of other people into an open page of the path, and never into a field that one is writing in.
"use strict";

// Returns the value of a field, as it is or as the page came with it.
function valueOf(field) {
  return field.type === "checkbox" || field.type === "radio" ? String(field.checked) : field.value;
}

function takeValue(field, fresh) {
  if (field.type === "checkbox" || field.type === "radio") {
    field.checked = field.defaultChecked = fresh.checked;
  } else {
    field.value = fresh.value;
    if (field.options) [...field.options].forEach((each) => { each.defaultSelected = each.selected; });
    else field.defaultValue = fresh.value;
  }
}

// Takes over the fields that this person has not touched; returns whether the page then says what is stored.
function takeFields(form, fresh) {
  const own = (each) => each.name && each.type !== "hidden" && each.type !== "submit";
  const fields = [...form.elements].filter(own);
  const news = [...fresh.elements].filter(own);
  if (fields.length !== news.length || fields.some((each, place) => each.name !== news[place].name)) return false;
  fields.forEach((field, place) => {
    if (field !== document.activeElement && !wasChanged(field)) takeValue(field, news[place]);
  });
  return fields.every((field, place) => valueOf(field) === valueOf(news[place]));
}

async function bringChanges(line) {
  const form = document.getElementById("step");
  if (!form) return;
  const answer = await fetch(form.action);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("step");
  if (!fresh || !takeFields(form, fresh)) return;
  const version = page.getElementById("version").value;
  document.getElementById("version").value = version;
  document.getElementById("since").value = version;
  line.querySelector("a")?.remove();
  line.append(" It is shown here now.");
}

document.addEventListener("htmx:after:swap", () => {
  document.querySelectorAll("#now [data-changed-here]").forEach(bringChanges);
});
