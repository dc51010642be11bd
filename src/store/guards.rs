//! What each engine must refuse on its own: changing records that only grow, unbalanced
//! ledger entries, and running without durable commits. Applied again at every start.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::Fault;
use super::conn::{Db, Store};

/// Tables that only grow.
const APPEND_ONLY: [&str; 9] = [
    "journal_leaves",
    "journal_nodes",
    "tree_heads",
    "lot_events",
    "room_events",
    "bids",
    "ledger_entries",
    "ledger_lines",
    "ledger_chain",
];

pub(super) fn apply(conn: &mut Db) -> Result<(), Fault> {
    match conn {
        Db::Sqlite(c) => {
            for table in APPEND_ONLY {
                for (verb, name) in [("UPDATE", "no_update"), ("DELETE", "no_delete")] {
                    c.batch_execute(&format!(
                        "CREATE TRIGGER IF NOT EXISTS {table}_{name} BEFORE {verb} ON {table} \
                         BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
                    ))?;
                }
            }
            c.batch_execute(
                "CREATE TRIGGER IF NOT EXISTS ledger_lines_closed BEFORE INSERT ON ledger_lines \
                 WHEN EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.entry_id) \
                 BEGIN SELECT RAISE(ABORT, 'ledger entry is closed'); END; \
                 CREATE TRIGGER IF NOT EXISTS ledger_entries_balanced AFTER INSERT ON ledger_entries \
                 WHEN (SELECT COALESCE(SUM(amount_fen), 1) FROM ledger_lines WHERE entry_id = NEW.id) <> 0 \
                 BEGIN SELECT RAISE(ABORT, 'ledger entry does not balance'); END",
            )?;
        }
        Db::Pg(c) => {
            c.batch_execute(
                "CREATE OR REPLACE FUNCTION nongquan_append_only() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$; \
                 CREATE OR REPLACE FUNCTION nongquan_closed() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN IF EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.entry_id) THEN \
                 RAISE EXCEPTION 'ledger entry is closed'; END IF; RETURN NEW; END $$; \
                 CREATE OR REPLACE FUNCTION nongquan_balanced() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN IF (SELECT COALESCE(SUM(amount_fen), 1) FROM ledger_lines WHERE entry_id = NEW.id) <> 0 THEN \
                 RAISE EXCEPTION 'ledger entry does not balance'; END IF; RETURN NEW; END $$; \
                 CREATE OR REPLACE TRIGGER ledger_lines_closed BEFORE INSERT ON ledger_lines \
                 FOR EACH ROW EXECUTE FUNCTION nongquan_closed(); \
                 CREATE OR REPLACE TRIGGER ledger_entries_balanced AFTER INSERT ON ledger_entries \
                 FOR EACH ROW EXECUTE FUNCTION nongquan_balanced()",
            )?;
            for table in APPEND_ONLY {
                c.batch_execute(&format!(
                    "CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} \
                     FOR EACH ROW EXECUTE FUNCTION nongquan_append_only()"
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

fn setting(conn: &mut Db, query: &str) -> Result<String, Fault> {
    let rows: Vec<Setting> = match conn {
        Db::Sqlite(c) => diesel::sql_query(query).load(c)?,
        Db::Pg(c) => diesel::sql_query(query).load(c)?,
    };
    rows.into_iter().next().map(|r| r.value).ok_or_else(|| Fault::Database(format!("no answer to {query}")))
}

/// Whether the database has this table.
pub(super) fn has_table(conn: &mut Db, table: &str) -> Result<bool, Fault> {
    let query = match conn {
        Db::Sqlite(_) => format!("SELECT CAST(count(*) AS TEXT) AS value FROM sqlite_master WHERE name = '{table}'"),
        Db::Pg(_) => format!("SELECT CAST(count(*) AS TEXT) AS value FROM pg_tables WHERE tablename = '{table}'"),
    };
    Ok(setting(conn, &query)? != "0")
}

/// How many guards the engine has and how many it should have.
pub fn standing(store: &Store) -> Result<(usize, usize), Fault> {
    let mut pooled = store.reader()?;
    let conn: &mut Db = &mut pooled;
    let (query, wanted) = match conn {
        Db::Sqlite(_) => (
            "SELECT CAST(count(*) AS TEXT) AS value FROM sqlite_master WHERE type = 'trigger'",
            APPEND_ONLY.len() * 2 + 2,
        ),
        Db::Pg(_) => (
            "SELECT CAST(count(*) AS TEXT) AS value FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
            APPEND_ONLY.len() + 2,
        ),
    };
    Ok((setting(conn, query)?.parse().unwrap_or(0), wanted))
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
