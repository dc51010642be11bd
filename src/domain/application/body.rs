//! What an applicant fills in (form R01, R03).

use serde::{Deserialize, Serialize};

use crate::base::words::words;
use crate::category::{DocFacts, PriorityClass};
use crate::refusal::{FieldFault, Refusal};

words! {
    /// The sentences every applicant must declare (R03 声明与保证).
    Declaration {
        Truth = "truth", "所填内容和所交材料真实、完整、有效。";
        Notice = "notice", "已阅读挂牌公告和标的说明，认可标的现状和全部交易条件。";
        Capable = "capable", "具有完全民事行为能力，能够独立承担民事责任，未被限制参加交易。";
        NoCollusion = "no_collusion", "不与他人串通报价，不扰乱交易秩序。";
        Relation = "relation", "不是转出方及其负责人、代理人，不是交易服务人员或其近亲属；如是，已如实说明。";
        OwnAccount = "own_account", "以本人（本单位）账户交纳保证金，同意保证金按公告载明的规则处理。";
    }
}

/// Answers the eligibility rules ask for; `None` is 未填写.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Member of the collective whose right it is.
    pub member: Option<bool>,
    /// Able to farm or run what is taken.
    pub ability: Option<bool>,
    /// Staff of the platform, or a near relative.
    pub staff_or_relative: Option<bool>,
    /// Official of the transferring collective, or a near relative.
    pub village_official: Option<bool>,
    /// An agent acts for the applicant.
    pub agent: Option<bool>,
}

/// The filled-in part of an application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Stable names of the declarations ticked.
    pub declarations: Vec<String>,
    /// What it is to be used for.
    pub intended_use: String,
    /// Business plan (R10); may be empty.
    pub plan: String,
    /// The answers.
    pub answers: Answers,
    /// The class of priority claimed.
    pub priority: Option<PriorityClass>,
    /// What the claim rests on.
    pub priority_ground: String,
    /// The own account to which a deposit goes back was confirmed.
    pub refund_account_confirmed: bool,
}

impl Body {
    /// What decides the list of papers.
    pub fn doc_facts(&self, organisation: bool) -> DocFacts {
        DocFacts {
            outsider: self.answers.member != Some(true),
            priority: self.priority.is_some(),
            agent: self.answers.agent == Some(true),
            organisation,
            ..DocFacts::default()
        }
    }

    /// Everything that is missing before it can be handed in. `offered` are the classes the notice prints.
    pub fn faults(&self, offered: &[PriorityClass]) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        let mut need = |ok: bool, field: &str, message: &str| {
            if !ok {
                faults.push(FieldFault::new(field, message));
            }
        };
        need(!self.intended_use.trim().is_empty(), "intended_use", "请填写拟定用途");
        need(self.answers.member.is_some(), "member", "请选择是否为本集体经济组织成员");
        need(self.answers.ability.is_some(), "ability", "请选择是否具有相应的经营能力");
        need(self.answers.staff_or_relative.is_some(), "staff_or_relative", "请选择");
        need(self.answers.village_official.is_some(), "village_official", "请选择");
        need(self.answers.agent.is_some(), "agent", "请选择是否委托他人办理");
        need(self.refund_account_confirmed, "refund_account", "请确认保证金的退回账户");
        for declaration in Declaration::ALL {
            let ticked = self.declarations.iter().any(|d| d == declaration.name());
            need(ticked, declaration.name(), "请逐条阅读并确认该项声明");
        }
        if let Some(class) = self.priority {
            need(offered.contains(&class), "priority", "公告没有载明这一类优先权，不能在本次交易中主张");
            need(!self.priority_ground.trim().is_empty(), "priority_ground", "请写明主张优先权的依据");
        }
        faults
    }

    /// Refuses an incomplete body with all faults at once; `papers` are the missing papers.
    pub fn complete(&self, offered: &[PriorityClass], papers: Vec<FieldFault>) -> Result<(), Refusal> {
        let mut faults = self.faults(offered);
        faults.extend(papers);
        if faults.is_empty() { Ok(()) } else { Err(Refusal::Fields { faults }) }
    }
}
