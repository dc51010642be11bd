// Loads an enhancement only where the page has something for it.
// Every page works without any of them.
const wanted = [
  ["[data-until], [data-clock]", "./countdown.js"],
  ["[data-live]", "./live.js"],
  ["[data-confirm]", "./dialog.js"],
  ["form[data-autosave]", "./autosave.js"],
  ["form input[type=file]", "./upload.js"],
  ["[data-when]", "./when.js"],
  ["[data-aloud]", "./aloud.js"],
];

for (const [selector, module] of wanted) {
  if (document.querySelector(selector)) {
    import(module).then((loaded) => loaded.start());
  }
}

// The error summary takes the focus, so that a screen reader starts there.
const summary = document.querySelector("[data-errors]");
if (summary) summary.focus();

// A form is sent once: the second click within five seconds does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 5000) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = String(Date.now());
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
