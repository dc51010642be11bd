//! Term limits: E20 to E26 (rulebook 6.3). Terms are whole days, first and last included: a year from
//! 1 October ends on 30 September.

use super::basis::Basis;
use super::facts::{CaseRules, Limits, ObjectFacts, Owner};
use super::finding::{Finding, RuleId};
use crate::base::Day;
use crate::base::words::words;
use crate::category::Mode;

/// The term asked for and what binds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermFacts {
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
    /// Last day of the contract or term on the certificate.
    pub contract_end: Option<Day>,
    /// Last day of the next round's contract, when it is signed and attached (E24).
    pub next_contract_end: Option<Day>,
    /// The lease the applicant himself holds, when he passes on what he leases (再流转).
    pub head_lease: Option<HeadLease>,
    /// Last day of protection of intellectual property.
    pub protection_end: Option<Day>,
    /// The term was put to the vote in the decision.
    pub voted: bool,
}

/// What a sub-transfer stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadLease {
    /// Its last day.
    pub end: Day,
    /// The contractor agreed in writing.
    pub contractor_consent: bool,
    /// Filed with the collective.
    pub filed: bool,
}

impl TermFacts {
    /// The end of the applicant's own right: the next round's contract counts when it is attached.
    pub fn own_end(&self) -> Option<Day> {
        match (self.contract_end, self.next_contract_end) {
            (Some(this), Some(next)) => Some(this.max(next)),
            (this, next) => this.or(next),
        }
    }

    fn longer_than(&self, years: u32) -> bool {
        self.end > last_day(self.start, years)
    }
}

words! {
    /// What makes a term end.
    Bound {
        Contract = "contract", "承包（权利）剩余期限";
        HeadLease = "head_lease", "原流转合同期限";
        LeaseCap = "lease_cap", "租赁最长二十年";
        VarietyCap = "variety_cap", "该品种的最长期限";
        TitleExpiry = "title_expiry", "权证有效期";
        Protection = "protection", "知识产权保护期";
    }
}

/// The last day of a term of so many years.
pub fn last_day(start: Day, years: u32) -> Day {
    start.plus_months(years.saturating_mul(12)).plus(-1)
}

/// The latest possible last day and what sets it (rulebook 6.3): the earliest of all bounds. `None`
/// when nothing bounds the term.
pub fn max_end(term: &TermFacts, object: &ObjectFacts, rules: &CaseRules) -> Option<(Day, Bound)> {
    let cap_years = if rules.mode.is_lease() { rules.lease_cap_years } else { rules.cap_years };
    let bounds = [
        (term.own_end().filter(|_| rules.within_title), Bound::Contract),
        (term.head_lease.map(|lease| lease.end), Bound::HeadLease),
        (is_lease(rules.mode).then(|| last_day(term.start, LEASE_YEARS)), Bound::LeaseCap),
        (cap_years.map(|years| last_day(term.start, years)), Bound::VarietyCap),
        (object.title.expires, Bound::TitleExpiry),
        (term.protection_end, Bound::Protection),
    ];
    bounds.into_iter().filter_map(|(day, bound)| day.map(|day| (day, bound))).min_by_key(|(day, _)| *day)
}

/// The longest lease the Civil Code knows.
const LEASE_YEARS: u32 = 20;
/// Longest term of wasteland by other methods, and from where the reviewer is warned.
const WASTELAND_YEARS: u32 = 50;
const WASTELAND_WARN_YEARS: u32 = 30;

/// A lease in the sense of the Civil Code. 承包 by other methods and licences of rights are not.
fn is_lease(mode: Mode) -> bool {
    mode.is_lease() && !matches!(mode, Mode::ContractOut | Mode::Licence)
}

/// E20: not beyond the remaining contract term.
pub fn e20(term: &TermFacts, rules: &CaseRules) -> Option<Finding> {
    if !rules.within_title {
        return None;
    }
    let (rule, basis) = (RuleId::E20, Basis::LandContract38);
    Some(match term.own_end() {
        None => Finding::manual(rule, basis, "没有填写承包（权利）到期日，请按权证或者承包合同补充。"),
        Some(end) if term.end > end => {
            let text = format!(
                "流转到期日 {} 超过承包（权利）剩余期限，最晚只能到 {}，请缩短流转期限。",
                term.end.zh(),
                end.zh()
            );
            Finding::fail(rule, basis, text)
        }
        Some(end) => Finding::pass(rule, basis, format!("流转到期日没有超过承包（权利）到期日 {}。", end.zh())),
    })
}

/// E21: a lease is at most twenty years.
pub fn e21(term: &TermFacts, rules: &CaseRules) -> Option<Finding> {
    if !is_lease(rules.mode) {
        return None;
    }
    let latest = last_day(term.start, LEASE_YEARS);
    Some(if term.end > latest {
        let text = format!("租赁期限不得超过二十年，超过部分无效，最晚只能到 {}。", latest.zh());
        Finding::fail(RuleId::E21, Basis::Civil705, text)
    } else {
        Finding::pass(RuleId::E21, Basis::Civil705, "租赁期限没有超过二十年，应当采用书面形式。")
    })
}

