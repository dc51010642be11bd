#![allow(clippy::unwrap_used, clippy::expect_used)]
//! When a session may start.

use super::*;
use crate::base::Day;
use crate::base::ids::RoomId;
use crate::lot::tests_support::{at, calendar, in_stage, rules, with_terms};

fn asked(starts: Instant) -> Result<Vec<LotEvent>, Refusal> {
    let (rules, calendar) = (rules(), calendar());
    let session = Session {
        room: RoomId(uuid::Uuid::from_u128(1)),
        starts,
        free_ms: i64::from(rules.bid.free_minutes) * 60_000,
        limited_ms: i64::from(rules.bid.limited_seconds) * 1_000,
    };
    schedule(&with_terms(in_stage(Stage::Qualified)), session, at(1, 5, 9, 0), &rules, &calendar)
}

#[test]
fn sessions_start_on_working_days_within_hours() {
    // 2026-03-21 is a Saturday, 2026-05-09 one on which people work, 2026-05-01 a holiday.
    let table = [
        (at(3, 20, 9, 30), true),
        (at(3, 20, 8, 30), true),
        (at(3, 20, 8, 29), false),
        (at(3, 20, 16, 59), true),
        (at(3, 20, 17, 0), false),
        (at(3, 21, 3, 0), false),
        (at(3, 21, 10, 0), false),
        (at(5, 9, 10, 0), true),
        (at(5, 1, 10, 0), false),
    ];
    for (starts, may) in table {
        let answer = asked(starts);
        assert_eq!(answer.is_ok(), may, "{}: {answer:?}", starts.zh());
        if let Err(refusal) = answer {
            assert_eq!(refusal.code(), "FIELDS", "{refusal}");
        }
    }
}

#[test]
fn a_session_whose_publicity_nobody_can_count_is_not_scheduled() {
    assert!(asked(at(12, 28, 9, 30)).is_ok(), "three working days fit into the year");
    for starts in [at(12, 29, 9, 30), at(12, 31, 9, 30)] {
        let refusal = asked(starts).unwrap_err();
        assert_eq!(refusal, Refusal::CalendarUnconfirmed { year: 2027 });
        assert!(refusal.to_string().contains("2027年") && refusal.to_string().contains("待确认"), "{refusal}");
        assert!(refusal.to_string().contains("导入"), "what to do: {refusal}");
    }
    let next = Day::ymd(2027, 1, 4).expect("a day").at(9, 30);
    assert_eq!(asked(next).unwrap_err(), Refusal::CalendarUnconfirmed { year: 2027 });
}
