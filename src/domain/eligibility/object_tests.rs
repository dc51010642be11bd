#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::test_cases::*;
use super::*;
use crate::base::{Area, Fen};
use crate::category::{LandKind, Mode};

fn object_with(change: impl FnOnce(&mut ObjectFacts)) -> ObjectFacts {
    let mut object = object();
    change(&mut object);
    object
}

fn five_years() -> TermFacts {
    term("2026-10-01", "2031-09-30")
}

#[test]
fn e01_by_table() {
    let verdict = |change: fn(&mut ObjectFacts)| title::e01(&object_with(change)).verdict;
    assert_eq!(verdict(|_| ()), Verdict::Pass);
    assert_eq!(verdict(|o| o.forbidden_right = true), Verdict::Fail);
    assert_eq!(verdict(|o| o.applicant_entitled = false), Verdict::Fail);
    assert_eq!(verdict(|o| o.disputed = Declared::Yes), Verdict::Fail);
    assert_eq!(verdict(|o| o.disputed = Declared::NotStated), Verdict::Manual);
}

#[test]
fn e02_by_table() {
    let verdict = |change: fn(&mut ObjectFacts)| title::e02(&object_with(change), Some(&five_years())).verdict;
    assert_eq!(verdict(|_| ()), Verdict::Pass);
    assert_eq!(verdict(|o| o.title.number.clear()), Verdict::Manual);
    assert_eq!(verdict(|o| o.title.matches = Some(false)), Verdict::Fail);
    assert_eq!(verdict(|o| o.title.matches = None), Verdict::Manual);
    assert_eq!(verdict(|o| o.title.expires = Some(day("2031-09-30"))), Verdict::Pass, "outlives it to the day");
    assert_eq!(verdict(|o| o.title.expires = Some(day("2031-09-29"))), Verdict::Fail);
}

#[test]
fn e03_by_table() {
    for (frozen, verdict) in
        [(Declared::No, Verdict::Pass), (Declared::Yes, Verdict::Fail), (Declared::NotStated, Verdict::Manual)]
    {
        let finding = title::e03(&object_with(|o| o.frozen = frozen));
        assert_eq!((finding.verdict, finding.waivable()), (verdict, false));
    }
}

#[test]
fn e04_by_table() {
    let exists = |forbids_transfer, mortgagee_told| MortgageFacts::Exists { forbids_transfer, mortgagee_told };
    let verdict = |mortgage, rules: &CaseRules| title::e04(&object_with(|o| o.mortgage = mortgage), rules).verdict;
    assert_eq!(verdict(MortgageFacts::None, &rules()), Verdict::Pass);
    assert_eq!(verdict(MortgageFacts::NotStated, &rules()), Verdict::Manual);
    assert_eq!(verdict(exists(true, true), &rules()), Verdict::Fail);
    assert_eq!(verdict(exists(false, false), &rules()), Verdict::Fail);
    assert_eq!(verdict(exists(false, true), &rules()), Verdict::Warn);
    let homestead = CaseRules { land: Some(LandKind::Homestead), ..category(10) };
    assert_eq!(verdict(exists(false, true), &homestead), Verdict::Manual);
}

#[test]
fn e05_overlap_borders() {
    let verdict = |from: &str, to: Option<&str>, rules: &CaseRules| {
        let lease = ExistingLease { from: day(from), to: to.map(day) };
        title::e05(&object_with(|o| o.leases.push(lease)), rules, Some(&five_years())).verdict
    };
    assert_eq!(title::e05(&object(), &rules(), Some(&five_years())).verdict, Verdict::Pass);
    assert_eq!(verdict("2020-01-01", Some("2026-09-30"), &rules()), Verdict::Warn, "ends the day before");
    assert_eq!(verdict("2020-01-01", Some("2026-10-01"), &rules()), Verdict::Fail, "shares one day");
    assert_eq!(verdict("2031-09-30", Some("2032-01-01"), &rules()), Verdict::Fail);
    assert_eq!(verdict("2031-10-01", Some("2032-01-01"), &rules()), Verdict::Warn);
    assert_eq!(verdict("2020-01-01", None, &rules()), Verdict::Fail, "indefinite");
    let sale = CaseRules { mode: Mode::Assign, ..rules() };
    assert_eq!(verdict("2020-01-01", None, &sale), Verdict::Warn, "a sale does not break a lease");
}

