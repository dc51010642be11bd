//! Numbers of projects and lots.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{ContractNo, LotPaper, LotPaperNo, NoticeKind, NoticeNo, NumberError, RoundNo, in_range, number, unit};
use crate::base::{Day, TownshipCode};

/// 项目编号. Groups projects by unit, category and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProjectNo {
    unit: TownshipCode,
    category: u8,
    year: u16,
    month: u8,
    serial: u16,
}

impl ProjectNo {
    /// `category` is the plan's 1 to 14 (further ones up to 99); `serial` counts per unit, category
    /// and month of `day`, 1 to 9,999.
    pub fn new(unit: TownshipCode, category: u8, day: Day, serial: u32) -> Result<ProjectNo, NumberError> {
        let year = u16::try_from(day.year()).map_err(|_| NumberError::Form)?;
        let month = u8::try_from(day.month()).map_err(|_| NumberError::Form)?;
        ProjectNo::from_parts(unit, category, year, month, serial)
    }

    fn from_parts(
        unit: TownshipCode,
        category: u8,
        year: u16,
        month: u8,
        serial: u32,
    ) -> Result<ProjectNo, NumberError> {
        if !(1..=99).contains(&category) || !(1000..=9999).contains(&year) || !(1..=12).contains(&month) {
            return Err(NumberError::Form);
        }
        let serial = u16::try_from(in_range(serial, 9_999)?).map_err(|_| NumberError::Serial)?;
        Ok(ProjectNo { unit, category, year, month, serial })
    }

    /// The unit where the object lies.
    pub fn unit(self) -> TownshipCode {
        self.unit
    }

    /// The category of the plan.
    pub fn category(self) -> u8 {
        self.category
    }

    /// The number of this project's lot, 1 to 99.
    pub fn lot(self, lot: u8) -> Result<LotNo, NumberError> {
        let lot = u8::try_from(in_range(u32::from(lot), 99)?).map_err(|_| NumberError::Serial)?;
        Ok(LotNo { project: self, lot })
    }
}

impl fmt::Display for ProjectNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ProjectNo { unit, category, year, month, serial } = self;
        write!(f, "LSNC{unit}-{category:02}-{year:04}{month:02}-{serial:04}")
    }
}

impl FromStr for ProjectNo {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let rest = text.strip_prefix("LSNC").ok_or(NumberError::Form)?;
        let parts: Vec<&str> = rest.split('-').collect();
        let [unit_text, category, month, serial] = parts[..] else { return Err(NumberError::Form) };
        let year_month = number(month, 6)?;
        let small = |n: u32| u8::try_from(n).map_err(|_| NumberError::Form);
        ProjectNo::from_parts(
            unit(unit_text)?,
            small(number(category, 2)?)?,
            u16::try_from(year_month / 100).map_err(|_| NumberError::Form)?,
            small(year_month % 100)?,
            number(serial, 4)?,
        )
    }
}

/// 标的编号: what the public knows a lot by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LotNo {
    project: ProjectNo,
    lot: u8,
}

impl LotNo {
    /// The project it belongs to.
    pub fn project(self) -> ProjectNo {
        self.project
    }

    /// Its place within the project, from 1.
    pub fn index(self) -> u8 {
        self.lot
    }

    /// The number of this lot's listing round, from 1.
    pub fn round(self, round: u8) -> Result<RoundNo, NumberError> {
        let round = u8::try_from(in_range(u32::from(round), 99)?).map_err(|_| NumberError::Serial)?;
        Ok(RoundNo { lot: self, round })
    }

    /// The number of this lot's contract, from 1.
    pub fn contract(self, serial: u8) -> Result<ContractNo, NumberError> {
        let serial = u8::try_from(in_range(u32::from(serial), 99)?).map_err(|_| NumberError::Serial)?;
        Ok(ContractNo { lot: self, serial })
    }

    /// The number of a notice about this lot, from 1 within its kind.
    pub fn notice(self, kind: NoticeKind, serial: u8) -> Result<NoticeNo, NumberError> {
        let serial = u8::try_from(in_range(u32::from(serial), 99)?).map_err(|_| NumberError::Serial)?;
        Ok(NoticeNo { lot: self, kind, serial })
    }

    /// The number of another paper of this lot, from 1 within its kind.
    pub fn paper(self, paper: LotPaper, serial: u8) -> Result<LotPaperNo, NumberError> {
        let serial = u8::try_from(in_range(u32::from(serial), 99)?).map_err(|_| NumberError::Serial)?;
        Ok(LotPaperNo { lot: self, paper, serial })
    }
}

impl fmt::Display for LotNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.project, self.lot)
    }
}

impl FromStr for LotNo {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let (project, lot) = text.rsplit_once('-').ok_or(NumberError::Form)?;
        let lot = u8::try_from(number(lot, 2)?).map_err(|_| NumberError::Form)?;
        project.parse::<ProjectNo>()?.lot(lot)
    }
}
