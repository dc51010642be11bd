//! An exchange without pages: a lot sold in a room, with everything the verification looks at.

use std::sync::Arc;

use nongquan::acts::checkpoint;
use nongquan::acts::verify::{self, Given, Report};
use nongquan::clock::HandClock;
use nongquan::context::App;
use nongquan::domain::base::Fen;
use nongquan::store::{ledger, proof};

use crate::store_contract::engine::Engine;
use crate::support::Place;
use crate::support::market::{Market, Open};
use crate::support::server::first_morning;

/// The exchange with its people and one room.
pub struct Sold {
    /// The program's parts.
    pub app: App,
    /// The people.
    pub market: Market,
    /// The room, closed with a winner.
    pub room: Open,
    /// Where it is.
    pub place: Place,
}

/// An exchange in a place of its own.
pub fn exchange(place: &Place) -> (App, Arc<HandClock>) {
    let clock = Arc::new(HandClock::new(first_morning()));
    let app = nongquan::boot::open(place.config("127.0.0.1:1"), clock.clone()).expect("the exchange opens");
    (app, clock)
}

impl Sold {
    /// Two bidders, a raise war through both phases, a priority match, a close, a posted result, the
    /// loser's refund ordered.
    pub fn new() -> Sold {
        let place = Place::new();
        let (app, clock) = exchange(&place);
        let market = Market::open(&app, &clock, 2);
        checkpoint::sublog_leaves(&app).expect("the first states");
        let room = market.rooms(&app, 1).remove(0);
        checkpoint::sign_head(&app).expect("a signed head");
        market.sell(&app, &room);
        // Another slot of the fixed times: as the loop writes it ten minutes later.
        Engine::connect(&place).run("DELETE FROM leases WHERE name = 'sublog'").expect("the turn is over");
        checkpoint::sublog_leaves(&app).expect("later states");
        checkpoint::sign_head(&app).expect("a later head");
        Sold { app, market, room, place }
    }

    /// Verifies everything.
    pub fn verify(&self) -> Report {
        verified(&self.app, None)
    }

    /// A bare connection with the guards taken off, as somebody with the database's password has it.
    pub fn unguarded(&self) -> Engine {
        let mut engine = Engine::connect(&self.place);
        engine.without_guards();
        engine
    }
}

/// Verifies the database of a running exchange.
pub fn verified(app: &App, lot: Option<&str>) -> Report {
    let public = app.keys.public_bundle();
    let given = Given { public: &public, keys: Some(&app.keys), files: Some(&app.files), checkpoint: None, lot };
    verify::database(&app.store, &given).expect("the database can be read").0
}

/// The books balance, for a test that changed rows by hand and so cannot be [`green`].
pub fn balanced(app: &App) {
    let trial = app.store.read(|db| ledger::trial_balance(db)).expect("the ledger can be read");
    assert_eq!(trial, Fen::ZERO, "the books balance");
}

/// Everything is as it was recorded; the counts are given.
pub fn green(app: &App) -> Vec<(&'static str, u64)> {
    let report = verified(app, None);
    assert!(report.is_green(), "{:?}", report.broken);
    let (lots, head) = app.store.read(|db| Ok((proof::lots(db)?.len(), proof::head(db)?))).expect("read");
    let (leaves, _) = head.expect("the journal's head");
    assert_eq!(report.count("标的"), lots as u64);
    assert_eq!(report.count("日志叶"), leaves as u64);
    report.counted
}
