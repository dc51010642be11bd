//! The demonstration county: what stands in it, and that it was made by the acts alone.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use nongquan::acts::bidding::{self, PauseOrder};
use nongquan::acts::verify::{self, Given};
use nongquan::acts::{bank as import, deal, demo_bank, demonstration, login, papers};
use nongquan::clock::{Clock, DemoClock, HandClock};
use nongquan::config::Config;
use nongquan::context::App;
use nongquan::demo;
use nongquan::domain::actor::Role;
use nongquan::domain::auction::FreezeGround;
use nongquan::domain::lot::{Lot, Stage, replay};
use nongquan::papers::{Fact, Paper};
use nongquan::store::{accounts, applications, bank, journal, ledger, lots, objections, refunds};
use nongquan::web::journal::kind_zh;

use super::proof::world::exchange;
use super::support::county::settings;
use super::support::market::{Market, lot_of};
use super::support::{Client, Place, World, people};

fn open(place: &Place) -> App {
    let config = Config::demo(settings(place)).unwrap_or_else(|faults| panic!("settings: {faults:?}"));
    let clock = Arc::new(HandClock::new(demo::first_morning().unwrap()));
    nongquan::boot::open(config, clock).unwrap_or_else(|fault| panic!("start: {fault}"))
}

fn all_lots(app: &App) -> Vec<Lot> {
    let ids = app.store.read(|db| lots::all_ids(db)).unwrap();
    ids.into_iter().map(|(id, _)| app.store.read(|db| lots::find(db, id)).unwrap().unwrap().lot).collect()
}

/// Replaying a lot's events gives the stored lot.
fn replays(app: &App, lot: &Lot) {
    let events = app.store.read(|db| lots::events(db, lot.id)).unwrap();
    let started = app.store.read(|db| nongquan::store::projects::find(db, lot.project)).unwrap().unwrap().created_at;
    assert_eq!(&replay(lot.before_events(started), &events), lot, "{:?}", lot.lot_no);
}

/// Every stage that today's acts can reach and in which a lot rests.
const REACHED: &[Stage] = &[
    Stage::Draft,
    Stage::FirstReview,
    Stage::FirstCorrection,
    Stage::FirstReturned,
    Stage::Acceptance,
    Stage::AcceptanceCorrection,
    Stage::NotAccepted,
    Stage::Review,
    Stage::Consultation,
    Stage::ReviewRejected,
    Stage::ToPublish,
    Stage::Listed,
    Stage::Qualifying,
    Stage::Qualified,
    Stage::Negotiation,
    Stage::Publicity,
    Stage::ObjectionHandling,
    Stage::Confirmation,
    Stage::Approval,
    Stage::ToSign,
    Stage::AwaitingPayment,
    Stage::Paid,
    Stage::Certifying,
    Stage::Certified,
    Stage::Delivered,
    Stage::HandedOver,
    Stage::Registered,
    Stage::Archived,
    Stage::Withdrawn,
    Stage::FailedNoApplicant,
    Stage::FailedNoBid,
    Stage::FailedCompetition,
    Stage::Terminated,
    Stage::Annulled,
];

/// The journal's page says of every kind of leaf what it is.
fn every_leaf_has_words(app: &App) {
    let leaves = app.store.read(|db| journal::leaves_after(db, 0, 100_000)).unwrap();
    let kinds: BTreeSet<String> = leaves.into_iter().map(|leaf| leaf.kind).collect();
    let silent: Vec<&String> = kinds.iter().filter(|kind| kind_zh(kind).is_none()).collect();
    assert!(silent.is_empty() && kinds.len() > 40, "{silent:?} of {kinds:?}");
}

