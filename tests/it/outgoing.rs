//! Messages on their way out: a way that is closed keeps nothing back but its own.

use std::net::TcpListener;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use nongquan::acts::outbox::{self, Senders, Way};
use nongquan::acts::staff::{self, NewStaff};
use nongquan::acts::stepup;
use nongquan::clock::HandClock;
use nongquan::context::App;
use nongquan::crypto::sm3;
use nongquan::domain::actor::{Actor, Role};
use nongquan::jobs;
use nongquan::store::outbox::{Channel, pending};

use super::store_contract::engine::Engine;
use super::support::Place;
use super::support::people::{PASSWORD, actor, hire};
use super::support::server::first_morning;

/// An exchange whose mail goes to this server, with an administrator and somebody who signs.
fn exchange(place: &Place, mail: &str) -> (App, Actor, Actor) {
    let config = place.config_with("127.0.0.1:1", |typed| {
        typed.smtp_url = Some(mail.to_owned());
        typed.mail_from = Some("exchange@lanshan.example".to_owned());
    });
    let app = nongquan::boot::open(config, Arc::new(HandClock::new(first_morning()))).expect("the exchange opens");
    let code = staff::make_setup_code(&app).expect("nobody is there yet");
    let first = NewStaff { account: "admin".into(), name: "周工".into(), address: "13874600001".into() };
    staff::redeem_setup_code(&app, &code, &first, PASSWORD).expect("the first administrator");
    let admin = actor(&app, "admin");
    hire(&app, &admin, "review", Role::Review, "");
    let review = actor(&app, "review");
    (app, admin, review)
}

/// So many people with mail addresses, each of whom is sent an activation code.
fn mails(app: &App, admin: &Actor, count: usize) {
    for n in 0..count {
        let new = NewStaff {
            account: format!("by-mail-{n:03}"),
            name: "周工".into(),
            address: format!("colleague{n}@village.example"),
        };
        staff::create(app, admin, &new).unwrap_or_else(|stop| panic!("{n}: {stop:?}"));
    }
}

fn waiting(app: &App, way: Channel) -> usize {
    app.store.read(|db| pending(db, way, app.clock.real(), 1_000)).expect("read").len()
}

fn round(app: &App, senders: &Senders, way: Way) -> usize {
    outbox::send_pending(app, senders, way).unwrap_or_else(|stop| panic!("{way:?}: {stop:?}"))
}

/// A port on which nobody listens.
fn dead_port() -> String {
    let address = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("its address");
    format!("smtp://{address}")
}

#[test]
fn f09_sixty_mails_that_cannot_leave_keep_no_signing_code_back() {
    let place = Place::new();
    let (app, admin, review) = exchange(&place, &dead_port());
    mails(&app, &admin, 60);
    let senders = outbox::senders(&app).expect("ways out");
    let texts = waiting(&app, Channel::Sms);
    stepup::send_code(&app, &review, "test", "测试", &sm3(&[b"x"])).expect("a code");
    assert_eq!(round(&app, &senders, Way::Sms), texts + 1);
    // Each try that fails waits for its next one and leaves its place to another.
    assert_eq!(waiting(&app, Channel::Mail), 60);
    for tried in 1..=3 {
        assert_eq!(round(&app, &senders, Way::Mail), 0);
        assert_eq!(waiting(&app, Channel::Mail), 60 - tried);
    }
    let mut engine = Engine::connect(&place);
    let tries = "SELECT CAST(SUM(attempts) AS TEXT) AS value FROM outbox WHERE channel = 'mail'";
    assert_eq!(engine.values(tries), ["3"], "one try a round: each may take long");
    // Later they are tried again, and codes go first whatever is older.
    engine.run("UPDATE outbox SET lease_until = NULL").expect("time passes");
    let hire = |login: &str| NewStaff { account: login.into(), name: "周工".into(), address: "13874600007".into() };
    let late = staff::create(&app, &admin, &hire("newest")).expect("made");
    engine.run("UPDATE outbox SET status = 'pending' WHERE channel = 'sms' AND status = 'sent'").expect("once more");
    let first = app.store.read(|db| pending(db, Channel::Sms, app.clock.real(), 1)).expect("read").remove(0);
    assert_eq!((first.account, first.topic.as_str()), (Some(late), "activation"));
}

/// A mail server that answers nothing: text messages leave and the leaves of fixed times are written meanwhile.
#[test]
fn f09_a_mail_server_that_hangs_holds_up_no_other_loop() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("smtp://{}", listener.local_addr().expect("its address"));
    let (called, calls) = mpsc::channel();
    let server = std::thread::spawn(move || {
        if let Ok((stream, _)) = listener.accept() {
            called.send(stream).expect("the test waits");
        }
    });
    let place = Place::new();
    let (app, admin, review) = exchange(&place, &url);
    mails(&app, &admin, 2);
    let app = Arc::new(app);
    let running = jobs::start(&app, first_morning()).expect("the loops run");
    let hung = calls.recv_timeout(Duration::from_secs(10)).expect("the mail server is called");
    stepup::send_code(&app, &review, "test", "测试", &sm3(&[b"x"])).expect("a code");
    let heads = "SELECT CAST(count(*) AS TEXT) AS value FROM tree_heads";
    let mut engine = Engine::connect(&place);
    let mut done = false;
    for _ in 0..100 {
        std::thread::sleep(Duration::from_millis(100));
        done = waiting(&app, Channel::Sms) == 0 && engine.values(heads) != ["0"];
        if done {
            break;
        }
    }
    // The connection ends, so that nobody waits for it to run out.
    drop(hung);
    server.join().expect("the server ends");
    drop(running);
    assert!(done, "the code waited for the mail server");
}
