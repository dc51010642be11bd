#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::term::*;
use super::test_cases::*;
use super::*;
use crate::base::Day;
use crate::category::{LandKind, Mode};

fn within(contract_end: &str, term: TermFacts) -> TermFacts {
    TermFacts { contract_end: Some(day(contract_end)), ..term }
}

fn household() -> CaseRules {
    CaseRules { within_title: true, ..category(1) }
}

#[test]
fn e20_appendix_b() {
    let five_years = within("2028-08-31", term("2026-10-01", "2031-09-30"));
    let finding = e20(&five_years, &household()).unwrap();
    assert_eq!(finding.verdict, Verdict::Fail);
    assert!(finding.explanation.contains("2028年8月31日") && !finding.waivable());
    assert_eq!(max_end(&five_years, &object(), &household()), Some((day("2028-08-31"), Bound::Contract)));
}

#[test]
fn e20_by_table() {
    let verdict =
        |end: &str, rules: &CaseRules| e20(&within("2028-08-31", term("2026-10-01", end)), rules).map(|f| f.verdict);
    assert_eq!(verdict("2028-08-31", &household()), Some(Verdict::Pass), "the last day itself");
    assert_eq!(verdict("2028-09-01", &household()), Some(Verdict::Fail), "a day more");
    assert_eq!(verdict("2028-09-01", &rules()), None, "no title term in category 5");
    let unknown = e20(&term("2026-10-01", "2027-09-30"), &household()).unwrap();
    assert_eq!(unknown.verdict, Verdict::Manual);
}

#[test]
fn e21_appendix_b_and_borders() {
    let forest = CaseRules { within_title: true, land: Some(LandKind::Forest), ..category(2) };
    let forest_25 = within("2066-09-30", term("2026-10-01", "2051-09-30"));
    let finding = e21(&forest_25, &forest).unwrap();
    assert_eq!((finding.verdict, finding.waivable()), (Verdict::Fail, false));
    assert_eq!(max_end(&forest_25, &object(), &forest), Some((day("2046-09-30"), Bound::LeaseCap)));
    assert_eq!(e20(&forest_25, &forest).unwrap().verdict, Verdict::Pass);
    let verdict = |end: &str| e21(&term("2026-10-01", end), &rules()).unwrap().verdict;
    assert_eq!(verdict("2046-09-30"), Verdict::Pass, "exactly twenty years");
    assert_eq!(verdict("2046-10-01"), Verdict::Fail, "a day more");
    let sale = CaseRules { mode: Mode::Transfer, ..rules() };
    assert_eq!(e21(&term("2026-10-01", "2066-09-30"), &sale), None, "a transfer is no lease");
}

#[test]
fn e22_by_table() {
    let head = HeadLease { end: day("2030-12-31"), contractor_consent: true, filed: true };
    let verdict = |end: &str, head: HeadLease| {
        let facts = TermFacts { head_lease: Some(head), ..term("2026-10-01", end) };
        e22(&facts).unwrap().verdict
    };
    assert_eq!(verdict("2030-12-31", head), Verdict::Pass);
    assert_eq!(verdict("2031-01-01", head), Verdict::Fail);
    assert_eq!(verdict("2030-12-31", HeadLease { contractor_consent: false, ..head }), Verdict::Fail);
    assert_eq!(verdict("2030-12-31", HeadLease { filed: false, ..head }), Verdict::Fail);
    assert_eq!(e22(&term("2026-10-01", "2030-12-31")), None);
}

#[test]
fn e23_by_table() {
    let wasteland = CaseRules { mode: Mode::ContractOut, lease_cap_years: Some(50), ..category(3) };
    let verdict = |end: &str| e23(&term("2026-10-01", end), &object(), &wasteland).map(|f| f.verdict);
    assert_eq!(verdict("2056-09-30"), Some(Verdict::Pass), "thirty years");
    assert_eq!(verdict("2056-10-01"), Some(Verdict::Warn));
    assert_eq!(verdict("2076-09-30"), Some(Verdict::Warn), "fifty years");
    assert_eq!(verdict("2076-10-01"), Some(Verdict::Fail));
    let finding = e23(&term("2026-10-01", "2077-01-01"), &object(), &wasteland).unwrap();
    assert!(finding.waivable(), "local practice");
    let of_household = ObjectFacts { owner: Owner::Household, ..object() };
    assert_eq!(e23(&term("2026-10-01", "2077-01-01"), &of_household, &wasteland), None);
}

