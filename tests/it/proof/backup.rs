//! Backup while bids arrive, restore into an empty place, and everything is there and verifies.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use nongquan::acts::bidding::Accepted;
use nongquan::store::bids;

use super::commands::{Ran, run};
use super::world::exchange;
use crate::store_contract::engine::Engine;
use crate::support::Place;
use crate::support::market::{Market, Open, lot_of, raise};

/// Bids of two bidders in turn until told to stop, after three that came before; the receipts.
fn bid_on(market: &Market, app: &nongquan::context::App, room: &Open, stop: &AtomicBool) -> Vec<Accepted> {
    let mut receipts = Vec::new();
    for n in 1..400 {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        market.later(1);
        let bidder = &market.bidders[n % 2];
        receipts.push(raise(app, bidder, room, app.clock.now()).unwrap_or_else(|why| panic!("bid {n}: {why}")));
    }
    receipts
}

/// All files below a folder.
fn walk(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

fn back_up(place: &Place, to: &Path, keys_to: Option<&Path>) -> Ran {
    let mut words = vec!["backup", "--to", to.to_str().unwrap()];
    words.extend(keys_to.iter().flat_map(|k| ["--keys-to", k.to_str().unwrap()]));
    run(place, &words)
}

fn restore(place: &Place, from: &Path, keys: &Path) -> Ran {
    run(place, &["restore", "--from", from.to_str().unwrap(), "--keys-from", keys.to_str().unwrap()])
}

#[test]
fn a_backup_made_while_bids_arrive_restores_whole() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 2);
    let room = market.rooms(&app, 1).remove(0);
    let first = market.bid_in_turn(&app, &room, 3);
    let (to, keys) = (place.root().join("backup"), place.root().join("backup-keys"));
    let stop = AtomicBool::new(false);
    let (made, during) = std::thread::scope(|s| {
        let bidding = s.spawn(|| bid_on(&market, &app, &room, &stop));
        // Bids are on their way before, while and after the snapshot is taken.
        let id = lot_of(&app, room.lot).session.unwrap().room;
        while !bidding.is_finished() && app.store.read(|db| bids::of_room(db, id)).unwrap().len() < 5 {}
        let made = back_up(&place, &to, Some(&keys));
        stop.store(true, Ordering::Relaxed);
        (made, bidding.join().unwrap())
    });
    // Kept files are sealed in the backup too, and without the keys they are only counted.
    let mut sealed = 0;
    for entry in walk(&to.join("files")) {
        let bytes = std::fs::read(&entry).unwrap();
        assert!(bytes.starts_with(b"nongquan.sealed.v1 "), "{}", entry.display());
        sealed += 1;
    }
    assert!(sealed > 0);
    let keyless = Place::new();
    run(&keyless, &["restore", "--from", to.to_str().unwrap()]).good("核对通过").good("加密保存的文件只核对在不在");
    made.good("已备份到").good("清单哈希").good("私钥已抄到");
    assert!(during.len() > 2, "bids arrived meanwhile");
    let target = Place::new();
    restore(&target, &to, &keys).good("备份清单相符").good("核对通过").good("试算平衡");
    let (again, _) = exchange(&target);
    let room_id = lot_of(&again, room.lot).session.unwrap().room;
    let kept = again.store.read(|db| bids::of_room(db, room_id)).unwrap();
    assert!(kept.len() >= 5, "{}", kept.len());
    let given: Vec<&Accepted> = first.iter().chain(&during).collect();
    for (bid, given) in kept.iter().zip(given) {
        assert_eq!(bid.receipt, serde_json::to_string(&given.receipt).unwrap());
    }
    // The restored exchange goes on.
    drop(again);
    refused(&place, &target, &to, &keys);
}

/// What is not empty or not whole is refused, and nothing is changed.
fn refused(place: &Place, target: &Place, to: &Path, keys: &Path) {
    back_up(place, to, None).bad("不是空的");
    back_up(place, &place.root().join("more"), Some(&place.root().join("more/keys"))).bad("私钥不能和备份放在一起");
    restore(target, to, keys).bad("不是空的");
    let fresh = Place::new();
    if fresh.postgres().is_some() {
        // A table that no migration of ours made.
        Engine::connect(&fresh).run("CREATE TABLE somebody_elses (id TEXT)").unwrap();
        restore(&fresh, to, keys).bad("里已有内容");
        Engine::connect(&fresh).run("DROP TABLE somebody_elses").unwrap();
    }
    let table: PathBuf = to.join("database/bids.jsonl");
    let text = std::fs::read_to_string(&table).unwrap();
    std::fs::write(&table, text.replacen("raise", "match", 1)).unwrap();
    restore(&fresh, to, keys).bad("database/bids.jsonl 与清单不符");
    assert!(!fresh.data().exists(), "nothing was written");
    std::fs::write(&table, &text).unwrap();
    std::fs::remove_file(to.join("database/rooms.jsonl")).unwrap();
    restore(&fresh, to, keys).bad("database/rooms.jsonl 与清单不符");
    restore(&fresh, &place.root().join("nothing"), keys).bad("不是备份");
}

#[test]
fn the_dump_knows_every_table() {
    let place = Place::new();
    let _app = exchange(&place);
    let mut engine = Engine::connect(&place);
    let query = match &engine {
        Engine::Pg(_) => "SELECT tablename AS value FROM pg_tables WHERE schemaname = 'public'",
        Engine::Sqlite(_) => {
            "SELECT name AS value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
    };
    let mut tables = engine.values(query);
    tables.retain(|t| !t.starts_with("__diesel"));
    tables.sort();
    let mut dumped: Vec<String> = nongquan::store::dump::TABLES.iter().map(|t| (*t).to_owned()).collect();
    dumped.sort();
    assert_eq!(tables, dumped);
}
