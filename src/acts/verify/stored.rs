//! The log in the database: its leaves, nodes, signed heads and head.

use super::log::{Index, Walk, place};
use super::{Given, Trouble, broken, ensure};
use crate::acts::checkpoint::stored_head;
use crate::crypto::journal::{Leaf, NodeId};
use crate::crypto::suite::Hash;
use crate::domain::base::Instant;
use crate::store::journal::{self, StoredLeaf};
use crate::store::{Fault, Read, proof};

/// Leaves read at once.
const PAGE: i64 = 1_000;

type Counted = Vec<(&'static str, u64)>;

/// Recomputes the log from its leaves.
pub(super) fn log(db: &mut impl Read, given: &Given<'_>) -> Result<(Counted, Index), Trouble> {
    let heads = proof::heads(db)?.into_iter().map(stored_head).collect::<Result<Vec<_>, Fault>>()?;
    let mut heads = heads.into_iter().peekable();
    let mut walk = Walk::new(given.public, given.checkpoint);
    loop {
        let from = walk.next();
        let page = journal::leaves_after(db, number(from)?, PAGE)?;
        if page.is_empty() {
            break;
        }
        let mut nodes = Vec::new();
        // Nodes are compared before the heads, because they name the leaf and a head only a range.
        let mut covered = Vec::new();
        for stored in page {
            let (index, hash, leaf) = read(&stored)?;
            nodes.extend(walk.leaf(index, &hash, leaf)?);
            if heads.peek().is_some_and(|h| h.payload.size == walk.next()) {
                compare_nodes(db, from, walk.next(), &nodes)?;
                covered.extend(heads.next());
            }
            for head in covered.drain(..) {
                walk.head(&head)?;
            }
        }
        compare_nodes(db, from, walk.next(), &nodes)?;
    }
    let walked = walk.finish()?;
    if let Some(head) = heads.next() {
        let size = head.payload.size;
        return Err(broken(
            place(walked.size, ""),
            format!("缺失：已经签发了 {size} 条的树头，日志只有 {} 条", walked.size),
        ));
    }
    let (size, peaks) = proof::head(db)?.ok_or_else(|| broken("日志头 journal_head", "缺失"))?;
    let expected = serde_json::to_string(walked.frontier.peaks()).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let fits = number(walked.size)? == size && peaks == expected;
    ensure(
        fits,
        || "日志头 journal_head".into(),
        || format!("记着 {size} 条，叶子有 {} 条，或者峰值不符", walked.size),
    )?;
    let counted = vec![("日志叶", walked.size), ("签名树头", walked.heads), ("尚未签名的新叶", walked.unsigned)];
    let complete: u64 = (0..64).map(|level| walked.size >> level).sum();
    let stored = proof::node_count(db)?;
    ensure(
        number(complete)? == stored,
        || "日志节点 journal_nodes".into(),
        || format!("有 {stored} 个，应当有 {complete} 个"),
    )?;
    Ok((counted, walked.index))
}

fn number(n: u64) -> Result<i64, Fault> {
    i64::try_from(n).map_err(|e| Fault::Inconsistent(e.to_string()))
}

/// A stored leaf: its text must be canonical and its columns must say the same.
fn read(stored: &StoredLeaf) -> Result<(u64, Hash, Leaf), Trouble> {
    let index = u64::try_from(stored.index).map_err(|e| broken("journal_leaves.idx", e.to_string()))?;
    let at = || place(index, &stored.kind);
    let leaf = Leaf::from_bytes(stored.body.as_bytes()).map_err(|e| broken(at(), format!("内容读不出来（{e}）")))?;
    let hash: Hash = stored.leaf_hash.parse().map_err(|_| broken(at(), "叶哈希读不出来"))?;
    let columns = leaf.kind == stored.kind && leaf.subject == stored.subject && leaf.at == Instant::from_utc(stored.at);
    ensure(columns, at, || {
        format!("列 kind、subject、at 与叶的内容不同（内容：{}，{}，{}）", leaf.kind, leaf.subject, leaf.at.rfc3339())
    })?;
    Ok((index, hash, leaf))
}

/// The stored nodes that the leaves from `from` to before `to` complete.
fn compare_nodes(db: &mut impl Read, from: u64, to: u64, computed: &[(NodeId, Hash)]) -> Result<(), Trouble> {
    for level in 0..64u8 {
        let (first, end) = (from >> level, to >> level);
        if first == end {
            break;
        }
        let stored = proof::nodes(db, i64::from(level), number(first)?, number(end)?)?;
        let own = computed.iter().filter(|(id, _)| id.level == level);
        let mut stored = stored.into_iter();
        for (id, hash) in own {
            let what = match stored.next() {
                Some((index, hex)) if number(id.index)? == index && hex == hash.hex() => continue,
                Some((index, _)) if number(id.index)? != index => "没有登记节点".to_owned(),
                None => "没有登记节点".to_owned(),
                Some((_, hex)) => format!("重新计算是 {hash}，登记的是 {hex}"),
            };
            let place = match level {
                0 => place(id.index, ""),
                _ => format!("日志节点（第 {level} 层第 {} 个）", id.index),
            };
            return Err(broken(place, format!("{what}，内容被改动过")));
        }
    }
    Ok(())
}
