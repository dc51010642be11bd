//! A browser without a screen: cookies, pages, forms, files. It never follows a redirect on its own,
//! and it types only into what a page really offers.

use std::sync::OnceLock;
use std::time::Duration;

use scraper::{ElementRef, Html, Selector};

use super::World;

/// How a person reaches the service: plain HTTP here, a real browser in the journeys.
pub trait Hands: Send + Sync {
    /// Opens a page or a file.
    fn get(&self, path: &str) -> Answer;

    /// Sends a form that was filled in on its page.
    fn send(&self, filled: &Filled) -> Answer;

    /// Sends fields as they are, without a page before.
    fn post(&self, path: &str, fields: &[(String, String)]) -> Answer;

    /// The status alone; what streams is not waited for.
    fn status(&self, path: &str) -> u16;
}

/// What makes hands for a visitor of an origin.
pub type Maker = Box<dyn Fn(&str) -> Box<dyn Hands> + Send + Sync>;

static HANDS: OnceLock<Maker> = OnceLock::new();

/// From now on everybody in this program has hands of this kind.
pub fn everybody_has(maker: Maker) {
    assert!(HANDS.set(maker).is_ok(), "decided once");
}

/// A person's browser.
pub struct Client {
    hands: Box<dyn Hands>,
}

/// Plain HTTP: cookies, no scripts.
struct Http {
    agent: ureq::Agent,
    origin: String,
}

/// What the service answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Where a redirect leads, as a path.
    pub location: Option<String>,
    /// What kind of body it is.
    pub media_type: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
    /// The page.
    pub body: String,
    /// Where it was asked for.
    pub page: String,
}

/// A file as somebody chooses it: name and content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name on the person's own machine.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Attachment {
    /// A file.
    pub fn new(name: &str, bytes: Vec<u8>) -> Attachment {
        Attachment { name: name.to_owned(), bytes }
    }
}

/// A filled-in form, ready to be sent; sending it twice is a double click.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The page it was filled in on.
    pub page: String,
    /// Where it leads.
    pub action: String,
    /// Whether files go with it.
    pub multipart: bool,
    /// Names and values in the order of the page.
    pub fields: Vec<(String, String)>,
    /// Files by the field they were chosen for.
    pub files: Vec<(String, Attachment)>,
}

impl Answer {
    /// The page, after making sure that it is one.
    pub fn page(&self) -> Html {
        assert_eq!(self.status, 200, "{}", self.text());
        Html::parse_document(&self.body)
    }

    /// The words of the main part, for looking at.
    pub fn text(&self) -> String {
        let html = Html::parse_document(&self.body);
        let part = html.select(&css("main")).next().unwrap_or_else(|| html.root_element());
        part.text().map(str::trim).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Where a successful form leads (303).
    pub fn leads(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.text());
        self.location.as_deref().expect("a place to go")
    }

    /// The same page after making sure that it says this.
    pub fn says(self, words: &str) -> Answer {
        assert!(self.text().contains(words), "“{words}” is missing: {}", self.text());
        self
    }

    /// Refused with this status and these words on the page.
    pub fn refused(self, status: u16, words: &str) -> Answer {
        assert_eq!(self.status, status, "{}", self.text());
        self.says(words)
    }

    /// The value that stands beside a label in a list of facts.
    pub fn fact(&self, label: &str) -> Option<String> {
        let html = Html::parse_document(&self.body);
        let named = |e: &ElementRef<'_>| e.select(&css("dt")).next().is_some_and(|dt| joined(&dt) == label);
        let fact = html.select(&css(".fact")).find(named)?;
        fact.select(&css(".fact-value")).next().map(|value| joined(&value))
    }

    /// Where the first link leads whose words hold these.
    pub fn link_saying(&self, words: &str) -> Option<String> {
        let html = Html::parse_document(&self.body);
        let links = css("a[href]");
        let mut all = html.select(&links);
        all.find(|a| joined(a).contains(words)).and_then(|a| a.attr("href")).map(str::to_owned)
    }

    /// Addresses of all links that begin so.
    pub fn links(&self, prefix: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        let links = css("a[href]");
        let all = html.select(&links).filter_map(|a| a.attr("href"));
        all.filter(|href| href.starts_with(prefix)).map(str::to_owned).collect()
    }

