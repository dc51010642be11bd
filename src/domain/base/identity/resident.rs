//! Resident identity number 公民身份号码, 18 characters (GB 11643-1999; rulebook 11.1).

use std::fmt;

use super::mask;
use crate::base::Day;
use crate::base::text::{self, TextError};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK: [u8; 11] = *b"10X98765432";

/// A resident identity number whose birth date exists and whose check character is right.
///
/// `Debug` shows the masked form; there is no serde implementation on purpose.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResidentId {
    text: String,
    birth: Day,
}

/// Sex as the number carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// 男: odd sequence number.
    Male,
    /// 女: even sequence number.
    Female,
}

impl Sex {
    /// 男 or 女.
    pub fn zh(self) -> &'static str {
        match self {
            Sex::Male => "男",
            Sex::Female => "女",
        }
    }
}

/// Why a typed identity number was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResidentIdError {
    /// Nothing, or characters that cannot be seen.
    Text(TextError),
    /// Not 18 characters; how many there were.
    Length(usize),
    /// One of the first 17 is no digit, or the last is neither digit nor X, or it starts with 0.
    NotDigits,
    /// Positions 7 to 14 are no day of the calendar.
    BirthDate,
    /// Born after today.
    Future,
    /// The last character does not fit the others.
    CheckDigit,
}

impl ResidentIdError {
    /// What to tell the person who typed it.
    pub fn zh(self) -> String {
        match self {
            ResidentIdError::Text(TextError::Empty) => "请填写身份证号码。".to_owned(),
            ResidentIdError::Text(e) => e.zh(),
            ResidentIdError::Length(n) => format!("身份证号码应为 18 位，现在填写了 {n} 位，请核对。"),
            ResidentIdError::NotDigits => "身份证号码前 17 位应为数字，最后一位为数字或字母 X，请核对。".to_owned(),
            ResidentIdError::BirthDate => "身份证号码第 7 至 14 位不是真实存在的出生日期，请核对。".to_owned(),
            ResidentIdError::Future => "身份证号码中的出生日期晚于今天，请核对。".to_owned(),
            ResidentIdError::CheckDigit => "身份证号码最后一位校验不符，请逐位核对。".to_owned(),
        }
    }
}

impl fmt::Display for ResidentIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.zh())
    }
}

impl std::error::Error for ResidentIdError {}

impl ResidentId {
    /// Reads what a person typed: full-width digits, blanks and a small x are accepted.
    /// `today` is the day in China; a birth date after it is refused.
    pub fn parse(typed: &str, today: Day) -> Result<ResidentId, ResidentIdError> {
        let id = ResidentId::parse_stored(typed)?;
        if id.birth > today { Err(ResidentIdError::Future) } else { Ok(id) }
    }

    /// Reads a number that was accepted before and only comes back from storage.
    pub fn parse_stored(typed: &str) -> Result<ResidentId, ResidentIdError> {
        let text = text::code(typed).map_err(ResidentIdError::Text)?;
        let length = text.chars().count();
        if length != 18 {
            return Err(ResidentIdError::Length(length));
        }
        let bytes = text.as_bytes();
        let shape = bytes.len() == 18
            && bytes[..17].iter().all(u8::is_ascii_digit)
            && (bytes[17].is_ascii_digit() || bytes[17] == b'X');
        if !shape || bytes[0] == b'0' {
            return Err(ResidentIdError::NotDigits);
        }
        let birth = birth_day(bytes).ok_or(ResidentIdError::BirthDate)?;
        if check_character(bytes) != bytes[17] {
            return Err(ResidentIdError::CheckDigit);
        }
        Ok(ResidentId { text, birth })
    }

    /// The whole number. Personal data: seal it at rest, never log it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The day of birth.
    pub fn birth(&self) -> Day {
        self.birth
    }

