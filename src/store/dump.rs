//! All rows of all tables in a form that either engine reads: for backup and restore. A backup of
//! one engine may be restored into the other.

use chrono::NaiveDateTime;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Bool, Nullable, Text, Timestamp};
use diesel::sqlite::Sqlite;
use serde_json::Value;

use super::conn::Db;
use super::{Fault, Read, Tx};
use crate::domain::base::Instant;

/// Every table, each after those it refers to. `the_dump_knows_every_table` holds it against the
/// engines.
pub const TABLES: [&str; 41] = [
    "meta",
    "serials",
    "leases",
    "parties",
    "accounts",
    "posts",
    "sessions",
    "throttles",
    "one_time_codes",
    "form_receipts",
    "security_log",
    "documents",
    "corrections",
    "projects",
    "lots",
    "lot_events",
    "rounds",
    "applications",
    "application_checks",
    "sublog",
    "rooms",
    "room_events",
    "bids",
    "statements",
    "bank_lines",
    // Lines before entries: the guard closes an entry when its row is written.
    "ledger_lines",
    "ledger_entries",
    "ledger_chain",
    "holds",
    "payment_files",
    "refunds",
    "refund_pauses",
    "objections",
    "certificates",
    "settings",
    "row_records",
    "journal_leaves",
    "journal_nodes",
    "journal_head",
    "tree_heads",
    "outbox",
];

/// A statement with these values in its holders.
macro_rules! bound_query {
    ($backend:ty, $sql:expr, $values:expr) => {{
        let mut query = diesel::sql_query($sql).into_boxed::<$backend>();
        for value in $values {
            query = match value {
                Bound::Text(v) => query.bind::<Nullable<Text>, _>(v),
                Bound::Integer(v) => query.bind::<Nullable<BigInt>, _>(v),
                Bound::Bool(v) => query.bind::<Nullable<Bool>, _>(v),
                Bound::Instant(v) => query.bind::<Nullable<Timestamp>, _>(v),
                Bound::Bytes(v) => query.bind::<Nullable<Binary>, _>(v),
            };
        }
        query
    }};
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// An integer.
    Integer,
    /// Yes or no.
    Bool,
    /// An instant.
    Instant,
    /// Bytes.
    Bytes,
}

/// A table's columns in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    columns: Vec<(String, Kind)>,
}

impl Table {
    /// The columns' names.
    pub fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The columns with what they hold.
    pub fn columns(&self) -> &[(String, Kind)] {
        &self.columns
    }
}

#[derive(QueryableByName)]
struct One {
    #[diesel(sql_type = Text)]
    value: String,
}

fn texts(conn: &mut Db, query: &str) -> Result<Vec<String>, Fault> {
    let rows: Vec<One> = match conn {
        Db::Sqlite(c) => diesel::sql_query(query).load(c)?,
        Db::Pg(c) => diesel::sql_query(query).load(c)?,
    };
    Ok(rows.into_iter().map(|r| r.value).collect())
}

/// The tables as the engine has them.
pub fn tables(db: &mut impl Read) -> Result<Vec<Table>, Fault> {
    TABLES.into_iter().map(|name| table(db, name)).collect()
}

