//! What a rule says about a case.

use serde::{Deserialize, Serialize};

use super::basis::Basis;
use crate::base::ids::AccountId;
use crate::base::words::words;

words! {
    /// The rules of rulebook chapter 6 by their id, and the conflict-of-interest rules of 9.4 that
    /// decide who may bid.
    RuleId {
        E01 = "e01", "权属合法清晰";
        E02 = "e02", "权证核对";
        E03 = "e03", "查封冻结";
        E04 = "e04", "抵押";
        E05 = "e05", "已有租赁";
        E06 = "e06", "共有人同意";
        E07 = "e07", "重复挂牌";
        E08 = "e08", "面积核对";
        E10 = "e10", "土地用途";
        E11 = "e11", "耕地和永久基本农田保护";
        E12 = "e12", "公告用途提示";
        E13 = "e13", "生态公益林";
        E14 = "e14", "集体经营性建设用地";
        E20 = "e20", "剩余承包期";
        E21 = "e21", "租赁最长期限";
        E22 = "e22", "再流转";
        E23 = "e23", "四荒期限";
        E24 = "e24", "最晚到期日";
        E25 = "e25", "资产租赁期限";
        E26 = "e26", "知识产权保护期";
        E30 = "e30", "民事行为能力";
        E31 = "e31", "农业经营能力";
        E32 = "e32", "受让人范围";
        E33 = "e33", "受让条件";
        E34 = "e34", "禁入名单";
        E35 = "e35", "联合受让";
        E36 = "e36", "关联竞买";
        E40 = "e40", "工商资本流转审批";
        E50 = "e50", "决策机构";
        E51 = "e51", "表决结果";
        E52 = "e52", "决议公示";
        E53 = "e53", "农户委托";
        E60 = "e60", "资产评估";
        E61 = "e61", "无需评估";
        E62 = "e62", "评估有效期和起始价";
        E70 = "e70", "国有产权";
        E71 = "e71", "国有产权审批";
        E72 = "e72", "供销社资产审批";
        E80 = "e80", "水利设施";
        E81 = "e81", "农机登记检验";
        E82 = "e82", "知识产权状态";
        E83 = "e83", "项目资金和招标";
        Ci01 = "ci01", "工作人员回避";
        Ci02 = "ci02", "转出方回避";
        Ci03 = "ci03", "村干部参与竞买";
    }
}

impl RuleId {
    /// The id as people quote it: `E20`, `CI02`.
    pub fn code(self) -> String {
        self.name().to_ascii_uppercase()
    }
}

words! {
    /// What a rule concludes.
    Verdict {
        Pass = "pass", "通过";
        Fail = "fail", "不通过";
        Warn = "warn", "提醒";
        Manual = "manual", "需人工核实";
    }
}

/// One conclusion, with its reason in plain words and its citation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// By which rule.
    pub rule: RuleId,
    /// What it concludes.
    pub verdict: Verdict,
    /// Why, and what to do: full sentences in Chinese.
    pub explanation: String,
    /// On which provision. Decides whether the finding may be waived.
    pub basis: Basis,
}

impl Finding {
    pub(super) fn new(rule: RuleId, verdict: Verdict, basis: Basis, explanation: impl Into<String>) -> Finding {
        Finding { rule, verdict, explanation: explanation.into(), basis }
    }

    pub(super) fn pass(rule: RuleId, basis: Basis, explanation: impl Into<String>) -> Finding {
        Finding::new(rule, Verdict::Pass, basis, explanation)
    }

    pub(super) fn fail(rule: RuleId, basis: Basis, explanation: impl Into<String>) -> Finding {
        Finding::new(rule, Verdict::Fail, basis, explanation)
    }

    pub(super) fn warn(rule: RuleId, basis: Basis, explanation: impl Into<String>) -> Finding {
        Finding::new(rule, Verdict::Warn, basis, explanation)
    }

    pub(super) fn manual(rule: RuleId, basis: Basis, explanation: impl Into<String>) -> Finding {
        Finding::new(rule, Verdict::Manual, basis, explanation)
    }

