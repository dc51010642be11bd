//! Freeze and resume (rulebook 3.9).
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::fixtures::*;
use super::*;
use crate::base::{Fen, Instant};

const GROUND: FreezeGround = FreezeGround::HeartbeatGap;

fn frozen(room: Room, since: &str, now: &str) -> Room {
    let (room, events) = freeze(room, at(since), at(now), GROUND);
    events.unwrap();
    room
}

fn resumed(room: Room, now: &str, then: Instant) -> Room {
    let (room, events) = resume(room, at(now), then);
    events.unwrap();
    room
}

fn led() -> Room {
    run(room(up_rules()), &[(raise(1, "09:10:00", "800"), "OK")])
}

#[test]
fn t08_the_free_phase_gets_exactly_the_lost_time() {
    let room = frozen(led(), "09:30:00", "09:30:07");
    let room = run(room, &[(raise(2, "09:30:00", "810"), "BID_CLOSED"), (raise(2, "11:00:00", "810"), "BID_CLOSED")]);
    assert_eq!(due(&room), None, "nothing closes a frozen room");
    let room = resumed(room, "09:47:00", at("09:47:00"));
    assert_eq!(*room.phase(), Phase::Free { deadline: at("10:17:00") });
    run(room, &[(raise(2, "09:47:00", "810"), "OK"), (raise(1, "10:16:59.999", "820"), "OK")]);
}

#[test]
fn t08_a_deadline_that_passed_during_the_outage_closes_nothing() {
    let mut room = run(led(), &[(raise(2, "10:01:00", "810"), "OK")]);
    assert_eq!(room.deadline(), Some(at("10:04:00")));
    room = frozen(room, "10:03:59.500", "10:20:00");
    room = resumed(room, "10:20:30", at("10:20:30"));
    assert_eq!(*room.phase(), Phase::Preparing { until: at("10:25:30"), rest: Rest::Limited });
    let script = [(raise(1, "10:25:29.999", "820"), "BID_CLOSED"), (raise(1, "10:25:30", "820"), "OK")];
    let room = run(room, &script);
    assert_eq!(room.deadline(), Some(at("10:28:30")));
    let (closed, _) = settle(room, at("10:28:30"));
    assert_eq!(closed.close(), Some(&Close::Won { bidder: BidderNo(1), price: Fen::yuan(820) }));
}

#[test]
fn t08_a_silent_restart_gives_the_limited_phase_in_full() {
    let room = frozen(led(), "10:02:00", "10:02:06");
    let room = resumed(room, "10:10:00", at("10:10:00"));
    let (room, _) = settle(room, at("10:15:00"));
    assert_eq!(*room.phase(), Phase::Limited { deadline: at("10:18:00") });
}

#[test]
fn an_outage_over_an_hour_needs_a_days_notice() {
    let room = frozen(led(), "09:30:00", "09:30:10");
    assert_eq!(earliest_resume(&room, at("10:30:00")), Some(at("10:30:00")));
    assert_eq!(earliest_resume(&room, at("10:30:00.001")), Some(at("10:30:00.001").plus_mins(24 * 60)));
    let (same, refused) = resume(room.clone(), at("10:31:00"), at("10:31:00"));
    let earliest = at("10:31:00").plus_mins(24 * 60);
    assert_eq!((same, refused), (room.clone(), Err(ResumeRefusal::NeedsNotice { earliest })));
    let (_, planned) = resume(room.clone(), at("09:50:00"), at("10:40:00"));
    assert!(matches!(planned, Err(ResumeRefusal::NeedsNotice { .. })), "a late start is no direct resume");
    let room = resumed(room, "10:31:00", earliest);
    let room = run(room, &[(raise(2, "12:00:00", "810"), "BID_CLOSED")]);
    let (room, _) = settle(room, earliest);
    assert_eq!(room.deadline(), Some(earliest.plus_mins(30)));
}

