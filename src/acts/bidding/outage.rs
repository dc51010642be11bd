//! Outages of a room (rulebook 3.9): the heartbeat, the freeze on a printed ground by two
//! persons, and the resumption by the engine's rules.

use super::{fell_silent, write_room};
use crate::acts::{clock, each, login, objection, on_lot, qualification};
use crate::context::{App, new_id};
use crate::domain::actor::{Actor, Role};
use crate::domain::auction::{self, FreezeGround};
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, LotId};
use crate::domain::lot::{Act, Lot, Stage, session};
use crate::domain::refusal::Refusal;
use crate::store::rooms::{self, StoredRoom};
use crate::store::{Fault, Stop, Tx, accounts};

/// A beat is written once in so many milliseconds, however often the loop looks: each is a commit.
const BEAT_MS: i64 = 1_000;

/// Notes that the service lives; freezes rooms in which it did not: those that run, and those that were to open or to go
/// on at or after `from`. Call several times a second.
///
/// # Errors
/// A fault of the database, or the last of the stops at which a room could not be frozen; all others have
/// their beat then.
pub fn heartbeat(app: &App, from: Instant) -> Result<(), Stop> {
    let now = app.clock.now();
    let mut alive = Vec::new();
    let unbeaten = app.store.read(|db| rooms::unbeaten(db, now.plus_ms(-BEAT_MS), (from, now)))?;
    let outcome = each(unbeaten, |(id, lot)| {
        let stored = app.store.read(|db| rooms::find(db, id))?;
        let silent = stored.is_some_and(|room| fell_silent(app, &room, now).is_some());
        if silent {
            clock::settle_lot(app, lot, now)?;
        } else {
            alive.push(id);
        }
        Ok(silent)
    });
    if !alive.is_empty() {
        app.store.write(|tx| Ok(tx.beat_rooms(&alive, now)?))?;
    }
    outcome?;
    Ok(())
}

/// A freeze as two persons ask for it.
#[derive(Clone, Debug)]
pub struct PauseOrder {
    /// The printed ground.
    pub ground: FreezeGround,
    /// What the public reads.
    pub reason: String,
    /// Login and password of the second person.
    pub second: (String, String),
    /// The address the order came from; empty where there is none.
    pub address: String,
}

/// Freezes the room at once (B53). The second person proves to be there with the own password.
pub fn pause(app: &App, actor: &Actor, id: LotId, order: &PauseOrder) -> Result<(), Stop> {
    if order.ground.is_automatic() {
        return Err(Refusal::field("ground", "请选择公告载明的暂停事由").into());
    }
    let witness = second_person(app, actor, order)?;
    on_lot(app, Some(actor), id, Act::Pause, |tx, lot, now| {
        if order.reason.trim().is_empty() {
            return Err(Refusal::field("reason", "请写明暂停的原因，原因会立即公开").into());
        }
        qualification::not_reviewer(tx, lot.id, witness)?;
        objection::publishable("reason", &order.reason)?;
        let events = session::paused(lot, &format!("{}：{}", order.ground.zh(), order.reason.trim()))?;
        tx.note_security(new_id(), app.clock.real(), Some(witness), "second_person", &lot.id.to_string())?;
        let stored = claim(tx, lot)?;
        let (room, frozen) = auction::freeze(stored.room, now, now, order.ground);
        let frozen = frozen.map_err(|r| Refusal::rule(r.code(), r.zh(), ""))?;
        write_room(app, tx, lot, stored.id, &room, &frozen, now)?;
        Ok((events, ()))
    })?;
    app.hub.changed(id);
    Ok(())
}

/// Ends the freeze: `at` is when trading may continue; `None` for the earliest instant allowed.
/// Gives the instant at which it does.
pub fn resume(app: &App, actor: &Actor, id: LotId, at: Option<Instant>) -> Result<Instant, Stop> {
    let continues = on_lot(app, Some(actor), id, Act::Resume, |tx, lot, now| {
        let stored = claim(tx, lot)?;
        let at = at.or_else(|| auction::earliest_resume(&stored.room, now)).unwrap_or(now);
        let (room, events) = auction::resume(stored.room, now, at);
        let events = events.map_err(|r| Refusal::rule(r.code(), r.zh(), ""))?;
        write_room(app, tx, lot, stored.id, &room, &events, now)?;
        let (continues, rest) = events.iter().find_map(resumed).unwrap_or((at, None));
        // The close will need the publicity's end; a year that nobody has confirmed would hold it up.
        let length = lot.session.as_ref().map_or(0, |s| s.free_ms + s.limited_ms);
        super::publicity_ends(app, tx, lot, continues.plus_ms(length))?;
        app.clock.expect_room(continues);
        let stage = match rest {
            Some(auction::Rest::Limited) => Stage::LimitedBidding,
            Some(auction::Rest::BeforeOpening { .. } | auction::Rest::Free { .. }) | None => Stage::FreeBidding,
        };
        Ok((session::resumed(lot, stage)?, continues))
    })?;
    app.hub.changed(id);
    Ok(continues)
}

/// When trading continues, and with what is left.
fn resumed(event: &auction::RoomEvent) -> Option<(Instant, Option<auction::Rest>)> {
    match event {
        auction::RoomEvent::Resumed { continues, rest, .. } => Some((*continues, Some(*rest))),
        _ => None,
    }
}

fn claim(tx: &mut Tx<'_>, lot: &Lot) -> Result<StoredRoom, Stop> {
    let id = lot.session.as_ref().map(|s| s.room).ok_or_else(|| lot.wrong_stage())?;
    Ok(tx.claim_room(id)?.ok_or_else(|| Fault::Inconsistent(format!("room {id} is missing")))?)
}

/// The second person: another account with a post that may freeze rooms.
fn second_person(app: &App, first: &Actor, order: &PauseOrder) -> Result<AccountId, Stop> {
    let wrong = || Refusal::field("second_password", "第二人的账号、密码不正确，或没有竞价组织岗、中心主任岗位");
    let (name, password) = &order.second;
    let proved = login::prove(app, (name.as_str(), password.as_str()), &order.address, Some(first.account));
    let account = proved.map_err(|stop| match stop {
        Stop::Refused(refusal) if refusal.code() == login::FAILED => wrong().into(),
        other => other,
    })?;
    if account.id == first.account {
        return Err(Refusal::field("second_account", "第二人必须是另一个账号").into());
    }
    let second = app.store.read(|db| accounts::actor(db, &account))?;
    if second.has(Role::Bidding) || second.has(Role::Director) { Ok(second.account) } else { Err(wrong().into()) }
}
