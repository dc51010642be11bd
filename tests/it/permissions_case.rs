//! The pages and forms of one real case: who is let in at each point of its way. The case goes on from point to
//! point, and every route with an id or a number in it is asked for what is really there.

mod blind;
mod people;
mod rules;
mod table;
mod things;

use std::collections::{BTreeMap, BTreeSet};

use nongquan::web::routes;

use super::permissions::holds;
use super::stories::pond::{Point, Pond, Winner, money};
use super::support::Client;
use super::support::contents::contents;
use people::{Everybody, WHO};
use table::Table;
use things::Things;

/// The reviewed table.
const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/permissions_case.csv");

/// Where everything is asked, and what the table calls it. Whoever wins is from outside, so that approvals stand
/// before the contract.
const POINTS: [(Point, &str); 9] = [
    (Point::Submitted, "submitted"),
    (Point::Applied, "listed"),
    (Point::RoomOpen, "room"),
    (Point::Posted, "posted"),
    (Point::Signed, "approval"),
    (Point::Made, "contract"),
    (Point::Certifying, "certifying"),
    (Point::HandedOver, "handed-over"),
    (Point::Archived, "archived"),
];

/// Points at which the departments' part changes and nobody else's: only these are asked there.
const CONCERNED: [&str; 9] =
    ["collective", "outsider", "member", "clerk", "clerk-elsewhere", "agriculture", "water", "station", "forestry"];

/// Whether somebody is asked at a point.
fn is_asked(when: &str, who: &str) -> bool {
    !matches!(when, "approval" | "handed-over") || CONCERNED.contains(&who)
}

/// The points in the order of the table: those at which everybody is asked, then the others, so that points that
/// answer alike stand beside each other.
const ORDER: [&str; 9] =
    ["submitted", "listed", "room", "posted", "contract", "certifying", "archived", "approval", "handed-over"];

/// Routes that no real thing is asked for, and why.
const NOT_ASKED: [(&str, &str); 2] = [
    ("/assets/{hash}/{name}", "a file of the program, the same for everybody"),
    ("/style/{name}", "a specimen of the design, the same for everybody"),
];

/// Forms that do nothing when they are empty, so that everybody is asked: also who may read the page they stand on
/// and may not send them.
const DO_NOTHING_EMPTY: [&str; 5] = [
    "/desk/finance/lines/{id}/match",
    "/desk/finance/lines/{id}/return",
    "/lots/{lot_no}/bids",
    "/lots/{lot_no}/objection",
    "/verify/{certificate_no}",
];

/// Forms that stand on the page of something else, for the rule of who is not asked with an empty form.
const STANDS_ON: [(&str, &str); 11] = [
    ("/admin/accounts/{id}/active", "/admin/accounts/{id}"),
    ("/admin/accounts/{id}/password", "/admin/accounts/{id}"),
    ("/admin/accounts/{id}/posts", "/admin/accounts/{id}"),
    ("/admin/accounts/{id}/revocation", "/admin/accounts/{id}"),
    ("/admin/accounts/{id}/sessions", "/admin/accounts/{id}"),
    ("/cases/{id}/draft/papers/removal", "/cases/{id}/draft/papers"),
    ("/cases/{id}/draft/{topic}/autosave", "/cases/{id}/draft/{topic}"),
    ("/desk/refunds/{id}/inquiry-end", "/desk/refunds/{id}/inquiry"),
    ("/desk/verification/{party}/papers", "/desk/verification/{party}"),
    ("/desk/verification/{party}/password", "/desk/verification/{party}"),
    ("/lots/{lot_no}/application/withdrawal", "/lots/{lot_no}/application"),
];

/// What is asked of everybody: the row's name and the address.
type Asked = (String, String);

/// Routes of a method with something in their path, each with what is really there.
fn asked(things: &Things, method: &str) -> Vec<Asked> {
    let mut all = Vec::new();
    for route in routes::all().into_iter().filter(|r| r.method == method && r.path.contains('{')) {
        for (which, path) in things.paths(route.path) {
            let which = if which.is_empty() { String::new() } else { format!(" {which}") };
            all.push((format!("{method} {}{which}", route.path), path));
        }
    }
    all.sort_unstable();
    all
}

/// The row of the page on which a form stands that might do something though it is empty.
fn page_of(form: &str) -> Option<String> {
    let mut words = form.trim_start_matches("POST ").splitn(2, ' ');
    let path = words.next().unwrap_or_default();
    if DO_NOTHING_EMPTY.contains(&path) {
        return None;
    }
    let page = STANDS_ON.iter().find(|(form, _)| *form == path).map_or(path, |(_, page)| page);
    let which = words.next().map(|which| format!(" {which}")).unwrap_or_default();
    Some(format!("GET {page}{which}"))
}

