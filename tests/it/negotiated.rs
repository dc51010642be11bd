//! A lot that is negotiated is not over: until the outcome is recorded its money and its people stay hidden.

use nongquan::acts::qualification::{self, Choice, Found};
use nongquan::acts::{bank, clock, negotiation, pauses};
use nongquan::context::App;
use nongquan::domain::actor::Role;
use nongquan::domain::base::ids::LotId;
use nongquan::domain::lot::Stage;
use nongquan::store::refunds::StoredOrder;
use nongquan::store::{holds, journal, refunds};

use super::proof::world::{balanced, exchange};
use super::store_contract::engine::Engine;
use super::support::Place;
use super::support::market::{Market, in_order, lot_of};

/// One bidder is refused after he paid, so that an order of the lot waits; the other two negotiate.
fn negotiating(app: &App, market: &Market, place: &Place) -> (LotId, StoredOrder) {
    let lot = market.listed(app);
    market.qualified(app, lot, &market.bidders[..2]);
    let third = &market.bidders[2..];
    market.applied(app, lot, third);
    let statement = market.deposits(app, lot, third);
    let paid = bank::import(app, market.post(Role::Finance), "流水.csv", statement.as_bytes()).expect("imported");
    assert_eq!(paid.matched, 1);
    let reviewer = market.post(Role::Qualification);
    let id = qualification::take_next(app, reviewer).expect("a turn").expect("an application");
    let found = Found {
        decision: Choice::Refuse,
        member: false,
        priority: false,
        reason: "材料不符合公告要求".to_owned(),
        looked_up: in_order(app.clock.now().day()),
    };
    qualification::decide(app, reviewer, id, &found).expect("refused");
    let notice = "UPDATE rounds SET snapshot = REPLACE(REPLACE(snapshot, 'deal_at_max', 'negotiate'), \
                  'min_bidders\\\":1', 'min_bidders\\\":3')";
    Engine::connect(place).run(&format!("{notice} WHERE lot_id = '{lot}'")).expect("another notice");
    let closes = lot_of(app, lot).listing.expect("a listing").closes;
    market.to(closes.plus_secs(1));
    clock::settle_lot(app, lot, app.clock.now()).expect("closed");
    qualification::freeze(app, reviewer, lot).expect("a negotiation");
    assert_eq!(lot_of(app, lot).stage, Stage::Negotiation);
    let order = app.store.read(|db| refunds::of_lot(db, lot)).expect("read").remove(0);
    (lot, order)
}

#[test]
fn until_a_negotiation_is_over_its_money_has_no_name() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 3);
    let (lot, order) = negotiating(&app, &market, &place);
    let director = market.post(Role::Director);
    let about = |app: &App| pauses::inquired(app, director, order.id).expect("the order").lot_no;
    let subject = |app: &App| app.store.read(|db| journal::leaves_after(db, 0, 10_000)).expect("read");
    let paid = |app: &App| subject(app).into_iter().filter(|leaf| leaf.kind == "payment.posted").count();
    assert_eq!(about(&app), "", "an order tells nobody for which lot somebody applied");
    pauses::order_inquiry(&app, director, order.id, "核查退款账户与报名主体是否一致").expect("an inquiry");
    assert!(pauses::waiting(&app, director, &lot_of(&app, lot)).expect("read").is_empty(), "nor does the file");
    assert_eq!(paid(&app), 0, "nor does the journal");
    negotiation::not_agreed(&app, market.post(Role::Bidding), lot, "双方对付款方式有分歧", None).expect("recorded");
    let lot_no = lot_of(&app, lot).lot_no.expect("a number");
    assert_eq!(about(&app), lot_no, "afterwards it has its name");
    assert_eq!(pauses::waiting(&app, director, &lot_of(&app, lot)).expect("read").len(), 1);
    balanced(&app);
}

/// Which stages come before the close is said in one place.
#[test]
fn money_is_named_when_registrants_are() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 1);
    let lot = market.listed(&app);
    let mut engine = Engine::connect(&place);
    for stage in Stage::ALL {
        let session = "session_at = entered_at, closes_at = entered_at, deal_price_fen = 1";
        let moved = format!("UPDATE lots SET stage = '{}', {session} WHERE id = '{lot}'", stage.name());
        engine.run(&moved).expect("moved");
        let named = app.store.read(|db| holds::lot_opened_up(db, lot)).expect("read");
        assert_eq!(named, !stage.registrants_hidden(), "{}", stage.zh());
    }
    balanced(&app);
}