    /// Where the first form leads that carries this hidden value.
    pub fn action_of(&self, name: &str, value: &str) -> Option<String> {
        let html = Html::parse_document(&self.body);
        let (forms, hidden) = (css("form[method=post]"), css("input[type=hidden]"));
        let carries = |form: &ElementRef<'_>| {
            form.select(&hidden).any(|i| i.attr("name") == Some(name) && i.attr("value") == Some(value))
        };
        html.select(&forms).find(carries).and_then(|f| f.attr("action").map(str::to_owned))
    }

    /// Fills in the form to `action`: as it stands, overlaid with what is `typed` and `chosen`.
    ///
    /// Several forms may lead to one address: meant is the one into which `typed` can be typed, or whose
    /// own hidden values and buttons are what is `typed`.
    pub fn fill(&self, action: &str, typed: &[(&str, &str)], chosen: &[(&str, Attachment)]) -> Filled {
        let html = Html::parse_document(&self.body);
        let forms: Vec<ElementRef<'_>> =
            html.select(&css("form[method=post]")).filter(|form| form.attr("action") == Some(action)).collect();
        assert!(!forms.is_empty(), "no form to {action}: {}", self.text());
        let form = forms.iter().find(|form| typed.iter().all(|(name, value)| takes(form, name, value)));
        let form = form.unwrap_or_else(|| panic!("no form to {action} takes {typed:?}: {}", self.text()));
        let pressed = form.select(&css("button[name]")).any(|b| b.attr("name").is_some_and(|n| typed_name(typed, n)));
        let mut fields: Vec<(String, String)> = form
            .select(&css("input, select, textarea"))
            .filter_map(untouched)
            .filter(|(name, _)| !typed_name(typed, name))
            .collect();
        if !pressed {
            let first = form.select(&css("button[type=submit]")).next();
            let named = first.and_then(|b| Some((b.attr("name")?.to_owned(), b.attr("value")?.to_owned())));
            fields.extend(named);
        }
        fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let slots: Vec<&str> = form.select(&css("input[type=file]")).filter_map(|e| e.attr("name")).collect();
        for (slot, _) in chosen {
            assert!(slots.contains(slot), "the form to {action} takes no file {slot}, only {slots:?}");
        }
        Filled {
            page: self.page.clone(),
            action: action.to_owned(),
            multipart: form.attr("enctype") == Some("multipart/form-data"),
            fields,
            files: chosen.iter().map(|(slot, file)| ((*slot).to_owned(), file.clone())).collect(),
        }
    }
}

fn typed_name(typed: &[(&str, &str)], name: &str) -> bool {
    typed.iter().any(|(n, _)| *n == name)
}

