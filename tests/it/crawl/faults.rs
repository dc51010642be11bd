//! What is wrong with a page, as far as its text alone tells.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html};

use crate::support::client::css;
use crate::support::links::route_of;

/// Words in Latin letters that the field itself uses.
const WORDS: [&str; 24] = [
    "pdf",
    "zip",
    "csv",
    "json",
    "sm2",
    "sm3",
    "sm4",
    "api",
    "openapi",
    "qr",
    "rfc",
    "merkle",
    "png",
    "jpg",
    "jpeg",
    "excel",
    "openssl",
    "verify",
    "nongquan",
    "javascript",
    "iso",
    "utc",
    "mb",
    "kb",
];

/// Names of colours, which the style page shows.
const COLOURS: [&str; 10] = ["bright", "deep", "green", "ink", "night", "ochre", "paper", "red", "sunk", "tint"];

/// What stands on a page only when a value was written as the program sees it.
const LEFTOVERS: [&str; 10] = ["{{", "}}", "{%", "Some(", "None", "Ok(", "Err(", "undefined", "NaN", "[object"];

/// Everything that is wrong with a page.
pub fn of(path: &str, body: &str, html: &Html) -> Vec<String> {
    // Specimens of components, which lead nowhere.
    let specimen = path == "/style" || path.starts_with("/style/") || path.starts_with("/style?");
    let mut faults = frame(path, html);
    faults.extend(ids(html, specimen));
    faults.extend(forms(html, specimen));
    faults.extend(LEFTOVERS.iter().filter(|l| stands(body, l)).map(|l| format!("shows {l}")));
    let mut foreign: BTreeSet<String> = html.select(&css("body")).flat_map(foreign_words).collect();
    if specimen {
        foreign.retain(|word| !COLOURS.contains(&word.as_str()));
    }
    if !foreign.is_empty() {
        faults.push(format!("speaks English: {foreign:?}"));
    }
    faults
}

fn frame(path: &str, html: &Html) -> Vec<String> {
    let mut faults = Vec::new();
    if html.select(&css("html[lang=zh-CN]")).next().is_none() {
        faults.push("has no language".to_owned());
    }
    if html.select(&css("link[rel=stylesheet]")).next().is_none() {
        faults.push("has no style".to_owned());
    }
    let title: String = html.select(&css("title")).flat_map(|e| e.text()).collect();
    if title.trim().is_empty() {
        faults.push("has no title".to_owned());
    }
    let headings = html.select(&css("h1")).count();
    // Besides their own, some pages of components show headings as specimens.
    let shown = match path.split('?').next().unwrap_or_default() {
        "/style" | "/style/paper" => 1,
        "/style/confirm" => 2,
        _ => 0,
    };
    if headings != 1 + shown {
        faults.push(format!("has {headings} first headings"));
    }
    if html.select(&css("img:not([alt])")).next().is_some() {
        faults.push("has a picture without words".to_owned());
    }
    faults
}

/// Ids that stand twice, and what points to an id that is not there.
fn ids(html: &Html, specimen: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for id in html.select(&css("[id]")).filter_map(|e| e.attr("id")) {
        if !ids.insert(id) {
            faults.push(format!("has the id {id} twice"));
        }
    }
    let pointing = css("[for], [aria-describedby], [aria-labelledby], [aria-controls], a[href^='#']");
    for e in html.select(&pointing) {
        let fragment = e.attr("href").and_then(|to| to.strip_prefix('#'));
        let fragment = fragment.filter(|to| !specimen || !to.is_empty());
        let named = ["for", "aria-describedby", "aria-labelledby", "aria-controls"].iter().filter_map(|n| e.attr(n));
        for id in named.flat_map(str::split_whitespace).chain(fragment).filter(|id| !ids.contains(id)) {
            faults.push(format!("points to {id}, which is not there"));
        }
    }
    faults
}

/// Forms that no route takes.
fn forms(html: &Html, specimen: bool) -> Vec<String> {
    let mut faults = Vec::new();
    for form in html.select(&css("form")) {
        let action = form.attr("action").unwrap_or_default();
        let method = form.attr("method").unwrap_or("get").to_uppercase();
        let shown = specimen && (action == "#" || action.starts_with("/style"));
        if !shown && route_of(&method, action).is_none() {
            faults.push(format!("has a form to {method} {action}, which nothing takes"));
        }
    }
    faults
}

/// Whether this stands in the page as a word of its own.
fn stands(body: &str, what: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    body.match_indices(what).any(|(at, _)| {
        let (before, after) = (body[..at].chars().next_back(), body[at + what.len()..].chars().next());
        let (first, last) = (what.chars().next(), what.chars().next_back());
        !(letter(first) && letter(before) || letter(last) && letter(after))
    })
}

/// Latin words a reader would see, apart from codes, addresses and names of accounts.
fn foreign_words(body: ElementRef<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let skipped = ["code", "kbd", "script", "style", "noscript"];
    for node in body.descendants() {
        let Some(text) = node.value().as_text() else { continue };
        let within = |e: scraper::ElementRef<'_>| {
            skipped.contains(&e.value().name())
                || e.value().classes().any(|c| matches!(c, "hash" | "code" | "mono" | "account"))
        };
        if node.ancestors().filter_map(ElementRef::wrap).any(within) {
            continue;
        }
        found.extend(foreign_in(text));
    }
    for e in body.select(&css("[placeholder], [aria-label], [title], [alt]")) {
        let told = ["placeholder", "aria-label", "title", "alt"].iter().filter_map(|name| e.attr(name));
        found.extend(told.flat_map(foreign_in));
    }
    found
}

fn foreign_in(text: &str) -> Vec<String> {
    let plain =
        |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.' | '@' | '/' | '-' | ':' | '&' | '=' | '?');
    let words = text.split(plain).map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
    words
        .filter(|word| word.len() >= 3 && word.chars().all(|c| c.is_ascii_alphabetic()))
        .filter(|word| !WORDS.contains(&word.to_lowercase().as_str()))
        .map(str::to_owned)
        .collect()
}