#[test]
fn the_county_stands_and_its_books_balance() {
    let place = Place::new();
    let app = open(&place);
    let first = demo::open(&app).unwrap();
    assert!(first.iter().any(|a| a.account == "director"));
    // The seed is interrupted and goes on where it stopped.
    let asked = Cell::new(0);
    let mut failures = demo::fill(&app, || asked.replace(asked.get() + 1) < 3).unwrap();
    assert!(!demonstration::progress(&app).unwrap().complete());
    failures.extend(demo::fill(&app, || true).unwrap());
    let told: Vec<String> = failures.iter().map(|(key, why)| format!("{key}: {why}")).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(demonstration::progress(&app).unwrap().complete());
    let lots = all_lots(&app);
    let mut stages: BTreeMap<Stage, usize> = BTreeMap::new();
    let mut categories: BTreeMap<u8, usize> = BTreeMap::new();
    for lot in &lots {
        *stages.entry(lot.stage).or_default() += 1;
        if lot.public {
            *categories.entry(lot.variety.category().number()).or_default() += 1;
        }
        replays(&app, lot);
    }
    contracts_repeat_their_notices(&app, &lots);
    every_outcome_was_met(&app, &lots);
    assert!(lots.len() >= 60, "{stages:?}");
    assert!(categories.values().sum::<usize>() >= 40 && categories.len() == 14, "{categories:?}");
    let absent: Vec<&Stage> = REACHED.iter().filter(|s| !stages.contains_key(s)).collect();
    assert!(absent.is_empty(), "nothing stands in {absent:?}");
    every_leaf_has_words(&app);
    assert_eq!(app.store.read(|db| ledger::trial_balance(db)).unwrap().0, 0);
    let public = app.keys.public_bundle();
    let given = Given { public: &public, keys: Some(&app.keys), files: Some(&app.files), checkpoint: None, lot: None };
    let (report, _) = verify::database(&app.store, &given).unwrap();
    assert!(report.is_green(), "{report:#?}");
    // A folder that was used before is taken up again, and nothing is made twice.
    assert!(demo::open(&app).unwrap().iter().all(|a| first.contains(a)));
    assert!(demonstration::accounts(&app).unwrap().len() > first.len());
    assert!(demo::fill(&app, || true).unwrap().is_empty());
    assert_eq!(all_lots(&app).len(), lots.len());
    // When the rooms are used up, one more lot is made that waits for its room.
    let more = demo::further_lot(&app).unwrap();
    assert_eq!(app.store.read(|db| lots::find(db, more)).unwrap().unwrap().lot.stage, Stage::Qualified);
    // A wish moves business time to the next working morning, two wishes to the one after.
    let tuesday = demo::first_morning().unwrap().plus_mins(24 * 60);
    assert_eq!(demonstration::wish_forward(&app).unwrap(), tuesday);
    assert_eq!(demonstration::wish_forward(&app).unwrap(), tuesday.plus_mins(24 * 60));
    what_is_owed_can_be_paid(&app);
    refused_by_service(&place, app);
}

/// A visitor pays without a bank: the statement of what is owed is taken in like any other, once.
fn what_is_owed_can_be_paid(app: &App) {
    let who = |login: &str| {
        let account = app.store.read(|db| accounts::by_login(db, login)).unwrap().unwrap();
        login::actor_of(app, account.id).unwrap()
    };
    let (company, finance) = (who("company"), who("finance"));
    let owed = demo_bank::waiting(app, &company).unwrap();
    assert!(owed.iter().any(|l| l.what.contains("价款")), "{owed:?}");
    let text = demo_bank::statement(&owed);
    let done = import::import(app, &finance, "流水.csv", text.as_bytes()).unwrap();
    assert_eq!(done.matched, owed.len());
    assert!(demo_bank::waiting(app, &company).unwrap().is_empty(), "paid");
    assert!(demo_bank::waiting(app, &who("director")).unwrap().is_empty());
    assert_eq!(app.store.read(|db| ledger::trial_balance(db)).unwrap().0, 0);
}

