//! What the clock does to a room.

use super::apply::apply;
use super::event::{RoomEvent, TradingPhase};
use super::room::{Close, Phase, Rest, Room};
use super::rules::LimitedMode;
use crate::base::Instant;

/// When the clock next changes this room; `None` while it is paused or closed.
pub fn due(room: &Room) -> Option<Instant> {
    match room.phase {
        Phase::Waiting { opens, .. } => Some(opens),
        Phase::Free { deadline } | Phase::Limited { deadline } => Some(deadline),
        Phase::Preparing { until, .. } => Some(until),
        Phase::Paused { .. } | Phase::Closed { .. } => None,
    }
}

/// Lets every clock event happen that is due at `now`, each at its own due
/// instant. Settling late therefore gives the same record as settling in time.
#[must_use]
pub fn settle(mut room: Room, now: Instant) -> (Room, Vec<RoomEvent>) {
    let mut events = Vec::new();
    while let Some(event) = next_due(&room, now) {
        room = apply(room, &event);
        events.push(event);
    }
    (room, events)
}

fn next_due(room: &Room, now: Instant) -> Option<RoomEvent> {
    let at = due(room).filter(|at| *at <= now)?;
    Some(match room.phase {
        Phase::Waiting { ends, .. } => RoomEvent::Opened { at, deadline: ends },
        Phase::Free { .. } => free_ended(room, at),
        Phase::Limited { .. } => RoomEvent::Closed { at, close: outcome(room) },
        Phase::Preparing { rest, .. } => continued(room, at, rest),
        Phase::Paused { .. } | Phase::Closed { .. } => return None,
    })
}

fn free_ended(room: &Room, at: Instant) -> RoomEvent {
    let enter = room.best.is_some() || room.rules.enter_limited_without_bid;
    match room.rules.mode {
        LimitedMode::Reset if enter => RoomEvent::EnteredLimited { at, deadline: at.plus_ms(room.rules.limited_ms) },
        LimitedMode::Reset | LimitedMode::SoftClose { .. } | LimitedMode::None => {
            RoomEvent::Closed { at, close: outcome(room) }
        }
    }
}

fn continued(room: &Room, at: Instant, rest: Rest) -> RoomEvent {
    match rest {
        // A room that had not opened waits again at once, so this arm only keeps the match total.
        Rest::BeforeOpening { ends, .. } => RoomEvent::Opened { at, deadline: ends },
        Rest::Free { left_us } => {
            RoomEvent::Continued { at, phase: TradingPhase::Free, deadline: Instant(at.0 + left_us) }
        }
        Rest::Limited => {
            RoomEvent::Continued { at, phase: TradingPhase::Limited, deadline: at.plus_ms(room.rules.limited_ms) }
        }
    }
}

/// What the session comes to if it ends now (rulebook 3.4).
fn outcome(room: &Room) -> Close {
    let Some(best) = &room.best else { return Close::FailedNoBid };
    if room.rules.reserve.is_some_and(|reserve| room.rules.direction.better(reserve, best.price)) {
        return Close::FailedReserve;
    }
    match best.holders.as_slice() {
        [bidder] => Close::Won { bidder: *bidder, price: best.price },
        pool => Close::ToDraw { pool: pool.to_vec(), price: best.price },
    }
}
