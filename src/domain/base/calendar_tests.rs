#![allow(clippy::unwrap_used, clippy::expect_used)]
use proptest::prelude::*;

use super::*;

fn calendar() -> Calendar {
    let year = |file: &str, text: &str| CalendarYear::from_toml(file, text).unwrap();
    Calendar::new(
        [
            year("calendar/2025.toml", include_str!("../../../catalog/calendar/2025.toml")),
            year("calendar/2026.toml", include_str!("../../../catalog/calendar/2026.toml")),
            year("calendar/2027.toml", include_str!("../../../catalog/calendar/2027.toml")),
        ],
        CloseTime::DEFAULT,
    )
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn announced_days() {
    let cal = calendar();
    for (text, working) in [
        ("2025-01-01", false),
        ("2025-01-26", true),
        ("2025-01-27", true),
        ("2025-02-04", false),
        ("2025-02-08", true),
        ("2025-05-05", false),
        ("2025-09-28", true),
        ("2025-10-08", false),
        ("2025-10-09", true),
        ("2025-10-11", true),
        ("2026-01-02", false),
        ("2026-01-04", true),
        ("2026-02-14", true),
        ("2026-02-23", false),
        ("2026-02-24", true),
        ("2026-02-28", true),
        ("2026-04-06", false),
        ("2026-05-09", true),
        ("2026-06-19", false),
        ("2026-09-20", true),
        ("2026-09-25", false),
        ("2026-10-08", true),
        ("2026-10-10", true),
        ("2026-11-21", false),
        ("2026-11-23", true),
    ] {
        assert_eq!(cal.is_working(day(text)), Ok(working), "{text}");
    }
}

#[test]
fn working_days_in_a_year() {
    // 365 days minus weekends and weekday holidays plus make-up days: 248 in 2025, 248 in 2026.
    let cal = calendar();
    let count = |from: &str, to: &str| cal.working_days_between(day(from), day(to)).unwrap();
    let first = |y: i32| u32::from(cal.is_working(Day::ymd(y, 1, 1).unwrap()).unwrap());
    assert_eq!(first(2025) + count("2025-01-01", "2025-12-31"), 248);
    assert_eq!(first(2026) + count("2026-01-01", "2026-12-31"), 248);
}

#[test]
fn unconfirmed_years_are_refused() {
    let cal = calendar();
    assert_eq!(cal.is_working(day("2027-03-01")), Err(Unconfirmed { year: 2027 }));
    assert_eq!(cal.is_working(day("2024-12-31")), Err(Unconfirmed { year: 2024 }));
    assert_eq!(cal.add_working_days(day("2026-12-30"), 2), Err(Unconfirmed { year: 2027 }));
    assert_eq!(cal.add_working_days(day("2026-12-30"), 1), Ok(day("2026-12-31")));
    assert!(Unconfirmed { year: 2027 }.zh().contains("待确认"));
}

#[test]
fn periods_skip_the_national_day() {
    let cal = calendar();
    let event = day("2026-09-30").at(10, 0);
    assert_eq!(cal.due(event, 3, false), Ok(day("2026-10-10").end()));
    assert_eq!(cal.due(event, 3, true), Ok(day("2026-10-10").at(17, 0)));
    // Seven natural days from 25 September end on 2 October, a holiday: the 8th works again.
    assert_eq!(cal.natural_period_end(day("2026-09-25"), 7, false), Ok(day("2026-10-08").end()));
    // The day of the event is not counted; a working last day stands.
    assert_eq!(cal.natural_period_end(day("2026-11-02"), 3, true), Ok(day("2026-11-05").at(17, 0)));
}

#[test]
fn appendix_b_yellow_and_red() {
    // Accepted on Friday 2026-11-06 with 3 working days.
    let cal = calendar();
    let accepted = day("2026-11-06").at(15, 30);
    let due = cal.due(accepted, 3, false).unwrap();
    assert_eq!(due, day("2026-11-11").end());
    assert_eq!(due, day("2026-11-12").at(0, 0), "red from Thursday 00:00");
    assert_eq!(cal.yellow_from(due, 1), Ok(day("2026-11-11").at(0, 0)), "yellow from Wednesday 00:00");
    assert_eq!(cal.yellow_from(due, 2), Ok(day("2026-11-10").at(0, 0)));
    let at_close = cal.due(accepted, 3, true).unwrap();
    assert_eq!(cal.yellow_from(at_close, 1), Ok(day("2026-11-11").at(0, 0)));
}

#[test]
fn broken_year_files_name_the_fault() {
    let read = |text: &str| CalendarYear::from_toml("calendar/2026.toml", text).unwrap_err();
    let head = "year = 2026\nconfirmed = true\nnotice = \"x\"\n";
    let holiday = |rest: &str| format!("{head}[[holiday]]\nname = \"元旦\"\nfrom = \"2026-01-01\"\n{rest}");
    let fault = read(&holiday("to = \"2026-01-03\"\ndays = 2\n"));
    assert_eq!(fault.to_string(), "catalog/calendar/2026.toml 第 4 行：元旦：2026-01-01 至 2026-01-03 不是 2 天");
    let fault = read(&holiday("to = \"2026-01-03\"\ndays = 3\nmake_up = [\"2026-01-05\"]\n"));
    assert!(fault.fault.contains("补班日 2026-01-05"));
    assert!(read("year = 2026\nconfirmed = true\n").fault.contains("notice"));
    assert_eq!(read("year = 2026\nconfirmed = true\nnotice = \"x\"\nholidays = 1\n").line, Some(4));
}

#[test]
fn close_times() {
    assert_eq!(CloseTime::parse("17:00"), Some(CloseTime::DEFAULT));
    assert_eq!(CloseTime::parse("24:00"), None);
    assert_eq!(CloseTime::parse("9:00"), None);
}

proptest! {
    #[test]
    fn adding_and_counting_agree(start in 0i64..600, n in 1u32..60) {
        let cal = calendar();
        let from = Day::ymd(2025, 1, 1).unwrap().plus(start);
        let to = cal.add_working_days(from, n).unwrap();
        prop_assert!(cal.is_working(to).unwrap());
        prop_assert_eq!(cal.working_days_between(from, to), Ok(n));
        prop_assert!(to.days_since(from) >= i64::from(n));
    }

    #[test]
    fn a_period_never_ends_on_a_day_off(start in 0i64..700, n in 0u32..20) {
        let cal = calendar();
        let from = Day::ymd(2025, 1, 1).unwrap().plus(start);
        let end = cal.natural_period_end(from, n, true).unwrap();
        prop_assert!(cal.is_working(end.day()).unwrap());
        prop_assert!(end >= CloseTime::DEFAULT.on(from.plus(i64::from(n))));
    }
}