/// What each of them is answered, several at a time.
fn answers(who: &Everybody<'_>, asked: &[Asked], ask: impl Fn(&str, &Client, &Asked) -> Option<u16> + Sync) -> Table {
    const AT_ONCE: usize = 4;
    let mut table = Table::default();
    std::thread::scope(|scope| {
        let ask = &ask;
        let threads: Vec<_> = (0..AT_ONCE)
            .map(|n| {
                scope.spawn(move || {
                    let mine = WHO.iter().skip(n).step_by(AT_ONCE);
                    let all = mine.flat_map(|name| {
                        let client = who.client(name);
                        asked.iter().map(move |row| (row.0.clone(), *name, ask(name, client, row)))
                    });
                    all.collect::<Vec<_>>()
                })
            })
            .collect();
        for thread in threads {
            for (row, name, status) in thread.join().unwrap() {
                table.put(&row, name, status);
            }
        }
    });
    table
}

/// Every page, as everybody; while the lot is blind nobody reads of it who is behind it.
fn pages(pond: &Pond, who: &Everybody<'_>, things: &Things, when: &str) -> Table {
    let asked = asked(things, "GET");
    let blind = matches!(when, "listed" | "room").then(|| blind::Blind::of(pond));
    let told = std::sync::Mutex::new(Vec::new());
    let table = answers(who, &asked, |name, client, (row, path)| {
        if !is_asked(when, name) {
            return None;
        }
        // A stream has no end.
        if path.ends_with("/events") {
            return Some(client.status(path));
        }
        let Some(blind) = &blind else { return Some(client.status(path)) };
        let answer = client.get(path);
        told.lock().unwrap().extend(blind.told(name, row, &answer));
        Some(answer.status)
    });
    let told = told.into_inner().unwrap();
    assert!(told.is_empty(), "{when}:\n{}", told.join("\n"));
    table
}

/// Every form, sent with nothing but the token. Who is shown the page of the step might do it with an empty form
/// too, and is left out: this is about everybody else, for whom nothing may happen.
fn forms(pond: &Pond, who: &Everybody<'_>, things: &Things, pages: &Table, when: &str) -> Table {
    let before = contents(&pond.world);
    let tokens: BTreeMap<&str, String> = WHO.iter().map(|name| (*name, who.client(name).token())).collect();
    let table = answers(who, &asked(things, "POST"), |name, client, (row, path)| {
        let shown = page_of(row).is_some_and(|page| pages.status(&page, name) == Some(200));
        (is_asked(when, name) && !shown)
            .then(|| client.post(path, &[("_csrf".to_owned(), tokens[name].clone())]).status)
    });
    let changed: Vec<&str> =
        contents(&pond.world).iter().zip(&before).filter(|(now, then)| now != then).map(|(now, _)| now.0).collect();
    assert!(changed.is_empty(), "empty forms of whom they are not changed {changed:?}");
    table
}

#[test]
fn real_cases_open_for_whom_the_table_says() {
    let mut pond = Pond::reach(Point::Peopled, Winner::Outsider);
    let more = people::arrive(&pond);
    let (mut at, mut whole, mut seen) = (Point::Peopled, Table::default(), BTreeSet::new());
    for (point, when) in POINTS {
        pond.goes(at, point, Winner::Outsider);
        at = point;
        if point == Point::Archived {
            // A payment file is there.
            let _ = money::send_all(&pond);
        }
        let things = Things::of(&pond, when == POINTS[0].1);
        let who = Everybody::of(&pond, &more);
        let (lot, shown) = (pond.lot(), pages(&pond, &who, &things, when));
        let sent = forms(&pond, &who, &things, &shown, when);
        assert_eq!(pond.lot(), lot, "{when}: no empty form moves a case");
        for (row, _) in asked(&things, "GET").into_iter().chain(asked(&things, "POST")) {
            seen.insert(row.split(' ').nth(1).unwrap_or_default().to_owned());
        }
        whole.add(when, shown);
        whole.add(when, sent);
    }
    let missing: Vec<&str> = routes::all()
        .into_iter()
        .map(|route| route.path)
        .filter(|path| path.contains('{') && !seen.contains(*path))
        .filter(|path| !NOT_ASKED.iter().any(|(known, _)| known == path))
        .collect();
    assert!(missing.is_empty(), "nothing real was asked for at {missing:?}");
    holds(TABLE, &whole.text(&ORDER));
}

/// Rules that hold whatever the table says, so that writing it anew cannot hide a hole.
#[test]
fn no_table_of_cases_may_say_this() {
    let text = std::fs::read_to_string(TABLE).unwrap();
    let whole = Table::read(&text, &ORDER);
    let wrong = rules::broken(&whole);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
