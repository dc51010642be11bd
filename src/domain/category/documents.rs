//! The papers of both sides (rulebook 7.2).

use serde::{Deserialize, Serialize};

use crate::base::words::words;

words! {
    /// A paper in the dictionary of rulebook 7.2: T for the transferor, R for the transferee.
    DocCode {
        T01 = "T01", "交易申请书";
        T02 = "T02", "转出方身份证明";
        T03 = "T03", "权属证明";
        T04 = "T04", "民主决策材料";
        T05 = "T05", "批准或同意文件";
        T06 = "T06", "标的情况说明";
        T07 = "T07", "底价及其依据";
        T08 = "T08", "授权委托书及受托人身份证明";
        T09 = "T09", "流转方案";
        T10 = "T10", "真实性与合规承诺书";
        T11 = "T11", "收款账户证明";
        R01 = "R01", "受让申请书";
        R02 = "R02", "受让方身份证明";
        R03 = "R03", "声明与保证";
        R04 = "R04", "资信证明";
        R05 = "R05", "经营能力或资质证明";
        R06 = "R06", "联合受让协议及牵头方授权书";
        R07 = "R07", "授权委托书及受托人身份证明";
        R08 = "R08", "保证金缴纳凭证";
        R09 = "R09", "优先权证明";
        R10 = "R10", "经营项目方案";
        R11 = "R11", "内部决议";
    }
}

words! {
    /// Which side brings a paper.
    Side {
        Transferor = "transferor", "转出方";
        Transferee = "transferee", "受让方";
    }
}

words! {
    /// When a paper is asked for.
    When {
        Always = "always", "一律提交";
        Outsider = "outsider", "受让方不是本集体成员时";
        Sublet = "sublet", "再次流转时";
        Joint = "joint", "联合受让时";
        Priority = "priority", "主张优先权时";
        Agent = "agent", "委托他人办理时";
        Organisation = "organisation", "申请人为单位时";
        Sale = "sale", "转让权利时";
        Lease = "lease", "出租权利时";
        MemberDecision = "member_decision", "标的属于集体时";
    }
}

impl DocCode {
    /// Which side brings it.
    pub fn side(self) -> Side {
        if self.name().starts_with('T') { Side::Transferor } else { Side::Transferee }
    }
}

/// What is true of one application, so that the list of papers can be drawn up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DocFacts {
    /// The transferee is no member of the collective (for a transferor: outsiders may receive).
    pub outsider: bool,
    /// The transferor itself holds by a lease (再次流转).
    pub sublet: bool,
    /// Several apply together.
    pub joint: bool,
    /// Priority is claimed.
    pub priority: bool,
    /// An agent acts.
    pub agent: bool,
    /// The applicant is an organisation.
    pub organisation: bool,
    /// The right itself changes hands.
    pub sale: bool,
    /// Use for a time against rent.
    pub lease: bool,
    /// The object belongs to a collective, so its members decide.
    pub member_decision: bool,
}

impl When {
    /// Whether a paper asked for in this case belongs on the list.
    pub const fn holds(self, facts: DocFacts) -> bool {
        match self {
            When::Always => true,
            When::Outsider => facts.outsider,
            When::Sublet => facts.sublet,
            When::Joint => facts.joint,
            When::Priority => facts.priority,
            When::Agent => facts.agent,
            When::Organisation => facts.organisation,
            When::Sale => facts.sale,
            When::Lease => facts.lease,
            When::MemberDecision => facts.member_decision,
        }
    }
}

/// One line of a variety's list of papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocRule {
    /// Unique in the variety; the code in lower case unless the file gives another (`t05_consent`).
    pub key: String,
    /// The paper in the dictionary.
    pub code: DocCode,
    /// What this variety wants to see, for example `承包合同或土地经营权证`.
    pub title: String,
    /// The case in which it is asked for.
    pub when: When,
    /// Whether the application is incomplete without it (when its case holds).
    pub required: bool,
    /// A sentence of help; may be empty.
    pub help: String,
}

impl DocRule {
    /// Whether it must be there before the application can be handed in.
    pub const fn must(&self, facts: DocFacts) -> bool {
        self.required && self.when.holds(facts)
    }
}
