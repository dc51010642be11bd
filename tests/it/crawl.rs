//! Every page as every role: each link and each form leads somewhere, each page has its style, one heading and
//! no English word, and nothing breaks. What a visitor is answered tells nothing of anybody.

mod faults;
mod places;
mod secrets;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use nongquan::web::routes;
use scraper::Html;

use super::bad_input::sweep;
use super::support::client::Client;
use super::support::county::County;
use super::support::links::{Seen, follow, kind_of};

const VISITOR: &str = "visitor";

/// Roles that walk at the same time.
const WALKERS: usize = 3;

/// What one role found.
#[derive(Default)]
struct Tour {
    pages: usize,
    kinds: BTreeSet<String>,
    faults: Vec<String>,
    forms: sweep::Forms,
}

#[test]
fn every_page_of_the_county_stands_for_every_role() {
    let mut county = County::open();
    let enlivened = county.enliven();
    places::newcomer(&mut county);
    let mut places = county.waiting_for_parties();
    places.extend(enlivened);
    places.extend(places::of_applicants(&county));
    let world = &county.world;
    let mut secrets = secrets::Secrets::of(world);
    let visitor = Client::new(world);
    let mut found = tour(VISITOR, &visitor, &starts(&county), |path, answer| secrets.look(path, answer));
    found.faults.extend(secrets.told());
    let mut browsers = BTreeMap::from([(VISITOR.to_owned(), visitor)]);
    let (waiting, done) = (Mutex::new(everybody(&county, &places).into_iter()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..WALKERS {
            scope.spawn(|| {
                loop {
                    let Some(who) = waiting.lock().unwrap().next() else { return };
                    let client = county.browser(who);
                    let own = places.iter().filter(|(whose, _)| *whose == who).map(|(_, place)| place);
                    let from: Vec<String> = ["/desk".to_owned()].into_iter().chain(own.cloned()).collect();
                    let tour = tour(who, &client, &from, |_, _| ());
                    done.lock().unwrap().push((who.to_owned(), client, tour));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    for (who, client, tour) in done {
        found.forms.join(tour.forms);
        found.faults.extend(tour.faults);
        found.pages += tour.pages;
        found.kinds.extend(tour.kinds);
        browsers.insert(who, client);
    }
    for who in [VISITOR, "member", "township-clerk"] {
        found.faults.extend(refusals(who, &browsers[who]));
    }
    let Tour { pages, kinds, faults, forms } = found;
    assert!(faults.is_empty(), "{} faults on {pages} pages:\n{}", faults.len(), faults.join("\n"));
    assert!(pages > 500 && kinds.len() > 100, "{pages} pages of {} kinds", kinds.len());
    sweep::s009_s019_every_field_says_what_it_cannot_take(world, &browsers, &forms);
}

/// The cast, and whoever has something waiting.
fn everybody<'a>(county: &'a County, places: &[(&'a str, String)]) -> BTreeSet<&'a str> {
    let cast = county.cast().into_iter().map(|a| a.account.as_str());
    cast.chain(places.iter().map(|(who, _)| *who).filter(|who| *who != VISITOR)).collect()
}

/// Where a visitor begins.
fn starts(county: &County) -> Vec<String> {
    let pages = ["/", "/setup", "/demo", "/style", "/style/hall"].map(str::to_owned);
    pages.into_iter().chain(county.unlinked()).collect()
}

/// Every route asked for what is not there, and every form sent empty: what refuses is a page like others.
fn refusals(who: &str, client: &Client) -> Vec<String> {
    let token = [("_csrf".to_owned(), client.token())];
    let mut faults = Vec::new();
    for route in routes::all() {
        let unknown = |part: &str| match part.starts_with('{') {
            true => "01900000-0000-7000-8000-000000000001".to_owned(),
            false => part.to_owned(),
        };
        let path: Vec<String> = route.path.split('/').map(unknown).collect();
        let path = path.join("/");
        // Signing out is no refusal, and the demonstration's clock stays where it is.
        if path == "/logout" || path.starts_with("/api/") || path.starts_with("/demo") {
            continue;
        }
        let answer = if route.method == "GET" { client.get(&path) } else { client.post(&path, &token) };
        if answer.status < 400 || !answer.media_type.starts_with("text/html") {
            continue;
        }
        let html = Html::parse_document(&answer.body);
        let wrong = faults::of(&path, &answer.body, &html);
        faults.extend(wrong.into_iter().map(|what| format!("{who}: {} {path}: {what}", route.method)));
    }
    faults
}

/// Follows every link from these pages on, as this person, and judges every page.
fn tour(who: &str, client: &Client, from: &[String], mut look: impl FnMut(&str, &super::support::Answer)) -> Tour {
    let mut tour = Tour::default();
    let mut opened: BTreeMap<String, usize> = BTreeMap::new();
    let from: Vec<&str> = from.iter().map(String::as_str).collect();
    let opens = |path: &str| {
        let kind = kind_of(path);
        let count = opened.entry(kind.clone()).or_default();
        *count += 1;
        *count <= most(who, &kind)
    };
    follow(client, &from, opens, |seen| {
        let Seen { path, on, answer, html } = *seen;
        tour.kinds.insert(kind_of(path));
        tour.pages += 1;
        look(path, answer);
        let wrong = |what: String| format!("{who}: {path} (linked on {on}): {what}");
        if !matches!(answer.status, 200 | 301..=308) {
            tour.faults.push(wrong(format!("answers {}: {}", answer.status, answer.text())));
        }
        if let Some(html) = html.filter(|_| !path.ends_with("/fragment")) {
            tour.faults.extend(faults::of(path, &answer.body, html).into_iter().map(wrong));
            tour.forms.take(who, answer, html);
        }
        // Each link there is for the account it stands beside.
        path != "/demo" || who == VISITOR
    });
    tour
}

/// How many pages of one kind one role opens: all that are its own. What is public it has seen as a visitor;
/// leaves of the journal differ in their numbers alone, and so do other people's papers once they were opened.
fn most(who: &str, kind: &str) -> usize {
    let inside = ["/desk", "/cases", "/admin", "/applications", "/projects"].iter().any(|part| kind.starts_with(part));
    let leaves = kind.contains("/journal");
    match (who, inside) {
        (VISITOR, _) if leaves => 20,
        (VISITOR, _) => usize::MAX,
        (_, true) if kind.contains(".pdf") => 3,
        (_, true) => usize::MAX,
        (_, false) => 1,
    }
}
