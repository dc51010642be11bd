//! Numbers that stand for themselves: acceptance, certificate, refund.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{NumberError, compact_day, in_range, number, unit};
use crate::base::money::half_width;
use crate::base::{Day, TownshipCode};

/// 受理号, given when the centre accepts an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AcceptanceNo {
    unit: TownshipCode,
    day: Day,
    serial: u32,
}

impl AcceptanceNo {
    /// `serial` counts per unit and day, 1 to 9,999.
    pub fn new(unit: TownshipCode, day: Day, serial: u32) -> Result<AcceptanceNo, NumberError> {
        Ok(AcceptanceNo { unit, day, serial: in_range(serial, 9_999)? })
    }
}

impl fmt::Display for AcceptanceNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SL{}{}{:04}", self.unit, self.day.compact(), self.serial)
    }
}

impl FromStr for AcceptanceNo {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let rest = text.strip_prefix("SL").filter(|r| r.len() == 21 && r.is_ascii()).ok_or(NumberError::Form)?;
        let unit = unit(&rest[..9])?;
        AcceptanceNo::new(unit, compact_day(&rest[9..17])?, number(&rest[17..], 4)?)
    }
}

/// 鉴证书编号: `湘蓝农鉴〔2026〕00012号`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CertificateNo {
    year: u16,
    serial: u32,
}

impl CertificateNo {
    /// `serial` counts per year, 1 to 99,999.
    pub fn new(year: i32, serial: u32) -> Result<CertificateNo, NumberError> {
        let year = u16::try_from(year).ok().filter(|y| (2000..=9999).contains(y)).ok_or(NumberError::Form)?;
        Ok(CertificateNo { year, serial: in_range(serial, 99_999)? })
    }

    /// For web addresses and file names: `XLNJ-2026-00012`.
    pub fn url(self) -> String {
        format!("XLNJ-{:04}-{:05}", self.year, self.serial)
    }

    /// Reads what a person copied from paper: any brackets, full-width digits, blanks; also the
    /// address form in small letters.
    pub fn parse_typed(typed: &str) -> Result<CertificateNo, NumberError> {
        let text: String = typed
            .chars()
            .map(|c| match c {
                '（' | '［' | '【' | '(' | '[' | '〔' => '〔',
                '）' | '］' | '】' | ')' | ']' | '〕' => '〕',
                other => half_width(other).to_ascii_uppercase(),
            })
            .filter(|c| !c.is_whitespace())
            .collect();
        text.parse()
    }
}

impl fmt::Display for CertificateNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "湘蓝农鉴〔{:04}〕{:05}号", self.year, self.serial)
    }
}

impl FromStr for CertificateNo {
    type Err = NumberError;
    /// Accepts the printed form and the address form.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let printed = || text.strip_prefix("湘蓝农鉴〔")?.strip_suffix('号')?.split_once('〕');
        let in_url = || text.strip_prefix("XLNJ-")?.split_once('-');
        let (year, serial) = printed().or_else(in_url).ok_or(NumberError::Form)?;
        let year = i32::try_from(number(year, 4)?).map_err(|_| NumberError::Form)?;
        CertificateNo::new(year, number(serial, 5)?)
    }
}

/// 退款单号: `TK20261122000001`. Also used for payments to transferors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RefundNo {
    day: Day,
    serial: u32,
}

impl RefundNo {
    /// `serial` counts per day, 1 to 999,999.
    pub fn new(day: Day, serial: u32) -> Result<RefundNo, NumberError> {
        Ok(RefundNo { day, serial: in_range(serial, 999_999)? })
    }
}

impl fmt::Display for RefundNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TK{}{:06}", self.day.compact(), self.serial)
    }
}

impl FromStr for RefundNo {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let rest = text.strip_prefix("TK").filter(|r| r.len() == 14 && r.is_ascii()).ok_or(NumberError::Form)?;
        RefundNo::new(compact_day(&rest[..8])?, number(&rest[8..], 6)?)
    }
}