#[test]
fn e24_takes_the_earliest_bound() {
    let mut facts = within("2040-12-31", term("2026-10-01", "2031-09-30"));
    facts.head_lease = Some(HeadLease { end: day("2030-06-30"), contractor_consent: true, filed: true });
    let titled = ObjectFacts { title: TitleFacts { expires: Some(day("2029-01-01")), ..object().title }, ..object() };
    let latest = |facts: &TermFacts, object: &ObjectFacts| max_end(facts, object, &household()).unwrap();
    assert_eq!(latest(&facts, &titled), (day("2029-01-01"), Bound::TitleExpiry));
    assert_eq!(latest(&facts, &object()), (day("2030-06-30"), Bound::HeadLease));
    facts.head_lease = None;
    assert_eq!(latest(&facts, &object()), (day("2040-12-31"), Bound::Contract));
    let short = CaseRules { lease_cap_years: Some(3), ..household() };
    assert_eq!(max_end(&facts, &object(), &short), Some((day("2029-09-30"), Bound::VarietyCap)));
    assert_eq!(e24(&facts, &object(), &short).verdict, Verdict::Fail);
    assert_eq!(e24(&facts, &object(), &household()).verdict, Verdict::Pass);
}

#[test]
fn e24_next_round_counts_only_when_attached() {
    let second_round = within("2028-08-31", term("2026-10-01", "2031-09-30"));
    let renewed = TermFacts { next_contract_end: Some(day("2058-08-31")), ..second_round.clone() };
    assert_eq!(e24(&second_round, &object(), &household()).verdict, Verdict::Fail);
    assert_eq!(e20(&renewed, &household()).unwrap().verdict, Verdict::Pass);
    assert_eq!(max_end(&renewed, &object(), &household()), Some((day("2046-09-30"), Bound::LeaseCap)));
    let turned = term("2026-10-01", "2026-09-30");
    assert_eq!(e24(&turned, &object(), &household()).verdict, Verdict::Fail, "ends before it starts");
    let over = within("2026-08-31", term("2026-10-01", "2026-10-31"));
    assert!(e24(&over, &object(), &household()).explanation.contains("早于起始日"));
    let unbound = CaseRules { mode: Mode::Transfer, ..rules() };
    assert_eq!(e24(&term("2026-10-01", "2090-10-01"), &object(), &unbound).verdict, Verdict::Pass);
}

#[test]
fn e25_by_table() {
    let shop = CaseRules { land: None, mode: Mode::Hire, ..category(4) };
    let verdict = |end: &str, voted| {
        let facts = TermFacts { voted, ..term("2026-10-01", end) };
        e25(&facts, &object(), &shop, &Limits::DEFAULT).unwrap().verdict
    };
    assert_eq!(verdict("2031-09-30", false), Verdict::Pass, "five years");
    assert_eq!(verdict("2031-10-01", false), Verdict::Fail, "needs a vote");
    assert_eq!(verdict("2031-10-01", true), Verdict::Pass);
    assert_eq!(verdict("2036-09-30", true), Verdict::Pass, "ten years");
    assert_eq!(verdict("2036-10-01", true), Verdict::Warn);
    let private = ObjectFacts { owner: Owner::Individual, ..object() };
    let facts = term("2026-10-01", "2033-09-30");
    assert_eq!(e25(&facts, &private, &shop, &Limits::DEFAULT).unwrap().verdict, Verdict::Pass);
    assert_eq!(e25(&facts, &object(), &rules(), &Limits::DEFAULT), None, "land is no asset");
}

#[test]
fn e26_by_table() {
    let patent = CaseRules { land: None, mode: Mode::Licence, ..category(13) };
    let verdict = |end: &str, protection: Option<&str>| {
        let facts = TermFacts { protection_end: protection.map(day), ..term("2026-10-01", end) };
        e26(&facts, &patent).unwrap().verdict
    };
    assert_eq!(verdict("2030-01-01", Some("2030-01-01")), Verdict::Pass);
    assert_eq!(verdict("2030-01-02", Some("2030-01-01")), Verdict::Fail);
    assert_eq!(verdict("2030-01-02", None), Verdict::Manual);
}

proptest! {
    /// Whatever bounds there are, a term up to the latest end passes and a day more does not.
    #[test]
    fn e24_is_exactly_the_border(
        contract in 0i64..20_000,
        head in prop::option::of(0i64..20_000),
        cap in prop::option::of(1u32..40),
    ) {
        let start = day("2026-10-01");
        let later = |days: i64| start.plus(days);
        let rules = CaseRules { lease_cap_years: cap, ..household() };
        let mut facts = TermFacts { contract_end: Some(later(contract)), ..term("2026-10-01", "2026-10-01") };
        facts.head_lease = head.map(|days| HeadLease { end: later(days), contractor_consent: true, filed: true });
        let (latest, _) = max_end(&facts, &object(), &rules).unwrap();
        let ends = |end: Day| e24(&TermFacts { end, ..facts.clone() }, &object(), &rules).verdict;
        prop_assert_eq!(ends(latest), Verdict::Pass);
        prop_assert_eq!(ends(latest.plus(1)), Verdict::Fail);
        let law = e20(&TermFacts { end: latest, ..facts.clone() }, &rules).unwrap();
        prop_assert_eq!(law.verdict, Verdict::Pass);
        prop_assert_eq!(e21(&TermFacts { end: latest, ..facts }, &rules).unwrap().verdict, Verdict::Pass);
    }
}
