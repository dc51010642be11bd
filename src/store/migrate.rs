//! Bringing a database to the program's schema: once, under a lock, never backwards.

use std::sync::OnceLock;

use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::{Db, MultiBackend, Store};
use super::{Fault, Tx, guards};

pub(super) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// The migration before which no row was recorded: those that are there are taken as they are.
const ROW_RECORDS: &str = "20261201000000";

/// What `migrate` did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationReport {
    /// Versions applied now, oldest first.
    pub applied: Vec<String>,
}

/// Applies what is missing and sets the engine's guards. Concurrent starts wait for each other.
///
/// # Errors
/// A schema newer than the program is refused with what to do; nothing is changed.
pub fn migrate(store: &Store) -> Result<MigrationReport, Fault> {
    let mut pooled = store.writer()?;
    let conn: &mut Db = &mut pooled;
    lock(conn)?;
    let outcome = run(conn);
    let released = if outcome.is_ok() { commit(conn) } else { rollback(conn) };
    let report = outcome?;
    released?;
    Ok(report)
}

/// How a database's schema stands to the program's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaState {
    /// No migration ran yet.
    Fresh,
    /// These versions are missing; the next start applies them.
    Older(Vec<String>),
    /// The program's own.
    Current(String),
    /// A newer program wrote it.
    Newer(String),
}

/// Looks at the schema and changes nothing.
pub fn schema_state(store: &Store) -> Result<SchemaState, Fault> {
    let mut pooled = store.reader()?;
    let conn: &mut Db = &mut pooled;
    if !super::guards::has_table(conn, "__diesel_schema_migrations")? {
        return Ok(SchemaState::Fresh);
    }
    let known = known()?;
    let applied: Vec<String> = applied(conn)?;
    if let Some(newer) = applied.iter().find(|v| !known.contains(v)) {
        return Ok(SchemaState::Newer(newer.clone()));
    }
    let missing: Vec<String> = known.iter().filter(|v| !applied.contains(v)).cloned().collect();
    Ok(match (applied.is_empty(), known.last()) {
        (true, _) => SchemaState::Fresh,
        (false, Some(last)) if missing.is_empty() => SchemaState::Current(last.clone()),
        (false, _) => SchemaState::Older(missing),
    })
}

/// Versions this program has, oldest first.
fn known() -> Result<Vec<String>, Fault> {
    let mut known: Vec<String> = MigrationSource::<MultiBackend>::migrations(&MIGRATIONS)
        .map_err(|e| Fault::Setup(format!("内置的数据库脚本无法读取：{e}")))?
        .iter()
        .map(|m| m.name().version().to_string())
        .collect();
    known.sort();
    Ok(known)
}

fn applied(conn: &mut Db) -> Result<Vec<String>, Fault> {
    let applied: Vec<MigrationVersion<'_>> = conn.applied_migrations().map_err(|e| Fault::Database(e.to_string()))?;
    Ok(applied.iter().map(ToString::to_string).collect())
}

/// The refusal of a database that a newer program wrote.
pub fn too_new(version: &str) -> Fault {
    Fault::Setup(format!(
        "数据库的结构（{version}）比本程序新。请换用更新的程序版本，或从备份恢复到旧结构；程序没有改动任何数据。"
    ))
}

fn run(conn: &mut Db) -> Result<MigrationReport, Fault> {
    let known = known()?;
    if let Some(newer) = applied(conn)?.iter().find(|v| !known.contains(v)) {
        return Err(too_new(newer));
    }
    let done = conn.run_pending_migrations(MIGRATIONS).map_err(|e| Fault::Database(e.to_string()))?;
    let report = MigrationReport { applied: done.iter().map(ToString::to_string).collect() };
    guards::apply(conn)?;
    if report.applied.iter().any(|version| version == ROW_RECORDS) {
        Tx::on(conn, &OnceLock::new()).record_what_is_there()?;
    }
    Ok(report)
}

/// The lock is the transaction itself on SQLite, an advisory lock on PostgreSQL, both gone at its end.
fn lock(conn: &mut Db) -> Result<(), Fault> {
    use diesel::connection::{AnsiTransactionManager, TransactionManager};
    match conn {
        Db::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE").map_err(Fault::from),
        Db::Pg(_) => {
            <Db as Connection>::TransactionManager::begin_transaction(conn).map_err(Fault::from)?;
            diesel::sql_query("SELECT pg_advisory_xact_lock(431127)").execute(conn).map(|_| ()).map_err(Fault::from)
        }
    }
}

fn commit(conn: &mut Db) -> Result<(), Fault> {
    use diesel::connection::TransactionManager;
    <Db as Connection>::TransactionManager::commit_transaction(conn).map_err(Fault::from)
}

fn rollback(conn: &mut Db) -> Result<(), Fault> {
    use diesel::connection::TransactionManager;
    <Db as Connection>::TransactionManager::rollback_transaction(conn).map_err(Fault::from)
}
