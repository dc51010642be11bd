//! A page of every route judged in a real browser at both widths, those of visitors and holders in the large
//! version too. What there is to judge is found by following links in the demonstration county as everybody: the
//! fullest page of every route, and of every stage where the route shows a lot. A route of which no page was judged
//! fails the test. Pages look the same on either engine, so this runs on SQLite alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Mutex;

use nongquan::domain::lot::Stage;
use nongquan::web::routes;
use nongquan_e2e::Browser;
use nongquan_e2e::support::Client;
use nongquan_e2e::support::client::css;
use nongquan_e2e::support::county::County;
use nongquan_e2e::support::links::{Seen, follow, kind_of, route_of};
use scraper::Html;

/// Routes that answer no page, and why. What is a file is seen to be one on the way and does not stand here.
const NO_PAGE: [(&str, &str); 3] = [
    ("/admin", "leads on to the first page of the administration"),
    ("/lots/{lot_no}/events", "a stream without an end; what it sends stands on the room's page"),
    ("/lots/{lot_no}/room/fragment", "the parts of the room's page that change, without a frame"),
];

const SCREENS: [(u32, u32); 2] = [(360, 740), (1280, 900)];
const VISITOR: &str = "visitor";
/// Pages of one kind that one person opens on the search.
const OPENED: usize = 2;
/// Searches, and browsers, at work at the same time.
const AT_ONCE: usize = 2;

/// A page that was found, and how much there is to judge: fields and buttons first, then text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    weight: (usize, usize),
    who: String,
    path: String,
}

/// What links lead to, by route and stage.
#[derive(Default)]
struct Map {
    pages: BTreeMap<(String, Option<Stage>), BTreeSet<Found>>,
    files: BTreeSet<&'static str>,
}

/// A page to be judged: as whom, in which version, and the answer that is expected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Visit {
    who: String,
    large: bool,
    path: String,
    status: u16,
}

#[test]
fn every_page_fits_every_screen_and_reader() {
    let county = County::open();
    let (mut judged, mut files, mut faults) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
    // First as the seed leaves the county; then what only a living one shows.
    for lively in [false, true] {
        let waiting = if lively { Vec::new() } else { county.waiting_for_parties() };
        let places = if lively { county.enliven() } else { everybody(&county) };
        let map = search(&county, places.into_iter().chain(waiting).collect());
        let mut visits = if lively { Vec::new() } else { refusals(&county) };
        for (kind, found) in map.pages {
            let last = found.last().unwrap().clone();
            let before = judged.get(&kind).copied();
            if before.is_some_and(|controls| controls >= last.weight.0) {
                continue;
            }
            let route = kind.0.clone();
            // The large version is for those who come from outside, not for the desks of the centre.
            let outside = county.is_outside(&last.who) && !route.starts_with("/style");
            judged.insert(kind, last.weight.0);
            for large in [false, true].into_iter().take(1 + usize::from(outside)) {
                visits.push(Visit { who: last.who.clone(), large, path: last.path.clone(), status: 200 });
            }
        }
        files.extend(map.files);
        faults.extend(judge(&county, visits));
    }
    for route in routes::all().iter().filter(|r| r.method == "GET").map(|r| r.path) {
        let excused = NO_PAGE.iter().any(|(path, _)| *path == route);
        let met = judged.keys().any(|(kind, _)| kind == route || route_of("GET", kind) == Some(route));
        if !met && !files.contains(route) && !excused {
            faults.push(format!("{route}: no page of it was judged"));
        }
    }
    for (path, _) in NO_PAGE.iter().filter(|(path, _)| route_of("GET", path) != Some(path)) {
        faults.push(format!("{path} is no route"));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Where everybody begins. To some pages nothing leads, such as those of the first start.
fn everybody(county: &County) -> Vec<(&str, String)> {
    let fixed = routes::all().into_iter().filter(|r| r.method == "GET" && !r.path.contains('{'));
    let mut places: Vec<(&str, String)> = fixed.map(|r| (VISITOR, r.path.to_owned())).collect();
    places.extend(county.unlinked().into_iter().map(|path| (VISITOR, path)));
    places.extend(county.cast().into_iter().map(|a| (a.account.as_str(), "/desk".to_owned())));
    places
}

/// Opens what links lead to from these places, as whom they are for.
fn search(county: &County, places: Vec<(&str, String)>) -> Map {
    let mut people: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (who, place) in places {
        people.entry(who).or_default().push(place);
    }
    let (waiting, map) = (Mutex::new(people.into_iter()), Mutex::new(Map::default()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some((who, from)) = waiting.lock().unwrap().next() else { return };
                    let client = if who == VISITOR { Client::new(&county.world) } else { county.browser(who) };
                    look_around(county, who, &client, &from, &map);
                }
            });
        }
    });
    map.into_inner().unwrap()
}

