//! Until the session is over nobody is told who takes part: no answer names a bidder beside the lot, but to himself
//! and to who judges him (rulebook 5.1).

use crate::stories::pond::{Pond, bidders};
use crate::support::Answer;

/// Who is behind the lot, and by what the lot is known.
pub struct Blind {
    bidders: Vec<(&'static str, Vec<String>)>,
    lot: Vec<String>,
}

impl Blind {
    /// The three bidders, and the lot's number, title and id.
    pub fn of(pond: &Pond) -> Blind {
        let known = |who: &'static str| {
            let person = pond.person(who);
            (who, vec![person.name.clone(), person.number.clone(), person.account.clone(), person.phone.clone()])
        };
        let lot = pond.lot();
        let title = lot.terms.as_ref().map(|terms| terms.title.clone()).unwrap_or_default();
        Blind {
            bidders: bidders::BIDDERS.map(known).to_vec(),
            lot: vec![pond.lot_no.clone(), title, lot.id.to_string()],
        }
    }

    /// What an answer gives away.
    pub fn told(&self, who: &str, row: &str, answer: &Answer) -> Vec<String> {
        // The reviewer sees the one application that was his; the document behind an address tells of no lot.
        let judges = who == "qualification" && row.starts_with("GET /applications/");
        if judges || answer.status != 200 || !self.lot.iter().any(|known| answer.body.contains(known)) {
            return Vec::new();
        }
        let others = self.bidders.iter().filter(|(bidder, _)| *bidder != who);
        let told = others.filter(|(_, known)| known.iter().any(|word| answer.body.contains(word)));
        told.map(|(bidder, _)| format!("{row}: {who} reads of {bidder}")).collect()
    }
}
