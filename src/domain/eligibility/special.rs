//! State and cooperative property, water, machinery, rights of the mind, projects: E70 to E83
//! (rulebook 6.8, 6.9, 6.10).

use super::basis::Basis;
use super::facts::{CaseRules, Declared, Limits};
use super::finding::{Finding, RuleId};
use crate::base::Fen;
use crate::base::words::words;
use crate::category::{LandKind, ModeKind};

/// State and cooperative property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicPropertyFacts {
    /// State equity.
    pub state_equity: bool,
    /// Other state property.
    pub state_property: bool,
    /// Property of a supply and marketing cooperative.
    pub cooperative: bool,
    /// The owner's own resolution and the approval of who stands above it are uploaded.
    pub approved: bool,
}

/// E70: state equity belongs to a qualified exchange.
pub fn e70(facts: &PublicPropertyFacts, limits: &Limits) -> Option<Finding> {
    if !facts.state_equity {
        return None;
    }
    let (rule, basis) = (RuleId::E70, Basis::StateAssets54);
    Some(if limits.redirect_state_equity {
        let text = "国有股权转让须在依法设立的产权交易场所公开进行，本中心不予受理，请转省级产权交易机构办理。";
        Finding::fail(rule, basis, text)
    } else {
        let text = "国有股权转让须在依法设立的产权交易场所公开进行，请核实本中心的交易资格。";
        Finding::manual(rule, basis, text)
    })
}

/// E71: state property needs its approvals.
pub fn e71(facts: &PublicPropertyFacts) -> Option<Finding> {
    if !facts.state_equity && !facts.state_property {
        return None;
    }
    Some(if facts.approved {
        Finding::pass(RuleId::E71, Basis::StateTrading, "已提交内部决策文件和国资监管部门（或政府）的批准文件。")
    } else {
        let text = "请上传内部决策文件和国资监管部门（或政府）的批准文件。";
        Finding::fail(RuleId::E71, Basis::StateTrading, text)
    })
}

/// E72: cooperative property needs its board and the cooperative above.
pub fn e72(facts: &PublicPropertyFacts) -> Option<Finding> {
    if !facts.cooperative {
        return None;
    }
    Some(if facts.approved {
        Finding::pass(RuleId::E72, Basis::CoopPractice, "已提交本级社决议和上级社批准文件。")
    } else {
        Finding::fail(RuleId::E72, Basis::CoopPractice, "请上传本级社决议和上级社批准文件。")
    })
}

/// Water facilities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaterFacts {
    /// Touches public safety: a reservoir, a dyke and the like.
    pub public_safety: Declared,
    /// Who maintains it afterwards; empty when not named.
    pub maintainer: String,
}

/// E80: what touches public safety is excluded by the plan; maintenance is named.
pub fn e80(facts: &WaterFacts, rules: &CaseRules) -> Option<Finding> {
    if rules.category.number() != 9 && rules.land != Some(LandKind::Irrigation) {
        return None;
    }
    let (rule, basis) = (RuleId::E80, Basis::Plan);
    Some(match facts.public_safety {
        Declared::Yes => Finding::fail(rule, basis, "涉及公共安全的水利设施（水库、堤防等）不在交易范围内，不予受理。"),
        Declared::NotStated => Finding::manual(rule, basis, "没有说明是否涉及公共安全，请水利部门核实。"),
        Declared::No if facts.maintainer.trim().is_empty() => {
            Finding::fail(rule, Basis::Platform, "没有写明维修养护责任人，请补充。")
        }
        Declared::No => Finding::pass(rule, basis, "不涉及公共安全，维修养护责任人已写明，公告应当写明防汛义务。"),
    })
}

/// E81: tractors and combines are registered and inspected.
pub fn e81(registered: bool, inspected: bool) -> Finding {
    let (rule, basis) = (RuleId::E81, Basis::MachinerySafety);
    match (registered, inspected) {
        (true, true) => Finding::pass(rule, basis, "登记和检验有效，成交后到县农机部门办理变更登记。"),
        (false, _) => Finding::fail(rule, basis, "拖拉机、联合收割机没有有效登记，不能交易。"),
        (true, false) => Finding::fail(rule, basis, "拖拉机、联合收割机检验已过期，请先检验。"),
    }
}

