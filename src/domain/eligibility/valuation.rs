//! Valuation: E60 to E62 (rulebook 6.7).

use super::basis::Basis;
use super::facts::{CaseRules, Limits, ObjectFacts, Owner, ValuationFacts};
use super::finding::{Finding, RuleId};
use crate::base::Day;
use crate::category::{ModeKind, ValuationRule};

fn needed_on(object: &ObjectFacts, rules: &CaseRules) -> Option<Basis> {
    let disposes = match rules.mode.kind() {
        ModeKind::Sale | ModeKind::Equity => true,
        ModeKind::Lease | ModeKind::Purchase | ModeKind::Record => false,
    };
    let own_basis = match object.owner {
        Owner::State => Basis::StateValuation,
        Owner::Cooperative => Basis::CoopPractice,
        Owner::Collective if rules.category.number() == 2 => Basis::ProvincialForest,
        Owner::Collective | Owner::Household | Owner::Company | Owner::Individual => Basis::CollectiveValuation,
    };
    let by_owner = object.owner == Owner::State && disposes;
    let by_variety = match rules.valuation {
        ValuationRule::NotRequired => false,
        ValuationRule::OnSale => disposes,
        ValuationRule::Always => true,
    };
    (by_owner || by_variety).then_some(own_basis)
}

/// E60: a report where one is needed.
pub fn e60(object: &ObjectFacts, facts: &ValuationFacts, rules: &CaseRules) -> Option<Finding> {
    let basis = needed_on(object, rules)?;
    Some(match facts.report {
        Some(_) => Finding::pass(RuleId::E60, basis, "已提交资产评估报告。"),
        None => Finding::fail(RuleId::E60, basis, "该标的须先评估，请上传资产评估报告。"),
    })
}

/// E61: where none is needed, the price rests on the guide price or the village's vote.
pub fn e61(object: &ObjectFacts, facts: &ValuationFacts, rules: &CaseRules) -> Option<Finding> {
    if needed_on(object, rules).is_some() || facts.report.is_some() {
        return None;
    }
    let text = "无需评估，起始价可以参照指导价或者由村集体表决确定。";
    Some(Finding::pass(RuleId::E61, Basis::Platform, text))
}

/// E62: the report is valid on this day and the starting price not below it.
pub fn e62(
    object: &ObjectFacts,
    facts: &ValuationFacts,
    rules: &CaseRules,
    limits: &Limits,
    today: Day,
) -> Option<Finding> {
    let (appraised, base) = facts.report?;
    let state = object.owner == Owner::State;
    let basis = if state { Basis::StateTrading } else { Basis::Platform };
    let rule = RuleId::E62;
    let last = base.plus_months(limits.valuation_months).plus(-1);
    let floor = appraised.checked_mul_ratio(i128::from(facts.approved_bp), 10_000)?;
    Some(if base > today {
        Finding::fail(rule, basis, "评估基准日晚于今天，请核对评估报告。")
    } else if today > last {
        let text = format!("评估报告有效期至 {}，已经过期，请重新评估。", last.zh());
        Finding::fail(rule, basis, text)
    } else if rules.mode.kind() == ModeKind::Purchase {
        Finding::pass(rule, basis, format!("评估报告在有效期内（至 {}）。", last.zh()))
    } else if facts.start_total < floor {
        let text =
            format!("起始价 {} 低于评估价（或经批准的比例）{floor}，请提高起始价或者取得批准。", facts.start_total);
        Finding::fail(rule, basis, text)
    } else {
        let text = format!("评估报告在有效期内（至 {}），起始价不低于 {floor}。", last.zh());
        Finding::pass(rule, basis, text)
    })
}
