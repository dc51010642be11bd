//! SM2 signatures (GB/T 32918.2) with the default identifier 1234567812345678,
//! in DER, so that `openssl pkeyutl -verify` checks them.

use sm2::dsa::{Signature, SigningKey, VerifyingKey, signature::Signer as _, signature::Verifier as _};
use sm2::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, LineEnding};
use sm2::{PublicKey, SecretKey};
use zeroize::{Zeroize, Zeroizing};

use super::fault::{CryptoFault, Result, random};
use super::suite::sm3;

/// The distinguishing identifier every signature here is made with.
pub const DIST_ID: &str = "1234567812345678";
/// The algorithm's name beside each signature.
pub const ALGORITHM: &str = "SM2-SM3";

/// Something that signs: this software, or a certified device later.
pub trait Signer: Send + Sync {
    /// Short name of the key: the first 16 hex digits of the SM3 of its public part.
    fn key_id(&self) -> &str;
    /// The public key as PEM (SubjectPublicKeyInfo).
    fn public_pem(&self) -> &str;
    /// The DER signature over `message`.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>>;
}

/// A key held in this process. Not certified for commercial cryptography; a
/// certified device takes its place behind [`Signer`].
pub struct SoftSigner {
    key: SigningKey,
    key_id: String,
    public_pem: String,
}

impl std::fmt::Debug for SoftSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SoftSigner").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

impl SoftSigner {
    /// Reads a PKCS#8 PEM private key.
    pub fn from_pkcs8_pem(pem: &str) -> Result<SoftSigner> {
        SoftSigner::from_secret(&SecretKey::from_pkcs8_pem(pem).map_err(fault)?)
    }

    fn from_secret(secret: &SecretKey) -> Result<SoftSigner> {
        let public_pem = secret.public_key().to_public_key_pem(LineEnding::LF).map_err(fault)?;
        let key = SigningKey::new(DIST_ID, secret).map_err(fault)?;
        Ok(SoftSigner { key, key_id: key_id(&public_pem)?, public_pem })
    }
}

impl Signer for SoftSigner {
    fn key_id(&self) -> &str {
        &self.key_id
    }

    fn public_pem(&self) -> &str {
        &self.public_pem
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let signature: Signature = self.key.try_sign(message).map_err(fault)?;
        Ok(signature.to_der().as_bytes().to_vec())
    }
}

/// A new private key as PKCS#8 PEM.
pub fn generate_pkcs8_pem() -> Result<Zeroizing<String>> {
    loop {
        let mut bytes = random::<32>()?;
        // Fails only for zero or a number not below the group order: about 2^-32.
        let secret = SecretKey::from_slice(&bytes);
        bytes.zeroize();
        if let Ok(secret) = secret {
            return secret.to_pkcs8_pem(LineEnding::LF).map_err(fault);
        }
    }
}

/// The short name of a public key.
pub fn key_id(public_pem: &str) -> Result<String> {
    let der = PublicKey::from_public_key_pem(public_pem).map_err(fault)?.to_public_key_der().map_err(fault)?;
    let mut id = sm3(&[der.as_bytes()]).hex();
    id.truncate(16);
    Ok(id)
}

/// Whether `signature` (DER) over `message` was made with the private half of this key.
/// Malformed keys and signatures are simply not valid.
pub fn verify(public_pem: &str, message: &[u8], signature: &[u8]) -> bool {
    let Ok(public) = PublicKey::from_public_key_pem(public_pem) else { return false };
    let Ok(key) = VerifyingKey::new(DIST_ID, public) else { return false };
    let Ok(signature) = Signature::from_der(signature) else { return false };
    key.verify(message, &signature).is_ok()
}

fn fault(e: impl std::fmt::Display) -> CryptoFault {
    CryptoFault::Signature(e.to_string())
}
