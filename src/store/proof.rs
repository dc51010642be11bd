//! Rows as they stand, for the verification: texts unread, so that a row that cannot be read is
//! named instead of stopping everything.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::journal::StoredHead;
use super::schema::{
    applications, bids, certificates, documents, holds, journal_head, journal_nodes, ledger_chain, ledger_entries,
    ledger_lines, lot_events, lots, payment_files, room_events, rooms, sublog, tree_heads,
};
use super::{Fault, Read};
use crate::domain::base::Instant;

/// The stored log's head: its size and peaks as text; `None` when somebody took it away.
pub fn head(db: &mut impl Read) -> Result<Option<(i64, String)>, Fault> {
    Ok(journal_head::table.select((journal_head::size, journal_head::peaks)).first(db.conn()).optional()?)
}

/// Every signed head, smallest first.
pub fn heads(db: &mut impl Read) -> Result<Vec<StoredHead>, Fault> {
    let rows: Vec<(i64, String, NaiveDateTime, String, String)> =
        tree_heads::table.order(tree_heads::size).load(db.conn())?;
    Ok(rows.into_iter().map(|(size, root, at, sig, key)| (size, root, Instant::from_utc(at), sig, key)).collect())
}

/// The stored nodes of one level from index `from` to before `to`.
pub fn nodes(db: &mut impl Read, level: i64, from: i64, to: i64) -> Result<Vec<(i64, String)>, Fault> {
    Ok(journal_nodes::table
        .filter(journal_nodes::level.eq(level))
        .filter(journal_nodes::idx.ge(from))
        .filter(journal_nodes::idx.lt(to))
        .order(journal_nodes::idx)
        .select((journal_nodes::idx, journal_nodes::hash))
        .load(db.conn())?)
}

/// How many nodes are stored.
pub fn node_count(db: &mut impl Read) -> Result<i64, Fault> {
    Ok(journal_nodes::table.count().get_result(db.conn())?)
}

/// Ids and public numbers of all lots.
pub fn lots(db: &mut impl Read) -> Result<Vec<(String, Option<String>)>, Fault> {
    Ok(lots::table.order(lots::id).select((lots::id, lots::lot_no)).load(db.conn())?)
}

/// An event of a lot as stored.
#[derive(Queryable)]
pub struct LotEventRow {
    /// Position.
    pub seq: i64,
    /// When.
    pub at: NaiveDateTime,
    /// Whose hand.
    pub account_id: Option<String>,
    /// As what.
    pub post: String,
    /// Which event.
    pub kind: String,
    /// The event's text.
    pub body: String,
}

/// The events of a lot in order.
pub fn lot_events(db: &mut impl Read, lot: &str) -> Result<Vec<LotEventRow>, Fault> {
    Ok(lot_events::table
        .filter(lot_events::lot_id.eq(lot))
        .order(lot_events::seq)
        .select((
            lot_events::seq,
            lot_events::at,
            lot_events::account_id,
            lot_events::post,
            lot_events::kind,
            lot_events::body,
        ))
        .load(db.conn())?)
}

/// A room as stored.
#[derive(Queryable)]
pub struct RoomRow {
    /// Its id.
    pub id: String,
    /// The lot it sells.
    pub lot_id: String,
    /// The room's text.
    pub state: String,
    /// The phase's name.
    pub phase: String,
    /// When its clock must act.
    pub due_at: Option<NaiveDateTime>,
}

/// The rooms of one lot, or all.
pub fn rooms(db: &mut impl Read, lot: Option<&str>) -> Result<Vec<RoomRow>, Fault> {
    let columns = (rooms::id, rooms::lot_id, rooms::state, rooms::phase, rooms::due_at);
    Ok(match lot {
        Some(lot) => rooms::table.filter(rooms::lot_id.eq(lot)).order(rooms::id).select(columns).load(db.conn())?,
        None => rooms::table.order(rooms::id).select(columns).load(db.conn())?,
    })
}

/// The events of a room in order: position, instant, text.
pub fn room_events(db: &mut impl Read, room: &str) -> Result<Vec<(i64, Instant, String)>, Fault> {
    let rows: Vec<(i64, NaiveDateTime, String)> = room_events::table
        .filter(room_events::room_id.eq(room))
        .order(room_events::seq)
        .select((room_events::seq, room_events::at, room_events::body))
        .load(db.conn())?;
    Ok(rows.into_iter().map(|(seq, at, body)| (seq, Instant::from_utc(at), body)).collect())
}

/// A bid as stored, with the lot and number of the application it names.
#[derive(Queryable)]
pub struct BidRow {
    /// Its id.
    pub id: String,
    /// The application it names.
    pub application_id: String,
    /// The key that makes it once.
    pub idempotency_key: String,
    /// The digest of its address.
    pub source: String,
    /// Position in the room.
    pub seq: i64,
    /// The lot.
    pub lot_id: String,
    /// The bidder's number.
    pub bidder_no: String,
    /// The amount.
    pub amount_fen: i64,
    /// `raise` or `match`.
    pub kind: String,
    /// `free` or `limited`.
    pub phase: String,
    /// The stamp.
    pub received_at: NaiveDateTime,
    /// Its leaf.
    pub journal_index: i64,
    /// The signed receipt's text.
    pub receipt: String,
    /// The application's lot.
    pub application_lot: String,
    /// The application's number.
    pub application_no: Option<String>,
}

