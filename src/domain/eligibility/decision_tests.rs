#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::decision::*;
use super::test_cases::*;
use super::*;
use crate::base::Fen;
use crate::category::{DecisionBody, DecisionRule, DecisionWhen, Mode, ValuationRule};

fn with(record: DecisionRecord) -> DecisionFacts {
    DecisionFacts { record: Some(record), ..decision() }
}

fn body(meeting: Meeting, held: &str) -> Verdict {
    let facts = with(DecisionRecord { meeting, held: day(held), ..record() });
    e50(&object(), &facts, &rules(), &Limits::DEFAULT).unwrap().verdict
}

#[test]
fn e50_members_meeting_since_the_act() {
    assert_eq!(body(Meeting::Members, "2026-08-01"), Verdict::Pass);
    assert_eq!(body(Meeting::Representatives, "2025-04-30"), Verdict::Pass, "the day before");
    assert_eq!(body(Meeting::Representatives, "2025-05-01"), Verdict::Fail, "the first day of the Act");
    assert_eq!(body(Meeting::VillageRepresentatives, "2026-08-01"), Verdict::Fail);
    assert_eq!(body(Meeting::Council, "2026-08-01"), Verdict::Fail);
    assert_eq!(body(Meeting::Group, "2026-08-01"), Verdict::Manual);
    let lenient = Limits { representatives_for_land: true, ..Limits::DEFAULT };
    let facts = with(DecisionRecord { meeting: Meeting::Representatives, ..record() });
    let finding = e50(&object(), &facts, &rules(), &lenient).unwrap();
    assert_eq!((finding.verdict, finding.waivable()), (Verdict::Manual, false));
}

#[test]
fn e50_representatives_are_enough_for_assets() {
    let body = DecisionBody::Representatives;
    let shop = CaseRules {
        land: None,
        decision: DecisionRule { when: DecisionWhen::CollectiveOwned, body, township_approval: false },
        ..category(4)
    };
    let facts = with(DecisionRecord { meeting: Meeting::Representatives, ..record() });
    assert_eq!(e50(&object(), &facts, &shop, &Limits::DEFAULT).unwrap().verdict, Verdict::Pass);
    let missing = DecisionFacts { record: None, ..decision() };
    assert_eq!(e50(&object(), &missing, &shop, &Limits::DEFAULT).unwrap().verdict, Verdict::Fail);
    let council = CaseRules {
        decision: DecisionRule { when: DecisionWhen::Always, body: DecisionBody::Council, township_approval: false },
        ..shop
    };
    let facts = with(DecisionRecord { meeting: Meeting::Council, ..record() });
    assert_eq!(e50(&object(), &facts, &council, &Limits::DEFAULT).unwrap().verdict, Verdict::Pass);
    let bare = with(DecisionRecord { minutes: false, ..record() });
    assert_eq!(e50(&object(), &bare, &council, &Limits::DEFAULT).unwrap().verdict, Verdict::Fail);
}

#[test]
fn e50_outsiders_need_the_township() {
    let facts = DecisionFacts { township_approved: false, ..decision() };
    let finding = e50(&object(), &facts, &rules(), &Limits::DEFAULT).unwrap();
    assert!(finding.blocks() && finding.explanation.contains("乡镇人民政府批准"));
    let members = DecisionFacts { open_to_outsiders: false, ..facts };
    assert_eq!(e50(&object(), &members, &rules(), &Limits::DEFAULT).unwrap().verdict, Verdict::Pass);
}

#[test]
fn a_decision_is_asked_only_where_the_variety_says() {
    let when = |when| CaseRules { decision: DecisionRule { when, ..rules().decision }, ..rules() };
    let needed = |rule, owner, outsiders| {
        let facts = DecisionFacts { open_to_outsiders: outsiders, ..decision() };
        is_needed(&ObjectFacts { owner, ..object() }, &facts, &when(rule))
    };
    assert!(needed(DecisionWhen::Always, Owner::Household, false));
    assert!(!needed(DecisionWhen::Never, Owner::Collective, true));
    assert!(needed(DecisionWhen::CollectiveOwned, Owner::Collective, false));
    assert!(!needed(DecisionWhen::CollectiveOwned, Owner::Household, true));
    assert!(needed(DecisionWhen::Outsider, Owner::Collective, true));
    assert!(!needed(DecisionWhen::Outsider, Owner::Collective, false));
    let never = when(DecisionWhen::Never);
    assert_eq!(e50(&object(), &decision(), &never, &Limits::DEFAULT), None);
    assert_eq!(e51(&object(), &decision(), &never), None);
    assert_eq!(e52(&object(), &decision(), &never, &Limits::DEFAULT, today()), None);
}

