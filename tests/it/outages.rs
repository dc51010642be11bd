//! The service was away: nothing that fell due in a room meanwhile has happened, no time is lost, and one broken
//! lot takes nobody's heartbeat (rulebook 3.9).

use std::collections::BTreeMap;
use std::sync::Arc;

use nongquan::acts::{bidding, clock};
use nongquan::clock::{Clock, HandClock};
use nongquan::context::App;
use nongquan::domain::actor::Role;
use nongquan::domain::auction::{FreezeGround, Phase, Rest};
use nongquan::domain::base::Instant;
use nongquan::domain::lot::Stage;
use nongquan::jobs;
use nongquan::store::rooms;

use crate::proof::world::{balanced, green};
use crate::store_contract::engine::Engine;
use crate::support::Place;
use crate::support::market::{Market, Open, lot_of, raise, room_of};
use crate::support::people::PASSWORD;
use crate::support::server::first_morning;

/// Rounds of the service while it lives lie so far apart, well below the gap that freezes a room.
const STEP_SECS: i64 = 3;
const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// An exchange whose time passes whether it lives or not, with lots whose sessions are set.
struct Exchange {
    app: App,
    hands: Arc<HandClock>,
    market: Market,
    rooms: Vec<Open>,
    starts: Instant,
    place: Place,
}

impl Exchange {
    fn with(count: usize) -> Exchange {
        let place = Place::new();
        let hands = Arc::new(HandClock::steady(first_morning()));
        let app = nongquan::boot::open(place.config("127.0.0.1:1"), hands.clone()).expect("the exchange opens");
        let market = Market::open(&app, &hands, 2);
        let ids: Vec<_> = (0..count).map(|_| market.listed(&app)).collect();
        for lot in &ids {
            market.qualified(&app, *lot, &market.bidders);
        }
        let starts = ids.iter().map(|lot| market.scheduled(&app, *lot, &market.bidders)).max().expect("a lot");
        let named = |lot| Open { lot, lot_no: lot_of(&app, lot).lot_no.expect("a number") };
        let rooms = ids.into_iter().map(named).collect();
        Exchange { app, hands, market, rooms, starts, place }
    }

    /// One round of the service at this instant.
    fn round(&self, at: Instant) {
        self.hands.set(at);
        jobs::beat_round(&self.app, Instant::from_micros(0));
        jobs::clock_round(&self.app, Instant::from_micros(0));
    }

    /// The service lives until then.
    fn lives(&self, until: Instant) {
        while self.hands.now() < until {
            self.round(self.hands.now().plus_secs(STEP_SECS).min(until));
        }
    }

    fn stage(&self) -> Stage {
        lot_of(&self.app, self.rooms[0].lot).stage
    }

    /// What a frozen room still has.
    fn rest(&self) -> (Instant, Rest) {
        match room_of(&self.app, &self.rooms[0]).phase() {
            Phase::Paused { since, ground: FreezeGround::HeartbeatGap, rest } => (*since, *rest),
            other => panic!("not frozen: {other:?}"),
        }
    }

    fn resume(&self) -> Instant {
        let organiser = self.market.post(Role::Bidding);
        bidding::resume(&self.app, organiser, self.rooms[0].lot, None).expect("resumed")
    }

    fn beat(&self, room: usize) -> Option<Instant> {
        let id = lot_of(&self.app, self.rooms[room].lot).session.expect("a session").room;
        self.app.store.read(|db| rooms::find(db, id)).expect("read").expect("the room").heartbeat_at
    }

    /// Both bid, and the free phase has exactly this long from now on.
    fn trades_for(&self, secs: i64) {
        let room = &self.rooms[0];
        let ends = room_of(&self.app, room).deadline().expect("trading");
        assert_eq!(ends.ms_since(self.hands.now()), secs * 1_000, "{}", ends.zh_secs());
        for bidder in &self.market.bidders {
            self.lives(self.hands.now().plus_secs(1));
            raise(&self.app, bidder, room, self.hands.now()).expect("a bid that counts");
        }
    }
}

