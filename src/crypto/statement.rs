//! Signed statements: a payload, and an SM2 signature over its canonical JSON.
//! Receipts, tree heads and certificates are all of this form, so one rule and
//! one command check them (docs/operating):
//!
//! ```text
//! jq -cSj .payload FILE > message
//! jq -r .signature.value FILE | base64 -d > signature
//! openssl pkeyutl -verify -pubin -inkey KEY.pem -rawin -digest sm3 \
//!   -pkeyopt distid:1234567812345678 -in message -sigfile signature
//! ```

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::canonical;
use super::fault::{CryptoFault, Result};
use super::sign::{ALGORITHM, Signer, verify};

/// Something that is signed. Its type name goes into the signed bytes, so that a
/// signature for one kind of statement never passes for another.
pub trait Statement: Serialize + DeserializeOwned {
    /// E.g. `nongquan.bid-receipt.v1`.
    const TYPE: &'static str;
}

/// A signature and what made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Always `SM2-SM3`.
    pub algorithm: String,
    /// The signing key's short name.
    pub key_id: String,
    /// The DER signature in base64.
    pub value: String,
}

/// A statement with its signature. As JSON: `{"payload": {"type": …, …}, "signature": {…}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw", bound = "T: Statement + Clone")]
pub struct Signed<T: Statement + Clone> {
    /// What is stated.
    pub payload: T,
    /// By whom.
    pub signature: Signature,
}

/// The outward form.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    payload: Value,
    signature: Signature,
}

/// Why a statement is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotGenuine {
    /// Signed with a key that is not among the trusted ones.
    #[error("签名所用的密钥不在可信公钥之列。")]
    UnknownKey,
    /// The signature does not fit the content.
    #[error("签名与内容不符，内容可能被改动。")]
    BadSignature,
}

impl<T: Statement + Clone> Signed<T> {
    /// Signs a payload.
    pub fn sign(payload: T, signer: &dyn Signer) -> Result<Signed<T>> {
        let value = STANDARD.encode(signer.sign(&signed_bytes(&payload)?)?);
        let signature = Signature { algorithm: ALGORITHM.into(), key_id: signer.key_id().into(), value };
        Ok(Signed { payload, signature })
    }

    /// Checks the signature against this public key and gives the payload.
    pub fn verify(&self, public_pem: &str) -> std::result::Result<&T, NotGenuine> {
        let bytes = signed_bytes(&self.payload).map_err(|_| NotGenuine::BadSignature)?;
        let value = STANDARD.decode(&self.signature.value).map_err(|_| NotGenuine::BadSignature)?;
        let same_key = super::sign::key_id(public_pem).is_ok_and(|id| id == self.signature.key_id);
        if !same_key {
            return Err(NotGenuine::UnknownKey);
        }
        if self.signature.algorithm != ALGORITHM || !verify(public_pem, &bytes, &value) {
            return Err(NotGenuine::BadSignature);
        }
        Ok(&self.payload)
    }

    /// The very bytes the signature covers.
    pub fn signed_bytes(&self) -> Result<Vec<u8>> {
        signed_bytes(&self.payload)
    }
}

/// Canonical JSON of the payload with its type.
pub fn signed_bytes<T: Statement>(payload: &T) -> Result<Vec<u8>> {
    canonical::bytes(&with_type(payload).map_err(CryptoFault::Canonical)?)
}

fn with_type<T: Statement>(payload: &T) -> std::result::Result<Value, String> {
    match serde_json::to_value(payload) {
        Ok(Value::Object(mut map)) => {
            map.insert("type".into(), Value::String(T::TYPE.into()));
            Ok(Value::Object(map))
        }
        Ok(_) => Err("a statement must be an object".into()),
        Err(e) => Err(e.to_string()),
    }
}

impl<T: Statement + Clone> TryFrom<Raw> for Signed<T> {
    type Error = String;

    fn try_from(raw: Raw) -> std::result::Result<Self, String> {
        Ok(Signed { payload: untyped(raw.payload)?, signature: raw.signature })
    }
}

/// Reads a payload back, checking and taking off its type.
pub(super) fn untyped<T: Statement>(value: Value) -> std::result::Result<T, String> {
    let Value::Object(mut map) = value else { return Err("内容不是 JSON 对象。".into()) };
    match map.remove("type") {
        Some(Value::String(t)) if t == T::TYPE => {}
        _ => return Err(format!("内容的 type 不是 {}。", T::TYPE)),
    }
    serde_json::from_value(Value::Object(map)).map_err(|e| e.to_string())
}

impl<T: Statement + Clone> From<Signed<T>> for Raw {
    fn from(signed: Signed<T>) -> Raw {
        // `with_type` fails only for payloads that are no objects, which could not have been signed.
        Raw { payload: with_type(&signed.payload).unwrap_or(Value::Null), signature: signed.signature }
    }
}

/// Instants in statements: RFC 3339 with microseconds and the offset of China, nothing else.
pub mod when {
    use chrono::DateTime;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::domain::base::Instant;

    /// `2026-11-22T14:30:05.123456+08:00`.
    pub fn serialize<S: Serializer>(at: &Instant, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&at.rfc3339())
    }

    /// Refuses any other spelling of the same moment.
    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Instant, D::Error> {
        let text = String::deserialize(d)?;
        let at = DateTime::parse_from_rfc3339(&text).map_err(D::Error::custom)?;
        let at = Instant::from_micros(at.timestamp_micros());
        if at.rfc3339() == text { Ok(at) } else { Err(D::Error::custom("时间写法不规范。")) }
    }
}
