//! Every page as every role: each link leads somewhere, each page has its style, one heading and no
//! English word, and nothing breaks.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use scraper::{ElementRef, Html};

use std::net::TcpListener;
use std::sync::Arc;

use nongquan::acts::checkpoint;
use nongquan::clock::HandClock;
use nongquan::config::Config;
use nongquan::demo;

use super::bad_input::sweep;
use super::support::client::{Answer, Client, css};
use super::support::{Place, World};

pub const VISITOR: &str = "visitor";

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

/// What one role found.
struct Tour {
    pages: usize,
    kinds: BTreeSet<String>,
    faults: Vec<String>,
}

#[test]
fn every_page_of_the_county_stands_for_every_role() {
    let place = Place::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut settings = super::demo::settings(&place);
    settings.listen = listener.local_addr().unwrap().to_string();
    let config = Config::demo(settings).unwrap_or_else(|faults| panic!("settings: {faults:?}"));
    let clock = Arc::new(HandClock::new(demo::first_morning().unwrap()));
    let app = nongquan::boot::open(config, clock.clone()).unwrap_or_else(|fault| panic!("start: {fault}"));
    demo::open(&app).unwrap();
    assert!(demo::fill(&app, || true).unwrap().is_empty());
    let accounts = demo::open(&app).unwrap();
    checkpoint::sign_head(&app).unwrap();
    let world = World::serving(app, clock, listener, place);
    let mut styles = BTreeMap::new();
    let mut browsers = BTreeMap::from([(VISITOR.to_owned(), Client::new(&world))]);
    let visitor = tour(VISITOR, &browsers[VISITOR], &["/", "/demo", "/style"], &mut styles);
    let (mut faults, mut pages, mut kinds) = (visitor.faults, visitor.pages, visitor.kinds);
    for account in &accounts {
        let client = Client::new(&world).login(&account.account, &account.password);
        let found = tour(&account.account, &client, &["/desk"], &mut styles);
        faults.extend(found.faults);
        pages += found.pages;
        kinds.extend(found.kinds);
        browsers.insert(account.account.clone(), client);
    }
    assert!(faults.is_empty(), "{} faults on {pages} pages:\n{}", faults.len(), faults.join("\n"));
    assert!(pages > 500 && kinds.len() > 60, "{pages} pages of {} kinds", kinds.len());
    sweep::s009_s019_every_field_says_what_it_cannot_take(&world, &browsers);
}

/// Follows every link from these pages on, as this person; `known` are addresses somebody opened already.
fn tour(who: &str, client: &Client, from: &[&str], styles: &mut BTreeMap<String, u16>) -> Tour {
    let mut waiting: VecDeque<(String, String)> =
        from.iter().map(|path| ((*path).to_owned(), "the start".to_owned())).collect();
    let mut seen: BTreeSet<String> = from.iter().map(|path| (*path).to_owned()).collect();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut tour = Tour { pages: 0, kinds: BTreeSet::new(), faults: Vec::new() };
    while let Some((path, on)) = waiting.pop_front() {
        let kind = kind_of(&path);
        let count = kinds.entry(kind.clone()).or_default();
        *count += 1;
        if *count > most(who, &kind) || streams(&path) {
            continue;
        }
        tour.kinds.insert(kind);
        tour.pages += 1;
        let answer = client.get(&path);
        let wrong = |what: String| format!("{who}: {path} (linked on {on}): {what}");
        match answer.status {
            200 => {}
            301..=308 => {
                if let Some(to) = answer.location.as_deref().and_then(own).filter(|to| seen.insert(to.clone())) {
                    waiting.push_back((to, path));
                }
                continue;
            }
            status => {
                tour.faults.push(wrong(format!("answers {status}: {}", answer.text())));
                continue;
            }
        }
        if !answer.media_type.starts_with("text/html") {
            continue;
        }
        // The style page names colours and shows a page's heading as a specimen.
        if !path.starts_with("/style") {
            tour.faults.extend(page_faults(&answer).into_iter().map(wrong));
        }
        let html = Html::parse_document(&answer.body);
        for sheet in html.select(&css("link[rel=stylesheet], link[rel=icon]")).filter_map(|e| e.attr("href")) {
            let status = *styles.entry(sheet.to_owned()).or_insert_with(|| client.get(sheet).status);
            if status != 200 {
                tour.faults.push(format!("{who}: {path}: {sheet} answers {status}"));
            }
        }
        // Each link there is for the account it stands beside.
        if kind_of(&path) == "/demo?" && who != VISITOR {
            continue;
        }
        for to in html.select(&css("a[href], img[src]")).filter_map(|e| e.attr("href").or(e.attr("src"))) {
            let Some(to) = absolute(&path, to) else { continue };
            if seen.insert(to.clone()) {
                waiting.push_back((to, path.clone()));
            }
        }
    }
    tour
}

/// Pages of one kind that one role opens: the rest of a kind differ in their data alone, and what a
/// visitor sees the others see as well.
fn most(who: &str, kind: &str) -> usize {
    let inside = ["/desk", "/cases", "/admin", "/applications", "/projects"].iter().any(|part| kind.starts_with(part));
    match (who, inside) {
        (VISITOR, _) => 3,
        (_, true) => 2,
        (_, false) => 1,
    }
}

/// Live streams never end; they are not for following.
fn streams(path: &str) -> bool {
    path.ends_with("/events")
}

fn own(to: &str) -> Option<String> {
    absolute("/", to)
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

fn page_faults(answer: &Answer) -> Vec<String> {
    let html = Html::parse_document(&answer.body);
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
    if headings != 1 {
        faults.push(format!("has {headings} first headings"));
    }
    let foreign: BTreeSet<String> = html.select(&css("body")).flat_map(foreign_words).collect();
    if !foreign.is_empty() {
        faults.push(format!("speaks English: {foreign:?}"));
    }
    faults
}

/// Latin words a reader would see, apart from codes, addresses and names of accounts.
fn foreign_words(body: ElementRef<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let skipped = ["code", "kbd", "script", "style", "noscript", "option"];
    for node in body.descendants() {
        let Some(text) = node.value().as_text() else { continue };
        let within = |e: scraper::ElementRef<'_>| {
            skipped.contains(&e.value().name())
                || e.value().classes().any(|c| matches!(c, "hash" | "code" | "mono" | "account"))
        };
        if node.ancestors().filter_map(ElementRef::wrap).any(within) {
            continue;
        }
        let plain =
            |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.' | '@' | '/' | '-' | ':' | '&' | '=' | '?');
        for word in text.split(plain) {
            let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            let letters = word.chars().all(|c| c.is_ascii_alphabetic());
            if letters && word.len() >= 3 && !WORDS.contains(&word.to_lowercase().as_str()) {
                found.push(word.to_owned());
            }
        }
    }
    found
}
