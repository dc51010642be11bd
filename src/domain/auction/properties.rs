//! Properties that hold for every sequence of bids, clock moves and outages.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::fixtures::*;
use super::*;
use crate::base::{Fen, Instant};

/// One thing that happens, some milliseconds after the one before.
#[derive(Clone, Debug)]
enum Move {
    Raise { no: u16, steps: i64, off: i64, seen: bool },
    Match { no: u16, off: i64 },
    Tick,
    Freeze { back_ms: i64 },
    Resume { wait_ms: i64 },
}

fn moves() -> impl Strategy<Value = Vec<(i64, Move)>> {
    let off = prop_oneof![9 => Just(0i64), 1 => -1500i64..1500];
    let one = prop_oneof![
        8 => (1u16..=9, 0i64..8, off.clone(), any::<bool>())
            .prop_map(|(no, steps, off, seen)| Move::Raise { no, steps, off, seen }),
        3 => (5u16..=9, off).prop_map(|(no, off)| Move::Match { no, off }),
        2 => Just(Move::Tick),
        1 => (0i64..20_000).prop_map(|back_ms| Move::Freeze { back_ms }),
        2 => prop_oneof![Just(0i64), Just(86_400_000)].prop_map(|wait_ms| Move::Resume { wait_ms }),
    ];
    let gap = prop_oneof![4 => 0i64..5_000, 4 => 5_000i64..200_000, 1 => 200_000i64..4_000_000, 1 => Just(180_000)];
    prop::collection::vec((gap, one), 1..60)
}

fn rules() -> impl Strategy<Value = RoomRules> {
    let mode = prop_oneof![
        3 => Just(LimitedMode::Reset),
        1 => Just(LimitedMode::None),
        1 => Just(LimitedMode::SoftClose { window_ms: 300_000, extend_ms: 60_000 }),
    ];
    let tier = |from, step| Tier { from: Fen::yuan(from), step: Fen::yuan(step) };
    let step = prop_oneof![
        Just(StepRule::Fixed(Fen::yuan(10))),
        Just(StepRule::Percent { bp: 137 }),
        Just(StepRule::Tiered(vec![tier(0, 10), tier(900, 25)])),
    ];
    let switches = any::<[bool; 6]>();
    let limits = (prop::option::of(1u32..3), prop::option::of(1u32..30));
    (mode, step, switches, limits).prop_map(|(mode, step, [down, multiple, own, prior, enter, draw], limits)| {
        RoomRules {
            direction: if down { Direction::Down } else { Direction::Up },
            mode,
            step,
            must_multiple: multiple,
            allow_self_raise: own,
            require_prior_bid: prior,
            enter_limited_without_bid: enter,
            priority_tie: if draw { TieRule::Draw } else { TieRule::Time },
            priority_limit: limits.0,
            max_multiple: limits.1,
            reserve: None,
            ..up_rules()
        }
    })
}

/// Runs the moves; gives every state with the events that led to it.
fn play(rules: &RoomRules, moves: &[(i64, Move)]) -> Vec<(Room, Vec<RoomEvent>)> {
    let mut room = room(rules.clone());
    let mut now = at("08:59:00");
    let mut states = vec![(room.clone(), vec![])];
    for (gap, one) in moves {
        now = now.plus_ms(*gap);
        let (after, events) = step(room, one, now);
        states.push((after.clone(), events));
        room = after;
    }
    let (end, events) = settle(room, now.plus_mins(10_000));
    states.push((end, events));
    states
}

fn step(room: Room, one: &Move, now: Instant) -> (Room, Vec<RoomEvent>) {
    match *one {
        Move::Tick => settle(room, now),
        Move::Raise { no, steps, off, seen } => {
            let gain = next_amounts(&room).step.0 * steps + off;
            let signed = if room.rules().direction == Direction::Up { gain } else { -gain };
            let base = room.best_price().unwrap_or(room.rules().start);
            let kind = BidKind::Raise { price: Ok(Fen(base.0 + signed)) };
            let seen_seq = seen.then_some(room.seq());
            offer(room, BidIntent { bidder: bidder(no), kind, received: now, seen_seq, confirmed_big: true })
        }
        Move::Match { no, off } => {
            let price = Fen(room.best_price().unwrap_or(room.rules().start).0 + off);
            let kind = BidKind::PriorityMatch { price };
            offer(room, BidIntent { bidder: bidder(no), kind, received: now, seen_seq: None, confirmed_big: false })
        }
        Move::Freeze { back_ms } => {
            let (room, events) = freeze(room, now.plus_ms(-back_ms), now, FreezeGround::HeartbeatGap);
            (room, events.unwrap_or_default())
        }
        Move::Resume { wait_ms } => {
            let (room, events) = resume(room, now, now.plus_ms(wait_ms));
            (room, events.unwrap_or_default())
        }
    }
}

