//! A browser without a screen: cookies, pages, forms. It never follows a redirect on its own.

use std::time::Duration;

use scraper::{ElementRef, Html, Selector};

use super::World;

/// A person's browser.
pub struct Client {
    agent: ureq::Agent,
    origin: String,
}

/// What the service answered.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Where a redirect leads, as a path.
    pub location: Option<String>,
    /// The page.
    pub body: String,
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
}

pub fn css(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}

impl Client {
    /// A browser that has never been here.
    pub fn new(world: &World) -> Client {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .new_agent();
        Client { agent, origin: world.origin.clone() }
    }

    /// Fetches a page.
    pub fn get(&self, path: &str) -> Answer {
        answer(self.agent.get(format!("{}{path}", self.origin)).call())
    }

    /// The status alone; what streams is not waited for.
    pub fn status(&self, path: &str) -> u16 {
        self.agent.get(format!("{}{path}", self.origin)).call().expect("an answer").status().as_u16()
    }

    /// Sends fields as they are, without a page before.
    pub fn post(&self, path: &str, fields: &[(String, String)]) -> Answer {
        let fields = fields.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        answer(self.agent.post(format!("{}{path}", self.origin)).send_form(fields))
    }

    /// The token this person's forms carry, for posts that skip the page.
    pub fn token(&self) -> String {
        let html = Html::parse_document(&self.get("/").body);
        let token = html.select(&css("input[name=_csrf]")).next().and_then(|e| e.attr("value").map(str::to_owned));
        token.expect("a token on every page")
    }

    /// The fields of the form on `page` that leads to `action`, as a browser would send them
    /// untouched, overlaid with what is `typed`.
    pub fn fields(&self, page: &str, action: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
        let answer = self.get(page);
        let html = answer.page();
        let form = html
            .select(&css("form[method=post]"))
            .find(|form| form.attr("action") == Some(action))
            .unwrap_or_else(|| panic!("{page} has no form to {action}: {}", answer.text()));
        let known: Vec<&str> = form.select(&css("[name]")).filter_map(|e| e.attr("name")).collect();
        for (name, _) in typed {
            assert!(known.contains(name), "{page}: the form to {action} has no field {name}, only {known:?}");
        }
        let mut fields: Vec<(String, String)> = form
            .select(&css("input, select, textarea"))
            .filter_map(untouched)
            .filter(|(name, _)| !typed.iter().any(|(typed, _)| typed == name))
            .collect();
        fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        fields
    }

    /// Fills in and submits the form on `page` that leads to `action`.
    pub fn submit(&self, page: &str, action: &str, typed: &[(&str, &str)]) -> Answer {
        let fields = self.fields(page, action, typed);
        self.post(action, &fields)
    }

    /// Logs in through the form.
    pub fn login(self, account: &str, password: &str) -> Client {
        let answer = self.submit("/login", "/login", &[("account", account), ("password", password)]);
        assert!(answer.leads().starts_with('/'));
        self
    }
}

/// What a control sends when nobody touched it.
fn untouched(control: ElementRef<'_>) -> Option<(String, String)> {
    let name = control.attr("name")?.to_owned();
    let value = match (control.value().name(), control.attr("type")) {
        ("select", _) => {
            let chosen = control.select(&css("option[selected]")).next();
            let option = chosen.or_else(|| control.select(&css("option")).next())?;
            option.attr("value").unwrap_or_default().to_owned()
        }
        ("textarea", _) => control.text().collect(),
        (_, Some("checkbox" | "radio")) => {
            control.attr("checked")?;
            control.attr("value").unwrap_or("on").to_owned()
        }
        (_, Some("file" | "submit")) => return None,
        _ => control.attr("value").unwrap_or_default().to_owned(),
    };
    Some((name, value))
}

fn answer(result: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut response = result.expect("an answer");
    let location = response.headers().get("location").and_then(|v| v.to_str().ok()).map(str::to_owned);
    let status = response.status().as_u16();
    Answer { status, location, body: response.body_mut().read_to_string().expect("a body") }
}
