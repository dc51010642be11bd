//! Deposits and those who pay them: whose account a statement tells of, when money goes back, who may stand on
//! the list, and what everybody is told.

use nongquan::acts::payouts::{self, Step, Unpaid};
use nongquan::acts::qualification::{self, Choice, Found};
use nongquan::acts::{application, bank, bidding, clock, negotiation, posts, scheduling, suspense};
use nongquan::context::App;
use nongquan::domain::actor::{Actor, Role};
use nongquan::domain::application::{Application, Status};
use nongquan::domain::base::ids::LotId;
use nongquan::domain::funds::Account;
use nongquan::domain::lot::Stage;
use nongquan::domain::refusal::Refusal;
use nongquan::store::holds::{self, HoldStatus};
use nongquan::store::refunds::StoredOrder;
use nongquan::store::{Stop, accounts, applications, bids, ledger, outbox, proof, refunds};

use super::proof::world::{balanced, exchange, green, verified};
use super::store_contract::engine::Engine;
use super::support::Place;
use super::support::market::{Market, in_order, lot_of};
use super::support::people::security;

fn own(app: &App, lot: LotId, who: &Actor) -> Application {
    let party = who.party.expect("a party");
    app.store.read(|db| applications::of_party(db, lot, party)).expect("read").expect("applied")
}

fn orders(app: &App, status: &str) -> Vec<StoredOrder> {
    app.store.read(|db| refunds::with_status(db, status, 100)).expect("read")
}

fn inbox(app: &App, who: &Actor, topic: &str) -> Vec<String> {
    let all = app.store.read(|db| outbox::inbox(db, who.account, 100)).expect("read");
    all.into_iter().filter(|m| m.topic == topic).map(|m| m.body).collect()
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Stop>) -> Refusal {
    match outcome {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn import(app: &App, market: &Market, text: &str) -> Result<bank::Imported, Stop> {
    bank::import(app, market.post(Role::Finance), "流水.csv", text.as_bytes())
}

/// The reviewer takes the next application and decides.
fn decided(app: &App, market: &Market, decision: Choice, reason: &str) {
    let reviewer = market.post(Role::Qualification);
    let id = qualification::take_next(app, reviewer).expect("a turn").expect("an application");
    let (a, _, _) = qualification::assigned(app, reviewer, id).expect("assigned");
    let found = Found {
        decision,
        member: a.body.answers.member == Some(true),
        priority: a.body.priority.is_some(),
        reason: reason.to_owned(),
        looked_up: in_order(app.clock.now().day()),
    };
    qualification::decide(app, reviewer, id, &found).unwrap_or_else(|stop| panic!("{stop:?}"));
}

fn closed(app: &App, market: &Market, lot: LotId) {
    let closes = lot_of(app, lot).listing.expect("a listing").closes;
    market.to(closes.plus_secs(1));
    clock::settle_lot(app, lot, app.clock.now()).expect("closed");
}

fn freeze(app: &App, market: &Market, lot: LotId) -> Result<qualification::Frozen, Stop> {
    qualification::freeze(app, market.post(Role::Qualification), lot)
}

/// Everything of a faulty statement is refused with its rows, and nothing of it is kept.
#[test]
fn a_statement_of_another_account_or_with_changed_rows_leaves_nothing() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 2);
    let lot = market.listed(&app);
    market.applied(&app, lot, &market.bidders);
    let good = market.deposits(&app, lot, &market.bidders);
    let sub = own(&app, lot, &market.bidders[1]).sub_account;
    let elsewhere = import(&app, &market, &good.replace(&format!(",{sub},"), ",82010100000000099,"));
    let Refusal::Fields { faults } = refusal(elsewhere) else { panic!("beside the field") };
    let told: Vec<&str> = faults.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(told, ["第 3 行“收款账号”：账号 82010100000000099 不是交易资金结算账户，请核对导出的账户。"]);
    let mut engine = Engine::connect(&place);
    let mut count =
        |table: &str| engine.values(&format!("SELECT CAST(COUNT(*) AS TEXT) AS value FROM {table}"))[0].clone();
    for table in ["statements", "bank_lines", "holds", "ledger_entries"] {
        assert_eq!(count(table), "0", "{table}");
    }
    // A file without lines tells nothing, unless somebody says up to when the account stood still.
    let head = good.lines().next().expect("a head");
    assert!(refusal(import(&app, &market, head)).to_string().contains("只有表头"));
    let (finance, now) = (market.post(Role::Finance), app.clock.now());
    let still = bank::import_through(&app, finance, "空.csv", head.as_bytes(), Some(now)).expect("imported");
    assert_eq!(still, bank::Imported::default());
    let reached = |at| app.store.read(|db| nongquan::store::bank::reached(db, at)).expect("read");
    assert!(reached(now) && !reached(now.plus_secs(1)));
    assert_eq!(import(&app, &market, &good).expect("imported").matched, 2);
    // The same serials with another sum: no second look at the file is taken for granted.
    let deposit = lot_of(&app, lot).terms().expect("terms").deposit;
    let changed = good.replace(&format!(",{},", deposit.decimal()), ",1.00,");
    let Refusal::Fields { faults } = refusal(import(&app, &market, &changed)) else { panic!("beside the field") };
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[0].message.starts_with("第 2 行“金额”") && faults[0].message.contains("内容不同"), "{faults:?}");
    assert_eq!(count("statements"), "2");
    let again = import(&app, &market, &good).expect("known");
    assert_eq!((again.new, again.known), (0, 2));
    green(&app);
}

