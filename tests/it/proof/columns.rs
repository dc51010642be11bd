//! Every column of every table, changed by hand in a row that a finished deal has: the verification names it, or
//! the column stands below with the reason why it may say what it likes.

use nongquan::acts::verify::{self, Given, Report};
use nongquan::acts::{checkpoint, corrections};
use nongquan::context::App;
use nongquan::crypto::journal::chained;
use nongquan::store::row_records;

use super::by_hand::{Hand, Taken, Way};
use super::world::{Sold, green};
use crate::store_contract::engine::Engine;
use crate::stories::pond::{Point, Pond, Winner};
use crate::support::people;

/// Whole tables that are no record: nothing is decided by what they said yesterday.
pub const NO_RECORD: [(&str, &str); 9] = [
    ("meta", "a note whether this is a demonstration; the start asks it"),
    ("serials", "the next number; one given twice is refused by the table that it numbers"),
    ("leases", "whose turn it is to do the clock's work"),
    ("sessions", "who is logged in now"),
    ("throttles", "how often somebody failed lately"),
    ("one_time_codes", "codes that live for minutes"),
    ("form_receipts", "which form was sent already, so that a second click finds its answer"),
    ("security_log", "a log of operation for the security administrator; what is of record has its leaf"),
    ("outbox", "messages on their way; what they tell of stands in the record"),
];

/// Columns that are no record in tables that are.
const NO_MATTER: [(&str, &str, &str); 14] = [
    ("parties", "version", "counts claims"),
    ("accounts", "version", "counts claims"),
    ("projects", "version", "counts claims"),
    ("applications", "version", "counts claims"),
    ("bank_lines", "version", "counts claims"),
    ("holds", "version", "counts claims"),
    ("refunds", "version", "counts claims"),
    ("rooms", "version", "counts claims"),
    ("rooms", "heartbeat_at", "when a process last looked after an open room"),
    ("journal_head", "version", "counts claims"),
    ("lots", "version", "counts claims"),
    ("lots", "draft", "what was typed before it was handed in; the terms that were are the event's"),
    ("lots", "search_text", "what the search looks through, made from the lot and today's catalogue"),
    ("lots", "limit_at", "the light on the desk, made from the lot and today's calendar"),
];

/// A deal from the listing to the last payment, with a fee table proposed, states of the chains and signed heads.
pub fn deal() -> Pond {
    let pond = Pond::reach(Point::Settled, Winner::Member);
    let typed = [
        ("approval", "蓝发改价〔2026〕3号"),
        ("effective_from", "2026-12-02"),
        ("base", "total"),
        ("slices", "100000,120\r\n以上,80"),
        ("minimum", "100"),
    ];
    assert_eq!(pond.browser("admin").submit("/admin/fees", "/admin/fees", &typed).leads(), "/admin/fees");
    let app = &pond.world.app;
    let (admin, review) = (people::actor(app, "admin"), people::actor(app, "review"));
    corrections::propose_for_staff(app, &admin, review.account, "13899990001", "核对了工作证").expect("proposed");
    checkpoint::sublog_leaves(&pond.world.app).expect("the states");
    checkpoint::sign_head(&pond.world.app).expect("a signed head");
    pond
}

/// Verifies without the contents of the kept files, which `a_kept_file_that_was_changed_is_named` looks at.
pub fn quickly(app: &App) -> Report {
    let public = app.keys.public_bundle();
    let given = Given { public: &public, keys: Some(&app.keys), files: None, checkpoint: None, lot: None };
    verify::database(&app.store, &given).expect("the database can be read").0
}

/// Takes one way in each of several tables together and tells which of them nobody saw.
fn unseen(app: &App, hand: &mut Hand, ways: &[Way], sees: impl Fn(&Report, &Way) -> bool) -> Vec<String> {
    let taken: Vec<Option<Taken>> = ways.iter().map(|way| hand.take(way)).collect();
    let report = quickly(app);
    let mut missed = Vec::new();
    for (way, taken) in ways.iter().zip(&taken) {
        let Some(taken) = taken else { continue };
        hand.undo(taken);
        if !sees(&report, way) {
            missed.push(format!("{}: {:?}", taken.told, report.broken));
        }
    }
    missed
}

