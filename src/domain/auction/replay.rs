//! Proving a transcript: not only that the events fold to a state, but that the
//! engine, given the same bids and outages, would have written the same events.

use std::collections::BTreeMap;

use super::apply::apply;
use super::bidder::{BidIntent, BidKind, BidderStanding};
use super::clock::{due, settle};
use super::draw::conclude_draw;
use super::engine::bid;
use super::event::{AcceptedBid, AcceptedKind, RoomEvent};
use super::outage::{freeze, resume};
use super::room::{Rest, Room};

/// The first event that the rules do not explain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// Its position, from 0.
    pub index: usize,
    /// What the rules give there; empty when they allow nothing of the kind.
    pub expected: Vec<RoomEvent>,
    /// What the transcript says.
    pub found: RoomEvent,
}

/// Plain folding: the state that these events describe.
#[must_use]
pub fn fold(room: Room, events: &[RoomEvent]) -> Room {
    events.iter().fold(room, apply)
}

/// Runs the engine along the transcript and gives the final state, or the first
/// event that it would not have written. Standing, agreement and deposits of
/// the bidders are taken as recorded: an accepted bid had them.
pub fn check(mut room: Room, events: &[RoomEvent]) -> Result<Room, Divergence> {
    for (index, found) in events.iter().enumerate() {
        let expected = expect(&room, found);
        if expected.first() != Some(found) {
            return Err(Divergence { index, expected, found: found.clone() });
        }
        room = apply(room, found);
    }
    Ok(room)
}

/// The ranks behind ordinary bids, by the bid's number: what the public record leaves out until the
/// close and tells with it.
#[must_use]
pub fn ranks(events: &[RoomEvent]) -> BTreeMap<u32, u8> {
    let ranked = |event: &RoomEvent| match event {
        RoomEvent::BidAccepted(bid) if bid.kind == AcceptedKind::Raise => bid.rank.map(|rank| (bid.seq, rank)),
        _ => None,
    };
    events.iter().filter_map(ranked).collect()
}

/// Puts the ranks back into a public record.
pub fn with_ranks(events: &mut [RoomEvent], ranks: &BTreeMap<u32, u8>) {
    for event in events {
        if let RoomEvent::BidAccepted(bid) = event
            && bid.kind == AcceptedKind::Raise
        {
            bid.rank = ranks.get(&bid.seq).copied();
        }
    }
}

/// What the engine writes next, given what the transcript's next event says happened.
fn expect(room: &Room, found: &RoomEvent) -> Vec<RoomEvent> {
    match found {
        RoomEvent::Opened { .. }
        | RoomEvent::EnteredLimited { .. }
        | RoomEvent::Continued { .. }
        | RoomEvent::Closed { .. } => due(room).map(|at| settle(room.clone(), at).1).unwrap_or_default(),
        RoomEvent::BidAccepted(accepted) => bid(room.clone(), &intent(accepted)).events(),
        RoomEvent::Frozen { since, at, ground, .. } => freeze(room.clone(), *since, *at, *ground).1.unwrap_or_default(),
        RoomEvent::Resumed { at, .. } => resumed(room, found, *at),
        RoomEvent::Drawn { at, order } => {
            conclude_draw(room.clone(), *at, order.clone()).1.map(|event| vec![event]).unwrap_or_default()
        }
    }
}

/// The wanted instant is not recorded; it is the continuation less the preparation.
fn resumed(room: &Room, found: &RoomEvent, at: crate::base::Instant) -> Vec<RoomEvent> {
    let RoomEvent::Resumed { continues, rest, .. } = found else { return vec![] };
    let wanted = match rest {
        Rest::Limited => continues.plus_ms(-room.rules.resume_preparation_ms),
        Rest::Free { .. } => *continues,
        Rest::BeforeOpening { .. } => at.max(*continues),
    };
    let kept = resume(room.clone(), at, at).1.unwrap_or_default();
    if kept.first() == Some(found) { kept } else { resume(room.clone(), at, wanted).1.unwrap_or_default() }
}

fn intent(accepted: &AcceptedBid) -> BidIntent {
    let kind = match accepted.kind {
        AcceptedKind::Raise => BidKind::Raise { price: Ok(accepted.price) },
        AcceptedKind::PriorityMatch => BidKind::PriorityMatch { price: accepted.price },
    };
    let bidder = BidderStanding {
        no: accepted.bidder,
        qualified: true,
        deposit_confirmed: true,
        agreed: true,
        priority_rank: accepted.rank,
    };
    BidIntent { bidder, kind, received: accepted.received, seen_seq: None, confirmed_big: true }
}
