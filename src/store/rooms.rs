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
    /// The last second in which a process kept the room alive; `None` before the first.
    pub heartbeat_at: Option<Instant>,
    /// Raised by every claim.
    pub version: i64,
}

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

/// Lots with a running room whose heartbeat is older than `last`.
pub fn silent(db: &mut impl Read, last: Instant) -> Result<Vec<LotId>, Fault> {
    let ids: Vec<String> = rooms::table
        .filter(rooms::phase.eq_any(["free", "limited"]))
        .filter(rooms::heartbeat_at.lt(last.utc()))
        .order(rooms::id)
        .select(rooms::lot_id)
        .load(db.conn())?;
    ids.iter().map(|id| stored_id("rooms.lot_id", id)).collect()
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

/// Whether any room needs a heartbeat: it runs, or starts before `soon`.
pub fn any_alive(db: &mut impl Read, soon: Instant) -> Result<bool, Fault> {
    let running: i64 = rooms::table.filter(rooms::phase.eq_any(["free", "limited"])).count().get_result(db.conn())?;
    let starting: i64 = rooms::table
        .filter(rooms::phase.eq_any(["waiting", "preparing"]))
        .filter(rooms::due_at.le(soon.utc()))
        .count()
        .get_result(db.conn())?;
    Ok(running + starting > 0)
}

impl Tx<'_> {
    /// Notes that the service lives at `now`: for running rooms whose last beat is not older than
    /// `last` (a gap must stay visible), and for rooms that start before `soon`.
    pub fn beat_rooms(&mut self, now: Instant, last: Instant, soon: Instant) -> Result<(), Fault> {
        diesel::update(
            rooms::table
                .filter(rooms::phase.eq_any(["free", "limited"]))
                .filter(rooms::heartbeat_at.is_null().or(rooms::heartbeat_at.ge(last.utc()))),
        )
        .set(rooms::heartbeat_at.eq(now.utc()))
        .execute(self.conn)?;
        diesel::update(
            rooms::table
                .filter(rooms::phase.eq_any(["waiting", "preparing"]))
                .filter(rooms::due_at.gt(now.utc()))
                .filter(rooms::due_at.le(soon.utc())),
        )
        .set(rooms::heartbeat_at.eq(now.utc()))
        .execute(self.conn)?;
        Ok(())
    }

    /// Forgets the heartbeat of a room that was frozen, so that the gap before is not found again.
    pub fn forget_beat(&mut self, id: RoomId) -> Result<(), Fault> {
        diesel::update(rooms::table.find(id.to_string()))
            .set(rooms::heartbeat_at.eq(None::<NaiveDateTime>))
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