/// Every way to change these tables. Those whose rows are recorded are each a part of the verification: it names
/// one row of each, so that one of each is changed at a time.
fn all_ways(hand: &mut Hand, tables: &[String]) -> (Vec<Vec<Way>>, Vec<Way>, Vec<Way>) {
    let (mut recorded, mut alone, mut harmless) = (Vec::<Vec<Way>>::new(), Vec::new(), Vec::new());
    for table in tables {
        let together = row_records::RECORDED.iter().any(|(name, _)| name == table) && table != "tree_heads";
        let mut turn = 0;
        for at in 0..hand.tables[table].len() {
            let column = hand.tables[table][at].name.clone();
            for way in hand.ways(table, at) {
                if NO_MATTER.iter().any(|(t, c, _)| t == table && *c == column) {
                    harmless.push(way);
                } else if together {
                    if recorded.len() == turn {
                        recorded.push(Vec::new());
                    }
                    recorded[turn].push(way);
                    turn += 1;
                } else {
                    alone.push(way);
                }
            }
        }
    }
    (recorded, alone, harmless)
}

fn names_table(report: &Report, way: &Way) -> bool {
    report.broken.iter().any(|b| b.place.starts_with(&format!("{} 表", way.table)))
}

#[test]
fn no_column_of_record_can_be_changed_by_hand() {
    let pond = deal();
    let app = &pond.world.app;
    green(app);
    let mut hand = Hand::on(Engine::connect(pond.world.place()));
    let of_record = |t: &&String| !NO_RECORD.iter().any(|(name, _)| name == t);
    let tables: Vec<String> = hand.tables.keys().filter(of_record).cloned().collect();
    let empty: Vec<&String> = tables.iter().filter(|t| hand.count(t) == 0).collect();
    assert_eq!(empty, Vec::<&String>::new(), "the deal leaves these tables empty");
    let (recorded, alone, harmless) = all_ways(&mut hand, &tables);
    assert!(recorded.iter().map(Vec::len).sum::<usize>() > 150 && alone.len() > 80, "{}", alone.len());
    let mut missed = Vec::new();
    for ways in recorded {
        missed.extend(unseen(app, &mut hand, &ways, names_table));
    }
    for way in alone {
        missed.extend(unseen(app, &mut hand, &[way], |report, _| !report.is_green()));
    }
    assert_eq!(missed, Vec::<String>::new(), "nobody saw");
    // What stands above as no matter is none.
    let wrong = unseen(app, &mut hand, &harmless, |report, _| report.is_green());
    assert_eq!(wrong, Vec::<String>::new(), "somebody saw");
    green(app);
}

/// While a lot takes applications, what tells who paid has no leaf; it cannot be changed for all that.
#[test]
fn a_line_of_a_statement_cannot_be_changed_before_the_session() {
    let pond = Pond::reach(Point::Applied, Winner::Member);
    let app = &pond.world.app;
    assert!(pond.lot().stage.registrants_hidden(), "{:?}", pond.lot().stage);
    green(app);
    let mut hand = Hand::on(Engine::connect(pond.world.place()));
    let tables = ["statements", "bank_lines", "holds", "applications"].map(str::to_owned);
    let (recorded, _, _) = all_ways(&mut hand, &tables);
    assert!(recorded.iter().map(Vec::len).sum::<usize>() > 40);
    for ways in recorded {
        assert_eq!(unseen(app, &mut hand, &ways, names_table), Vec::<String>::new(), "nobody saw");
    }
    green(app);
}

/// A record changed together with the whole chain after it fits every row; the state that the log committed to
/// does not.
#[test]
fn records_computed_anew_do_not_fit_the_log() {
    let sold = Sold::new();
    let entries = sold.app.store.read(|db| row_records::after(db, 0, 100_000)).expect("the chain");
    let later = |n: usize| entries[n + 1..].iter().any(|e| (&e.1, &e.2) == (&entries[n].1, &entries[n].2));
    let old = (0..entries.len()).find(|n| later(*n)).expect("a row that was written twice");
    let mut engine = sold.unguarded();
    let mut before = String::new();
    for (n, (seq, about, row, record, _)) in entries.iter().enumerate() {
        let record = if n == old { "0".repeat(64) } else { record.clone() };
        before = chained(&before, &row_records::link(about, row, &record));
        let set = format!("UPDATE row_records SET record = '{record}', hash = '{before}' WHERE seq = {seq}");
        engine.run(&set).expect("written anew");
    }
    let broken = sold.verify().broken;
    assert!(broken.len() == 1 && broken[0].place == "row_records 表", "{broken:?}");
    assert!(broken[0].what.contains("没有哪个状态符合"), "{broken:?}");
}
