//! Payments that waited: each word on a pause against its leaf, each leaf against its row.

use super::log::{Index, Indexed};
use super::{Trouble, broken, ensure};
use crate::acts::pauses::committed;
use crate::crypto::keys::Keys;
use crate::store::Read;
use crate::store::refund_pauses::{self, Word};

/// All pauses.
pub(super) fn all(db: &mut impl Read, keys: Option<&Keys>, index: &Index) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let stored = refund_pauses::all(db)?;
    for pause in &stored {
        let id = pause.id.to_string();
        let words = [("refund.paused", Some(&pause.ordered)), ("refund.resumed", pause.lifted.as_ref())];
        for (kind, word) in words {
            let leaf = index.pauses.iter().find(|l| l.leaf.kind == kind && l.text("pause") == id);
            match (word, leaf) {
                (Some(word), Some(leaf)) => fits(keys, &id, kind, word, leaf, pause.reason.name())?,
                (Some(_), None) => return Err(broken(place(&id), format!("日志里没有它的叶（{kind}）"))),
                (None, Some(leaf)) => return Err(broken(place(&id), format!("{} 记着解除，这里没有", leaf.place()))),
                (None, None) => {}
            }
        }
    }
    for leaf in &index.pauses {
        let known = stored.iter().any(|p| p.id.to_string() == leaf.text("pause"));
        ensure(known, || place(leaf.text("pause")), || format!("缺失，{} 记着它", leaf.place()))?;
    }
    Ok(vec![("付款暂停", stored.len() as u64)])
}

fn place(id: &str) -> String {
    format!("refund_pauses 表：{id}")
}

fn fits(keys: Option<&Keys>, id: &str, kind: &str, word: &Word, leaf: &Indexed, reason: &str) -> Result<(), Trouble> {
    let same = keys.is_none_or(|k| k.commit(&[kind, id], &committed(word)).hex() == leaf.text("words"))
        && leaf.text("reason") == reason
        && leaf.leaf.at == word.at;
    ensure(same, || place(id), || format!("内容与 {} 的承诺不符：原因、理由、人员或时间被改动过", leaf.place()))
}
