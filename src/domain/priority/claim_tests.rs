#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::base::CloseTime;
use crate::base::calendar::CalendarYear;

fn calendar() -> Calendar {
    let text = include_str!("../../../catalog/calendar/2026.toml");
    let year = CalendarYear::from_toml("calendar/2026.toml", text).unwrap();
    Calendar::new([year], CloseTime::parse("17:00").unwrap())
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn silence_after_fifteen_days_is_a_waiver() {
    let waiver = house_sale_waiver(day("2026-06-01"), &calendar()).unwrap();
    assert_eq!(waiver.at, day("2026-06-16").end());
    assert!(!waiver.has_come(Instant(waiver.at.0 - 1)));
    assert!(waiver.has_come(waiver.at));
    let over_holiday = house_sale_waiver(day("2026-09-18"), &calendar()).unwrap();
    assert_eq!(over_holiday.at, day("2026-10-08").end(), "3 October is a holiday");
    assert!(house_sale_waiver(day("2029-06-01"), &calendar()).is_err(), "no calendar for that year");
}

#[test]
fn a_share_sale_never_gives_less_than_fifteen_days() {
    let at = |named| share_sale_waiver(day("2026-06-01"), named, &calendar()).unwrap().at;
    assert_eq!(at(None), day("2026-06-16").end());
    assert_eq!(at(Some(7)), day("2026-06-16").end());
    assert_eq!(at(Some(30)), day("2026-07-01").end());
}

#[test]
fn notices_before_auction_and_publication() {
    assert!(house_auction_told_in_time(day("2026-06-01"), day("2026-06-06")));
    assert!(!house_auction_told_in_time(day("2026-06-01"), day("2026-06-05")));
    assert!(Service::Written(day("2026-06-01")).in_time_for(day("2026-06-04")));
    assert!(!Service::Written(day("2026-06-01")).in_time_for(day("2026-06-03")));
    assert_eq!(Service::Posted(day("2026-06-01")).told(), day("2026-06-06"));
    assert!(Service::Posted(day("2026-06-01")).in_time_for(day("2026-06-06")));
    assert!(!Service::Posted(day("2026-06-01")).in_time_for(day("2026-06-05")));
}

#[test]
fn members_right_lapses_only_after_a_proven_posting() {
    let posting = Posting { from: day("2026-06-01"), until: day("2026-06-05"), evidence: true };
    let right = |posting, started, now| member_right(posting, started, now, &calendar()).unwrap();
    let end = day("2026-06-05").end();
    assert_eq!(right(Some(posting), None, Instant(end.0 - 1)), MemberRight::OpenUntil(end));
    assert_eq!(right(Some(posting), None, end), MemberRight::Lapsed);
    assert!(!right(Some(posting), Some(day("2026-06-20")), end).can_claim());

    let unproven = Some(Posting { evidence: false, ..posting });
    assert_eq!(right(unproven, None, end), MemberRight::AtRisk);
    let until = day("2026-08-20").end();
    let started = Some(day("2026-06-20"));
    assert_eq!(right(None, started, end), MemberRight::AtRiskUntil(until));
    assert!(right(unproven, started, Instant(until.0 - 1)).shows_risk());
    assert_eq!(right(None, started, until), MemberRight::Lapsed);
    assert!(!MemberRight::Lapsed.shows_risk());
}

#[test]
fn other_mode_claims_fail_once_vote_and_approval_stand() {
    let (voted, approved) = (day("2026-06-01").at(9, 0), day("2026-06-10").at(9, 0));
    assert!(!other_mode_claim_barred(Some(voted), None, day("2026-06-05").at(9, 0)));
    assert!(!other_mode_claim_barred(Some(voted), Some(approved), Instant(approved.0 - 1)));
    assert!(other_mode_claim_barred(Some(voted), Some(approved), approved));
    assert!(!other_mode_claim_barred(None, Some(approved), day("2026-07-01").at(9, 0)));
}

#[test]
fn t15_a_right_claimed_when_registration_has_closed_is_late() {
    let closes = day("2026-06-10").at(17, 0);
    assert!(registered_in_time(Instant(closes.0 - 1), closes));
    assert!(!registered_in_time(closes, closes));
}
