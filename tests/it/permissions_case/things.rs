//! What is really there at a point of the case: its ids and numbers, each under the name the table has for it.

use nongquan::acts::corrections;
use nongquan::domain::base::ids::{AccountId, ApplicationId, PartyId};
use nongquan::store::corrections as stored;
use nongquan::store::documents::{self, Document, Owner};
use nongquan::store::{accounts, applications, bank, refunds, settings};

use crate::stories::pond::Pond;
use crate::support::papers::pdf;
use crate::support::people;

/// Papers of the inside that are asked for; one place decides for all, but for F01, which who entered it reads too.
const INSIDE: [&str; 2] = ["F01", "F08"];

/// Papers of the outside; the last is not public.
const OUTSIDE: [&str; 2] = ["F03", "F08"];

/// Papers of the file that stand for the rest: a resolution and photographs handed in, the notice, a signed
/// agreement, the contract, the certificate, what was handed over, an answer to an objection.
const OF_THE_FILE: [&str; 8] = ["t04", "t06", "F03", "YXS", "F09", "F11", "F16Z", "F17-01"];

/// Ids by the route's beginning: what the table calls the thing, and its id.
pub struct Things {
    case: String,
    lot_no: String,
    documents: Vec<(String, String)>,
    applications: Vec<(String, String)>,
    lines: Vec<(String, String)>,
    orders: Vec<(String, String)>,
    files: Vec<(String, String)>,
    parties: Vec<(String, String)>,
    accounts: Vec<(String, String)>,
    fees: Vec<(String, String)>,
    certificates: Vec<(String, String)>,
    /// A correction of a party's and one of a clerk's telephone, each waiting for its second person.
    corrections: [String; 2],
    bids: bool,
}

/// Somebody's telephone was mistyped: proposed, so that there is something to confirm.
fn propose_corrections(pond: &Pond, party: PartyId, clerk: AccountId) {
    let page = format!("/desk/verification/{party}/correction");
    let typed = [("note", "身份证原件，本人到场"), ("seen", "yes"), ("phone", "13974600998")];
    let scan = [("scan", pdf("身份证.pdf", "身份证"))];
    let _ = pond.browser("acceptance").upload(&page, &page, &typed, &scan).leads();
    let app = &pond.world.app;
    corrections::propose_for_staff(app, &people::actor(app, "admin"), clerk, "13974600999", "工作证").unwrap();
}

impl Things {
    /// What is there now; with what is no matter of the case only where `apart` asks for it, because the case's
    /// way changes nothing about that.
    pub fn of(pond: &Pond, apart: bool) -> Things {
        let (lot, store) = (pond.lot(), &pond.world.app.store);
        let account = |login: &str| store.read(|db| accounts::by_login(db, login)).unwrap().unwrap();
        let party = |login: &str| account(login).party.unwrap();
        let named = |name: &str, id: String| (name.to_owned(), id);
        let mut of_bidders = Vec::new();
        for who in ["member", "outsider"] {
            let found = store.read(|db| applications::of_party(db, lot.id, party(who))).unwrap();
            of_bidders.extend(found.map(|a| (who, a.id)));
        }
        if apart {
            propose_corrections(pond, party("member"), account("review").id);
        }
        let corrections = ["member", "review"].map(|who| {
            let found = store.read(|db| stored::of_account(db, account(who).id)).unwrap();
            found.first().map(|c| c.id.to_string()).unwrap_or_default()
        });
        let orders = store.read(|db| refunds::of_lot(db, lot.id)).unwrap();
        let files = store.read(|db| refunds::files(db, 0, 1)).unwrap();
        let lines = store.read(|db| bank::lines(db, None, 50)).unwrap();
        let fees = store.read(|db| settings::all(db)).unwrap();
        let mut things = Things {
            case: lot.id.to_string(),
            lot_no: pond.lot_no.clone(),
            documents: documents_of(pond, &of_bidders, party("newcomer")),
            applications: of_bidders.iter().map(|(who, id)| named(who, id.to_string())).collect(),
            // The oldest line is a bidder's deposit.
            lines: lines.last().map(|l| named("", l.id.to_string())).into_iter().collect(),
            orders: orders.first().map(|o| named("", o.id.to_string())).into_iter().collect(),
            files: files.first().map(|f| named("", f.id.to_string())).into_iter().collect(),
            parties: ["member", "newcomer"].map(|who| named(who, party(who).to_string())).to_vec(),
            accounts: ["review", "member"].map(|who| named(who, account(who).id.to_string())).to_vec(),
            fees: fees.first().map(|f| named("", f.id.to_string())).into_iter().collect(),
            certificates: lot.certificate.number.map(|no| named("", percent(&no))).into_iter().collect(),
            corrections,
            bids: lot.outcome.is_some(),
        };
        if !apart {
            for list in [&mut things.parties, &mut things.accounts, &mut things.fees] {
                list.clear();
            }
        }
        things
    }

