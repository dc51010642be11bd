//! Properties that hold for every sequence of bids, clock moves and outages.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::fixtures::*;
use super::*;
use crate::base::{Fen, Instant};

/// One thing that happens, some milliseconds after the one before.
#[derive(Clone, Debug)]
enum Move {
    Raise { no: u16, steps: i64, off: i64, lag_ms: i64 },
    Match { no: u16, off: i64 },
    Tick,
    Freeze { back_ms: i64 },
    Resume { wait_ms: i64 },
}

fn moves() -> impl Strategy<Value = Vec<(i64, Move)>> {
    let off = prop_oneof![9 => Just(0i64), 1 => -1500i64..1500];
    let one = prop_oneof![
        8 => (1u16..=9, 0i64..8, off.clone(), prop_oneof![3 => Just(0i64), 1 => 0i64..100])
            .prop_map(|(no, steps, off, lag_ms)| Move::Raise { no, steps, off, lag_ms }),
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
        Move::Raise { no, steps, off, lag_ms } => {
            let gain = next_amounts(&room).step.0 * steps + off;
            let signed = if room.rules().direction == Direction::Up { gain } else { -gain };
            let base = room.best_price().unwrap_or(room.rules().start);
            let kind = BidKind::Raise { price: Ok(Fen(base.0 + signed)) };
            let (received, seen_seq) = (now.plus_ms(-lag_ms), Some(room.seq()));
            offer(room, BidIntent { bidder: bidder(no), kind, received, seen_seq, confirmed_big: true })
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
    #![proptest_config(ProptestConfig::with_cases(96))]

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

/// The strategies reach every kind of event and every outcome; without this the
/// properties above could hold of nothing.
#[test]
fn random_sessions_reach_every_event_and_outcome() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..150 {
        let rules = rules().new_tree(&mut runner).unwrap().current();
        let moves = moves().new_tree(&mut runner).unwrap().current();
        for event in transcript(&play(&rules, &moves)) {
            seen.insert(match event {
                RoomEvent::Opened { .. } => "opened",
                RoomEvent::EnteredLimited { .. } => "limited",
                RoomEvent::BidAccepted(bid) if bid.kind == AcceptedKind::PriorityMatch => "match",
                RoomEvent::BidAccepted(bid) if bid.phase == TradingPhase::Limited => "raise in limited",
                RoomEvent::BidAccepted(_) => "raise in free",
                RoomEvent::Frozen { .. } => "frozen",
                RoomEvent::Resumed { .. } => "resumed",
                RoomEvent::Continued { .. } => "continued",
                RoomEvent::Closed { close: Close::Won { .. }, .. } => "won",
                RoomEvent::Closed { close: Close::ToDraw { .. }, .. } => "to draw",
                RoomEvent::Closed { close: Close::FailedNoBid, .. } => "no bid",
                RoomEvent::Closed { close: Close::FailedReserve, .. } => "reserve",
                RoomEvent::Drawn { .. } => "drawn",
            });
        }
    }
    let all = ["continued", "frozen", "limited", "match", "no bid", "opened", "raise in free", "raise in limited"];
    let all = all.into_iter().chain(["resumed", "to draw", "won"]).collect();
    assert_eq!(seen, all);
}

/// A transcript in which anything was changed, dropped or put in is not one the rules explain.
#[test]
fn t02_altered_transcripts_do_not_check() {
    let script = [raise(1, "09:10:00", "800"), raise(2, "09:20:00", "830"), matching(7, "09:30:00", 830)];
    let mut events = Vec::new();
    let mut state = room(up_rules());
    for intent in &script {
        let (after, new) = offer(state, *intent);
        events.extend(new);
        state = after;
    }
    let (state, frozen) = freeze(state, at("09:40:00"), at("09:40:06"), FreezeGround::HeartbeatGap);
    events.extend(frozen.unwrap());
    let (state, resumed) = resume(state, at("09:50:00"), at("09:50:00"));
    events.extend(resumed.unwrap());
    let (state, closing) = settle(state, at("12:00:00"));
    events.extend(closing);
    let open = || room(up_rules());
    assert_eq!(replay::check(open(), &events), Ok(state.clone()));
    assert_eq!(replay::fold(open(), &events), state);

    for index in 0..events.len() - 1 {
        let mut dropped = events.clone();
        dropped.remove(index);
        assert!(replay::check(open(), &dropped).is_err(), "without event {index}");
        let mut swapped = events.clone();
        swapped.swap(index, index + 1);
        assert!(replay::check(open(), &swapped).is_err(), "events {index} and {} swapped", index + 1);
    }
    for (index, event) in events.iter().enumerate() {
        let mut changed = events.clone();
        changed[index] = altered(event);
        let fault = replay::check(open(), &changed).expect_err("altered");
        assert_eq!(fault.index, index, "the first bad event is named");
    }
}

fn altered(event: &RoomEvent) -> RoomEvent {
    let mut event = event.clone();
    match &mut event {
        RoomEvent::Opened { deadline, .. }
        | RoomEvent::EnteredLimited { deadline, .. }
        | RoomEvent::Continued { deadline, .. } => *deadline = deadline.plus_ms(1),
        RoomEvent::BidAccepted(bid) => bid.price = Fen(bid.price.0 + 1),
        RoomEvent::Frozen { rest, .. } | RoomEvent::Resumed { rest, .. } => *rest = Rest::Free { left_us: 1 },
        RoomEvent::Closed { close, .. } => *close = Close::Won { bidder: BidderNo(1), price: Fen::yuan(830) },
        RoomEvent::Drawn { order, .. } => order.reverse(),
    }
    event
}
