//! One setting: its value with floor, cap, unit, effective date and citation, and how a
//! value in a file or from an administrator becomes a typed one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::base::{CloseTime, Day};
use crate::category::PriorityClass;

use super::words::{
    AfterDefault, AmountBase, BidMode, FeePayer, FormationEvent, MemberLevel, NameMode, PriorityTie, RentChannel,
    RoutingLevel,
};

/// What a setting's line says besides its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SettingMeta {
    /// What it is, for people.
    pub label: String,
    /// Unit; empty for none.
    pub unit: String,
    /// Smallest value; where it is law, the citation says so.
    pub floor: Option<i64>,
    /// Largest value.
    pub cap: Option<i64>,
    /// From which day the value holds.
    pub effective_from: Day,
    /// Law, plan clause or rulebook section.
    pub citation: String,
    /// Waits for the county's word (appendix C): pages show 待确认.
    pub unconfirmed: bool,
}

/// One setting's lines in `rules.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingFile {
    pub value: Json,
    pub label: String,
    #[serde(default)]
    pub unit: String,
    pub floor: Option<i64>,
    pub cap: Option<i64>,
    pub effective_from: Option<Day>,
    pub citation: String,
    #[serde(default)]
    pub unconfirmed: bool,
}

/// A type that a setting's value can be.
pub(super) trait SettingValue: Sized {
    /// Reads the value; the error says what is expected.
    fn read(value: &Json) -> Result<Self, String>;
    /// The value in canonical form.
    fn canonical(&self) -> Json;
}

impl SettingValue for u32 {
    fn read(value: &Json) -> Result<u32, String> {
        value.as_u64().and_then(|n| u32::try_from(n).ok()).ok_or_else(|| "应为非负整数".to_owned())
    }
    fn canonical(&self) -> Json {
        (*self).into()
    }
}

impl SettingValue for bool {
    fn read(value: &Json) -> Result<bool, String> {
        value.as_bool().ok_or_else(|| "应为 true 或 false".to_owned())
    }
    fn canonical(&self) -> Json {
        (*self).into()
    }
}

impl SettingValue for String {
    fn read(value: &Json) -> Result<String, String> {
        value.as_str().filter(|s| !s.is_empty()).map(str::to_owned).ok_or_else(|| "应为文字".to_owned())
    }
    fn canonical(&self) -> Json {
        self.clone().into()
    }
}

/// A number that may be left open; written `"none"` in the file.
impl SettingValue for Option<u32> {
    fn read(value: &Json) -> Result<Option<u32>, String> {
        match value.as_str() {
            Some("none") => Ok(None),
            _ => u32::read(value).map(Some).map_err(|_| "应为非负整数，不限时写 \"none\"".to_owned()),
        }
    }
    fn canonical(&self) -> Json {
        self.map_or_else(|| "none".into(), Json::from)
    }
}

/// A month and day that recur each year, `03-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

impl MonthDay {
    /// The month and day of a day.
    pub fn of(day: Day) -> MonthDay {
        MonthDay { month: day.month(), day: day.day_of_month() }
    }
}

impl SettingValue for MonthDay {
    fn read(value: &Json) -> Result<MonthDay, String> {
        // 2024 is a leap year, so that 02-29 is accepted.
        let day = value.as_str().and_then(|s| Day::parse(&format!("2024-{s}")));
        day.map(MonthDay::of).ok_or_else(|| "应为月-日，例如 03-01".to_owned())
    }
    fn canonical(&self) -> Json {
        format!("{:02}-{:02}", self.month, self.day).into()
    }
}

impl SettingValue for CloseTime {
    fn read(value: &Json) -> Result<CloseTime, String> {
        value.as_str().and_then(CloseTime::parse).ok_or_else(|| "应为时间，例如 17:00".to_owned())
    }
    fn canonical(&self) -> Json {
        self.to_string().into()
    }
}

impl SettingValue for Vec<PriorityClass> {
    fn read(value: &Json) -> Result<Self, String> {
        let fault = || "应为优先权类别的列表，例如 [\"P4\", \"P6\"]".to_owned();
        let list = value.as_array().ok_or_else(fault)?;
        list.iter().map(|v| v.as_str().and_then(|s| s.parse().ok()).ok_or_else(fault)).collect()
    }
    fn canonical(&self) -> Json {
        self.iter().map(|p| p.name()).collect()
    }
}

macro_rules! word_settings {
    ($($name:ident),+ $(,)?) => {$(
        impl SettingValue for $name {
            fn read(value: &Json) -> Result<$name, String> {
                let known = || $name::ALL.iter().map(|w| w.name()).collect::<Vec<_>>().join("、");
                value.as_str().and_then(|s| s.parse().ok()).ok_or_else(|| format!("应为下列之一：{}", known()))
            }
            fn canonical(&self) -> Json {
                self.name().into()
            }
        }
    )+};
}

word_settings!(
    RoutingLevel,
    BidMode,
    AmountBase,
    PriorityTie,
    AfterDefault,
    FormationEvent,
    RentChannel,
    FeePayer,
    MemberLevel,
    NameMode,
);

/// Values by key (`bid.free_minutes`).
pub(super) type Values = BTreeMap<String, Json>;

/// The typed value of a key; `None` (with a fault noted) when it is missing or of another kind.
pub(super) fn take<T: SettingValue>(values: &Values, key: &str, faults: &mut Vec<(String, String)>) -> Option<T> {
    let read = values.get(key).ok_or_else(|| "缺少这一项".to_owned()).and_then(T::read);
    read.map_err(|fault| faults.push((key.to_owned(), fault))).ok()
}
