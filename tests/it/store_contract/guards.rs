//! What the engines refuse on their own, whatever the program asks for.

use super::engine::Engine;
use super::schema::{declared, open};
use crate::support::Place;

const APPEND_ONLY: [&str; 9] = [
    "journal_leaves",
    "journal_nodes",
    "tree_heads",
    "lot_events",
    "room_events",
    "bids",
    "ledger_entries",
    "ledger_lines",
    "ledger_chain",
];

/// A row of any table, with values that its checks take.
fn row(table: &str) -> String {
    let columns = &declared()[table];
    let values: Vec<&str> = columns
        .iter()
        .map(|(name, kind, null)| match (name.as_str(), kind.as_str()) {
            _ if *null => "NULL",
            ("kind", _) if table == "bids" => "'raise'",
            ("phase", _) => "'free'",
            (_, "Text") => "'x'",
            (_, "BigInt") => "1",
            (_, "Bool") => "TRUE",
            (_, "Timestamp") => "'2026-03-02 01:00:00'",
            (name, kind) => panic!("{table}.{name}: {kind}"),
        })
        .collect();
    let names: Vec<&str> = columns.iter().map(|(name, _, _)| name.as_str()).collect();
    format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "))
}

#[test]
fn records_that_only_grow_are_never_changed() {
    let place = Place::new();
    let _store = open(&place);
    let mut engine = Engine::connect(&place);
    for table in APPEND_ONLY {
        // An entry must balance, so its two lines stand in for the generic row.
        if table == "ledger_entries" {
            engine.run(&entry("x", &[5, -5])).unwrap();
        } else if table != "ledger_lines" {
            engine.without_keys(&row(table));
        }
        let column = &declared()[table].last().unwrap().0.clone();
        let mut statements = vec![format!("UPDATE {table} SET {column} = {column}"), format!("DELETE FROM {table}")];
        if matches!(engine, Engine::Pg(_)) {
            statements.push(format!("TRUNCATE {table} CASCADE"));
        }
        for statement in statements {
            let refused = engine.run(&statement).expect_err(&statement);
            assert!(refused.contains(&format!("append-only: {table}")), "{statement}: {refused}");
        }
    }
}

#[test]
fn a_guard_that_was_replaced_or_switched_off_stands_again_after_a_start() {
    let place = Place::new();
    let store = open(&place);
    let (all, wanted) = nongquan::store::guards_standing(&store).unwrap();
    assert_eq!(all, wanted);
    let mut engine = Engine::connect(&place);
    engine.without_keys(&row("bids"));
    let spoilt: &[&str] = match engine {
        Engine::Pg(_) => &[
            "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; \
             CREATE OR REPLACE TRIGGER bids_append_only BEFORE UPDATE OR DELETE ON bids \
             FOR EACH ROW EXECUTE FUNCTION nothing()",
            "ALTER TABLE bids DISABLE TRIGGER bids_append_only",
            "CREATE OR REPLACE FUNCTION nongquan_append_only() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RETURN NEW; END $$",
        ],
        Engine::Sqlite(_) => {
            &["DROP TRIGGER bids_no_update; CREATE TRIGGER bids_no_update BEFORE UPDATE ON bids BEGIN SELECT 1; END"]
        }
    };
    for spoil in spoilt {
        engine.run(spoil).unwrap();
        engine.run("UPDATE bids SET phase = phase").expect("the guard is spoilt");
        assert!(nongquan::store::guards_standing(&store).unwrap().0 < wanted, "{spoil}");
        nongquan::store::migrate(&store).expect("a start");
        assert_eq!(nongquan::store::guards_standing(&store).unwrap(), (wanted, wanted), "{spoil}");
        let refused = engine.run("UPDATE bids SET phase = phase").expect_err(spoil);
        assert!(refused.contains("append-only: bids"), "{refused}");
    }
}

/// A ledger entry with lines of these amounts, as one transaction: lines first.
fn entry(id: &str, amounts: &[i64]) -> String {
    let mut sql = "BEGIN; ".to_owned();
    for (ord, amount) in amounts.iter().enumerate() {
        sql += &format!(
            "INSERT INTO ledger_lines (entry_id, ord, account, amount_fen) VALUES ('{id}', {ord}, 'a', {amount}); "
        );
    }
    sql + &format!(
        "INSERT INTO ledger_entries (id, at, reason, idempotency_key, memo) \
         VALUES ('{id}', '2026-03-02 01:00:00', 'test', '{id}', ''); COMMIT"
    )
}

#[test]
fn the_ledger_takes_only_what_balances() {
    let place = Place::new();
    let _store = open(&place);
    let mut engine = Engine::connect(&place);
    for amounts in [vec![], vec![100], vec![100, -99]] {
        let refused = engine.run(&entry("crooked", &amounts)).expect_err("an entry that does not balance");
        assert!(refused.contains("does not balance"), "{amounts:?}: {refused}");
        engine.run("ROLLBACK").unwrap();
    }
    engine.run(&entry("straight", &[100, -60, -40])).unwrap();
    let late = "INSERT INTO ledger_lines (entry_id, ord, account, amount_fen) VALUES ('straight', 9, 'a', 1)";
    let refused = engine.run(late).expect_err("a line after the entry");
    assert!(refused.contains("ledger entry is closed"), "{refused}");
}
