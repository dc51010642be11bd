//! Instants and days. One clock, the server's (rulebook 0.4); it stands outside
//! this crate and comes in as an argument.

use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

const CHINA_SECS: i32 = 8 * 3600;

/// A moment in microseconds since 1970-01-01 UTC. The clock truncates to
/// microseconds because PostgreSQL keeps no more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// From microseconds since the epoch.
    pub const fn from_micros(us: i64) -> Instant {
        Instant(us)
    }

    /// Microseconds since the epoch.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// This many milliseconds later (earlier when negative).
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Instant {
        Instant(self.0 + ms * 1_000)
    }

    /// This many seconds later.
    #[must_use]
    pub const fn plus_secs(self, secs: i64) -> Instant {
        self.plus_ms(secs * 1_000)
    }

    /// This many minutes later.
    #[must_use]
    pub const fn plus_mins(self, mins: i64) -> Instant {
        self.plus_secs(mins * 60)
    }

    /// Milliseconds from `earlier` to `self`.
    pub const fn ms_since(self, earlier: Instant) -> i64 {
        (self.0 - earlier.0) / 1_000
    }

    /// As UTC without a zone, the form the database stores.
    pub fn utc(self) -> NaiveDateTime {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default().naive_utc()
    }

    /// From UTC without a zone.
    pub fn from_utc(t: NaiveDateTime) -> Instant {
        Instant(t.and_utc().timestamp_micros())
    }

    /// China time without a zone.
    pub fn china(self) -> NaiveDateTime {
        self.utc() + chrono::TimeDelta::seconds(i64::from(CHINA_SECS))
    }

    /// The day in China.
    pub fn day(self) -> Day {
        Day(self.china().date())
    }

    /// `2026年11月22日 14:30`.
    pub fn zh(self) -> String {
        let t = self.china();
        format!("{}年{}月{}日 {:02}:{:02}", t.year(), t.month(), t.day(), t.hour(), t.minute())
    }

    /// The same for the end of a period: midnight is the end of the day before, `2026年11月21日 24:00`.
    pub fn zh_end(self) -> String {
        let day = self.day();
        if self == day.at(0, 0) { format!("{} 24:00", day.plus(-1).zh()) } else { self.zh() }
    }

    /// `2026年11月22日 14:30:05`.
    pub fn zh_secs(self) -> String {
        format!("{}:{:02}", self.zh(), self.china().second())
    }

    /// `14:30:05.123`, for bid lists.
    pub fn clock_ms(self) -> String {
        self.china().format("%H:%M:%S%.3f").to_string()
    }

    /// RFC 3339 with the China offset, for the API and journal: `2026-11-22T14:30:05.123456+08:00`.
    pub fn rfc3339(self) -> String {
        let Some(zone) = FixedOffset::east_opt(CHINA_SECS) else { return String::new() };
        self.utc().and_utc().with_timezone(&zone).to_rfc3339_opts(chrono::SecondsFormat::Micros, false)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

/// A day in China.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub NaiveDate);

impl Day {
    /// Year, month, day; `None` for a day that does not exist.
    pub fn ymd(y: i32, m: u32, d: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(y, m, d).map(Day)
    }

    /// Reads `2026-11-22`, also with `/`, `.` or 年月日 as separators and full-width digits.
    pub fn parse(typed: &str) -> Option<Day> {
        let text: String = typed.trim().chars().map(super::money::half_width).collect();
        let mut parts = text.split(['-', '/', '.', '年', '月', '日']).filter(|s| !s.is_empty());
        let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || y.len() != 4 {
            return None;
        }
        Day::ymd(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
    }

    /// The instant of this hour and minute in China on this day.
    pub fn at(self, hour: u32, minute: u32) -> Instant {
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN);
        let local = NaiveDateTime::new(self.0, time);
        Instant::from_utc(local - chrono::TimeDelta::seconds(i64::from(CHINA_SECS)))
    }

    /// 24:00 of this day: the first instant that no longer belongs to it.
    pub fn end(self) -> Instant {
        self.plus(1).at(0, 0)
    }

    /// This many days later (earlier when negative).
    #[must_use]
    pub fn plus(self, days: i64) -> Day {
        Day(self.0.checked_add_signed(chrono::TimeDelta::days(days)).unwrap_or(self.0))
    }

    /// The same day this many months later, the last of the month where it lacks the day.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Day {
        Day(self.0.checked_add_months(chrono::Months::new(months)).unwrap_or(self.0))
    }

    /// The same day `months` earlier, or the last of a shorter month.
    #[must_use]
    pub fn minus_months(self, months: u32) -> Day {
        Day(self.0.checked_sub_months(chrono::Months::new(months)).unwrap_or(self.0))
    }

    /// Days from `earlier` to `self`.
    pub fn days_since(self, earlier: Day) -> i64 {
        (self.0 - earlier.0).num_days()
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month.
    pub fn day_of_month(self) -> u32 {
        self.0.day()
    }

    /// Monday to Friday.
    pub fn is_weekday(self) -> bool {
        self.0.weekday().num_days_from_monday() < 5
    }

    /// `2026年11月22日`.
    pub fn zh(self) -> String {
        format!("{}年{}月{}日", self.year(), self.month(), self.day_of_month())
    }

    /// `2026-11-22`.
    pub fn iso(self) -> String {
        self.0.format("%Y-%m-%d").to_string()
    }

    /// `20261122`, for numbers.
    pub fn compact(self) -> String {
        self.0.format("%Y%m%d").to_string()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn china_days() {
        let day = Day::parse("2026年11月22日");
        assert_eq!(day, Day::ymd(2026, 11, 22));
        let Some(day) = day else { return };
        assert_eq!(day.at(0, 0).rfc3339(), "2026-11-22T00:00:00.000000+08:00");
        assert_eq!(day.end(), day.plus(1).at(0, 0));
        assert_eq!(day.at(23, 59).day(), day);
        assert_eq!(day.at(14, 30).zh(), "2026年11月22日 14:30");
        assert_eq!(Day::parse("2026-02-30"), None);
        assert_eq!(Day::parse("26-02-03"), None);
    }
}
