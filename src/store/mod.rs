//! The database: rows in, rows out, for SQLite and PostgreSQL with one text.
//!
//! **Invariant**: diesel is used here and nowhere else. Rows are not domain types; a stored
//! value that cannot be is a [`Fault`], never a default.

pub mod accounts;
pub mod application_checks;
pub mod applications;
pub mod bank;
pub mod bids;
pub mod certificates;
pub mod codes;
mod conn;
pub mod corrections;
pub mod deal_parties;
pub mod documents;
pub mod dump;
pub mod forms;
mod guards;
pub mod holds;
pub mod journal;
mod leases;
pub mod ledger;
pub mod lots;
mod migrate;
pub mod objections;
pub mod outbox;
pub mod parties;
pub mod party_cards;
pub mod projects;
pub mod proof;
pub mod refund_pauses;
pub mod refunds;
pub mod rooms;
pub mod rounds;
pub mod row_records;
mod schema;
#[cfg(feature = "test-clock")]
pub mod scratch;
pub mod serials;
pub mod settings;
mod standing;
mod tx;
pub mod views;

pub use conn::{Location, Store};
pub use guards::{assert_durable, clock_micros, standing as guards_standing};
pub use lots::{Projection, StoredLot};
pub use migrate::{MigrationReport, SchemaState, migrate, schema_state, too_new};
pub use standing::{Standing, standing, tables};
pub use tx::{Read, Reader, Tx};

use crate::domain::refusal::Refusal;

/// Something broke: the database, a file, or an invariant of what is stored.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The engine said no.
    #[error("database: {0}")]
    Database(String),
    /// A unique key already stands; acts that rely on it turn this into their own answer.
    #[error("duplicate: {0}")]
    Duplicate(String),
    /// A stored value that cannot be.
    #[error("inconsistent data: {0}")]
    Inconsistent(String),
    /// A file could not be read or written.
    #[error("files: {0}")]
    Files(String),
    /// The set-up is wrong; the text says what to do.
    #[error("{0}")]
    Setup(String),
    /// A paper could not be made.
    #[error("papers: {0}")]
    Papers(String),
}

impl From<diesel::result::Error> for Fault {
    fn from(e: diesel::result::Error) -> Fault {
        use diesel::result::{DatabaseErrorKind, Error};
        match e {
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => {
                Fault::Duplicate(info.message().to_owned())
            }
            other => Fault::Database(other.to_string()),
        }
    }
}

/// Why an act did not go through.
#[derive(Debug)]
pub enum Stop {
    /// Refused: an answer for the person.
    Refused(Refusal),
    /// Broken: an error for the log.
    Fault(Fault),
}

impl From<Fault> for Stop {
    fn from(f: Fault) -> Stop {
        Stop::Fault(f)
    }
}

impl From<diesel::result::Error> for Stop {
    fn from(e: diesel::result::Error) -> Stop {
        Stop::Fault(e.into())
    }
}

impl From<Refusal> for Stop {
    fn from(r: Refusal) -> Stop {
        Stop::Refused(r)
    }
}

/// Parses a stored text, or says which column holds what cannot be.
pub(crate) fn stored<T>(what: &str, value: Option<T>, text: &str) -> Result<T, Fault> {
    value.ok_or_else(|| Fault::Inconsistent(format!("{what} = {text:?}")))
}

/// Parses a stored id.
pub(crate) fn stored_id<T: std::str::FromStr>(what: &str, text: &str) -> Result<T, Fault> {
    stored(what, text.parse().ok(), text)
}

/// Reads a stored JSON document.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(what: &str, text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|e| Fault::Inconsistent(format!("{what}: {e}")))
}

/// Writes a JSON document.
pub(crate) fn to_json<T: serde::Serialize>(what: &str, value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|e| Fault::Inconsistent(format!("{what}: {e}")))
}