fn vote(meeting: Meeting, eligible: u32, attended: u32, in_favour: u32, rules: &CaseRules) -> Verdict {
    let record = DecisionRecord { meeting, eligible, attended, in_favour, proxies: 0, ..record() };
    e51(&object(), &with(record), rules).unwrap().verdict
}

#[test]
fn e51_appendix_b() {
    assert_eq!(
        vote(Meeting::Members, 300, 200, 199, &rules()),
        Verdict::Fail,
        "two thirds of all, not of those present"
    );
    assert_eq!(vote(Meeting::Members, 300, 200, 200, &rules()), Verdict::Pass);
    assert_eq!(vote(Meeting::Members, 300, 199, 199, &rules()), Verdict::Fail, "no quorum");
}

#[test]
fn e51_by_table() {
    use Meeting as M;
    let shop = CaseRules { land: None, ..category(4) };
    for (meeting, eligible, attended, favour, rules, verdict) in [
        (M::Members, 301, 201, 201, &rules(), Verdict::Pass),
        (M::Members, 301, 201, 200, &rules(), Verdict::Fail),
        (M::Members, 1, 1, 1, &rules(), Verdict::Pass),
        (M::Representatives, 30, 25, 20, &shop, Verdict::Pass),
        (M::Representatives, 30, 25, 19, &shop, Verdict::Fail),
        (M::Council, 7, 5, 4, &shop, Verdict::Pass),
        (M::Council, 7, 5, 3, &shop, Verdict::Fail),
        (M::Council, 7, 4, 4, &shop, Verdict::Fail),
        (M::Villagers, 100, 51, 26, &shop, Verdict::Pass),
        (M::Villagers, 100, 50, 50, &shop, Verdict::Fail),
        (M::Villagers, 100, 51, 26, &rules(), Verdict::Fail),
        (M::Villagers, 100, 70, 67, &rules(), Verdict::Pass),
        (M::VillageRepresentatives, 30, 20, 11, &shop, Verdict::Pass),
        (M::VillageRepresentatives, 30, 20, 10, &shop, Verdict::Fail),
        (M::VillageRepresentatives, 30, 20, 19, &rules(), Verdict::Fail),
        (M::VillageRepresentatives, 30, 20, 20, &rules(), Verdict::Pass),
        (M::Group, 30, 20, 11, &shop, Verdict::Pass),
        (M::Group, 30, 19, 19, &shop, Verdict::Fail),
    ] {
        let got = vote(meeting, eligible, attended, favour, rules);
        assert_eq!(got, verdict, "{meeting} {eligible}/{attended}/{favour}");
    }
}

#[test]
fn e51_figures_must_agree_and_notice_be_given() {
    let fails = |change: fn(&mut DecisionRecord)| {
        let mut record = record();
        change(&mut record);
        e51(&object(), &with(record), &rules()).unwrap().blocks()
    };
    assert!(fails(|r| r.attended = 301));
    assert!(fails(|r| r.against = 1));
    assert!(fails(|r| r.proxies = 201));
    assert!(fails(|r| (r.eligible, r.attended, r.in_favour, r.proxies) = (0, 0, 0, 0)));
    assert!(fails(|r| r.noticed = None));
    assert!(fails(|r| r.noticed = Some(day("2026-07-23"))), "nine days");
    assert!(!fails(|r| r.noticed = Some(day("2026-07-22"))), "ten days");
    assert!(!fails(|r| (r.held, r.noticed) = (day("2025-04-30"), None)), "before the Act");
}