pub(super) fn table(db: &mut impl Read, name: &'static str) -> Result<Table, Fault> {
    let query = match db.conn() {
        Db::Sqlite(_) => {
            format!("SELECT name || ' ' || lower(type) AS value FROM pragma_table_info('{name}') ORDER BY cid")
        }
        Db::Pg(_) => format!(
            "SELECT column_name || ' ' || data_type AS value FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = '{name}' ORDER BY ordinal_position"
        ),
    };
    let columns = texts(db.conn(), &query)?
        .iter()
        .map(|column| {
            let (column, kind) = column.split_once(' ').unwrap_or((column, ""));
            let kind = match kind {
                "text" => Kind::Text,
                "bigint" => Kind::Integer,
                "boolean" => Kind::Bool,
                "bytea" | "blob" => Kind::Bytes,
                kind if kind.starts_with("timestamp") => Kind::Instant,
                other => return Err(Fault::Inconsistent(format!("{name}.{column} has type {other}"))),
            };
            Ok((column.to_owned(), kind))
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    if columns.is_empty() {
        return Err(Fault::Inconsistent(format!("there is no table {name}")));
    }
    Ok(Table { name, columns })
}

/// Rows of a table from the `offset`-th on, each a JSON array of its columns' values. Only within
/// one snapshot do offsets mean anything.
pub fn rows(db: &mut impl Read, table: &Table, offset: u64, limit: u64) -> Result<Vec<String>, Fault> {
    let conn = db.conn();
    // Every table's key begins with its first column and needs two at most.
    let key: Vec<String> = table.columns.iter().take(2).map(|(name, _)| format!("\"{name}\"")).collect();
    let query = format!("{} ORDER BY {} LIMIT {limit} OFFSET {offset}", select(conn, table), key.join(", "));
    texts(conn, &query)
}

/// The row whose first columns have these values, as [`rows`] gives it.
pub(super) fn row(db: &mut impl Read, table: &Table, key: &[&str]) -> Result<Option<String>, Fault> {
    let conn = db.conn();
    let sqlite = matches!(conn, Db::Sqlite(_));
    let equal = |(n, (name, kind)): (usize, &(String, Kind))| {
        let holder = if sqlite { "?".to_owned() } else { format!("${}", n + 1) };
        match kind {
            Kind::Integer => format!("\"{name}\" = CAST({holder} AS BIGINT)"),
            Kind::Text | Kind::Bool | Kind::Instant | Kind::Bytes => format!("\"{name}\" = {holder}"),
        }
    };
    let place: Vec<String> = table.columns.iter().take(key.len()).enumerate().map(equal).collect();
    let query = format!("{} WHERE {}", select(conn, table), place.join(" AND "));
    let key = key.iter().map(|value| Bound::Text(Some((*value).to_owned())));
    let found: Option<One> = match conn {
        Db::Sqlite(c) => bound_query!(Sqlite, query, key).get_result(c).optional()?,
        Db::Pg(c) => bound_query!(Pg, query, key).get_result(c).optional()?,
    };
    Ok(found.map(|one| one.value))
}

/// The rows of a table as JSON arrays, whichever are asked for.
fn select(conn: &Db, table: &Table) -> String {
    let sqlite = matches!(conn, Db::Sqlite(_));
    let values: Vec<String> = table.columns.iter().map(|(name, kind)| as_json(name, *kind, sqlite)).collect();
    let (array, cast) = if sqlite { ("json_array", "") } else { ("json_build_array", "::text") };
    format!("SELECT {array}({}){cast} AS value FROM \"{}\"", values.join(", "), table.name)
}

/// An instant as a dump writes it.
pub(super) fn instant(text: &str) -> Option<Instant> {
    stamp(text).map(Instant::from_utc)
}

fn stamp(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok()
}

fn as_json(name: &str, kind: Kind, sqlite: bool) -> String {
    match (kind, sqlite) {
        (Kind::Bool, true) => format!("json(CASE \"{name}\" WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END)"),
        (Kind::Bytes, true) => format!("CASE WHEN \"{name}\" IS NULL THEN NULL ELSE lower(hex(\"{name}\")) END"),
        (Kind::Bytes, false) => format!("encode(\"{name}\", 'hex')"),
        (Kind::Instant, false) => format!("to_char(\"{name}\", 'YYYY-MM-DD HH24:MI:SS.US')"),
        (Kind::Text | Kind::Integer | Kind::Instant, true) | (Kind::Text | Kind::Integer | Kind::Bool, false) => {
            format!("\"{name}\"")
        }
    }
}

/// A value of the file as the engine takes it.
enum Bound {
    Text(Option<String>),
    Integer(Option<i64>),
    Bool(Option<bool>),
    Instant(Option<NaiveDateTime>),
    Bytes(Option<Vec<u8>>),
}

fn bound(table: &Table, (name, kind): &(String, Kind), value: &Value) -> Result<Bound, Fault> {
    let bad = || Fault::Inconsistent(format!("{}.{name} = {value}", table.name));
    let text = || value.as_str().map(str::to_owned).ok_or_else(bad);
    let null = value.is_null();
    Ok(match kind {
        Kind::Text => Bound::Text((!null).then(text).transpose()?),
        Kind::Integer => Bound::Integer((!null).then(|| value.as_i64().ok_or_else(bad)).transpose()?),
        Kind::Bool => Bound::Bool((!null).then(|| value.as_bool().ok_or_else(bad)).transpose()?),
        Kind::Instant => {
            let read = |t: String| stamp(&t).ok_or_else(bad);
            Bound::Instant((!null).then(|| text().and_then(read)).transpose()?)
        }
        Kind::Bytes => {
            let read = |t: String| hex::decode(t).map_err(|_| bad());
            Bound::Bytes((!null).then(|| text().and_then(read)).transpose()?)
        }
    })
}

impl Tx<'_> {
    /// Makes an empty database ready to take a dump.
    pub fn prepare_restore(&mut self) -> Result<(), Fault> {
        diesel::delete(super::schema::journal_head::table).execute(self.conn)?;
        Ok(())
    }

    /// The tables as this engine has them.
    pub fn tables(&mut self) -> Result<Vec<Table>, Fault> {
        tables(self)
    }

    /// Inserts one row of a dump. The guards of the engine stand while it does.
    pub fn restore_row(&mut self, table: &Table, row: &str) -> Result<(), Fault> {
        let values: Vec<Value> = super::from_json(table.name, row)?;
        if values.len() != table.columns.len() {
            return Err(Fault::Inconsistent(format!("{}: a row has {} values", table.name, values.len())));
        }
        let values =
            table.columns.iter().zip(&values).map(|(c, v)| bound(table, c, v)).collect::<Result<Vec<_>, _>>()?;
        let names: Vec<String> = table.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let sqlite = matches!(self.conn, Db::Sqlite(_));
        let holders: Vec<String> =
            (1..=names.len()).map(|n| if sqlite { "?".to_owned() } else { format!("${n}") }).collect();
        let sql = format!("INSERT INTO \"{}\" ({}) VALUES ({})", table.name, names.join(", "), holders.join(", "));
        match self.conn {
            Db::Sqlite(c) => bound_query!(Sqlite, sql, values).execute(c)?,
            Db::Pg(c) => bound_query!(Pg, sql, values).execute(c)?,
        };
        Ok(())
    }
}
