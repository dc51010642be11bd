//! Unified social credit code 统一社会信用代码, 18 characters (GB 32100-2015; rulebook 11.2).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::base::text::{self, TextError};

/// The letters of the code: no I, O, S, V, Z.
const LETTERS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A unified social credit code with both check characters right. Public data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode(String);

/// Why a typed credit code was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditCodeError {
    /// Nothing, or characters that cannot be seen.
    Text(TextError),
    /// Not 18 characters; how many there were.
    Length(usize),
    /// A character the code never uses.
    Letter(char),
    /// Positions 3 to 8 (the area of registration) are not all digits.
    Area,
    /// The organisation code inside (positions 9 to 17) does not check.
    OrganisationCode,
    /// The last character does not fit the others.
    CheckDigit,
}

impl CreditCodeError {
    /// What to tell the person who typed it.
    pub fn zh(self) -> String {
        match self {
            CreditCodeError::Text(TextError::Empty) => "请填写统一社会信用代码。".to_owned(),
            CreditCodeError::Text(e) => e.zh(),
            CreditCodeError::Length(n) => format!("统一社会信用代码应为 18 位，现在填写了 {n} 位，请核对。"),
            CreditCodeError::Letter(c) => {
                format!("统一社会信用代码只使用数字和大写字母（不含 I、O、S、V、Z），其中“{c}”不符合，请核对。")
            }
            CreditCodeError::Area => "统一社会信用代码第 3 至 8 位应为登记机关的行政区划数字，请核对。".to_owned(),
            CreditCodeError::OrganisationCode => {
                "统一社会信用代码第 9 至 17 位（组织机构代码）校验不符，请逐位核对。".to_owned()
            }
            CreditCodeError::CheckDigit => "统一社会信用代码最后一位校验不符，请逐位核对。".to_owned(),
        }
    }
}

impl fmt::Display for CreditCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.zh())
    }
}

impl std::error::Error for CreditCodeError {}

impl CreditCode {
    /// Reads what a person typed: full-width characters, blanks and small letters are accepted.
    pub fn parse(typed: &str) -> Result<CreditCode, CreditCodeError> {
        let text = text::code(typed).map_err(CreditCodeError::Text)?;
        let length = text.chars().count();
        if length != 18 {
            return Err(CreditCodeError::Length(length));
        }
        let allowed = |c: &char| u8::try_from(*c).is_ok_and(|b| LETTERS.contains(&b));
        if let Some(wrong) = text.chars().find(|c| !allowed(c)) {
            return Err(CreditCodeError::Letter(wrong));
        }
        let bytes = text.as_bytes();
        if !bytes[2..8].iter().all(u8::is_ascii_digit) {
            return Err(CreditCodeError::Area);
        }
        if organisation_check(&bytes[8..16]) != bytes[16] {
            return Err(CreditCodeError::OrganisationCode);
        }
        if check_character(&bytes[..17]) != bytes[17] {
            return Err(CreditCodeError::CheckDigit);
        }
        Ok(CreditCode(text))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nine characters of the organisation code inside.
    pub fn organisation_code(&self) -> &str {
        &self.0[8..17]
    }

    /// Registered by the agriculture department (authority letter N): a rural collective economic
    /// organisation at group, village or township level, or another body of that register.
    pub fn is_collective(&self) -> bool {
        self.0.starts_with('N')
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for CreditCode {
    type Error = CreditCodeError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        CreditCode::parse(&text)
    }
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> String {
        code.0
    }
}

/// Position of the letter in the code's alphabet; the caller has checked that it is one.
fn value(letter: u8) -> u32 {
    LETTERS.iter().position(|l| *l == letter).map_or(0, |p| p as u32)
}

fn check_character(bytes: &[u8]) -> u8 {
    let mut weight = 1;
    let mut sum = 0;
    for b in bytes {
        sum += value(*b) * weight;
        weight = weight * 3 % 31;
    }
    LETTERS[((31 - sum % 31) % 31) as usize]
}

/// GB 11714: digits count themselves, letters A to Z count 10 to 35.
fn organisation_check(bytes: &[u8]) -> u8 {
    let number = |b: u8| if b.is_ascii_digit() { u32::from(b - b'0') } else { u32::from(b - b'A') + 10 };
    let sum: u32 = bytes.iter().zip(ORGANISATION_WEIGHTS).map(|(b, w)| number(*b) * w).sum();
    match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + digit as u8,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_codes() {
        for typed in ["91350100M000100Y43", "N2431127MF12345675", "91431127MA4L12346X"] {
            assert_eq!(CreditCode::parse(typed).unwrap().as_str(), typed);
        }
        let code = CreditCode::parse(" n2431127 ｍｆ12345675 ").unwrap();
        assert!(code.is_collective());
        assert_eq!(code.organisation_code(), "MF1234567");
        assert!(!CreditCode::parse("91350100M000100Y43").unwrap().is_collective());
    }

    #[test]
    fn refusals_by_table() {
        use CreditCodeError as E;
        for (typed, error) in [
            ("", E::Text(TextError::Empty)),
            ("91350100M000100Y4", E::Length(17)),
            ("91350100MO00100Y43", E::Letter('O')),
            ("91350100M0001-0Y43", E::Letter('-')),
            ("9135A100M000100Y43", E::Area),
            ("91350100M000100Y53", E::OrganisationCode),
            ("91350100M000100Y44", E::CheckDigit),
            ("91350100M000100Y4\u{200B}3", E::Text(TextError::Hidden)),
        ] {
            assert_eq!(CreditCode::parse(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn stored_form_is_checked_when_read() {
        let code = CreditCode::parse("N2431127MF12345675").unwrap();
        let json = serde_json::to_string(&code).unwrap();
        assert_eq!(serde_json::from_str::<CreditCode>(&json).unwrap(), code);
        assert!(serde_json::from_str::<CreditCode>("\"N2431127MF12345676\"").is_err());
    }

    proptest! {
        #[test]
        fn one_wrong_letter_is_found(place in 0usize..18, other in 0usize..31) {
            let mut bytes = b"91431127MA4L12346X".to_vec();
            prop_assume!(bytes[place] != LETTERS[other]);
            bytes[place] = LETTERS[other];
            prop_assert!(CreditCode::parse(&String::from_utf8(bytes).unwrap()).is_err());
        }
    }
}
