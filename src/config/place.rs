//! Where things are kept: data, keys, database.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use super::database::Database;
use super::fault::{Fault, Faults, fault};

/// The three places of an installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Uploaded files and papers, and the SQLite file where that engine is used.
    pub data: PathBuf,
    /// Private keys. **Invariant**: never inside `data`, so that a copy of the data
    /// carries no key.
    pub keys: PathBuf,
    /// The database.
    pub database: Database,
}

impl Place {
    /// Settles the three places: the keys beside the data (`DIR-keys`) unless said
    /// otherwise, the database in `data` unless there is an address.
    pub fn resolve(data: PathBuf, database_url: Option<&str>, keys: Option<PathBuf>) -> Result<Place, Faults> {
        let mut faults = Faults::default();
        if data.as_os_str().is_empty() {
            faults.add("--data", "数据文件夹的名字是空的", "写上一个文件夹，例如 --data data");
        }
        let keys = keys.unwrap_or_else(|| beside(&data));
        let (d, k) = (plain(&data), plain(&keys));
        if !data.as_os_str().is_empty() && (k.starts_with(&d) || d.starts_with(&k)) {
            faults.add(
                "--keys",
                format!("密钥文件夹 {} 与数据文件夹 {} 互相包含", keys.display(), data.display()),
                "把密钥放到数据文件夹之外，例如旁边的“数据文件夹名-keys”",
            );
        }
        let database = faults.keep(Database::choose(&data, database_url));
        match database {
            Some(database) if faults.is_empty() => Ok(Place { data, keys, database }),
            _ => Err(faults),
        }
    }
}

/// `data` → `data-keys`, in the same parent.
fn beside(data: &Path) -> PathBuf {
    let mut name = OsString::from(data.file_name().unwrap_or_else(|| "nongquan".as_ref()));
    name.push("-keys");
    data.with_file_name(name)
}

/// The path without `.` and with `..` taken back, for comparing; asks no file system.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            Component::ParentDir | Component::Prefix(_) | Component::RootDir | Component::Normal(_) => out.push(part),
        }
    }
    out
}

/// A folder that must be there when it is named.
pub(super) fn folder(setting: &'static str, path: Option<&Path>) -> Result<(), Fault> {
    match path {
        Some(dir) if !dir.is_dir() => {
            Err(fault(setting, format!("文件夹 {} 不存在", dir.display()), "核对路径，或者去掉这一项用程序自带的内容"))
        }
        Some(_) | None => Ok(()),
    }
}
