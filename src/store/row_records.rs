//! What each row of record was when an act last wrote it: a chain of hashes that only grows, beside the rows.
//! The journal commits to the chain at fixed times, like to the ledger's; so a row that was changed, added or
//! taken away by hand is found even where a leaf of its own would tell who registered (architecture 6).
//!
//! **Invariant**: whatever writes a row of one of [`RECORDED`] notes it with [`Tx::wrote`]. A way that forgets
//! it leaves a row that no record fits, which the verification after every story names.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde_json::Value;

use super::dump::{self, Kind, Table};
use super::schema::row_records;
use super::{Fault, Read, Tx};
use crate::crypto::journal::chained;
use crate::crypto::suite::sm3;

/// The tables whose rows are recorded so, with how many columns their key has. Others of record have leaves for
/// their rows (lots, rooms, bids and the journal itself) or are a chain themselves (the ledger).
pub const RECORDED: [(&str, usize); 20] = [
    ("parties", 1),
    ("accounts", 1),
    ("posts", 1),
    ("corrections", 1),
    ("documents", 1),
    ("projects", 1),
    ("rounds", 1),
    ("applications", 1),
    ("application_checks", 1),
    // A chain too, but the log commits to it only until the session is over.
    ("sublog", 2),
    ("statements", 1),
    ("bank_lines", 1),
    ("holds", 1),
    ("payment_files", 1),
    ("refunds", 1),
    ("refund_pauses", 1),
    ("objections", 1),
    ("certificates", 1),
    ("settings", 1),
    // Each is signed; that one is missing, no signature tells.
    ("tree_heads", 1),
];

/// The one column that says nothing of the matter: claims count in it.
const COUNTER: &str = "version";

/// An entry of the chain: position, table, row, hash of the row's text, hash of the chain.
pub type Entry = (i64, String, String, String, String);

/// Entries after position `seq`, in order.
pub fn after(db: &mut impl Read, seq: i64, limit: i64) -> Result<Vec<Entry>, Fault> {
    Ok(row_records::table.filter(row_records::seq.gt(seq)).order(row_records::seq).limit(limit).load(db.conn())?)
}

/// The newest entry's position and hash; zero and nothing before the first.
pub fn chain_head(db: &mut impl Read) -> Result<(i64, String), Fault> {
    let last = row_records::table
        .order(row_records::seq.desc())
        .select((row_records::seq, row_records::hash))
        .first(db.conn())
        .optional()?;
    Ok(last.unwrap_or_default())
}

/// What the chain takes in of an entry.
pub fn link(about: &str, row: &str, record: &str) -> String {
    format!("{about} {row} {record}")
}

/// The recorded tables as the engine has them.
pub fn tables(db: &mut impl Read) -> Result<Vec<Table>, Fault> {
    RECORDED.into_iter().map(|(name, _)| dump::table(db, name)).collect()
}

/// Ids and hashes of a table's rows from the `offset`-th on. Only within one snapshot do offsets mean anything.
pub fn rows(db: &mut impl Read, table: &Table, offset: u64, limit: u64) -> Result<Vec<(String, String)>, Fault> {
    dump::rows(db, table, offset, limit)?.iter().map(|line| record(table, line)).collect()
}

/// What stands between the columns of a key; no id of ours has one in it.
const BETWEEN: &str = " ";

/// How many columns name a row of this table.
fn width(about: &str) -> usize {
    RECORDED.iter().find(|(name, _)| *name == about).map_or(1, |(_, columns)| *columns)
}

/// A value of a key as text.
fn said(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Id and hash of a row: its columns by name with their values, the same on both engines. What is empty is left
/// out, so that a column added later changes no record as long as it is empty.
fn record(table: &Table, line: &str) -> Result<(String, String), Fault> {
    let values: Vec<Value> = super::from_json(table.name, line)?;
    let key: Vec<String> = values.iter().take(width(table.name)).map(said).collect();
    let id = key.join(BETWEEN);
    let mut told = BTreeMap::new();
    for ((name, kind), value) in table.columns().iter().zip(values) {
        if name == COUNTER || value.is_null() {
            continue;
        }
        let value = match (kind, value.as_str()) {
            // The engines write fractions of a second differently.
            (Kind::Instant, Some(text)) => dump::instant(text).map_or(value, |at| at.micros().into()),
            (Kind::Instant | Kind::Text | Kind::Integer | Kind::Bool | Kind::Bytes, _) => value,
        };
        told.insert(name.as_str(), value);
    }
    Ok((id, sm3(&[super::to_json(table.name, &told)?.as_bytes()]).hex()))
}

impl Tx<'_> {
    /// Notes that a row of a recorded table was written. It is read and recorded when the transaction closes.
    pub(super) fn wrote(&mut self, about: &'static str, row: impl ToString) {
        self.written.insert((about, row.to_string()));
    }

    /// Records every row as it is there before the first record was made: once, by the migration.
    pub(super) fn record_what_is_there(&mut self) -> Result<(), Fault> {
        for table in tables(self)? {
            for offset in (0..).step_by(1_000) {
                let page = rows(self, &table, offset, 1_000)?;
                if page.is_empty() {
                    break;
                }
                for (id, _) in page {
                    self.wrote(table.name, id);
                }
            }
        }
        self.close_journal()
    }

    /// Chains the records of the rows that the transaction wrote. The journal's head is claimed.
    pub(super) fn chain_rows(&mut self) -> Result<(), Fault> {
        let (mut seq, mut hash) = chain_head(self)?;
        for (about, row) in std::mem::take(&mut self.written) {
            let table = self.recorded_table(about)?;
            // A row of a savepoint that was undone is not there.
            let key: Vec<&str> = row.splitn(width(about), BETWEEN).collect();
            let Some(line) = dump::row(self, &table, &key)? else { continue };
            let (_, record) = record(&table, &line)?;
            seq += 1;
            hash = chained(&hash, &link(about, &row, &record));
            diesel::insert_into(row_records::table)
                .values((
                    row_records::seq.eq(seq),
                    row_records::about.eq(about),
                    row_records::row_id.eq(row),
                    row_records::record.eq(record),
                    row_records::hash.eq(&hash),
                ))
                .execute(self.conn)?;
        }
        Ok(())
    }

    /// The columns of a table, asked of the engine once a process: a schema changes only before it serves.
    fn recorded_table(&mut self, about: &'static str) -> Result<Table, Fault> {
        let shapes = self.shapes;
        if shapes.get().is_none() {
            let read = tables(self)?;
            let _ = shapes.set(read);
        }
        let known = shapes.get().and_then(|all| all.iter().find(|t| t.name == about)).cloned();
        known.ok_or_else(|| Fault::Inconsistent(format!("{about} is no recorded table")))
    }
}
