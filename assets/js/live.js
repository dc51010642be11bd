// Replaces live fragments when the server sends new ones.
// <div id="live" data-live="/rooms/7/events" data-poll="/rooms/7/fragment">
// An event's data is one or more rendered fragments (escaped by the server's
// templates, same origin); each takes the place of the fragment with its id.
// Boxes with the same address share one stream. When the stream is silent,
// the fragments are fetched every five seconds instead.
import { sync, tick } from "./countdown.js";

const QUIET_MS = 15000;
const POLL_MS = 5000;

function replace(boxes, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const box of boxes) {
    const fresh = page.getElementById(box.id);
    if (!fresh) continue;
    // A copy first: adopting a node takes it out of the list that is walked.
    box.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
    if (fresh.dataset.serverNow) sync(Number(fresh.dataset.serverNow), 0);
  }
  // The new countdowns have seconds where the old ones had hours.
  tick();
}

function say(boxes, text) {
  const line = document.querySelector(`[data-live-state="${boxes[0].id}"]`);
  if (line && line.textContent !== text) line.textContent = text;
}

async function poll(boxes) {
  for (const address of new Set(boxes.map((box) => box.dataset.poll))) {
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      replace(boxes, await answer.text());
      say(boxes, "网络不稳，每5秒更新一次");
    } catch {
      say(boxes, "连接已断开，正在重新连接；页面上的价格可能不是最新的");
    }
  }
}

function watch(address, boxes) {
  let timer = 0;
  let last = 0;
  const fallback = () => {
    if (!timer) timer = setInterval(() => poll(boxes), POLL_MS);
  };
  if (!("EventSource" in window)) {
    fallback();
    return;
  }
  const heard = () => {
    last = Date.now();
    clearInterval(timer);
    timer = 0;
    say(boxes, "实时更新中");
  };
  const connect = () => {
    last = Date.now();
    const source = new EventSource(address);
    source.addEventListener("open", heard);
    source.addEventListener("ping", heard);
    source.addEventListener("fragment", (event) => {
      heard();
      replace(boxes, event.data);
    });
    source.addEventListener("reload", () => location.reload());
    source.addEventListener("error", fallback);
    return source;
  };
  let source = connect();
  setInterval(() => {
    if (Date.now() - last <= QUIET_MS) return;
    // A stream that went silent or was refused is opened anew.
    fallback();
    source.close();
    source = connect();
  }, POLL_MS);
}

export function start() {
  const streams = new Map();
  for (const box of document.querySelectorAll("[data-live]")) {
    const address = box.dataset.live;
    streams.set(address, [...(streams.get(address) || []), box]);
  }
  for (const [address, boxes] of streams) watch(address, boxes);
}
