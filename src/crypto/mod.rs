//! Secrets, signatures and proof: everything cryptographic, and nothing that
//! knows the database or HTTP.
//!
//! Start with [`keys::Keys`]: it is read from a folder at boot and hands out
//! the workers below, each bound to its own key. [`suite`] says which algorithms
//! are used; [`journal`] is the append-only log that makes the record provable.
//!
//! **Invariant**: randomness for secrets comes from here and from the operating
//! system only; no other module asks for it.

pub mod canonical;
pub mod certificate;
pub mod fault;
pub mod journal;
pub mod keyfile;
pub mod keys;
pub mod mac;
pub mod otp;
pub mod password;
pub mod password_policy;
pub mod receipt;
pub mod seal;
pub mod sign;
pub mod statement;
pub mod suite;
pub mod token;

pub use fault::{CryptoFault, Result};
pub use keys::Keys;
pub use suite::{Hash, Suite, sm3};
