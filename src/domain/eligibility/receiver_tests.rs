#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::receiver::*;
use super::test_cases::*;
use super::*;
use crate::base::Area;
use crate::base::identity::ResidentId;
use crate::category::{LandKind, ReceiverRule};

fn with(change: impl FnOnce(&mut ReceiverFacts)) -> ReceiverFacts {
    let mut facts = receiver();
    change(&mut facts);
    facts
}

#[test]
fn e30_persons() {
    let verdict = |age, self_supporting, capable| {
        e30(&with(|r| r.kind = ApplicantKind::Person { age, self_supporting, capable })).verdict
    };
    assert_eq!(verdict(18, false, true), Verdict::Pass);
    assert_eq!(verdict(17, false, true), Verdict::Fail);
    assert_eq!(verdict(17, true, true), Verdict::Manual);
    assert_eq!(verdict(16, true, true), Verdict::Manual);
    assert_eq!(verdict(15, true, true), Verdict::Fail);
    assert_eq!(verdict(40, false, false), Verdict::Fail);
}

#[test]
fn e30_counts_full_years_from_the_id() {
    let id = ResidentId::parse("43112719800101001X", today()).unwrap();
    let on = |text: &str| e30(&with(|r| r.kind = ApplicantKind::person(&id, day(text)))).verdict;
    assert_eq!(on("1997-12-31"), Verdict::Fail);
    assert_eq!(on("1998-01-01"), Verdict::Pass);
}

#[test]
fn e30_organisations() {
    use CompanyStatus as S;
    for (status, verdict, waivable) in [
        (S::Normal, Verdict::Pass, false),
        (S::Cancelled, Verdict::Fail, false),
        (S::Revoked, Verdict::Fail, false),
        (S::Abnormal, Verdict::Fail, true),
        (S::Unknown, Verdict::Manual, false),
    ] {
        let finding = e30(&with(|r| r.kind = ApplicantKind::Organisation { status }));
        assert_eq!((finding.verdict, finding.waivable()), (verdict, waivable), "{status}");
    }
}

#[test]
fn e31_by_table() {
    let verdict = |declared, proof, membership| {
        let facts = with(|r| {
            r.ability_declared = declared;
            r.ability_proof = proof;
            r.membership = membership;
        });
        e31(&facts, &rules()).unwrap().verdict
    };
    assert_eq!(verdict(true, false, Membership::Member), Verdict::Pass);
    assert_eq!(verdict(true, true, Membership::Outsider), Verdict::Pass);
    assert_eq!(verdict(true, false, Membership::Outsider), Verdict::Manual);
    assert_eq!(verdict(true, false, Membership::Unverified), Verdict::Manual);
    assert_eq!(verdict(false, true, Membership::Member), Verdict::Fail);
    assert_eq!(e31(&receiver(), &category(4)), None, "shops need no farmer");
}

fn members_only(n: u8, land: Option<LandKind>) -> CaseRules {
    CaseRules { receivers: ReceiverRule::MembersOnly, land, ..category(n) }
}

#[test]
fn e32_contracted_land_stays_with_members() {
    let rules = members_only(1, Some(LandKind::Paddy));
    let check = |membership, consent| {
        let facts = with(|r| {
            r.membership = membership;
            r.collective_consent = consent;
        });
        e32(&facts, &rules).unwrap()
    };
    assert_eq!(check(Membership::Member, Declared::Yes).verdict, Verdict::Pass);
    assert_eq!(check(Membership::Member, Declared::No).verdict, Verdict::Fail);
    assert_eq!(check(Membership::Member, Declared::NotStated).verdict, Verdict::Manual);
    assert_eq!(check(Membership::Outsider, Declared::Yes).verdict, Verdict::Fail);
    assert_eq!(check(Membership::Unverified, Declared::Yes).verdict, Verdict::Manual);
    assert!(!check(Membership::Outsider, Declared::Yes).waivable(), "statute");
    assert_eq!(e32(&receiver(), &super::test_cases::rules()), None, "open to all");
}

#[test]
fn e32_one_household_one_homestead() {
    let rules = members_only(10, Some(LandKind::Homestead));
    let verdict = |without| e32(&with(|r| r.without_homestead = without), &rules).unwrap().verdict;
    assert_eq!(verdict(Declared::Yes), Verdict::Pass);
    assert_eq!(verdict(Declared::No), Verdict::Fail);
    assert_eq!(verdict(Declared::NotStated), Verdict::Manual);
}