#[test]
fn e06_by_table() {
    use ConsentFacts as C;
    for (consent, verdict) in [
        (C::Sole, Verdict::Pass),
        (C::Shares { consenting: 2, all: 3 }, Verdict::Pass),
        (C::Shares { consenting: 666, all: 1000 }, Verdict::Fail),
        (C::Shares { consenting: 667, all: 1000 }, Verdict::Pass),
        (C::Shares { consenting: 5, all: 3 }, Verdict::Fail),
        (C::Shares { consenting: 0, all: 0 }, Verdict::Fail),
        (C::Joint { owners: 3, consenting: 3 }, Verdict::Pass),
        (C::Joint { owners: 3, consenting: 2 }, Verdict::Fail),
        (C::Household { adults: 4, signed: 4 }, Verdict::Pass),
        (C::Household { adults: 4, signed: 3 }, Verdict::Fail),
        (C::Household { adults: 0, signed: 0 }, Verdict::Fail),
    ] {
        assert_eq!(title::e06(&object_with(|o| o.consent = consent)).verdict, verdict, "{consent:?}");
    }
    let household = title::e06(&object_with(|o| o.owner = Owner::Household));
    assert_eq!(household.verdict, Verdict::Manual, "a household has members");
}

#[test]
fn e07_by_table() {
    let lot = |from: Option<&str>, to: Option<&str>| OpenLot {
        lot_no: "LSNC431127102-05-202608-0001-01".to_owned(),
        from: from.map(day),
        to: to.map(day),
        same_parcel: true,
    };
    let verdict = |lot: OpenLot| title::e07(&object_with(|o| o.open_lots.push(lot)), Some(&five_years())).verdict;
    assert_eq!(title::e07(&object(), Some(&five_years())).verdict, Verdict::Pass);
    assert_eq!(verdict(lot(Some("2026-10-01"), Some("2027-09-30"))), Verdict::Fail);
    assert_eq!(verdict(lot(Some("2031-10-01"), Some("2036-09-30"))), Verdict::Pass, "another period");
    assert_eq!(verdict(lot(Some("2020-10-01"), Some("2026-09-30"))), Verdict::Pass);
    assert_eq!(verdict(lot(None, None)), Verdict::Fail, "a sale is for ever");
    let by_title = OpenLot { same_parcel: false, ..lot(None, None) };
    assert_eq!(verdict(by_title.clone()), Verdict::Manual, "one title may cover several objects");
    let both = object_with(|o| o.open_lots.extend([by_title, lot(None, None)]));
    assert_eq!(title::e07(&both, Some(&five_years())).verdict, Verdict::Fail, "the surer one counts");
    let unnamed = object_with(|o| o.parcels.clear());
    assert_eq!(title::e07(&unnamed, None).verdict, Verdict::Manual);
}

#[test]
fn e08_by_table() {
    let check = |measured: Area, by_measured| {
        let object = object_with(|o| {
            o.measured = Some(measured);
            o.settle_by_measured = by_measured;
        });
        title::e08(&object, &Limits::DEFAULT).unwrap().verdict
    };
    assert_eq!(check(Area::mu(105), false), Verdict::Pass, "five per cent");
    assert_eq!(check(Area(1_050_001), false), Verdict::Warn);
    assert_eq!(check(Area::mu(95), false), Verdict::Pass);
    assert_eq!(check(Area(949_999), true), Verdict::Warn);
    assert_eq!(title::e08(&object_with(|o| o.measured = None), &Limits::DEFAULT), None);
}

#[test]
fn e10_by_table() {
    let verdict = |planned, land| {
        let rules = CaseRules { land, ..rules() };
        land_use::e10(&object_with(|o| o.planned_use = planned), &rules).map(|f| f.verdict)
    };
    assert_eq!(verdict(Some(PlannedUse::Grain), Some(LandKind::Paddy)), Some(Verdict::Pass));
    assert_eq!(verdict(Some(PlannedUse::FishPond), Some(LandKind::Water)), Some(Verdict::Pass));
    assert_eq!(verdict(Some(PlannedUse::Building), Some(LandKind::Water)), Some(Verdict::Fail));
    assert_eq!(verdict(Some(PlannedUse::Quarry), Some(LandKind::Waste)), Some(Verdict::Fail));
    assert_eq!(verdict(Some(PlannedUse::Tourism), Some(LandKind::Forest)), Some(Verdict::Manual));
    assert_eq!(verdict(None, Some(LandKind::Paddy)), Some(Verdict::Fail));
    assert_eq!(verdict(Some(PlannedUse::Industry), Some(LandKind::Construction)), None);
    assert_eq!(verdict(None, None), None);
}