/// One who is asked to correct and keeps silent does not hold the others' deposits.
#[test]
fn a_silent_applicant_holds_nobody() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 3);
    let lot = market.listed(&app);
    market.applied(&app, lot, &market.bidders);
    import(&app, &market, &market.deposits(&app, lot, &market.bidders)).expect("imported");
    decided(&app, &market, Choice::Qualify, "");
    decided(&app, &market, Choice::Qualify, "");
    closed(&app, &market, lot);
    decided(&app, &market, Choice::Correct, "缺资信证明");
    let silent = own(&app, lot, &market.bidders[2]);
    let by = silent.correct_by.expect("a limit");
    assert!(inbox(&app, &market.bidders[2], "qualification")[0].contains(&by.zh()), "he is told until when");
    let waits = refusal(freeze(&app, &market, lot)).to_string();
    assert!(!waits.contains(|c: char| c.is_ascii_digit()), "no number tells how many applied: {waits}");
    market.to(by);
    let late = refusal(application::submit(&app, &market.bidders[2], lot));
    assert!(late.to_string().contains("补正期限"), "{late}");
    assert_eq!(freeze(&app, &market, lot).expect("the list").bidders, 2);
    let silent = own(&app, lot, &market.bidders[2]);
    assert_eq!((silent.status, silent.reason.as_str()), (Status::Refused, "补正期限届满没有补正"));
    assert_eq!(orders(&app, "due").len(), 1, "his deposit goes back");
    green(&app);
}

/// What lies with somebody who left the post is taken by another; an overdue correction comes back to be refused,
/// and the refund is ordered there and then.
#[test]
fn an_application_does_not_stay_with_who_left() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 2);
    let lot = market.listed(&app);
    market.applied(&app, lot, &market.bidders[..1]);
    import(&app, &market, &market.deposits(&app, lot, &market.bidders[..1])).expect("imported");
    let left = market.second(&app, Role::Qualification);
    let taken = qualification::take_next(&app, &left).expect("a turn").expect("an application");
    let reviewer = market.post(Role::Qualification);
    assert_eq!(qualification::take_next(&app, reviewer).expect("a turn"), None, "it is another's");
    posts::revoke(&app, &security(&app, &market.admin), left.account, Role::Qualification.code()).expect("revoked");
    assert_eq!(qualification::take_next(&app, reviewer).expect("a turn"), Some(taken));
    decided(&app, &market, Choice::Correct, "缺资信证明");
    assert_eq!(qualification::take_next(&app, reviewer).expect("a turn"), None, "he may correct");
    market.to(own(&app, lot, &market.bidders[0]).correct_by.expect("a limit"));
    decided(&app, &market, Choice::Refuse, "期满未补正");
    let due = orders(&app, "due");
    assert_eq!(due.len(), 1, "ordered with the decision, not with the list");
    assert_eq!(due[0].cause.name(), "not_qualified");
    green(&app);
}

