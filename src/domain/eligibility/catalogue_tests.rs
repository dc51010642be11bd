//! The rules read the catalogue and the settings that are built in.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::test_cases::{object, submission};
use super::*;
use crate::category::{DecisionWhen, LandKind, Mode, Variety};
use crate::funds::DepositRule;
use crate::market::Market;

fn market() -> Market {
    Market::embedded().unwrap()
}

fn of_category(market: &Market, n: u8) -> Vec<&Variety> {
    market.catalog.all().filter(|v| v.category().number() == n).collect()
}

#[test]
fn the_defaults_are_those_of_the_rules_file() {
    let rules = market().rules;
    assert_eq!(Limits::of(&rules), Limits::DEFAULT);
    assert_eq!(DepositRule::of(&rules.deposit), DepositRule::DEFAULT);
}

#[test]
fn a_pond_of_the_collective_is_checked_as_the_catalogue_says() {
    let market = market();
    let pond = of_category(&market, 5).into_iter().find(|v| v.code.to_string() == "0501").unwrap();
    let rules = CaseRules::of(pond, Mode::Lease, pond.land_kind(|_| None));
    assert_eq!((rules.land, rules.decision.when), (Some(LandKind::Water), DecisionWhen::Always));
    let pond_object = ObjectFacts { planned_use: Some(PlannedUse::FishPond), ..object() };
    let facts = SubmissionFacts { rules, object: Some(pond_object), ..submission() };
    let findings = check_submission(&facts);
    assert!(findings.iter().all(|f| f.verdict == Verdict::Pass), "{findings:#?}");
    let without = SubmissionFacts { decision: DecisionFacts { record: None, ..facts.decision.clone() }, ..facts };
    assert!(!may_proceed(&check_submission(&without), &[]));
}

/// What rulebook 6.5 says about licences holds for every variety on file.
#[test]
fn e40_follows_the_categories() {
    for variety in market().catalog.all() {
        let number = variety.category().number();
        assert!(!variety.outsider_licence || matches!(number, 1 | 3 | 5), "{}", variety.code);
    }
}

/// No mode of any variety allows a lease beyond what E21 lets through.
#[test]
fn e21_no_variety_promises_more_than_the_law() {
    for variety in market().catalog.all() {
        for mode in variety.listing_modes().filter(|m| m.is_lease()) {
            let rules = CaseRules::of(variety, mode, None);
            let term = test_cases::term("2026-10-01", "2026-10-02");
            let Some((latest, _)) = max_end(&term, &object(), &rules) else { continue };
            let facts = TermFacts { end: latest, ..term };
            let law = term::e21(&facts, &rules);
            assert!(law.is_none_or(|f| f.verdict == Verdict::Pass), "{} {mode}", variety.code);
        }
    }
}