/// Intellectual property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IpFacts {
    /// The applicant is the owner on the register extract.
    pub owner_on_register: bool,
    /// Annual fees are paid.
    pub fees_paid: bool,
    /// Pledged.
    pub pledged: bool,
    /// A foreign transferee may take part.
    pub foreign_transferee: bool,
}

/// E82: owner on the register, fees paid, no pledge.
pub fn e82(facts: &IpFacts, rules: &CaseRules) -> Option<Finding> {
    if rules.category.number() != 13 {
        return None;
    }
    let (rule, basis) = (RuleId::E82, Basis::PatentAct10);
    Some(if !facts.owner_on_register {
        Finding::fail(rule, basis, "申请人不是登记簿记载的权利人，请先办理变更登记。")
    } else if !facts.fees_paid {
        Finding::fail(rule, basis, "年费没有缴清，权利可能终止，请先缴费。")
    } else if facts.pledged {
        Finding::fail(rule, basis, "权利已出质，请先取得质权人同意。")
    } else if facts.foreign_transferee {
        Finding::manual(rule, basis, "向外国人或者外国企业转让须依法办理手续，请核实。")
    } else {
        Finding::pass(rule, basis, "权利人、年费和质押情况符合要求。")
    })
}

words! {
    /// What a project of category 8 buys.
    ProjectKind {
        Works = "works", "工程";
        Goods = "goods", "货物";
        Services = "services", "服务";
        Promotion = "promotion", "产业项目招商";
    }
}

impl ProjectKind {
    /// From this estimate on a tender is mandatory; `None` where the law asks none.
    pub const fn tender_threshold(self) -> Option<Fen> {
        match self {
            ProjectKind::Works => Some(Fen::yuan(4_000_000)),
            ProjectKind::Goods => Some(Fen::yuan(2_000_000)),
            ProjectKind::Services => Some(Fen::yuan(1_000_000)),
            ProjectKind::Promotion => None,
        }
    }
}

/// A project of category 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProjectFacts {
    /// What it buys.
    pub kind: ProjectKind,
    /// Estimated price of this lot.
    pub estimate: Fen,
    /// Estimates of the owner's other projects of this kind within twelve months.
    pub related: Fen,
    /// The approval or budget is uploaded.
    pub approved: bool,
    /// Proof that the money is there is uploaded.
    pub funded: bool,
    /// The lot is the statutory tender itself (M5), not a bidding session.
    pub by_tender: bool,
}

/// E83: approved, funded, not split, and not above the thresholds of mandatory tender.
pub fn e83(facts: &ProjectFacts, rules: &CaseRules) -> Option<Finding> {
    if rules.category.number() != 8 || rules.mode.kind() != ModeKind::Purchase {
        return None;
    }
    let rule = RuleId::E83;
    let threshold = facts.kind.tender_threshold().filter(|_| !facts.by_tender);
    let together = Fen(facts.estimate.0.saturating_add(facts.related.0));
    Some(if let Some(limit) = threshold.filter(|limit| facts.estimate >= *limit) {
        let text = format!("{}估算价达到 {limit}，依法必须招标，请转法定招标渠道办理。", facts.kind.zh());
        Finding::fail(rule, Basis::TenderAct3, text)
    } else if let Some(limit) = threshold.filter(|limit| together >= *limit) {
        let text = format!("与近十二个月同类项目合计 {together}，达到必须招标的 {limit}，请核实是否拆分规避招标。");
        Finding::manual(rule, Basis::TenderAct3, text)
    } else if !facts.approved {
        Finding::fail(rule, Basis::Plan, "没有立项或者预算批准文件，请补充。")
    } else if !facts.funded {
        Finding::fail(rule, Basis::Plan, "没有资金到位证明，请补充。")
    } else {
        Finding::pass(rule, Basis::Plan, "项目已批准，资金已落实，估算价在平台交易范围内。")
    })
}
