//! Bidding rooms, their events and their heartbeat.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{room_events, rooms};
use super::{Fault, Read, Tx, from_json, stored_id, to_json};
use crate::domain::auction::{Room, RoomEvent};
use crate::domain::base::Instant;
use crate::domain::base::ids::{LotId, RoomId};

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
    /// The last second in which a process kept the room alive; `None` before it was to run.
    pub heartbeat_at: Option<Instant>,
    /// Raised by every claim.
    pub version: i64,
}

/// Stored names of the phases in which bids are taken.
const RUNNING: [&str; 2] = ["free", "limited"];
/// Stored names of the phases that a fixed instant ends.
const STARTING: [&str; 2] = ["waiting", "preparing"];

type RoomRow = (String, String, String, String, Option<NaiveDateTime>, Option<NaiveDateTime>, i64);

fn room((id, lot, state, _, due, beat, version): RoomRow) -> Result<StoredRoom, Fault> {
    Ok(StoredRoom {
        id: stored_id("rooms.id", &id)?,
        lot: stored_id("rooms.lot_id", &lot)?,
        room: from_json("rooms.state", &state)?,
        due_at: due.map(Instant::from_utc),
        heartbeat_at: beat.map(Instant::from_utc),
        version,
    })
}

/// One room.
pub fn find(db: &mut impl Read, id: RoomId) -> Result<Option<StoredRoom>, Fault> {
    rooms::table.find(id.to_string()).first::<RoomRow>(db.conn()).optional()?.map(room).transpose()
}

/// Lots whose room's clock must act between `from` and `now`.
pub fn due(db: &mut impl Read, from: Instant, now: Instant, limit: i64) -> Result<Vec<LotId>, Fault> {
    let ids: Vec<String> = rooms::table
        .filter(rooms::due_at.is_not_null())
        .filter(rooms::due_at.between(from.utc(), now.utc()))
        .order((rooms::due_at, rooms::id))
        .limit(limit)
        .select(rooms::lot_id)
        .load(db.conn())?;
    ids.iter().map(|id| stored_id("rooms.lot_id", id)).collect()
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

/// How many events a room has; the number of the newest.
pub fn event_count(db: &mut impl Read, id: RoomId) -> Result<i64, Fault> {
    Ok(room_events::table.filter(room_events::room_id.eq(id.to_string())).count().get_result(db.conn())?)
}

/// A short text that changes whenever watchers have something new to see.
pub fn pulse(db: &mut impl Read, id: RoomId) -> Result<String, Fault> {
    let (phase, due): (String, Option<NaiveDateTime>) =
        rooms::table.find(id.to_string()).select((rooms::phase, rooms::due_at)).first(db.conn())?;
    let due = due.map_or(0, |at| Instant::from_utc(at).micros());
    Ok(format!("{phase}.{due}.{}", event_count(db, id)?))
}

/// Rooms that run, and rooms that were to start in this span, whose last beat is this old or older, or that have none;
/// with their lots.
pub fn unbeaten(
    db: &mut impl Read,
    last: Instant,
    (from, now): (Instant, Instant),
) -> Result<Vec<(RoomId, LotId)>, Fault> {
    let starts = rooms::phase.eq_any(STARTING).and(rooms::due_at.between(from.utc(), now.utc()));
    let rows: Vec<(String, String)> = rooms::table
        .filter(rooms::phase.eq_any(RUNNING).or(starts))
        .filter(rooms::heartbeat_at.is_null().or(rooms::heartbeat_at.le(last.utc())))
        .order(rooms::id)
        .select((rooms::id, rooms::lot_id))
        .load(db.conn())?;
    rows.iter().map(|(id, lot)| Ok((stored_id("rooms.id", id)?, stored_id("rooms.lot_id", lot)?))).collect()
}

/// Whether a room is open (also while it is frozen), and when the next one opens.
pub fn traffic(db: &mut impl Read) -> Result<(bool, Option<Instant>), Fault> {
    let open: i64 =
        rooms::table.filter(rooms::phase.eq_any(["free", "limited", "paused"])).count().get_result(db.conn())?;
    let next: Option<Option<NaiveDateTime>> = rooms::table
        .filter(rooms::phase.eq_any(["waiting", "preparing"]))
        .filter(rooms::due_at.is_not_null())
        .order(rooms::due_at)
        .select(rooms::due_at)
        .first(db.conn())
        .optional()?;
    Ok((open > 0, next.flatten().map(Instant::from_utc)))
}

impl Tx<'_> {
    /// Notes that the service lives at `now`: for these rooms, where they still run or are about to. A beat never goes
    /// back.
    pub fn beat_rooms(&mut self, ids: &[RoomId], now: Instant) -> Result<(), Fault> {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        diesel::update(
            rooms::table
                .filter(rooms::id.eq_any(ids))
                .filter(rooms::phase.eq_any(RUNNING.into_iter().chain(STARTING)))
                .filter(rooms::heartbeat_at.is_null().or(rooms::heartbeat_at.lt(now.utc()))),
        )
        .set(rooms::heartbeat_at.eq(now.utc()))
        .execute(self.conn)?;
        Ok(())
    }

    /// The first beat of a room that opened or goes on; `None` for one that was frozen, so that the gap before is not
    /// found again.
    pub fn set_beat(&mut self, id: RoomId, at: Option<Instant>) -> Result<(), Fault> {
        diesel::update(rooms::table.find(id.to_string()))
            .set(rooms::heartbeat_at.eq(at.map(Instant::utc)))
            .execute(self.conn)?;
        Ok(())
    }

    /// Claims a room.
    pub fn claim_room(&mut self, id: RoomId) -> Result<Option<StoredRoom>, Fault> {
        self.before_the_head()?;
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
