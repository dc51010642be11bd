//! Placing a bid: the stamp decides, the room's claim orders, the key makes it once (architecture 5).

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;

use super::{CLOSE_GRACE_MS, fell_silent, leaf, row_commitment, store_room};
use crate::acts::{clock, record};
use crate::context::{App, new_id};
use crate::crypto::receipt::{BidReceipt, SignedReceipt};
use crate::crypto::statement::Signed;
use crate::domain::actor::Actor;
use crate::domain::auction::{
    self, AcceptedBid, AcceptedKind, BidIntent, BidKind, BidRefusal, BidderStanding, RoomEvent, TradingPhase,
};
use crate::domain::base::ids::{PartyId, RoomId};
use crate::domain::base::{Fen, Instant};
use crate::domain::lot::Lot;
use crate::domain::refusal::Refusal;
use crate::store::bids::{self, Bidder, StoredBid};
use crate::store::rooms::{self, StoredRoom};
use crate::store::{Fault, Stop, Tx, lots};

/// A bid waits for earlier ones at most this long.
const LANE_WAIT: Duration = Duration::from_secs(2);
/// How often the clock is settled before one bid.
const ATTEMPTS: u32 = 4;

/// What the bidder wants, amounts as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A better price.
    Raise(String),
    /// The same price by priority right.
    Match(String),
}

/// One bid as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BidOrder {
    /// What is wanted.
    pub wanted: Wanted,
    /// The number of the newest bid the bidder saw; `None` skips the check.
    pub seen_seq: Option<u32>,
    /// The bidder confirmed an unusually large step.
    pub confirmed_big: bool,
    /// The form's or client's key: the same key is one bid, whatever happens on the way.
    pub idempotency_key: String,
    /// When the request entered the server.
    pub received: Instant,
    /// The address it came from; empty where there is none. Only a salted digest of it is kept.
    pub address: String,
}

/// An accepted bid with its receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Its number in the room, from 1.
    pub seq: u32,
    /// The signed receipt.
    pub receipt: SignedReceipt,
    /// The key had been used before: this is the answer of then.
    pub repeated: bool,
}

/// The answer to a bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BidAnswer {
    /// Stands, and cannot be taken back.
    Accepted(Box<Accepted>),
    /// Changed nothing.
    Refused(BidRefusal),
}

enum Attempt {
    Done(BidAnswer),
    SettleFirst,
}

/// What the engine asks of a bidder.
pub fn standing(lot: &Lot, bidder: &Bidder) -> BidderStanding {
    let asked = lot.terms.as_ref().map_or(Fen::MAX, |t| t.deposit);
    BidderStanding {
        no: bidder.no,
        qualified: bidder.qualified,
        deposit_confirmed: bidder.deposit >= asked,
        agreed: bidder.agreed,
        priority_rank: bidder.priority_rank,
    }
}

fn intent(lot: &Lot, bidder: &Bidder, order: &BidOrder) -> Result<BidIntent, BidRefusal> {
    let kind = match &order.wanted {
        Wanted::Raise(text) => BidKind::Raise { price: Fen::parse(text) },
        Wanted::Match(text) => {
            let price = Fen::parse(text).map_err(|e| BidRefusal::BadNumber(auction::BadNumber::Unread(e)))?;
            BidKind::PriorityMatch { price }
        }
    };
    Ok(BidIntent {
        bidder: standing(lot, bidder),
        kind,
        received: order.received,
        seen_seq: order.seen_seq,
        confirmed_big: order.confirmed_big,
    })
}

/// What would become of this bid now; records nothing. For the confirm page.
pub fn preview(room: &auction::Room, lot: &Lot, bidder: &Bidder, order: &BidOrder) -> Result<AcceptedBid, BidRefusal> {
    auction::bid(room.clone(), &intent(lot, bidder, order)?).outcome
}

/// Places a bid for the caller's party.
///
/// # Errors
/// `NotFound` for a lot without a public session; a refusal for who is no bidder; `BID_UNKNOWN`
/// when nobody can say whether the commit went through: the same key then tells.
pub fn place(app: &App, actor: &Actor, lot_no: &str, order: &BidOrder) -> Result<BidAnswer, Stop> {
    let ticket = app.hub.lane().enter(lot_no, order.received);
    place_in_turn(app, actor, lot_no, order, &ticket)
}

