//! What each engine must refuse on its own: changing records that only grow, unbalanced
//! ledger entries, and running without durable commits. Applied again at every start.

use std::collections::HashSet;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::Fault;
use super::conn::{Db, Store};

/// Tables that only grow.
const APPEND_ONLY: [&str; 10] = [
    "journal_leaves",
    "journal_nodes",
    "tree_heads",
    "lot_events",
    "room_events",
    "bids",
    "ledger_entries",
    "ledger_lines",
    "ledger_chain",
    "row_records",
];

/// The functions that PostgreSQL's triggers run: name and body.
const FUNCTIONS: [(&str, &str); 3] = [
    ("nongquan_append_only", "BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END"),
    (
        "nongquan_closed",
        "BEGIN IF EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.entry_id) THEN \
         RAISE EXCEPTION 'ledger entry is closed'; END IF; RETURN NEW; END",
    ),
    (
        "nongquan_balanced",
        "BEGIN IF (SELECT COALESCE(SUM(amount_fen), 1) FROM ledger_lines WHERE entry_id = NEW.id) <> 0 THEN \
         RAISE EXCEPTION 'ledger entry does not balance'; END IF; RETURN NEW; END",
    ),
];

/// A trigger of PostgreSQL.
struct Trigger {
    name: String,
    table: &'static str,
    /// When it fires.
    on: &'static str,
    function: &'static str,
}

fn postgres_triggers() -> Vec<Trigger> {
    let append_only = |table: &'static str| {
        let function = "nongquan_append_only";
        let rows = "BEFORE UPDATE OR DELETE ON {} FOR EACH ROW";
        // TRUNCATE passes by the triggers of rows.
        let whole = "BEFORE TRUNCATE ON {} FOR EACH STATEMENT";
        [
            Trigger { name: format!("{table}_append_only"), table, on: rows, function },
            Trigger { name: format!("{table}_no_truncate"), table, on: whole, function },
        ]
    };
    let ledger = |name: &str, table, on, function| Trigger { name: name.to_owned(), table, on, function };
    let mut all: Vec<Trigger> = APPEND_ONLY.into_iter().flat_map(append_only).collect();
    let before = "BEFORE INSERT ON {} FOR EACH ROW";
    all.push(ledger("ledger_lines_closed", "ledger_lines", before, "nongquan_closed"));
    all.push(ledger("ledger_entries_balanced", "ledger_entries", before, "nongquan_balanced"));
    all
}

/// The triggers of SQLite: name and the statement that makes it, as the engine keeps it.
fn sqlite_triggers() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for table in APPEND_ONLY {
        for (verb, what) in [("UPDATE", "no_update"), ("DELETE", "no_delete")] {
            let name = format!("{table}_{what}");
            let sql = format!(
                "CREATE TRIGGER {name} BEFORE {verb} ON {table} \
                 BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
            );
            all.push((name, sql));
        }
    }
    let ledger = [
        (
            "ledger_lines_closed",
            "CREATE TRIGGER ledger_lines_closed BEFORE INSERT ON ledger_lines \
             WHEN EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.entry_id) \
             BEGIN SELECT RAISE(ABORT, 'ledger entry is closed'); END",
        ),
        (
            "ledger_entries_balanced",
            "CREATE TRIGGER ledger_entries_balanced AFTER INSERT ON ledger_entries \
             WHEN (SELECT COALESCE(SUM(amount_fen), 1) FROM ledger_lines WHERE entry_id = NEW.id) <> 0 \
             BEGIN SELECT RAISE(ABORT, 'ledger entry does not balance'); END",
        ),
    ];
    all.extend(ledger.map(|(name, sql)| (name.to_owned(), sql.to_owned())));
    all
}

