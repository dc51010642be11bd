//! What a leaf says, and how personal data stands in it without being in it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::canonical;
use super::super::fault::{CryptoFault, Result};
use super::super::statement::{Statement, when};
use super::super::suite::{Hash, sm3};
use super::tree::leaf_hash;
use crate::domain::base::Instant;

/// One event of record. Its canonical bytes are what is hashed, stored and published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// What happened, e.g. `bid-accepted`.
    pub kind: String,
    /// When, by the exchange's clock.
    #[serde(with = "when")]
    pub at: Instant,
    /// What it happened to, e.g. a lot number. Never a person in clear.
    pub subject: String,
    /// The particulars. No floats; personal data only as [`commit`]ments.
    pub body: Value,
}

impl Statement for Leaf {
    const TYPE: &'static str = "nongquan.leaf.v1";
}

impl Leaf {
    /// The canonical bytes.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        super::super::statement::signed_bytes(self)
    }

    /// The leaf's hash in the log.
    pub fn hash(&self) -> Result<Hash> {
        Ok(leaf_hash(&self.bytes()?))
    }

    /// Reads stored or published bytes, and accepts only the canonical form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Leaf> {
        let fault = |e: String| CryptoFault::Canonical(e);
        let value: Value = serde_json::from_slice(bytes).map_err(|e| fault(e.to_string()))?;
        if canonical::bytes(&value)? != bytes {
            return Err(fault("leaf is not in canonical form".into()));
        }
        Leaf::from_value(value)
    }

    /// Reads a leaf that stands in a larger JSON document.
    pub fn from_value(value: Value) -> Result<Leaf> {
        super::super::statement::untyped(value).map_err(CryptoFault::Canonical)
    }
}

/// A commitment to a value that is not shown: whoever learns salt and value can check it, and
/// without the salt no value can be tried. `salt` comes from [`super::super::mac::MacKey::salt`]
/// with a context of its own for every place, or is random and stored.
pub fn commit(salt: &Hash, value: &str) -> Hash {
    sm3(&[b"nongquan.commitment.v1\0", salt.bytes(), value.as_bytes()])
}
