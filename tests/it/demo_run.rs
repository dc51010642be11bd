//! The demonstration as the command starts it: accounts that log in, robots that bid, and a record
//! that holds after the process is killed.

use std::fs::File;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use nongquan::acts::demonstration::{ACCOUNTS, DemoAccount};
use nongquan::domain::actor::Role;
use serde_json::Value;

use super::proof::commands::run;
use super::store_contract::engine::Engine;
use super::support::{Client, Place};

/// Looks before something is given up: five minutes' patience with a machine that has other work.
const LOOKS: usize = 1_500;

/// The running command; killed with the value, as a power cut would.
struct Demo {
    child: Child,
    origin: String,
}

/// An address that is in the environment for another program.
const STRAY: &str = "postgres://nobody@127.0.0.1:1/somebody-elses";

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Demo {
    /// Starts it with a `DATABASE_URL` in the environment that must not be followed.
    fn start(place: &Place) -> Demo {
        let config = place.config("127.0.0.1:1").place;
        let mut command = Command::new(env!("CARGO_BIN_EXE_nongquan"));
        // The system chooses a port; the program tells which.
        command.args(["demo", "--listen", "127.0.0.1:0", "--speed", "3600"]);
        command.arg("--data").arg(&config.data).arg("--keys").arg(&config.keys);
        if let Some(url) = place.postgres() {
            command.args(["--database-url", url]);
        }
        command.env_clear().env("DATABASE_URL", STRAY);
        let said = File::create(place.root().join("said")).unwrap();
        command.stdout(Stdio::from(said.try_clone().unwrap())).stderr(Stdio::from(said));
        let mut demo = Demo { child: command.spawn().expect("the program starts"), origin: String::new() };
        let agent = ureq::agent();
        demo.origin = wait_for("the first page", || {
            let gone = demo.child.try_wait().unwrap();
            assert!(gone.is_none(), "{gone:?}: {}", said_in(place));
            let said = said_in(place);
            let origin = said.split_once("演示县已启动：")?.1.split_once('（')?.0;
            agent.get(format!("{origin}/healthz")).call().is_ok().then(|| origin.to_owned())
        });
        demo
    }
}

fn said_in(place: &Place) -> String {
    std::fs::read_to_string(place.root().join("said")).unwrap_or_default()
}

fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..LOOKS {
        if let Some(found) = look() {
            return found;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    panic!("waited in vain for {what}");
}

fn json(visitor: &Client, path: &str) -> Value {
    let answer = visitor.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// A lot in an open room with this many bids at least, and their number.
fn live_room(visitor: &Client, least: usize) -> Option<(String, usize)> {
    for stage in ["free_bidding", "limited_bidding"] {
        let open = json(visitor, &format!("/api/v1/lots?stage={stage}"));
        for lot in open["items"].as_array().unwrap() {
            let no = lot["lot_no"].as_str().unwrap().to_owned();
            let bids = json(visitor, &format!("/api/v1/lots/{no}/bids"))["items"].as_array().unwrap().len();
            if bids >= least {
                return Some((no, bids));
            }
        }
    }
    None
}

fn accounts(place: &Place) -> Vec<DemoAccount> {
    serde_json::from_str(&std::fs::read_to_string(place.data().join(ACCOUNTS)).unwrap()).unwrap()
}

/// One account for every role, each on the start page and in the file, and each opens its desk.
fn everybody_can_log_in(demo: &Demo, place: &Place) {
    let visitor = Client::at(&demo.origin);
    let page = visitor.get("/demo").text();
    let accounts = accounts(place);
    for role in Role::ALL.iter().filter(|role| **role != Role::Holder) {
        assert!(accounts.iter().any(|a| a.role.contains(role.zh())), "nobody is {}", role.zh());
    }
    for account in &accounts {
        assert!(page.contains(&account.account), "{} is not on the start page", account.account);
        let client = Client::at(&demo.origin).login(&account.account, &account.password);
        assert_eq!(client.get("/desk").status, 200, "{}", account.account);
    }
}

/// A bid of a robot changed by hand is the first thing that the verification names.
fn tampering_is_named(place: &Place, lot_no: &str) {
    let mut engine = Engine::connect(place);
    engine.without_guards();
    let lot = format!("SELECT id FROM lots WHERE lot_no = '{lot_no}'");
    engine.run(&format!("UPDATE bids SET amount_fen = amount_fen + 100 WHERE seq = 1 AND lot_id = ({lot})")).unwrap();
    run(place, &["verify"]).bad(&format!("不符：bids 表：标的 {lot_no} 第 1 次报价：列 amount_fen"));
}

#[test]
fn robots_bid_before_the_eyes_of_a_visitor_and_the_record_outlives_a_kill() {
    let place = Place::new();
    let demo = Demo::start(&place);
    assert_eq!(place.data().join("nongquan.db").exists(), place.postgres().is_none());
    everybody_can_log_in(&demo, &place);
    let visitor = Client::at(&demo.origin);
    let (lot_no, _) = wait_for("robots that bid", || live_room(&visitor, 2));
    let room = visitor.get(&format!("/lots/{lot_no}/room")).body;
    assert!(room.contains("演示环境"), "marked as a demonstration");
    // The room that was met may be at its end: then in the next.
    let mut met: Option<(String, usize)> = None;
    let (lot_no, seen) = wait_for("the next bid in the same room", || {
        let now = live_room(&visitor, 2)?;
        let rose = met.as_ref().is_some_and(|(no, bids)| *no == now.0 && now.1 > *bids);
        if met.as_ref().is_none_or(|(no, _)| *no != now.0) {
            met = Some(now.clone());
        }
        rose.then_some(now)
    });
    drop(demo);
    run(&place, &["verify"]).good("核对通过");
    if place.postgres().is_none() {
        // The command that proves a demonstration reads its database, whatever the environment says.
        let config = place.config("127.0.0.1:1").place;
        let mut verify = Command::new(env!("CARGO_BIN_EXE_nongquan"));
        verify.arg("verify").arg("--data").arg(&config.data).arg("--keys").arg(&config.keys);
        let output = verify.env_clear().env("DATABASE_URL", STRAY).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    run(&place, &["ledger", "trial-balance"]).good("试算平衡");
    // Taken up again: the same people, and the room goes on where it stood.
    let again = Demo::start(&place);
    everybody_can_log_in(&again, &place);
    let kept = json(&Client::at(&again.origin), &format!("/api/v1/lots/{lot_no}/bids"));
    assert!(kept["items"].as_array().unwrap().len() >= seen);
    drop(again);
    run(&place, &["verify"]).good("核对通过");
    tampering_is_named(&place, &lot_no);
}
