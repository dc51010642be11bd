//! Folding events into the state.

use super::event::{AcceptedBid, AcceptedKind, RoomEvent, TradingPhase};
use super::room::{Best, Close, Phase, Rest, Room};
use super::rules::TieRule;

/// The room after this event. Replaying all events of a session over
/// [`Room::new`] gives the state the engine had.
#[must_use]
pub fn apply(mut room: Room, event: &RoomEvent) -> Room {
    room.last = room.last.max(event.at());
    match event {
        RoomEvent::Opened { deadline, .. } => room.phase = Phase::Free { deadline: *deadline },
        RoomEvent::EnteredLimited { deadline, .. } => room.phase = Phase::Limited { deadline: *deadline },
        RoomEvent::BidAccepted(bid) => take(&mut room, bid),
        RoomEvent::Frozen { since, ground, rest, .. } => {
            room.phase = Phase::Paused { since: *since, ground: *ground, rest: *rest };
        }
        RoomEvent::Resumed { continues, rest, .. } => {
            room.phase = match *rest {
                Rest::BeforeOpening { opens, ends } => Phase::Waiting { opens, ends },
                Rest::Free { .. } | Rest::Limited => Phase::Preparing { until: *continues, rest: *rest },
            };
        }
        RoomEvent::Continued { phase, deadline, .. } => {
            room.phase = match phase {
                TradingPhase::Free => Phase::Free { deadline: *deadline },
                TradingPhase::Limited => Phase::Limited { deadline: *deadline },
            };
        }
        RoomEvent::Closed { at, close } => room.phase = Phase::Closed { at: *at, close: close.clone() },
        RoomEvent::Drawn { order, .. } => drawn(&mut room, order),
    }
    room
}

fn take(room: &mut Room, bid: &AcceptedBid) {
    room.seq = bid.seq;
    match bid.phase {
        TradingPhase::Free => {
            room.prior.insert(bid.bidder);
            room.phase = Phase::Free { deadline: bid.deadline };
        }
        TradingPhase::Limited => room.phase = Phase::Limited { deadline: bid.deadline },
    }
    let alone = Best { price: bid.price, holders: vec![bid.bidder], rank: bid.rank, kind: bid.kind };
    if bid.kind == AcceptedKind::PriorityMatch {
        *room.uses.entry(bid.bidder).or_default() += 1;
    }
    let shares = room.rules.priority_tie == TieRule::Draw && bid.kind == AcceptedKind::PriorityMatch;
    match room.best.as_mut() {
        Some(best) if shares && best.rank.is_some() && best.rank == bid.rank && best.price == bid.price => {
            best.holders.push(bid.bidder);
            best.kind = bid.kind;
        }
        Some(_) | None => room.best = Some(alone),
    }
}

fn drawn(room: &mut Room, order: &[super::BidderNo]) {
    if let (Phase::Closed { close, .. }, Some(&bidder)) = (&mut room.phase, order.first())
        && let Close::ToDraw { price, .. } = close
    {
        *close = Close::Won { bidder, price: *price };
    }
}