#[test]
fn down_across_the_opening() {
    let exchange = Exchange::with(1);
    let starts = exchange.starts;
    exchange.round(starts.plus_secs(-10 * MINUTE));
    exchange.round(starts.plus_secs(10 * MINUTE));
    assert_eq!(exchange.stage(), Stage::BiddingPaused, "nobody could bid in these ten minutes");
    let whole = Rest::Free { left_us: HOUR * 1_000_000 };
    assert_eq!(exchange.rest(), (starts, whole));
    let now = exchange.hands.now();
    assert_eq!(exchange.resume(), now, "within the hour trading goes on at once");
    exchange.round(now);
    exchange.trades_for(HOUR);
    green(&exchange.app);
}

#[test]
fn down_across_the_whole_session() {
    let exchange = Exchange::with(1);
    let starts = exchange.starts;
    exchange.round(starts.plus_secs(-10 * MINUTE));
    exchange.round(starts.plus_secs(3 * HOUR));
    assert_eq!(exchange.stage(), Stage::BiddingPaused, "the lot has not failed: nobody could bid");
    let organiser = exchange.market.post(Role::Bidding);
    let soon = exchange.hands.now().plus_secs(HOUR);
    assert!(bidding::resume(&exchange.app, organiser, exchange.rooms[0].lot, Some(soon)).is_err(), "24 hours' notice");
    let continues = exchange.resume();
    assert_eq!(continues, exchange.hands.now().plus_secs(24 * HOUR));
    exchange.lives(exchange.hands.now().plus_secs(30));
    exchange.hands.set(continues.plus_secs(-30));
    exchange.lives(continues);
    exchange.trades_for(HOUR);
    green(&exchange.app);
}

#[test]
fn down_across_an_announced_resumption() {
    let exchange = Exchange::with(1);
    let starts = exchange.starts;
    exchange.round(starts.plus_secs(-30));
    exchange.lives(starts.plus_secs(20 * MINUTE));
    exchange.round(starts.plus_secs(2 * HOUR));
    let (since, left) = exchange.rest();
    assert_eq!((since, left), (starts.plus_secs(20 * MINUTE), Rest::Free { left_us: 40 * MINUTE * 1_000_000 }));
    let continues = exchange.resume();
    assert_eq!(continues, exchange.hands.now().plus_secs(24 * HOUR));
    exchange.lives(exchange.hands.now().plus_secs(30));
    exchange.round(continues.plus_secs(50 * MINUTE));
    assert_eq!(exchange.stage(), Stage::BiddingPaused, "away when it was to go on");
    assert_eq!(exchange.rest(), (continues, left), "nothing is used up");
    exchange.resume();
    exchange.round(exchange.hands.now());
    exchange.trades_for(40 * MINUTE);
    green(&exchange.app);
}

/// The first that looks at a page opens the room, and the service goes away before it beat once.
#[test]
fn down_right_after_the_opening() {
    let exchange = Exchange::with(1);
    let starts = exchange.starts;
    exchange.hands.set(starts);
    clock::settle_lot(&exchange.app, exchange.rooms[0].lot, starts).expect("opened");
    exchange.round(starts.plus_secs(3 * HOUR));
    assert_eq!(exchange.rest(), (starts, Rest::Free { left_us: HOUR * 1_000_000 }));
    green(&exchange.app);
}

#[test]
fn a_gap_that_ended_before_the_opening_costs_nothing() {
    let exchange = Exchange::with(1);
    let starts = exchange.starts;
    exchange.round(starts.plus_secs(-90));
    exchange.lives(starts.plus_secs(-60));
    exchange.round(starts.plus_secs(-20));
    exchange.lives(starts);
    assert_eq!(exchange.stage(), Stage::FreeBidding);
    exchange.trades_for(HOUR);
    balanced(&exchange.app);
}

