#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::plan::*;
use crate::base::{Day, Fen};
use crate::category::{Per, PriceUnit};

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

#[test]
fn a_fen_of_rounding_does_not_make_every_year_due_at_once() {
    // 840 yuan/mu/year × 3.2733 mu × 5 years: 2,749.572 a year, 13,747.86 in all.
    let unit = PriceUnit::YuanPerMuYear;
    let (price, quantity, months) = (Fen::yuan(840), 32_733, Some(60));
    let total = unit.total(price, quantity, months).unwrap();
    let first_year = unit.first_year(price, quantity, months).unwrap();
    assert_eq!((total, first_year), (Fen(1_374_786), Fen(274_957)));
    let rents = contract_rents(unit.per(), total, first_year, months, Escalation::None).unwrap();
    assert_eq!(rents, [274_957, 274_957, 274_957, 274_957, 274_958].map(Fen));
    let dues = schedule(&Plan::AnnualPrepaid, &rents, day("2026-12-01"), day("2026-11-20")).unwrap();
    assert_eq!((dues.len(), dues[0].amount), (5, Fen(274_957)));
}

#[test]
fn what_is_one_sum_and_what_is_no_plan() {
    let of = |per, total, first, months| contract_rents(per, Fen(total), Fen(first), months, Escalation::None);
    assert_eq!(of(Per::Term, 700, 700, Some(60)), Ok(vec![Fen(700)]));
    assert_eq!(of(Per::Term, 700, 700, None), Ok(vec![Fen(700)]));
    // Half a year's rent is all there is; it is not halved once more.
    assert_eq!(of(Per::Year, 350, 350, Some(6)), Ok(vec![Fen(350)]));
    assert_eq!(of(Per::Month, 1_800, 1_200, Some(18)), Ok(vec![Fen(1_200), Fen(600)]));
    assert_eq!(of(Per::Year, 2_000, 700, Some(24)), Err(PlanError::NotTheTotal));
    assert_eq!(of(Per::Year, 0, 0, Some(24)), Err(PlanError::NoPrice));
    assert_eq!(of(Per::Year, 1_400, 700, Some(24 + 840)), Err(PlanError::Term));
    let grows = Escalation::Percent { every_years: 1, rate_bp: 500 };
    assert_eq!(contract_rents(Per::Year, Fen(1_400), Fen(700), Some(24), grows), Err(PlanError::NotTheTotal));
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
    fn the_years_of_a_contract_are_equal_but_for_rounding(
        unit in prop_oneof![Just(PriceUnit::YuanPerMuYear), Just(PriceUnit::YuanPerSquareMetreMonth)],
        price in 100i64..1_000_000,
        quantity in 1i64..10_000_000,
        years in 2u32..=70,
        broken in 0u32..12,
    ) {
        let term = (years * 12 + broken).min(840);
        let months = Some(term);
        let total = unit.total(Fen(price), quantity, months).unwrap();
        let first_year = unit.first_year(Fen(price), quantity, months).unwrap();
        prop_assume!(first_year >= Fen::yuan(10));
        let rents = contract_rents(unit.per(), total, first_year, months, Escalation::None).unwrap();
        prop_assert_eq!(rents.iter().copied().sum::<Fen>(), total);
        let last = rents.len() - 1;
        prop_assert!(rents[..last].iter().all(|rent| *rent == first_year));
        let share = i64::from(if term % 12 == 0 { 12 } else { term % 12 });
        let off = rents[last].0 * 12 - first_year.0 * share;
        prop_assert!(off.abs() <= 12 * rents.len() as i64, "the last year pays {:?} of {first_year:?}", rents[last]);
        let dues = schedule(&Plan::AnnualPrepaid, &rents, day("2026-12-01"), day("2026-11-20")).unwrap();
        prop_assert_eq!((dues.len(), dues[0].amount), (rents.len(), first_year));
    }

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
