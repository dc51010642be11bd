//! Many threads bid in one room and in several.

use std::sync::atomic::{AtomicUsize, Ordering};

use nongquan::acts::bidding::{Accepted, Wanted};
use nongquan::clock::Clock;
use nongquan::context::{App, new_id};
use nongquan::domain::auction;
use nongquan::store::{bids, journal};

use crate::proof::world::{exchange, green};
use crate::support::Place;
use crate::support::market::{Market, Open, lot_of, place as bid, raise, room_of};

/// Refusals that come of others being quicker; anything else is a fault.
const OVERTAKEN: [&str; 6] =
    ["STEP_TOO_SMALL", "ALREADY_LEADING", "NOT_MULTIPLE", "START_TAKEN", "FIRST_BELOW_START", "STALE"];

/// Each bidder tries so often in each room, at the same moment as all others.
pub fn storm(apps: &[&App], market: &Market, rooms: &[Open], tries: usize) -> Vec<(usize, Accepted)> {
    let turn = AtomicUsize::new(0);
    std::thread::scope(|s| {
        let mut threads = Vec::new();
        for (at, room) in rooms.iter().enumerate() {
            for bidder in &market.bidders {
                let turn = &turn;
                threads.push(s.spawn(move || {
                    let mut own = Vec::new();
                    for _ in 0..tries {
                        let app = apps[turn.fetch_add(1, Ordering::Relaxed) % apps.len()];
                        match raise(app, bidder, room, app.clock.now()) {
                            Ok(accepted) => own.push((at, accepted)),
                            Err(why) => assert!(OVERTAKEN.contains(&why.as_str()), "{why}"),
                        }
                    }
                    own
                }));
            }
        }
        threads.into_iter().flat_map(|t| t.join().expect("no thread breaks")).collect()
    })
}

/// Every accepted bid has one row, one leaf and the receipt that was given; numbers have no gap.
pub fn nothing_is_lost(app: &App, rooms: &[Open], given: &[(usize, Accepted)]) {
    for (at, room) in rooms.iter().enumerate() {
        let id = lot_of(app, room.lot).session.expect("a session").room;
        let rows = app.store.read(|db| bids::of_room(db, id)).expect("read");
        let mut own: Vec<&Accepted> = given.iter().filter(|(of, _)| *of == at).map(|(_, a)| a).collect();
        own.sort_by_key(|a| a.seq);
        assert_eq!(rows.len(), own.len(), "{}: as many rows as receipts", room.lot_no);
        assert!(rows.len() > 3, "{}: somebody got through", room.lot_no);
        let leaves = app.store.read(|db| journal::leaves_about(db, &room.lot_no)).expect("read");
        let leaves: Vec<i64> = leaves.iter().filter(|l| l.kind == "bid.accepted").map(|l| l.index).collect();
        for (n, (row, accepted)) in rows.iter().zip(own).enumerate() {
            assert_eq!(row.seq, n as i64 + 1);
            assert_eq!(row.receipt, serde_json::to_string(&accepted.receipt).expect("JSON"));
            assert_eq!(leaves[n], row.journal_index);
        }
        assert_eq!(leaves.len(), rows.len());
    }
}

#[test]
fn many_bid_in_one_room_and_in_several() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 4);
    let rooms = market.rooms(&app, 3);
    market.later(1);
    let given = storm(&[&app], &market, &rooms, 12);
    nothing_is_lost(&app, &rooms, &given);
    for room in &rooms {
        market.close(&app, room);
    }
    green(&app);
}

#[test]
fn the_same_form_sent_many_times_is_one_bid() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 2);
    let room = market.rooms(&app, 1).remove(0);
    market.later(1);
    let price = auction::next_amounts(&room_of(&app, &room)).choices[0].decimal();
    let key = new_id().to_string();
    let answers: Vec<Accepted> = std::thread::scope(|s| {
        let send = || bid(&app, &market.bidders[0], &room, Wanted::Raise(price.clone()), &key, clock.now());
        let threads: Vec<_> = (0..6).map(|_| s.spawn(send)).collect();
        threads.into_iter().map(|t| t.join().expect("no thread breaks").expect("accepted")).collect()
    });
    assert_eq!(answers.iter().filter(|a| !a.repeated).count(), 1, "one was new");
    assert!(answers.iter().all(|a| a.receipt == answers[0].receipt), "all have the same receipt");
    let id = lot_of(&app, room.lot).session.expect("a session").room;
    assert_eq!(app.store.read(|db| bids::of_room(db, id)).expect("read").len(), 1);
    green(&app);
}
