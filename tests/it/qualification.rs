//! What is known of an applicant: what ties him to others, what he took before, what somebody looked up.

use nongquan::acts::qualification::{self, Choice, Found};
use nongquan::acts::{applicant, application, record};
use nongquan::context::{App, new_id};
use nongquan::domain::actor::Role;
use nongquan::domain::base::ids::{DocumentId, LotId};
use nongquan::domain::base::{Day, Instant};
use nongquan::domain::eligibility::{LookedUp, Membership, Question, RuleId, Tie, Verdict};
use nongquan::domain::lot::{Contract, Signatures};
use nongquan::domain::refusal::Refusal;
use nongquan::store::{Stop, parties};

use super::proof::world::{balanced, exchange};
use super::store_contract::engine::Engine;
use super::support::Place;
use super::support::market::{Market, in_order, lot_of};

/// What the reviewer finds on the page of the next application.
fn next(app: &App, market: &Market) -> qualification::Seen {
    let reviewer = market.post(Role::Qualification);
    let id = qualification::take_next(app, reviewer).expect("a turn").expect("an application");
    qualification::seen(app, reviewer, id).expect("seen")
}

/// The fields that stand against a confirmation with this look.
fn against(app: &App, market: &Market, seen: &qualification::Seen, looked_up: LookedUp) -> Vec<String> {
    let found = Found { decision: Choice::Qualify, member: false, priority: false, reason: String::new(), looked_up };
    match qualification::decide(app, market.post(Role::Qualification), seen.application.id, &found) {
        Ok(()) => Vec::new(),
        Err(Stop::Refused(Refusal::Fields { faults })) => faults.into_iter().map(|f| f.field).collect(),
        Err(Stop::Refused(other)) => vec![other.code().to_owned()],
        Err(other) => panic!("{other:?}"),
    }
}

fn verdict(seen: &qualification::Seen, rule: RuleId) -> Option<Verdict> {
    seen.known.findings.iter().find(|f| f.rule == rule).map(|f| f.verdict)
}

#[test]
fn what_two_applicants_share_has_to_be_looked_into() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 3);
    let lot = market.listed(&app);
    // The market's people all name one telephone; the third pays from the account of the second.
    let party = |n: usize| {
        let id = market.bidders[n].party.expect("a party");
        app.store.read(|db| parties::find(db, id)).expect("read").expect("a party")
    };
    let (second, third) = (party(1), party(2));
    Engine::connect(&place)
        .run(&format!("UPDATE parties SET bank_lookup = '{}' WHERE id = '{}'", second.bank_lookup, third.id))
        .expect("changed by hand");
    // Whoever took his application back ties nobody.
    market.applied(&app, lot, &market.bidders[..1]);
    application::withdraw(&app, &market.bidders[0], lot).expect("taken back");
    market.applied(&app, lot, &market.bidders[1..2]);
    let alone = next(&app, &market);
    assert_eq!((alone.known.ties.as_slice(), alone.known.asked.as_slice()), (&[][..], &[Question::Bans][..]));
    assert_eq!(verdict(&alone, RuleId::E36), Some(Verdict::Pass));
    assert_eq!(verdict(&alone, RuleId::E34), Some(Verdict::Manual), "nobody looked");
    let today = app.clock.now().day();
    assert_eq!(against(&app, &market, &alone, LookedUp::default()), ["bans"]);
    assert!(against(&app, &market, &alone, in_order(today)).is_empty());

    market.applied(&app, lot, &market.bidders[2..3]);
    let tied = next(&app, &market);
    assert_eq!(tied.known.ties, [Tie::Phone, Tie::Account]);
    let said = tied.known.findings.iter().find(|f| f.rule == RuleId::E36).expect("a finding");
    assert_eq!(said.verdict, Verdict::Manual);
    assert!(said.explanation.contains("银行账户") && !said.explanation.contains(&second.name), "{}", said.explanation);
    assert_eq!(against(&app, &market, &tied, LookedUp { related: None, ..in_order(today) }), ["related"]);
    let related = LookedUp { related: Some(true), ..in_order(today) };
    assert_eq!(against(&app, &market, &tied, related), ["e36"]);
    assert!(against(&app, &market, &tied, in_order(today)).is_empty());
    // What was looked up is kept with the decision.
    let kept = app.store.read(|db| nongquan::store::application_checks::latest(db, tied.application.id)).expect("read");
    assert_eq!(kept, Some(in_order(today)));
    balanced(&app);
}

/// Gives a lot a contract of this moment.
fn contracted(app: &App, lot: LotId, made_at: Instant) {
    let mut lot = lot_of(app, lot);
    lot.contract = Some(Contract {
        number: String::new(),
        document: DocumentId(new_id()),
        hash: String::new(),
        made_at,
        signatures: Signatures::default(),
        scan: None,
        filing_no: None,
    });
    let columns = record::projection(app, &lot, &app.market.rules).expect("columns");
    app.store.write(|tx| Ok(tx.update_lot(&lot, &columns)?)).expect("written");
}

/// Land that the same transferee took within the period counts, wherever in the county and however long its lot
/// has not moved; what fell through, what was contracted before, what is no land and what others took does not.
#[test]
fn what_an_applicant_took_before_counts_for_the_licence() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 2);
    let lots: Vec<LotId> = (0..6).map(|_| market.listed(&app)).collect();
    let (own, party) = (lot_of(&app, lots[0]), market.bidders[1].party.expect("a party"));
    let other = market.bidders[0].party.expect("a party");
    contracted(&app, lots[1], app.clock.now());
    contracted(&app, lots[4], Day::ymd(2020, 1, 1).expect("a day").at(9, 0));
    let mut engine = Engine::connect(&place);
    let mut change = |lot: usize, set: &str| {
        engine.run(&format!("UPDATE lots SET {set} WHERE id = '{}'", lots[lot])).expect("changed by hand");
    };
    change(1, &format!("transferee_id = '{party}', area = 5000000, entered_at = '2020-01-01 00:00:00'"));
    change(2, &format!("transferee_id = '{party}', area = 1000000, township = '431127102'"));
    change(3, &format!("transferee_id = '{party}', area = 7000000, category = 4"));
    change(4, &format!("transferee_id = '{party}', area = 9000000"));
    change(5, &format!("transferee_id = '{other}', area = 9000000"));
    let rules = app.market.rules.clone();
    let now = app.clock.now();
    let facts = |who| {
        let read = app.store.read(|db| Ok(applicant::licence(db, who, Membership::Outsider, &own, &rules, now)));
        read.expect("read").expect("facts")
    };
    let found = facts(party);
    assert_eq!((found.aggregated.0, found.townships, found.counties), (6_000_000, 2, 1));
    assert_eq!((facts(other).aggregated.0, facts(other).townships), (9_000_000, 1));
    change(2, "stage = 'annulled'");
    assert_eq!((facts(party).aggregated.0, facts(party).townships), (5_000_000, 1));
    balanced(&app);
}
