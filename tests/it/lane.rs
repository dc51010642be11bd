//! A bid's place in the lane: taken with its stamp, before login and body are read (decision 0007).

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use nongquan::acts::{clock, login};
use nongquan::context::new_id;
use nongquan::domain::auction;
use nongquan::store::bids;

use crate::proof::world::green;
use crate::support::World;
use crate::support::market::{Market, lot_of, room_of};
use crate::support::people::PASSWORD;

/// A bid whose head came in time is decided before the close, however slowly the rest of it comes.
#[test]
fn a_bid_stamped_in_time_meets_an_open_room() {
    let world = World::open();
    let (app, hands) = (&world.app, &world.clock);
    let market = Market::open(app, hands, 2);
    let room = market.rooms(app, 1).remove(0);
    market.bid_in_turn(app, &room, 1);
    market.to(room_of(app, &room).deadline().expect("the free phase"));
    clock::settle_lot(app, room.lot, app.clock.now()).expect("limited");
    let ends = room_of(app, &room).deadline().expect("the limited phase");

    let token = login::login(app, "bidder-1", PASSWORD, "127.0.0.1").expect("logged in");
    let csrf = login::resume(app, &token).expect("read").expect("a session").csrf;
    let price = auction::next_amounts(&room_of(app, &room)).choices[0].decimal();
    let body = format!("_csrf={csrf}&_form={}&kind=raise&amount={price}&seen_seq=1&confirm=1", new_id());
    let head = format!(
        "POST /lots/{}/bids HTTP/1.1\r\nHost: {}\r\nCookie: nq_session={}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        room.lot_no,
        world.origin.trim_start_matches("http://"),
        token.expose(),
        body.len()
    );
    market.to(ends.plus_ms(-1));
    let mut wire = TcpStream::connect(world.origin.trim_start_matches("http://")).expect("connected");
    wire.write_all(head.as_bytes()).expect("sent");
    // The stamp is taken when the head has come.
    let lane = app.hub.lane();
    for _ in 0..50 {
        if lane.earliest(&room.lot_no).is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    market.to(ends.plus_ms(600));
    clock::settle_lot(app, room.lot, app.clock.now()).expect("looked at");
    assert!(room_of(app, &room).close().is_none(), "a bid in time is on its way");
    wire.write_all(body.as_bytes()).expect("sent");
    let mut answer = String::new();
    wire.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let id = lot_of(app, room.lot).session.expect("a session").room;
    let last = app.store.read(|db| bids::of_room(db, id)).expect("read").pop().expect("a bid");
    assert_eq!((last.seq, last.received_at), (2, ends.plus_ms(-1)));
    assert!(lane.earliest(&room.lot_no).is_none(), "its place is free again");
    market.close(app, &room);
    green(app);
}

/// Whoever sends a head and then nothing holds the close back for two seconds at most, and nobody else's bid.
#[test]
fn a_bid_that_never_comes_holds_nobody_up() {
    let world = World::open();
    let (app, hands) = (&world.app, &world.clock);
    let market = Market::open(app, hands, 2);
    let room = market.rooms(app, 1).remove(0);
    market.later(1);
    let mut wire = TcpStream::connect(world.origin.trim_start_matches("http://")).expect("connected");
    let head = format!("POST /lots/{}/bids HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n", room.lot_no);
    wire.write_all(head.as_bytes()).expect("sent");
    std::thread::sleep(Duration::from_millis(300));
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::scope(|s| {
        s.spawn(|| {
            market.bid_in_turn(app, &room, 4);
            tell.send(()).expect("somebody waits");
        });
        told.recv_timeout(Duration::from_secs(4)).expect("four bids do not wait two seconds each");
    });
    let free = room_of(app, &room).deadline().expect("the free phase");
    market.to(free);
    clock::settle_lot(app, room.lot, free).expect("limited");
    let ends = room_of(app, &room).deadline().expect("the limited phase");
    market.to(ends.plus_ms(2_000));
    clock::settle_lot(app, room.lot, app.clock.now()).expect("closed");
    assert!(room_of(app, &room).close().is_some(), "the close does not wait for ever");
    drop(wire);
    green(app);
}