/// Whoever paid may stand on the list by what the ledger holds, whatever a row says; and the row is named.
#[test]
fn the_ledger_decides_who_has_paid() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 2);
    let lot = market.listed(&app);
    market.qualified(&app, lot, &market.bidders);
    let hold = own(&app, lot, &market.bidders[1]).id;
    let mut engine = Engine::connect(&place);
    engine.run(&format!("UPDATE holds SET status = 'forfeited' WHERE application_id = '{hold}'")).expect("by hand");
    let broken = verified(&app, None).broken[0].clone();
    assert!(broken.place.contains("holds 表") && broken.what.contains("held"), "{broken}");
    closed(&app, &market, lot);
    assert_eq!(freeze(&app, &market, lot).expect("the list").bidders, 2, "the ledger still holds it");
    let party = market.bidders[1].party.expect("a party");
    let bidder = app.store.read(|db| bids::bidder_of(db, lot, party)).expect("read").expect("a number");
    assert_eq!(bidder.deposit, lot_of(&app, lot).terms().expect("terms").deposit);
    engine.run(&format!("UPDATE holds SET status = 'held' WHERE application_id = '{hold}'")).expect("put back");
    green(&app);
}

/// The list waits for the statement that tells who paid in time.
#[test]
fn the_list_waits_for_the_statement_of_the_last_hour() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 3);
    let lot = market.listed(&app);
    market.qualified(&app, lot, &market.bidders[..2]);
    market.applied(&app, lot, &market.bidders[2..]);
    decided(&app, &market, Choice::Qualify, "");
    // He pays ten minutes before the close; his line is not imported yet.
    let closes = lot_of(&app, lot).listing.expect("a listing").closes;
    market.to(closes);
    let late = market.deposits(&app, lot, &market.bidders[2..]);
    closed(&app, &market, lot);
    let missing = refusal(freeze(&app, &market, lot));
    assert!(missing.to_string().contains(&closes.zh()), "it names the statement: {missing}");
    assert_eq!(own(&app, lot, &market.bidders[2]).status, Status::Qualified, "nobody is dropped");
    // His line alone reaches to ten minutes before the close; what came after it is not known.
    let finance = market.post(Role::Finance);
    let future = bank::import_through(&app, finance, "a.csv", late.as_bytes(), Some(closes.plus_mins(90)));
    assert!(refusal(future).to_string().contains("不能晚于现在"));
    assert_eq!(import(&app, &market, &late).expect("imported").matched, 1);
    assert_eq!(freeze(&app, &market, lot).expect("the list").bidders, 3, "now everybody has paid");
    green(&app);
}