/// E22: a sub-transfer stays within the head lease, with the contractor's consent and filing.
pub fn e22(term: &TermFacts) -> Option<Finding> {
    let head = term.head_lease?;
    let (rule, basis) = (RuleId::E22, Basis::LandContract46);
    Some(if term.end > head.end {
        let text = format!("再流转到期日超过原流转合同期限，最晚只能到 {}。", head.end.zh());
        Finding::fail(rule, basis, text)
    } else if !head.contractor_consent {
        Finding::fail(rule, basis, "再流转须经承包方书面同意，请上传书面同意书。")
    } else if !head.filed {
        Finding::fail(rule, basis, "再流转须向本集体经济组织备案，请上传备案回执。")
    } else {
        Finding::pass(rule, basis, "再流转在原流转合同期限内，承包方已书面同意并已备案。")
    })
}

/// E23: wasteland by other methods: the cap by practice and a warning for long terms.
pub fn e23(term: &TermFacts, object: &ObjectFacts, rules: &CaseRules) -> Option<Finding> {
    if rules.category.number() != 3 || object.owner == Owner::Household {
        return None;
    }
    let (rule, basis) = (RuleId::E23, Basis::WastelandPractice);
    let cap = rules.cap_years.unwrap_or(WASTELAND_YEARS);
    let warn = rules.warn_years.unwrap_or(WASTELAND_WARN_YEARS);
    Some(if term.longer_than(cap) {
        Finding::fail(rule, basis, format!("“四荒”使用权流转一般不超过 {cap} 年，请缩短期限。"))
    } else if term.longer_than(warn) {
        Finding::warn(rule, basis, format!("期限超过 {warn} 年，请审核人员关注期限是否合理。"))
    } else {
        Finding::pass(rule, basis, "期限在“四荒”使用权的一般范围内。")
    })
}

/// E24: the latest possible end, computed from everything that binds; never a fixed date.
pub fn e24(term: &TermFacts, object: &ObjectFacts, rules: &CaseRules) -> Finding {
    let rule = RuleId::E24;
    if term.end < term.start {
        return Finding::fail(rule, Basis::Platform, "到期日早于起始日，请核对期限。");
    }
    let Some((latest, bound)) = max_end(term, object, rules) else {
        return Finding::pass(rule, Basis::Platform, "没有法定或者约定的最晚到期日。");
    };
    let basis = match bound {
        Bound::Contract => Basis::LandContract38,
        Bound::HeadLease => Basis::LandContract46,
        Bound::LeaseCap => Basis::Civil705,
        Bound::VarietyCap => Basis::Platform,
        Bound::TitleExpiry => Basis::MarketNorms,
        Bound::Protection => Basis::IpTerms,
    };
    let says = format!("最晚到期日为 {}（{}）", latest.zh(), bound.zh());
    if latest < term.start {
        Finding::fail(rule, basis, format!("{says}，早于起始日，不能流转。"))
    } else if term.end > latest {
        Finding::fail(rule, basis, format!("{says}，申请的到期日为 {}，请缩短期限。", term.end.zh()))
    } else {
        Finding::pass(rule, basis, format!("{says}，申请的期限在此范围内。"))
    }
}

/// E25: long leases of assets are warned about, and voted on when the collective owns them.
pub fn e25(term: &TermFacts, object: &ObjectFacts, rules: &CaseRules, limits: &Limits) -> Option<Finding> {
    if !matches!(rules.category.number(), 4 | 7 | 9 | 12) || !rules.mode.is_lease() {
        return None;
    }
    let (rule, basis) = (RuleId::E25, Basis::Platform);
    let collective = matches!(object.owner, Owner::Collective | Owner::Cooperative);
    let (vote, warn) = (limits.asset_vote_years, limits.asset_warn_years);
    Some(if collective && term.longer_than(vote) && !term.voted {
        Finding::fail(rule, basis, format!("资产租赁期限超过 {vote} 年，期限须经成员表决，请补充载明期限的决议。"))
    } else if term.longer_than(warn) {
        Finding::warn(rule, basis, format!("资产租赁期限超过 {warn} 年，请审核人员关注期限和租金调整安排。"))
    } else {
        Finding::pass(rule, basis, "资产租赁期限在一般范围内。")
    })
}

/// E26: a licence ends with the protection.
pub fn e26(term: &TermFacts, rules: &CaseRules) -> Option<Finding> {
    if rules.category.number() != 13 {
        return None;
    }
    let (rule, basis) = (RuleId::E26, Basis::IpTerms);
    Some(match term.protection_end {
        None => Finding::manual(rule, basis, "没有填写保护期届满日，请按证书和登记簿副本补充。"),
        Some(end) if term.end > end => {
            Finding::fail(rule, basis, format!("期限超过知识产权保护期，最晚只能到 {}。", end.zh()))
        }
        Some(_) => Finding::pass(rule, basis, "期限没有超过知识产权保护期。"),
    })
}
