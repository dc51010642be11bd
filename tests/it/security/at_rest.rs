//! What lies on the disk and in the database is of no use to who copies it.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, SystemTime};

use nongquan::acts::outbox::{Senders, Way};
use nongquan::acts::staff::{self, NewStaff};
use nongquan::acts::{messages, outbox, stepup, uploads};
use nongquan::context::App;
use nongquan::crypto::sm3;
use nongquan::domain::actor::Role;
use nongquan::store::{Stop, outbox as stored};

use crate::proof::world::{exchange, green};
use crate::store_contract::engine::Engine;
use crate::support::Place;
use crate::support::market::{Market, paper};

/// The messages of a topic as the table holds them.
fn raw(place: &Place, topic: &str) -> Vec<String> {
    let sql =
        format!("SELECT status || '|' || body || '|' || body_sealed AS value FROM outbox WHERE topic = '{topic}'");
    Engine::connect(place).values(&sql)
}

/// One round of each way.
fn send(app: &App, senders: &Senders) -> Result<usize, Stop> {
    Way::ALL.into_iter().map(|way| outbox::send_pending(app, senders, way)).sum()
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Lets a file look as if it had been written so long ago.
fn age(path: &Path, age: Duration) {
    let file = std::fs::File::options().write(true).open(path).unwrap();
    let written: SystemTime = file.metadata().unwrap().modified().unwrap();
    file.set_modified(written - age).unwrap();
}

#[test]
fn a_code_is_sealed_until_it_left_and_forgotten_then() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 1);
    let clerk = market.post(Role::Review);
    let senders = outbox::senders(&app).expect("ways out");
    send(&app, &senders).expect("what was said before");
    let before = std::fs::read_dir(place.data().join("sms")).unwrap().count();
    stepup::send_code(&app, clerk, "test", "测试", &sm3(&[b"x"])).expect("a code");
    let message = app.store.read(|db| stored::last_of(db, clerk.account, "one_time_code")).unwrap().expect("a message");
    let text = messages::text_of(&app, &message).expect("our own seal");
    let code: String = text.chars().filter(char::is_ascii_digit).take(6).collect();
    assert_eq!(code.len(), 6, "{text}");
    let lies = raw(&place, "one_time_code");
    assert!(lies[0].starts_with("pending||v1.") && !lies[0].contains(&code), "{lies:?}");

    send(&app, &senders).expect("sent");
    assert_eq!(raw(&place, "one_time_code"), ["sent||"], "nothing of it stays");
    let folder = place.data().join("sms");
    let file = folder.join(format!("{}.json", message.id));
    assert!(std::fs::read_to_string(&file).unwrap().contains(&code));
    assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600), "nobody else looks in");

    // A code goes after a day, whatever else lies there after a month.
    let notice = market.bidders.first().expect("a bidder").account;
    app.store
        .write(|tx| {
            let say = messages::Say { topic: "notice", subject: "通知".into(), body: "通知".into(), lot: None };
            messages::to_account(&app, tx, notice, &say)
        })
        .expect("written");
    send(&app, &senders).expect("sent");
    let lying = || std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect::<Vec<_>>();
    assert_eq!(lying().len(), before + 2);
    assert_eq!(outbox::clear_folder(&app).expect("cleared"), 0, "they are young");
    for path in lying() {
        age(&path, Duration::from_secs(25 * 3600));
    }
    outbox::clear_folder(&app).expect("cleared");
    assert!(!file.exists(), "the code is gone");
    let said = app.store.read(|db| stored::last_of(db, notice, "notice")).unwrap().expect("the notice");
    assert!(folder.join(format!("{}.json", said.id)).exists(), "the notice is not");
    for path in lying() {
        age(&path, Duration::from_secs(31 * 24 * 3600));
    }
    outbox::clear_folder(&app).expect("cleared");
    assert_eq!(lying(), Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_code_that_cannot_be_sent_is_given_up_when_it_is_worth_nothing() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 1);
    let senders = outbox::senders(&app).expect("ways out");
    stepup::send_code(&app, market.post(Role::Review), "test", "测试", &sm3(&[b"x"])).expect("a code");
    market.later(25 * 3600);
    send(&app, &senders).expect("a round");
    assert_eq!(raw(&place, "one_time_code"), ["failed||"]);
}

/// An activation code is a secret as well, though it lives a week.
#[test]
fn an_activation_code_lies_a_day_and_is_not_sent_after_a_week() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 1);
    let senders = outbox::senders(&app).expect("ways out");
    send(&app, &senders).expect("what was said before");
    let folder = place.data().join("sms");
    let before = std::fs::read_dir(&folder).unwrap().count();
    let new = |login: &str| NewStaff { account: login.into(), name: "周工".into(), address: "13874600009".into() };
    let id = staff::create(&app, &market.admin, &new("newcomer")).expect("made");
    let message = app.store.read(|db| stored::last_of(db, id, "activation")).unwrap().expect("a message");
    send(&app, &senders).expect("sent");
    let file = folder.join(format!("{}.json", message.id));
    assert!(std::fs::read_to_string(&file).unwrap().contains("激活码"));
    age(&file, Duration::from_secs(23 * 3600));
    outbox::clear_folder(&app).expect("cleared");
    assert!(file.exists(), "somebody may still come for it");
    age(&file, Duration::from_secs(2 * 3600));
    outbox::clear_folder(&app).expect("cleared");
    assert!(!file.exists() && std::fs::read_dir(&folder).unwrap().count() <= before);

    staff::create(&app, &market.admin, &new("late-comer")).expect("made");
    market.later(7 * 24 * 3600 + 60);
    send(&app, &senders).expect("a round");
    assert_eq!(raw(&place, "activation").into_iter().filter(|lies| lies == "failed||").count(), 1);
}

#[test]
fn a_file_that_no_act_took_is_swept_away() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 2);
    let room = market.rooms(&app, 1).remove(0);
    market.sell(&app, &room);
    // What a refused form or a second click leaves.
    let left = paper(&app, "nobody's").content;
    assert_eq!(uploads::sweep(&app, uploads::ORPHAN_AGE).expect("swept"), 0, "an act may still take it");
    assert!(app.files.get(&left).unwrap().is_some());
    assert!(uploads::sweep(&app, Duration::ZERO).expect("swept") > 0);
    assert!(app.files.get(&left).unwrap().is_none());
    green(&app);
}
