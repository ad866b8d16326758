// Shows “Take from the library” as a drawer beside the page it is for; without this script it is a page of its own.
"use strict";

let added = false; // whether the page behind the drawer is out of date

function buildDrawer() {
  const drawer = document.createElement("dialog");
  drawer.className = "drawer";
  drawer.setAttribute("aria-labelledby", "drawer-title");
  const head = document.createElement("div");
  head.className = "drawer-head";
  const title = document.createElement("h2");
  title.id = "drawer-title";
  title.textContent = "Take from the library";
  const close = document.createElement("button");
  close.type = "button";
  close.className = "plain small";
  close.textContent = "Close";
  close.addEventListener("click", () => drawer.close());
  head.append(title, close);
  const body = document.createElement("div");
  body.className = "drawer-body";
  drawer.append(head, body);
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer) drawer.close(); // beside the drawer
    if (event.target.closest(".drawer-done")) {
      event.preventDefault();
      drawer.close();
    }
  });
  drawer.addEventListener("htmx:after:request", (event) => {
    const { request, response } = event.detail.ctx;
    if (request.method === "POST" && response.status < 400) added = true;
  });
  drawer.addEventListener("close", () => {
    body.replaceChildren();
    if (added) renewPage();
  });
  document.body.append(drawer);
  return drawer;
}

// Shows the page behind the drawer as it is now, in its place.
async function renewPage() {
  added = false;
  const main = document.getElementById("main");
  try {
    const answer = await fetch(window.location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok) throw new Error(`The page answers ${answer.status}.`);
    main.replaceChildren(...document.adoptNode(page.getElementById("main")).childNodes);
  } catch {
    window.location.reload();
    return;
  }
  window.htmx.process(main);
  window.enhance?.(main);
  main.querySelector("[data-drawer]")?.focus();
}

async function openDrawer(link) {
  const drawer = document.querySelector("dialog.drawer") ?? buildDrawer();
  const body = drawer.querySelector(".drawer-body");
  try {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const library = page.getElementById("library");
    if (!answer.ok || !library) throw new Error(`The library answers ${answer.status}.`);
    body.replaceChildren(document.adoptNode(library));
  } catch {
    window.location.assign(link.href); // the page itself says what is wrong
    return;
  }
  window.htmx.process(body);
  drawer.showModal();
  body.querySelector("[type=search]")?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-drawer]");
  if (!link || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openDrawer(link);
});
