//! A bare connection to a test's database, beside the program's own.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{PgConnection, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};

use crate::support::Place;

/// The engine itself.
pub enum Engine {
    /// PostgreSQL.
    Pg(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    value: String,
}

impl Engine {
    /// Connects to where the program's data is.
    pub fn connect(place: &Place) -> Engine {
        match place.postgres() {
            Some(url) => Engine::Pg(PgConnection::establish(url).unwrap()),
            None => {
                let file = place.data().join("nongquan.db");
                let mut c = SqliteConnection::establish(&file.to_string_lossy()).unwrap();
                c.batch_execute("PRAGMA busy_timeout=10000").unwrap();
                Engine::Sqlite(c)
            }
        }
    }

    /// Runs statements; gives the engine's words when it refuses.
    pub fn run(&mut self, sql: &str) -> Result<(), String> {
        match self {
            Engine::Pg(c) => c.batch_execute(sql),
            Engine::Sqlite(c) => c.batch_execute(sql),
        }
        .map_err(|e| e.to_string())
    }

    /// The column `value` of a query.
    pub fn values(&mut self, sql: &str) -> Vec<String> {
        let query = diesel::sql_query(sql);
        let rows: Vec<Row> = match self {
            Engine::Pg(c) => query.load(c).unwrap(),
            Engine::Sqlite(c) => query.load(c).unwrap(),
        };
        rows.into_iter().map(|r| r.value).collect()
    }

    /// Switches foreign keys off, so that one row can be tried alone.
    pub fn without_keys(&mut self, sql: &str) {
        let (off, on) = match self {
            Engine::Pg(_) => ("SET session_replication_role = replica", "SET session_replication_role = origin"),
            Engine::Sqlite(_) => ("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON"),
        };
        self.run(off).unwrap();
        self.run(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
        self.run(on).unwrap();
    }

    /// Takes the guards away, as somebody with the database's password can.
    pub fn without_guards(&mut self) {
        match self {
            Engine::Pg(_) => self.run("SET session_replication_role = replica").unwrap(),
            Engine::Sqlite(_) => {
                for name in self.values("SELECT name AS value FROM sqlite_master WHERE type = 'trigger'") {
                    self.run(&format!("DROP TRIGGER {name}")).unwrap();
                }
                self.run("PRAGMA foreign_keys=OFF").unwrap();
            }
        }
    }

    /// Runs the first migration alone, as the first program did.
    pub fn first_migration(&mut self) {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
        let migrations = FileBasedMigrations::from_path(folder).unwrap();
        match self {
            Engine::Pg(c) => c.run_next_migration(migrations).map(|_| ()).unwrap(),
            Engine::Sqlite(c) => c.run_next_migration(migrations).map(|_| ()).unwrap(),
        }
    }

    /// Takes every migration back.
    pub fn back_to_nothing(&mut self) {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
        let migrations = FileBasedMigrations::from_path(folder).unwrap();
        match self {
            Engine::Pg(c) => c.revert_all_migrations(migrations).map(|_| ()).unwrap(),
            Engine::Sqlite(c) => c.revert_all_migrations(migrations).map(|_| ()).unwrap(),
        }
    }
}
