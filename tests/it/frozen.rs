//! A published notice keeps its rules: what the county sets later is for later notices (rulebook 0.3).

use std::collections::BTreeMap;

use nongquan::acts::scheduling::{self, Plan};
use nongquan::acts::{application, clock, contract, deal, finance, frozen, publication, qualification, work};
use nongquan::clock::Clock;
use nongquan::context::App;
use nongquan::domain::actor::Role;
use nongquan::domain::base::Fen;
use nongquan::domain::base::ids::LotId;
use nongquan::domain::funds::fee::{FeeBase, RawTable, Slice};
use nongquan::domain::gazette::Beside;
use nongquan::domain::lot::{Act, Stage};
use nongquan::domain::market::{self, embedded_files};
use nongquan::domain::refusal::Refusal;
use nongquan::store::{Stop, refunds, rounds, settings};

use super::proof::world::{balanced, exchange, green};
use super::store_contract::engine::Engine;
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

/// The county approves a flat fee of so many hundredths of a per cent, from today on.
fn approve_fee(app: &App, market: &Market, rate_bp: u32, named: &str) {
    let table = RawTable {
        approval: named.to_owned(),
        effective_from: app.clock.now().day(),
        base: FeeBase::Total,
        slices: vec![Slice { up_to: None, rate_bp }],
        minimum: Fen::ZERO,
        cap: None,
    };
    finance::propose(app, market.post(Role::Director), table).expect("proposed");
    let proposals = app.store.read(|db| settings::of_name(db, finance::FEE_TABLE)).expect("read");
    let open = proposals.iter().find(|s| s.status == "proposed").expect("the proposal");
    let second = super::support::people::actor(app, "director-2");
    finance::decide(app, &second, open.id, true).expect("approved");
}

/// The exchange after a release that changed the pond: five bidders at least, a
/// paper more, another name for a field.
fn released(app: &App) -> App {
    let mut files = embedded_files();
    let pond = files.get_mut("varieties/05-01-pond.toml").expect("the pond");
    for (old, new) in [("min_bidders = 1", "min_bidders = 5"), ("label = \"平均水深\"", "label = \"最大水深\"")]
    {
        assert!(pond.contains(old), "{old}");
        *pond = pond.replace(old, new);
    }
    pond.push_str(
        "\n[[transferee]]\ncode = \"R10\"\nkey = \"new\"\ntitle = \"新的材料\"\nwhen = \"always\"\nrequired = true\n",
    );
    let mut later = app.by_clock(app.clock.clone());
    let rules = app.market.rules.clone();
    later.market = market::Market::load(&files).unwrap_or_else(|f| panic!("{f:?}")).with_rules(rules);
    later
}

#[test]
fn a_release_and_a_fee_table_after_publication_are_for_later_notices() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 2);
    market.second(&app, Role::Director);
    let free = market.listed(&app);
    approve_fee(&app, &market, 100, "甲号文");
    let charged = market.listed(&app);
    let printed = |lot| {
        let round = app.store.read(|db| rounds::latest(db, lot)).expect("read").expect("a notice");
        round.notice.notice.line("fees").expect("the fee's line").to_owned()
    };
    assert_eq!(printed(free), "没有批准的收费标准，本次交易不收取交易服务费");
    assert!(printed(charged).contains("全部 1%") && printed(charged).contains("甲号文"), "{}", printed(charged));

    let app = released(&app);
    approve_fee(&app, &market, 500, "乙号文");
    assert_eq!(app.market.catalog.get("0501".parse().expect("a code")).expect("the pond").min_bidders, 5);
    // Nobody is asked for the new paper, and two bidders are enough.
    market.qualified(&app, charged, &market.bidders);
    let starts = market.scheduled(&app, charged, &market.bidders);
    market.to(starts);
    clock::settle_lot(&app, charged, starts).expect("opened");
    market.sell(&app, &Open { lot: charged, lot_no: lot_of(&app, charged).lot_no.expect("a number") });
    let sold = deal::read(&app, charged).expect("a deal");
    assert_eq!(sold.variety.min_bidders, 1);
    assert_eq!(sold.variety.field("depth").expect("a field").label, "平均水深");
    let fee = contract::dues(&app, &sold).expect("dues").fee;
    assert_eq!(fee.amount, Fen(sold.outcome().expect("a result").total.0 / 100), "one per cent, not five");
    let today = app.clock.now().day();
    let table = |lot| app.store.read(|db| frozen::fees(&app, db, lot, today)).expect("read");
    assert_eq!(table(free), None, "none was in force when it was published");
    green(&app);

    // A round published before notices froze the table is charged by the table of the day.
    let old = |text: &str| {
        let mut whole: serde_json::Value = serde_json::from_str(text).expect("a snapshot");
        whole.as_object_mut().expect("parts").remove("fees").expect("the fees");
        whole.to_string()
    };
    let round = app.store.read(|db| rounds::latest(db, free)).expect("read").expect("a notice");
    let text = old(&round.snapshot).replace('\'', "''");
    Engine::connect(&place)
        .run(&format!("UPDATE rounds SET snapshot = '{text}' WHERE lot_id = '{free}'"))
        .expect("changed by hand");
    let table = table(free).expect("a table");
    assert_eq!(table.terms().approval, "乙号文");
    let rules = app.store.read(|db| frozen::rules(&app, db, free)).expect("read");
    assert_eq!(rules.deposit.refund_wd, app.market.rules.deposit.refund_wd);
}

