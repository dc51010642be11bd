//! The JSON interface: what it says of itself, what it answers, and what it never tells.

mod answers;
mod document;
mod journal;
mod lots;
mod problems;
mod schema;

use serde_json::Value;

use crate::support::World;

/// What came back.
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case.
    headers: Vec<(String, String)>,
    /// The body as text.
    pub text: String,
}

impl Reply {
    /// A header's value; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    /// The body of a good answer.
    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/json; charset=utf-8");
        self.json()
    }

    /// The body of a problem with this status.
    pub fn problem(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json; charset=utf-8");
        let problem = self.json();
        assert_eq!(problem["status"], u64::from(status));
        assert!(problem["detail"].as_str().is_some_and(|d| d.chars().any(|c| c > '\u{2E80}')), "{problem}");
        problem
    }
}

/// Asks with a method and headers.
pub fn ask(world: &World, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
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
    let mut response = agent.run(request.body(()).expect("a request")).expect("an answer");
    let headers = response.headers().iter();
    Reply {
        headers: headers.map(|(n, v)| (n.to_string(), v.to_str().unwrap_or_default().to_owned())).collect(),
        status: response.status().as_u16(),
        text: response.body_mut().read_to_string().expect("text"),
    }
}

/// Reads an address without cookies.
pub fn get(world: &World, path: &str) -> Reply {
    ask(world, "GET", path, &[])
}

/// The items of a list.
pub fn items(page: &Value) -> Vec<Value> {
    page["items"].as_array().expect("items").clone()
}
