//! Every lot's events against their leaves, and the stored lot against the replay of its events.

use serde_json::Value;

use super::log::{Index, Indexed};
use super::{Trouble, broken, ensure, same};
use crate::acts::record;
use crate::crypto::suite::sm3;
use crate::domain::base::Instant;
use crate::domain::base::ids::LotId;
use crate::domain::lot::{Lot, LotEvent, Recorded, replay};
use crate::store::proof::{self, LotEventRow};
use crate::store::{Fault, Read, lots, rounds};

/// The id of the lot with this public number.
pub(super) fn named(db: &mut impl Read, no: &str) -> Result<Option<String>, Fault> {
    Ok(proof::lots(db)?.into_iter().find(|(_, known)| known.as_deref() == Some(no)).map(|(id, _)| id))
}

/// All lots, or one.
pub(super) fn all(db: &mut impl Read, index: &Index, only: Option<&str>) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let stored = proof::lots(db)?;
    let (mut lots, mut events) = (0, 0);
    let none = Vec::new();
    for (id, _) in stored.iter().filter(|(id, _)| only.is_none_or(|o| o == id)) {
        lots += 1;
        events += one(db, id, index.lots.get(id).unwrap_or(&none))?;
    }
    let lost = index.lots.iter().find(|(id, _)| only.is_none() && !stored.iter().any(|(s, _)| s == *id));
    if let Some((id, leaves)) = lost {
        let leaf = leaves.first().map(Indexed::place).unwrap_or_default();
        return Err(broken(format!("lots 表：标的 {id}"), format!("{leaf} 记着这个标的，数据库里没有")));
    }
    Ok(vec![("标的", lots), ("标的事件", events)])
}

fn one(db: &mut impl Read, id: &str, leaves: &[Indexed]) -> Result<u64, Trouble> {
    let stored = match id.parse().ok().map(|id| lots::find(db, id)) {
        Some(Ok(Some(stored))) => stored.lot,
        Some(Err(Fault::Inconsistent(what))) => {
            return Err(broken(format!("lots 表：标的 {id}"), format!("内容读不出来（{what}）")));
        }
        Some(Err(fault)) => return Err(Trouble::Fault(fault)),
        Some(Ok(None)) | None => return Err(broken(format!("lots 表：标的 {id}"), "编号不成立")),
    };
    let name = record::subject(&stored);
    let rows = proof::lot_events(db, id)?;
    let mut records = Vec::with_capacity(rows.len());
    for (n, leaf) in leaves.iter().enumerate() {
        let place = || format!("lot_events 表：标的 {name} 第 {} 条事件", n + 1);
        let row = rows.get(n).ok_or_else(|| broken(place(), format!("缺失，{} 记着它", leaf.place())))?;
        records.push(event(&stored, row, leaf, n)?);
    }
    if let Some(row) = rows.get(leaves.len()) {
        return Err(broken(format!("lot_events 表：标的 {name} 第 {} 条事件", row.seq), "日志里没有它的叶"));
    }
    let id = stored.id;
    replayed(db, &name, stored, &records)?;
    notices(db, &name, id, &records)?;
    Ok(rows.len() as u64)
}

/// The notices and what they froze: a case is judged by them, so they must be those that were published.
fn notices(db: &mut impl Read, name: &str, lot: LotId, records: &[Recorded]) -> Result<(), Trouble> {
    let stored = rounds::of_lot(db, lot)?;
    for record in records {
        let LotEvent::Published { listing } = &record.event else { continue };
        let place = || format!("rounds 表：标的 {name} 第 {} 轮", listing.number);
        let round = stored.iter().find(|r| r.id == listing.round);
        let round = round.ok_or_else(|| broken(place(), "缺失，发布事件记着它"))?;
        same(place, "snapshot", &sm3(&[round.snapshot.as_bytes()]).hex(), &listing.snapshot_hash)?;
        same(place, "notice", &sm3(&[round.notice.notice.canonical().as_bytes()]).hex(), &listing.notice_hash)?;
        same(place, "closes_at", &round.closes_at, &listing.closes)?;
    }
    Ok(())
}

fn event(lot: &Lot, row: &LotEventRow, leaf: &Indexed, n: usize) -> Result<Recorded, Trouble> {
    let name = record::subject(lot);
    let place = || format!("lot_events 表：标的 {name} 第 {} 条事件（{}）", n + 1, row.kind);
    let seq = i64::try_from(n + 1).map_err(|e| broken(place(), e.to_string()))?;
    same(place, "seq", &row.seq, &seq)?;
    let hash = sm3(&[row.body.as_bytes()]).hex();
    ensure(hash == leaf.text("record"), place, || {
        format!("内容的哈希是 {hash}，{} 记的是 {}，内容被改动过", leaf.place(), leaf.text("record"))
    })?;
    let read: Recorded =
        serde_json::from_str(&row.body).map_err(|e| broken(place(), format!("内容读不出来（{e}）")))?;
    same(place, "kind", &row.kind, &read.event.kind().to_owned())?;
    same(place, "at", &Instant::from_utc(row.at), &read.at)?;
    same(place, "account_id", &row.account_id, &read.by.map(|a| a.to_string()))?;
    same(place, "post", &row.post, &read.post)?;
    same(place, "叶的种类", &leaf.leaf.kind, &format!("lot.{}", read.event.kind()))?;
    same(place, "叶的时间", &leaf.leaf.at, &read.at)?;
    let public = leaf.leaf.body.get("public").cloned().unwrap_or(Value::Null);
    same(place, "叶的公开内容", &public, &record::public_facts(&read.event))?;
    if let Some(origin) = leaf.leaf.body.get("origin") {
        let own = Value::String(record::origin_hash(lot)?);
        ensure(
            *origin == own,
            || format!("lots 表：标的 {name}"),
            || format!("转出方、所在地、品种或项目与 {} 提交时的不同", leaf.place()),
        )?;
    }
    Ok(read)
}

fn replayed(db: &mut impl Read, name: &str, stored: Lot, records: &[Recorded]) -> Result<(), Trouble> {
    let place = || format!("lots 表：标的 {name}");
    let draft = stored.before_events(stored.entered_at);
    let lot = replay(draft, records);
    ensure(lot == stored, place, || format!("按事件重放得出的标的与存储的不同：{}", difference(&stored, &lot)))?;
    let projection = record::lasting_projection(&stored);
    match lots::differing(db, &stored, &projection)? {
        None => Ok(()),
        Some(d) => Err(broken(place(), format!("列 {} 是 {}，按事件应当是 {}", d.column, d.stored, d.expected))),
    }
}

/// The first field that differs, with both values.
pub(super) fn difference<T: serde::Serialize>(stored: &T, expected: &T) -> String {
    let (stored, expected) = (serde_json::to_value(stored), serde_json::to_value(expected));
    let (Ok(Value::Object(stored)), Ok(Value::Object(expected))) = (stored, expected) else { return String::new() };
    let differs = stored.iter().find(|(name, value)| expected.get(*name) != Some(value));
    differs.map_or_else(String::new, |(name, value)| {
        let other = expected.get(name).cloned().unwrap_or(Value::Null);
        format!("{name} 存的是 {value}，应当是 {other}")
    })
}
