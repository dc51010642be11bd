//! What can go wrong in here. These are faults of the machine or of stored
//! data, never messages for a visitor.

/// A cryptographic fault.
#[derive(Debug, thiserror::Error)]
pub enum CryptoFault {
    /// The operating system gave no random bytes.
    #[error("no random bytes from the operating system: {0}")]
    Random(String),
    /// A key file is missing, malformed or of the wrong kind.
    #[error("密钥 {name}：{what}")]
    Key {
        /// File name of the key.
        name: String,
        /// What is wrong and what to do, in Chinese: operators read it.
        what: String,
    },
    /// A sealed value does not open: wrong key, wrong row or altered bytes.
    #[error("sealed value cannot be opened: {0}")]
    Sealed(&'static str),
    /// A key refused to sign, or a public key cannot be read.
    #[error("signature: {0}")]
    Signature(String),
    /// A value has no canonical form (a float, an integer beyond 2^53, a key that is not ASCII).
    #[error("no canonical form: {0}")]
    Canonical(String),
    /// Password hashing failed (memory, or a stored hash that cannot be read).
    #[error("password hashing: {0}")]
    Password(String),
}

/// Result of everything in [`crate::crypto`].
pub type Result<T> = std::result::Result<T, CryptoFault>;

impl From<getrandom::Error> for CryptoFault {
    fn from(e: getrandom::Error) -> Self {
        CryptoFault::Random(e.to_string())
    }
}

/// Random bytes from the operating system.
#[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system for randomness")]
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}
