//! The worked examples of the rulebook's Appendix B.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::fixtures::*;
use super::*;
use crate::base::Fen;

#[test]
fn rows_1_to_16() {
    let script = [
        (raise(1, "08:59:59.999", "800"), "BID_CLOSED"),
        (matching(7, "09:05:00", 800), "PRIORITY_FIRST"),
        (raise(1, "09:10:00", "795"), "FIRST_BELOW_START"),
        (raise(1, "09:10:05", "800"), "OK"),
        (raise(2, "09:11:00", "800"), "START_TAKEN"),
        (raise(2, "09:11:10", "805"), "STEP_TOO_SMALL"),
        (raise(2, "09:11:20", "815"), "NOT_MULTIPLE"),
        (raise(2, "09:11:30", "1,010"), "STEP_TOO_BIG"),
        (raise(2, "09:12:00", "820"), "OK"),
        (raise(2, "09:12:05", "830"), "ALREADY_LEADING"),
        (raise(1, "10:00:00.000", "830"), "OK"),
        (matching(7, "10:01:30", 830), "OK"),
        (matching(8, "10:02:00", 830), "PRIORITY_DENIED"),
        (raise(1, "10:04:29.999", "840"), "OK"),
        (matching(7, "10:07:29.999", 840), "BID_CLOSED"),
    ];
    let deadlines = [
        (11, TradingPhase::Limited, at("10:03:00")),
        (12, TradingPhase::Limited, at("10:04:30")),
        (14, TradingPhase::Limited, at("10:07:29.999")),
    ];
    let mut room = room(up_rules());
    for (row, (intent, expected)) in script.iter().enumerate() {
        let decision = bid(room, intent);
        let code = decision.outcome.map_or_else(|refusal| refusal.code(), |_| "OK");
        assert_eq!(code, *expected, "row {}", row + 1);
        if let Some((_, phase, deadline)) = deadlines.iter().find(|(wanted, ..)| *wanted == row + 1) {
            let accepted = decision.outcome.unwrap();
            assert_eq!((accepted.phase, accepted.deadline), (*phase, *deadline), "row {}", row + 1);
        }
        room = decision.room;
    }
    assert_eq!(room.close(), Some(&Close::Won { bidder: BidderNo(1), price: Fen::yuan(840) }));
    assert_eq!(*room.phase(), Phase::Closed { at: at("10:07:29.999"), close: room.close().unwrap().clone() });
    assert_eq!(premium_bp(&room), Some(500));
    assert_eq!(saving_bp(&room), None);
    assert_eq!(room.seq(), 5);
}

#[test]
fn row_11_records_the_limited_phase_before_the_bid() {
    let room = run(room(up_rules()), &[(raise(1, "09:10:00", "800"), "OK")]);
    let decision = bid(room, &raise(2, "10:00:00.000", "830"));
    let entered = RoomEvent::EnteredLimited { at: at("10:00:00"), deadline: at("10:03:00") };
    assert_eq!(decision.events(), [entered, RoomEvent::BidAccepted(decision.outcome.unwrap())]);
}

#[test]
fn row_12_keeps_the_price_and_row_13_the_leader() {
    let script = [
        (raise(1, "09:10:00", "800"), "OK"),
        (matching(7, "09:11:00", 800), "OK"),
        (matching(8, "09:12:00", 800), "PRIORITY_DENIED"),
    ];
    let room = run(room(up_rules()), &script);
    assert_eq!((room.leader(), room.best_price()), (Some(BidderNo(7)), Some(Fen::yuan(800))));
    let denied = bid(room, &matching(8, "09:12:01", 800)).outcome;
    assert_eq!(denied, Err(BidRefusal::PriorityDenied(PriorityBar::EarlierHolder)));
}

#[test]
fn reverse_lot() {
    let script = [
        (raise(1, "09:01:00", "300001"), "FIRST_BELOW_START"),
        (raise(1, "09:02:00", "300000"), "OK"),
        (raise(2, "09:03:00", "300000"), "START_TAKEN"),
        (raise(2, "09:04:00", "299500"), "STEP_TOO_SMALL"),
        (raise(2, "09:05:00", "297000"), "OK"),
        (raise(1, "09:06:00", "298000"), "STEP_TOO_SMALL"),
        (raise(1, "09:07:00", "296500"), "STEP_TOO_SMALL"),
        (raise(1, "09:07:30", "295500"), "NOT_MULTIPLE"),
        (raise(1, "09:08:00", "276000"), "STEP_TOO_BIG"),
        (raise(1, "09:09:00", "285000"), "OK"),
    ];
    let room = run(room(down_rules()), &script);
    assert_eq!((saving_bp(&room), premium_bp(&room)), (Some(500), None));
    assert!(!room.cost_alarm());
    let (room, _) = settle(room, at("10:03:00"));
    assert_eq!(room.close(), Some(&Close::Won { bidder: BidderNo(1), price: Fen::yuan(285_000) }));
}

#[test]
fn cost_alarm_sounds_below_the_alarm_and_the_session_continues() {
    let rules = RoomRules { max_multiple: None, ..down_rules() };
    let at_alarm = run(room(rules.clone()), &[(raise(1, "09:01:00", "240000"), "OK")]);
    assert!(!at_alarm.cost_alarm());
    let below = run(room(rules), &[(raise(1, "09:01:00", "239000"), "OK"), (raise(2, "09:02:00", "238000"), "OK")]);
    assert!(below.cost_alarm());
}

#[test]
fn two_qualified_bidders_are_too_few_for_the_reverse_lot() {
    use crate::auction::sole::{SoleDecision, SolePolicy, decide};
    assert_eq!(decide(SolePolicy::Fail, 2, 3, 0), SoleDecision::Fail);
}
