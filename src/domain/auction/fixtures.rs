//! Rooms and bids for the tests: the lots of the rulebook's Appendix B.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::base::{Day, Fen, Instant};

/// A China clock time on the session's day: `at("09:05:00")`, milliseconds optional.
pub fn at(clock: &str) -> Instant {
    let mut parts = clock.split([':', '.']).map(|p| p.parse::<i64>().unwrap());
    let mut next = || parts.next().unwrap_or(0);
    let (hour, minute, second, ms) = (next(), next(), next(), next());
    Day::ymd(2026, 9, 1).unwrap().at(0, 0).plus_secs(hour * 3600 + minute * 60 + second).plus_ms(ms)
}

/// Up, start 800, step 10, at most 20 steps, free 09:00–10:00, limited 180 s RESET.
pub fn up_rules() -> RoomRules {
    RoomRules {
        direction: Direction::Up,
        start: Fen::yuan(800),
        step: StepRule::Fixed(Fen::yuan(10)),
        decimals: 2,
        must_multiple: true,
        max_multiple: Some(20),
        max_step_abs: None,
        confirm_above_multiple: None,
        free_starts: at("09:00:00"),
        free_ends: at("10:00:00"),
        limited_ms: 180_000,
        mode: LimitedMode::Reset,
        enter_limited_without_bid: true,
        require_prior_bid: false,
        allow_self_raise: false,
        reserve: None,
        cost_alarm: None,
        priority_limit: None,
        priority_tie: TieRule::Time,
        resume_preparation_ms: 300_000,
        resume_direct_ms: 3_600_000,
        resume_notice_ms: 24 * 3_600_000,
        gap_ms: 5_000,
    }
}

/// The reverse lot: ceiling 300,000, step 1,000, alarm below 240,000.
pub fn down_rules() -> RoomRules {
    RoomRules {
        direction: Direction::Down,
        start: Fen::yuan(300_000),
        step: StepRule::Fixed(Fen::yuan(1_000)),
        cost_alarm: Some(Fen::yuan(240_000)),
        ..up_rules()
    }
}

pub fn room(rules: RoomRules) -> Room {
    Room::new(rules, Floors::TRADING).unwrap()
}

/// A bidder in good standing; #07 to #09 hold priority rights of rank 1, 1 and 2.
pub fn bidder(no: u16) -> BidderStanding {
    let priority_rank = match no {
        7 | 8 => Some(1),
        9 => Some(2),
        _ => None,
    };
    BidderStanding { no: BidderNo(no), qualified: true, deposit_confirmed: true, agreed: true, priority_rank }
}

pub fn raise(no: u16, clock: &str, price: &str) -> BidIntent {
    let kind = BidKind::Raise { price: Fen::parse(price) };
    BidIntent { bidder: bidder(no), kind, received: at(clock), seen_seq: None, confirmed_big: false }
}

pub fn matching(no: u16, clock: &str, price: i64) -> BidIntent {
    let kind = BidKind::PriorityMatch { price: Fen::yuan(price) };
    BidIntent { bidder: bidder(no), kind, received: at(clock), seen_seq: None, confirmed_big: false }
}

/// Decides the bid and gives the room with the refusal's code, or `OK`.
pub fn decide(room: Room, intent: &BidIntent) -> (Room, &'static str) {
    let decision = bid(room, intent);
    let code = decision.outcome.map_or_else(|refusal| refusal.code(), |_| "OK");
    (decision.room, code)
}

/// Runs bids with their expected codes and gives the room after the last one.
pub fn run(mut room: Room, script: &[(BidIntent, &str)]) -> Room {
    for (row, (intent, expected)) in script.iter().enumerate() {
        let (after, code) = decide(room, intent);
        assert_eq!(code, *expected, "row {}: {intent:?}", row + 1);
        room = after;
    }
    room
}