#[test]
fn e52_by_table() {
    let posted = |from: &str, to: &str, both_photos| {
        let posting = Some(Posting { from: day(from), to: day(to), both_photos });
        e52(&object(), &DecisionFacts { posting, ..decision() }, &rules(), &Limits::DEFAULT, today()).unwrap().verdict
    };
    assert_eq!(posted("2026-08-02", "2026-08-09", true), Verdict::Pass, "seven days, the first not counted");
    assert_eq!(posted("2026-08-02", "2026-08-08", true), Verdict::Fail);
    assert_eq!(posted("2026-08-02", "2026-08-09", false), Verdict::Fail);
    assert_eq!(posted("2026-07-31", "2026-08-09", true), Verdict::Fail, "before the meeting");
    assert_eq!(posted("2026-08-25", "2026-09-01", true), Verdict::Pass, "ends today");
    assert_eq!(posted("2026-08-25", "2026-09-02", true), Verdict::Fail, "not over yet");
    let none = DecisionFacts { posting: None, ..decision() };
    assert!(e52(&object(), &none, &rules(), &Limits::DEFAULT, today()).unwrap().blocks());
}

#[test]
fn e53_by_table() {
    let letters = |households, authorised| {
        let facts = DecisionFacts { households, authorised, ..decision() };
        e53(&facts, &category(1)).map(|f| f.verdict)
    };
    assert_eq!(letters(12, 12), Some(Verdict::Pass));
    assert_eq!(letters(12, 11), Some(Verdict::Fail));
    assert_eq!(letters(0, 0), None);
}

#[test]
fn e60_and_e61_by_table() {
    let sale = CaseRules { mode: Mode::Assign, valuation: ValuationRule::OnSale, ..category(4) };
    let lease = CaseRules { mode: Mode::Hire, ..sale.clone() };
    let of = |owner| ObjectFacts { owner, ..object() };
    let reported = ValuationFacts { report: Some((Fen::yuan(1), today())), ..valuation() };
    let e60 = |owner, facts: &ValuationFacts, rules: &CaseRules| valuation::e60(&of(owner), facts, rules);
    assert!(e60(Owner::Collective, &valuation(), &sale).unwrap().blocks());
    assert!(!e60(Owner::Collective, &reported, &sale).unwrap().blocks());
    assert_eq!(e60(Owner::Collective, &valuation(), &lease), None);
    let state = e60(Owner::State, &valuation(), &CaseRules { valuation: ValuationRule::NotRequired, ..sale }).unwrap();
    assert!(state.blocks() && !state.waivable(), "state property by regulation");
    assert!(
        e60(Owner::Cooperative, &valuation(), &CaseRules { valuation: ValuationRule::Always, ..lease.clone() })
            .unwrap()
            .waivable()
    );
    assert_eq!(valuation::e61(&object(), &valuation(), &lease).unwrap().verdict, Verdict::Pass);
    assert_eq!(valuation::e61(&object(), &reported, &lease), None);
}

#[test]
fn e62_by_table() {
    let check = |base: &str, start: i64, approved_bp| {
        let report = Some((Fen::yuan(100_000), day(base)));
        let facts = ValuationFacts { report, start_total: Fen::yuan(start), approved_bp };
        valuation::e62(&object(), &facts, &rules(), &Limits::DEFAULT, today()).unwrap().verdict
    };
    assert_eq!(check("2025-09-02", 100_000, 10_000), Verdict::Pass, "last day of the year");
    assert_eq!(check("2025-09-01", 100_000, 10_000), Verdict::Fail, "a day over");
    assert_eq!(check("2026-09-02", 100_000, 10_000), Verdict::Fail, "tomorrow");
    assert_eq!(check("2026-01-01", 99_999, 10_000), Verdict::Fail);
    assert_eq!(check("2026-01-01", 90_000, 9_000), Verdict::Pass, "approved at 90 %");
    let purchase = CaseRules { mode: Mode::Tender, ..category(8) };
    let facts =
        ValuationFacts { report: Some((Fen::yuan(100_000), today())), start_total: Fen(1), approved_bp: 10_000 };
    let finding = valuation::e62(&object(), &facts, &purchase, &Limits::DEFAULT, today()).unwrap();
    assert_eq!(finding.verdict, Verdict::Pass, "a ceiling may be below");
}