#[test]
fn e32_shares_and_quotas() {
    let shares = e32(&with(|r| r.membership = Membership::Outsider), &members_only(6, None)).unwrap();
    assert_eq!((shares.verdict, shares.waivable()), (Verdict::Fail, true));
    let quota = CaseRules { receivers: ReceiverRule::GovernmentOnly, ..category(14) };
    assert!(e32(&receiver(), &quota).unwrap().blocks());
    assert!(!e32(&with(|r| r.kind = ApplicantKind::Government), &quota).unwrap().blocks());
}

#[test]
fn e33_by_table() {
    let check = |text: &str, local, aimed| receiver::e33(text, local, &rules(), aimed).map(|f| f.verdict);
    assert_eq!(check("", false, Declared::No), None);
    assert_eq!(check("有种植经验", false, Declared::No), Some(Verdict::Pass));
    assert_eq!(check("有种植经验", false, Declared::NotStated), Some(Verdict::Manual));
    assert_eq!(check("须为某公司客户", false, Declared::Yes), Some(Verdict::Fail));
    assert_eq!(check("本村户籍", true, Declared::No), Some(Verdict::Fail));
    let members = members_only(1, None);
    assert_eq!(receiver::e33("本村户籍", true, &members, Declared::No).unwrap().verdict, Verdict::Pass);
}

#[test]
fn e34_borders_of_a_ban() {
    let verdict = |from: &str, to: &str| {
        let ban = Ban { from: day(from), to: day(to) };
        e34(&with(|r| r.bans = Some(BanLookup { on: today(), ban: Some(ban) }))).verdict
    };
    assert_eq!(verdict("2025-09-01", "2026-09-01"), Verdict::Fail, "today is its last day");
    assert_eq!(verdict("2025-09-01", "2026-08-31"), Verdict::Pass, "over");
    assert_eq!(verdict("2026-09-01", "2027-08-31"), Verdict::Fail, "begins today");
    assert_eq!(verdict("2026-09-02", "2027-08-31"), Verdict::Pass, "not yet");
    let clean = e34(&receiver());
    assert!(clean.verdict == Verdict::Pass && clean.explanation.contains("2026年9月1日 查询"), "{clean:?}");
    assert_eq!(e34(&with(|r| r.bans = None)).verdict, Verdict::Manual, "nobody looked");
}

#[test]
fn e35_by_table() {
    let good = JointFacts { allowed: true, members: 2, confirmed: 2, agreement: true };
    let verdict = |joint: JointFacts| e35(&with(|r| r.joint = Some(joint))).unwrap().verdict;
    assert_eq!(verdict(good), Verdict::Pass);
    assert_eq!(verdict(JointFacts { allowed: false, ..good }), Verdict::Fail);
    assert_eq!(verdict(JointFacts { members: 1, confirmed: 1, ..good }), Verdict::Fail);
    assert_eq!(verdict(JointFacts { confirmed: 1, ..good }), Verdict::Fail);
    assert_eq!(verdict(JointFacts { agreement: false, ..good }), Verdict::Fail);
    assert_eq!(e35(&receiver()), None);
}

#[test]
fn e36_and_conflicts() {
    assert_eq!(e36(&receiver()).verdict, Verdict::Pass);
    for (ties, related, verdict) in [
        (&[][..], Declared::NotStated, Verdict::Pass),
        (&[][..], Declared::No, Verdict::Pass),
        (&[][..], Declared::Yes, Verdict::Fail),
        (&[Tie::Phone][..], Declared::NotStated, Verdict::Manual),
        (&[Tie::Phone][..], Declared::No, Verdict::Pass),
        (&[Tie::Phone][..], Declared::Yes, Verdict::Fail),
    ] {
        let facts = with(|r| (r.ties, r.related) = (ties.to_vec(), related));
        assert_eq!(e36(&facts).verdict, verdict, "{ties:?} {related}");
    }
    assert!(conflicts(&receiver()).is_empty());
    let all = conflicts(&with(|r| {
        r.staff_or_relative = true;
        r.is_transferor = true;
        r.village_official = true;
    }));
    let verdicts: Vec<_> = all.iter().map(|f| (f.rule, f.verdict, f.waivable())).collect();
    let expected = [
        (RuleId::Ci01, Verdict::Fail, false),
        (RuleId::Ci02, Verdict::Fail, false),
        (RuleId::Ci03, Verdict::Manual, true),
    ];
    assert_eq!(verdicts, expected);
}

