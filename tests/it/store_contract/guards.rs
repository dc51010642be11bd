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
        for statement in [format!("UPDATE {table} SET {column} = {column}"), format!("DELETE FROM {table}")] {
            let refused = engine.run(&statement).expect_err(&statement);
            assert!(refused.contains(&format!("append-only: {table}")), "{statement}: {refused}");
        }
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
