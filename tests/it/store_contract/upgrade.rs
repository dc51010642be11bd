//! A database that an older program filled: what becomes of it at a start, and when it is refused
//! that nothing was done to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use nongquan::boot;
use nongquan::clock::HandClock;
use nongquan::config::Config;
use nongquan::domain::base::Fen;
use nongquan::store::row_records::RECORDED;
use nongquan::store::{self, Store, accounts, outbox, parties};

use super::engine::Engine;
use super::schema::{actual, migrations};
use crate::proof::world::exchange;
use crate::support::Place;
use crate::support::county::settings;
use crate::support::server::first_morning;

/// The tables into which the fixture puts rows.
fn filled() -> Vec<String> {
    let own = include_str!("first_rows.sql").lines().filter_map(|l| l.strip_prefix("INSERT INTO "));
    own.filter_map(|rest| rest.split_once(' ')).map(|(table, _)| table.to_owned()).collect()
}

/// A place whose database stands at the first migration, with the fixture's rows.
fn first_filled() -> (Place, Engine) {
    let place = Place::new();
    std::fs::create_dir_all(place.data()).unwrap();
    let mut engine = Engine::connect(&place);
    engine.first_migration();
    engine.run(include_str!("first_rows.sql")).unwrap();
    (place, engine)
}

/// Every value of these columns as text, row by row.
fn values(engine: &mut Engine, table: &str, columns: &[String]) -> Vec<String> {
    let cells: Vec<String> = columns.iter().map(|c| format!("COALESCE(CAST(\"{c}\" AS TEXT), '-')")).collect();
    let mut rows = engine.values(&format!("SELECT {} AS value FROM {table}", cells.join(" || '|' || ")));
    rows.sort();
    rows
}

#[test]
fn what_an_older_program_kept_is_there_after_the_migrations() {
    let (place, mut engine) = first_filled();
    assert_eq!(migrations(&mut engine).len(), 1);
    let before: BTreeMap<String, Vec<String>> = actual(&mut engine)
        .into_iter()
        .map(|(table, columns)| (table, columns.into_iter().map(|(name, _, _)| name).collect()))
        .collect();
    let kept: Vec<(String, Vec<String>, Vec<String>)> = filled()
        .into_iter()
        .map(|table| {
            // The one thing a later migration takes away: the text of codes that were sent.
            let columns: Vec<String> =
                before[&table].iter().filter(|c| table != "outbox" || *c != "body").cloned().collect();
            let rows = values(&mut engine, &table, &columns);
            assert!(!rows.is_empty(), "{table}");
            (table, columns, rows)
        })
        .collect();
    assert!(kept.len() > 18, "the fixture fills the tables: {}", kept.len());

    let store = boot::open_store(&place.config("127.0.0.1:1").place.database).expect("it is brought up to date");
    assert!(migrations(&mut engine).len() > 1);
    for (table, columns, rows) in &kept {
        assert_eq!(&values(&mut engine, table, columns), rows, "{table}");
    }
    readable(&store);
    recorded(&mut engine);
    drop(boot::open_store(&place.config("127.0.0.1:1").place.database).expect("it starts again"));
    recorded(&mut engine);
    // What refers to a row still does, and new rows obey the same rules.
    let orphan = "INSERT INTO holds (id, application_id, lot_id, amount_fen, bank_line_id, status, version) \
                  VALUES ('x', 'nobody', 'nothing', 1, 'none', 'held', 1)";
    if matches!(engine, Engine::Sqlite(_)) {
        engine.run("PRAGMA foreign_keys=ON").unwrap();
        assert_eq!(engine.values("SELECT \"table\" AS value FROM pragma_foreign_key_check"), Vec::<String>::new());
    }
    engine.run(orphan).expect_err("an application that is not there");
}

/// Every row of record that was there is recorded once, as it was found; a later start adds nothing, so that a row
/// put in by hand meanwhile stays unrecorded.
fn recorded(engine: &mut Engine) {
    let mut rows = 0;
    for (table, _) in RECORDED {
        let count = |value: String| -> usize { value.parse().unwrap() };
        let there = count(engine.values(&format!("SELECT CAST(count(*) AS TEXT) AS value FROM {table}")).remove(0));
        let records = format!("SELECT CAST(count(*) AS TEXT) AS value FROM row_records WHERE about = '{table}'");
        assert_eq!(count(engine.values(&records).remove(0)), there, "{table}");
        rows += there;
    }
    assert!(rows > 10, "the fixture fills the tables: {rows}");
}

/// The program reads what it finds.
fn readable(store: &Store) {
    let account = store.read(|db| accounts::by_login(db, "xiaomei")).unwrap().expect("the account");
    let party = store.read(|db| parties::by_lookup(db, "lookup-2")).unwrap().expect("the party");
    assert_eq!(account.party, Some(party.id));
    let application = "00000000-0000-7000-8000-000000000071".parse().unwrap();
    let hold = store.read(|db| store::holds::of_application(db, application)).unwrap().expect("the deposit");
    assert_eq!(hold.amount, Fen::yuan(500));
    let inbox = store.read(|db| outbox::inbox(db, account.id, 10)).unwrap();
    assert_eq!(inbox.iter().map(|m| m.body.as_str()).collect::<Vec<_>>(), ["保证金已到账"]);
    let code = store.read(|db| outbox::last_of(db, account.id, "one_time_code")).unwrap().expect("the message");
    assert_eq!((code.body.as_str(), code.body_sealed.as_str()), ("", ""), "a code that was sent is forgotten");
}

fn demo(place: &Place) -> Result<(), String> {
    let config = Config::demo(settings(place)).unwrap_or_else(|faults| panic!("settings: {faults:?}"));
    let clock = Arc::new(HandClock::new(first_morning()));
    boot::open(config, clock).map(drop).map_err(|fault| fault.to_string())
}

fn serve(place: &Place) -> Result<(), String> {
    let clock = Arc::new(HandClock::new(first_morning()));
    boot::open(place.config("127.0.0.1:1"), clock).map(drop).map_err(|fault| fault.to_string())
}

#[test]
fn whose_database_it_is_is_asked_before_anything_is_migrated() {
    let (place, mut engine) = first_filled();
    let refused = demo(&place).expect_err("a real database");
    assert!(refused.contains("已有正式数据") && refused.contains("没有改动任何数据"), "{refused}");
    assert_eq!(migrations(&mut engine).len(), 1, "nothing was changed");
    engine.run("INSERT INTO meta (name, value) VALUES ('demo', '1')").unwrap();
    let refused = serve(&place).expect_err("a demonstration's database");
    assert!(refused.contains("这个数据库属于演示"), "{refused}");
    assert_eq!(migrations(&mut engine).len(), 1, "nothing was changed");
}

#[test]
fn the_demonstration_takes_only_what_is_nobodys() {
    let place = Place::new();
    std::fs::create_dir_all(place.data()).unwrap();
    let mut engine = Engine::connect(&place);
    engine.run("CREATE TABLE somebody_elses (id TEXT)").unwrap();
    let refused = demo(&place).expect_err("another program's database");
    assert!(refused.contains("别的程序的表") && refused.contains("somebody_elses"), "{refused}");
    assert_eq!(actual(&mut engine).keys().collect::<Vec<_>>(), ["somebody_elses"]);

    let place = Place::new();
    let (app, _) = exchange(&place);
    nongquan::acts::staff::make_setup_code(&app).expect("a code");
    drop(app);
    let refused = demo(&place).expect_err("somebody is about to set it up");
    assert!(refused.contains("已有正式数据"), "{refused}");
}
