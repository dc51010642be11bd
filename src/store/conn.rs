//! One database API over two engines: an enum connection chosen by URL scheme,
//! one writer for SQLite, one pool for PostgreSQL.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool, PooledConnection, R2D2Connection};
use diesel::{PgConnection, SqliteConnection};

use super::Fault;
use super::dump::Table;

/// A connection to either engine. Queries are written once, for both.
#[derive(diesel::MultiConnection)]
pub enum Db {
    /// PostgreSQL, for production with several processes.
    Pg(PgConnection),
    /// SQLite, embedded.
    Sqlite(SqliteConnection),
}

/// Where the data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file.
    Sqlite(std::path::PathBuf),
    /// A PostgreSQL URL.
    Postgres(String),
}

impl Location {
    /// From a `postgres://` or `postgresql://` URL. Anything else is refused: a typing slip must
    /// never open a local file under the name of a server.
    pub fn from_url(url: &str) -> Result<Location, Fault> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Location::Postgres(url.to_owned()))
        } else {
            Err(Fault::Setup("数据库地址必须以 postgres:// 开头；使用内置数据库请改用 --data 目录。".into()))
        }
    }
}

/// Opens and checks connections for the pool.
pub struct Manager {
    location: Location,
}

const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; \
     PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;";

impl ManageConnection for Manager {
    type Connection = Db;
    type Error = std::io::Error;

    fn connect(&self) -> Result<Db, std::io::Error> {
        match &self.location {
            Location::Postgres(url) => {
                let mut c = PgConnection::establish(url).map_err(std::io::Error::other)?;
                c.batch_execute("SET TIME ZONE 'UTC'; SET default_transaction_isolation = 'read committed'")
                    .map_err(std::io::Error::other)?;
                Ok(Db::Pg(c))
            }
            Location::Sqlite(path) => {
                let mut c = SqliteConnection::establish(&path.to_string_lossy()).map_err(std::io::Error::other)?;
                c.batch_execute(SQLITE_SETTINGS).map_err(std::io::Error::other)?;
                Ok(Db::Sqlite(c))
            }
        }
    }

    fn is_valid(&self, conn: &mut Db) -> Result<(), std::io::Error> {
        conn.batch_execute("SELECT 1").map_err(std::io::Error::other)
    }

    /// Also one that diesel has lost track of, or that was left inside a transaction: who got it next would
    /// write into what somebody else began.
    fn has_broken(&self, conn: &mut Db) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}

/// The pools.
#[derive(Clone)]
pub struct Store {
    location: Location,
    read: Pool<Manager>,
    write: Pool<Manager>,
    shapes: Arc<OnceLock<Vec<Table>>>,
}

/// The client library tells of TLS in English only, in one of these words.
fn is_about_tls(e: &std::io::Error) -> bool {
    let text = e.to_string().to_lowercase();
    ["ssl", "certificate", "root.crt"].iter().any(|word| text.contains(word))
}

impl Store {
    /// Opens the pools. Fails with the engine's own words, never silently elsewhere.
    pub fn open(location: &Location) -> Result<Store, Fault> {
        let build = |size: u32| {
            Pool::builder()
                .max_size(size)
                // None is opened before it is asked for: a command that ends while a thread still opens
                // one would die in the engine's own clean-up.
                .min_idle(Some(0))
                .connection_timeout(Duration::from_secs(15))
                .build(Manager { location: location.clone() })
        };
        // A first connection by hand gives the real cause, which the pool would hide.
        Manager { location: location.clone() }.connect().map_err(|e| Fault::Setup(Self::why(location, &e)))?;
        let failed = |e: diesel::r2d2::PoolError| Fault::Setup(format!("数据库连接池无法建立：{e}"));
        match location {
            Location::Sqlite(_) => Ok(Store {
                location: location.clone(),
                read: build(4).map_err(failed)?,
                write: build(1).map_err(failed)?,
                shapes: Arc::default(),
            }),
            Location::Postgres(_) => {
                let pool = build(12).map_err(failed)?;
                Ok(Store { location: location.clone(), read: pool.clone(), write: pool, shapes: Arc::default() })
            }
        }
    }

    fn why(location: &Location, e: &std::io::Error) -> String {
        match location {
            Location::Sqlite(path) => {
                format!("打不开数据库文件 {}：{e}。请检查目录是否存在、是否可写。", path.display())
            }
            Location::Postgres(_) if is_about_tls(e) => {
                format!(
                    "连不上 PostgreSQL：{e}。程序和数据库之间的 TLS 没有建成：要求 TLS（sslmode=require 以上）时服务器须启用 ssl；\
                     sslmode=verify-full 还须用 sslrootcert=文件 写明签发服务器证书的 CA，且地址要与证书上的名字一致。"
                )
            }
            Location::Postgres(_) => {
                format!("连不上 PostgreSQL：{e}。请检查 DATABASE_URL 的地址、库名、用户和密码，以及服务是否启动。")
            }
        }
    }

    /// Where the data is.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// The columns of the recorded tables, once anybody asked.
    pub(super) fn shapes(&self) -> &OnceLock<Vec<Table>> {
        &self.shapes
    }

    /// Whether it is the embedded engine.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.location, Location::Sqlite(_))
    }

    /// Connections that this process holds now.
    pub fn connections(&self) -> u32 {
        let of = |pool: &Pool<Manager>| pool.state().connections;
        if self.is_sqlite() { of(&self.read) + of(&self.write) } else { of(&self.write) }
    }

    pub(super) fn reader(&self) -> Result<PooledConnection<Manager>, Fault> {
        self.read.get().map_err(|e| Fault::Database(format!("no connection: {e}")))
    }

    pub(super) fn writer(&self) -> Result<PooledConnection<Manager>, Fault> {
        self.write.get().map_err(|e| Fault::Database(format!("no connection: {e}")))
    }
}
