//! Where the pages of the service lead: links followed as far as they go, and the route an address belongs to.

use std::collections::{BTreeSet, VecDeque};

use nongquan::web::routes;
use scraper::Html;

use super::client::{Answer, Client, css};

/// What somebody was answered on the way.
pub struct Seen<'a> {
    /// What was asked for.
    pub path: &'a str,
    /// Where it was linked.
    pub on: &'a str,
    /// The answer.
    pub answer: &'a Answer,
    /// The page, if it is one.
    pub html: Option<&'a Html>,
}

/// Follows every link from these addresses on. `opens` says whether an address is opened at all; `see` is told
/// every answer and says whether its links are followed.
pub fn follow(
    client: &Client,
    from: &[&str],
    mut opens: impl FnMut(&str) -> bool,
    mut see: impl FnMut(&Seen<'_>) -> bool,
) {
    let mut waiting: VecDeque<(String, String)> =
        from.iter().map(|path| ((*path).to_owned(), "the start".to_owned())).collect();
    let mut seen: BTreeSet<String> = waiting.iter().map(|(path, _)| path.clone()).collect();
    while let Some((path, on)) = waiting.pop_front() {
        // A stream has no end; what it sends is the room's fragment, which is fetched.
        if path.ends_with("/events") || !opens(&path) {
            continue;
        }
        let answer = client.get(&path);
        let page = answer.status == 200 && answer.media_type.starts_with("text/html");
        let html = page.then(|| Html::parse_document(&answer.body));
        let seen_page = Seen { path: &path, on: &on, answer: &answer, html: html.as_ref() };
        if !see(&seen_page) {
            continue;
        }
        for to in leads(&seen_page) {
            if seen.insert(to.clone()) {
                waiting.push_back((to, path.clone()));
            }
        }
    }
}

/// Addresses of the service to which an answer leads: by redirect, by link, by the cursor of the open interface.
fn leads(seen: &Seen<'_>) -> Vec<String> {
    let Seen { path, answer, .. } = *seen;
    if let Some(to) = answer.location.as_deref().filter(|_| (301..=308).contains(&answer.status)) {
        return absolute(path, to).into_iter().collect();
    }
    if answer.status != 200 {
        return Vec::new();
    }
    if answer.media_type.starts_with("application/json") {
        return next_page(path, &answer.body).into_iter().collect();
    }
    let Some(html) = seen.html else { return Vec::new() };
    let linking = css("a[href], img[src], link[rel=stylesheet], link[rel=icon], script[src], [data-fragment]");
    let all = html.select(&linking);
    let places = all.filter_map(|e| ["href", "src", "data-fragment"].iter().find_map(|name| e.attr(name)));
    places.filter_map(|to| absolute(path, to)).collect()
}

/// The next page of a list that the open interface gives in pages.
fn next_page(path: &str, body: &str) -> Option<String> {
    let page: serde_json::Value = serde_json::from_str(body).ok()?;
    let cursor = page.get("next_cursor")?.as_str()?;
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let query: Vec<String> = kept.map(str::to_owned).chain([format!("cursor={cursor}")]).collect();
    Some(format!("{path}?{}", query.join("&")))
}

/// An address of the service as a path without its fragment; `None` for others.
pub fn absolute(page: &str, to: &str) -> Option<String> {
    let to = to.split('#').next().unwrap_or_default();
    if to.is_empty() || to.starts_with("//") || to.contains(':') {
        return None;
    }
    if let Some(query) = to.strip_prefix('?') {
        return Some(format!("{}?{query}", page.split('?').next().unwrap_or_default()));
    }
    to.starts_with('/').then(|| to.to_owned())
}

/// The path with what differs from case to case left out; a filter's values count once.
pub fn kind_of(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let varies = |part: &&str| part.len() > 3 && part.chars().any(|c| c.is_ascii_digit());
    let parts: Vec<&str> = path.split('/').map(|part| if varies(&part) { "*" } else { part }).collect();
    let names: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    format!("{}?{}", parts.join("/"), names.join("&"))
}

/// The pattern of the route that answers an address: the one that leaves least open.
pub fn route_of(method: &str, path: &str) -> Option<&'static str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let all = routes::all().into_iter().filter(|r| r.method == method && fits(r.path, path));
    all.map(|r| r.path).min_by_key(|pattern| pattern.matches('{').count())
}

fn fits(pattern: &str, path: &str) -> bool {
    let (known, asked): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    known.len() == asked.len() && known.iter().zip(&asked).all(|(known, asked)| part_fits(known, asked))
}

/// A part of a pattern: plain, or with one placeholder and what stands around it, as `{code}.pdf`.
fn part_fits(known: &str, asked: &str) -> bool {
    match (known.split_once('{'), known.split_once('}')) {
        (Some((before, _)), Some((_, after))) => {
            asked.len() > before.len() + after.len() && asked.starts_with(before) && asked.ends_with(after)
        }
        (_, _) => known == asked,
    }
}
