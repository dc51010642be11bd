// Ticks countdowns and the clock by the server's business time. The page
// carries that time in milliseconds and the speed of the business clock;
// the absolute time always stands beside a countdown, so nothing is lost
// when this does not run.
let base = 0;
let at = 0;
let speed = 1;

/** Sets the server's time; live updates call it again. */
export function sync(serverMs, rate) {
  base = serverMs;
  at = performance.now();
  if (rate) speed = rate;
  if (timer) tick();
}

/** The server's business time now, in milliseconds. */
export function now() {
  return base + (performance.now() - at) * speed;
}

const two = (n) => String(n).padStart(2, "0");

function left(ms) {
  const s = Math.max(0, Math.ceil(ms / 1000));
  const days = Math.floor(s / 86400);
  const hours = Math.floor((s % 86400) / 3600);
  const minutes = Math.floor((s % 3600) / 60);
  if (days > 0) return `${days}天${hours}小时`;
  if (hours > 0) return `${hours}小时${two(minutes)}分`;
  return `${two(minutes)}:${two(s % 60)}`;
}

let timer = 0;

// Writes what stands there now, and gives the business milliseconds after which something else will.
function write() {
  const t = now();
  let next = 60000;
  for (const node of document.querySelectorAll("[data-until]")) {
    const ms = Number(node.dataset.until) - t;
    const box = node.closest(".countdown");
    const text = ms > 0 ? left(ms) : node.dataset.over || "已到时间";
    if (node.textContent !== text) node.textContent = text;
    // “距…还有” is no sentence any more once the time has come.
    const lead = ms > 0 ? null : box?.querySelector("span[data-over]");
    if (lead && lead.textContent !== lead.dataset.over) lead.textContent = lead.dataset.over;
    if (box) box.classList.toggle("countdown-soon", ms > 0 && ms < 3600000);
    if (ms > 0) next = Math.min(next, ms < 3600000 ? ms % 1000 : ms % 60000);
  }
  for (const node of document.querySelectorAll("[data-clock]")) {
    const d = new Date(t + 8 * 3600000);
    const text = `${d.getUTCFullYear()}年${d.getUTCMonth() + 1}月${d.getUTCDate()}日 ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
    if (node.textContent !== text) node.textContent = text;
    next = Math.min(next, 60000 - (t % 60000));
  }
  return next;
}

/**
 * Brings the page up to now and comes back when something on it changes. A page of days and
 * minutes wakes once a minute: an old telephone's battery is for bidding.
 */
export function tick() {
  if (!base) return;
  clearTimeout(timer);
  timer = setTimeout(tick, Math.max(50, Math.min(60000, write() / speed + 20)));
}

const ASK_MS = 4000;

// A demonstration's clock changes its speed while the page stands: it is asked again and again, or a
// countdown would run away from the room it counts for.
async function ask(address) {
  if (document.hidden) return;
  try {
    const answer = await fetch(address, { cache: "no-store" });
    const time = await answer.json();
    sync(time.now_ms, time.speed);
  } catch {
    // The next question may be answered; until then the page goes on by what it knows.
  }
}

export function start() {
  const body = document.body.dataset;
  if (!body.serverNow) return;
  sync(Number(body.serverNow), Number(body.clockSpeed) || 1);
  tick();
  // Timers sleep with the screen.
  document.addEventListener("visibilitychange", tick);
  if (body.clockAt) {
    setInterval(() => ask(body.clockAt), ASK_MS);
    document.addEventListener("visibilitychange", () => ask(body.clockAt));
  }
}