/// The same for a bid that took its place in the lane when it entered the server.
pub fn place_in_turn(
    app: &App,
    actor: &Actor,
    lot_no: &str,
    order: &BidOrder,
    ticket: &crate::live::Ticket,
) -> Result<BidAnswer, Stop> {
    let party = actor.party.ok_or_else(not_a_bidder)?;
    ticket.wait_turn(LANE_WAIT);
    for _ in 0..ATTEMPTS {
        let (lot, stored) = app
            .store
            .read(|db| {
                let Some(lot) = lots::find_by_no(db, lot_no)?.map(|l| l.lot).filter(|l| l.public) else {
                    return Ok(None);
                };
                let Some(session) = &lot.session else { return Ok(None) };
                Ok(rooms::find(db, session.room)?.map(|room| (lot, room)))
            })?
            .ok_or(Refusal::NotFound)?;
        settle_before(app, &lot, &stored, order.received)?;
        match decide(app, &lot, stored.id, party, order) {
            Ok(Attempt::Done(answer)) => {
                app.hub.changed(lot.id);
                return Ok(answer);
            }
            Ok(Attempt::SettleFirst) => {}
            Err(Stop::Fault(fault)) => return after_fault(app, party, order, fault),
            Err(refused) => return Err(refused),
        }
    }
    Err(Refusal::TooMany { wait_secs: 1 }.into())
}

/// What was due before the stamp happens first, in a transaction of its own.
fn settle_before(app: &App, lot: &Lot, stored: &StoredRoom, received: Instant) -> Result<(), Stop> {
    if fell_silent(app, stored, received).is_some() {
        clock::settle_lot(app, lot.id, received)?;
        return Ok(());
    }
    let Some(due) = auction::due(&stored.room).filter(|due| *due <= received) else { return Ok(()) };
    let mut until = received;
    if super::closes_next(&stored.room) {
        // Another process may still hold a bid that was in time.
        let grace = due.plus_ms(CLOSE_GRACE_MS);
        let wait = grace.ms_since(app.clock.now()).clamp(0, CLOSE_GRACE_MS);
        std::thread::sleep(Duration::from_millis(u64::try_from(wait).unwrap_or(0)));
        until = received.max(grace);
    }
    clock::settle_lot(app, lot.id, until)?;
    Ok(())
}

fn decide(app: &App, lot: &Lot, room: RoomId, party: PartyId, order: &BidOrder) -> Result<Attempt, Stop> {
    app.store.write(|tx| {
        let stored = tx.claim_room(room)?.ok_or_else(|| Fault::Inconsistent(format!("room {room} is missing")))?;
        let bidder = bids::bidder_of(tx, lot.id, party)?.ok_or_else(not_a_bidder)?;
        if let Some(bid) = bids::by_key(tx, &stored_key(&bidder, order))? {
            return Ok(Attempt::Done(earlier(&bid)?));
        }
        let intent = match intent(lot, &bidder, order) {
            Ok(intent) => intent,
            Err(refusal) => return refuse(app, tx, lot, &bidder, order, refusal),
        };
        let decision = auction::bid(stored.room, &intent);
        if !decision.settled.is_empty() {
            return Ok(Attempt::SettleFirst);
        }
        match decision.outcome {
            Err(refusal) => refuse(app, tx, lot, &bidder, order, refusal),
            Ok(accepted) => tx.nested(|tx| accept(app, tx, lot, (room, &decision.room), &bidder, order, accepted)),
        }
    })
}

