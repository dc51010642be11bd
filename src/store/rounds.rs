//! Listing rounds (挂牌轮次): the published notice and the frozen rules of each.

use diesel::prelude::*;

use super::schema::rounds;
use super::{Fault, Read, Tx, from_json, stored_id, to_json};
use crate::domain::base::ids::{LotId, RoundId};
use crate::domain::base::{Fen, Instant};
use crate::domain::listing::notice::Published;

/// A round as stored. It is written once and never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Its id.
    pub id: RoundId,
    /// The lot.
    pub lot: LotId,
    /// 1 for the first.
    pub number: u32,
    /// The notice.
    pub notice: Published,
    /// SM3 of the notice's text.
    pub notice_hash: String,
    /// Rules, variety and fee table in force, canonical JSON; only the act that froze it reads it.
    pub snapshot: String,
    /// Its SM3.
    pub snapshot_hash: String,
    /// Publication.
    pub published_at: Instant,
    /// Close.
    pub closes_at: Instant,
    /// Deposit.
    pub deposit: Fen,
}

type Row = (String, String, i64, String, String, String, String, chrono::NaiveDateTime, chrono::NaiveDateTime, i64);

const COLUMNS: (
    rounds::id,
    rounds::lot_id,
    rounds::number,
    rounds::notice,
    rounds::notice_hash,
    rounds::snapshot,
    rounds::snapshot_hash,
    rounds::published_at,
    rounds::closes_at,
    rounds::deposit_fen,
) = (
    rounds::id,
    rounds::lot_id,
    rounds::number,
    rounds::notice,
    rounds::notice_hash,
    rounds::snapshot,
    rounds::snapshot_hash,
    rounds::published_at,
    rounds::closes_at,
    rounds::deposit_fen,
);

fn round(row: Row) -> Result<Round, Fault> {
    let (id, lot, number, notice, notice_hash, snapshot, snapshot_hash, published, closes, deposit) = row;
    Ok(Round {
        id: stored_id("rounds.id", &id)?,
        lot: stored_id("rounds.lot_id", &lot)?,
        number: u32::try_from(number).map_err(|e| Fault::Inconsistent(format!("rounds.number: {e}")))?,
        notice: from_json("rounds.notice", &notice)?,
        notice_hash,
        snapshot,
        snapshot_hash,
        published_at: Instant::from_utc(published),
        closes_at: Instant::from_utc(closes),
        deposit: Fen(deposit),
    })
}

/// One round.
pub fn find(db: &mut impl Read, id: RoundId) -> Result<Option<Round>, Fault> {
    let row: Option<Row> = rounds::table.find(id.to_string()).select(COLUMNS).first(db.conn()).optional()?;
    row.map(round).transpose()
}

/// The rounds of a lot, first to last.
pub fn of_lot(db: &mut impl Read, lot: LotId) -> Result<Vec<Round>, Fault> {
    let rows: Vec<Row> = rounds::table
        .filter(rounds::lot_id.eq(lot.to_string()))
        .order(rounds::number)
        .select(COLUMNS)
        .load(db.conn())?;
    rows.into_iter().map(round).collect()
}

/// The latest round of a lot.
pub fn latest(db: &mut impl Read, lot: LotId) -> Result<Option<Round>, Fault> {
    Ok(of_lot(db, lot)?.pop())
}

impl Tx<'_> {
    /// A new round.
    pub fn insert_round(&mut self, r: &Round) -> Result<(), Fault> {
        diesel::insert_into(rounds::table)
            .values((
                rounds::id.eq(r.id.to_string()),
                rounds::lot_id.eq(r.lot.to_string()),
                rounds::number.eq(i64::from(r.number)),
                rounds::notice_no.eq(&r.notice.notice_no),
                rounds::notice.eq(to_json("rounds.notice", &r.notice)?),
                rounds::notice_hash.eq(&r.notice_hash),
                rounds::snapshot.eq(&r.snapshot),
                rounds::snapshot_hash.eq(&r.snapshot_hash),
                rounds::published_at.eq(r.published_at.utc()),
                rounds::closes_at.eq(r.closes_at.utc()),
                rounds::deposit_fen.eq(r.deposit.0),
            ))
            .execute(self.conn)?;
        self.wrote("rounds", r.id);
        Ok(())
    }
}