    /// Full years of age on that day; 0 before birth.
    pub fn age_on(&self, day: Day) -> u32 {
        let years = day.year() - self.birth.year();
        let had_birthday = (day.month(), day.day_of_month()) >= (self.birth.month(), self.birth.day_of_month());
        u32::try_from(if had_birthday { years } else { years - 1 }).unwrap_or(0)
    }

    /// Sex by the 17th digit.
    pub fn sex(&self) -> Sex {
        if self.text.as_bytes()[16] % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// `431127********001X`, for counterparties after the deal and for staff.
    pub fn masked(&self) -> String {
        mask::resident_id(&self.text)
    }
}

impl fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResidentId({})", self.masked())
    }
}

fn birth_day(bytes: &[u8]) -> Option<Day> {
    let number = |range: std::ops::Range<usize>| bytes[range].iter().fold(0u32, |n, b| n * 10 + u32::from(b - b'0'));
    let year = number(6..10);
    if year < 1850 {
        return None;
    }
    Day::ymd(i32::try_from(year).ok()?, number(10..12), number(12..14))
}

fn check_character(bytes: &[u8]) -> u8 {
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
    CHECK[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use proptest::prelude::*;

    fn today() -> Day {
        Day::ymd(2026, 11, 22).unwrap()
    }

    #[test]
    fn known_numbers() {
        let id = ResidentId::parse("11010519491231002X", today()).unwrap();
        assert_eq!((id.sex(), id.birth()), (Sex::Female, Day::ymd(1949, 12, 31).unwrap()));
        let id = ResidentId::parse(" ４３１１２７ 19800101 001x ", today()).unwrap();
        assert_eq!(id.as_str(), "43112719800101001X");
        assert_eq!((id.sex(), id.masked()), (Sex::Male, "431127********001X".to_owned()));
        assert!(ResidentId::parse("431127197512150028", today()).is_ok());
    }

    #[test]
    fn refusals_by_table() {
        use ResidentIdError as E;
        for (typed, error) in [
            ("", E::Text(TextError::Empty)),
            ("43112719800101001", E::Length(17)),
            ("4311271980010100123", E::Length(19)),
            ("43112719800101O01X", E::NotDigits),
            ("4311271980010100X1", E::NotDigits),
            ("431127198001010一1X", E::NotDigits),
            ("03112719800101001X", E::NotDigits),
            ("431127199002290011", E::BirthDate),
            ("431127180001010011", E::BirthDate),
            ("431127198001010011", E::CheckDigit),
            ("4311271980\u{202E}0101001X", E::Text(TextError::Hidden)),
        ] {
            assert_eq!(ResidentId::parse(typed, today()), Err(error), "{typed}");
        }
        let born = Day::ymd(1980, 1, 1).unwrap();
        assert!(ResidentId::parse("43112719800101001X", born).is_ok());
        assert_eq!(ResidentId::parse("43112719800101001X", born.plus(-1)), Err(E::Future));
    }

    #[test]
    fn age_changes_on_the_birthday() {
        let id = ResidentId::parse("43112719800101001X", today()).unwrap();
        assert_eq!(id.age_on(Day::ymd(1997, 12, 31).unwrap()), 17);
        assert_eq!(id.age_on(Day::ymd(1998, 1, 1).unwrap()), 18);
        assert_eq!(id.age_on(Day::ymd(1979, 1, 1).unwrap()), 0);
    }

    #[test]
    fn s112_debug_output_never_shows_the_number() {
        let id = ResidentId::parse("43112719800101001X", today()).unwrap();
        assert!(!format!("{id:?}").contains("19800101"));
    }

    proptest! {
        /// The check character catches every single wrong digit.
        #[test]
        fn one_wrong_digit_is_found(place in 0usize..17, other in 0u8..10) {
            let mut bytes = b"43112719800101001X".to_vec();
            prop_assume!(bytes[place] != b'0' + other);
            bytes[place] = b'0' + other;
            let text = String::from_utf8(bytes).unwrap();
            prop_assert!(ResidentId::parse(&text, today()).is_err());
        }
    }
}