fn accept(
    app: &App,
    tx: &mut Tx<'_>,
    lot: &Lot,
    (id, room): (RoomId, &auction::Room),
    bidder: &Bidder,
    order: &BidOrder,
    accepted: AcceptedBid,
) -> Result<Attempt, Stop> {
    let (row, key, source) = (new_id(), stored_key(bidder, order), source(app, lot, &order.address));
    let own = [&row.to_string(), &bidder.application.to_string(), &key, &source];
    let own = row_commitment(&app.keys, &id.to_string(), i64::from(accepted.seq), own.map(String::as_str));
    let event = RoomEvent::BidAccepted(accepted);
    store_room(tx, id, room, std::slice::from_ref(&event))?;
    // The receipt names the leaf, so this one does not wait for the end; nothing is claimed after it.
    let (kind, mut body) = leaf(app, id, room, &BTreeMap::new(), &event)?;
    body["row"] = json!(own);
    let index = tx.journal_now(event.at(), kind, &record::subject(lot), body)?;
    let payload = BidReceipt {
        lot_no: record::subject(lot),
        bidder_no: accepted.bidder.to_string(),
        amount_fen: accepted.price,
        received_at: accepted.received,
        seq: u64::from(accepted.seq),
        journal_index: u64::try_from(index).unwrap_or(0),
    };
    let receipt =
        Signed::sign(payload, app.keys.receipt()).map_err(|e| Fault::Inconsistent(format!("receipt: {e}")))?;
    let bid = StoredBid {
        application: bidder.application,
        seq: i64::from(accepted.seq),
        bidder_no: accepted.bidder.to_string(),
        amount_fen: accepted.price.0,
        kind: kind_name(accepted.kind).to_owned(),
        phase: match accepted.phase {
            TradingPhase::Free => "free",
            TradingPhase::Limited => "limited",
        }
        .to_owned(),
        received_at: accepted.received,
        journal_index: index,
        receipt: serde_json::to_string(&receipt).map_err(|e| Fault::Inconsistent(e.to_string()))?,
        idempotency_key: key,
        source,
    };
    tx.insert_bid(row, id, lot.id, &bid)?;
    let accepted = Accepted { seq: accepted.seq, receipt, repeated: false };
    Ok(Attempt::Done(BidAnswer::Accepted(Box::new(accepted))))
}

/// Eight characters that are the same for the same address in one lot, and tell nobody which it is.
fn source(app: &App, lot: &Lot, address: &str) -> String {
    if address.is_empty() {
        return String::new();
    }
    app.keys.commit(&["bid.source", &lot.id.to_string()], address).hex().chars().take(8).collect()
}

fn kind_name(kind: AcceptedKind) -> &'static str {
    match kind {
        AcceptedKind::Raise => "raise",
        AcceptedKind::PriorityMatch => "match",
    }
}

/// A refusal in the room is evidence: a leaf, unless this bidder's refusals fill the journal.
fn refuse(
    app: &App,
    tx: &mut Tx<'_>,
    lot: &Lot,
    bidder: &Bidder,
    order: &BidOrder,
    refusal: BidRefusal,
) -> Result<Attempt, Stop> {
    let subject = record::subject(lot);
    if app.hub.lane().may_note_refusal(&subject, bidder.no.0, order.received) {
        let body = json!({
            "bidder_no": bidder.no.to_string(),
            "code": refusal.code(),
            "received_at": order.received.rfc3339(),
        });
        tx.journal(order.received, "bid.refused", &subject, body)?;
    }
    Ok(Attempt::Done(BidAnswer::Refused(refusal)))
}

/// The key as it is stored: one bidder's keys never meet another's.
fn stored_key(bidder: &Bidder, order: &BidOrder) -> String {
    format!("{}:{}", bidder.application, order.idempotency_key)
}

fn earlier(bid: &StoredBid) -> Result<BidAnswer, Fault> {
    let receipt: SignedReceipt =
        serde_json::from_str(&bid.receipt).map_err(|e| Fault::Inconsistent(format!("bids.receipt: {e}")))?;
    let seq = u32::try_from(bid.seq).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    Ok(BidAnswer::Accepted(Box::new(Accepted { seq, receipt, repeated: true })))
}

/// Nobody is told "failed" or "accepted" on a broken commit: the key answers, or the bidder is
/// asked to look.
fn after_fault(app: &App, party: PartyId, order: &BidOrder, fault: Fault) -> Result<BidAnswer, Stop> {
    tracing::error!(%fault, "a bid's transaction broke");
    let found = app.store.read(|db| {
        let suffix = format!(":{}", order.idempotency_key);
        bids::by_party_and_key(db, party, &suffix)
    });
    match found {
        Ok(Some(bid)) => Ok(earlier(&bid)?),
        Ok(None) | Err(_) => Err(Refusal::rule(
            "BID_UNKNOWN",
            "系统没有能够确认本次报价是否已经生效。请刷新竞价大厅，核对报价记录中有没有您的竞买号；从原来的确认页面再次提交不会重复报价。",
            "",
        )
        .into()),
    }
}

fn not_a_bidder() -> Refusal {
    let refusal = BidRefusal::NotQualified;
    Refusal::rule(refusal.code(), refusal.message(), refusal.citation())
}
