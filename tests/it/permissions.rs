//! Who may open which page: every route of the service, asked by everybody, held against a
//! reviewed table. A new route without a row fails. `NONGQUAN_WRITE_MATRIX=1` writes the table
//! anew; read the difference before committing it.

use std::collections::BTreeMap;
use std::fmt::Write;

use nongquan::domain::actor::Role;
use nongquan::web::routes::{self, Route};

use super::support::{Client, World, people};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/permissions.csv");
const POSTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/permissions_post.csv");

/// Ids and numbers that nothing has.
fn unknown(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        parts.push(match part {
            "{n}" | "{seq}" | "{index}" | "{size}" | "{number}" | "{round}" => "999999",
            part if part.starts_with('{') => "01900000-0000-7000-8000-000000000001",
            part => part,
        });
    }
    parts.join("/")
}

/// Everybody: a visitor, a holder of rights, and one account a staff role.
fn everybody(world: &World) -> Vec<(String, Client)> {
    let admin = people::admin(world);
    people::person(world, "holder", "李春生", "43112719800101001X", "6222021234561235");
    let mut all = vec![
        ("visitor".to_owned(), Client::new(world)),
        ("holder".to_owned(), Client::new(world).login("holder", people::PASSWORD)),
    ];
    for role in Role::ALL.iter().copied().filter(|r| *r != Role::Holder) {
        let login = if role == Role::SystemAdmin { "admin".to_owned() } else { people::staff(world, &admin, role) };
        all.push((role.code().to_owned(), Client::new(world).login(&login, people::PASSWORD)));
    }
    all
}

fn routes_of(method: &str) -> Vec<Route> {
    let mut all: Vec<Route> = routes::all().into_iter().filter(|r| r.method == method).collect();
    all.sort_unstable();
    all
}

/// Asks every route of a method as everybody.
fn matrix(everybody: &[(String, Client)], method: &str, ask: impl Fn(&Client, &str) -> u16) -> String {
    let mut found: BTreeMap<&str, Vec<u16>> = BTreeMap::new();
    for route in routes_of(method) {
        let path = unknown(route.path);
        found.insert(route.path, everybody.iter().map(|(_, client)| ask(client, &path)).collect());
    }
    let names: Vec<&str> = everybody.iter().map(|(name, _)| name.as_str()).collect();
    let mut text = format!("path,{}\n", names.join(","));
    for (path, statuses) in &found {
        let statuses: Vec<String> = statuses.iter().map(u16::to_string).collect();
        writeln!(text, "{path},{}", statuses.join(",")).unwrap();
    }
    text
}

#[expect(clippy::disallowed_methods, reason = "rewriting the matrix must be asked for by name")]
pub fn holds(table: &str, text: &str) {
    if std::env::var_os("NONGQUAN_WRITE_MATRIX").is_some() {
        std::fs::write(table, text).unwrap();
    }
    let table = std::fs::read_to_string(table).unwrap();
    let wrong: Vec<&str> = text.lines().filter(|line| !table.lines().any(|row| row == *line)).collect();
    let gone: Vec<&str> = table.lines().filter(|row| !text.lines().any(|line| line == *row)).collect();
    assert!(
        wrong.is_empty() && gone.is_empty(),
        "the service answers:\n{}\nbut the table says:\n{}",
        wrong.join("\n"),
        gone.join("\n")
    );
}

#[test]
fn every_page_opens_for_whom_the_table_says() {
    let world = World::open();
    let everybody = everybody(&world);
    holds(TABLE, &matrix(&everybody, "GET", |client, path| client.status(path)));
}

/// Every form, sent empty but with the sender's own token: what stands in the table is who gets past
/// the permission to a message about the fields (422) or about the object (404), and who does not.
#[test]
fn every_form_is_taken_from_whom_the_table_says() {
    let world = World::open();
    let everybody = everybody(&world);
    let tokens: BTreeMap<String, String> = everybody.iter().map(|(name, c)| (name.clone(), c.token())).collect();
    let text = matrix(&everybody, "POST", |client, path| {
        // Whoever logs out is nobody afterwards; that it works is told by a test of its own.
        if path == "/logout" {
            return 303;
        }
        let name = &everybody.iter().find(|(_, c)| std::ptr::eq(c, client)).unwrap().0;
        client.post(path, &[("_csrf".to_owned(), tokens[name].clone())]).status
    });
    holds(POSTS, &text);
}

/// Rules that hold whatever the table says, so that writing it anew cannot hide a hole.
#[test]
fn no_table_may_say_this() {
    let table = std::fs::read_to_string(TABLE).unwrap();
    let mut lines = table.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let column = |name: &str| names.iter().position(|n| *n == name).unwrap();
    let mut wrong = Vec::new();
    for row in lines {
        let cells: Vec<&str> = row.split(',').collect();
        let path = cells[0];
        if cells[1..].iter().any(|status| status.starts_with('5')) {
            wrong.push(format!("{path}: breaks"));
        }
        let inside = ["/desk", "/cases", "/admin", "/applications", "/inbox"].iter().any(|p| path.starts_with(p));
        if inside && cells[column("visitor")] == "200" {
            wrong.push(format!("{path}: a visitor gets in"));
        }
        if path.starts_with("/admin") && cells[column("holder")] == "200" {
            wrong.push(format!("{path}: a holder administers"));
        }
        let money = ["/desk/finance", "/desk/refunds", "/desk/ledger"].iter().any(|p| path.starts_with(p));
        if money && [column("holder"), column("township_clerk")].iter().any(|c| cells[*c] == "200") {
            wrong.push(format!("{path}: someone without the post sees money"));
        }
    }
    wrong.extend(posts_may_not_say());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn posts_may_not_say() -> Vec<String> {
    let table = std::fs::read_to_string(POSTS).unwrap();
    let mut wrong = Vec::new();
    let open = ["/login", "/logout", "/register", "/setup", "/reset", "/preferences/large"];
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let (path, visitor) = (cells[0], cells[1]);
        if cells[1..].iter().any(|status| status.starts_with('5')) {
            wrong.push(format!("POST {path}: breaks"));
        }
        if cells[1..].contains(&"200") {
            wrong.push(format!("POST {path}: answers an empty form with success"));
        }
        // An empty form about nothing leads a visitor to the login, or says that there is nothing.
        if !open.contains(&path) && !matches!(visitor, "303" | "404") {
            wrong.push(format!("POST {path}: a visitor gets {visitor}"));
        }
        // 资格审查 takes the next application by an empty form, and says so when there is none.
        if !open.contains(&path) && path != "/desk/qualification" && cells[2..].contains(&"303") {
            wrong.push(format!("POST {path}: an empty form went through"));
        }
    }
    wrong
}

#[test]
fn s035_no_form_passes_without_its_token() {
    let world = World::open();
    people::person(&world, "holder", "李春生", "43112719800101001X", "6222021234561235");
    let holder = Client::new(&world).login("holder", people::PASSWORD);
    let posts = routes_of("POST");
    assert!(!posts.is_empty());
    let mut taken = Vec::new();
    for route in posts {
        for who in [&holder, &Client::new(&world)] {
            let answer = who.post(&unknown(route.path), &[("account".to_owned(), "holder".to_owned())]);
            if !(400..500).contains(&answer.status) {
                taken.push(format!("POST {}: {}", route.path, answer.status));
            }
        }
    }
    assert!(taken.is_empty(), "{}", taken.join("\n"));
}