    /// The addresses that a route has, each with its name in the table; none when nothing of the kind is there.
    pub fn paths(&self, route: &str) -> Vec<(String, String)> {
        let ids: &[(String, String)] = match route {
            route if route.starts_with("/cases/") => &[(String::new(), self.case.clone())],
            route if route.starts_with("/documents/") => &self.documents,
            route if route.starts_with("/applications/") => &self.applications,
            route if route.starts_with("/desk/finance/lines/") => &self.lines,
            route if route.starts_with("/desk/refunds/files/") => &self.files,
            route if route.starts_with("/desk/refunds/") => &self.orders,
            route if route.starts_with("/desk/verification/") => &self.parties,
            route if route.starts_with("/admin/accounts/") => &self.accounts,
            route if route.starts_with("/admin/fees/") => &self.fees,
            route if route.contains("certificate") => &self.certificates,
            route if route.contains("{lot_no}") => &[(String::new(), String::new())],
            _ => &[],
        };
        let inner: Vec<&str> = match route {
            route if route.contains("{code}") && route.starts_with("/cases/") => INSIDE.to_vec(),
            route if route.contains("{code}") => OUTSIDE.to_vec(),
            // The winner's first bid and the loser's.
            route if route.contains("{seq}") && !self.bids => Vec::new(),
            route if route.contains("{seq}") => vec!["1", "4"],
            _ => vec![""],
        };
        let mut all = Vec::new();
        for (name, id) in ids {
            for part in &inner {
                let path = route
                    .replace("{lot_no}", &self.lot_no)
                    .replace("{topic}", "object")
                    .replace("{code}", part)
                    .replace("{seq}", part)
                    .replace("/correction/{id}", &format!("/correction/{}", self.corrections[0]))
                    .replace("{correction}", &self.corrections[usize::from(route.starts_with("/admin/"))])
                    .replace("{id}", id)
                    .replace("{party}", id)
                    .replace("{certificate_no}", id)
                    .replace("{no}", id);
                assert!(!path.contains('{'), "{route} has a part of its own: {path}");
                all.push((format!("{name}{part}"), path));
            }
        }
        all
    }
}

/// Papers of the lot, one of each bidder, and a scan of an identity card.
fn documents_of(pond: &Pond, of_bidders: &[(&str, ApplicationId)], newcomer: PartyId) -> Vec<(String, String)> {
    let lot = pond.lot();
    let mut owners = vec![("lot", Owner::Lot(lot.id), ""), ("newcomer", Owner::Party(newcomer), "")];
    owners.extend(of_bidders.iter().map(|(who, id)| (*who, Owner::Application(*id), "r02")));
    let mut all = Vec::new();
    for (name, owner, code) in owners {
        let found = pond.world.app.store.read(|db| documents::of(db, owner)).unwrap();
        let stands = |d: &Document| !matches!(owner, Owner::Lot(_)) || OF_THE_FILE.contains(&d.code.as_str());
        let meant = found.into_iter().filter(|d| stands(d) && (code.is_empty() || d.code == code));
        all.extend(meant.map(|d| (format!("{name}:{}", d.code), d.id.to_string())));
    }
    all
}

fn percent(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}
