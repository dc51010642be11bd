//! The code of a township-level unit (rulebook 11.5).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Nine digits: six for the county, three for the township-level unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TownshipCode(u32);

impl FromStr for TownshipCode {
    type Err = &'static str;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let fault = "乡镇代码应为九位数字，例如 431127100";
        if s.len() != 9 || !s.bytes().all(|b| b.is_ascii_digit()) || s.starts_with('0') {
            return Err(fault);
        }
        s.parse().map(TownshipCode).map_err(|_| fault)
    }
}

impl TryFrom<String> for TownshipCode {
    type Error = &'static str;
    fn try_from(s: String) -> Result<Self, Self::Error> {
        s.parse()
    }
}

impl From<TownshipCode> for String {
    fn from(c: TownshipCode) -> String {
        c.to_string()
    }
}

impl fmt::Display for TownshipCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:09}", self.0)
    }
}
