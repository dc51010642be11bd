//! A person with a browser: the hands that the stories over HTTP have too, so that one story is told
//! twice. What a form is answered with is judged once for every kind, at each width; pages that links lead to are
//! judged in `tests/pages.rs`.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio::time::{Duration, Instant};

use crate::Browser;
use crate::support::client::{Answer, Filled, Hands};

/// The widths at which what a form is answered with is judged.
const SCREENS: [(u32, u32); 2] = [(360, 740), (1280, 900)];

/// A page that a form led to is not opened again within this time: its message is shown once.
const FRESH: Duration = Duration::from_secs(3);

/// What all persons of a walk found wrong with the pages they met, and the browsers nobody sits at.
#[derive(Clone)]
pub struct Findings {
    seen: Arc<Mutex<Seen>>,
    /// Whether answers to forms are judged; what the console complains of is always heard.
    judging: bool,
}

#[derive(Default)]
struct Seen {
    kinds: BTreeSet<String>,
    faults: Vec<String>,
    idle: Vec<(Runtime, Browser)>,
}

impl Findings {
    /// Nothing found yet.
    pub fn new(judging: bool) -> Findings {
        Findings { seen: Arc::default(), judging }
    }

    /// Everything found so far.
    pub fn faults(&self) -> Vec<String> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).faults.clone()
    }

    /// Whether pages are judged on this walk.
    pub fn is_judging(&self) -> bool {
        self.judging
    }

    /// How many kinds of answers were judged.
    pub fn pages(&self) -> usize {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).kinds.len()
    }

    /// Sends everybody home. Without it the browsers would outlive the walk.
    pub fn close(&self) {
        let idle = std::mem::take(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner).idle);
        for (runtime, browser) in idle {
            runtime.block_on(browser.close());
        }
    }

    /// A browser without memories.
    fn sit_down(&self, origin: &str) -> (Runtime, Browser) {
        let free = self.seen.lock().unwrap_or_else(PoisonError::into_inner).idle.pop();
        if let Some((runtime, mut browser)) = free {
            runtime.block_on(browser.forget(origin));
            return (runtime, browser);
        }
        let made = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = made.expect("a runtime");
        let browser = runtime.block_on(async {
            let browser = Browser::open(origin).await;
            browser.screen(1280, 900).await;
            browser
        });
        (runtime, browser)
    }

    fn stand_up(&self, seat: (Runtime, Browser)) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).idle.push(seat);
    }

    fn is_new(&self, kind: &str) -> bool {
        self.judging && self.seen.lock().unwrap_or_else(PoisonError::into_inner).kinds.insert(kind.to_owned())
    }

    fn add(&self, faults: impl IntoIterator<Item = String>) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).faults.extend(faults);
    }
}

/// The hands of one person: a browser of its own.
pub struct Person {
    seat: Option<(Runtime, Browser)>,
    findings: Findings,
    /// Where the last form led, while nothing else was opened since.
    landed: Mutex<Option<(String, Instant)>>,
    /// Answers of 400 or more since the last page that was shown, and that page's.
    refused: Mutex<Vec<u16>>,
    folder: tempfile::TempDir,
}

