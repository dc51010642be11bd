//! Transactions. `write` is the only way to change anything.
//!
//! - SQLite begins with `BEGIN IMMEDIATE` on the one writer; PostgreSQL with READ COMMITTED.
//! - The first statement of every act is a claim on its aggregate (`UPDATE … SET version = version + 1`).
//! - A refusal is a value and commits what was settled before it; a fault rolls everything back.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};

use super::conn::{Db, Store};
use super::dump::Table;
use super::journal::Head;
use super::{Fault, Stop};
use crate::crypto::journal::Leaf;

/// An open writing transaction.
pub struct Tx<'a> {
    /// The connection; store functions take it.
    pub(super) conn: &'a mut Db,
    /// The journal's head, claimed for the first leaf that is written.
    pub(super) head: Option<Head>,
    /// Leaves that wait for the end of the transaction.
    pub(super) waiting: Vec<Leaf>,
    /// Ledger entries that wait to be chained: id and text.
    pub(super) posted: Vec<(String, String)>,
    /// Rows of recorded tables that it wrote.
    pub(super) written: BTreeSet<(&'static str, String)>,
    /// The columns of those tables, once anybody asked.
    pub(super) shapes: &'a OnceLock<Vec<Table>>,
}

impl<'a> Tx<'a> {
    /// On a connection whose transaction has begun.
    pub(super) fn on(conn: &'a mut Db, shapes: &'a OnceLock<Vec<Table>>) -> Tx<'a> {
        Tx { conn, head: None, waiting: Vec::new(), posted: Vec::new(), written: BTreeSet::new(), shapes }
    }
}

impl Tx<'_> {
    /// Runs `f` in a savepoint: when it stops, by refusal or fault, what it wrote is undone,
    /// and what was written before stays for the outer transaction to decide.
    pub fn nested<T>(&mut self, f: impl FnOnce(&mut Tx<'_>) -> Result<T, Stop>) -> Result<T, Stop> {
        let (head, waiting, posted) = (self.head.clone(), self.waiting.len(), self.posted.len());
        type Manager = <Db as Connection>::TransactionManager;
        Manager::begin_transaction(self.conn).map_err(Fault::from)?;
        match f(self) {
            Ok(value) => {
                Manager::commit_transaction(self.conn).map_err(Fault::from)?;
                Ok(value)
            }
            Err(stop) => {
                Manager::rollback_transaction(self.conn).map_err(Fault::from)?;
                self.head = head;
                self.waiting.truncate(waiting);
                self.posted.truncate(posted);
                Err(stop)
            }
        }
    }
}

impl Store {
    /// Runs `f` in one writing transaction. `Ok` and `Stop::Refused` commit, `Stop::Fault` rolls back.
    pub fn write<T>(&self, f: impl FnOnce(&mut Tx<'_>) -> Result<T, Stop>) -> Result<T, Stop> {
        type Manager = <Db as Connection>::TransactionManager;
        let mut pooled = self.writer()?;
        let conn: &mut Db = &mut pooled;
        match conn {
            Db::Sqlite(c) => {
                AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE").map_err(Fault::from)?
            }
            Db::Pg(_) => Manager::begin_transaction(conn).map_err(Fault::from)?,
        }
        let mut tx = Tx::on(conn, self.shapes());
        let outcome = f(&mut tx);
        let outcome = match outcome {
            Ok(value) => tx.close_journal().map(|()| Ok(value)),
            Err(Stop::Refused(refusal)) => tx.close_journal().map(|()| Err(refusal)),
            Err(Stop::Fault(fault)) => Err(fault),
        };
        match outcome {
            Ok(answer) => {
                Manager::commit_transaction(conn).map_err(Fault::from)?;
                answer.map_err(Stop::Refused)
            }
            Err(fault) => {
                // The fault is what counts; the pool drops a connection that is still inside its transaction.
                if let Err(left) = Manager::rollback_transaction(conn) {
                    tracing::error!(%left, "a transaction could not be rolled back");
                }
                Err(Stop::Fault(fault))
            }
        }
    }

    /// As [`Store::write`], but all or nothing: a refusal, too, undoes what `f` wrote before it. For acts that settle
    /// no clock, where nothing of what stands before a refusal is evidence.
    ///
    /// # Errors
    /// Those of `f`, and whatever the database refuses.
    pub fn write_whole<T>(&self, f: impl FnOnce(&mut Tx<'_>) -> Result<T, Stop>) -> Result<T, Stop> {
        self.write(|tx| tx.nested(f))
    }

    /// Runs `f` on one state of the database, whatever is written meanwhile. For whoever must see
    /// all tables agree: the verification and the backup.
    pub fn snapshot<T>(&self, f: impl FnOnce(&mut Reader<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        type Manager = <Db as Connection>::TransactionManager;
        let mut pooled = self.reader()?;
        let conn: &mut Db = &mut pooled;
        match conn {
            Db::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN DEFERRED")?,
            Db::Pg(c) => AnsiTransactionManager::begin_transaction_sql(
                c,
                "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
            )?,
        }
        let outcome = f(&mut Reader { conn });
        let ended = Manager::rollback_transaction(conn);
        let value = outcome?;
        ended?;
        Ok(value)
    }

    /// Runs `f` on a reading connection.
    pub fn read<T>(&self, f: impl FnOnce(&mut Reader<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        let mut pooled = self.reader()?;
        f(&mut Reader { conn: &mut pooled })
    }
}

/// A reading connection. Each query sees what is committed when it runs.
pub struct Reader<'a> {
    /// The connection.
    pub(super) conn: &'a mut Db,
}

/// Whatever can run reading queries: an open transaction or a reader.
pub trait Read {
    /// The connection.
    fn conn(&mut self) -> &mut Db;
}

impl Read for Tx<'_> {
    fn conn(&mut self) -> &mut Db {
        self.conn
    }
}

impl Read for Reader<'_> {
    fn conn(&mut self) -> &mut Db {
        self.conn
    }
}
