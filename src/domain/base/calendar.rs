//! Working days (rulebook 0.4): Monday to Friday, minus the State Council's holidays,
//! plus its make-up days. A year whose notice is not loaded has no working days:
//! every question about it is answered with [`Unconfirmed`], never with a guess.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::datafile::{CatalogFault, read_toml};
use super::time::{Day, Instant};

/// The year's holiday notice is not loaded, so its working days are unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unconfirmed {
    /// The year asked about.
    pub year: i32,
}

impl Unconfirmed {
    /// What to tell people and what to do.
    pub fn zh(self) -> String {
        format!(
            "{}年的节假日安排尚未确认（待确认），请先由系统管理员导入国务院办公厅的放假通知，再选择该年的日期。",
            self.year
        )
    }
}

impl fmt::Display for Unconfirmed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.zh())
    }
}

impl std::error::Error for Unconfirmed {}

/// The hour and minute at which the counters close (`cal.close_time`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CloseTime {
    hour: u32,
    minute: u32,
}

impl CloseTime {
    /// 17:00, the usual deposit cut-off.
    pub const DEFAULT: CloseTime = CloseTime { hour: 17, minute: 0 };

    /// Reads `17:00`.
    pub fn parse(text: &str) -> Option<CloseTime> {
        let (h, m) = text.split_once(':')?;
        let (hour, minute) = (h.parse().ok()?, m.parse().ok()?);
        (h.len() == 2 && m.len() == 2 && hour < 24 && minute < 60).then_some(CloseTime { hour, minute })
    }

    /// This time on a day.
    pub fn on(self, day: Day) -> Instant {
        day.at(self.hour, self.minute)
    }
}

impl fmt::Display for CloseTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl Serialize for CloseTime {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CloseTime {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        CloseTime::parse(&text).ok_or_else(|| serde::de::Error::custom("时间应写成 17:00 的样子"))
    }
}

/// One year as the State Council announced it (`calendar/YYYY.toml`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarYear {
    /// The year.
    pub year: i32,
    /// The notice's number, for example `国办发明电〔2025〕7号`; empty when unconfirmed.
    pub notice: String,
    /// Days off, with the holiday's name.
    pub holidays: BTreeMap<Day, String>,
    /// Weekend days on which people work.
    pub make_up: BTreeSet<Day>,
    /// Whether the notice has been read and loaded.
    pub confirmed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearFile {
    year: i32,
    confirmed: bool,
    #[serde(default)]
    notice: String,
    #[serde(default, rename = "title")]
    _title: String,
    #[serde(default, rename = "issued")]
    _issued: String,
    #[serde(default)]
    holiday: Vec<toml::Spanned<HolidayFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayFile {
    name: String,
    from: Day,
    to: Day,
    days: i64,
    #[serde(default)]
    make_up: Vec<Day>,
}

impl CalendarYear {
    /// Reads one year's file. Refuses a confirmed year without its notice, a holiday whose
    /// day count differs from its dates, and a make-up day that is no weekend day.
    pub fn from_toml(file: &str, text: &str) -> Result<CalendarYear, CatalogFault> {
        let raw: YearFile = read_toml(file, text)?;
        if raw.confirmed && (raw.notice.is_empty() || raw.holiday.is_empty()) {
            return Err(CatalogFault::file(file, "confirmed = true 时必须写明放假通知的文号（notice）和全部假日"));
        }
        let mut year = CalendarYear {
            year: raw.year,
            notice: raw.notice,
            holidays: BTreeMap::new(),
            make_up: BTreeSet::new(),
            confirmed: raw.confirmed,
        };
        for holiday in raw.holiday {
            let at = holiday.span().start;
            year.add(holiday.into_inner()).map_err(|fault| CatalogFault::at(file, text, at, fault))?;
        }
        match year.make_up.iter().find(|d| year.holidays.contains_key(d)) {
            Some(day) => Err(CatalogFault::file(file, format!("{day} 既是放假又是补班"))),
            None => Ok(year),
        }
    }

    fn add(&mut self, holiday: HolidayFile) -> Result<(), String> {
        let HolidayFile { name, from, to, days, make_up } = holiday;
        if to.days_since(from) + 1 != days {
            return Err(format!("{name}：{from} 至 {to} 不是 {days} 天"));
        }
        for n in 0..days {
            let day = from.plus(n);
            if day.year() != self.year {
                return Err(format!("{name}：{day} 不在 {} 年", self.year));
            }
            if self.holidays.insert(day, name.clone()).is_some() {
                return Err(format!("{name}：{day} 重复"));
            }
        }
        for day in make_up {
            if day.is_weekday() || day.year() != self.year || !self.make_up.insert(day) {
                return Err(format!("{name}：补班日 {day} 应为本年的周六或周日，且不能重复"));
            }
        }
        Ok(())
    }
}

/// The working-day calendar with the close of business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i32, CalendarYear>,
    close: CloseTime,
}