#[test]
fn e11_every_use_on_basic_farmland() {
    let check = |planned, basic_farmland, land| {
        let object = object_with(|o| {
            o.planned_use = Some(planned);
            o.basic_farmland = basic_farmland;
        });
        land_use::e11(&object, &CaseRules { land: Some(land), ..rules() }).map(|f| f.verdict)
    };
    use PlannedUse as U;
    use Verdict as V;
    for (planned, on_basic, unknown, on_other) in [
        (U::Grain, V::Pass, V::Pass, V::Pass),
        (U::Crops, V::Pass, V::Pass, V::Pass),
        (U::Unchanged, V::Pass, V::Pass, V::Pass),
        (U::Orchard, V::Fail, V::Manual, V::Warn),
        (U::Forestry, V::Fail, V::Manual, V::Warn),
        (U::FishPond, V::Fail, V::Manual, V::Warn),
        (U::Livestock, V::Manual, V::Manual, V::Manual),
        (U::Facility, V::Manual, V::Manual, V::Manual),
        (U::Tourism, V::Manual, V::Manual, V::Manual),
        (U::Building, V::Fail, V::Fail, V::Fail),
        (U::Kiln, V::Fail, V::Fail, V::Fail),
        (U::Grave, V::Fail, V::Fail, V::Fail),
        (U::Quarry, V::Fail, V::Fail, V::Fail),
        (U::Industry, V::Fail, V::Fail, V::Fail),
    ] {
        assert_eq!(check(planned, Declared::Yes, LandKind::Paddy), Some(on_basic), "{planned}");
        assert_eq!(check(planned, Declared::NotStated, LandKind::Paddy), Some(unknown), "{planned}");
        assert_eq!(check(planned, Declared::No, LandKind::DryLand), Some(on_other), "{planned}");
    }
    assert_eq!(check(U::FishPond, Declared::No, LandKind::Water), None, "a pond is no arable land");
    assert_eq!(check(U::FishPond, Declared::Yes, LandKind::OtherLand), Some(V::Fail), "unless it is basic farmland");
}

#[test]
fn e12_to_e14_by_table() {
    let wording = format!("本标的{}。", land_use::NOTICE_WORDING);
    assert_eq!(land_use::e12(&wording, &rules()).unwrap().verdict, Verdict::Pass);
    assert_eq!(land_use::e12("", &rules()).unwrap().verdict, Verdict::Fail);
    assert_eq!(land_use::e12("", &CaseRules { land: None, ..rules() }), None);

    let forest = CaseRules { land: Some(LandKind::Forest), ..category(2) };
    let e13 = |ecological| land_use::e13(&object_with(|o| o.ecological_forest = ecological), &forest).unwrap().verdict;
    assert_eq!(e13(Declared::No), Verdict::Pass);
    assert_eq!(e13(Declared::Yes), Verdict::Manual);
    assert_eq!(e13(Declared::NotStated), Verdict::Manual);
    assert_eq!(land_use::e13(&object(), &rules()), None);

    let construction = CaseRules { land: Some(LandKind::Construction), ..category(14) };
    assert_eq!(land_use::e14(&construction, true, true).unwrap().verdict, Verdict::Pass);
    assert!(land_use::e14(&construction, true, false).unwrap().blocks());
    assert!(land_use::e14(&construction, false, true).unwrap().blocks());
    assert_eq!(land_use::e14(&rules(), false, false), None);
}

#[test]
fn e70_to_e72_by_table() {
    let none = submission().public_property;
    let equity = PublicPropertyFacts { state_equity: true, ..none };
    let finding = special::e70(&equity, &Limits::DEFAULT).unwrap();
    assert_eq!((finding.verdict, finding.waivable()), (Verdict::Fail, false));
    let kept = Limits { redirect_state_equity: false, ..Limits::DEFAULT };
    assert_eq!(special::e70(&equity, &kept).unwrap().verdict, Verdict::Manual);
    assert_eq!(special::e70(&none, &Limits::DEFAULT), None);
    let state = PublicPropertyFacts { state_property: true, ..none };
    assert!(special::e71(&state).unwrap().blocks());
    assert!(!special::e71(&PublicPropertyFacts { approved: true, ..state }).unwrap().blocks());
    let coop = PublicPropertyFacts { cooperative: true, ..none };
    assert!(special::e72(&coop).unwrap().blocks());
    assert!(!special::e72(&PublicPropertyFacts { approved: true, ..coop }).unwrap().blocks());
    assert_eq!((special::e71(&none), special::e72(&none)), (None, None));
}

#[test]
fn e80_to_e82_by_table() {
    let water = |public_safety, maintainer: &str| {
        let facts = WaterFacts { public_safety, maintainer: maintainer.to_owned() };
        special::e80(&facts, &category(9)).unwrap().verdict
    };
    assert_eq!(water(Declared::No, "受让方"), Verdict::Pass);
    assert_eq!(water(Declared::No, " "), Verdict::Fail);
    assert_eq!(water(Declared::Yes, "受让方"), Verdict::Fail);
    assert_eq!(water(Declared::NotStated, "受让方"), Verdict::Manual);
    assert_eq!(special::e81(true, true).verdict, Verdict::Pass);
    assert!(special::e81(true, false).blocks() && special::e81(false, true).blocks());
    let good = IpFacts { owner_on_register: true, fees_paid: true, pledged: false, foreign_transferee: false };
    let ip = |facts: IpFacts| special::e82(&facts, &category(13)).unwrap().verdict;
    assert_eq!(ip(good), Verdict::Pass);
    assert_eq!(ip(IpFacts { owner_on_register: false, ..good }), Verdict::Fail);
    assert_eq!(ip(IpFacts { fees_paid: false, ..good }), Verdict::Fail);
    assert_eq!(ip(IpFacts { pledged: true, ..good }), Verdict::Fail);
    assert_eq!(ip(IpFacts { foreign_transferee: true, ..good }), Verdict::Manual);
}

