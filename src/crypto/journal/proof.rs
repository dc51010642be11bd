//! Proofs that a leaf is in the log, and that a later log only added to an
//! earlier one. Written after the recursive definitions of RFC 6962 section 2.1,
//! the verifiers as their mirror image.

use serde::{Deserialize, Serialize};

use super::super::suite::Hash;
use super::tree::{NodeId, fold, full_nodes, node_hash, split};

/// Where stored nodes come from.
pub trait NodeSource {
    /// Fault of the store.
    type Error;

    /// The hashes of these nodes, in this order. A node that is not stored is a fault.
    fn nodes(&mut self, ids: &[NodeId]) -> Result<Vec<Hash>, Self::Error>;
}

/// A path from a leaf to the root of a tree of `size` leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InclusionProof {
    /// Which leaf, from 0.
    pub index: u64,
    /// Leaves in the tree.
    pub size: u64,
    /// Sibling hashes from the leaf upwards.
    pub path: Vec<Hash>,
}

/// What shows that the tree of `new_size` leaves begins with that of `old_size`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsistencyProof {
    /// Leaves in the earlier tree.
    pub old_size: u64,
    /// Leaves in the later tree.
    pub new_size: u64,
    /// Hashes as RFC 6962 orders them.
    pub path: Vec<Hash>,
}

/// Why there is no proof, or why one does not convince.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The leaf or the earlier tree lies beyond the tree.
    #[error("超出日志的范围。")]
    OutOfRange,
    /// Too few or too many hashes.
    #[error("证明的长度不对。")]
    WrongLength,
    /// The hashes lead to another root.
    #[error("证明与日志根不符。")]
    WrongRoot,
}

/// Part of the tree: `count` leaves from `start`.
#[derive(Clone, Copy)]
struct Range {
    start: u64,
    count: u64,
}

impl Range {
    fn halves(self) -> (Range, Range) {
        let k = split(self.count);
        (Range { start: self.start, count: k }, Range { start: self.start + k, count: self.count - k })
    }
}

/// Proof that leaf `index` is in the tree of the first `size` leaves; `None` when it is not.
pub fn prove_inclusion<S: NodeSource>(
    source: &mut S,
    index: u64,
    size: u64,
) -> Result<Option<InclusionProof>, S::Error> {
    if index >= size {
        return Ok(None);
    }
    let mut ranges = Vec::new();
    let mut at = Range { start: 0, count: size };
    while at.count > 1 {
        let (left, right) = at.halves();
        let in_left = index < right.start;
        ranges.push(if in_left { right } else { left });
        at = if in_left { left } else { right };
    }
    ranges.reverse();
    Ok(Some(InclusionProof { index, size, path: roots(source, &ranges)? }))
}

/// Proof that the tree of `new_size` leaves begins with that of `old_size`; `None` when
/// `old_size` is the larger.
pub fn prove_consistency<S: NodeSource>(
    source: &mut S,
    old_size: u64,
    new_size: u64,
) -> Result<Option<ConsistencyProof>, S::Error> {
    if old_size > new_size {
        return Ok(None);
    }
    let mut ranges = Vec::new();
    if old_size > 0 {
        let mut at = Range { start: 0, count: new_size };
        while at.start + at.count != old_size {
            let (left, right) = at.halves();
            let ends_left = old_size <= right.start;
            ranges.push(if ends_left { right } else { left });
            at = if ends_left { left } else { right };
        }
        // A whole prefix is the earlier root itself, which the verifier has.
        if at.start > 0 {
            ranges.push(at);
        }
    }
    ranges.reverse();
    Ok(Some(ConsistencyProof { old_size, new_size, path: roots(source, &ranges)? }))
}

/// The root over each range, with one question to the store.
fn roots<S: NodeSource>(source: &mut S, ranges: &[Range]) -> Result<Vec<Hash>, S::Error> {
    let ids: Vec<Vec<NodeId>> = ranges.iter().map(|r| full_nodes(r.start, r.count)).collect();
    let hashes = source.nodes(&ids.concat())?;
    let mut rest = hashes.as_slice();
    let mut out = Vec::with_capacity(ranges.len());
    for id in &ids {
        let (own, after) = rest.split_at(id.len().min(rest.len()));
        out.push(fold(own));
        rest = after;
    }
    Ok(out)
}

/// Checks that the leaf with this hash stands at the proof's index in the tree with this root.
pub fn verify_inclusion(root: &Hash, leaf: &Hash, proof: &InclusionProof) -> Result<(), Broken> {
    if proof.index >= proof.size {
        return Err(Broken::OutOfRange);
    }
    let mut path = proof.path.as_slice();
    let found = root_from(proof.index, proof.size, leaf, &mut path).ok_or(Broken::WrongLength)?;
    finish(path, found == *root)
}

/// Takes siblings from the end of `path`, since the recursion starts at the root.
fn root_from(index: u64, size: u64, leaf: &Hash, path: &mut &[Hash]) -> Option<Hash> {
    if size == 1 {
        return Some(*leaf);
    }
    let k = split(size);
    let sibling = take_last(path)?;
    if index < k {
        Some(node_hash(&root_from(index, k, leaf, path)?, &sibling))
    } else {
        Some(node_hash(&sibling, &root_from(index - k, size - k, leaf, path)?))
    }
}

/// Checks that the later tree only added leaves to the earlier one.
pub fn verify_consistency(old_root: &Hash, new_root: &Hash, proof: &ConsistencyProof) -> Result<(), Broken> {
    if proof.old_size > proof.new_size {
        return Err(Broken::OutOfRange);
    }
    if proof.old_size == 0 {
        return finish(&proof.path, *old_root == super::empty_root());
    }
    let mut path = proof.path.as_slice();
    let whole = Some(*old_root);
    let (old, new) = both_roots(proof.old_size, proof.new_size, whole, &mut path).ok_or(Broken::WrongLength)?;
    finish(path, old == *old_root && new == *new_root)
}

/// The roots of the earlier and later tree over one range. `whole` is the earlier root while the
/// range begins at the first leaf.
fn both_roots(old: u64, new: u64, whole: Option<Hash>, path: &mut &[Hash]) -> Option<(Hash, Hash)> {
    if old == new {
        let hash = match whole {
            Some(root) => root,
            None => take_last(path)?,
        };
        return Some((hash, hash));
    }
    let k = split(new);
    let other = take_last(path)?;
    if old <= k {
        let (o, n) = both_roots(old, k, whole, path)?;
        Some((o, node_hash(&n, &other)))
    } else {
        let (o, n) = both_roots(old - k, new - k, None, path)?;
        Some((node_hash(&other, &o), node_hash(&other, &n)))
    }
}

fn take_last(path: &mut &[Hash]) -> Option<Hash> {
    let (last, rest) = path.split_last()?;
    *path = rest;
    Some(*last)
}

fn finish(left_over: &[Hash], same_root: bool) -> Result<(), Broken> {
    if !left_over.is_empty() {
        Err(Broken::WrongLength)
    } else if !same_root {
        Err(Broken::WrongRoot)
    } else {
        Ok(())
    }
}