/// Besides the stages: what does not go straight on, each by an act of somebody's.
fn every_outcome_was_met(app: &App, lots: &[Lot]) {
    let mut met: BTreeSet<String> = BTreeSet::new();
    for lot in lots {
        let read = app.store.read(|db| {
            let objections = objections::of_lot(db, lot.id)?;
            Ok((lots::events(db, lot.id)?, applications::of_lot(db, lot.id)?, objections, refunds::of_lot(db, lot.id)?))
        });
        let (events, applications, objections, orders) = read.unwrap();
        met.extend(events.iter().map(|e| e.event.kind().to_owned()));
        met.extend(applications.iter().map(|a| format!("application {:?}", a.status)));
        met.extend(objections.iter().map(|o| format!("objection {:?}", o.sustained)));
        met.extend(orders.iter().map(|o| format!("order {}", o.status)));
        if let Some((registered, _, _)) = lot.handover.as_ref().and_then(|h| h.answer.as_ref()) {
            met.insert(format!("registered {registered}"));
        }
    }
    let lines = app.store.read(|db| bank::lines(db, None, 10_000)).unwrap();
    met.extend(lines.iter().map(|l| format!("line {}", l.status)));
    let wanted = [
        "certificate_returned",
        "application Correction",
        "application Refused",
        "application Withdrawn",
        "objection None",
        "objection Some(false)",
        "objection Some(true)",
        "order due",
        "order done",
        "registered true",
        "registered false",
        "line matched",
        "line unmatched",
    ];
    let absent: Vec<&&str> = wanted.iter().filter(|name| !met.contains(**name)).collect();
    assert!(absent.is_empty(), "the seed lacks {absent:?} of {met:?}");
}

/// Contracts of every form carry the fields of their variety as the notice printed them, and what the catalogue
/// keeps out of contracts stays out.
fn contracts_repeat_their_notices(app: &App, lots: &[Lot]) {
    let (mut carried, mut kept_out) = (BTreeMap::new(), 0);
    for lot in lots.iter().filter(|l| l.contract.is_some()) {
        let deal = deal::read(app, lot.id).unwrap();
        let made = papers::contract(app, &deal, "X").unwrap_or_else(|stop| panic!("{:?}: {stop:?}", lot.lot_no));
        let (form, facts) = match made.paper {
            Paper::Contract(paper) => ("lease", paper.facts),
            Paper::GeneralContract(paper) => ("general", paper.facts),
            other => panic!("{other:?} is no contract"),
        };
        let notice = deal.notice.clone().unwrap().notice.notice;
        for line in notice.chapters.iter().flat_map(|c| &c.lines) {
            let Some(field) = line.key.strip_prefix("f.") else { continue };
            let fact = Fact::new(line.label.clone(), line.value.clone());
            if deal.variety.field(field).unwrap().contract {
                assert!(facts.contains(&fact), "{:?} lacks {fact:?}", lot.lot_no);
                *carried.entry(form).or_insert(0) += 1;
            } else {
                assert!(!facts.contains(&fact), "{:?} has {fact:?}", lot.lot_no);
                kept_out += 1;
            }
        }
    }
    assert!(carried.len() == 2 && carried.values().all(|n| *n > 3) && kept_out > 0, "{carried:?}, {kept_out}");
}

/// Fast until two minutes before a room that is expected, then at 1×, however fast the county runs.
#[test]
fn the_clock_is_calm_before_a_room() {
    let morning = demo::first_morning().unwrap();
    let clock = DemoClock::new(morning, 3_600);
    let opens = morning.plus_mins(20);
    clock.expect_room(opens);
    assert_eq!(clock.speed(), 3_600, "pages tick as fast as the clock");
    let asleep = std::time::Duration::from_millis(900);
    std::thread::sleep(asleep);
    let calm = DemoClock::calm_before(opens);
    assert!(clock.now() > calm && clock.now() < calm.plus_secs(5), "{}", clock.now().zh_secs());
    assert_eq!(clock.speed(), 1, "and a countdown before a room counts real seconds");
    // A later room does not lift the barrier of an earlier one.
    clock.expect_room(opens.plus_mins(60));
    std::thread::sleep(std::time::Duration::from_millis(100));
    assert!(clock.now() < calm.plus_secs(10), "{}", clock.now().zh_secs());
    clock.set_barrier(None);
    std::thread::sleep(std::time::Duration::from_millis(100));
    assert!(clock.now() > opens, "{}", clock.now().zh_secs());
}

