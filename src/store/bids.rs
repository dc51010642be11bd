//! Bids, and what the exchange knows of a bidder at the moment of a bid.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::ledger;
use super::schema::{applications, bids};
use super::{Fault, Read, Tx, stored, stored_id};
use crate::domain::auction::BidderNo;
use crate::domain::base::ids::{AccountId, ApplicationId, LotId, PartyId, RoomId};
use crate::domain::base::{Fen, Instant};

/// A bidder of a lot: an application that was given a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bidder {
    /// The application.
    pub application: ApplicationId,
    /// Whose.
    pub party: PartyId,
    /// The account that applied.
    pub account: AccountId,
    /// The number in this lot.
    pub no: BidderNo,
    /// Qualification approved.
    pub qualified: bool,
    /// Deposit held now, by the ledger.
    pub deposit: Fen,
    /// Agreed to the bidding rules.
    pub agreed: bool,
    /// Rank of the approved priority right.
    pub priority_rank: Option<u8>,
    /// No member of the collective.
    pub outsider: bool,
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
    /// Salted digest of the address it came from; empty where none was known.
    pub source: String,
}

type BidderRow = (String, String, String, String, Option<i64>, bool, Option<String>, Option<NaiveDateTime>);
const BIDDER: (
    applications::id,
    applications::party_id,
    applications::account_id,
    applications::status,
    applications::priority_rank,
    applications::outsider,
    applications::bidder_no,
    applications::agreed_at,
) = (
    applications::id,
    applications::party_id,
    applications::account_id,
    applications::status,
    applications::priority_rank,
    applications::outsider,
    applications::bidder_no,
    applications::agreed_at,
);

fn bidder(db: &mut impl Read, row: BidderRow) -> Result<Option<Bidder>, Fault> {
    let (id, party, account, status, rank, outsider, no, agreed) = row;
    let Some(no) = no else { return Ok(None) };
    let application: ApplicationId = stored_id("applications.id", &id)?;
    Ok(Some(Bidder {
        application,
        party: stored_id("applications.party_id", &party)?,
        account: stored_id("applications.account_id", &account)?,
        no: stored("applications.bidder_no", no.parse().ok(), &no)?,
        qualified: status == "qualified",
        deposit: ledger::deposit_of(db, application)?,
        agreed: agreed.is_some(),
        priority_rank: rank.map(priority_rank).transpose()?,
        outsider,
    }))
}

/// A rank that no rule gives would lose its priority in silence, so it is a fault.
fn priority_rank(stored: i64) -> Result<u8, Fault> {
    u8::try_from(stored).map_err(|e| Fault::Inconsistent(format!("applications.priority_rank: {e}")))
}

/// The bidder that this party is in the lot; `None` without a number.
pub fn bidder_of(db: &mut impl Read, lot: LotId, party: PartyId) -> Result<Option<Bidder>, Fault> {
    let row: Option<BidderRow> = applications::table
        .filter(applications::lot_id.eq(lot.to_string()))
        .filter(applications::party_id.eq(party.to_string()))
        .select(BIDDER)
        .first(db.conn())
        .optional()?;
    row.map_or(Ok(None), |row| bidder(db, row))
}

/// The bidders of a lot that have a number and are qualified, by number.
pub fn bidders(db: &mut impl Read, lot: LotId) -> Result<Vec<Bidder>, Fault> {
    let rows: Vec<BidderRow> = applications::table
        .filter(applications::lot_id.eq(lot.to_string()))
        .filter(applications::status.eq("qualified"))
        .filter(applications::bidder_no.is_not_null())
        .order(applications::bidder_no)
        .select(BIDDER)
        .load(db.conn())?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.extend(bidder(db, row)?);
    }
    Ok(all)
}

type Row = (String, i64, String, i64, String, String, NaiveDateTime, i64, String, String, String);
const BID: (
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
    bids::source,
) = (
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
    bids::source,
);

fn bid(
    (application, seq, bidder_no, amount_fen, kind, phase, at, journal_index, receipt, key, source): Row,
) -> Result<StoredBid, Fault> {
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
        source,
    })
}

/// The bids of a room in order.
pub fn of_room(db: &mut impl Read, id: RoomId) -> Result<Vec<StoredBid>, Fault> {
    let rows: Vec<Row> =
        bids::table.filter(bids::room_id.eq(id.to_string())).order(bids::seq).select(BID).load(db.conn())?;
    rows.into_iter().map(bid).collect()
}

/// The newest bid of one bidder in a room.
pub fn newest_of(db: &mut impl Read, id: RoomId, bidder_no: &str) -> Result<Option<StoredBid>, Fault> {
    bids::table
        .filter(bids::room_id.eq(id.to_string()))
        .filter(bids::bidder_no.eq(bidder_no))
        .order(bids::seq.desc())
        .select(BID)
        .first::<Row>(db.conn())
        .optional()?
        .map(bid)
        .transpose()
}

/// The bid that was placed with this key.
pub fn by_key(db: &mut impl Read, key: &str) -> Result<Option<StoredBid>, Fault> {
    bids::table
        .filter(bids::idempotency_key.eq(key))
        .select(BID)
        .first::<Row>(db.conn())
        .optional()?
        .map(bid)
        .transpose()
}

/// A party's bid whose key ends like this.
pub fn by_party_and_key(db: &mut impl Read, party: PartyId, suffix: &str) -> Result<Option<StoredBid>, Fault> {
    let own: Vec<String> = applications::table
        .filter(applications::party_id.eq(party.to_string()))
        .select(applications::id)
        .load(db.conn())?;
    let keys: Vec<String> = own.into_iter().map(|id| format!("{id}{suffix}")).collect();
    bids::table
        .filter(bids::idempotency_key.eq_any(keys))
        .select(BID)
        .first::<Row>(db.conn())
        .optional()?
        .map(bid)
        .transpose()
}

impl Tx<'_> {
    /// Appends a bid.
    pub fn insert_bid(&mut self, id: uuid::Uuid, room: RoomId, lot: LotId, b: &StoredBid) -> Result<(), Fault> {
        diesel::insert_into(bids::table)
            .values((
                bids::id.eq(id.to_string()),
                bids::room_id.eq(room.to_string()),
                bids::lot_id.eq(lot.to_string()),
                bids::application_id.eq(b.application.to_string()),
                bids::seq.eq(b.seq),
                bids::bidder_no.eq(&b.bidder_no),
                bids::amount_fen.eq(b.amount_fen),
                bids::kind.eq(&b.kind),
                bids::phase.eq(&b.phase),
                bids::received_at.eq(b.received_at.utc()),
                bids::journal_index.eq(b.journal_index),
                bids::receipt.eq(&b.receipt),
                bids::idempotency_key.eq(&b.idempotency_key),
                bids::source.eq(&b.source),
            ))
            .execute(self.conn)?;
        Ok(())
    }
}