/// The bids of a room in order.
pub fn bids(db: &mut impl Read, room: &str) -> Result<Vec<BidRow>, Fault> {
    Ok(bids::table
        .inner_join(applications::table.on(applications::id.eq(bids::application_id)))
        .filter(bids::room_id.eq(room))
        .order(bids::seq)
        .select((
            bids::id,
            bids::application_id,
            bids::idempotency_key,
            bids::source,
            bids::seq,
            bids::lot_id,
            bids::bidder_no,
            bids::amount_fen,
            bids::kind,
            bids::phase,
            bids::received_at,
            bids::journal_index,
            bids::receipt,
            applications::lot_id,
            applications::bidder_no,
        ))
        .load(db.conn())?)
}

/// Numbers of all certificates.
pub fn certificates(db: &mut impl Read) -> Result<Vec<String>, Fault> {
    Ok(certificates::table.order(certificates::number).select(certificates::number).load(db.conn())?)
}

/// A document's row as far as its file goes.
#[derive(Queryable)]
pub struct DocumentRow {
    /// Its id.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// SM3 of its bytes.
    pub sm3: String,
    /// Bytes.
    pub size_bytes: i64,
    /// Its name in the file store.
    pub storage_key: String,
}

/// Every document.
pub fn documents(db: &mut impl Read) -> Result<Vec<DocumentRow>, Fault> {
    Ok(documents::table
        .order(documents::id)
        .select((documents::id, documents::name, documents::sm3, documents::size_bytes, documents::storage_key))
        .load(db.conn())?)
}

/// A payment file: id, number, SM3 of its bytes, and the bytes as they are sealed.
pub type PaymentFileRow = (String, String, String, Vec<u8>);

/// Every payment file: number, SM3, content.
pub fn payment_files(db: &mut impl Read) -> Result<Vec<PaymentFileRow>, Fault> {
    Ok(payment_files::table
        .order(payment_files::number)
        .select((payment_files::id, payment_files::number, payment_files::sm3, payment_files::content))
        .load(db.conn())?)
}

/// A ledger entry as stored.
#[derive(Queryable)]
pub struct EntryRow {
    /// Its id.
    pub id: String,
    /// When.
    pub at: NaiveDateTime,
    /// Why.
    pub reason: String,
    /// Its key.
    pub key: String,
    /// The lot.
    pub lot_id: Option<String>,
    /// By whom.
    pub actor_id: Option<String>,
    /// Remark.
    pub memo: String,
}

/// Every ledger entry.
pub fn entries(db: &mut impl Read) -> Result<Vec<EntryRow>, Fault> {
    Ok(ledger_entries::table
        .order((ledger_entries::at, ledger_entries::id))
        .select((
            ledger_entries::id,
            ledger_entries::at,
            ledger_entries::reason,
            ledger_entries::idempotency_key,
            ledger_entries::lot_id,
            ledger_entries::actor_id,
            ledger_entries::memo,
        ))
        .load(db.conn())?)
}

/// A deposit as stored.
#[derive(Queryable)]
pub struct HoldRow {
    /// Its id.
    pub id: String,
    /// Whose.
    pub application_id: String,
    /// The line that brought it.
    pub bank_line_id: String,
    /// How much.
    pub amount_fen: i64,
    /// Where it stands.
    pub status: String,
}

/// Every deposit.
pub fn holds(db: &mut impl Read) -> Result<Vec<HoldRow>, Fault> {
    Ok(holds::table
        .order(holds::id)
        .select((holds::id, holds::application_id, holds::bank_line_id, holds::amount_fen, holds::status))
        .load(db.conn())?)
}

/// Every ledger line in order: entry, position in it, account, amount.
pub fn lines(db: &mut impl Read) -> Result<Vec<(String, i64, String, i64)>, Fault> {
    Ok(ledger_lines::table.order((ledger_lines::entry_id, ledger_lines::ord)).load(db.conn())?)
}

/// The ledger's chain in order: position, entry, hash.
pub fn chain(db: &mut impl Read) -> Result<Vec<(i64, String, String)>, Fault> {
    Ok(ledger_chain::table.order(ledger_chain::seq).load(db.conn())?)
}

/// The text of an entry that the chain takes in.
pub fn posting_text(entry: &EntryRow, lines: &[(String, i64)]) -> Result<String, Fault> {
    super::ledger::Posting {
        key: &entry.key,
        at: Instant::from_utc(entry.at).micros(),
        reason: &entry.reason,
        lot: entry.lot_id.clone(),
        actor: entry.actor_id.clone(),
        memo: &entry.memo,
        lines: lines.to_vec(),
    }
    .text()
}

/// The sealed sublog of a lot in order: position, instant, sealed text, hash.
pub fn sublog(db: &mut impl Read, lot: &str) -> Result<Vec<(i64, Instant, String, String)>, Fault> {
    let rows: Vec<(i64, NaiveDateTime, String, String)> = sublog::table
        .filter(sublog::lot_id.eq(lot))
        .order(sublog::seq)
        .select((sublog::seq, sublog::at, sublog::sealed, sublog::hash))
        .load(db.conn())?;
    Ok(rows.into_iter().map(|(seq, at, sealed, hash)| (seq, Instant::from_utc(at), sealed, hash)).collect())
}
