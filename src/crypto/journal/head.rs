//! The signed head of the log: what the exchange publishes and cannot take back.

use serde::{Deserialize, Serialize};

use super::super::statement::{Signed, Statement, when};
use super::super::suite::Hash;
use crate::domain::base::Instant;

/// State of the log at one moment. The size is signed with the root because a proof alone does
/// not tell the size of its tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TreeHead {
    /// Leaves.
    pub size: u64,
    /// Root over all leaves.
    pub root: Hash,
    /// When the head was signed.
    #[serde(with = "when")]
    pub at: Instant,
}

impl Statement for TreeHead {
    const TYPE: &'static str = "nongquan.tree-head.v1";
}

/// A tree head with the journal key's signature; a witness adds its own over the same
/// [`Signed::signed_bytes`].
pub type SignedHead = Signed<TreeHead>;
