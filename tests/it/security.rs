//! Rows of the security checklist that a request from outside can check, each under its key.

mod at_rest;
mod forms;
mod headers;
mod reach;
mod sessions;
mod surface;

use scraper::Html;

use crate::support::client::css;
use crate::support::{World, people};

/// What came back, with its headers.
pub struct Raw {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Raw {
    /// A header's value; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// All values of a header.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect()
    }

    /// The value of a cookie that was set.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let own = |line: &&str| line.split('=').next() == Some(name);
        let line = self.all("set-cookie").into_iter().find(own)?.to_owned();
        Some(line.split(';').next()?.split_once('=')?.1.to_owned())
    }

    /// The token in the page's forms.
    pub fn token(&self) -> String {
        let html = Html::parse_document(&self.body);
        html.select(&css("input[name=_csrf]")).next().and_then(|e| e.attr("value")).expect("a form").to_owned()
    }
}

/// One request exactly as said: no cookie jar, no redirects.
pub fn send(world: &World, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Raw {
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .allow_non_standard_methods(true)
        .build()
        .new_agent();
    let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", world.origin));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if !body.is_empty() && !headers.iter().any(|(n, _)| n.eq_ignore_ascii_case("content-type")) {
        request = request.header("content-type", "application/x-www-form-urlencoded");
    }
    let answer = if body.is_empty() {
        agent.run(request.body(()).expect("a request"))
    } else {
        agent.run(request.body(body.to_owned()).expect("a request"))
    };
    let mut answer = answer.expect("an answer");
    let headers = answer.headers().iter();
    Raw {
        headers: headers.map(|(n, v)| (n.to_string(), v.to_str().unwrap_or_default().to_owned())).collect(),
        status: answer.status().as_u16(),
        body: answer.body_mut().read_to_string().unwrap_or_default(),
    }
}

/// The same with a session's cookie.
pub fn get_as(world: &World, cookie: &str, path: &str) -> Raw {
    send(world, "GET", path, &[("cookie", cookie)], "")
}

/// Logs in by hand; gives the cookie header of the session.
pub fn log_in(world: &World, account: &str, before: &str) -> String {
    let page = send(world, "GET", "/login", &[("cookie", before)], "");
    let visitor = page.cookie("nq_visitor").map(|v| format!("nq_visitor={v}")).unwrap_or_else(|| before.to_owned());
    let form = format!("_csrf={}&account={account}&password={}", page.token(), people::PASSWORD.replace('!', "%21"));
    let done = send(world, "POST", "/login", &[("cookie", &visitor)], &form);
    assert_eq!(done.status, 303, "{}", done.body);
    format!("nq_session={}", done.cookie("nq_session").expect("a session"))
}

/// A world with one holder of rights.
pub fn with_holder() -> World {
    let world = World::open();
    people::person(&world, "holder", "李春生", "43112719800101001X", "6222021234561235");
    world
}