/// The real service does not take a demonstration's database.
fn refused_by_service(place: &Place, app: App) {
    drop(app);
    let clock = Arc::new(HandClock::new(demo::first_morning().unwrap()));
    let refused = nongquan::boot::open(place.config("127.0.0.1:8080"), clock).err().expect("a refusal");
    assert!(refused.to_string().contains("演示"), "{refused}");
}

#[test]
fn the_clock_goes_on_from_the_newest_record() {
    let place = Place::new();
    let app = Arc::new(open(&place));
    let noted = demo::first_morning().unwrap();
    let recorded = noted.plus_secs(7_000);
    let written = app.store.write(|tx| {
        tx.set_meta("demo_clock", &noted.micros().to_string())?;
        tx.journal(recorded, "test", "test", serde_json::json!({}))?;
        Ok(())
    });
    written.unwrap();
    let clock = Arc::new(DemoClock::new(noted, 1));
    let pacemaker = demo::Pacemaker::start(&app, &clock, 1, Arc::default()).unwrap();
    assert!(clock.now() >= recorded, "a process that was killed had recorded more than it noted");
    drop(pacemaker);
}

#[test]
fn a_room_that_a_visitor_froze_and_left_goes_on() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 2);
    let room = market.rooms(&app, 1).remove(0);
    let order = PauseOrder {
        ground: FreezeGround::NetworkFailure,
        reason: "看看会怎样".to_owned(),
        second: ("director".to_owned(), people::PASSWORD.to_owned()),
        address: String::new(),
    };
    market.later(10);
    bidding::pause(&app, market.post(Role::Bidding), room.lot, &order).expect("frozen");
    let stage = || lot_of(&app, room.lot).stage;
    market.later(4 * 60);
    demo::unfreeze(&app).expect("a look");
    assert_eq!(stage(), Stage::BiddingPaused, "he may still be at it");
    market.later(61);
    demo::unfreeze(&app).expect("a look");
    assert_eq!(stage(), Stage::FreeBidding);
}

#[test]
fn the_calm_before_a_room_holds_while_the_room_is_being_set() {
    let start = demo::first_morning().unwrap();
    let clock = DemoClock::new(start, 3_600);
    clock.set_barrier(Some(start));
    let opens = start.plus_secs(180);
    clock.expect_room(opens);
    // The pacemaker looks before the transaction is there to see.
    clock.follow(start.plus_secs(100_000), None);
    std::thread::sleep(std::time::Duration::from_millis(120));
    let now = clock.now();
    assert!(now < opens, "120 seconds are left in calm, not run through in the blink of an eye: {now:?}");
    // Once it is seen, what the database says counts.
    clock.follow(now.plus_secs(100_000), Some(DemoClock::calm_before(opens)));
    std::thread::sleep(std::time::Duration::from_millis(120));
    assert!(clock.now() > opens);
}

#[test]
fn the_demonstration_does_not_take_a_real_database() {
    let world = World::open();
    people::admin(&world);
    let config = Config::demo(settings(world.place())).unwrap_or_else(|faults| panic!("settings: {faults:?}"));
    let clock = Arc::new(HandClock::new(demo::first_morning().unwrap()));
    let refused = nongquan::boot::open(config, clock).err().expect("a refusal");
    assert!(refused.to_string().contains("已有正式数据"), "{refused}");
    let client = Client::new(&world);
    assert_eq!((client.status("/demo"), client.status("/demo/outbox")), (404, 404));
}
