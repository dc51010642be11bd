//! The journal (architecture 6): one append-only Merkle log of every event of
//! record, hashed as RFC 6962 says, over SM3. Pure: the store keeps leaves,
//! nodes and the head; this module says what they must be.
//!
//! A node is named by `(level, index)`: level 0 holds the leaf hashes, and node
//! `(l, i)` covers the leaves from `i·2^l` to `(i+1)·2^l - 1`. Only full nodes are stored,
//! each exactly once, when its last leaf is appended; a stored node never changes.

mod chain;
pub mod export;
mod head;
mod leaf;
mod proof;
mod tree;

pub use chain::chained;
pub use head::{SignedHead, TreeHead};
pub use leaf::{Leaf, commit};
pub use proof::{
    Broken, ConsistencyProof, InclusionProof, NodeSource, prove_consistency, prove_inclusion, verify_consistency,
    verify_inclusion,
};
pub use tree::{Frontier, NodeId, WrongPeaks, empty_root, leaf_hash, node_hash};
