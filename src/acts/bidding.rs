//! The bidding room as an act: its clock, its bids, its outcome.

use super::{Hand, record};
use crate::context::App;
use crate::domain::auction::{self, Close, Phase, Room, RoomEvent};
use crate::domain::base::Instant;
use crate::domain::lot::{Lot, LotEvent, session};
use crate::store::{Fault, Stop, Tx};

/// The stored name of a phase.
pub fn phase_name(room: &Room) -> &'static str {
    match room.phase() {
        Phase::Waiting { .. } => "waiting",
        Phase::Free { .. } => "free",
        Phase::Limited { .. } => "limited",
        Phase::Paused { .. } => "paused",
        Phase::Preparing { .. } => "preparing",
        Phase::Closed { .. } => "closed",
    }
}

/// Settles the clock of a claimed lot's room; says whether the lot moved.
pub fn settle_room(app: &App, tx: &mut Tx<'_>, lot: Lot, now: Instant) -> Result<(Lot, bool), Stop> {
    let Some(id) = lot.session.as_ref().map(|s| s.room) else { return Ok((lot, false)) };
    let stored = tx.claim_room(id)?.ok_or_else(|| Fault::Inconsistent(format!("room {id} is missing")))?;
    let count = crate::store::rooms::events_of(tx, id)?.len();
    let (room, events) = auction::settle(stored.room, now);
    if events.is_empty() {
        return Ok((lot, false));
    }
    let mut seq = i64::try_from(count).unwrap_or(i64::MAX);
    let mut lot = lot;
    for event in &events {
        seq += 1;
        tx.append_room_event(id, seq, event)?;
    }
    tx.update_room(id, &room, phase_name(&room), auction::due(&room))?;
    for event in &events {
        let moved = follow(app, tx, &lot, &room, event)?;
        if !moved.is_empty() {
            lot = record::lot_events(app, tx, lot, moved, &Hand::clock(), event.at())?;
        }
    }
    app.hub.changed(lot.id);
    Ok((lot, true))
}

fn follow(_app: &App, _tx: &mut Tx<'_>, lot: &Lot, _room: &Room, event: &RoomEvent) -> Result<Vec<LotEvent>, Stop> {
    Ok(match event {
        RoomEvent::EnteredLimited { .. } => session::limited(lot)?,
        RoomEvent::Closed { close, .. } => match close {
            Close::FailedNoBid => session::failed(lot, false)?,
            Close::FailedReserve => session::failed(lot, true)?,
            Close::Won { .. } | Close::ToDraw { .. } => Vec::new(),
        },
        RoomEvent::Opened { .. }
        | RoomEvent::BidAccepted(_)
        | RoomEvent::Frozen { .. }
        | RoomEvent::Resumed { .. }
        | RoomEvent::Continued { .. }
        | RoomEvent::Drawn { .. } => Vec::new(),
    })
}
