//! One-time codes of six digits for step-up (issue item "People and permission"):
//! each is bound to who may use it, for what, and to the hash of what is signed.

use subtle::ConstantTimeEq;

use super::fault::{Result, random};
use super::mac::MacKey;
use super::suite::Hash;
use super::token::below;
use crate::domain::base::money::half_width;

/// What a code may be used for, and nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'a> {
    /// The act, e.g. `sign-contract`.
    pub purpose: &'a str,
    /// The account that asked for it.
    pub account: &'a str,
    /// Hash of the text or document the person agrees to.
    pub subject: &'a Hash,
}

/// A fresh code and what to store in its place.
pub struct IssuedCode {
    /// Six digits, for the message only.
    pub code: String,
    /// For the database: a salted, keyed tag. Six digits could be tried out from
    /// a plain hash; without the key they cannot.
    pub stored: String,
}

/// Makes and checks one-time codes. Expiry (10 minutes), single use and the
/// limit of attempts are the caller's, in the same transaction.
#[derive(Clone, Debug)]
pub struct OneTimeCodes {
    key: MacKey,
}

impl OneTimeCodes {
    /// With the web key.
    pub fn new(key: MacKey) -> OneTimeCodes {
        OneTimeCodes { key }
    }

    /// A new code for this use.
    pub fn issue(&self, bound: &Bound<'_>) -> Result<IssuedCode> {
        let code = format!("{:06}", below(1_000_000)?);
        let salt = random::<16>()?;
        let stored = format!("{}{}", hex::encode(salt), hex::encode(self.tag(&salt, bound, &code)));
        Ok(IssuedCode { code, stored })
    }

    /// Whether `typed` is the code stored for this very use.
    pub fn check(&self, stored: &str, bound: &Bound<'_>, typed: &str) -> bool {
        let typed: String = typed.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
        let Ok(bytes) = hex::decode(stored) else { return false };
        let Some((salt, tag)) = bytes.split_at_checked(16) else { return false };
        self.tag(salt, bound, &typed).ct_eq(tag).into()
    }

    fn tag(&self, salt: &[u8], bound: &Bound<'_>, code: &str) -> [u8; 32] {
        let parts = [salt, bound.purpose.as_bytes(), bound.account.as_bytes(), bound.subject.bytes(), code.as_bytes()];
        self.key.tag("one-time-code", &parts)
    }
}
