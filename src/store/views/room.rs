//! What the bidding room's pages show. Nothing here names a person: bidders are their numbers.

pub use crate::store::bids::{Bidder, StoredBid};

use crate::domain::auction::Room;
use crate::domain::base::Instant;
use crate::domain::base::ids::{LotId, PartyId};
use crate::domain::lot::{Lot, LotEvent};
use crate::store::{Fault, Read, bids, lots, rooms};

/// A lot's room with its record.
#[derive(Clone, Debug)]
pub struct RoomView {
    /// The lot.
    pub lot: Lot,
    /// The room.
    pub room: Room,
    /// Accepted bids in order.
    pub bids: Vec<StoredBid>,
    /// Outages: when and what the public is told.
    pub incidents: Vec<(Instant, String)>,
    /// Changes whenever watchers have something new to see.
    pub pulse: String,
}

/// The room of a public lot; `None` while no session is scheduled.
pub fn of(db: &mut impl Read, lot_no: &str) -> Result<Option<RoomView>, Fault> {
    let Some(lot) = lots::find_by_no(db, lot_no)?.map(|l| l.lot).filter(|l| l.public) else { return Ok(None) };
    let Some(id) = lot.session.as_ref().map(|s| s.room) else { return Ok(None) };
    // The pulse first: what changes in between makes a newer one.
    let pulse = rooms::pulse(db, id)?;
    let Some(stored) = rooms::find(db, id)? else { return Ok(None) };
    let bids = bids::of_room(db, id)?;
    let incidents = lots::events(db, lot.id)?
        .into_iter()
        .filter_map(|record| match record.event {
            LotEvent::SessionPaused { reason } => {
                Some((record.at, format!("竞价暂停。{reason}。已接受的报价继续有效。")))
            }
            LotEvent::SessionResumed { .. } => Some((record.at, "已宣布恢复竞价。".to_owned())),
            _ => None,
        })
        .collect();
    Ok(Some(RoomView { lot, room: stored.room, bids, incidents, pulse }))
}

/// The room as one bidder's own place shows it: of the bids only his newest, and no incidents. `None` for who is no
/// bidder of the lot.
pub fn of_bidder(db: &mut impl Read, lot_no: &str, party: PartyId) -> Result<Option<(RoomView, Bidder)>, Fault> {
    let Some(lot) = lots::find_by_no(db, lot_no)?.map(|l| l.lot).filter(|l| l.public) else { return Ok(None) };
    let Some(id) = lot.session.as_ref().map(|s| s.room) else { return Ok(None) };
    let Some(bidder) = bids::bidder_of(db, lot.id, party)? else { return Ok(None) };
    let pulse = rooms::pulse(db, id)?;
    let Some(stored) = rooms::find(db, id)? else { return Ok(None) };
    let bids = bids::newest_of(db, id, &bidder.no.to_string())?.into_iter().collect();
    Ok(Some((RoomView { lot, room: stored.room, bids, incidents: Vec::new(), pulse }, bidder)))
}

/// The lot behind a number and the pulse of its room: a cheap look for changes.
pub fn pulse(db: &mut impl Read, lot_no: &str) -> Result<Option<(LotId, String)>, Fault> {
    let Some(lot) = lots::find_by_no(db, lot_no)?.map(|l| l.lot).filter(|l| l.public) else { return Ok(None) };
    let Some(id) = lot.session.as_ref().map(|s| s.room) else { return Ok(None) };
    Ok(Some((lot.id, rooms::pulse(db, id)?)))
}

/// A lot by its id.
pub fn lot(db: &mut impl Read, id: LotId) -> Result<Option<Lot>, Fault> {
    Ok(lots::find(db, id)?.map(|l| l.lot))
}

/// The bidder that a party is in a lot.
pub fn seat(db: &mut impl Read, lot: LotId, party: Option<PartyId>) -> Result<Option<Bidder>, Fault> {
    party.map_or(Ok(None), |party| bids::bidder_of(db, lot, party))
}
