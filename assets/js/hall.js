// Turns the hall screen to the next slide. When the line is down the last
// slide stays, says so, and the next try follows five seconds later.
import { start as tick, sync } from "./countdown.js";

const RETRY_MS = 5000;

function state(text) {
  const line = document.querySelector("[data-hall-state]");
  if (line) line.textContent = text;
}

async function turn() {
  try {
    const answer = await fetch(document.body.dataset.next, { cache: "no-store", credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.body.dataset.next) throw new Error("not a slide");
    document.title = page.title;
    document.body.replaceWith(document.adoptNode(page.body));
    sync(Number(document.body.dataset.serverNow), Number(document.body.dataset.clockSpeed));
    setTimeout(turn, Number(document.body.dataset.seconds) * 1000);
  } catch {
    state("连接中断，正在重新连接，屏幕上的内容可能不是最新的");
    setTimeout(turn, RETRY_MS);
  }
}

tick();
setTimeout(turn, Number(document.body.dataset.seconds) * 1000);
