#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::super::test_cases::{category, day, rules};
use super::*;

const PERSON: ApplicantKind = ApplicantKind::Person { age: 40, self_supporting: false, capable: true };
const COMPANY: ApplicantKind = ApplicantKind::Organisation { status: CompanyStatus::Unknown };

fn contact(responsible: &str, phone: &str, account: &str) -> Contact {
    Contact { responsible: responsible.into(), phone: phone.into(), account: account.into() }
}

#[test]
fn what_two_applicants_share_is_named() {
    use Tie::{Account, Phone, Responsible};
    let own = contact("盘大山", "13900000001", "a1");
    for (other, expected) in [
        (contact("盘小河", "13900000002", "a2"), &[][..]),
        (contact("盘大山", "13900000002", "a2"), &[Responsible][..]),
        (contact("盘小河", "13900000001", "a2"), &[Phone][..]),
        (contact("盘小河", "13900000002", "a1"), &[Account][..]),
        (own.clone(), &[Responsible, Phone, Account][..]),
    ] {
        assert_eq!(ties(&own, &other), expected, "{other:?}");
    }
    let empty = contact("", "", "");
    assert_eq!(ties(&empty, &empty), [], "what nobody knows ties nobody");
}

#[test]
fn each_case_asks_its_own_questions() {
    use Question::{Bans, Company, Consent, Homestead, Related};
    let members = |n, land| CaseRules { receivers: ReceiverRule::MembersOnly, land, ..category(n) };
    for (rules, kind, ties, expected) in [
        (rules(), PERSON, &[][..], &[Bans][..]),
        (rules(), COMPANY, &[], &[Company, Bans]),
        (rules(), PERSON, &[Tie::Phone], &[Bans, Related]),
        (members(1, Some(LandKind::Paddy)), PERSON, &[], &[Bans, Consent]),
        (members(10, Some(LandKind::Homestead)), PERSON, &[], &[Bans, Homestead]),
        (members(6, None), PERSON, &[], &[Bans]),
        (category(1), PERSON, &[], &[Bans]),
    ] {
        assert_eq!(questions(&rules, kind, ties), expected);
    }
}

#[test]
fn an_open_question_or_a_wrong_day_stands_against_it() {
    let (handed_in, today) = (day("2026-08-28"), day("2026-09-01"));
    let fields = |found: LookedUp, asked: &[Question]| -> Vec<String> {
        found.faults(asked, handed_in, today).into_iter().map(|f| f.field).collect()
    };
    let all = [Question::Company, Question::Bans, Question::Consent, Question::Homestead, Question::Related];
    assert_eq!(fields(LookedUp::default(), &all), all.map(Question::name));
    assert_eq!(fields(LookedUp::default(), &[]), Vec::<String>::new());
    let full = |on: &str| LookedUp {
        company: Some(CompanyLookup { status: CompanyStatus::Normal, on: day(on) }),
        bans: Some(BanLookup { on: day(on), ban: None }),
        consent: Some(true),
        without_homestead: Some(true),
        related: Some(false),
    };
    for (on, wrong) in [("2026-08-27", true), ("2026-08-28", false), ("2026-09-01", false), ("2026-09-02", true)] {
        let expected: &[&str] = if wrong { &["company_on", "bans_on"] } else { &[] };
        assert_eq!(fields(full(on), &all), expected, "{on}");
    }
}
