//! Numbers that the centre's desks give: filed contracts, closed files, payment files.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{NumberError, compact_day, in_range, number, unit};
use crate::base::{Day, TownshipCode};

/// 合同备案号: `BA431127102202611220001`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FilingNo {
    unit: TownshipCode,
    day: Day,
    serial: u32,
}

impl FilingNo {
    /// `serial` counts per day, 1 to 9,999.
    ///
    /// # Errors
    /// A serial out of range.
    pub fn new(unit: TownshipCode, day: Day, serial: u32) -> Result<FilingNo, NumberError> {
        Ok(FilingNo { unit, day, serial: in_range(serial, 9_999)? })
    }
}

impl fmt::Display for FilingNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BA{}{}{:04}", self.unit, self.day.compact(), self.serial)
    }
}

impl FromStr for FilingNo {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let rest = text.strip_prefix("BA").filter(|r| r.len() == 21 && r.is_ascii()).ok_or(NumberError::Form)?;
        FilingNo::new(unit(&rest[..9])?, compact_day(&rest[9..17])?, number(&rest[17..], 4)?)
    }
}

/// 档号: `DA431127102-2026-0001`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ArchiveNo {
    unit: TownshipCode,
    year: u16,
    serial: u32,
}

impl ArchiveNo {
    /// `serial` counts per unit and year, 1 to 9,999.
    ///
    /// # Errors
    /// A serial or a year out of range.
    pub fn new(unit: TownshipCode, year: i32, serial: u32) -> Result<ArchiveNo, NumberError> {
        let year = u16::try_from(year).ok().filter(|y| (1000..=9999).contains(y)).ok_or(NumberError::Form)?;
        Ok(ArchiveNo { unit, year, serial: in_range(serial, 9_999)? })
    }
}

impl fmt::Display for ArchiveNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DA{}-{:04}-{:04}", self.unit, self.year, self.serial)
    }
}

impl FromStr for ArchiveNo {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let parts: Vec<&str> = text.strip_prefix("DA").ok_or(NumberError::Form)?.split('-').collect();
        let [unit_text, year, serial] = parts[..] else { return Err(NumberError::Form) };
        let year = i32::try_from(number(year, 4)?).map_err(|_| NumberError::Form)?;
        ArchiveNo::new(unit(unit_text)?, year, number(serial, 4)?)
    }
}

/// The number of a payment file: `FK202611220001`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PaymentFileNo {
    day: Day,
    serial: u32,
}

impl PaymentFileNo {
    /// `serial` counts over all days, 1 to 999,999.
    ///
    /// # Errors
    /// A serial out of range.
    pub fn new(day: Day, serial: u32) -> Result<PaymentFileNo, NumberError> {
        Ok(PaymentFileNo { day, serial: in_range(serial, 999_999)? })
    }
}

impl fmt::Display for PaymentFileNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FK{}{:04}", self.day.compact(), self.serial)
    }
}

impl FromStr for PaymentFileNo {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let rest = text.strip_prefix("FK").filter(|r| r.is_ascii() && (12..=14).contains(&r.len()));
        let (day, serial) = rest.ok_or(NumberError::Form)?.split_at(8);
        // The count is never reset, so it outgrows its four digits, and then begins with none of its own.
        if serial.len() > 4 && serial.starts_with('0') {
            return Err(NumberError::Form);
        }
        PaymentFileNo::new(compact_day(day)?, number(serial, serial.len())?)
    }
}
