//! Hashing and growth of the tree.

use super::super::suite::{Hash, sm3};

/// Hash of a leaf: SM3(00 ‖ bytes).
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    sm3(&[&[0], bytes])
}

/// Hash of an inner node: SM3(01 ‖ left ‖ right).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    sm3(&[&[1], left.bytes(), right.bytes()])
}

/// Root of the tree without leaves: SM3 of nothing.
pub fn empty_root() -> Hash {
    sm3(&[])
}

/// A full node of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId {
    /// 0 for leaves.
    pub level: u8,
    /// Position within the level, from 0.
    pub index: u64,
}

/// The right edge of the tree: all that is needed to append and to give the root.
/// Its peaks are the roots of the full subtrees that the binary digits of the size name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

/// The stored head does not fit the stored size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a tree of {size} leaves has {expected} peaks, not {given}")]
pub struct WrongPeaks {
    /// Leaves.
    pub size: u64,
    /// Peaks that size has.
    pub expected: usize,
    /// Peaks that were given.
    pub given: usize,
}

impl Frontier {
    /// A log without leaves.
    pub fn empty() -> Frontier {
        Frontier::default()
    }

    /// From the stored head: the size and the hashes of [`Frontier::peak_ids`].
    pub fn new(size: u64, peaks: Vec<Hash>) -> Result<Frontier, WrongPeaks> {
        let expected = size.count_ones() as usize;
        if peaks.len() == expected {
            Ok(Frontier { size, peaks })
        } else {
            Err(WrongPeaks { size, expected, given: peaks.len() })
        }
    }

    /// Which nodes are the peaks of a tree of this size, from left to right.
    pub fn peak_ids(size: u64) -> Vec<NodeId> {
        full_nodes(0, size)
    }

    /// Number of leaves; also the index of the next one.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Hashes of the peaks, from left (largest) to right.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Appends a leaf hash and returns the nodes this completes, to be stored: the leaf
    /// itself first, then its full ancestors.
    pub fn append(&mut self, leaf: Hash) -> Vec<(NodeId, Hash)> {
        let mut id = NodeId { level: 0, index: self.size };
        let mut hash = leaf;
        let mut done = vec![(id, hash)];
        while id.index & 1 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            hash = node_hash(&left, &hash);
            id = NodeId { level: id.level + 1, index: id.index >> 1 };
            done.push((id, hash));
        }
        self.peaks.push(hash);
        self.size += 1;
        done
    }

    /// The root over all leaves.
    pub fn root(&self) -> Hash {
        fold(&self.peaks)
    }
}

/// Root over full subtrees that stand side by side, larger ones to the left.
pub(super) fn fold(peaks: &[Hash]) -> Hash {
    let mut from_right = peaks.iter().rev();
    let Some(last) = from_right.next() else { return empty_root() };
    from_right.fold(*last, |right, left| node_hash(left, &right))
}

/// The full nodes that together cover `count` leaves from `start`. `start` must be a multiple of
/// the largest power of two that `count` holds, as it is wherever RFC 6962 splits a tree.
pub(super) fn full_nodes(start: u64, count: u64) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    let (mut at, mut rest) = (start, count);
    while rest > 0 {
        let level = rest.ilog2();
        nodes.push(NodeId { level: level as u8, index: at >> level });
        at += 1 << level;
        rest -= 1 << level;
    }
    nodes
}

/// The largest power of two below `n`, for `n` of two and more.
pub(super) fn split(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}