fn offer(room: Room, intent: BidIntent) -> (Room, Vec<RoomEvent>) {
    let decision = bid(room, &intent);
    let events = decision.events();
    (decision.room, events)
}

fn transcript(states: &[(Room, Vec<RoomEvent>)]) -> Vec<RoomEvent> {
    states.iter().flat_map(|(_, events)| events.clone()).collect()
}

fn bids(events: &[RoomEvent]) -> Vec<AcceptedBid> {
    let accepted = |event: &RoomEvent| if let RoomEvent::BidAccepted(bid) = event { Some(*bid) } else { None };
    events.iter().filter_map(accepted).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn replaying_the_events_gives_the_state(rules in rules(), moves in moves()) {
        let states = play(&rules, &moves);
        let mut replayed = room(rules.clone());
        for (state, events) in &states {
            replayed = events.iter().fold(replayed, apply);
            prop_assert_eq!(&replayed, state);
        }
        let checked = replay::check(room(rules.clone()), &transcript(&states));
        prop_assert_eq!(checked.as_ref(), Ok(&states.last().unwrap().0));
        prop_assert_eq!(play(&rules, &moves), states, "the same inputs give the same outputs");
    }

    #[test]
    fn prices_only_improve_and_sequence_numbers_count_up(rules in rules(), moves in moves()) {
        let accepted = bids(&transcript(&play(&rules, &moves)));
        for (index, bid) in accepted.iter().enumerate() {
            prop_assert_eq!(bid.seq as usize, index + 1);
            prop_assert!(!rules.direction.better(rules.start, bid.price));
        }
        for pair in accepted.windows(2) {
            let improved = rules.direction.better(pair[1].price, pair[0].price);
            let matched = pair[1].kind == AcceptedKind::PriorityMatch && pair[1].price == pair[0].price;
            prop_assert!(improved || matched, "{:?}", pair);
            prop_assert!(rules.allow_self_raise || pair[0].bidder != pair[1].bidder, "{:?}", pair);
        }
    }

    #[test]
    fn deadlines_hold_and_never_move_back(rules in rules(), moves in moves()) {
        let mut deadline = None::<Instant>;
        let mut open_until = None::<Instant>;
        for event in transcript(&play(&rules, &moves)) {
            let next = match event {
                RoomEvent::Opened { deadline, .. }
                | RoomEvent::EnteredLimited { deadline, .. }
                | RoomEvent::Continued { deadline, .. } => Some(deadline),
                RoomEvent::BidAccepted(bid) => {
                    prop_assert!(open_until.is_some_and(|until| bid.received < until), "late: {:?}", bid);
                    Some(bid.deadline)
                }
                RoomEvent::Closed { at, .. } => {
                    prop_assert_eq!(open_until, Some(at), "a room closes at its deadline and at no other instant");
                    None
                }
                RoomEvent::Frozen { .. } | RoomEvent::Resumed { .. } | RoomEvent::Drawn { .. } => None,
            };
            if let (Some(before), Some(after)) = (deadline, next) {
                prop_assert!(after >= before, "the deadline moved back from {} to {}", before, after);
            }
            deadline = next.or(deadline);
            open_until = next;
        }
    }

    #[test]
    fn refusals_change_nothing_but_the_clock(rules in rules(), moves in moves()) {
        for (state, _) in play(&rules, &moves) {
            let received = state.deadline().map_or(at("09:00:00"), |deadline| deadline.plus_ms(-1));
            let bad = BidIntent { received, ..raise(1, "09:00:00", "0") };
            let decision = bid(state.clone(), &bad);
            prop_assert!(decision.outcome.is_err());
            prop_assert_eq!(decision.room, settle(state, received).0);
        }
    }

    #[test]
    fn suggestions_are_accepted(rules in rules(), moves in moves()) {
        for (state, _) in play(&rules, &moves) {
            let Some(deadline) = state.deadline() else { continue };
            if rules.require_prior_bid {
                continue;
            }
            let offered = next_amounts(&state);
            for price in offered.choices.iter().chain(&offered.minimum).chain(&offered.maximum) {
                let kind = BidKind::Raise { price: Ok(*price) };
                let received = deadline.plus_ms(-1);
                let intent = BidIntent { bidder: bidder(99), kind, received, seen_seq: None, confirmed_big: true };
                prop_assert!(bid(state.clone(), &intent).outcome.is_ok(), "{} in {:?}", price, state);
            }
        }
    }
}
