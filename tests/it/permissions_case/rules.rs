//! What no table of a case may say: who never gets in, by the rulebook's rules of secrecy (1.2, 1.3, 5.1).

use super::table::Table;

/// Nobody of these has a part in the case, whatever became public of it.
const NO_PART: [&str; 9] =
    ["visitor", "member", "stranger", "officer", "clerk-elsewhere", "forestry", "bank", "admin", "security-admin"];

/// Departments that have no part in it before it is asked of them.
const DEPARTMENTS: [&str; 4] = ["agriculture", "water", "station", "forestry"];

/// Whose a step is, by the role or the part that the permission table gives it.
const STEPS: [(&str, &[&str]); 18] = [
    ("first-review", &["clerk"]),
    ("acceptance", &["acceptance"]),
    ("consultation", &["review"]),
    ("opinion", &["water"]),
    ("review", &["review"]),
    ("publication", &["publication"]),
    ("bidder-list", &["qualification"]),
    ("session", &["bidding"]),
    ("pause", &["bidding", "director"]),
    ("resumption", &["bidding", "director"]),
    ("negotiation", &["bidding"]),
    ("objection-answer", &["review", "director"]),
    ("approval", &["clerk", "agriculture"]),
    ("signature", &["collective", "outsider"]),
    ("signed-scan", &["clerk", "certify"]),
    ("certificate-approval", &["director"]),
    ("registration", &["station"]),
    ("archive", &["archive"]),
];

/// Before the session is over.
const BLIND: [&str; 3] = ["submitted", "listed", "room"];

/// Everything the table says against the rules.
pub fn broken(table: &Table) -> Vec<String> {
    let mut wrong = Vec::new();
    for (row, when, who, status) in table.all() {
        let mut says = |rule: &str| wrong.push(format!("{when} {row}: {who} gets {status}: {rule}"));
        if status >= 500 {
            says("nothing breaks");
        }
        if row.starts_with("POST") {
            match status {
                200 => says("no empty form succeeds"),
                303 if who != "visitor" => says("an empty form of whom it is not leads nowhere"),
                _ => {}
            }
            continue;
        }
        if status == 200 {
            rule_of(row, when, who).into_iter().for_each(says);
        }
    }
    wrong
}

/// The rules broken by somebody who reads this.
fn rule_of(row: &str, when: &str, who: &str) -> Option<&'static str> {
    let mut words = row.split(' ').skip(1);
    let (path, which) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let blind = BLIND.contains(&when);
    let none = |rule: &'static str, of: bool| of.then_some(rule);
    let only = |rule: &'static str, allowed: &[&str]| none(rule, !allowed.contains(&who));
    match path {
        "/cases/{id}/registrants" => only("who registered is behind glass", &["supervisor"]),
        path if path.starts_with("/applications/") => only("an application is its reviewer's", &["qualification"]),
        path if STEPS.iter().any(|(step, whose)| path.ends_with(&format!("/{step}")) && !whose.contains(&who)) => {
            Some("a step is shown to who may do it")
        }
        path if path.starts_with("/cases/") => none("no part in the case", NO_PART.contains(&who))
            .or(none("an auditor reads no business", who == "auditor"))
            .or(none("nobody's bidder reads the file before he won", blind && who == "outsider"))
            .or(none("a department is asked first", when == "submitted" && DEPARTMENTS.contains(&who))),
        "/documents/{id}" => paper(which, when, who),
        path if path.starts_with("/desk/refunds/files/") => only("a payment file is the finance post's", &["finance"]),
        path if path.starts_with("/desk/refunds/") || path.starts_with("/desk/finance/") => {
            only("money is read by three posts", &["finance", "director", "supervisor"])
        }
        path if path.starts_with("/desk/verification/") => only("who checks identities", &["clerk", "acceptance"]),
        path if path.starts_with("/admin/") => only("who administers accounts", &["admin", "security-admin"]),
        path if path.ends_with("{seq}") => {
            only("a receipt is its bidder's", if which == "1" { &["outsider"] } else { &["member"] })
        }
        path if path.contains("{lot_no}") => none("nothing is public before the notice", when == "submitted"),
        _ => None,
    }
}

/// The rules of uploaded and printed papers.
fn paper(which: &str, when: &str, who: &str) -> Option<&'static str> {
    let blind = BLIND.contains(&when);
    let (of, code) = which.split_once(':').unwrap_or((which, ""));
    let outside = NO_PART.contains(&who) || who == "auditor";
    match of {
        "newcomer" => (!matches!(who, "clerk" | "acceptance")).then_some("a scan of a card is for who checks it"),
        "member" => (!matches!(who, "member" | "qualification")).then_some("a loser's papers are his own"),
        "outsider" if blind => {
            (!matches!(who, "outsider" | "qualification")).then_some("a bidder's papers are his own")
        }
        "outsider" => (outside || who == "collective").then_some("the winner's papers are no other side's"),
        // Notice, bid record, result and photographs are for everybody.
        "lot" if matches!(code, "t06" | "F03" | "F06" | "F07") => None,
        "lot" if code.starts_with('t') && who == "outsider" => Some("the transferor's papers are no other side's"),
        "lot" => outside.then_some("the file is not for outsiders"),
        _ => Some("no rule is known for this paper"),
    }
}
