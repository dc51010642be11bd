//! The ledger's tables: entries and lines only grow, and each entry sums to zero (triggers in `guards`).

use chrono::NaiveDateTime;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::schema::{ledger_chain, ledger_entries, ledger_lines};
use super::{Fault, Read, Stop, Tx, stored, stored_id};
use crate::crypto::journal::chained;
use crate::crypto::suite::sm3;
use crate::domain::base::ids::{AccountId, ApplicationId, LotId};
use crate::domain::base::{Fen, Instant};
use crate::domain::funds::ledger::Posted;
use crate::domain::funds::{Account, Entry, Reason};
use crate::domain::refusal::Refusal;

const SUM: &str = "CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT)";

/// An entry as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    /// When.
    pub at: Instant,
    /// Why.
    pub reason: Reason,
    /// Remark.
    pub memo: String,
    /// Its lines.
    pub lines: Vec<(Account, Fen)>,
}

/// The balance of one account.
pub fn balance(db: &mut impl Read, account: Account) -> Result<Fen, Fault> {
    let sum: i64 = ledger_lines::table
        .filter(ledger_lines::account.eq(account.code()))
        .select(sql::<BigInt>(SUM))
        .get_result(db.conn())?;
    Ok(Fen(sum))
}

/// The deposit that the exchange holds for an application now.
pub fn deposit_of(db: &mut impl Read, id: ApplicationId) -> Result<Fen, Fault> {
    Ok(-balance(db, Account::DepositHeld(id))?)
}

/// Who posted the entry of this key, and when; `None` while there is none.
pub fn posted_by(db: &mut impl Read, key: &str) -> Result<Option<(Option<AccountId>, Instant)>, Fault> {
    let row: Option<(Option<String>, NaiveDateTime)> = ledger_entries::table
        .filter(ledger_entries::idempotency_key.eq(key))
        .select((ledger_entries::actor_id, ledger_entries::at))
        .first(db.conn())
        .optional()?;
    row.map(|(by, at)| {
        let by = by.map(|v| stored_id("ledger_entries.actor_id", &v)).transpose()?;
        Ok((by, Instant::from_utc(at)))
    })
    .transpose()
}

/// The sum over all lines; anything but zero is a fault in the stored data.
pub fn trial_balance(db: &mut impl Read) -> Result<Fen, Fault> {
    Ok(Fen(ledger_lines::table.select(sql::<BigInt>(SUM)).get_result(db.conn())?))
}

/// Every account that ever moved, with its balance, by code.
pub fn balances(db: &mut impl Read) -> Result<Vec<(Account, Fen)>, Fault> {
    let rows: Vec<(String, i64)> = ledger_lines::table
        .group_by(ledger_lines::account)
        .select((ledger_lines::account, sql::<BigInt>(SUM)))
        .order(ledger_lines::account)
        .load(db.conn())?;
    rows.into_iter().map(|(code, fen)| Ok((account(&code)?, Fen(fen)))).collect()
}

fn account(code: &str) -> Result<Account, Fault> {
    stored("ledger_lines.account", code.parse().ok(), code)
}

/// The newest entries with their lines.
pub fn recent(db: &mut impl Read, limit: i64) -> Result<Vec<StoredEntry>, Fault> {
    type Row = (String, NaiveDateTime, String, String);
    let rows: Vec<Row> = ledger_entries::table
        .order((ledger_entries::at.desc(), ledger_entries::id.desc()))
        .limit(limit)
        .select((ledger_entries::id, ledger_entries::at, ledger_entries::reason, ledger_entries::memo))
        .load(db.conn())?;
    rows.into_iter()
        .map(|(id, at, reason, memo)| {
            Ok(StoredEntry {
                at: Instant::from_utc(at),
                reason: stored("ledger_entries.reason", reason.parse().ok(), &reason)?,
                memo,
                lines: lines_of(db, &id)?,
            })
        })
        .collect()
}

fn lines_of(db: &mut impl Read, entry: &str) -> Result<Vec<(Account, Fen)>, Fault> {
    let rows: Vec<(String, i64)> = ledger_lines::table
        .filter(ledger_lines::entry_id.eq(entry))
        .order(ledger_lines::ord)
        .select((ledger_lines::account, ledger_lines::amount_fen))
        .load(db.conn())?;
    rows.into_iter().map(|(code, fen)| Ok((account(&code)?, Fen(fen)))).collect()
}