fn joined(element: &ElementRef<'_>) -> String {
    element.text().map(str::trim).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a person could send this value with this form: type it, choose it, press it, or find it there.
fn takes(form: &ElementRef<'_>, name: &str, value: &str) -> bool {
    form.select(&css("[name]")).filter(|e| e.attr("name") == Some(name)).any(|e| {
        match (e.value().name(), e.attr("type")) {
            ("select", _) => e.select(&css("option")).any(|o| o.attr("value") == Some(value)),
            ("textarea", _) => true,
            (_, Some("hidden" | "radio" | "checkbox" | "submit")) | ("button", _) => e.attr("value") == Some(value),
            (_, Some("file")) => false,
            _ => true,
        }
    })
}

/// A selector that is right.
pub fn css(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}

impl Client {
    /// A browser that has never been here.
    pub fn new(world: &World) -> Client {
        Client::at(&world.origin)
    }

    /// A browser for whatever answers at this address.
    pub fn at(origin: &str) -> Client {
        let hands = match HANDS.get() {
            Some(maker) => maker(origin),
            None => Box::new(Http::new(origin)),
        };
        Client { hands }
    }

    /// Fetches a page.
    pub fn get(&self, path: &str) -> Answer {
        self.hands.get(path)
    }

    /// The status alone; what streams is not waited for.
    pub fn status(&self, path: &str) -> u16 {
        self.hands.status(path)
    }

    /// Sends fields as they are, without a page before.
    pub fn post(&self, path: &str, fields: &[(String, String)]) -> Answer {
        self.hands.post(path, fields)
    }

    /// Sends a filled-in form.
    pub fn send(&self, filled: &Filled) -> Answer {
        self.hands.send(filled)
    }

    /// The token this person's forms carry, for posts that skip the page.
    pub fn token(&self) -> String {
        let html = Html::parse_document(&self.get("/").body);
        let token = html.select(&css("input[name=_csrf]")).next().and_then(|e| e.attr("value").map(str::to_owned));
        token.expect("a token on every page")
    }

    /// Fills in and submits the form on `page` that leads to `action`.
    pub fn submit(&self, page: &str, action: &str, typed: &[(&str, &str)]) -> Answer {
        self.send(&self.opened(page).fill(action, typed, &[]))
    }

    /// The same with files.
    pub fn upload(&self, page: &str, action: &str, typed: &[(&str, &str)], files: &[(&str, Attachment)]) -> Answer {
        self.send(&self.opened(page).fill(action, typed, files))
    }

    /// A page that must open.
    pub fn opened(&self, page: &str) -> Answer {
        let answer = self.get(page);
        assert_eq!(answer.status, 200, "{page}: {} {:?}", answer.text(), answer.location);
        answer
    }

    /// Makes sure that one of these pages leads to that one, so that nobody has to know its address.
    pub fn finds(&self, from: &[&str], to: &str) {
        let leads = |page: &&str| self.get(page).links(to).iter().any(|link| link == to);
        assert!(from.iter().any(leads), "none of {from:?} leads to {to}");
    }

    /// Submits, makes sure that it went through, and gives the page it leads to.
    pub fn does(&self, page: &str, action: &str, typed: &[(&str, &str)]) -> Answer {
        self.opened(self.submit(page, action, typed).leads())
    }

    /// Logs in through the form.
    pub fn login(self, account: &str, password: &str) -> Client {
        let answer = self.submit("/login", "/login", &[("account", account), ("password", password)]);
        assert!(answer.leads().starts_with('/'));
        self
    }
}

impl Http {
    fn new(origin: &str) -> Http {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .new_agent();
        Http { agent, origin: origin.to_owned() }
    }
}

impl Hands for Http {
    fn status(&self, path: &str) -> u16 {
        self.agent.get(format!("{}{path}", self.origin)).call().expect("an answer").status().as_u16()
    }

    fn get(&self, path: &str) -> Answer {
        answer(path, self.agent.get(format!("{}{path}", self.origin)).call())
    }

    fn post(&self, path: &str, fields: &[(String, String)]) -> Answer {
        let fields = fields.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        answer(path, self.agent.post(format!("{}{path}", self.origin)).send_form(fields))
    }

    fn send(&self, filled: &Filled) -> Answer {
        if !filled.multipart {
            return self.post(&filled.action, &filled.fields);
        }
        const BOUNDARY: &str = "----nongquan-test-boundary-7f3a";
        let mut body = Vec::new();
        for (name, value) in &filled.fields {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(head.as_bytes());
        }
        for (name, file) in &filled.files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{}\"\r\nContent-Type: application/octet-stream\r\n\r\n",
                file.name
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(&file.bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let request = self.agent.post(format!("{}{}", self.origin, filled.action));
        answer(
            &filled.action,
            request.content_type(format!("multipart/form-data; boundary={BOUNDARY}")).send(&body[..]),
        )
    }
}

/// What a control sends when nobody touched it.
pub fn untouched(control: ElementRef<'_>) -> Option<(String, String)> {
    let name = control.attr("name")?.to_owned();
    let value = match (control.value().name(), control.attr("type")) {
        ("select", _) => {
            let chosen = control.select(&css("option[selected]")).next();
            let option = chosen.or_else(|| control.select(&css("option")).next())?;
            option.attr("value").unwrap_or_default().to_owned()
        }
        ("textarea", _) => {
            let text: String = control.text().collect();
            text.strip_prefix('\n').unwrap_or(&text).to_owned()
        }
        (_, Some("checkbox" | "radio")) => {
            control.attr("checked")?;
            control.attr("value").unwrap_or("on").to_owned()
        }
        (_, Some("file" | "submit")) => return None,
        _ => control.attr("value").unwrap_or_default().to_owned(),
    };
    Some((name, value))
}

fn answer(page: &str, result: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut response = result.expect("an answer");
    let header = |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let (location, media_type) = (header("location"), header("content-type").unwrap_or_default());
    let status = response.status().as_u16();
    let bytes = response.body_mut().with_config().limit(64 << 20).read_to_vec().expect("a body");
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status, location, media_type, bytes, body, page: page.to_owned() }
}
