//! The bidding room as an act: its clock, its bids, its outcome.

mod outage;
mod outcome;
mod place;

pub use outage::{PauseOrder, heartbeat, pause, resume};
pub(crate) use outcome::{outcome_of, publicity_ends};
pub use place::{Accepted, BidAnswer, BidOrder, Wanted, place, place_in_turn, preview, standing};

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Hand, record};
use crate::context::App;
use crate::crypto::keys::Keys;
use crate::domain::auction::{self, AcceptedKind, Close, FreezeGround, LimitedMode, Phase, Rest, Room, RoomEvent};
use crate::domain::base::Instant;
use crate::domain::base::ids::RoomId;
use crate::domain::lot::{Lot, LotEvent, Stage, session};
use crate::store::rooms::{self, StoredRoom};
use crate::store::{Fault, Stop, Tx};

/// A close is recorded this long after its deadline, so that bids stamped in time by any process
/// are decided before it. Instants on record are the deadline's own.
const CLOSE_GRACE_MS: i64 = 500;
/// A bid on its way in this process holds the close back at most this long.
const LANE_GRACE_MS: i64 = 2_000;

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

/// Whether the next thing the clock does is to close the room.
fn closes_next(room: &Room) -> bool {
    match room.phase() {
        Phase::Limited { .. } => true,
        Phase::Free { .. } => match room.rules().mode {
            LimitedMode::Reset => room.best().is_none() && !room.rules().enter_limited_without_bid,
            LimitedMode::SoftClose { .. } | LimitedMode::None => true,
        },
        Phase::Waiting { .. } | Phase::Paused { .. } | Phase::Preparing { .. } | Phase::Closed { .. } => false,
    }
}

/// When the worker must look at the room again.
pub fn wake_at(room: &Room) -> Option<Instant> {
    let due = auction::due(room)?;
    Some(if closes_next(room) { due.plus_ms(CLOSE_GRACE_MS) } else { due })
}

/// The room as its clock has it at `now`, for pages: everything due has happened but the close.
pub fn seen_at(room: Room, now: Instant) -> Room {
    let mut room = room;
    while let Some(due) = auction::due(&room).filter(|due| *due <= now && !closes_next(&room)) {
        room = auction::settle(room, due).0;
    }
    room
}

/// Since when nobody is known to have kept a room alive, where that is longer ago than its notice allows. A room lived
/// at its last beat. One that is to open or to go on counts as well until that instant, whatever was before: so it
/// keeps its whole rest, and what happened before cost nobody anything.
fn fell_silent(app: &App, stored: &StoredRoom, now: Instant) -> Option<Instant> {
    let alive = match *stored.room.phase() {
        Phase::Free { .. } | Phase::Limited { .. } => stored.heartbeat_at?,
        Phase::Waiting { opens: starts, .. } | Phase::Preparing { until: starts, .. } => {
            stored.heartbeat_at.map_or(starts, |beat| beat.max(starts))
        }
        Phase::Paused { .. } | Phase::Closed { .. } => return None,
    };
    (!app.clock.leaps() && now.ms_since(alive) > stored.room.rules().gap_ms).then_some(alive)
}

/// What the clock does to a claimed room by `now`: an outage freezes it, else what is due happens.
fn advance(app: &App, lot: &Lot, stored: StoredRoom, now: Instant) -> (Room, Vec<RoomEvent>) {
    if let Some(since) = fell_silent(app, &stored, now)
        && let (room, Ok(events)) = auction::freeze(stored.room.clone(), since, now, FreezeGround::HeartbeatGap)
    {
        return (room, events);
    }
    let (mut room, mut events) = (stored.room, Vec::new());
    while let Some(due) = auction::due(&room) {
        if due > now || (closes_next(&room) && !may_close(app, lot, due, now)) {
            break;
        }
        let (after, more) = auction::settle(room, due);
        room = after;
        events.extend(more);
    }
    if let Some(drawn) = outcome::draw(app, lot, &room) {
        room = auction::apply(room, &drawn);
        events.push(drawn);
    }
    (room, events)
}

fn may_close(app: &App, lot: &Lot, due: Instant, now: Instant) -> bool {
    let on_the_way = app.hub.lane().earliest(&record::subject(lot)).is_some_and(|stamp| stamp < due);
    now >= due.plus_ms(CLOSE_GRACE_MS) && (!on_the_way || now >= due.plus_ms(LANE_GRACE_MS))
}

/// Settles the clock of a claimed lot's room; says whether the lot or its room moved.
pub fn settle_room(app: &App, tx: &mut Tx<'_>, lot: Lot, now: Instant) -> Result<(Lot, bool), Stop> {
    let Some(id) = lot.session.as_ref().map(|s| s.room) else { return Ok((lot, false)) };
    let stored = tx.claim_room(id)?.ok_or_else(|| Fault::Inconsistent(format!("room {id} is missing")))?;
    let (room, events) = advance(app, &lot, stored, now);
    if events.is_empty() {
        return Ok((lot, false));
    }
    let lot = tx.nested(|tx| {
        write_room(app, tx, &lot, id, &room, &events, now)?;
        let mut lot = lot;
        for event in &events {
            let moved = follow(app, tx, &lot, &room, event)?;
            if !moved.is_empty() {
                lot = record::lot_events(app, tx, lot, moved, &Hand::clock(), event.at())?;
            }
        }
        Ok(lot)
    })?;
    Ok((lot, true))
}