#[test]
fn a_room_that_had_not_opened_opens_for_its_full_length() {
    let early = frozen(room(up_rules()), "08:30:00", "08:30:10");
    let kept = resumed(early.clone(), "08:50:00", at("08:50:00"));
    assert_eq!(*kept.phase(), Phase::Waiting { opens: at("09:00:00"), ends: at("10:00:00") });
    let late = resumed(early, "09:20:00", at("09:20:00"));
    assert_eq!(*late.phase(), Phase::Free { deadline: at("10:20:00") });
}

#[test]
fn freezes_that_come_twice_or_too_late_are_refused() {
    let room = frozen(led(), "09:30:00", "09:30:10");
    let (same, refused) = freeze(room.clone(), at("09:31:00"), at("09:31:00"), GROUND);
    assert_eq!((same, refused), (room, Err(FreezeRefusal::AlreadyPaused)));
    let (_, refused) = freeze(led(), at("10:03:00"), at("10:03:10"), GROUND);
    assert_eq!(refused, Err(FreezeRefusal::Closed));
    assert_eq!(resume(led(), at("09:30:00"), at("09:30:00")).1, Err(ResumeRefusal::NotPaused));
}

#[test]
fn a_freeze_never_reaches_behind_an_accepted_bid() {
    let room = run(led(), &[(raise(2, "09:31:00", "810"), "OK")]);
    let room = frozen(room, "09:30:00", "09:32:00");
    assert!(matches!(room.phase(), Phase::Paused { since, .. } if *since == at("09:31:00")));
    assert_eq!(room.best_price(), Some(Fen::yuan(810)), "accepted bids stay valid");
}

#[test]
fn a_second_outage_during_the_preparation_keeps_what_is_left() {
    let room = frozen(led(), "10:02:00", "10:02:06");
    let room = resumed(room, "10:10:00", at("10:10:00"));
    let room = frozen(room, "10:12:00", "10:12:06");
    let room = resumed(room, "10:20:00", at("10:20:00"));
    let (room, _) = settle(room, at("10:25:00"));
    assert_eq!(room.deadline(), Some(at("10:28:00")));
}

#[test]
fn a_free_phase_that_ends_the_session_resumes_with_time_to_react() {
    let rules = RoomRules { mode: LimitedMode::None, ..up_rules() };
    let room = run(room(rules), &[(raise(1, "09:10:00", "800"), "OK")]);
    let room = frozen(room, "09:59:58", "10:00:10");
    let room = resumed(room, "10:05:00", at("10:05:00"));
    assert_eq!(room.deadline(), Some(at("10:10:00")));
}

#[test]
fn time_lost_before_the_opening_is_no_interruption() {
    let early = frozen(room(up_rules()), "07:30:00", "07:30:10");
    assert_eq!(earliest_resume(&early, at("09:20:00")), Some(at("09:20:00")), "20 minutes were lost, not 110");
    let opened = resumed(early.clone(), "09:20:00", at("09:20:00"));
    assert_eq!(opened.deadline(), Some(at("10:20:00")));
    let (_, refused) = resume(early, at("10:00:00.001"), at("10:00:00.001"));
    assert!(matches!(refused, Err(ResumeRefusal::NeedsNotice { .. })));
}

#[test]
fn t06_a_clock_that_ran_back_cannot_resume_before_the_freeze_was_recorded() {
    let room = frozen(led(), "09:30:00", "09:30:10");
    let (room, refused) = resume(room, at("09:29:00"), at("09:29:30"));
    assert_eq!(refused, Err(ResumeRefusal::InThePast));
    let (_, events) = resume(room, at("09:29:00"), at("09:30:10"));
    assert_eq!(events.unwrap().first().map(RoomEvent::at), Some(at("09:30:10")));
}

#[test]
fn t08_a_freeze_recorded_after_the_deadline_still_stops_the_close() {
    let room = frozen(led(), "10:02:59.999", "10:09:00");
    let (room, events) = settle(room, at("23:00:00"));
    assert!(events.is_empty() && room.close().is_none());
    let bid = run(room, &[(raise(2, "10:02:59.000", "810"), "BID_CLOSED")]);
    assert_eq!(bid.seq(), 1);
}
