//! The process is killed while bids arrive: every receipt that was given is in the database after
//! the restart, and the record is whole.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use nongquan::crypto::receipt::SignedReceipt;
use nongquan::domain::base::Instant;
use nongquan::store::bids;

use crate::contention::servers::{bid_over_http, next_price};
use crate::proof::commands::run;
use crate::proof::world::{exchange, green};
use crate::support::market::{Market, lot_of};
use crate::support::people::PASSWORD;
use crate::support::{Client, Place};

/// The real program, serving a place from this moment of business time on.
struct Serving {
    child: Child,
    origin: String,
}

impl Serving {
    fn start(place: &Place, at: Instant) -> Serving {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = place.config("127.0.0.1:1").place;
        let mut command = Command::new(env!("CARGO_BIN_EXE_nongquan"));
        command.args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--clock-at", &at.micros().to_string()]);
        command.arg("--data").arg(&config.data).arg("--keys").arg(&config.keys).env_clear();
        if let Some(url) = place.postgres() {
            command.args(["--database-url", url]);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut said = String::new();
        BufReader::new(child.stdout.as_mut().expect("its words")).read_line(&mut said).expect("a line");
        assert!(said.contains("已启动"), "{said}");
        let serving = Serving { child, origin: format!("http://127.0.0.1:{port}") };
        let agent = ureq::agent();
        for _ in 0..200 {
            if agent.get(format!("{}/healthz", serving.origin)).call().is_ok() {
                return serving;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the program does not answer");
    }

    /// SIGKILL: nothing is tidied up.
    fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }
}

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