/// A failed lot numbers nobody and tells everybody.
#[test]
fn who_is_on_no_list_is_told_of_no_list() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 2);
    let (one, two) = (market.listed(&app), market.listed(&app));
    for lot in [one, two] {
        market.qualified(&app, lot, &market.bidders);
    }
    let mut engine = Engine::connect(&place);
    let policy = |engine: &mut Engine, lot: LotId, policy: &str| {
        let set =
            "SET snapshot = REPLACE(REPLACE(snapshot, 'deal_at_max', '{}'), 'min_bidders\\\":1', 'min_bidders\\\":3')";
        engine
            .run(&format!("UPDATE rounds {} WHERE lot_id = '{lot}'", set.replace("{}", policy)))
            .expect("another notice");
    };
    policy(&mut engine, one, "fail");
    policy(&mut engine, two, "negotiate");
    closed(&app, &market, one);
    clock::settle_lot(&app, two, app.clock.now()).expect("closed");
    freeze(&app, &market, one).expect("too few");
    assert_eq!(lot_of(&app, one).stage, Stage::FailedCompetition);
    for bidder in &market.bidders {
        assert_eq!(own(&app, one, bidder).bidder_no, None);
        assert!(inbox(&app, bidder, "bidder_list").is_empty(), "he is on no list");
        assert_eq!(inbox(&app, bidder, "lot_ended").len(), 1, "he is told of the end");
    }
    assert_eq!(inbox(&app, &market.collective, "lot_ended").len(), 1);
    // Two under a minimum of three negotiate; the negotiation may come to nothing, and nothing stays locked.
    freeze(&app, &market, two).expect("a negotiation");
    assert_eq!(lot_of(&app, two).stage, Stage::Negotiation);
    assert!(inbox(&app, &market.bidders[0], "bidder_list")[0].contains("协商"));
    let host = market.post(Role::Bidding);
    assert!(refusal(negotiation::not_agreed(&app, host, two, " ", None)).to_string().contains("没有达成一致"));
    let reviewer = market.post(Role::Qualification);
    assert!(negotiation::not_agreed(&app, reviewer, two, "价格谈不拢", None).is_err(), "not his post");
    negotiation::not_agreed(&app, host, two, "双方对付款方式有分歧", None).expect("recorded");
    assert_eq!(lot_of(&app, two).stage, Stage::FailedCompetition);
    for bidder in &market.bidders {
        let id = own(&app, two, bidder).id;
        let held = app.store.read(|db| ledger::balance(db, Account::DepositHeld(id))).expect("read");
        assert_eq!(held.0, 0, "it goes back");
    }
    assert_eq!(orders(&app, "due").len(), 4);
    balanced(&app);
}

/// Whoever qualified an applicant runs no part of the room, with whatever second post.
#[test]
fn who_qualifies_does_not_run_the_room() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 2);
    let lot = market.listed(&app);
    market.qualified(&app, lot, &market.bidders);
    let both = with_another(&app, &market, Role::Qualification, Role::Bidding);
    closed(&app, &market, lot);
    freeze(&app, &market, lot).expect("the list");
    let plan = market.plan(&app, lot);
    assert!(matches!(refusal(scheduling::schedule(&app, &both, lot, plan)), Refusal::SameHand { .. }));
    scheduling::schedule(&app, market.post(Role::Bidding), lot, plan).expect("another may");
    market.to(plan.starts);
    clock::settle_lot(&app, lot, plan.starts).expect("opened");
    let order = |second: &Actor| bidding::PauseOrder {
        ground: nongquan::domain::auction::FreezeGround::PowerFailure,
        reason: "机房停电".into(),
        second: (login_of(&app, second), super::support::people::PASSWORD.into()),
        address: String::new(),
    };
    let director = market.post(Role::Director);
    assert!(matches!(refusal(bidding::pause(&app, &both, lot, &order(director))), Refusal::SameHand { .. }));
    let host = market.post(Role::Bidding);
    assert!(matches!(refusal(bidding::pause(&app, host, lot, &order(&both))), Refusal::SameHand { .. }));
    bidding::pause(&app, host, lot, &order(director)).expect("paused");
    market.later(60);
    assert!(matches!(refusal(bidding::resume(&app, &both, lot, None)), Refusal::SameHand { .. }));
    bidding::resume(&app, host, lot, None).expect("resumed");
    balanced(&app);
}

/// The holder of a post, given another one besides.
fn with_another(app: &App, market: &Market, holds: Role, new: Role) -> Actor {
    let who = market.post(holds);
    posts::grant(app, &security(app, &market.admin), who.account, new.code(), "").expect("granted");
    let account = app.store.read(|db| accounts::find(db, who.account)).expect("read").expect("an account");
    app.store.read(|db| accounts::actor(db, &account)).expect("read")
}

fn login_of(app: &App, who: &Actor) -> String {
    app.store.read(|db| accounts::find(db, who.account)).expect("read").expect("an account").login
}

