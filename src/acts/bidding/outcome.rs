//! What a closed room comes to: the provisional result (rulebook 2.4, 3.4).

use crate::acts::frozen;
use crate::context::App;
use crate::crypto::suite::sm3;
use crate::domain::auction::{self, BidderNo, Direction, Room, RoomEvent, draw};
use crate::domain::base::calendar::Unconfirmed;
use crate::domain::base::{Fen, Instant};
use crate::domain::lot::{Lot, LotEvent, Outcome, Terms, session};
use crate::domain::refusal::Refusal;
use crate::store::bids::{self, Bidder};
use crate::store::{Fault, Read, Stop, Tx};

/// The draw that a close among equal holders waits for. Its seed is the publication's hash, a
/// nonce that the exchange's key fixes for this room, and the instant of the close.
pub(super) fn draw(app: &App, lot: &Lot, room: &Room) -> Option<RoomEvent> {
    let pool = auction::draw_pool(room);
    if pool.is_empty() {
        return None;
    }
    let auction::Phase::Closed { at, .. } = room.phase() else { return None };
    let hash = |bytes: &[u8]| sm3(&[bytes]).0;
    let notice = lot.listing.as_ref().map_or("", |l| l.notice_hash.as_str());
    let nonce = app.keys.commitment_salt(&["draw", &lot.id.to_string()]).0;
    let seed = draw::seed(&hash(notice.as_bytes()), &nonce, at.rfc3339().as_bytes(), hash);
    let order = draw::draw_order(pool.to_vec(), &seed, hash);
    let (_, drawn) = auction::conclude_draw(room.clone(), *at, order);
    drawn.ok()
}

/// The result of a room with a winner, and its publicity.
pub(super) fn won(
    app: &App,
    tx: &mut Tx<'_>,
    lot: &Lot,
    room: &Room,
    no: BidderNo,
    price: Fen,
    at: Instant,
) -> Result<Vec<LotEvent>, Stop> {
    let all = bids::bidders(tx, lot.id)?;
    let winner = all
        .iter()
        .find(|b| b.no == no)
        .ok_or_else(|| Fault::Inconsistent(format!("lot {}: nobody holds bidder number {no}", lot.id)))?;
    let bidders = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let outcome = outcome_of(lot.terms()?, winner, price, bidders, room.seq(), false)?;
    Ok(session::won(lot, outcome, publicity_ends(app, tx, lot, at)?)?)
}

/// The figures of a result.
pub(crate) fn outcome_of(
    terms: &Terms,
    winner: &Bidder,
    price: Fen,
    bidders: u32,
    bids: u32,
    negotiated: bool,
) -> Result<Outcome, Stop> {
    let months = terms.term.map(|t| t.months);
    let too_big = || Fault::Inconsistent(format!("no total for {price:?}"));
    Ok(Outcome {
        application: winner.application,
        party: winner.party,
        bidder_no: winner.no.to_string(),
        price,
        total: terms.price_unit.total(price, terms.quantity, months).ok_or_else(too_big)?,
        first_year: terms.price_unit.first_year(price, terms.quantity, months).ok_or_else(too_big)?,
        bidders,
        bids,
        premium_bp: auction::signed_gain_bp(Direction::Up, terms.price, price).unwrap_or(0),
        negotiated,
        outsider: winner.outsider,
    })
}

/// When the publicity of a result known at `at` ends: at the close of business of its last working day.
pub(crate) fn publicity_ends(app: &App, db: &mut impl Read, lot: &Lot, at: Instant) -> Result<Instant, Stop> {
    let days = frozen::rules(app, db, lot.id)?.publicity_days(lot.variety.category(), lot.terms()?.ownership);
    let unconfirmed = |u: Unconfirmed| Refusal::CalendarUnconfirmed { year: u.year };
    Ok(app.market.calendar.due(at, days, true).map_err(unconfirmed)?)
}
