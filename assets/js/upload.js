// Shows how far an upload is, and says at once when a file is too big.
const megabytes = (n) => (n < 1048576 ? `${Math.ceil(n / 1024)} KB` : `${(n / 1048576).toFixed(1)} MB`);

function check(input) {
  const say = input.parentElement.querySelector("[data-upload-say]");
  if (!say) return true;
  const limit = Number(input.dataset.max) || Infinity;
  const files = Array.from(input.files || []);
  const big = files.find((file) => file.size > limit);
  say.textContent = big
    ? `“${big.name}”有 ${megabytes(big.size)}，超过 ${megabytes(limit)} 的上限，请压缩后再选`
    : files.map((file) => `${file.name}（${megabytes(file.size)}）`).join("、");
  return !big;
}

function send(form, submitter) {
  const bar = form.querySelector("progress[data-upload]");
  const say = form.querySelector("[data-upload-say]");
  const request = new XMLHttpRequest();
  const data = new FormData(form);
  if (submitter && submitter.name) data.append(submitter.name, submitter.value);
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.hidden = false;
    bar.max = event.total;
    bar.value = event.loaded;
    say.textContent = `正在上传：${Math.round((event.loaded / event.total) * 100)}%`;
  });
  request.addEventListener("load", () => {
    if (request.status < 400) {
      // Done: go where the answer led, also when that is the page we are on.
      const to = new URL(request.responseURL || form.action);
      if (to.pathname === location.pathname && to.search === location.search) location.reload();
      else location.assign(to);
      return;
    }
    // The form came back with errors: show that page as it is.
    document.documentElement.dataset.answered = String(request.status);
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    document.body.replaceWith(document.adoptNode(page.body));
    window.scrollTo(0, 0);
    document.querySelector("[data-errors]")?.focus();
  });
  request.addEventListener("error", () => {
    delete form.dataset.sent;
    bar.hidden = true;
    say.textContent = "上传中断，文件没有保存。请检查网络后再点一次提交";
  });
  request.send(data);
}

export function start() {
  for (const input of document.querySelectorAll("form input[type=file]")) {
    input.addEventListener("change", () => check(input));
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const files = form.querySelectorAll("input[type=file]");
    if (event.defaultPrevented || files.length === 0 || !form.querySelector("progress[data-upload]")) return;
    if (!Array.from(files).every(check)) {
      event.preventDefault();
      delete form.dataset.sent;
      return;
    }
    if (!Array.from(files).some((input) => input.files.length > 0)) return;
    event.preventDefault();
    send(form, event.submitter);
  });
}