/// The benchmark beside the price is the one of the notice, whatever the tables and the settings say later.
#[test]
fn the_benchmark_of_a_notice_stays() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 0);
    let lot = lot_of(&app, market.listed(&app));
    let terms = lot.terms().expect("terms");
    let round = app.store.read(|db| rounds::latest(db, lot.id)).expect("read").expect("a notice");
    let frozen = round.notice.benchmark.clone().expect("frozen with the notice");
    assert_eq!(round.notice.notice.line("benchmark"), Some(frozen.zh().as_str()));
    assert_eq!(publication::benchmark(&app, Some(&round), &lot, terms).expect("read"), frozen);
    let mut told = round.clone();
    told.notice.benchmark = Some(Beside { price: None, why: "当时没有".to_owned(), unconfirmed: false });
    let shown = publication::benchmark(&app, Some(&told), &lot, terms).expect("read");
    assert_eq!(shown.why, "当时没有", "nothing is computed again");
    // A notice of an earlier release froze the sentence alone: its rules give the band.
    told.notice.benchmark = None;
    assert_eq!(publication::benchmark(&app, Some(&told), &lot, terms).expect("read"), frozen);
    assert!(frozen.unconfirmed, "the county has not said how wide the band is");
    balanced(&app);
}

/// A text that changed after its confirmation is confirmed again before it is published: a task and a message
/// ask for it, whether the loop or the publisher finds it first.
#[test]
fn a_notice_that_changed_is_confirmed_again() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 0);
    market.second(&app, Role::Director);
    let lots = [market.confirmed(&app), market.confirmed(&app)];
    assert_eq!(publication::ask_again(&app).expect("looked"), 0, "nothing has changed");
    approve_fee(&app, &market, 100, "丙号文");
    let publisher = market.post(Role::Publication);
    match publication::publish(&app, publisher, lots[0], None) {
        Err(Stop::Refused(refusal)) => assert_eq!(refusal.code(), "NOTICE_CHANGED"),
        other => panic!("{other:?}"),
    }
    assert_eq!(publication::ask_again(&app).expect("looked"), 1, "the other one");
    let desk = work::desk(&app, &market.collective).expect("a desk");
    for lot in lots {
        assert_eq!(lot_of(&app, lot).notice_confirmed, None);
        let asked = desk.todos.iter().any(|t| t.lot == lot && t.act == Act::ConfirmNotice);
        assert!(asked, "the transferor is asked: {:?}", desk.todos);
    }
    let told = work::inbox(&app, &market.collective).expect("an inbox");
    assert_eq!(told.iter().filter(|m| m.subject == "公告文本有变化，请重新确认").count(), 2, "{told:?}");
    market.confirm_notice(&app, lots[0]);
    publication::publish(&app, publisher, lots[0], None).expect("published");
    green(&app);
}

/// A notice that cannot be written any more does not keep the others from being asked for again.
#[test]
fn one_broken_notice_holds_up_no_other() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 0);
    market.second(&app, Role::Director);
    let lots = [market.confirmed(&app), market.confirmed(&app), market.confirmed(&app)];
    let strange = format!("UPDATE lots SET body = REPLACE(body, '\"0501\"', '\"0599\"') WHERE id = '{}'", lots[1]);
    Engine::connect(&place).run(&strange).expect("a variety that nobody knows");
    approve_fee(&app, &market, 100, "丙号文");
    assert!(publication::ask_again(&app).is_err(), "it is told");
    for lot in [lots[0], lots[2]] {
        assert_eq!(lot_of(&app, lot).notice_confirmed, None, "the others are asked again");
    }
    balanced(&app);
}
