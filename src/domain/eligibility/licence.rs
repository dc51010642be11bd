//! Commercial capital 工商企业等社会资本: E40 (rulebook 6.5). In Hunan an administrative licence
//! (湘农发〔2024〕14号) for land other than forest and grass, not needed inside the collective. The
//! thresholds are the county's to confirm; the defaults are another province's.

use super::basis::Basis;
use super::facts::{CaseRules, LicenceLevels};
use super::finding::{Finding, RuleId};
use super::receiver::Membership;
use crate::base::Area;
use crate::base::words::words;
use crate::category::LandKind;

words! {
    /// Who decides.
    LicenceLevel {
        Township = "township", "乡镇人民政府";
        County = "county", "县级人民政府农业农村部门";
        Prefecture = "prefecture", "市级人民政府农业农村部门";
        Province = "province", "省级人民政府农业农村部门";
    }
}

/// What decides whether a licence is needed and from whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LicenceFacts {
    /// The transferee and the collective.
    pub membership: Membership,
    /// Area of this lot.
    pub area: Area,
    /// Area the same transferee took on adjacent parcels within the aggregation period: splitting to
    /// dodge a level is barred.
    pub aggregated: Area,
    /// Townships touched, the aggregated parcels included.
    pub townships: u32,
    /// Counties touched.
    pub counties: u32,
}

/// A licence that is needed before the contract (K70).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LicenceNeed {
    /// Who decides.
    pub level: LicenceLevel,
    /// The area that counts.
    pub area: Area,
}

/// Whether a licence is needed. An unverified membership counts as outside until it is verified.
pub fn need(facts: &LicenceFacts, rules: &CaseRules, levels: &LicenceLevels) -> Option<LicenceNeed> {
    let land = matches!(rules.category.number(), 1 | 3 | 5) && rules.outsider_licence;
    let exempt = matches!(rules.land, Some(LandKind::Forest | LandKind::Grass));
    let inside = match facts.membership {
        Membership::Member => true,
        Membership::Outsider | Membership::Unverified => false,
    };
    if !land || exempt || inside || facts.area.0 <= 0 {
        return None;
    }
    let area = Area(facts.area.0.saturating_add(facts.aggregated.0.max(0)));
    let below = |mu: u32| area < Area::mu(i64::from(mu));
    let by_area = if below(levels.township_below_mu) {
        LicenceLevel::Township
    } else if below(levels.county_below_mu) {
        LicenceLevel::County
    } else if below(levels.prefecture_below_mu) {
        LicenceLevel::Prefecture
    } else {
        LicenceLevel::Province
    };
    let by_place = match (facts.counties, facts.townships) {
        (2.., _) => LicenceLevel::Prefecture,
        (_, 2..) => LicenceLevel::County,
        (_, _) => LicenceLevel::Township,
    };
    Some(LicenceNeed { level: by_area.max(by_place), area })
}

/// E40: says that the licence stands between result and contract, and who gives it.
pub fn e40(facts: &LicenceFacts, rules: &CaseRules, levels: &LicenceLevels) -> Option<Finding> {
    let (rule, basis) = (RuleId::E40, Basis::LandContract45);
    if !matches!(rules.category.number(), 1 | 3 | 5) || !rules.outsider_licence {
        return None;
    }
    Some(match need(facts, rules, levels) {
        None => Finding::pass(rule, basis, "无需办理工商企业等社会资本流转审批。"),
        Some(need) => {
            let text = format!(
                "受让方不是本集体成员，成交后签约前须经{}审批（面积 {}，含相邻地块累计；分级标准待确认）。",
                need.level.zh(),
                need.area
            );
            Finding::warn(rule, basis, text)
        }
    })
}