/// Sets every guard anew, in the transaction of the migrations: one that was dropped, switched off
/// or replaced by another of its name stands again.
pub(super) fn apply(conn: &mut Db) -> Result<(), Fault> {
    match conn {
        Db::Sqlite(c) => {
            for (name, sql) in sqlite_triggers() {
                c.batch_execute(&format!("DROP TRIGGER IF EXISTS {name}; {sql}"))?;
            }
        }
        Db::Pg(c) => {
            for (name, body) in FUNCTIONS {
                c.batch_execute(&format!(
                    "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
                ))?;
            }
            for Trigger { name, table, on, function } in postgres_triggers() {
                let on = on.replace("{}", table);
                // Replacing takes a weaker lock than dropping: another process may be serving.
                c.batch_execute(&format!(
                    "CREATE OR REPLACE TRIGGER {name} {on} EXECUTE FUNCTION {function}(); \
                     ALTER TABLE {table} ENABLE TRIGGER {name}"
                ))?;
            }
        }
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    value: String,
}

/// The column `value` of a query's rows.
pub(super) fn settings(conn: &mut Db, query: &str) -> Result<Vec<String>, Fault> {
    let rows: Vec<Setting> = match conn {
        Db::Sqlite(c) => diesel::sql_query(query).load(c)?,
        Db::Pg(c) => diesel::sql_query(query).load(c)?,
    };
    Ok(rows.into_iter().map(|r| r.value).collect())
}

/// The column `value` of a query's first row.
pub(super) fn setting(conn: &mut Db, query: &str) -> Result<String, Fault> {
    settings(conn, query)?.into_iter().next().ok_or_else(|| Fault::Database(format!("no answer to {query}")))
}

/// Whether the database has this table.
pub(super) fn has_table(conn: &mut Db, table: &str) -> Result<bool, Fault> {
    let query = match conn {
        Db::Sqlite(_) => format!("SELECT CAST(count(*) AS TEXT) AS value FROM sqlite_master WHERE name = '{table}'"),
        Db::Pg(_) => format!(
            "SELECT CAST(count(*) AS TEXT) AS value FROM pg_tables \
             WHERE schemaname = current_schema() AND tablename = '{table}'"
        ),
    };
    Ok(setting(conn, &query)? != "0")
}

/// How many guards stand as the program sets them, and how many there should be. One that is
/// switched off or does something else under its name does not count.
pub fn standing(store: &Store) -> Result<(usize, usize), Fault> {
    let mut pooled = store.reader()?;
    let conn: &mut Db = &mut pooled;
    let (query, wanted): (&str, Vec<String>) = match conn {
        Db::Sqlite(_) => (
            "SELECT sql AS value FROM sqlite_master WHERE type = 'trigger'",
            sqlite_triggers().into_iter().map(|(_, sql)| sql).collect(),
        ),
        Db::Pg(_) => {
            let body =
                |function: &str| FUNCTIONS.iter().find(|(name, _)| *name == function).map_or("", |(_, body)| body);
            let wanted =
                postgres_triggers().into_iter().map(|t| format!("{} {} {}", t.name, t.table, body(t.function)));
            (
                "SELECT t.tgname || ' ' || c.relname || ' ' || p.prosrc AS value FROM pg_trigger t \
                 JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid \
                 JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() \
                 AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')",
                wanted.collect(),
            )
        }
    };
    let there: HashSet<String> = settings(conn, query)?.into_iter().collect();
    Ok((wanted.iter().filter(|guard| there.contains(*guard)).count(), wanted.len()))
}

/// The database's own clock in microseconds since 1970.
pub fn clock_micros(store: &Store) -> Result<i64, Fault> {
    let mut pooled = store.reader()?;
    let conn: &mut Db = &mut pooled;
    let query = match conn {
        Db::Sqlite(_) => "SELECT strftime('%s', 'now') || '000000' AS value",
        Db::Pg(_) => "SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000000) AS BIGINT)::TEXT AS value",
    };
    let text = setting(conn, query)?;
    text.parse().map_err(|_| Fault::Database(format!("the clock says {text}")))
}

/// Refuses to run on an engine that may lose a committed bid.
pub fn assert_durable(store: &Store) -> Result<(), Fault> {
    let mut pooled = store.writer()?;
    let conn: &mut Db = &mut pooled;
    let wanted: &[(&str, &[&str], &str)] = match conn {
        Db::Sqlite(_) => &[
            ("SELECT journal_mode AS value FROM pragma_journal_mode", &["wal"], "journal_mode=WAL"),
            ("SELECT CAST(synchronous AS TEXT) AS value FROM pragma_synchronous", &["2", "3"], "synchronous=FULL"),
            ("SELECT CAST(foreign_keys AS TEXT) AS value FROM pragma_foreign_keys", &["1"], "foreign_keys=ON"),
        ],
        Db::Pg(_) => &[
            ("SELECT current_setting('fsync') AS value", &["on"], "fsync=on"),
            ("SELECT current_setting('full_page_writes') AS value", &["on"], "full_page_writes=on"),
            (
                "SELECT current_setting('synchronous_commit') AS value",
                &["on", "remote_write", "remote_apply"],
                "synchronous_commit=on",
            ),
        ],
    };
    for (query, good, name) in wanted {
        let value = setting(conn, query)?;
        if !good.contains(&value.as_str()) {
            return Err(Fault::Setup(format!(
                "数据库没有按持久方式运行（需要 {name}，实际为 {value}），断电可能丢失已确认的报价，程序拒绝启动。请修改数据库设置后重试。"
            )));
        }
    }
    Ok(())
}
