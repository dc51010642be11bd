//! The whole procedure in real browsers, by the same story that is told over plain HTTP: everybody has a
//! browser of his own, everything is typed and clicked, and what a form is answered with is judged at 360 and
//! 1280 px. The two walks go on side by side and share what they know of the pages. Pages look the same on
//! either engine, so they are judged where the walk goes on SQLite; those that links lead to, in `pages.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use nongquan_e2e::pond::{Point, Pond, Winner};
use nongquan_e2e::support::Place;
use nongquan_e2e::support::client::everybody_has;
use nongquan_e2e::{Findings, Person};

/// Kinds of answers to forms that both walks together meet at least.
const KINDS: usize = 2;

/// Walks that are on their way or did not begin yet.
static OPEN: AtomicUsize = AtomicUsize::new(2);

fn findings() -> &'static Findings {
    static FINDINGS: OnceLock<Findings> = OnceLock::new();
    FINDINGS.get_or_init(|| {
        let findings = Findings::new(Place::new().postgres().is_none());
        let met = findings.clone();
        everybody_has(Box::new(move |origin| Box::new(Person::arrives(origin, &met))));
        findings
    })
}

/// Walks that go on now.
static GOING: AtomicUsize = AtomicUsize::new(0);

/// Somebody is walking; when the last stops, by arriving or by falling, all browsers are closed.
struct Walking(&'static Findings);

impl Walking {
    fn begin(findings: &'static Findings) -> Walking {
        GOING.fetch_add(1, Ordering::SeqCst);
        Walking(findings)
    }
}

impl Drop for Walking {
    fn drop(&mut self) {
        OPEN.fetch_sub(1, Ordering::SeqCst);
        if GOING.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.0.close();
        }
    }
}

fn walk(winner: Winner) {
    let findings = findings();
    let walking = Walking::begin(findings);
    let pond = Pond::reach(Point::Settled, winner);
    pond.proven();
    drop(pond);
    drop(walking);
    let (faults, pages) = (findings.faults(), findings.pages());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let enough = pages >= KINDS || !findings.is_judging();
    assert!(enough || OPEN.load(Ordering::SeqCst) > 0, "only {pages} kinds of answers were judged");
}

#[test]
fn the_whole_walk_in_browsers_for_a_member_of_the_collective() {
    walk(Winner::Member);
}

#[test]
fn the_whole_walk_in_browsers_for_an_outsider() {
    walk(Winner::Outsider);
}