/// What freezes a room is the gap of its notice, whatever is set today.
#[test]
fn the_gap_that_freezes_is_the_notices() {
    let mut exchange = Exchange::with(1);
    let printed = i64::from(exchange.app.market.rules.outage.gap_seconds);
    let later = BTreeMap::from([("outage.gap_seconds".to_owned(), 30.into())]);
    exchange.app.market.rules = exchange.app.market.rules.with(&later).unwrap_or_else(|faults| panic!("{faults:?}"));
    let starts = exchange.starts;
    exchange.round(starts.plus_secs(-30));
    exchange.lives(starts.plus_secs(MINUTE));
    exchange.round(starts.plus_secs(MINUTE + printed));
    assert_eq!(exchange.stage(), Stage::FreeBidding, "a gap of just that length is none");
    exchange.round(starts.plus_secs(MINUTE + 2 * printed + 1));
    assert_eq!(exchange.stage(), Stage::BiddingPaused);
    assert_eq!(exchange.rest().0, starts.plus_secs(MINUTE + printed));
    balanced(&exchange.app);
}

/// The loop looks four times a second; the beat is written once.
#[test]
fn the_heart_beats_once_a_second() {
    let exchange = Exchange::with(1);
    let starts = exchange.starts;
    for quarter in 0..=12 {
        exchange.round(starts.plus_ms(250 * quarter));
        let second = starts.plus_ms(1_000 * quarter.div_euclid(4));
        assert_eq!(exchange.beat(0), Some(second), "{quarter}");
    }
    balanced(&exchange.app);
}

/// A lot that cannot be settled neither hides the outage of the others nor stops their hearts.
#[test]
fn one_broken_lot_stops_no_other_heart() {
    let exchange = Exchange::with(2);
    let starts = exchange.starts;
    exchange.round(starts.plus_secs(-1));
    exchange.lives(starts.plus_secs(10));
    let broken = format!("UPDATE lots SET body = '{{' WHERE id = '{}'", exchange.rooms[0].lot);
    Engine::connect(&exchange.place).run(&broken).expect("broken");
    exchange.hands.set(starts.plus_secs(30));
    assert!(bidding::heartbeat(&exchange.app, Instant::from_micros(0)).is_err(), "it is told");
    let sound = exchange.rooms[1].lot;
    assert_eq!(lot_of(&exchange.app, sound).stage, Stage::BiddingPaused, "the other one's outage is seen");
    let organiser = exchange.market.post(Role::Bidding);
    bidding::resume(&exchange.app, organiser, sound, None).expect("resumed");
    exchange.lives(starts.plus_secs(60));
    assert_eq!(lot_of(&exchange.app, sound).stage, Stage::FreeBidding);
    assert_eq!(exchange.beat(1), Some(starts.plus_secs(60)), "its heart goes on");
    balanced(&exchange.app);
}

/// Whatever is typed as the second person's account, a number of a person stands nowhere in clear.
#[test]
fn the_second_persons_login_is_proved_like_any_other() {
    let exchange = Exchange::with(1);
    exchange.round(exchange.starts);
    let organiser = exchange.market.post(Role::Bidding);
    let lot = exchange.rooms[0].lot;
    let pause = |name: &str, password: &str| {
        let second = (name.to_owned(), password.to_owned());
        let order = bidding::PauseOrder {
            ground: FreezeGround::PowerFailure,
            reason: "机房停电".into(),
            second,
            address: "10.0.0.1".into(),
        };
        bidding::pause(&exchange.app, organiser, lot, &order)
    };
    let telephone = "13574609998";
    assert!(pause(telephone, "Wrong-Password9!").is_err());
    assert!(pause(&"long".repeat(100), "Wrong-Password9!").is_err());
    let mut engine = Engine::connect(&exchange.place);
    let mut kept = engine.values("SELECT name AS value FROM throttles");
    kept.extend(engine.values("SELECT detail AS value FROM security_log"));
    assert!(kept.iter().all(|text| !text.contains(telephone)), "{kept:?}");
    assert!(kept.iter().all(|text| text.chars().count() < 200), "{kept:?}");
    let failed = engine.values("SELECT detail AS value FROM security_log WHERE kind = 'second_person_failed'");
    assert_eq!(failed.len(), 2, "each try is noted: {kept:?}");
    pause("director", PASSWORD).expect("paused");
    balanced(&exchange.app);
}
