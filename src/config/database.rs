//! Which database: a file in the data folder, or a PostgreSQL server.

use std::fmt;
use std::path::{Path, PathBuf};

use super::fault::{Fault, fault};

/// The database of this process. The engine is chosen by what was typed, never by trying.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A `postgres://` address, password included: print it with [`fmt::Display`] only.
    Postgres(String),
}

impl Database {
    /// The file name of the SQLite database inside the data folder.
    pub const FILE: &str = "nongquan.db";

    /// PostgreSQL when an address was given, otherwise the file in `data`.
    pub(super) fn choose(data: &Path, url: Option<&str>) -> Result<Database, Fault> {
        let Some(url) = url.map(str::trim).filter(|u| !u.is_empty()) else {
            return Ok(Database::Sqlite(data.join(Self::FILE)));
        };
        let rest = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://"));
        let Some(rest) = rest else {
            return Err(fault(
                "DATABASE_URL",
                "只接受 postgres:// 开头的地址",
                "写成 postgres://用户:密码@主机:5432/库名；要用 SQLite，请去掉这一项，数据库文件在 --data 的文件夹里",
            ));
        };
        if rest.chars().any(char::is_whitespace) {
            return Err(fault(
                "DATABASE_URL",
                "地址里有空格或换行",
                "检查地址前后是否多了空格，密码里的特殊字符请用百分号编码",
            ));
        }
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        match path.split_once('/') {
            Some((_, name)) if !name.is_empty() => Ok(Database::Postgres(url.to_owned())),
            _ => Err(fault("DATABASE_URL", "没有写数据库名", "写成 postgres://用户:密码@主机:5432/库名")),
        }
    }

    /// The host of a PostgreSQL address; empty for a local socket; `None` for SQLite.
    pub fn host(&self) -> Option<&str> {
        match self {
            Database::Sqlite(_) => None,
            Database::Postgres(url) => {
                let rest = url.split_once("://").map_or("", |(_, rest)| rest);
                let authority = rest.split(['/', '?']).next().unwrap_or_default();
                let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
                Some(match host.strip_prefix('[') {
                    Some(v6) => v6.split(']').next().unwrap_or_default(),
                    None => host.split(':').next().unwrap_or_default(),
                })
            }
        }
    }

    /// Whether the way to the server may be read by others: a network host without
    /// `sslmode=require` or stronger.
    pub fn is_unprotected(&self) -> bool {
        let Database::Postgres(url) = self else { return false };
        let host = self.host().unwrap_or_default();
        let local = host.is_empty() || host == "localhost" || host.starts_with("%2F") || host.starts_with("127.");
        let strict =
            ["require", "verify-ca", "verify-full"].iter().any(|mode| url.contains(&format!("sslmode={mode}")));
        !local && host != "::1" && !strict
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Database::Sqlite(path) => write!(f, "SQLite {}", path.display()),
            Database::Postgres(url) => {
                let name = url.split(['?', '#']).next().and_then(|u| u.rsplit('/').next()).unwrap_or_default();
                let host = match self.host() {
                    None | Some("") => "本机",
                    Some(host) => host,
                };
                write!(f, "PostgreSQL {host}/{name}")
            }
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
