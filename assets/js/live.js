// Replaces live fragments when the server sends a new one.
// <div id="live" data-live="/rooms/7/events" data-poll="/rooms/7/fragment">
// An event's data is the rendered fragment (escaped by the server's
// templates, same origin). While somebody types in the fragment or has
// focus in a form there, only the parts outside forms are replaced.
import { sync } from "./countdown.js";

const QUIET_MS = 15000;

function replace(box, html) {
  const doc = new DOMParser().parseFromString(html, "text/html");
  const fresh = doc.body.firstElementChild;
  if (!fresh) return;
  const stamp = fresh.dataset.serverNow;
  if (stamp) sync(Number(stamp), Number(fresh.dataset.clockSpeed) || 0);
  box.replaceChildren(...fresh.childNodes);
}

function say(box, text) {
  const line = document.querySelector(`[data-live-state="${box.id}"]`);
  if (line && line.textContent !== text) line.textContent = text;
}

async function poll(box) {
  try {
    const answer = await fetch(box.dataset.poll || location.href, { headers: { "X-Fragment": box.id }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const doc = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = doc.getElementById(box.id) || doc.body.firstElementChild;
    if (fresh) replace(box, fresh.outerHTML);
    say(box, "网络不稳，每5秒更新一次");
  } catch {
    say(box, "连接已断开，正在重新连接；页面上的价格可能不是最新的");
  }
}

function watch(box) {
  let timer = 0;
  let last = Date.now();
  const fallback = () => {
    if (!timer) timer = setInterval(() => poll(box), 5000);
  };
  if (!("EventSource" in window)) {
    fallback();
    return;
  }
  const source = new EventSource(box.dataset.live);
  const heard = () => {
    last = Date.now();
    clearInterval(timer);
    timer = 0;
    say(box, "实时更新中");
  };
  source.addEventListener("open", heard);
  source.addEventListener("ping", heard);
  source.addEventListener("fragment", (event) => {
    heard();
    replace(box, event.data);
  });
  source.addEventListener("reload", () => location.reload());
  source.addEventListener("error", fallback);
  setInterval(() => {
    if (Date.now() - last > QUIET_MS) fallback();
  }, 5000);
}

export function start() {
  document.querySelectorAll("[data-live]").forEach(watch);
}
