//! Two processes on one database, behind a proxy that takes them in turn.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use scraper::Html;

use super::rooms::{nothing_is_lost, storm};
use crate::proof::world::{exchange, green};
use crate::serving::Serving;
use crate::support::client::css;
use crate::support::market::{Market, Open, lot_of, room_of};
use crate::support::people::PASSWORD;
use crate::support::{Client, Place, World};
use nongquan::context::App;
use nongquan::crypto::receipt::SignedReceipt;
use nongquan::domain::auction;
use nongquan::store::bids;

/// A reverse proxy that gives each request to the next backend and closes the connection after it.
fn round_robin(backends: [String; 2]) -> (String, Arc<[AtomicUsize; 2]>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let origin = format!("http://{}", listener.local_addr().expect("its address"));
    let served: Arc<[AtomicUsize; 2]> = Arc::default();
    let counted = Arc::clone(&served);
    std::thread::spawn(move || {
        for (n, client) in listener.incoming().flatten().enumerate() {
            let (backend, counted) = (backends[n % 2].clone(), Arc::clone(&counted));
            std::thread::spawn(move || {
                counted[n % 2].fetch_add(1, Ordering::Relaxed);
                let _ = pass_on(client, &backend);
            });
        }
    });
    (origin, served)
}

fn pass_on(mut client: TcpStream, backend: &str) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut piece = [0u8; 4096];
    let (head, body) = loop {
        let n = client.read(&mut piece)?;
        if n == 0 {
            return Ok(());
        }
        request.extend_from_slice(&piece[..n]);
        if let Some(end) = request.windows(4).position(|w| w == b"\r\n\r\n") {
            break (String::from_utf8_lossy(&request[..end]).into_owned(), request[end + 4..].to_vec());
        }
    };
    let length =
        head.lines().find_map(|l| l.to_lowercase().strip_prefix("content-length:").map(|v| v.trim().to_owned()));
    let length: usize = length.and_then(|l| l.parse().ok()).unwrap_or(0);
    let mut body = body;
    while body.len() < length {
        let n = client.read(&mut piece)?;
        body.extend_from_slice(&piece[..n]);
    }
    let mut server = TcpStream::connect(backend.trim_start_matches("http://"))?;
    let kept = head.lines().filter(|l| !l.to_lowercase().starts_with("connection:")).collect::<Vec<_>>().join("\r\n");
    server.write_all(format!("{kept}\r\nConnection: close\r\n\r\n").as_bytes())?;
    server.write_all(&body)?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    client.write_all(&answer)
}

/// Bids through the pages: the offer, the confirm page, the second post. Gives where the receipt is.
pub fn bid_over_http(client: &Client, lot_no: &str, amount: &str) -> Result<String, u16> {
    let action = format!("/lots/{lot_no}/bids");
    let confirm = client.submit(&format!("/lots/{lot_no}/room/offer"), &action, &[("amount", amount)]);
    if confirm.status != 200 {
        return Err(confirm.status);
    }
    let html = Html::parse_document(&confirm.body);
    let form = html.select(&css("form[method=post]")).find(|f| f.attr("action") == Some(&action)).ok_or(200u16)?;
    let fields: Vec<(String, String)> = form
        .select(&css("input[name]"))
        .filter(|i| !matches!(i.attr("type"), Some("checkbox" | "submit")))
        .filter_map(|i| Some((i.attr("name")?.to_owned(), i.attr("value").unwrap_or_default().to_owned())))
        .collect();
    let placed = client.post(&action, &fields);
    match (placed.status, placed.location) {
        (303, Some(to)) => Ok(to),
        (status, _) => Err(status),
    }
}

/// The next price of a room.
pub fn next_price(app: &App, room: &Open) -> Option<String> {
    auction::next_amounts(&room_of(app, room)).choices.first().map(|fen| fen.decimal())
}

#[test]
fn two_processes_decide_bids_of_the_same_rooms() {
    let world = World::open();
    let market = Market::open(&world.app, &world.clock, 4);
    let rooms = market.rooms(&world.app, 2);
    let twin = world.twin();
    market.later(1);
    let given = storm(&[&world.app, &twin.app], &market, &rooms, 12);
    nothing_is_lost(&twin.app, &rooms, &given);
    for room in &rooms {
        market.close(&twin.app, room);
    }
    green(&world.app);
}

/// What docker-compose starts: two processes of the program on one database behind a proxy, and one of them dies.
#[test]
fn two_real_processes_behind_a_proxy_are_one_exchange() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 2);
    let room = market.rooms(&app, 1).remove(0);
    let at = app.clock.now().plus_secs(5);
    let (first, second) = (Serving::start(&place, at), Serving::start(&place, at));
    let (origin, served) = round_robin([first.origin.clone(), second.origin.clone()]);
    let browsers: Vec<Client> = (0..2).map(|n| Client::at(&origin).login(&format!("bidder-{n}"), PASSWORD)).collect();
    let mut receipts: Vec<SignedReceipt> = Vec::new();
    let mut bid = |n: usize, browser: &Client| {
        let price = next_price(&app, &room).expect("a next price");
        let to = bid_over_http(browser, &room.lot_no, &price).unwrap_or_else(|s| panic!("bid {n}: {s}"));
        let seq = to.rsplit('/').next().expect("a number").to_owned();
        let receipt = browser.get(&format!("/lots/{}/receipts/{seq}", room.lot_no));
        receipts.push(serde_json::from_str(&receipt.body).expect("a receipt"));
    };
    for n in 0..6 {
        bid(n, &browsers[n % 2]);
    }
    let counts = served.each_ref().map(|n| n.load(Ordering::Relaxed));
    assert!(counts.iter().all(|n| *n > 10), "both served: {counts:?}");
    first.kill();
    // What the first took in stands before the other.
    bid(6, &Client::at(&second.origin).login("bidder-0", PASSWORD));
    let id = lot_of(&app, room.lot).session.expect("a session").room;
    let rows = app.store.read(|db| bids::of_room(db, id)).expect("read");
    let given: Vec<String> = receipts.iter().map(|r| serde_json::to_string(r).expect("JSON")).collect();
    assert_eq!(rows.iter().map(|row| row.receipt.clone()).collect::<Vec<_>>(), given);
    second.kill();
    green(&app);
}
