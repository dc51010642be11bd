#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::plan::*;
use crate::base::{Day, Fen};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn dues(plan: &Plan, yearly: &[i64]) -> Vec<(String, i64)> {
    let yearly: Vec<Fen> = yearly.iter().map(|yuan| Fen::yuan(*yuan)).collect();
    let schedule = schedule(plan, &yearly, day("2026-12-01"), day("2026-11-20")).unwrap();
    schedule.into_iter().map(|due| (due.day.iso(), due.amount.0 / 100)).collect()
}

fn listed(rows: &[(&str, i64)]) -> Vec<(String, i64)> {
    rows.iter().map(|(day, yuan)| ((*day).to_owned(), *yuan)).collect()
}

#[test]
fn one_off_and_annual() {
    assert_eq!(dues(&Plan::OneOff, &[100, 100, 100]), listed(&[("2026-11-20", 300)]));
    let annual = listed(&[("2026-11-20", 100), ("2027-11-30", 110), ("2028-11-30", 120)]);
    assert_eq!(dues(&Plan::AnnualPrepaid, &[100, 110, 120]), annual);
}

#[test]
fn two_years_first_and_the_last_is_covered() {
    let plan = Plan::FirstTwoThenAnnual { month: 1, day: 5 };
    let four = listed(&[("2026-11-20", 230), ("2027-01-05", 110), ("2028-01-05", 120)]);
    assert_eq!(dues(&plan, &[100, 110, 120, 130]), four);
    assert_eq!(dues(&plan, &[100, 110]), listed(&[("2026-11-20", 210)]));
    assert_eq!(dues(&plan, &[100]), listed(&[("2026-11-20", 100)]));
    let bad = Plan::FirstTwoThenAnnual { month: 2, day: 30 };
    assert_eq!(schedule(&bad, &[Fen(1)], day("2026-12-01"), day("2026-11-20")), Err(PlanError::YearlyDay));
}

#[test]
fn nothing_falls_due_before_the_first_payment() {
    let late = schedule(&Plan::AnnualPrepaid, &[Fen(1), Fen(2)], day("2025-01-01"), day("2026-11-20")).unwrap();
    assert_eq!(late.iter().map(|due| due.day.iso()).collect::<Vec<_>>(), ["2026-11-20", "2026-11-20"]);
}

#[test]
fn instalments_are_shares() {
    let plan = Plan::Instalment { parts: vec![(0, 3_000), (6, 3_500), (12, 3_500)] };
    assert_eq!(dues(&plan, &[1001]), listed(&[("2026-11-20", 300), ("2027-05-20", 350), ("2027-11-20", 350)]));
    for parts in [vec![], vec![(1, 10_000)], vec![(0, 5_000)], vec![(0, 5_000), (0, 5_000)], vec![(0, 10_000), (6, 0)]]
    {
        let plan = Plan::Instalment { parts };
        let result = schedule(&plan, &[Fen(100)], day("2026-12-01"), day("2026-11-20"));
        assert_eq!(result, Err(PlanError::Parts), "{plan:?}");
    }
}

#[test]
fn rents_grow_as_agreed() {
    let rents = |months, escalation| yearly_rents(Fen::yuan(1000), months, escalation).unwrap();
    assert_eq!(rents(60, Escalation::None), vec![Fen::yuan(1000); 5]);
    assert_eq!(rents(18, Escalation::None), [Fen::yuan(1000), Fen::yuan(500)]);
    let percent = Escalation::Percent { every_years: 2, rate_bp: 500 };
    assert_eq!(rents(60, percent), [1000_00, 1000_00, 1050_00, 1050_00, 1102_50].map(Fen));
    let amount = Escalation::Amount { every_years: 1, step: Fen::yuan(50) };
    assert_eq!(rents(36, amount), [1000, 1050, 1100].map(Fen::yuan));
    assert_eq!(yearly_rents(Fen::ZERO, 12, Escalation::None), Err(PlanError::NoPrice));
    assert_eq!(yearly_rents(Fen(1), 0, Escalation::None), Err(PlanError::Term));
    assert_eq!(yearly_rents(Fen(1), 841, Escalation::None), Err(PlanError::Term));
    let never = Escalation::Amount { every_years: 0, step: Fen(1) };
    assert_eq!(yearly_rents(Fen(1), 12, never), Err(PlanError::Term));
    assert_eq!(yearly_rents(Fen::MAX, 24, Escalation::None), Err(PlanError::TooBig));
}

#[test]
fn appendix_b_total() {
    // 840 yuan/mu/year × 100 mu × 5 years = 420,000 yuan; the first year is 84,000.
    let rents = yearly_rents(Fen::yuan(84_000), 60, Escalation::None).unwrap();
    assert_eq!(rents.iter().copied().sum::<Fen>(), Fen::yuan(420_000));
}

#[test]
fn payments_settle_the_oldest_first() {
    let due = |day_text: &str, yuan| Due { day: day(day_text), amount: Fen::yuan(yuan) };
    let dues = [due("2026-11-20", 100), due("2027-11-30", 50)];
    let (settled, over) = settle(&dues, Fen::yuan(120));
    assert_eq!((settled[0].open(), settled[1].open(), over), (Fen::ZERO, Fen::yuan(30), Fen::ZERO));
    assert_eq!(settle(&dues, Fen::yuan(160)).1, Fen::yuan(10));
    assert_eq!(settle(&dues, Fen::ZERO).0[0].open(), Fen::yuan(100));
}

#[test]
fn plans_are_stored_by_name() {
    let plan = Plan::FirstTwoThenAnnual { month: 1, day: 5 };
    let json = serde_json::to_string(&plan).unwrap();
    assert!(json.contains(PlanKind::FirstTwoThenAnnual.name()), "{json}");
    assert_eq!(serde_json::from_str::<Plan>(&json).unwrap(), plan);
}

fn plans() -> impl Strategy<Value = Plan> {
    prop_oneof![
        Just(Plan::OneOff),
        Just(Plan::AnnualPrepaid),
        (1u32..=12, 1u32..=28).prop_map(|(month, day)| Plan::FirstTwoThenAnnual { month, day }),
        (1u32..10_000).prop_map(|first| Plan::Instalment { parts: vec![(0, first), (7, 10_000 - first)] }),
    ]
}

proptest! {
    #[test]
    fn a_schedule_is_the_total_in_order(
        plan in plans(),
        first in 100i64..10_000_000_000,
        months in 1u32..=840,
        rate_bp in 0u32..500,
    ) {
        let percent = Escalation::Percent { every_years: 3, rate_bp };
        if let Ok(rents) = yearly_rents(Fen(first), months, percent)
            && let Ok(dues) = schedule(&plan, &rents, day("2026-12-01"), day("2026-11-20"))
        {
            let total: Fen = rents.iter().copied().sum();
            prop_assert_eq!(dues.iter().map(|due| due.amount).sum::<Fen>(), total);
            prop_assert!(dues.windows(2).all(|pair| pair[0].day <= pair[1].day));
            prop_assert_eq!(dues[0].day, day("2026-11-20"));
            prop_assert!(dues.iter().all(|due| due.amount > Fen::ZERO));
            let (settled, over) = settle(&dues, total);
            prop_assert!(settled.iter().all(|s| s.open() == Fen::ZERO) && over == Fen::ZERO);
        }
    }
}
