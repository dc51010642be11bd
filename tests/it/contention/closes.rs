//! Rooms that close while money is ordered back elsewhere: both take the numbers of refunds and the journal's head.

use std::sync::Barrier;

use nongquan::acts::qualification::{self, Choice, Found};
use nongquan::acts::{bank, clock};
use nongquan::domain::actor::Role;
use nongquan::domain::lot::Stage;
use nongquan::store::refunds;

use crate::proof::world::{exchange, green};
use crate::support::Place;
use crate::support::market::{Market, Open, in_order, lot_of, room_of};

#[test]
fn rooms_close_while_applicants_are_refused() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 3);
    let selling: Vec<_> = (0..3).map(|_| market.listed(&app)).collect();
    for lot in &selling {
        market.qualified(&app, *lot, &market.bidders);
    }
    let waiting = market.listed(&app);
    market.applied(&app, waiting, &market.bidders);
    let statement = market.deposits(&app, waiting, &market.bidders);
    bank::import(&app, market.post(Role::Finance), "流水.csv", statement.as_bytes()).expect("imported");
    let starts = selling.iter().map(|lot| market.scheduled(&app, *lot, &market.bidders)).max().expect("a lot");
    market.to(starts);
    let open = |lot| {
        clock::settle_lot(&app, lot, starts).expect("opened");
        Open { lot, lot_no: lot_of(&app, lot).lot_no.expect("a number") }
    };
    let rooms: Vec<Open> = selling.into_iter().map(open).collect();
    for room in &rooms {
        market.bid_in_turn(&app, room, 2);
    }
    for _ in 0..2 {
        let ends = rooms.iter().filter_map(|room| room_of(&app, room).deadline()).max().expect("a deadline");
        market.to(ends.plus_secs(3));
        if lot_of(&app, rooms[0].lot).stage == Stage::FreeBidding {
            for room in &rooms {
                clock::settle_lot(&app, room.lot, ends).expect("limited");
            }
        }
    }
    let together = Barrier::new(rooms.len() + 1);
    let reviewer = market.post(Role::Qualification);
    std::thread::scope(|s| {
        for room in &rooms {
            s.spawn(|| {
                together.wait();
                clock::settle_lot(&app, room.lot, app.clock.now()).unwrap_or_else(|stop| panic!("close: {stop:?}"));
            });
        }
        together.wait();
        for _ in &market.bidders {
            let id = qualification::take_next(&app, reviewer).expect("a turn").expect("an application");
            let found = Found {
                decision: Choice::Refuse,
                member: false,
                priority: false,
                reason: "没有水产养殖能力".to_owned(),
                looked_up: in_order(app.clock.now().day()),
            };
            let decided = qualification::decide(&app, reviewer, id, &found);
            decided.unwrap_or_else(|stop| panic!("refusal: {stop:?}"));
        }
    });
    for room in &rooms {
        assert_eq!(lot_of(&app, room.lot).stage, Stage::Publicity);
    }
    let due = app.store.read(|db| refunds::with_status(db, "due", 100)).expect("read");
    assert_eq!(due.len(), 3 * 2 + 3, "the losers' and the refused ones' deposits");
    green(&app);
}