fn look_around(county: &County, who: &str, client: &Client, from: &[String], map: &Mutex<Map>) {
    let starts: Vec<&str> = from.iter().map(String::as_str).collect();
    let mut opened: BTreeMap<(String, Option<Stage>), usize> = BTreeMap::new();
    let opens = |path: &str| {
        let kind = kind_of(path);
        let inside = ["/desk", "/cases", "/admin", "/applications", "/projects"].iter().any(|p| kind.starts_with(p));
        let most = match (kind.as_str(), who) {
            (_, VISITOR) => OPENED,
            _ if inside => OPENED,
            _ => 1,
        };
        let count = opened.entry((kind, stage_of(county, path))).or_default();
        *count += 1;
        *count <= most
    };
    follow(client, &starts, opens, |seen| {
        let Seen { path, answer, html, .. } = *seen;
        let excused = |route: &&str| !NO_PAGE.iter().any(|(path, _)| path == route);
        if let (Some(route), 200) = (route_of("GET", path).filter(excused), answer.status) {
            let mut map = map.lock().unwrap();
            if let Some(html) = html {
                // Every page of components is its own.
                let page = path.split('?').next().unwrap_or_default();
                let kind = if route.starts_with("/style") { page } else { route };
                let weight = (controls(html), answer.body.len());
                let found = Found { weight, who: who.to_owned(), path: path.to_owned() };
                map.pages.entry((kind.to_owned(), stage_of(county, path))).or_default().insert(found);
            } else {
                map.files.insert(route);
            }
        }
        // Each link there is for the account it stands beside.
        path != "/demo" || who == VISITOR
    });
}

/// The stage that a page shows, where it shows a lot as a whole.
fn stage_of(county: &County, path: &str) -> Option<Stage> {
    let whole = matches!(route_of("GET", path), Some("/lots/{lot_no}" | "/cases/{id}"));
    if whole { county.stage_of(path) } else { None }
}

/// What there is to fill in and to press.
fn controls(html: &Html) -> usize {
    html.select(&css("main input:not([type=hidden]), main select, main textarea, main button")).count()
}

/// Pages that say no.
fn refusals(county: &County) -> Vec<Visit> {
    let unknown = "/cases/01900000-0000-7000-8000-000000000001";
    let all = [
        (VISITOR, "/lots/NOTHING", 404),
        (VISITOR, "/nowhere", 404),
        (VISITOR, "/lots?q=%00", 400),
        ("member", unknown, 404),
        ("member", "/admin/accounts", 403),
        ("township-clerk", "/desk/finance", 403),
    ];
    let mut visits = Vec::new();
    for (who, path, status) in all {
        let client = if who == VISITOR { Client::new(&county.world) } else { county.browser(who) };
        assert_eq!(client.status(path), status, "{who}: {path}");
        visits.push(Visit { who: who.to_owned(), large: false, path: path.to_owned(), status });
    }
    visits
}

/// Opens every page in a browser and gives what is wrong.
fn judge(county: &County, visits: Vec<Visit>) -> Vec<String> {
    let mut groups: BTreeMap<(String, bool), Vec<Visit>> = BTreeMap::new();
    for visit in visits {
        groups.entry((visit.who.clone(), visit.large)).or_default().push(visit);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, visits)| visits.len());
    let (waiting, faults) = (Mutex::new(VecDeque::from(groups)), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(async {
                    let mut browser = Browser::open(&county.world.origin).await;
                    loop {
                        // The longest first, so that both end together.
                        let Some(((who, large), visits)) = waiting.lock().unwrap().pop_back() else { break };
                        sit_down(county, &mut browser, &who, large).await;
                        for visit in visits {
                            let found = look_at(&browser, &visit).await;
                            faults.lock().unwrap().extend(found);
                        }
                    }
                    browser.close().await;
                });
            });
        }
    });
    faults.into_inner().unwrap()
}

async fn sit_down(county: &County, browser: &mut Browser, who: &str, large: bool) {
    browser.forget(&county.world.origin).await;
    browser.screen(1280, 900).await;
    browser.goto("/login").await;
    if who != VISITOR {
        browser.fill("account", who).await;
        browser.fill("password", &county.account(who).password).await;
        browser.press("登录").await;
    }
    if large {
        browser.press_at("form[action='/preferences/large'] button").await.expect("the large version");
    }
}

async fn look_at(browser: &Browser, visit: &Visit) -> Vec<String> {
    let mut all = Vec::new();
    for (at, (width, height)) in SCREENS.into_iter().enumerate() {
        browser.screen(width, height).await;
        if at == 0 {
            browser.goto(&visit.path).await;
        }
        let answered: &[u16] = if visit.status < 400 { &[] } else { &[visit.status] };
        let mut found = browser.faults(answered).await;
        // Some pages of components show headings as specimens, below their own.
        let specimens = match visit.path.split('?').next().unwrap_or_default() {
            "/style" | "/style/paper" => "2 first headings",
            "/style/confirm" => "3 first headings",
            _ => "",
        };
        found.retain(|fault| fault != specimens);
        let version = if visit.large { "large" } else { "standard" };
        let about = format!("{} as {} at {width} px, {version}", visit.path, visit.who);
        all.extend(found.into_iter().map(|fault| format!("{about}: {fault}")));
    }
    all
}
