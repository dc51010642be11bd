//! What the calendar does to a case: a year that nobody has confirmed, sessions outside working hours, a
//! correction that nobody hands in.

use nongquan::acts::scheduling::{self, Plan};
use nongquan::acts::{application, bidding, clock, publication, qualification, review, work};
use nongquan::clock::Clock;
use nongquan::domain::actor::Role;
use nongquan::domain::base::{Day, Instant};
use nongquan::domain::lot::Stage;
use nongquan::domain::lot::intake::FirstDecision;
use nongquan::domain::refusal::Refusal;
use nongquan::store::Stop;

use super::proof::world::{exchange, green};
use super::support::Place;
use super::support::market::{Market, lot_of};

fn on(month: u32, day: u32, hour: u32, minute: u32) -> Instant {
    Day::ymd(2026, month, day).expect("a day").at(hour, minute)
}

fn refused<T>(answer: Result<T, Stop>) -> Refusal {
    match answer {
        Err(Stop::Refused(refusal)) => refusal,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("not refused"),
    }
}

/// Nothing is published and no session set whose result would need a year that nobody has confirmed.
#[test]
fn a_year_that_nobody_confirmed_stops_publication_and_sessions_but_no_room() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 2);
    let waiting = market.confirmed(&app);
    let lot = market.listed(&app);
    market.qualified(&app, lot, &market.bidders);
    let closes = lot_of(&app, lot).listing.expect("a listing").closes;
    market.to(closes.plus_secs(1));
    clock::settle_lot(&app, lot, hands.now()).expect("closed");
    qualification::freeze(&app, market.post(Role::Qualification), lot).expect("frozen");
    for bidder in &market.bidders {
        application::agree(&app, bidder, lot).expect("agreed");
    }
    let organiser = market.post(Role::Bidding);
    let plan = market.plan(&app, lot);
    let asked = |starts| scheduling::schedule(&app, organiser, lot, Plan { starts, ..plan });

    // A Saturday at three in the morning, and an evening.
    let saturday = (1..8).map(|n| plan.starts.day().plus(n)).find(|d| !d.is_weekday()).expect("a weekend");
    for (starts, words) in [(saturday.at(3, 0), "不是工作日"), (plan.starts.day().at(19, 0), "工作时间")] {
        let refusal = refused(asked(starts));
        assert!(refusal.to_string().contains(words), "{refusal}");
    }
    let refusal = refused(asked(on(12, 31, 9, 30)));
    assert_eq!(refusal, Refusal::CalendarUnconfirmed { year: 2027 });
    assert!(refusal.to_string().contains("待确认"), "{refusal}");
    assert!(lot_of(&app, lot).session.is_none());
    asked(on(12, 24, 9, 30)).expect("the publicity ends within the year");

    // Published in December, the result could not be posted in time.
    market.to(on(12, 14, 10, 0));
    let refusal = refused(publication::publish(&app, market.post(Role::Publication), waiting, None));
    assert_eq!(refusal, Refusal::CalendarUnconfirmed { year: 2027 });
    assert_eq!(lot_of(&app, waiting).stage, Stage::ToPublish);

    // The room that was set closes and posts its result.
    market.to(on(12, 24, 9, 30));
    clock::settle_lot(&app, lot, hands.now()).expect("opened");
    let lot_no = lot_of(&app, lot).lot_no.expect("a number");
    market.sell(&app, &super::support::market::Open { lot, lot_no });
    assert_eq!(lot_of(&app, lot).stage, Stage::Publicity);
    assert!(refused(bidding::resume(&app, organiser, lot, None)).to_string().contains("结果公示"));
    green(&app);
}

/// T04: the clock returns what nobody corrected, tells the applicant, and he may hand in again.
#[test]
fn an_uncorrected_application_is_returned_by_the_clock() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 0);
    let lot = market.submitted(&app);
    let items = FirstDecision::Correct { items: vec!["缺现状照片".to_owned()] };
    review::first_review(&app, market.post(Role::TownshipClerk), lot, items).expect("asked");
    let days = app.market.rules.review.supplement_wd;
    let until = app.market.calendar.due(hands.now(), days, false).expect("confirmed");
    market.to(until.plus_secs(-1));
    clock::settle_due(&app).expect("settled");
    assert_eq!(lot_of(&app, lot).stage, Stage::FirstCorrection);
    market.to(until);
    clock::settle_due(&app).expect("settled");
    let back = lot_of(&app, lot);
    assert_eq!((back.stage, back.entered_at), (Stage::FirstReturned, until));
    let told = work::inbox(&app, &market.collective).expect("an inbox");
    assert!(told.iter().any(|m| m.subject == "补正逾期，申请已退回" && m.body.contains("重新提交")), "{told:?}");
    nongquan::acts::intake::submit(&app, &market.collective, lot).expect("handed in again");
    assert_eq!(lot_of(&app, lot).stage, Stage::FirstReview);
    green(&app);
}
