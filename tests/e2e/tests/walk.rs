//! The whole procedure in real browsers, by the same story that is told over plain HTTP: everybody has a
//! browser of his own, everything is typed and clicked, every kind of page is judged at 360 and 1280 px.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use nongquan_e2e::pond::{Point, Pond, Winner};
use nongquan_e2e::support::client::everybody_has;
use nongquan_e2e::{Findings, Person};

/// Kinds of pages that a walk meets at least.
const KINDS: usize = 50;

#[test]
fn the_whole_walk_in_browsers_for_a_member_and_for_an_outsider() {
    let findings = Findings::default();
    let met = findings.clone();
    everybody_has(Box::new(move |origin| Box::new(Person::arrives(origin, &met))));
    for winner in [Winner::Member, Winner::Outsider] {
        let pond = Pond::reach(Point::Settled, winner);
        pond.proven();
        drop(pond);
    }
    let (faults, pages) = (findings.faults(), findings.pages());
    findings.close();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(pages >= KINDS, "only {pages} kinds of pages were judged");
}