impl Person {
    /// A person who visits the service at `origin`.
    pub fn arrives(origin: &str, findings: &Findings) -> Person {
        Person {
            seat: Some(findings.sit_down(origin)),
            findings: findings.clone(),
            landed: Mutex::new(None),
            refused: Mutex::new(Vec::new()),
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    fn seat(&self) -> &(Runtime, Browser) {
        self.seat.as_ref().expect("taken until the person leaves")
    }

    fn browser(&self) -> &Browser {
        &self.seat().1
    }

    fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.seat().0.block_on(work)
    }

    /// What a form led to a moment ago and is still fresh; asked for once.
    fn landed(&self) -> Option<String> {
        let landed = self.landed.lock().unwrap_or_else(PoisonError::into_inner).take();
        landed.filter(|(_, at)| at.elapsed() < FRESH).map(|(path, _)| path)
    }

    fn lands(&self, path: &str) {
        *self.landed.lock().unwrap_or_else(PoisonError::into_inner) = Some((path.to_owned(), Instant::now()));
    }

    /// The page shown, as an answer; the redirect that led there is told unless it was told before.
    async fn shown(&self, told_before: bool, by_form: bool) -> Answer {
        let told = self
            .browser()
            .script(
                "const nav = performance.getEntriesByType('navigation')[0]; \
                 return [Number(document.documentElement.dataset.answered) || nav.responseStatus, nav.redirectCount, location.pathname + location.search + location.hash, \
                   document.documentElement.outerHTML, document.contentType]",
                vec![],
            )
            .await;
        let here = told[2].as_str().unwrap_or_default().to_owned();
        let status = u16::try_from(told[0].as_u64().unwrap_or(0)).unwrap_or(0);
        let body = told[3].as_str().unwrap_or_default().to_owned();
        let redirected = !told_before && told[1].as_u64().unwrap_or(0) > 0;
        self.judge(&here, status, by_form && !redirected).await;
        Answer {
            status: if redirected { 303 } else { status },
            location: redirected.then(|| here.clone()),
            media_type: told[4].as_str().unwrap_or_default().to_owned(),
            bytes: body.clone().into_bytes(),
            body,
            page: here,
        }
    }

    /// Judges a form's answer when its kind is met for the first time, and hears the console for every page.
    async fn judge(&self, path: &str, status: u16, by_form: bool) {
        let kind = format!("{} {status}", kind_of(path));
        let browser = self.browser();
        // The console may tell of a refused answer only when the next page is shown.
        let answered = {
            let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
            refused.extend((status >= 400).then_some(status));
            std::mem::replace(&mut *refused, Vec::from_iter((status >= 400).then_some(status)))
        };
        if !by_form || !self.findings.is_new(&kind) {
            let faults = browser.console_faults(&answered).await;
            self.findings.add(faults.into_iter().map(|f| format!("{kind} ({path}): {f}")));
            return;
        }
        for (width, height) in SCREENS {
            browser.screen(width, height).await;
            let faults = browser.faults(&answered).await;
            self.findings.add(faults.into_iter().map(|f| format!("{kind} ({path}) at {width} px: {f}")));
        }
    }

    /// What the page's own script fetches: files, and posts that skip the page.
    async fn fetched(&self, path: &str, form: Option<&[(String, String)]>) -> Answer {
        let browser = self.browser();
        if browser.script("return location.protocol", vec![]).await == json!("about:") {
            browser.goto("/").await;
        }
        let told = browser
            .ask(
                "const [path, form] = arguments; const done = arguments[arguments.length - 1]; \
                 const body = form && new URLSearchParams(form); \
                 fetch(path, { method: form ? 'POST' : 'GET', body, credentials: 'same-origin' }).then(async r => { \
                   const bytes = new Uint8Array(await r.arrayBuffer()); let text = ''; \
                   for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192)); \
                   const to = new URL(r.url); \
                   done([r.status, r.redirected, to.pathname + to.search, r.headers.get('content-type'), btoa(text)]); \
                 }).catch(e => done([0, false, '', String(e), '']))",
                vec![json!(path), form.map_or(Value::Null, |f| json!(f))],
            )
            .await;
        let bytes = STANDARD.decode(told[4].as_str().unwrap_or_default()).expect("base64 of the file");
        let redirected = told[1] == json!(true);
        let status = u16::try_from(told[0].as_u64().unwrap_or(0)).unwrap_or(0);
        if status >= 400 {
            self.refused.lock().unwrap_or_else(PoisonError::into_inner).push(status);
        }
        Answer {
            status: if redirected { 303 } else { status },
            location: redirected.then(|| told[2].as_str().unwrap_or_default().to_owned()),
            media_type: told[3].as_str().unwrap_or_default().to_owned(),
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
            page: path.to_owned(),
        }
    }

    async fn fill_and_press(&self, filled: &Filled) {
        let browser = self.browser();
        let here = browser.script("return location.pathname + location.search", vec![]).await;
        if here.as_str() != Some(filled.page.split('#').next().unwrap_or_default()) {
            browser.goto(&filled.page).await;
        }
        // A live page may put new buttons in the place of those just marked: then once more.
        let mut again = Vec::new();
        for _ in 0..5 {
            self.fill(filled).await;
            match browser.press_at("form[data-filling] [data-pressing]").await {
                Ok(()) => return,
                Err(fault) => again.push(fault.to_string()),
            }
        }
        panic!("{}: {again:?}", filled.page);
    }

    async fn fill(&self, filled: &Filled) {
        let browser = self.browser();
        let told = browser.script(FILL, vec![json!(filled.action), json!(filled.fields)]).await;
        let wanted = told.as_array().unwrap_or_else(|| panic!("{}: {told}", filled.page));
        for field in wanted {
            let (at, value) = (field[0].as_u64().unwrap_or(0), field[1].as_str().unwrap_or_default());
            browser.type_into(&format!("[data-typing='{at}']"), value).await;
        }
        for (slot, file) in &filled.files {
            let path = self.folder.path().join(&file.name);
            std::fs::write(&path, &file.bytes).expect("a file to upload");
            let css = format!("form[data-filling] input[type=file][name='{slot}']");
            browser.choose_file(&css, &path.to_string_lossy()).await;
        }
    }
}

/// Marks the form and its button, sets what is not typed, and gives what is: number and text.
const FILL: &str = r"
const [action, fields] = arguments;
document.querySelectorAll('[data-filling]').forEach(f => f.removeAttribute('data-filling'));
const named = (form, name) => [...form.elements].filter(e => e.name === name);
const fits = form => fields.every(([name, value]) => {
  const found = named(form, name);
  if (!found.length) return false;
  if (found.every(e => e.type === 'hidden' && name !== '_csrf' && name !== '_form')) return found.some(e => e.value === value);
  if (found.every(e => e.type === 'submit' || e.tagName === 'BUTTON')) return found.some(e => e.value === value);
  return true;
});
const form = [...document.querySelectorAll('form[method=post]')].filter(f => f.getAttribute('action') === action).find(fits);
if (!form) return 'no form to ' + action + ' takes ' + JSON.stringify(fields);
form.dataset.filling = '1';
const typing = [];
const changed = e => { e.dispatchEvent(new Event('input', { bubbles: true })); e.dispatchEvent(new Event('change', { bubbles: true })); };
let button = null;
for (const e of form.elements) {
  if (!e.name || e.type === 'file') continue;
  const values = fields.filter(([name]) => name === e.name).map(([, value]) => value);
  if (e.type === 'submit' || e.tagName === 'BUTTON') { if (!button && values.includes(e.value)) button = e; continue; }
  if (e.type === 'hidden') continue;
  if (e.type === 'checkbox' || e.type === 'radio') {
    if (e.checked !== values.includes(e.value)) { if (e.type === 'checkbox' || values.includes(e.value)) e.click(); }
    continue;
  }
  const value = values.length ? values[0] : '';
  if (e.value.replace(/\r\n/g, '\n') === value) continue;
  if (e.tagName === 'SELECT' || e.type === 'date' || e.type === 'datetime-local' || e.tagName === 'TEXTAREA' || value.length > 60) {
    e.value = value; changed(e); continue;
  }
  e.dataset.typing = typing.length; typing.push([typing.length, value]);
}
button = button || form.querySelector('button[type=submit]:not([name])') || form.querySelector('button');
if (!button) return 'no button';
button.dataset.pressing = '1';
return typing;
";

/// The path with what differs from case to case left out.
fn kind_of(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let fixed = |part: &str| part.chars().any(|c| c.is_ascii_digit()) && part.len() > 3;
    path.split('/').map(|part| if fixed(part) { "*" } else { part }).collect::<Vec<_>>().join("/")
}

/// Whether an address is a file, not a page.
fn is_file(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    [".pdf", ".json", ".csv", ".zip", ".txt", ".css", ".js", ".svg"].iter().any(|end| path.ends_with(end))
        || ["/documents/", "/receipts/", "/files/", "/api/"].iter().any(|part| path.contains(part))
}

impl Hands for Person {
    fn get(&self, path: &str) -> Answer {
        self.wait(async {
            if is_file(path) {
                return self.fetched(path, None).await;
            }
            let landed = self.landed().as_deref() == Some(path);
            if !landed {
                self.browser().goto(path).await;
            }
            self.shown(landed, false).await
        })
    }

    fn status(&self, path: &str) -> u16 {
        self.get(path).status
    }

    fn post(&self, path: &str, fields: &[(String, String)]) -> Answer {
        self.wait(self.fetched(path, Some(fields)))
    }

    fn send(&self, filled: &Filled) -> Answer {
        self.wait(async {
            self.landed();
            self.fill_and_press(filled).await;
            let mut answer = self.shown(false, true).await;
            // Files are sent by the page's script, which follows the redirect by itself.
            if filled.multipart && answer.status < 400 && answer.location.is_none() {
                answer.location = Some(answer.page.clone());
                answer.status = 303;
            }
            if let Some(path) = &answer.location {
                self.lands(path);
            }
            answer
        })
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        if let Some(seat) = self.seat.take() {
            self.findings.stand_up(seat);
        }
    }
}
