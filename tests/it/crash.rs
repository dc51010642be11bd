//! The process is killed while bids arrive: every receipt that was given is in the database after
//! the restart, and the record is whole.

use std::sync::Mutex;
use std::time::Duration;

use nongquan::crypto::receipt::SignedReceipt;
use nongquan::store::bids;

use crate::contention::servers::{bid_over_http, next_price};
use crate::proof::commands::run;
use crate::proof::world::{exchange, green};
use crate::serving::Serving;
use crate::support::market::{Market, lot_of};
use crate::support::people::PASSWORD;
use crate::support::{Client, Place};

#[test]
fn every_receipt_given_before_a_kill_stands_after_the_restart() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 3);
    let room = market.rooms(&app, 1).remove(0);
    let given: Mutex<Vec<SignedReceipt>> = Mutex::default();
    let first = Serving::start(&place, app.clock.now().plus_secs(5));
    let browsers: Vec<Client> =
        (0..3).map(|n| Client::at(&first.origin).login(&format!("bidder-{n}"), PASSWORD)).collect();
    let mut first = Some(first);
    std::thread::scope(|s| {
        for browser in &browsers {
            let (app, room, given) = (&app, &room, &given);
            s.spawn(move || {
                // Until the killed process answers no more.
                let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                    loop {
                        let Some(price) = next_price(app, room) else { return };
                        let Ok(to) = bid_over_http(browser, &room.lot_no, &price) else { continue };
                        let seq = to.rsplit('/').next().unwrap();
                        let receipt = browser.get(&format!("/lots/{}/receipts/{seq}", room.lot_no));
                        given.lock().unwrap().push(serde_json::from_str(&receipt.body).unwrap());
                    }
                }));
            });
        }
        while given.lock().unwrap().len() < 8 {
            std::thread::sleep(Duration::from_millis(10));
        }
        first.take().expect("serving").kill();
    });
    let given = given.into_inner().unwrap();
    assert!(given.len() >= 8);
    let second = Serving::start(&place, app.clock.now().plus_secs(60));
    let id = lot_of(&app, room.lot).session.unwrap().room;
    let rows = app.store.read(|db| bids::of_room(db, id)).unwrap();
    for receipt in &given {
        let text = serde_json::to_string(receipt).unwrap();
        assert!(rows.iter().any(|row| row.receipt == text), "lost: {receipt:?}");
    }
    for (n, row) in rows.iter().enumerate() {
        assert_eq!(row.seq, n as i64 + 1, "no gap");
    }
    second.kill();
    green(&app);
    run(&place, &["verify"]).good("核对通过");
}