/// A payment that the bank is said not to have carried out: two say so, and should its line come it is not paid
/// again. Whoever comes second at a step learns who was first.
#[test]
fn a_payment_held_for_lost_is_not_paid_twice() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 2);
    let lot = market.listed(&app);
    market.applied(&app, lot, &market.bidders[1..]);
    import(&app, &market, &market.deposits(&app, lot, &market.bidders[1..])).expect("imported");
    application::withdraw(&app, &market.bidders[1], lot).expect("taken back");
    let (maker, checker) = (market.post(Role::Finance).clone(), market.second(&app, Role::Finance));
    let id = orders(&app, "due")[0].id;
    payouts::step(&app, &maker, id, Step::Make).expect("made");
    let Refusal::DecidedAlready { who, .. } = refusal(payouts::step(&app, &checker, id, Step::Make)) else { panic!() };
    assert_eq!(who, maker.name);
    payouts::step(&app, &checker, id, Step::Check).expect("checked");
    payouts::make_file(&app, &maker).expect("sent");
    let report = Unpaid::Report("柜台退票，账户状态异常".into());
    assert!(payouts::unpaid(&app, &maker, id, &Unpaid::Confirm).is_err(), "nobody reported it");
    assert!(payouts::unpaid(&app, &maker, id, &Unpaid::Report(" ".into())).is_err(), "a reason is needed");
    payouts::unpaid(&app, &maker, id, &report).expect("reported");
    assert!(matches!(refusal(payouts::unpaid(&app, &maker, id, &Unpaid::Confirm)), Refusal::SameHand { .. }));
    payouts::unpaid(&app, &checker, id, &Unpaid::Confirm).expect("confirmed");
    payouts::step(&app, &maker, id, Step::Make).expect("made again");
    let line = market.paid_out(&app, &orders(&app, "made")[0]);
    let done = import(&app, &market, &line).expect("imported");
    assert_eq!((done.new, done.matched), (1, 1), "the line of the first payment ends it");
    assert_eq!(orders(&app, "done").len(), 1);
    assert!(payouts::step(&app, &checker, id, Step::Check).is_err(), "it is not paid again");
    let hold = app.store.read(|db| holds::of_refund(db, id)).expect("read").expect("the deposit");
    assert_eq!(hold.status, HoldStatus::Refunded);
    // A stray line is sent back by one; the other reads who and when.
    let stray = market.deposits(&app, lot, &market.bidders[1..]);
    import(&app, &market, &stray).expect("imported");
    let line = app.store.read(|db| nongquan::store::bank::lines(db, Some("unmatched"), 9)).expect("read")[0].id;
    suspense::send_back(&app, &maker, line).expect("sent back");
    let Refusal::DecidedAlready { who, .. } = refusal(suspense::send_back(&app, &checker, line)) else { panic!() };
    assert_eq!(who, maker.name);
    assert!(app.store.read(|db| proof::holds(db)).expect("read").len() == 1);
    green(&app);
}

/// Confirming somebody as a member whom nobody verified as one is refused beside the field.
#[test]
fn a_tick_does_not_make_a_member() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 2);
    let lot = market.listed(&app);
    let mut engine = Engine::connect(&place);
    let party = market.bidders[0].party.expect("a party");
    market.applied(&app, lot, &market.bidders[..1]);
    let reviewer = market.post(Role::Qualification);
    let id = qualification::take_next(&app, reviewer).expect("a turn").expect("an application");
    let found = |member, priority| Found {
        decision: Choice::Qualify,
        member,
        priority,
        reason: String::new(),
        looked_up: in_order(app.clock.now().day()),
    };
    let field = |member, priority| match refusal(qualification::decide(&app, reviewer, id, &found(member, priority))) {
        Refusal::Fields { faults } => faults[0].field.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(field(false, true), "priority", "the members' priority is the members' alone");
    engine.run(&format!("UPDATE parties SET village = '别的村' WHERE id = '{party}'")).expect("moved");
    assert_eq!(field(true, true), "member");
    qualification::decide(&app, reviewer, id, &found(false, false)).expect("confirmed as what he is");
    let a = own(&app, lot, &market.bidders[0]);
    assert!(a.outsider && a.priority_rank.is_none());
    balanced(&app);
}
