#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;
use crate::base::Day;
use crate::base::ids::{LotId, PartyId, ProjectId};
use crate::market::Market;

fn lot(market: &Market, stage: Stage) -> Lot {
    let at = Day::ymd(2026, 3, 2).unwrap().at(9, 0);
    let place = market.divisions.place("431127100".parse().unwrap(), Some("界头村")).unwrap();
    let variety = market.catalog.enabled().next().unwrap().code;
    let nobody = uuid::Uuid::from_u128(1);
    Lot { stage, ..Lot::draft(LotId(nobody), ProjectId(nobody), PartyId(nobody), place, variety, at) }
}

/// Nothing that somebody must do within a time keeps a green light for ever.
#[test]
fn negotiation_approval_and_registration_fall_due() {
    let market = Market::embedded().unwrap();
    for (stage, month, day) in
        [(Stage::Negotiation, 3, 9), (Stage::Approval, 3, 30), (Stage::HandedOver, 4, 14), (Stage::FirstReview, 3, 5)]
    {
        let due = limit(&lot(&market, stage), &market.rules, &market.calendar).unwrap();
        assert_eq!(due, Some(Day::ymd(2026, month, day).unwrap().end()), "{}", stage.zh());
    }
}

/// The table gives a limit exactly where a lot of that stage has one.
#[test]
fn the_table_is_what_binds() {
    let market = Market::embedded().unwrap();
    for stage in Stage::ALL {
        let course = course(*stage, &market.rules);
        let bound = limit(&lot(&market, *stage), &market.rules, &market.calendar).unwrap().is_some();
        assert_eq!(bound, matches!(course.term, Term::FromEntry(_)), "{}", stage.zh());
    }
}
