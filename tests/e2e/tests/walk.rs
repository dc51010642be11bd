//! The whole procedure in real browsers, by the same story that is told over plain HTTP: everybody has a
//! browser of his own, everything is typed and clicked, every kind of page is judged at 360 and 1280 px.
//! The two walks go on side by side and share what they know of the pages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use nongquan_e2e::pond::{Point, Pond, Winner};
use nongquan_e2e::support::client::everybody_has;
use nongquan_e2e::{Findings, Person};

/// Kinds of pages that both walks together meet at least.
const KINDS: usize = 50;

/// Walks that are on their way or did not begin yet.
static OPEN: AtomicUsize = AtomicUsize::new(2);

fn findings() -> &'static Findings {
    static FINDINGS: OnceLock<Findings> = OnceLock::new();
    FINDINGS.get_or_init(|| {
        let findings = Findings::default();
        let met = findings.clone();
        everybody_has(Box::new(move |origin| Box::new(Person::arrives(origin, &met))));
        findings
    })
}

/// Somebody is walking; when the last stops, by arriving or by falling, all browsers are closed.
struct Walking(&'static Findings);

impl Drop for Walking {
    fn drop(&mut self) {
        if OPEN.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.0.close();
        }
    }
}

fn walk(winner: Winner) {
    let findings = findings();
    let walking = Walking(findings);
    let pond = Pond::reach(Point::Settled, winner);
    pond.proven();
    drop(pond);
    drop(walking);
    let (faults, pages) = (findings.faults(), findings.pages());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(OPEN.load(Ordering::SeqCst) > 0 || pages >= KINDS, "only {pages} kinds of pages were judged");
}

#[test]
fn the_whole_walk_in_browsers_for_a_member_of_the_collective() {
    walk(Winner::Member);
}

#[test]
fn the_whole_walk_in_browsers_for_an_outsider() {
    walk(Winner::Outsider);
}
