//! Two clerks decide at once.

use nongquan::acts::review::{self, Acceptance};
use nongquan::acts::{bank, qualification};
use nongquan::domain::actor::{Actor, Role};
use nongquan::domain::refusal::Refusal;
use nongquan::store::{Stop, lots};

use crate::proof::world::{exchange, green};
use crate::support::Place;
use crate::support::market::Market;

/// Runs the same thing twice at the same moment.
pub fn twice<T: Send>(act: impl Fn(usize) -> T + Sync) -> [T; 2] {
    std::thread::scope(|s| {
        let (a, b) = (s.spawn(|| act(0)), s.spawn(|| act(1)));
        [a.join().expect("no thread breaks"), b.join().expect("no thread breaks")]
    })
}

#[test]
fn one_decision_stands_and_the_other_learns_of_it() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 1);
    let clerks: Vec<Actor> = vec![market.post(Role::Acceptance).clone(), market.second(&app, Role::Acceptance)];
    for _ in 0..3 {
        let lot = market.first_reviewed(&app);
        let answers = twice(|n| {
            let decision = if n == 0 { Acceptance::Accept } else { Acceptance::Refuse("材料不实".into()) };
            review::accept(&app, &clerks[n], lot, decision)
        });
        let (done, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!(done.len(), 1, "one decides");
        match &refused[0] {
            Err(Stop::Refused(Refusal::WrongStage { last, .. })) => {
                assert!(last.contains("受理登记岗"), "he learns what post and when: {last}");
                assert!(clerks.iter().any(|c| last.contains(&c.name)), "and who it was: {last}");
            }
            other => panic!("{other:?}"),
        }
        let events = app.store.read(|db| lots::events(db, lot)).expect("read");
        assert_eq!(events.len(), 3, "submitted, reviewed, decided once");
    }
    green(&app);
}

#[test]
fn one_application_goes_to_one_reviewer() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 4);
    let lot = market.listed(&app);
    market.applied(&app, lot, &market.bidders);
    let reviewers = [market.post(Role::Qualification).clone(), market.second(&app, Role::Qualification)];
    let taken = twice(|n| qualification::take_next(&app, &reviewers[n]).expect("a turn"));
    assert!(taken[0].is_some() && taken[1].is_some(), "{taken:?}");
    assert_ne!(taken[0], taken[1], "nobody reviews what another has");
}

#[test]
fn the_same_statement_imported_at_once_counts_once() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 4);
    let lot = market.listed(&app);
    market.applied(&app, lot, &market.bidders);
    let statement = market.deposits(&app, lot, &market.bidders);
    let finance = [market.post(Role::Finance).clone(), market.second(&app, Role::Finance)];
    let done = twice(|n| bank::import(&app, &finance[n], "流水.csv", statement.as_bytes()).expect("imported"));
    assert_eq!(done[0].new + done[1].new, 4, "{done:?}");
    assert_eq!(done[0].known + done[1].known, 4, "{done:?}");
    let entries = app.store.read(|db| nongquan::store::proof::entries(db)).expect("read");
    assert_eq!(entries.len(), 4, "one posting a deposit");
    green(&app);
}
