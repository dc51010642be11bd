//! Canonical JSON: the one byte form of a value that is hashed or signed.
//!
//! RFC 8785 restricted so that no reader in any language can differ: keys are
//! ASCII and sorted, numbers are integers within ±(2^53 - 1), no white space.
//! `jq -cSj .payload` gives the same bytes.

use serde::Serialize;
use serde_json::Value;

use super::fault::{CryptoFault, Result};

/// The largest integer every JSON reader keeps exact.
const MAX_SAFE: u64 = (1 << 53) - 1;

/// Canonical bytes of anything that serializes.
pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>> {
    let value = serde_json::to_value(value).map_err(|e| CryptoFault::Canonical(e.to_string()))?;
    bytes(&value)
}

/// Canonical bytes of a JSON value.
pub fn bytes(value: &Value) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(256);
    write(value, &mut out)?;
    Ok(out)
}

fn write(value: &Value, out: &mut Vec<u8>) -> Result<()> {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(n) => write_integer(n, out)?,
        Value::String(s) => write_string(s, out)?,
        Value::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                write(item, out)?;
            }
            out.push(b']');
        }
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_unstable();
            out.push(b'{');
            for (i, key) in keys.into_iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                write_key(key, out)?;
                out.push(b':');
                write(map.get(key).unwrap_or(&Value::Null), out)?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

fn write_integer(n: &serde_json::Number, out: &mut Vec<u8>) -> Result<()> {
    let safe = n.as_i64().is_some_and(|i| i.unsigned_abs() <= MAX_SAFE);
    if !safe {
        return Err(CryptoFault::Canonical(format!("number {n} is not an integer within 2^53")));
    }
    out.extend_from_slice(n.to_string().as_bytes());
    Ok(())
}

fn write_key(key: &str, out: &mut Vec<u8>) -> Result<()> {
    if !key.is_ascii() {
        return Err(CryptoFault::Canonical(format!("key {key:?} is not ASCII")));
    }
    write_string(key, out)
}

/// JSON escapes as RFC 8785 wants them, which is how serde_json writes strings.
fn write_string(s: &str, out: &mut Vec<u8>) -> Result<()> {
    serde_json::to_writer(out, s).map_err(|e| CryptoFault::Canonical(e.to_string()))
}
