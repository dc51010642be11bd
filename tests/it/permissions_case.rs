//! The pages and forms of real cases: who is let in while a case is with the township, and once it is public.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use nongquan::store::documents::{self, Owner};
use nongquan::web::routes::{self, Route};

use super::permissions::holds;
use super::stories::pond::{Point, Pond, Winner, people};
use super::support::Client;

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/permissions_case.csv");

/// Columns: a visitor, both sides of other deals, the transferor, his officer, and one of every post.
const WHO: [&str; 19] = [
    "visitor",
    "collective",
    "outsider",
    "officer",
    "clerk",
    "clerk-elsewhere",
    "acceptance",
    "review",
    "publication",
    "qualification",
    "bidding",
    "certify",
    "finance",
    "archive",
    "director",
    "water",
    "station",
    "supervisor",
    "admin",
];

/// The routes of a case, of a lot and of a document.
fn routes_of(method: &str) -> Vec<Route> {
    let about = ["/cases/{id}", "/lots/{lot_no}", "/documents/{id}"];
    let mut all: Vec<Route> = routes::all()
        .into_iter()
        .filter(|r| r.method == method && about.iter().any(|part| r.path.starts_with(part)))
        // A stream has no end.
        .filter(|r| !r.path.ends_with("/events"))
        .collect();
    all.sort_unstable();
    all
}

fn real(path: &str, pond: &Pond, document: &str) -> String {
    let case = pond.case.trim_start_matches("/cases/");
    let id = if path.starts_with("/documents/") { document } else { case };
    path.replace("{id}", id)
        .replace("{lot_no}", &pond.lot_no)
        .replace("{topic}", "object")
        .replace("{code}", "F01")
        .replace("{seq}", "1")
}

fn ask(text: &mut String, pond: &Pond, elsewhere: &Client, when: &str, method: &str) {
    let visitor = Client::new(&pond.world);
    let lot = pond.lot();
    let document =
        pond.world.app.store.read(|db| documents::of(db, Owner::Lot(lot.id))).unwrap().remove(0).id.to_string();
    let client = |who: &str| match who {
        "visitor" => &visitor,
        "clerk-elsewhere" => elsewhere,
        who => pond.browser(who),
    };
    let tokens: BTreeMap<&str, String> = WHO.iter().map(|who| (*who, client(who).token())).collect();
    for route in routes_of(method) {
        let path = real(route.path, pond, &document);
        let answers = WHO.iter().map(|who| {
            let status = match method {
                "GET" => client(who).status(&path),
                _ => client(who).post(&path, &[("_csrf".to_owned(), tokens[who].clone())]).status,
            };
            status.to_string()
        });
        let answers: Vec<String> = answers.collect();
        writeln!(text, "{when} {method} {},{}", route.path, answers.join(",")).unwrap();
    }
    assert_eq!(pond.lot(), lot, "no empty form moves a case");
}

#[test]
fn real_cases_open_for_whom_the_table_says() {
    let mut text = format!("case,{}\n", WHO.join(","));
    for (point, when) in [(Point::Submitted, "submitted"), (Point::Listed, "listed")] {
        let pond = Pond::reach(point, Winner::Member);
        let (admin, giver) = (pond.browser("admin"), pond.browser(people::SECURITY));
        let hired = people::Hired {
            login: "clerk-elsewhere",
            name: "毛外站",
            phone: "13974699999",
            role: "township_clerk",
            scope: "431127102",
        };
        let person = people::staff(&pond.world, &pond.phones, admin, giver, &hired);
        ask(&mut text, &pond, &person.browser, when, "GET");
        if point == Point::Submitted {
            ask(&mut text, &pond, &person.browser, when, "POST");
        }
    }
    holds(TABLE, &text);
}

/// Whatever the table says: before publication nobody from outside, and no other township, gets in.
#[test]
fn no_table_of_cases_may_say_this() {
    let table = std::fs::read_to_string(TABLE).unwrap();
    let mut lines = table.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let mut wrong = Vec::new();
    for row in lines {
        let cells: Vec<&str> = row.split(',').collect();
        for (name, status) in names.iter().zip(&cells).skip(1) {
            let outside = matches!(*name, "visitor" | "outsider" | "clerk-elsewhere");
            let hidden = cells[0].starts_with("submitted") || cells[0].contains("/cases/");
            if outside && hidden && *status == "200" {
                wrong.push(format!("{}: {name} gets in", cells[0]));
            }
            if status.starts_with('5') || (cells[0].contains("POST") && *status == "200") {
                wrong.push(format!("{}: {name} gets {status}", cells[0]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
