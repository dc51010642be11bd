//! Bidding rooms, their events and bids.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{bids, room_events, rooms};
use super::{Fault, Read, Tx, from_json, stored_id, to_json};
use crate::domain::auction::{Room, RoomEvent};
use crate::domain::base::Instant;
use crate::domain::base::ids::{ApplicationId, LotId, RoomId};

/// A room as stored.
#[derive(Clone, Debug)]
pub struct StoredRoom {
    /// Its id.
    pub id: RoomId,
    /// The lot it sells.
    pub lot: LotId,
    /// The room.
    pub room: Room,
    /// When its clock must act.
    pub due_at: Option<Instant>,
    /// Raised by every claim.
    pub version: i64,
}

/// A bid as stored and shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBid {
    /// Whose.
    pub application: ApplicationId,
    /// Position in the room, from 1.
    pub seq: i64,
    /// Four digits.
    pub bidder_no: String,
    /// Amount in fen per price unit.
    pub amount_fen: i64,
    /// `raise` or `match`.
    pub kind: String,
    /// `free` or `limited`.
    pub phase: String,
    /// The stamp that decided.
    pub received_at: Instant,
    /// Its leaf.
    pub journal_index: i64,
    /// The signed receipt.
    pub receipt: String,
    /// The form's or client's key.
    pub idempotency_key: String,
}

type RoomRow = (String, String, String, String, Option<NaiveDateTime>, Option<NaiveDateTime>, i64);

fn room((id, lot, state, _, due, _, version): RoomRow) -> Result<StoredRoom, Fault> {
    Ok(StoredRoom {
        id: stored_id("rooms.id", &id)?,
        lot: stored_id("rooms.lot_id", &lot)?,
        room: from_json("rooms.state", &state)?,
        due_at: due.map(Instant::from_utc),
        version,
    })
}

/// One room.
pub fn find(db: &mut impl Read, id: RoomId) -> Result<Option<StoredRoom>, Fault> {
    rooms::table.find(id.to_string()).first::<RoomRow>(db.conn()).optional()?.map(room).transpose()
}

/// Lots whose room's clock must act at or before `now`.
pub fn due(db: &mut impl Read, now: Instant, limit: i64) -> Result<Vec<LotId>, Fault> {
    let ids: Vec<String> = rooms::table
        .filter(rooms::due_at.is_not_null())
        .filter(rooms::due_at.le(now.utc()))
        .order((rooms::due_at, rooms::id))
        .limit(limit)
        .select(rooms::lot_id)
        .load(db.conn())?;
    ids.iter().map(|id| stored_id("rooms.lot_id", id)).collect()
}

/// The bids of a room in order.
pub fn bids_of(db: &mut impl Read, id: RoomId) -> Result<Vec<StoredBid>, Fault> {
    type Row = (String, i64, String, i64, String, String, NaiveDateTime, i64, String, String);
    let rows: Vec<Row> = bids::table
        .filter(bids::room_id.eq(id.to_string()))
        .order(bids::seq)
        .select((
            bids::application_id,
            bids::seq,
            bids::bidder_no,
            bids::amount_fen,
            bids::kind,
            bids::phase,
            bids::received_at,
            bids::journal_index,
            bids::receipt,
            bids::idempotency_key,
        ))
        .load(db.conn())?;
    rows.into_iter()
        .map(|(application, seq, bidder_no, amount_fen, kind, phase, at, journal_index, receipt, key)| {
            Ok(StoredBid {
                application: stored_id("bids.application_id", &application)?,
                seq,
                bidder_no,
                amount_fen,
                kind,
                phase,
                received_at: Instant::from_utc(at),
                journal_index,
                receipt,
                idempotency_key: key,
            })
        })
        .collect()
}

/// The events of a room in order.
pub fn events_of(db: &mut impl Read, id: RoomId) -> Result<Vec<RoomEvent>, Fault> {
    let bodies: Vec<String> = room_events::table
        .filter(room_events::room_id.eq(id.to_string()))
        .order(room_events::seq)
        .select(room_events::body)
        .load(db.conn())?;
    bodies.iter().map(|b| from_json("room_events.body", b)).collect()
}

impl Tx<'_> {
    /// Claims a room.
    pub fn claim_room(&mut self, id: RoomId) -> Result<Option<StoredRoom>, Fault> {
        diesel::update(rooms::table.find(id.to_string()))
            .set(rooms::version.eq(rooms::version + 1))
            .returning(rooms::all_columns)
            .get_result::<RoomRow>(self.conn)
            .optional()?
            .map(room)
            .transpose()
    }

    /// A new room.
    pub fn insert_room(
        &mut self,
        id: RoomId,
        lot: LotId,
        room: &Room,
        phase: &str,
        due: Option<Instant>,
    ) -> Result<(), Fault> {
        diesel::insert_into(rooms::table)
            .values((
                rooms::id.eq(id.to_string()),
                rooms::lot_id.eq(lot.to_string()),
                rooms::state.eq(to_json("rooms.state", room)?),
                rooms::phase.eq(phase),
                rooms::due_at.eq(due.map(Instant::utc)),
                rooms::version.eq(1),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Writes a claimed room back.
    pub fn update_room(&mut self, id: RoomId, room: &Room, phase: &str, due: Option<Instant>) -> Result<(), Fault> {
        diesel::update(rooms::table.find(id.to_string()))
            .set((
                rooms::state.eq(to_json("rooms.state", room)?),
                rooms::phase.eq(phase),
                rooms::due_at.eq(due.map(Instant::utc)),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Appends an event of a room.
    pub fn append_room_event(&mut self, id: RoomId, seq: i64, event: &RoomEvent) -> Result<(), Fault> {
        diesel::insert_into(room_events::table)
            .values((
                room_events::room_id.eq(id.to_string()),
                room_events::seq.eq(seq),
                room_events::at.eq(event.at().utc()),
                room_events::body.eq(to_json("room_events.body", event)?),
            ))
            .execute(self.conn)?;
        Ok(())
    }
}
