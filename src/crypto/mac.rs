//! A secret key that makes tags: for CSRF tokens, look-ups, one-time codes,
//! check codes and the salts of commitments.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sm3::Sm3;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::suite::{Hash, Suite};

/// A 32-byte key bound to one purpose. Clears itself when dropped.
#[derive(Clone)]
pub struct MacKey {
    suite: Suite,
    key: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for MacKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MacKey").field("suite", &self.suite).finish_non_exhaustive()
    }
}

impl MacKey {
    /// The key for `purpose`, derived from a master key. Different purposes and
    /// suites give unrelated keys.
    pub fn derive(suite: Suite, master: &[u8; 32], purpose: &str) -> MacKey {
        let key = tag(suite, master, "derive", &[suite.code().as_bytes(), purpose.as_bytes()]);
        MacKey { suite, key: Zeroizing::new(key) }
    }

    /// The tag over a label and parts. Each part goes in with its length, so
    /// `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn tag(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        tag(self.suite, &self.key, label, parts)
    }

    /// Whether `given` is the tag; takes the same time wherever they differ.
    pub fn check(&self, label: &str, parts: &[&[u8]], given: &[u8]) -> bool {
        same(&self.tag(label, parts), given)
    }

    /// The tag as a salt for [`super::journal::commit`].
    pub fn salt(&self, label: &str, parts: &[&[u8]]) -> Hash {
        Hash(self.tag(label, parts))
    }

    /// The suite the key works in.
    pub fn suite(&self) -> Suite {
        self.suite
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.key
    }
}

/// Equality that takes the same time wherever the two differ.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

fn tag(suite: Suite, key: &[u8; 32], label: &str, parts: &[&[u8]]) -> [u8; 32] {
    // HMAC fills a short key with zeros up to the block of 64 bytes; done here, no length can be wrong.
    let mut block = Zeroizing::new([0u8; 64]);
    block[..32].copy_from_slice(key);
    match suite {
        Suite::Intl => fill(Hmac::<Sha256>::new(&(*block).into()), label, parts),
        Suite::Gm => fill(Hmac::<Sm3>::new(&(*block).into()), label, parts),
    }
}

fn fill<M>(mut mac: M, label: &str, parts: &[&[u8]]) -> [u8; 32]
where
    M: Mac,
    [u8; 32]: From<hmac::digest::Output<M>>,
{
    for part in std::iter::once(label.as_bytes()).chain(parts.iter().copied()) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