impl Tx<'_> {
    /// Posts an entry once. The lines go first: a trigger closes the entry when its row is written.
    ///
    /// # Errors
    /// Refused when an account would pass zero, or the key stands for another entry.
    pub fn post_entry(
        &mut self,
        entry: &Entry,
        at: Instant,
        lot: Option<LotId>,
        actor: Option<AccountId>,
        memo: &str,
    ) -> Result<Posted, Stop> {
        if let Some(id) = self.entry_by_key(entry.key())? {
            if lines_of(self, &id)? == entry.lines() {
                return Ok(Posted::Already);
            }
            return Err(ledger_refusal(&crate::domain::funds::LedgerError::KeyReused));
        }
        let mut before = Vec::new();
        for (account, _) in entry.lines() {
            before.push((*account, balance(self, *account)?));
        }
        let known = |account: Account| before.iter().find(|(a, _)| *a == account).map(|(_, f)| *f).unwrap_or_default();
        entry.check(known).map_err(|e| ledger_refusal(&e))?;
        let id = entry_id(entry.key());
        for (ord, (account, fen)) in entry.lines().iter().enumerate() {
            diesel::insert_into(ledger_lines::table)
                .values((
                    ledger_lines::entry_id.eq(&id),
                    ledger_lines::ord.eq(i64::try_from(ord).unwrap_or(i64::MAX)),
                    ledger_lines::account.eq(account.code()),
                    ledger_lines::amount_fen.eq(fen.0),
                ))
                .execute(self.conn)?;
        }
        diesel::insert_into(ledger_entries::table)
            .values((
                ledger_entries::id.eq(&id),
                ledger_entries::at.eq(at.utc()),
                ledger_entries::reason.eq(entry.reason().name()),
                ledger_entries::idempotency_key.eq(entry.key()),
                ledger_entries::lot_id.eq(lot.map(|l| l.to_string())),
                ledger_entries::actor_id.eq(actor.map(|a| a.to_string())),
                ledger_entries::memo.eq(memo),
            ))
            .execute(self.conn)?;
        let text = Posting {
            key: entry.key(),
            at: at.micros(),
            reason: entry.reason().name(),
            lot: lot.map(|l| l.to_string()),
            actor: actor.map(|a| a.to_string()),
            memo,
            lines: entry.lines().iter().map(|(account, fen)| (account.code(), fen.0)).collect(),
        };
        self.posted.push((id, text.text()?));
        Ok(Posted::New)
    }

    /// Id and text of the entry that this transaction posted last.
    pub fn newest_posting(&self) -> Option<(String, String)> {
        self.posted.last().cloned()
    }

    /// Chains the transaction's entries in their order. The journal's head is claimed.
    pub(super) fn chain_posted(&mut self) -> Result<(), Fault> {
        let last: Option<(i64, String)> = ledger_chain::table
            .order(ledger_chain::seq.desc())
            .select((ledger_chain::seq, ledger_chain::hash))
            .first(self.conn)
            .optional()?;
        let (mut seq, mut hash) = last.unwrap_or_default();
        for (entry, text) in std::mem::take(&mut self.posted) {
            seq += 1;
            hash = chained(&hash, &text);
            diesel::insert_into(ledger_chain::table)
                .values((ledger_chain::seq.eq(seq), ledger_chain::entry_id.eq(entry), ledger_chain::hash.eq(&hash)))
                .execute(self.conn)?;
        }
        Ok(())
    }

    fn entry_by_key(&mut self, key: &str) -> Result<Option<String>, Fault> {
        Ok(ledger_entries::table
            .filter(ledger_entries::idempotency_key.eq(key))
            .select(ledger_entries::id)
            .first(self.conn)
            .optional()?)
    }
}

/// An entry as the ledger's chain takes it in.
#[derive(serde::Serialize)]
pub(super) struct Posting<'a> {
    pub key: &'a str,
    pub at: i64,
    pub reason: &'a str,
    pub lot: Option<String>,
    pub actor: Option<String>,
    pub memo: &'a str,
    pub lines: Vec<(String, i64)>,
}

impl Posting<'_> {
    pub fn text(&self) -> Result<String, Fault> {
        super::to_json("ledger_chain", self)
    }
}

/// The newest entry's number and hash in the ledger's chain; zero and nothing before the first.
pub fn chain_head(db: &mut impl Read) -> Result<(i64, String), Fault> {
    let last = ledger_chain::table
        .order(ledger_chain::seq.desc())
        .select((ledger_chain::seq, ledger_chain::hash))
        .first(db.conn())
        .optional()?;
    Ok(last.unwrap_or_default())
}

/// An entry's id follows from its key, so that one key can never name two entries.
pub(super) fn entry_id(key: &str) -> String {
    let hash = sm3(&[key.as_bytes()]);
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&hash.0[..16]);
    uuid::Uuid::from_bytes(bytes).hyphenated().to_string()
}

fn ledger_refusal(e: &crate::domain::funds::LedgerError) -> Stop {
    Refusal::rule("LEDGER", e.to_string(), "资金管理").into()
}