    /// The citation as printed.
    pub fn citation(&self) -> &'static str {
        self.basis.citation()
    }

    /// Whether it may be set aside. Never for statute, regulation, interpretation or ministry rule.
    pub fn waivable(&self) -> bool {
        self.basis.source().waivable()
    }

    /// Stops the case until it is cured or (where allowed) waived.
    pub fn blocks(&self) -> bool {
        match self.verdict {
            Verdict::Fail => true,
            Verdict::Pass | Verdict::Warn | Verdict::Manual => false,
        }
    }

    /// A person must look and record a conclusion.
    pub fn needs_person(&self) -> bool {
        match self.verdict {
            Verdict::Manual => true,
            Verdict::Pass | Verdict::Warn | Verdict::Fail => false,
        }
    }
}

/// A finding set aside by two persons with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// What is set aside.
    pub rule: RuleId,
    /// On which basis it stood.
    pub basis: Basis,
    /// Why.
    pub reason: String,
    /// Who proposes.
    pub proposed_by: AccountId,
    /// Who agrees; never the same person.
    pub agreed_by: AccountId,
}

/// Why there is no waiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WaiverError {
    /// Law.
    #[error("该项依据法律、行政法规、司法解释或者部门规章作出，任何人不得豁免，请补正后重新提交。")]
    Law,
    /// Nothing to set aside.
    #[error("该项没有阻止办理，无需豁免。")]
    NotBlocking,
    /// No reason.
    #[error("请写明豁免的具体理由，至少 10 个字。")]
    NoReason,
    /// One person only.
    #[error("豁免须由两人分别提出和同意，不能是同一人。")]
    SamePerson,
}

impl Waiver {
    /// Sets a finding aside. Only findings from policy, local practice or the platform's own rules.
    pub fn new(
        finding: &Finding,
        reason: &str,
        proposed_by: AccountId,
        agreed_by: AccountId,
    ) -> Result<Waiver, WaiverError> {
        if !finding.waivable() {
            return Err(WaiverError::Law);
        }
        if !finding.blocks() && !finding.needs_person() {
            return Err(WaiverError::NotBlocking);
        }
        if reason.trim().chars().count() < 10 {
            return Err(WaiverError::NoReason);
        }
        if proposed_by == agreed_by {
            return Err(WaiverError::SamePerson);
        }
        let reason = reason.trim().to_owned();
        Ok(Waiver { rule: finding.rule, basis: finding.basis, reason, proposed_by, agreed_by })
    }

    /// Whether it sets this finding aside.
    pub fn covers(&self, finding: &Finding) -> bool {
        self.rule == finding.rule && self.basis == finding.basis && finding.waivable()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::super::basis::Source;
    use super::*;
    use uuid::Uuid;

    fn person(n: u128) -> AccountId {
        AccountId(Uuid::from_u128(n))
    }

    #[test]
    fn law_is_never_waivable() {
        let law = [Source::Statute, Source::Regulation, Source::Interpretation, Source::MinistryRule];
        for basis in Basis::ALL {
            let finding = Finding::fail(RuleId::E20, *basis, "超期。");
            assert_eq!(finding.waivable(), !law.contains(&basis.source()), "{}", basis.name());
            let waiver = Waiver::new(&finding, "县领导小组会议研究同意", person(1), person(2));
            assert_eq!(waiver.is_err(), law.contains(&basis.source()), "{}", basis.name());
        }
    }

    #[test]
    fn a_waiver_needs_two_persons_and_a_reason() {
        let finding = Finding::fail(RuleId::E52, Basis::Platform, "公示不足。");
        let reason = "村内已连续公示，照片补传。";
        assert_eq!(Waiver::new(&finding, "同意", person(1), person(2)), Err(WaiverError::NoReason));
        assert_eq!(Waiver::new(&finding, reason, person(1), person(1)), Err(WaiverError::SamePerson));
        let waiver = Waiver::new(&finding, reason, person(1), person(2)).unwrap();
        assert!(waiver.covers(&finding));
        assert!(!waiver.covers(&Finding::fail(RuleId::E51, Basis::Platform, "")));
        let pass = Finding::pass(RuleId::E52, Basis::Platform, "");
        assert_eq!(Waiver::new(&pass, reason, person(1), person(2)), Err(WaiverError::NotBlocking));
    }

    #[test]
    fn a_stored_finding_cannot_become_waivable() {
        let finding = Finding::fail(RuleId::E20, Basis::LandContract38, "超期。");
        let json = serde_json::to_string(&finding).unwrap();
        assert!(!json.contains("waivable"), "it follows from the basis");
        assert_eq!(serde_json::from_str::<Finding>(&json).unwrap(), finding);
        assert_eq!(RuleId::E20.code(), "E20");
    }
}
