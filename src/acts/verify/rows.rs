//! The rows that have no leaf of their own, each against the newest of its records; the chain of the records
//! against what the log committed to. It names the row; which of its columns was changed, nobody can tell.

use std::collections::HashMap;

use super::log::Index;
use super::money::committed;
use super::{Report, Trouble, broken, ensure};
use crate::crypto::journal::chained;
use crate::crypto::keys::Keys;
use crate::store::dump::Table;
use crate::store::{Fault, Reader, row_records};

/// Records, and rows, read at once.
const PAGE: i64 = 1_000;

/// Every recorded row; each table is a part of its own.
pub(super) fn all(db: &mut Reader<'_>, keys: Option<&Keys>, index: &Index, report: &mut Report) -> Result<(), Fault> {
    let (mut newest, hashes) = match chain(db) {
        Ok(whole) => whole,
        Err(trouble) => return report.take(Err(trouble)).map(drop),
    };
    let mut counted = 0;
    for table in row_records::tables(db)? {
        let known = newest.remove(table.name).unwrap_or_default();
        let outcome = one(db, &table, known).map(|rows| {
            counted += rows;
            Vec::new()
        });
        report.take(outcome)?;
    }
    let strange = newest.into_keys().min();
    let outcome = ensure(
        strange.is_none(),
        || "row_records 表".into(),
        || format!("登记着不登记的表 {}", strange.clone().unwrap_or_default()),
    );
    report.take(outcome.map(|()| Vec::new()))?;
    let told: Vec<_> = index.ledger.iter().filter(|l| !l.text("rows").is_empty()).cloned().collect();
    let states = committed(keys, &["rows"], "rows", &told, &hashes, || "row_records 表".into());
    report.take(states.map(|states| vec![("登记的行", counted), ("行登记承诺", states)]))?;
    Ok(())
}

/// The rows of one table against their newest records; gives how many there are.
fn one(db: &mut Reader<'_>, table: &Table, known: HashMap<String, String>) -> Result<u64, Trouble> {
    let mut known = known;
    let mut counted = 0;
    loop {
        let page = row_records::rows(db, table, counted, PAGE.unsigned_abs())?;
        if page.is_empty() {
            break;
        }
        counted += page.len() as u64;
        for (id, record) in page {
            let place = || format!("{} 表：{id}", table.name);
            let told = known.remove(&id).ok_or_else(|| broken(place(), "没有登记过这一行：不是经程序写入的"))?;
            ensure(told == record, place, || {
                format!("内容的哈希是 {record}，最后一次写入时登记的是 {told}，被改动过")
            })?;
        }
    }
    match known.into_keys().min() {
        Some(id) => Err(broken(format!("{} 表：{id}", table.name), "缺失，row_records 表登记过它")),
        None => Ok(counted),
    }
}

/// Hashes of rows by table and id.
type Newest = HashMap<String, HashMap<String, String>>;

/// The chain recomputed: the newest record of every row, and the chain's hashes from before the first on.
fn chain(db: &mut Reader<'_>) -> Result<(Newest, Vec<String>), Trouble> {
    let (mut newest, mut hashes) = (Newest::new(), vec![String::new()]);
    let mut last = 0;
    loop {
        let page = row_records::after(db, last, PAGE)?;
        if page.is_empty() {
            return Ok((newest, hashes));
        }
        for (seq, about, row, record, hash) in page {
            let place = || format!("row_records 表：第 {} 项", last + 1);
            ensure(seq == last + 1, place, || format!("缺失，下一项是第 {seq} 项"))?;
            let before = hashes.last().map_or("", String::as_str);
            ensure(chained(before, &row_records::link(&about, &row, &record)) == hash, place, || {
                format!("{about} 表 {row} 的登记与链的哈希不符，被改动过")
            })?;
            newest.entry(about).or_default().insert(row, record);
            hashes.push(hash);
            last = seq;
        }
    }
}
