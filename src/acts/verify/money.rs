//! The ledger: every entry balanced and chained; the sealed sublogs of the lots chained; both
//! chains held against what the log committed to.

use std::collections::HashMap;

use super::log::{Index, Indexed};
use super::{Trouble, broken, ensure, same};
use crate::acts::posting::POSTED;
use crate::crypto::journal::chained;
use crate::crypto::keys::Keys;
use crate::crypto::seal::Aad;
use crate::domain::funds::Account;
use crate::store::{Read, ledger, proof};

/// All entries.
pub(super) fn ledger(
    db: &mut impl Read,
    keys: Option<&Keys>,
    index: &Index,
) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let entries = proof::entries(db)?;
    let mut lines: HashMap<String, Vec<(String, i64)>> = HashMap::new();
    for (entry, ord, account, fen) in proof::lines(db)? {
        let place = || format!("ledger_lines 表：分录 {entry}");
        let own = lines.entry(entry.clone()).or_default();
        ensure(usize::try_from(ord).is_ok_and(|n| n == own.len()), place, || {
            format!("ord 是 {ord}，应当是 {}", own.len())
        })?;
        own.push((account, fen));
    }
    let mut texts = HashMap::new();
    for entry in &entries {
        let own = lines.remove(&entry.id).unwrap_or_default();
        let place = || format!("ledger_entries 表：分录 {}（{}）", entry.id, entry.key);
        let sum: i128 = own.iter().map(|(_, fen)| i128::from(*fen)).sum();
        ensure(sum == 0 && !own.is_empty(), place, || {
            format!("各行 amount_fen 合计 {sum} 分，应当是 0：ledger_lines 被改动过")
        })?;
        let bad = own.iter().find(|(code, _)| code.parse::<Account>().is_err());
        ensure(bad.is_none(), place, || "有一行的科目不存在".to_owned())?;
        texts.insert(entry.id.as_str(), proof::posting_text(entry, &own)?);
    }
    if let Some(entry) = lines.keys().min() {
        return Err(broken(format!("ledger_lines 表：分录 {entry}"), "有金额行，没有分录"));
    }
    let hashes = chain(db, &texts)?;
    let total = ledger::trial_balance(db)?;
    ensure(total.0 == 0, || "总账".into(), || format!("试算合计 {total}，应当是 0"))?;
    let leaves = posted(keys, &index.postings, &texts)?;
    let states = committed(keys, &["ledger"], "commitment", &index.ledger, &hashes, || "ledger_chain 表".into())?;
    Ok(vec![("资金分录", entries.len() as u64), ("总账承诺", states), ("记账叶", leaves)])
}

/// The leaf of an entry commits to its text.
fn posted(keys: Option<&Keys>, leaves: &[Indexed], texts: &HashMap<&str, String>) -> Result<u64, Trouble> {
    for leaf in leaves {
        let entry = leaf.text("entry");
        let place = || format!("ledger_entries 表：分录 {entry}");
        let text = texts.get(entry).ok_or_else(|| broken(place(), format!("缺失，{} 记着它", leaf.place())))?;
        let fits = keys.is_none_or(|k| k.commit(&[POSTED, entry], text).hex() == leaf.text("commitment"));
        ensure(fits, place, || format!("内容与 {} 的承诺不符，被改动过", leaf.place()))?;
    }
    Ok(leaves.len() as u64)
}

/// The chain over all entries; gives its hashes from before the first on.
fn chain(db: &mut impl Read, texts: &HashMap<&str, String>) -> Result<Vec<String>, Trouble> {
    let mut hashes = vec![String::new()];
    for (n, (seq, entry, hash)) in proof::chain(db)?.into_iter().enumerate() {
        let place = || format!("ledger_entries 表：分录 {entry}");
        let text = texts.get(entry.as_str()).ok_or_else(|| broken(place(), "缺失，总账的链记着它"))?;
        ensure(usize::try_from(seq).is_ok_and(|s| s == n + 1), place, || format!("在总账链里的序号 {seq} 不连续"))?;
        let before = hashes.last().cloned().unwrap_or_default();
        ensure(chained(&before, text) == hash, place, || {
            format!("内容与总账链第 {seq} 项的哈希不符：金额、科目、时间或说明被改动过")
        })?;
        hashes.push(hash);
    }
    ensure(
        hashes.len() == texts.len() + 1,
        || "ledger_chain 表".into(),
        || format!("链有 {} 项，分录有 {} 笔", hashes.len() - 1, texts.len()),
    )?;
    Ok(hashes)
}

/// The leaves at fixed times commit in a field to a state of the chain, each to one not older than the last.
/// Gives how many could be checked.
pub(super) fn committed(
    keys: Option<&Keys>,
    name: &[&str],
    field: &str,
    leaves: &[Indexed],
    hashes: &[String],
    place: impl Fn() -> String,
) -> Result<u64, Trouble> {
    let Some(keys) = keys else { return Ok(0) };
    let mut from = 0;
    for leaf in leaves {
        let slot = leaf.leaf.body.get("slot").and_then(serde_json::Value::as_i64).unwrap_or_default().to_string();
        let parts: Vec<&str> = name.iter().copied().chain([slot.as_str()]).collect();
        let told = leaf.text(field);
        let found = (from..hashes.len()).find(|n| keys.commit(&parts, &hashes[*n]).hex() == told);
        from = found.ok_or_else(|| {
            broken(place(), format!("没有哪个状态符合 {} 的承诺：此前的记录被改动或删除过", leaf.place()))
        })?;
    }
    Ok(leaves.len() as u64)
}

/// The sealed sublogs of all lots, or of one.
pub(super) fn sublogs(
    db: &mut impl Read,
    keys: Option<&Keys>,
    index: &Index,
    only: Option<&str>,
) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let mut counted = 0;
    let none = Vec::new();
    for (id, no) in proof::lots(db)?.into_iter().filter(|(id, _)| only.is_none_or(|o| o == id)) {
        let name = no.unwrap_or_else(|| id.clone());
        let mut hashes = vec![String::new()];
        for (n, (seq, at, sealed, hash)) in proof::sublog(db, &id)?.into_iter().enumerate() {
            counted += 1;
            let place = || format!("sublog 表：标的 {name} 第 {seq} 条");
            ensure(usize::try_from(seq).is_ok_and(|s| s == n + 1), place, || "序号不连续，有记录被删除".to_owned())?;
            if let Some(keys) = keys {
                let aad = Aad { table: "sublog", column: "sealed", row: &id };
                let text = keys.sealer().open_text(&aad, &sealed);
                let text = text.map_err(|e| broken(place(), format!("密文打不开（{e}），被改动过")))?;
                let before = hashes.last().cloned().unwrap_or_default();
                ensure(chained(&before, &text) == hash, place, || "内容与链的哈希不符，被改动过".to_owned())?;
                let told: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
                let told = told.get("at").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
                same(place, "at", &at.rfc3339(), &told)?;
            }
            hashes.push(hash);
        }
        let leaves = index.sublogs.get(&name).unwrap_or(&none);
        committed(keys, &["sublog", &name], "commitment", leaves, &hashes, || format!("sublog 表：标的 {name}"))?;
    }
    Ok(vec![("封存的报名记录", counted)])
}
