//! Deciding one bid.

use super::apply::apply;
use super::bidder::BidIntent;
use super::clock::settle;
use super::event::{AcceptedBid, RoomEvent, TradingPhase};
use super::refusal::BidRefusal;
use super::room::Room;
use super::rules::LimitedMode;
use super::validate::{Valid, judge};
use crate::base::Instant;

/// What came of a bid. The settled clock events stand whatever the outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Decision {
    /// The room afterwards.
    pub room: Room,
    /// Clock events that were due before the bid, in order.
    pub settled: Vec<RoomEvent>,
    /// The accepted bid, or why not.
    pub outcome: Result<AcceptedBid, BidRefusal>,
}

impl Decision {
    /// Everything to record: the settled events, then the accepted bid.
    pub fn events(&self) -> Vec<RoomEvent> {
        let mut events = self.settled.clone();
        events.extend(self.outcome.ok().map(RoomEvent::BidAccepted));
        events
    }
}

/// Settles the clock up to the bid's stamp, then decides the bid. Bids of one
/// room are decided one after the other, in the order of arrival; a bid whose
/// stamp lies before an event already recorded is treated as of that event's moment.
pub fn bid(room: Room, intent: &BidIntent) -> Decision {
    let (room, settled) = settle(room, intent.received);
    match judge(&room, intent) {
        Err(refusal) => Decision { room, settled, outcome: Err(refusal) },
        Ok(valid) => {
            let accepted = accept(&room, intent, valid);
            Decision { room: apply(room, &RoomEvent::BidAccepted(accepted)), settled, outcome: Ok(accepted) }
        }
    }
}

fn accept(room: &Room, intent: &BidIntent, valid: Valid) -> AcceptedBid {
    AcceptedBid {
        seq: room.seq.saturating_add(1),
        bidder: intent.bidder.no,
        rank: intent.bidder.priority_rank,
        price: valid.price,
        kind: valid.kind,
        phase: valid.phase,
        received: intent.received,
        deadline: deadline_after(room, valid, intent.received.max(room.last)),
    }
}

/// The deadline after a bid at `moment` (rulebook 3.4). Never earlier than
/// before, because `moment` is not before anything recorded.
fn deadline_after(room: &Room, valid: Valid, moment: Instant) -> Instant {
    match (valid.phase, room.rules.mode) {
        (TradingPhase::Limited, _) => moment.plus_ms(room.rules.limited_ms),
        (TradingPhase::Free, LimitedMode::SoftClose { window_ms, extend_ms }) => {
            let in_window = valid.deadline.micros() - moment.micros() <= window_ms * 1_000;
            if in_window { valid.deadline.plus_ms(extend_ms) } else { valid.deadline }
        }
        (TradingPhase::Free, LimitedMode::Reset | LimitedMode::None) => valid.deadline,
    }
}