#[test]
fn e83_thresholds() {
    let rules = CaseRules { land: None, mode: Mode::Tender, ..category(8) };
    let check = |kind, estimate: i64, related: i64| {
        let (estimate, related) = (Fen::yuan(estimate), Fen::yuan(related));
        let facts = ProjectFacts { kind, estimate, related, approved: true, funded: true, by_tender: false };
        special::e83(&facts, &rules).unwrap().verdict
    };
    assert_eq!(check(ProjectKind::Works, 3_999_999, 0), Verdict::Pass);
    assert_eq!(check(ProjectKind::Works, 4_000_000, 0), Verdict::Fail);
    assert_eq!(check(ProjectKind::Goods, 2_000_000, 0), Verdict::Fail);
    assert_eq!(check(ProjectKind::Services, 999_999, 0), Verdict::Pass);
    assert_eq!(check(ProjectKind::Services, 1_000_000, 0), Verdict::Fail);
    assert_eq!(check(ProjectKind::Works, 3_000_000, 1_000_000), Verdict::Manual, "split?");
    let facts = ProjectFacts {
        kind: ProjectKind::Works,
        estimate: Fen::yuan(5_000_000),
        related: Fen::ZERO,
        approved: true,
        funded: true,
        by_tender: true,
    };
    assert_eq!(special::e83(&facts, &rules).unwrap().verdict, Verdict::Pass, "the tender itself");
    assert!(special::e83(&ProjectFacts { approved: false, ..facts }, &rules).unwrap().blocks());
    assert!(special::e83(&ProjectFacts { funded: false, ..facts }, &rules).unwrap().blocks());
}

#[test]
fn a_clean_submission_passes_and_is_told_whole() {
    let findings = check_submission(&submission());
    assert!(findings.iter().all(|f| f.verdict == Verdict::Pass), "{findings:#?}");
    assert!(may_proceed(&findings, &[]));
    assert!(findings.is_sorted_by_key(|f| f.rule), "in the order of the rulebook");
    for rule in [RuleId::E01, RuleId::E10, RuleId::E21, RuleId::E24, RuleId::E50, RuleId::E51, RuleId::E52] {
        assert!(findings.iter().any(|f| f.rule == rule), "{}", rule.code());
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let mut facts = submission();
    facts.object = Some(object_with(|o| {
        o.frozen = Declared::Yes;
        o.planned_use = Some(PlannedUse::Building);
    }));
    facts.term = Some(term("2026-10-01", "2050-09-30"));
    facts.decision.posting = None;
    let blocked: Vec<RuleId> = check_submission(&facts).iter().filter(|f| f.blocks()).map(|f| f.rule).collect();
    let expected = [RuleId::E03, RuleId::E10, RuleId::E11, RuleId::E21, RuleId::E24, RuleId::E52];
    assert_eq!(blocked, expected);
}

#[test]
fn every_explanation_is_a_sentence_without_english() {
    let mut findings = check_submission(&submission());
    let mut worst = submission();
    worst.object = Some(object_with(|o| o.frozen = Declared::Yes));
    worst.decision.record = None;
    findings.extend(check_submission(&worst));
    for finding in findings {
        assert!(finding.explanation.ends_with('。'), "{finding:?}");
        assert!(!finding.explanation.contains(|c: char| c.is_ascii_alphabetic() || c == ','), "{finding:?}");
    }
}

#[test]
fn waivers_open_the_way_only_past_our_own_rules() {
    use crate::base::ids::AccountId;
    let mut facts = submission();
    facts.decision.posting = None;
    let findings = check_submission(&facts);
    assert!(!may_proceed(&findings, &[]));
    let posting = findings.iter().find(|f| f.blocks()).unwrap();
    let (one, two) = (AccountId(uuid::Uuid::from_u128(1)), AccountId(uuid::Uuid::from_u128(2)));
    let waiver = Waiver::new(posting, "公示照片遗失，村民代表签名证明已公示。", one, two).unwrap();
    assert!(may_proceed(&findings, std::slice::from_ref(&waiver)));
    facts.object = Some(object_with(|o| o.frozen = Declared::Yes));
    assert!(!may_proceed(&check_submission(&facts), &[waiver]));
}
