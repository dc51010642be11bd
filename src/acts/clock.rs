//! The clock as an actor: what falls due is settled before anybody's act is decided
//! (rulebook 0.4: the instant of a deadline already belongs to what follows it).

use super::{Hand, record};
use crate::context::App;
use crate::domain::actor::Actor;
use crate::domain::base::Instant;
use crate::domain::base::ids::LotId;
use crate::domain::base::numbering::LotPaper;
use crate::domain::lot::due::{self, Due};
use crate::domain::lot::{Act, Lot, LotEvent, intake, listing, result, session};
use crate::domain::permit::permit;
use crate::domain::refusal::Refusal;
use crate::store::{Stop, Tx, lots};

/// Settles everything of a claimed lot that fell due at or before `now`, each at its own instant.
pub fn settle(app: &App, tx: &mut Tx<'_>, lot: Lot, now: Instant) -> Result<Lot, Stop> {
    let mut lot = lot;
    loop {
        if lot.stage.in_session() {
            let (after, moved) = super::bidding::settle_room(app, tx, lot, now)?;
            lot = after;
            if !moved {
                return Ok(lot);
            }
            continue;
        }
        let Some((at, what)) = due::next(&lot).filter(|(at, _)| *at <= now) else { return Ok(lot) };
        let events = decide(tx, &lot, what)?;
        lot = record::lot_events(app, tx, lot, events, &Hand::clock(), at)?;
    }
}

fn decide(tx: &mut Tx<'_>, lot: &Lot, what: Due) -> Result<Vec<LotEvent>, Stop> {
    Ok(match what {
        Due::CloseListing => {
            let count = crate::store::applications::submitted_count(tx, lot.id)?;
            listing::close(lot, count)?
        }
        Due::ReturnUncorrected => intake::return_uncorrected(lot)?,
        Due::OpenSession => session::opened(lot)?,
        Due::EndPublicity => {
            let number = super::deal::paper_no(lot, LotPaper::Confirmation, 1)?;
            result::end_publicity(lot, &number)?
        }
    })
}

/// Settles one lot in a transaction of its own.
pub fn settle_lot(app: &App, id: LotId, now: Instant) -> Result<Lot, Stop> {
    let (lot, moved) = app.store.write(|tx| {
        let stored = tx.claim_lot(id)?.ok_or(Refusal::NotFound)?;
        let seq = stored.lot.seq;
        let lot = settle(app, tx, stored.lot, now)?;
        let moved = lot.seq != seq || lot.stage.in_session();
        Ok((lot, moved))
    })?;
    if moved {
        app.hub.changed(id);
    }
    Ok(lot)
}

/// Refuses unless this act is open to the caller now, the clock settled first where something is due.
///
/// # Errors
/// What the act itself would be refused with before it looks at anything that was typed.
pub fn open_to(app: &App, actor: &Actor, id: LotId, act: Act) -> Result<(), Stop> {
    let now = app.clock.now();
    let stored = app.store.read(|db| lots::find(db, id))?.ok_or(Refusal::NotFound)?.lot;
    let waits = stored.stage.in_session() || due::next(&stored).is_some_and(|(at, _)| at <= now);
    let lot = if waits { settle_lot(app, id, now)? } else { stored };
    let departments = lot.departments();
    Ok(permit(act, Some(actor), &lot.case(&departments))?)
}

/// Settles all lots that are due; gives how many it touched.
pub fn settle_due(app: &App) -> Result<usize, Stop> {
    settle_due_since(app, Instant::from_micros(0))
}

/// Settles the lots that fell due at or after `from`. One lot that cannot be settled does not
/// hold up the others; its fault is given at the end.
pub fn settle_due_since(app: &App, from: Instant) -> Result<usize, Stop> {
    let now = app.clock.now();
    let mut ids = app.store.read(|db| lots::due(db, from, now, 100))?;
    for id in app.store.read(|db| crate::store::rooms::due(db, from, now, 100))? {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    super::each(ids, |id| settle_lot(app, id, now).map(|_| true))
}
