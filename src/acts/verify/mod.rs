//! The verification: everything of record recomputed from what lies beneath it, the log from its
//! leaves, the lots from their events, the rooms by the engine, bids from leaf and receipt.
//!
//! It reads one state of the database and changes nothing. Each part stops at its first fault and
//! names it; a broken log stops everything that is held against the log.

mod bids;
mod file;
mod holds;
mod log;
mod lots;
mod money;
mod papers;
mod pauses;
mod rooms;
mod rows;
mod settings;
mod single;
mod stored;
mod transcript;

pub use file::journal_file;
pub use single::{certificate, receipt};

use crate::crypto::journal::SignedHead;
use crate::crypto::keys::{Keys, PublicBundle};
use crate::files::FileStore;
use crate::store::{Fault, Reader, Store};

/// The first fault of one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The leaf or row.
    pub place: String,
    /// What differs.
    pub what: String,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}：{}", self.place, self.what)
    }
}

/// Why a check ended: the record is broken, or it could not be read.
#[derive(Debug)]
pub enum Trouble {
    /// The record.
    Broken(Broken),
    /// The database or a file.
    Fault(Fault),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Trouble {
        match fault {
            Fault::Inconsistent(what) => broken("数据库内容", format!("前后矛盾（{what}）")),
            other => Trouble::Fault(other),
        }
    }
}

fn broken(place: impl Into<String>, what: impl Into<String>) -> Trouble {
    Trouble::Broken(Broken { place: place.into(), what: what.into() })
}

/// Refuses with place and words unless the condition holds.
fn ensure(ok: bool, place: impl FnOnce() -> String, what: impl FnOnce() -> String) -> Result<(), Trouble> {
    if ok { Ok(()) } else { Err(broken(place(), what())) }
}

/// Two values that must be the same.
fn same<T: PartialEq + std::fmt::Debug>(
    place: impl FnOnce() -> String,
    what: &str,
    stored: &T,
    expected: &T,
) -> Result<(), Trouble> {
    ensure(stored == expected, place, || format!("{what} 是 {stored:?}，应当是 {expected:?}"))
}

/// What the verification looked at and what it found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many of what.
    pub counted: Vec<(&'static str, u64)>,
    /// The first fault of each part; empty when all is well.
    pub broken: Vec<Broken>,
    /// What the reader should know beside.
    pub notes: Vec<String>,
}

impl Report {
    /// Everything fits.
    pub fn is_green(&self) -> bool {
        self.broken.is_empty()
    }

    /// How many of this were looked at.
    pub fn count(&self, what: &str) -> u64 {
        self.counted.iter().filter(|(name, _)| *name == what).map(|(_, n)| n).sum()
    }

    /// Takes one part's outcome in; says whether it held.
    fn take(&mut self, outcome: Result<Vec<(&'static str, u64)>, Trouble>) -> Result<bool, Fault> {
        match outcome {
            Ok(counted) => {
                self.counted.extend(counted);
                Ok(true)
            }
            Err(Trouble::Broken(broken)) => {
                self.broken.push(broken);
                Ok(false)
            }
            Err(Trouble::Fault(fault)) => Err(fault),
        }
    }
}

/// What a verification is given.
pub struct Given<'a> {
    /// The public keys that are trusted.
    pub public: &'a PublicBundle,
    /// The private keys, where they are at hand: salted commitments can be checked with them.
    pub keys: Option<&'a Keys>,
    /// The kept files, where they are at hand.
    pub files: Option<&'a FileStore>,
    /// A head that somebody kept: the log must continue it.
    pub checkpoint: Option<&'a SignedHead>,
    /// Only this lot's part of the record.
    pub lot: Option<&'a str>,
}

/// A log that was found whole, to look things up in.
pub struct Checked {
    index: log::Index,
    /// The keys its signatures were checked with.
    pub public: PublicBundle,
}

/// Verifies a database.
///
/// # Errors
/// The database or the files cannot be read; what is broken in the record stands in the report.
pub fn database(store: &Store, given: &Given<'_>) -> Result<(Report, Option<Checked>), Fault> {
    store.snapshot(|db| whole(db, given))
}

fn whole(db: &mut Reader<'_>, given: &Given<'_>) -> Result<(Report, Option<Checked>), Fault> {
    let mut report = Report::default();
    let index = match stored::log(db, given) {
        Ok((counted, index)) => {
            report.take(Ok(counted))?;
            index
        }
        Err(trouble) => {
            report.take(Err(trouble))?;
            report.notes.push("日志本身已经不完整，依靠日志的其余核对没有进行。".to_owned());
            return Ok((report, None));
        }
    };
    let only = match given.lot {
        Some(no) => match lots::named(db, no)? {
            Some(id) => Some(id),
            None => {
                report
                    .broken
                    .push(Broken { place: format!("标的 {no}"), what: "数据库里没有这个标的".to_owned() });
                return Ok((report, Some(Checked { index, public: given.public.clone() })));
            }
        },
        None => None,
    };
    against(db, given, &index, only.as_deref(), &mut report)?;
    Ok((report, Some(Checked { index, public: given.public.clone() })))
}

/// Everything that is held against the log.
fn against(
    db: &mut Reader<'_>,
    given: &Given<'_>,
    index: &log::Index,
    only: Option<&str>,
    report: &mut Report,
) -> Result<(), Fault> {
    report.take(transcript::all(index, only))?;
    report.take(lots::all(db, index, only))?;
    report.take(rooms::all(db, given.keys, index, only))?;
    report.take(bids::all(db, given.public, given.keys, index, only))?;
    report.take(rooms::results(db, only))?;
    report.take(papers::certificates(db, given, index, only))?;
    report.take(money::sublogs(db, given.keys, index, only))?;
    if only.is_none() {
        report.take(money::ledger(db, given.keys, index))?;
        report.take(holds::all(db))?;
        report.take(pauses::all(db, given.keys, index))?;
        report.take(papers::documents(db, given.files))?;
        report.take(papers::payment_files(db, given.keys, index))?;
        report.take(settings::all(db, index))?;
        // Last: where another part can say more of a row than that it was changed, it comes first.
        rows::all(db, given.keys, index, report)?;
    }
    if given.keys.is_none() {
        report.notes.push(
            "没有私钥文件夹：加盐承诺没有核对，签名用公钥核对；加密保存的文件只核对在不在，没有打开。".to_owned(),
        );
    }
    if given.files.is_none() {
        report.notes.push("没有文件夹 files：文件内容没有核对。".to_owned());
    }
    Ok(())
}
