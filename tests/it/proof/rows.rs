//! Rows taken away, added and put in each other's place by hand: each is named.

use super::by_hand::Hand;
use super::columns::{NO_RECORD, deal, quickly};
use super::world::green;
use crate::store_contract::engine::Engine;

/// What makes a copy of a table's last row another row.
const FORGED: [(&str, &str); 17] = [
    ("bids", "id = 'forged', seq = seq + 1, idempotency_key = 'forged'"),
    ("room_events", "seq = seq + 1"),
    ("lot_events", "seq = seq + 1"),
    ("journal_leaves", "idx = idx + 1"),
    ("journal_nodes", "level = level + 1"),
    ("tree_heads", "size = size + 1"),
    ("ledger_entries", "id = 'forged', idempotency_key = 'forged'"),
    ("ledger_chain", "seq = seq + 1, entry_id = 'forged'"),
    ("row_records", "seq = seq + 1"),
    ("sublog", "seq = seq + 1"),
    ("certificates", "number = 'forged', lot_id = 'forged'"),
    ("statements", "id = 'forged'"),
    ("bank_lines", "id = 'forged', serial = 'forged'"),
    ("refunds", "id = 'forged', number = 'forged', done_line_id = NULL, status = 'due'"),
    ("payment_files", "id = 'forged', number = 'forged'"),
    ("applications", "id = 'forged', sub_account = 'forged', party_id = 'forged', bidder_no = NULL"),
    ("documents", "id = 'forged'"),
];

/// Tables with the column by which two of their rows change places.
const SWAPPED: [(&str, &str); 9] = [
    ("bids", "seq"),
    ("room_events", "seq"),
    ("lot_events", "seq"),
    ("journal_leaves", "idx"),
    ("ledger_entries", "id"),
    ("ledger_chain", "seq"),
    ("row_records", "seq"),
    ("sublog", "seq"),
    ("bank_lines", "serial"),
];

#[test]
fn no_row_of_record_can_be_taken_away_added_or_moved() {
    let pond = deal();
    let app = &pond.world.app;
    green(app);
    let mut hand = Hand::on(Engine::connect(pond.world.place()));
    let mut unseen = Vec::new();
    let mut see = |what: &str| {
        if quickly(app).is_green() {
            unseen.push(what.to_owned());
        }
    };
    let tables: Vec<String> = hand.tables.keys().cloned().collect();
    for table in tables.iter().filter(|t| !NO_RECORD.iter().any(|(name, _)| name == t)) {
        hand.take_away(table, &mut see);
    }
    for (table, other) in FORGED {
        hand.forge(table, other, &mut see);
    }
    for (table, column) in SWAPPED {
        hand.swap(table, column, &mut see);
    }
    assert_eq!(unseen, Vec::<String>::new(), "nobody saw");
    green(app);
}
