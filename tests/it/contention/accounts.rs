//! Logins, identities and set-up codes at the same moment.

use nongquan::acts::staff::{self, NewStaff};
use nongquan::acts::{login, parties};
use nongquan::domain::refusal::Refusal;
use nongquan::store::{Stop, accounts};

use super::desks::twice;
use crate::proof::world::exchange;
use crate::support::Place;
use crate::support::market::people::person;
use crate::support::people::{PASSWORD, actor};

fn post(login: &str) -> NewStaff {
    NewStaff { account: login.to_owned(), name: "周工".to_owned(), address: "13874600001".to_owned() }
}

/// One went through; the other was told beside this field.
fn one_of<T: std::fmt::Debug>(answers: [Result<T, Stop>; 2], field: &str) {
    let (done, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!(done.len(), 1, "one goes through: {refused:?}");
    match &refused[0] {
        Err(Stop::Refused(Refusal::Fields { faults })) => assert_eq!(faults[0].field, field, "{faults:?}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn wrong_passwords_at_the_same_moment_all_count() {
    let place = Place::new();
    let (app, _) = exchange(&place);
    for round in 0..3 {
        let name = format!("nobody-{round}");
        let at_once = 4;
        std::thread::scope(|s| {
            let guesses: Vec<_> =
                (0..at_once).map(|_| s.spawn(|| login::login(&app, &name, "a wrong guess", &name))).collect();
            for guess in guesses {
                match guess.join().expect("no thread breaks") {
                    Err(Stop::Refused(refusal)) => assert_eq!(refusal.code(), "LOGIN_FAILED"),
                    other => panic!("{other:?}"),
                }
            }
        });
        let counted = app.store.read(|db| accounts::throttle(db, &format!("login:{name}"))).unwrap();
        assert_eq!(counted.map(|(n, ..)| n), Some(at_once), "none is lost");
    }
    // The fifth blocks; what is old is forgotten.
    let count = |now, window| {
        app.store.write(|tx| Ok(tx.count_failure("login:nobody-0", now, window, 5, now.plus_secs(900))?)).unwrap();
        app.store.read(|db| accounts::throttle(db, "login:nobody-0")).unwrap().expect("a row")
    };
    let now = app.clock.real();
    let (failures, _, until) = count(now, now.plus_secs(-900));
    assert_eq!((failures, until), (5, Some(now.plus_secs(900))));
    let later = now.plus_secs(901);
    assert_eq!(count(later, later.plus_secs(-900)), (1, later, None));
}

/// However many guess at the same moment: no more than five at one account are even looked at.
#[test]
fn no_more_than_five_guesses_pass_at_once() {
    let place = Place::new();
    let (app, _) = exchange(&place);
    let guess = |n: usize| login::login(&app, "somebody", "a wrong guess", &format!("10.0.0.{n}"));
    let codes: Vec<String> = std::thread::scope(|s| {
        let guess = &guess;
        let guesses: Vec<_> = (0..16).map(|n| s.spawn(move || guess(n))).collect();
        let told = guesses.into_iter().map(|g| match g.join().expect("no thread breaks") {
            Err(Stop::Refused(refusal)) => refusal.code().to_owned(),
            other => panic!("{other:?}"),
        });
        told.collect()
    });
    assert_eq!(codes.iter().filter(|code| **code == "LOGIN_FAILED").count(), 5, "{codes:?}");
}

/// Who knows his password fills no throttle, neither his own nor that of the room he sits in.
#[test]
fn whoever_gets_in_does_not_count() {
    let place = Place::new();
    let (app, _) = exchange(&place);
    let code = staff::make_setup_code(&app).expect("a code");
    staff::redeem_setup_code(&app, &code, &post("admin"), PASSWORD).expect("the first");
    for _ in 0..3 {
        assert!(login::login(&app, "nobody", "a wrong guess", "10.0.0.1").is_err());
    }
    for _ in 0..40 {
        login::login(&app, "admin", PASSWORD, "10.0.0.1").expect("in");
    }
    let failures = |key: &str| app.store.read(|db| accounts::throttle(db, key)).unwrap().map_or(0, |(n, ..)| n);
    assert_eq!((failures("login:admin"), failures("login-ip:10.0.0.1")), (0, 3));
}

#[test]
fn a_set_up_code_makes_one_administrator() {
    for _ in 0..3 {
        let place = Place::new();
        let (app, _) = exchange(&place);
        let code = staff::make_setup_code(&app).expect("a code");
        let first = |n: usize| post(&format!("admin-{n}"));
        one_of(twice(|n| staff::redeem_setup_code(&app, &code, &first(n), PASSWORD)), "code");
        assert_eq!(app.store.read(|db| accounts::count(db)).unwrap(), 1);
    }
}

#[test]
fn what_must_be_unique_is_told_beside_its_field() {
    let place = Place::new();
    let (app, _) = exchange(&place);
    let code = staff::make_setup_code(&app).expect("a code");
    staff::redeem_setup_code(&app, &code, &post("admin"), PASSWORD).expect("the first");
    let admin = actor(&app, "admin");
    for round in 0..3 {
        let new = post(&format!("review-{round}"));
        one_of(twice(|_| staff::create(&app, &admin, &new)), "account");
        // The same ID under two logins.
        let own = |n: usize| {
            let mut typed = person(round);
            typed.account = format!("login-{round}-{n}");
            typed
        };
        one_of(twice(|n| parties::register(&app, &own(n))), "number");
        // Two IDs under one login.
        let other = |n: usize| {
            let mut typed = person(10 + round * 2 + n);
            typed.account = format!("wanted-{round}");
            typed
        };
        one_of(twice(|n| parties::register(&app, &other(n))), "account");
    }
}
