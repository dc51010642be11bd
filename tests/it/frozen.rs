//! A published notice keeps its rules: what the county sets later is for later notices (rulebook 0.3).

use std::collections::BTreeMap;

use nongquan::acts::qualification;
use nongquan::acts::scheduling::{self, Plan};
use nongquan::acts::{application, clock};
use nongquan::clock::Clock;
use nongquan::context::App;
use nongquan::domain::actor::Role;
use nongquan::domain::base::ids::LotId;
use nongquan::domain::lot::Stage;
use nongquan::domain::refusal::Refusal;
use nongquan::store::{Stop, refunds};

use super::proof::world::{exchange, green};
use super::support::Place;
use super::support::market::{Market, Open, lot_of};

/// The exchange after the county changed its settings.
fn changed(app: &App) -> App {
    let set = [
        ("bid.free_minutes", 15),
        ("bid.limited_seconds", 90),
        ("bid.notice_wd", 5),
        ("result.publicity_wd", 9),
        ("deposit.refund_wd", 1),
    ];
    let values: BTreeMap<String, serde_json::Value> = set.map(|(key, value)| (key.to_owned(), value.into())).into();
    let mut later = app.by_clock(app.clock.clone());
    later.market.rules = app.market.rules.with(&values).unwrap_or_else(|faults| panic!("{faults:?}"));
    later
}

fn schedule(app: &App, market: &Market, lot: LotId, plan: Plan) -> Vec<String> {
    match scheduling::schedule(app, market.post(Role::Bidding), lot, plan) {
        Ok(()) => Vec::new(),
        Err(Stop::Refused(Refusal::Fields { faults })) => faults.into_iter().map(|f| f.message).collect(),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn settings_changed_after_publication_are_for_later_notices() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 2);
    let lot = market.listed(&app);
    market.qualified(&app, lot, &market.bidders);
    let printed = app.market.rules.clone();
    let app = changed(&app);

    let closes = lot_of(&app, lot).listing.expect("a listing").closes;
    market.to(closes.plus_secs(1));
    clock::settle_lot(&app, lot, hands.now()).expect("closed");
    qualification::freeze(&app, market.post(Role::Qualification), lot).expect("frozen");
    for bidder in &market.bidders {
        application::agree(&app, bidder, lot).expect("agreed");
    }
    let plan = market.plan(&app, lot);
    assert_eq!((plan.free_minutes, plan.limited_seconds), (60, 180), "as printed");
    let notice = app.market.calendar.add_working_days(hands.now().day(), printed.bid.notice_wd).expect("confirmed");
    assert!(plan.starts.day() <= notice.plus(7), "the notice period is the printed one: {plan:?}");
    let other = Plan { free_minutes: 15, limited_seconds: 90, ..plan };
    let told = schedule(&app, &market, lot, other);
    assert_eq!(told, ["公告载明自由竞价60分钟，须与公告一致。", "公告载明限时竞价每轮180秒，须与公告一致。"]);
    assert!(schedule(&app, &market, lot, plan).is_empty());

    market.to(plan.starts);
    clock::settle_lot(&app, lot, plan.starts).expect("opened");
    let room = Open { lot, lot_no: lot_of(&app, lot).lot_no.expect("a number") };
    market.sell(&app, &room);
    let sold = lot_of(&app, lot);
    assert_eq!(sold.stage, Stage::Publicity);
    let due = |days| app.market.calendar.due(sold.entered_at, days, true).expect("confirmed");
    assert_eq!(sold.publicity_ends, Some(due(printed.result.publicity_wd)), "three working days, not nine");
    let orders = app.store.read(|db| refunds::with_status(db, "due", 10)).expect("read");
    let refund = app.market.calendar.add_working_days(sold.entered_at.day(), printed.deposit.refund_wd);
    let refund = app.market.calendar.close().on(refund.expect("confirmed"));
    assert_eq!(orders.iter().map(|o| o.due_at).collect::<Vec<_>>(), [refund], "three working days, not one");
    green(&app);
}