fn licence() -> LicenceFacts {
    LicenceFacts {
        membership: Membership::Outsider,
        area: Area::mu(100),
        aggregated: Area(0),
        townships: 1,
        counties: 1,
    }
}

#[test]
fn e40_who_needs_it() {
    let levels = Limits::DEFAULT.licence;
    let needed = |facts: LicenceFacts, rules: &CaseRules| licence::need(&facts, rules, &levels).is_some();
    for n in 1..=14 {
        assert_eq!(needed(licence(), &category(n)), matches!(n, 1 | 3 | 5), "category {n}");
    }
    assert!(!needed(LicenceFacts { membership: Membership::Member, ..licence() }, &rules()));
    assert!(needed(LicenceFacts { membership: Membership::Unverified, ..licence() }, &rules()));
    assert!(!needed(LicenceFacts { area: Area(0), ..licence() }, &rules()));
    for land in [LandKind::Forest, LandKind::Grass] {
        assert!(!needed(licence(), &CaseRules { land: Some(land), ..rules() }), "{land}");
    }
    assert!(!needed(licence(), &CaseRules { outsider_licence: false, ..rules() }));
}

#[test]
fn e40_levels() {
    use LicenceLevel as L;
    let level = |mu: i64, aggregated: i64, townships, counties| {
        let (area, aggregated) = (Area::mu(mu), Area::mu(aggregated));
        let facts = LicenceFacts { area, aggregated, townships, counties, ..licence() };
        licence::need(&facts, &rules(), &Limits::DEFAULT.licence).unwrap().level
    };
    assert_eq!(level(499, 0, 1, 1), L::Township);
    assert_eq!(level(500, 0, 1, 1), L::County);
    assert_eq!(level(300, 200, 1, 1), L::County, "no splitting");
    assert_eq!(level(10, 0, 2, 1), L::County, "two townships");
    assert_eq!(level(999, 0, 1, 1), L::County);
    assert_eq!(level(1000, 0, 1, 1), L::Prefecture);
    assert_eq!(level(10, 0, 2, 2), L::Prefecture, "two counties");
    assert_eq!(level(1999, 0, 1, 1), L::Prefecture);
    assert_eq!(level(2000, 0, 1, 1), L::Province);
}

#[test]
fn e40_warns_that_the_contract_waits() {
    let levels = Limits::DEFAULT.licence;
    let outsider = licence::e40(&licence(), &rules(), &levels).unwrap();
    assert_eq!((outsider.verdict, outsider.waivable()), (Verdict::Warn, false));
    assert!(outsider.explanation.contains("乡镇人民政府") && outsider.explanation.contains("待确认"));
    let member = LicenceFacts { membership: Membership::Member, ..licence() };
    assert_eq!(licence::e40(&member, &rules(), &levels).unwrap().verdict, Verdict::Pass);
    assert_eq!(licence::e40(&licence(), &category(4), &levels), None);
}

#[test]
fn an_applicant_is_told_everything_at_once() {
    let facts = TransfereeFacts {
        rules: rules(),
        limits: Limits::DEFAULT,
        receiver: with(|r| {
            r.kind = ApplicantKind::Person { age: 17, self_supporting: false, capable: true };
            r.ability_declared = false;
            r.is_transferor = true;
        }),
        licence: Some(licence()),
    };
    let findings = check_transferee(&facts);
    let blocked: Vec<RuleId> = findings.iter().filter(|f| f.blocks()).map(|f| f.rule).collect();
    assert_eq!(blocked, [RuleId::E30, RuleId::E31, RuleId::Ci02]);
    assert!(findings.is_sorted_by_key(|f| f.rule));
    assert!(findings.iter().all(|f| f.explanation.ends_with('。')));
    let clean = TransfereeFacts { receiver: receiver(), licence: None, ..facts };
    assert!(may_proceed(&check_transferee(&clean), &[]));
}
