//! Records that may not be published one by one: each entry's hash takes in the one before, and a
//! salted commitment to the newest goes into the log at fixed times, whatever happened.

use super::super::suite::sm3;

/// The hash of an entry after the one with hash `before` (empty for the first).
pub fn chained(before: &str, text: &str) -> String {
    sm3(&[before.as_bytes(), b"\n", text.as_bytes()]).hex()
}
