//! Password hashing: argon2id with 19 MiB, two passes, one lane, and a secret
//! pepper that stands outside the database.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use zeroize::Zeroizing;

use super::fault::{CryptoFault, Result};

/// Memory in KiB.
pub const MEMORY_KIB: u32 = 19_456;
/// Passes.
pub const PASSES: u32 = 2;
/// Lanes.
pub const LANES: u32 = 1;
/// Longer input is refused before any work is done (characters are at most four bytes).
const MAX_BYTES: usize = 4 * super::password_policy::MAX_CHARS;

/// Hashes and checks passwords. One check takes about 40 ms and 19 MiB: call it
/// from a bounded blocking pool only.
#[derive(Clone)]
pub struct Passwords {
    pepper: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passwords(…)")
    }
}

impl Passwords {
    /// With the pepper from the key folder.
    pub fn new(pepper: [u8; 32]) -> Passwords {
        Passwords { pepper: Zeroizing::new(pepper) }
    }

    /// The PHC string to store, with a fresh salt.
    pub fn hash(&self, password: &str) -> Result<String> {
        let hash = self.argon2()?.hash_password(password.as_bytes()).map_err(fault)?;
        Ok(hash.to_string())
    }

    /// Whether `typed` is the password of this stored string. A string that cannot
    /// be read matches nothing and costs the same time.
    pub fn verify(&self, typed: &str, stored: &str) -> bool {
        if typed.len() > MAX_BYTES {
            return false;
        }
        match (self.argon2(), PasswordHash::new(stored)) {
            (Ok(argon2), Ok(hash)) => argon2.verify_password(typed.as_bytes(), &hash).is_ok(),
            _ => self.verify_nobody(typed),
        }
    }

    /// For an account that does not exist: the same work, always `false`, so that the
    /// time of a refused login does not tell which accounts exist.
    pub fn verify_nobody(&self, typed: &str) -> bool {
        if typed.len() > MAX_BYTES {
            return false;
        }
        let mut out = [0u8; 32];
        if let Ok(argon2) = self.argon2() {
            let done = argon2.hash_password_into(typed.as_bytes(), b"nobody-has-this!", &mut out);
            std::hint::black_box(done.is_ok());
        }
        std::hint::black_box(out);
        false
    }

    /// Whether the stored string was made with weaker settings than today's and should be
    /// made anew at the next successful login.
    pub fn needs_rehash(&self, stored: &str) -> bool {
        let Ok(hash) = PasswordHash::new(stored) else { return true };
        let Ok(params) = Params::try_from(&hash) else { return true };
        hash.algorithm.as_str() != "argon2id" || params.m_cost() < MEMORY_KIB || params.t_cost() < PASSES
    }

    fn argon2(&self) -> Result<Argon2<'_>> {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(32)).map_err(fault)?;
        Argon2::new_with_secret(self.pepper.as_slice(), Algorithm::Argon2id, Version::V0x13, params).map_err(fault)
    }
}

fn fault(e: impl std::fmt::Display) -> CryptoFault {
    CryptoFault::Password(e.to_string())
}
