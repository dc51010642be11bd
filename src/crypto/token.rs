//! Secrets that a person or a browser carries: session tokens, codes to type,
//! and the random bidder numbers.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::{Zeroize, Zeroizing};

use super::fault::{Result, random};
use super::suite::{Hash, sm3};
use crate::domain::base::money::half_width;

/// A random secret of 256 bits, written as 43 base64url characters: a session,
/// a confirmation link, a one-time form token. Stored only as [`TokenHash`].
pub struct Token(Zeroizing<String>);

impl Token {
    /// A new one.
    pub fn random() -> Result<Token> {
        let mut bytes = random::<32>()?;
        let text = URL_SAFE_NO_PAD.encode(bytes);
        bytes.zeroize();
        Ok(Token(Zeroizing::new(text)))
    }

    /// What came back in a cookie or link; `None` if it has not the form of a token.
    pub fn parse(given: &str) -> Option<Token> {
        if given.len() != 43 {
            return None;
        }
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(given).ok()?);
        (bytes.len() == 32).then(|| Token(Zeroizing::new(given.to_owned())))
    }

    /// The secret itself, for the cookie or link and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What the database keeps.
    pub fn hash(&self) -> TokenHash {
        TokenHash(sm3(&[b"nongquan.token.v1\0", self.0.as_bytes()]))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The stored form of a [`Token`]: of no use to who steals the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash(pub Hash);

impl fmt::Display for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for TokenHash {
    type Err = hex::FromHexError;
    fn from_str(s: &str) -> std::result::Result<Self, hex::FromHexError> {
        s.parse().map(TokenHash)
    }
}

/// Letters and digits that nobody confuses: no I, O, 0, 1.
pub(super) const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// A secret of 80 bits to be read aloud or typed: `K7QM-2XPA-9HTR-WC4D`. The
/// set-up code of the first administrator and activation codes have this form.
pub struct SpokenCode(Zeroizing<String>);

impl SpokenCode {
    /// A new one.
    pub fn random() -> Result<SpokenCode> {
        let bytes = Zeroizing::new(random::<16>()?);
        Ok(SpokenCode(Zeroizing::new(bytes.iter().map(|b| letter(*b)).collect())))
    }

    /// Reads what was typed: any case, spaces, dashes and full-width forms are accepted.
    pub fn parse(typed: &str) -> Option<SpokenCode> {
        let text = normal_code(typed);
        (text.len() == 16 && text.bytes().all(|b| ALPHABET.contains(&b))).then(|| SpokenCode(Zeroizing::new(text)))
    }

    /// In groups of four, for the person.
    pub fn expose(&self) -> String {
        let groups: Vec<&str> = [0, 4, 8, 12].iter().filter_map(|i| self.0.get(*i..i + 4)).collect();
        groups.join("-")
    }

    /// What the database keeps.
    pub fn hash(&self) -> TokenHash {
        TokenHash(sm3(&[b"nongquan.spoken-code.v1\0", self.0.as_bytes()]))
    }
}

impl fmt::Debug for SpokenCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SpokenCode(…)")
    }
}

/// The alphabet has 32 letters, so the low five bits of a random byte choose evenly.
pub(super) fn letter(byte: u8) -> char {
    char::from(ALPHABET[usize::from(byte & 31)])
}

/// Upper case, half width, without spaces and dashes.
pub(super) fn normal_code(typed: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '—' | '–' | '_');
    typed.chars().map(half_width).filter(kept).map(|c| c.to_ascii_uppercase()).collect()
}

/// A bidder number (竞买号) of four digits, 1000 to 9999, not among `taken` (those of the same
/// lot), every free number equally likely, so that it tells neither order nor count of
/// registrants (architecture 7). `None` when all 9,000 are taken.
pub fn bidder_no(taken: &HashSet<u16>) -> Result<Option<u16>> {
    let free: Vec<u16> = (1000..=9999).filter(|n| !taken.contains(n)).collect();
    if free.is_empty() {
        return Ok(None);
    }
    Ok(free.get(below(free.len() as u32)? as usize).copied())
}

/// A random number from 0 to `bound` - 1, evenly: values of the last incomplete
/// round are thrown away.
pub fn below(bound: u32) -> Result<u32> {
    let bound = bound.max(1);
    let limit = u32::MAX - u32::MAX % bound;
    loop {
        let n = u32::from_be_bytes(random::<4>()?);
        if n < limit {
            return Ok(n % bound);
        }
    }
}