/// Records events of a claimed room with their leaves.
fn write_room(
    app: &App,
    tx: &mut Tx<'_>,
    lot: &Lot,
    id: RoomId,
    room: &Room,
    events: &[RoomEvent],
    now: Instant,
) -> Result<(), Stop> {
    store_room(tx, id, room, events)?;
    for event in events {
        match event {
            // From here on the room is kept alive by beats; where time leaps, nobody keeps anything.
            RoomEvent::Opened { .. } | RoomEvent::Continued { .. } if !app.clock.leaps() => {
                tx.set_beat(id, Some(now))?;
            }
            RoomEvent::Frozen { .. } => tx.set_beat(id, None)?,
            RoomEvent::Opened { .. }
            | RoomEvent::Continued { .. }
            | RoomEvent::EnteredLimited { .. }
            | RoomEvent::BidAccepted(_)
            | RoomEvent::Resumed { .. }
            | RoomEvent::Closed { .. }
            | RoomEvent::Drawn { .. } => {}
        }
    }
    let closes = events.iter().any(|e| matches!(e, RoomEvent::Closed { .. }));
    let ranks = if closes { auction::replay::ranks(&rooms::events_of(tx, id)?) } else { BTreeMap::new() };
    for event in events {
        let (kind, body) = leaf(app, id, room, &ranks, event)?;
        tx.journal(event.at(), kind, &record::subject(lot), body)?;
    }
    Ok(())
}

/// The rows of a claimed room after these events.
fn store_room(tx: &mut Tx<'_>, id: RoomId, room: &Room, events: &[RoomEvent]) -> Result<(), Stop> {
    let mut seq = rooms::event_count(tx, id)?;
    for event in events {
        seq += 1;
        tx.append_room_event(id, seq, event)?;
    }
    Ok(tx.update_room(id, room, phase_name(room), wake_at(room))?)
}

/// What only the row of a bid says and neither its event nor its receipt: its id, its application, the key that
/// makes it once and the digest of its address. The bid's leaf commits to them with a salt.
pub(super) fn row_commitment(keys: &Keys, room: &str, seq: i64, own: [&str; 4]) -> String {
    keys.commit(&["bids", room, &seq.to_string()], &own.join("\n")).hex()
}

/// The leaf of a room's event. Everything in a room is public but two things: a reserve price,
/// and, until the close, the rank behind an ordinary bid, which could tell who bids; the whole event
/// is committed to with a salt instead. The close tells the ranks, so that anybody can run the
/// engine over the published leaves.
fn leaf(
    app: &App,
    id: RoomId,
    room: &Room,
    ranks: &BTreeMap<u32, u8>,
    event: &RoomEvent,
) -> Result<(&'static str, Value), Fault> {
    let json = |e: serde_json::Error| Fault::Inconsistent(e.to_string());
    let whole = serde_json::to_value(event).map_err(json)?;
    let text = serde_json::to_string(event).map_err(json)?;
    let at = event.at().micros().to_string();
    let commitment = app.keys.commit(&["room_events", &id.to_string(), &at], &text).hex();
    let mut body = json!({ "room": id.to_string(), "event": whole, "record": commitment });
    let kind = match event {
        RoomEvent::Opened { .. } => {
            let mut rules = serde_json::to_value(room.rules()).map_err(json)?;
            rules["reserve"] = Value::Null;
            body["rules"] = rules;
            "room.opened"
        }
        RoomEvent::EnteredLimited { .. } => "room.limited",
        RoomEvent::BidAccepted(bid) => {
            if bid.kind == AcceptedKind::Raise {
                body["event"]["rank"] = Value::Null;
            }
            "bid.accepted"
        }
        RoomEvent::Frozen { .. } => "room.frozen",
        RoomEvent::Resumed { .. } => "room.resumed",
        RoomEvent::Continued { .. } => "room.continued",
        RoomEvent::Closed { .. } => {
            body["ranks"] = json!(ranks);
            "room.closed"
        }
        RoomEvent::Drawn { .. } => "room.drawn",
    };
    Ok((kind, body))
}

fn follow(app: &App, tx: &mut Tx<'_>, lot: &Lot, room: &Room, event: &RoomEvent) -> Result<Vec<LotEvent>, Stop> {
    Ok(match event {
        RoomEvent::EnteredLimited { .. } => session::limited(lot)?,
        RoomEvent::Frozen { ground, .. } => session::paused(lot, ground.zh())?,
        RoomEvent::Closed { at, close } => match close {
            Close::FailedNoBid => session::failed(lot, false)?,
            Close::FailedReserve => session::failed(lot, true)?,
            Close::Won { bidder, price } => outcome::won(app, tx, lot, room, *bidder, *price, *at)?,
            Close::ToDraw { .. } => Vec::new(),
        },
        RoomEvent::Drawn { at, order } => match (order.first(), room.best_price()) {
            (Some(bidder), Some(price)) => outcome::won(app, tx, lot, room, *bidder, price, *at)?,
            (Some(_), None) | (None, _) => Vec::new(),
        },
        RoomEvent::Resumed { rest, .. } => {
            let stage = match rest {
                Rest::BeforeOpening { .. } | Rest::Free { .. } => Stage::FreeBidding,
                Rest::Limited => Stage::LimitedBidding,
            };
            session::resumed(lot, stage)?
        }
        RoomEvent::Opened { .. } | RoomEvent::BidAccepted(_) | RoomEvent::Continued { .. } => Vec::new(),
    })
}
