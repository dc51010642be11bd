//! One matter, two people with the same post at the same moment: one decides, the other reads who did and when.

use nongquan::acts::finance::{self, FEE_TABLE};
use nongquan::acts::parties::{self, Seen};
use nongquan::context::App;
use nongquan::domain::actor::{Actor, Role};
use nongquan::domain::base::{Day, Fen};
use nongquan::domain::funds::fee::{FeeBase, RawTable, Slice};
use nongquan::domain::refusal::Refusal;
use nongquan::store::{Stop, journal, settings};

use super::desks::twice;
use crate::proof::world::{exchange, green};
use crate::store_contract::engine::Engine;
use crate::support::Place;
use crate::support::market::Market;
use crate::support::market::people::person;
use crate::support::people::actor;

/// Two of the staff, each with a name of his own, given by hand: the verification would see it, so the names
/// that they had are put back before it looks.
struct Named {
    engine: Engine,
    before: Vec<(String, String)>,
}

impl Named {
    fn give(place: &Place, app: &App, logins: [&str; 2]) -> (Named, [Actor; 2]) {
        let mut engine = Engine::connect(place);
        let mut before = Vec::new();
        for (login, name) in logins.into_iter().zip(["雷一鸣", "雷二春"]) {
            let old = engine.values(&format!("SELECT name AS value FROM accounts WHERE login = '{login}'"));
            before.push((login.to_owned(), old[0].clone()));
            engine.run(&format!("UPDATE accounts SET name = '{name}' WHERE login = '{login}'")).expect("named");
        }
        (Named { engine, before }, logins.map(|login| actor(app, login)))
    }

    fn put_back(mut self) {
        for (login, name) in &self.before {
            let sql = format!("UPDATE accounts SET name = '{name}' WHERE login = '{login}'");
            self.engine.run(&sql).expect("named as before");
        }
    }
}

/// One decided; the other was told by whom and when.
fn told(app: &App, deciders: [&Actor; 2], answers: [Result<(), Stop>; 2]) {
    let first = answers.iter().position(Result::is_ok).expect("one decides");
    match &answers[1 - first] {
        Err(Stop::Refused(Refusal::DecidedAlready { who, at })) => {
            assert_eq!((who, *at), (&deciders[first].name, app.clock.now()), "who was first, and when");
        }
        other => panic!("{other:?}"),
    }
}

fn leaves(app: &App, kind: &str) -> usize {
    let all = app.store.read(|db| journal::leaves_after(db, 0, 10_000)).expect("read");
    all.iter().filter(|leaf| leaf.kind == kind).count()
}

#[test]
fn a_fee_table_is_decided_once() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 1);
    let _ = market.second(&app, Role::Director);
    let (names, directors) = Named::give(&place, &app, ["director", "director-2"]);
    for round in 1..=3 {
        let table = RawTable {
            approval: format!("蓝发改价〔2026〕{round}号"),
            effective_from: Day::ymd(2026, 6, round).expect("a day"),
            base: FeeBase::Total,
            slices: vec![Slice { up_to: None, rate_bp: 80 }],
            minimum: Fen::yuan(100),
            cap: None,
        };
        finance::propose(&app, &actor(&app, "admin"), table).expect("proposed");
        let open = app.store.read(|db| settings::of_name(db, FEE_TABLE)).expect("read");
        let id = open.iter().find(|s| s.status == "proposed").expect("a proposal").id;
        let answers = twice(|n| finance::decide(&app, &directors[n], id, n == 0));
        let approved = answers[0].is_ok();
        told(&app, [&directors[0], &directors[1]], answers);
        let stored = app.store.read(|db| settings::find(db, id)).expect("read").expect("the proposal");
        assert_eq!(stored.status == "approved", approved, "what the first said stands: {}", stored.status);
    }
    assert_eq!(leaves(&app, "setting.decided"), 3, "each once");
    names.put_back();
    green(&app);
}

#[test]
fn an_identity_is_confirmed_once() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let _ = Market::open(&app, &clock, 0);
    let (names, desks) = Named::give(&place, &app, ["acceptance", "township-clerk"]);
    let before = leaves(&app, "party.verified");
    for n in 0..3 {
        let typed = person(n);
        parties::register(&app, &typed).expect("registered");
        let party = actor(&app, &typed.account).party.expect("a party");
        let seen = Seen { pass: true, note: "身份证原件".into(), ..Seen::default() };
        let answers = twice(|n| parties::verify(&app, &desks[n], party, &seen));
        told(&app, [&desks[0], &desks[1]], answers);
    }
    assert_eq!(leaves(&app, "party.verified"), before + 3, "each once");
    names.put_back();
    green(&app);
}
