//! What stands in a database before anything is done to it. Asked in words that every version of
//! the schema understands, because it is asked before the migrations run.

use super::conn::{Db, Store};
use super::{Fault, guards};

/// What stands in a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// It carries the mark that was asked for.
    pub marked: bool,
    /// It has an account or a leaf of the journal.
    pub recorded: bool,
    /// The same, or a set-up code was issued: somebody is about to use it.
    pub in_use: bool,
    /// A table that is there although no migration of ours ran.
    pub foreign: Option<String>,
}

/// Looks, and changes nothing. `mark` is a name in the database's own notes.
pub fn standing(store: &Store, mark: &str) -> Result<Standing, Fault> {
    let tables = tables(store)?;
    let mut pooled = store.reader()?;
    let conn: &mut Db = &mut pooled;
    let ours = tables.iter().any(|t| t == "__diesel_schema_migrations") && tables.iter().any(|t| t == "meta");
    if !ours {
        let foreign = tables.into_iter().find(|t| !t.starts_with("__diesel"));
        return Ok(Standing { marked: false, recorded: false, in_use: false, foreign });
    }
    let mut any = |from: &str| guards::setting(conn, &format!("SELECT CAST(count(*) AS TEXT) AS value FROM {from}"));
    let marked = any(&format!("meta WHERE name = '{mark}'"))? != "0";
    let recorded = any("accounts")? != "0" || any("journal_leaves")? != "0";
    let in_use = recorded || any("meta WHERE name = 'setup_code'")? != "0";
    Ok(Standing { marked, recorded, in_use, foreign: None })
}

/// The names of all tables that a program made here: of the file, or of the schema in which this
/// connection would make its own.
pub fn tables(store: &Store) -> Result<Vec<String>, Fault> {
    let mut pooled = store.reader()?;
    let conn: &mut Db = &mut pooled;
    let query = match conn {
        Db::Sqlite(_) => {
            "SELECT name AS value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
        }
        Db::Pg(_) => {
            "SELECT CAST(tablename AS TEXT) AS value FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
        }
    };
    guards::settings(conn, query)
}
