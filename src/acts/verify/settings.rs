//! Settings entered by two people: every row against the leaves of its proposal and its decision.

use super::log::{Index, Indexed};
use super::{Trouble, broken, ensure};
use crate::acts::finance::{DECIDED, PROPOSED, proposed_leaf};
use crate::store::Read;
use crate::store::settings::{self, Setting};

/// All settings.
pub(super) fn all(db: &mut impl Read, index: &Index) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let rows = settings::all(db)?;
    // Leaves of before they named their row hold as many rows as there are, and say nothing of them.
    let nameless =
        |kind: &str| index.settings.iter().filter(|l| l.leaf.kind == kind && l.text("setting").is_empty()).count();
    let (mut unproposed, mut undecided) = (nameless(PROPOSED), nameless(DECIDED));
    for row in &rows {
        match leaf(index, PROPOSED, row) {
            Some(leaf) => proposed(row, leaf)?,
            None if unproposed > 0 => unproposed -= 1,
            None => return Err(broken(place(row), "日志里没有它的叶")),
        }
        match (leaf(index, DECIDED, row), row.status == "proposed") {
            (Some(leaf), _) => decided(row, leaf)?,
            (None, true) => {}
            (None, false) if undecided > 0 => undecided -= 1,
            (None, false) => return Err(broken(place(row), "日志里没有审批它的叶，status 被改动过")),
        }
    }
    for leaf in index.settings.iter().filter(|l| !l.text("setting").is_empty()) {
        let known = rows.iter().any(|row| row.id.to_string() == leaf.text("setting"));
        ensure(
            known,
            || format!("settings 表：{}", leaf.text("setting")),
            || format!("缺失，{} 记着它", leaf.place()),
        )?;
    }
    Ok(vec![("设置", rows.len() as u64)])
}

fn place(row: &Setting) -> String {
    format!("settings 表：{}（{}）", row.name, row.id)
}

fn leaf<'a>(index: &'a Index, kind: &str, row: &Setting) -> Option<&'a Indexed> {
    let id = row.id.to_string();
    index.settings.iter().find(|l| l.leaf.kind == kind && l.text("setting") == id)
}

fn proposed(row: &Setting, leaf: &Indexed) -> Result<(), Trouble> {
    let same = leaf.leaf.body == proposed_leaf(row) && leaf.leaf.subject == row.name && leaf.leaf.at == row.proposed_at;
    ensure(same, || place(row), || format!("内容与 {} 不符：数值、批准文件或日期被改动过", leaf.place()))
}

fn decided(row: &Setting, leaf: &Indexed) -> Result<(), Trouble> {
    let approved = leaf.leaf.body.get("approved").and_then(serde_json::Value::as_bool);
    let stored = match row.status.as_str() {
        "approved" => Some(true),
        "rejected" => Some(false),
        _ => None,
    };
    ensure(
        stored.is_some() && stored == approved,
        || place(row),
        || format!("status 是 {}，{} 记的不是：被改动过", row.status, leaf.place()),
    )
}
