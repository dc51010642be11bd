#![allow(clippy::unwrap_used, clippy::expect_used)]
//! The publicity's clock of working days, and what stops it.

use super::*;
use crate::base::ids::ObjectionId;
use crate::lot::tests_support::{at, calendar, in_stage, told};

fn objection(n: u128) -> ObjectionId {
    ObjectionId(uuid::Uuid::from_u128(n))
}

fn posted(ends: Instant) -> Lot {
    Lot { publicity_ends: Some(ends), ..in_stage(Stage::Publicity) }
}

/// Objected and answered; gives the new end.
fn stopped(lot: Lot, n: u128, objected: Instant, answered: Instant) -> (Lot, Instant) {
    let events = object(&lot, objection(n), answered, &calendar(), objected).expect("objected");
    let lot = told(lot, &events, objected);
    let ends = goes_on_until(&lot, &calendar(), answered).expect("confirmed");
    let events = answer(&lot, objection(n), false, ends).expect("answered");
    (told(lot, &events, answered), ends)
}

#[test]
fn working_days_that_were_left_are_given_back() {
    // Publicity ends, objection, answer, new end; 2026-05-09 is a make-up Saturday, May 1 to 5 are days off.
    let table = [
        (at(3, 11, 17, 0), at(3, 9, 9, 0), at(3, 12, 16, 0), at(3, 17, 17, 0)),
        (at(3, 11, 17, 0), at(3, 9, 18, 0), at(3, 12, 16, 0), at(3, 16, 17, 0)),
        (at(3, 11, 17, 0), at(3, 8, 12, 0), at(3, 9, 10, 0), at(3, 12, 17, 0)),
        (at(3, 11, 17, 0), at(3, 11, 16, 59), at(3, 13, 20, 0), at(3, 16, 17, 0)),
        (at(3, 11, 17, 0), at(3, 9, 9, 0), at(3, 14, 10, 0), at(3, 18, 17, 0)),
        (at(4, 30, 17, 0), at(4, 29, 9, 0), at(5, 5, 9, 0), at(5, 7, 17, 0)),
        (at(5, 8, 17, 0), at(5, 7, 9, 0), at(5, 8, 9, 0), at(5, 11, 17, 0)),
    ];
    for (ends, objected, answered, expected) in table {
        let (_, now) = stopped(posted(ends), 1, objected, answered);
        assert_eq!(now, expected, "{} {} {}: {}", ends.zh(), objected.zh(), answered.zh(), now.zh());
    }
}

#[test]
fn a_second_objection_counts_from_the_new_end() {
    let (lot, first) = stopped(posted(at(3, 11, 17, 0)), 1, at(3, 9, 9, 0), at(3, 12, 16, 0));
    assert_eq!((lot.stage, lot.publicity_ends), (Stage::Publicity, Some(first)));
    // Two of the three days are left on Monday the 16th.
    let (lot, second) = stopped(lot, 2, at(3, 16, 9, 0), at(3, 18, 10, 0));
    assert_eq!((second, lot.publicity_days_left), (at(3, 20, 17, 0), None));
}

#[test]
fn a_sustained_objection_closes_the_others() {
    let mut lot = posted(at(3, 11, 17, 0));
    for n in 1..=3 {
        let events = object(&lot, objection(n), at(3, 13, 17, 0), &calendar(), at(3, 9, 9, 0)).expect("objected");
        lot = told(lot, &events, at(3, 9, 9, 0));
    }
    let events = answer(&lot, objection(1), false, at(3, 17, 17, 0)).expect("answered");
    lot = told(lot, &events, at(3, 10, 9, 0));
    assert_eq!((lot.stage, lot.objection_open()), (Stage::ObjectionHandling, true), "two are open");
    let events = answer(&lot, objection(3), true, at(3, 17, 17, 0)).expect("answered");
    let kinds: Vec<&str> = events.iter().map(LotEvent::kind).collect();
    assert_eq!(kinds, ["objection_answered", "objection_closed", "ended"]);
    lot = told(lot, &events, at(3, 10, 10, 0));
    assert_eq!((lot.stage, lot.objection_open()), (Stage::Annulled, false));
    let closed: Vec<bool> = lot.objections.iter().map(|o| o.closed).collect();
    assert_eq!(closed, [false, true, false], "the first had its answer");
}

#[test]
fn an_objection_of_an_earlier_release_still_gives_wall_clock_time_back() {
    let lot = posted(at(3, 11, 17, 0));
    let old = LotEvent::Objected { objection: objection(1), answer_due: at(3, 13, 0, 0), days_left: None };
    let lot = told(lot, &[old], at(3, 11, 9, 0));
    assert_eq!(lot.publicity_left, Some(8 * 3_600_000_000));
    assert_eq!(goes_on_until(&lot, &calendar(), at(3, 12, 9, 0)), Ok(at(3, 12, 17, 0)));
}

#[test]
fn a_year_that_nobody_confirmed_is_no_guess() {
    let lot = posted(at(12, 30, 17, 0));
    let events = object(&lot, objection(1), at(12, 31, 0, 0), &calendar(), at(12, 29, 9, 0)).expect("objected");
    let lot = told(lot, &events, at(12, 29, 9, 0));
    assert_eq!(goes_on_until(&lot, &calendar(), at(12, 31, 9, 0)), Err(Unconfirmed { year: 2027 }));
}

#[test]
fn a_downward_room_shows_what_was_saved() {
    use crate::base::Fen;
    use crate::base::ids::{ApplicationId, PartyId};
    use crate::category::Direction;
    use crate::lot::Outcome;
    let at = |premium_bp| Outcome {
        application: ApplicationId(uuid::Uuid::nil()),
        party: PartyId(uuid::Uuid::nil()),
        bidder_no: "4401".to_owned(),
        price: Fen::yuan(95),
        total: Fen::yuan(95),
        first_year: Fen::yuan(95),
        bidders: 2,
        bids: 2,
        premium_bp,
        negotiated: false,
        outsider: false,
    };
    assert_eq!(at(-500).gain_zh(Direction::Down), ("节约率", "5.00%".to_owned()));
    assert_eq!(at(3_667).gain_zh(Direction::Up), ("溢价率", "36.67%".to_owned()));
    assert_eq!(at(-5).gain_zh(Direction::Up), ("溢价率", "-0.05%".to_owned()));
}
