// Saves a draft a moment after typing stops: a POST of the form's fields to
// its data-autosave address. Files, passwords and codes are never sent.
const WAIT_MS = 1500;

function fieldsOf(form) {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") data.append(name, value);
  }
  for (const secret of form.querySelectorAll("input[type=password], input[autocomplete=one-time-code]")) {
    data.delete(secret.name);
  }
  return data;
}

function watch(form) {
  const line = form.querySelector("[data-saved]");
  const say = (text) => {
    if (line) line.textContent = text;
  };
  let timer = 0;
  let sent = fieldsOf(form).toString();
  const save = async () => {
    const body = fieldsOf(form);
    if (body.toString() === sent) return;
    say("正在保存草稿…");
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" } });
      if (answer.status === 422) {
        sent = body.toString();
        say("有的内容填写不正确，没有保存；点“保存”可以看到是哪一项，其余已保存");
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      sent = body.toString();
      const t = new Date();
      say(`草稿已保存（${String(t.getHours()).padStart(2, "0")}:${String(t.getMinutes()).padStart(2, "0")}），换一台设备登录也能继续填`);
    } catch {
      say("草稿没有保存上，请检查网络；已填的内容还在本页");
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

export function start() {
  document.querySelectorAll("form[data-autosave]").forEach(watch);
}
