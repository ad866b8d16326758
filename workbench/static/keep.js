// Keeps the reasons that are typed on the check page a moment after each change, and when the page is left in any other way.
"use strict";

const KEEP_DELAY = 700; // milliseconds

const publishing = document.querySelector("form[data-keep]");

function keepReasons() {
  const body = new URLSearchParams(new FormData(publishing));
  body.set("op_id", `${Date.now()}-${Math.random()}`); // the form's own is for publishing
  fetch(publishing.dataset.keep, { method: "POST", body, keepalive: true }).catch(() => {}); // the page still has the texts
}

if (publishing) {
  let waiting = 0;
  const keepNow = () => {
    if (!waiting) return;
    clearTimeout(waiting);
    waiting = 0;
    keepReasons();
  };
  document.addEventListener("input", (event) => {
    if (event.target.form !== publishing) return;
    clearTimeout(waiting);
    waiting = setTimeout(keepNow, KEEP_DELAY);
  });
  publishing.addEventListener("submit", () => {
    clearTimeout(waiting); // the form has them itself
    waiting = 0;
  });
  window.addEventListener("pagehide", keepNow);
}
