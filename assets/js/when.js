// Fields that belong to one answer of a question show with that answer alone.
// Without scripts they all stand there, and their hints say when they count.
function show(field) {
  const form = field.closest("form");
  const wanted = field.dataset.whenIs.split(" ");
  const chosen = [...form.elements].filter(
    (e) => e.name === field.dataset.when && (e.tagName === "SELECT" || e.checked),
  );
  field.hidden = !chosen.some((e) => wanted.includes(e.value));
}

export function start() {
  const fields = document.querySelectorAll("[data-when]");
  const all = () => fields.forEach(show);
  all();
  document.addEventListener("change", all);
  // The browser may put back what was chosen after the page was left.
  window.addEventListener("pageshow", all);
}