impl Calendar {
    /// From the years that are loaded.
    pub fn new(years: impl IntoIterator<Item = CalendarYear>, close: CloseTime) -> Calendar {
        Calendar { years: years.into_iter().map(|y| (y.year, y)).collect(), close }
    }

    /// The same calendar with another close of business.
    #[must_use]
    pub fn with_close(mut self, close: CloseTime) -> Calendar {
        self.close = close;
        self
    }

    /// The close of business.
    pub fn close(&self) -> CloseTime {
        self.close
    }

    /// The years on file, confirmed or not.
    pub fn years(&self) -> impl Iterator<Item = &CalendarYear> {
        self.years.values()
    }

    /// The confirmed year.
    ///
    /// # Errors
    /// [`Unconfirmed`] when the year's notice is not loaded.
    pub fn year(&self, year: i32) -> Result<&CalendarYear, Unconfirmed> {
        self.years.get(&year).filter(|y| y.confirmed).ok_or(Unconfirmed { year })
    }

    /// Whether people work on this day.
    ///
    /// # Errors
    /// [`Unconfirmed`] when the day's year is not loaded; so for all functions here.
    pub fn is_working(&self, day: Day) -> Result<bool, Unconfirmed> {
        let year = self.year(day.year())?;
        Ok(year.make_up.contains(&day) || (day.is_weekday() && !year.holidays.contains_key(&day)))
    }

    /// The n-th working day after `day`, which is not counted itself; `day` for 0.
    pub fn add_working_days(&self, day: Day, n: u32) -> Result<Day, Unconfirmed> {
        self.step(day, n, 1)
    }

    /// The n-th working day before `day`, which is not counted itself.
    pub fn back_working_days(&self, day: Day, n: u32) -> Result<Day, Unconfirmed> {
        self.step(day, n, -1)
    }

    fn step(&self, mut day: Day, n: u32, by: i64) -> Result<Day, Unconfirmed> {
        for _ in 0..n {
            day = day.plus(by);
            while !self.is_working(day)? {
                day = day.plus(by);
            }
        }
        Ok(day)
    }

    /// The first working day after `day`.
    pub fn next_working_day(&self, day: Day) -> Result<Day, Unconfirmed> {
        self.add_working_days(day, 1)
    }

    /// `day` itself when people work on it, else the first working day after it.
    pub fn working_day_from(&self, day: Day) -> Result<Day, Unconfirmed> {
        if self.is_working(day)? { Ok(day) } else { self.next_working_day(day) }
    }

    /// How many working days lie after `from` up to and including `to`; 0 when `to` is not later.
    pub fn working_days_between(&self, from: Day, to: Day) -> Result<u32, Unconfirmed> {
        let mut count = 0;
        let mut day = from;
        while day < to {
            day = day.plus(1);
            count += u32::from(self.is_working(day)?);
        }
        Ok(count)
    }

    /// When a period of `n_wd` working days that starts with an event at `from` is over:
    /// 24:00 of its last day, or the close of business. Windows are half-open: what
    /// arrives at exactly this instant is late.
    pub fn due(&self, from: Instant, n_wd: u32, at_close: bool) -> Result<Instant, Unconfirmed> {
        Ok(self.day_end(self.add_working_days(from.day(), n_wd)?, at_close))
    }

    /// When a period of `days` natural days after an event on `from` is over: the day of the
    /// event is not counted; a last day without work runs to the next working day
    /// (Civil Code art. 201 to 203).
    pub fn natural_period_end(&self, from: Day, days: u32, at_close: bool) -> Result<Instant, Unconfirmed> {
        Ok(self.day_end(self.working_day_from(from.plus(i64::from(days)))?, at_close))
    }

    fn day_end(&self, day: Day, at_close: bool) -> Instant {
        if at_close { self.close.on(day) } else { day.end() }
    }

    /// From when a task due at `due` shows yellow: the start of the working day that is
    /// `before_wd` working days before the deadline, the day of the deadline counted
    /// (rulebook 9.1, appendix B).
    pub fn yellow_from(&self, due: Instant, before_wd: u32) -> Result<Instant, Unconfirmed> {
        let last = Instant::from_micros(due.micros() - 1).day();
        Ok(self.back_working_days(last, before_wd.saturating_sub(1))?.at(0, 0))
    }
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
