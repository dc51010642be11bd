// Asks before a button with data-confirm posts. Binding acts have a confirm
// page of their own; this is for small things such as deleting a draft.
function ask(text, go) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const say = document.createElement("p");
  say.textContent = text;
  const end = document.createElement("div");
  end.className = "dialog-end";
  const yes = document.createElement("button");
  yes.className = "btn btn-primary";
  yes.textContent = "确定";
  const no = document.createElement("button");
  no.className = "btn";
  no.textContent = "取消";
  yes.addEventListener("click", () => {
    dialog.close();
    go();
  });
  no.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  end.append(yes, no);
  dialog.append(say, end);
  document.body.append(dialog);
  dialog.showModal();
}

export function start() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-confirm]");
    if (!button || !button.form || button.dataset.asked || !("HTMLDialogElement" in window)) return;
    event.preventDefault();
    ask(button.dataset.confirm, () => {
      button.dataset.asked = "1";
      button.form.requestSubmit(button);
      delete button.dataset.asked;
    });
  });
}
