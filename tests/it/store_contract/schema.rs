//! The tables as diesel sees them and as the engines made them; migrating once, never backwards.

use std::collections::BTreeMap;

use nongquan::boot;
use nongquan::store::{self, Store};

use super::engine::Engine;
use crate::support::Place;

/// Table to columns: name, type, may be null.
type Tables = BTreeMap<String, Vec<(String, String, bool)>>;

/// What src/store/schema declares.
pub fn declared() -> Tables {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/store/schema");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let text: String = files.map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let mut tables = Tables::new();
    let mut table = String::new();
    for line in text.lines().map(str::trim) {
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with('{')) {
            table = name.to_owned();
        } else if let Some((name, kind)) = line.trim_end_matches(',').split_once(" -> ") {
            let inner = kind.strip_prefix("Nullable<").and_then(|k| k.strip_suffix('>'));
            let column = (name.to_owned(), inner.unwrap_or(kind).to_owned(), inner.is_some());
            tables.entry(table.clone()).or_default().push(column);
        }
    }
    assert!(tables.len() > 20, "the reader of the schema reads");
    tables
}

/// What the engine has.
pub fn actual(engine: &mut Engine) -> Tables {
    let query = match engine {
        Engine::Pg(_) => {
            "SELECT concat_ws('|', table_name, column_name, data_type, is_nullable) AS value \
             FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
        }
        Engine::Sqlite(_) => {
            "SELECT m.name || '|' || c.name || '|' || c.type || '|' || CASE c.\"notnull\" WHEN 1 THEN 'NO' ELSE 'YES' END \
             AS value FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid"
        }
    };
    let mut tables = Tables::new();
    for row in engine.values(query) {
        let cells: Vec<&str> = row.split('|').collect();
        if cells[0].starts_with("__diesel") || cells[0].starts_with("sqlite_") {
            continue;
        }
        let kind = match cells[2].to_lowercase().as_str() {
            "text" => "Text",
            "bigint" => "BigInt",
            "boolean" => "Bool",
            "timestamp" | "timestamp without time zone" => "Timestamp",
            "bytea" | "blob" => "Binary",
            other => panic!("{row}: {other}"),
        };
        let column = (cells[1].to_owned(), kind.to_owned(), cells[3] == "YES");
        tables.entry(cells[0].to_owned()).or_default().push(column);
    }
    tables
}

pub fn open(place: &Place) -> Store {
    boot::open_store(&place.config("127.0.0.1:1").place.database).unwrap()
}

pub fn migrations(engine: &mut Engine) -> Vec<String> {
    engine.values("SELECT version AS value FROM __diesel_schema_migrations ORDER BY version")
}

#[test]
fn schema_agrees() {
    let place = Place::new();
    let _store = open(&place);
    let (declared, actual) = (declared(), actual(&mut Engine::connect(&place)));
    assert_eq!(declared.keys().collect::<Vec<_>>(), actual.keys().collect::<Vec<_>>());
    for (table, columns) in &declared {
        assert_eq!(columns, &actual[table], "{table}");
    }
}

#[test]
fn migrations_go_back_and_forth() {
    let place = Place::new();
    let store = open(&place);
    assert_eq!(store::migrate(&store).unwrap().applied, Vec::<String>::new(), "a second start changes nothing");
    let mut engine = Engine::connect(&place);
    let before = actual(&mut engine);
    engine.back_to_nothing();
    assert!(actual(&mut engine).is_empty(), "{:?}", actual(&mut engine).keys());
    assert!(!store::migrate(&store).unwrap().applied.is_empty());
    assert_eq!(actual(&mut engine), before);
}

#[test]
fn starts_at_the_same_time_migrate_once() {
    let place = Place::new();
    std::fs::create_dir_all(place.data()).unwrap();
    let location = boot::location(&place.config("127.0.0.1:1").place.database).unwrap();
    let stores = [Store::open(&location).unwrap(), Store::open(&location).unwrap()];
    let applied: usize = std::thread::scope(|s| {
        let runs: Vec<_> =
            stores.iter().map(|store| s.spawn(|| store::migrate(store).unwrap().applied.len())).collect();
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    });
    assert_eq!(applied, migrations(&mut Engine::connect(&place)).len());
}

#[test]
fn a_newer_schema_is_refused_untouched() {
    let place = Place::new();
    let store = open(&place);
    let mut engine = Engine::connect(&place);
    engine.run("INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')").unwrap();
    let before = actual(&mut engine);
    let refused = store::migrate(&store).unwrap_err().to_string();
    assert!(refused.contains("比本程序新") && refused.contains("99990101000000"), "{refused}");
    assert_eq!(actual(&mut engine), before);
}
