//! The demonstration county: what stands in it, and that it was made by the acts alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use nongquan::acts::demonstration;
use nongquan::clock::HandClock;
use nongquan::config::{Config, DemoSettings};
use nongquan::context::App;
use nongquan::demo;
use nongquan::domain::lot::{Lot, Stage, replay};
use nongquan::store::{ledger, lots};

use super::support::Place;

fn settings(place: &Place) -> DemoSettings {
    DemoSettings {
        data: place.data(),
        database_url: place.postgres().map(str::to_owned),
        keys: None,
        listen: "127.0.0.1:8080".to_owned(),
        speed: 1,
        public: false,
        catalog: None,
        fonts: None,
    }
}

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
    let created = app.store.read(|db| nongquan::store::projects::find(db, lot.project)).unwrap().unwrap().created_at;
    let draft = Lot::draft(lot.id, lot.project, lot.transferor, lot.place.clone(), lot.variety, created);
    assert_eq!(&replay(draft, &events), lot, "{:?}", lot.lot_no);
}

#[test]
fn the_county_stands_and_its_books_balance() {
    let place = Place::new();
    let app = open(&place);
    let first = demo::open(&app).unwrap();
    assert!(first.iter().any(|a| a.account == "director"));
    let failures = demo::fill(&app, || true).unwrap();
    let told: Vec<String> = failures.iter().map(|(key, why)| format!("{key}: {why}")).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
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
    assert!(app.store.read(|db| ledger::trial_balance(db)).unwrap().0 == 0);
    assert!(demonstration::progress(&app).unwrap().complete());
    assert!(lots.len() >= 10, "{stages:?} {categories:?}");
}
