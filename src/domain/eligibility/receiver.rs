//! Who may receive: E30 to E36, and who must stand aside (rulebook 6.4, 9.4).

use serde::{Deserialize, Serialize};

use super::basis::Basis;
use super::facts::{CaseRules, Declared};
use super::finding::{Finding, RuleId};
use super::lookup::{BanLookup, Tie, is_homestead};
use crate::base::Day;
use crate::base::identity::ResidentId;
use crate::base::words::words;
use crate::category::ReceiverRule;

words! {
    /// Standing of a company on the register.
    CompanyStatus {
        Normal = "normal", "存续";
        Abnormal = "abnormal", "经营异常";
        Revoked = "revoked", "吊销";
        Cancelled = "cancelled", "注销";
        Unknown = "unknown", "未核实";
    }
}

words! {
    /// Whether somebody belongs to the collective whose right it is.
    Membership {
        Member = "member", "本集体成员";
        Outsider = "outsider", "非本集体成员";
        Unverified = "unverified", "未核实";
    }
}

/// The applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicantKind {
    /// A natural person.
    Person {
        /// Full years of age on the day of application.
        age: u32,
        /// At 16 or 17: lives mainly on own labour (Civil Code art. 18).
        self_supporting: bool,
        /// Full civil capacity as declared and not contradicted.
        capable: bool,
    },
    /// A legal person or other organisation.
    Organisation {
        /// On the register.
        status: CompanyStatus,
    },
    /// Government, for quotas.
    Government,
}

impl ApplicantKind {
    /// A person known by his ID, of full capacity, on that day.
    pub fn person(id: &ResidentId, today: Day) -> ApplicantKind {
        ApplicantKind::Person { age: id.age_on(today), self_supporting: false, capable: true }
    }
}

/// A ban in force or past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ban {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// A joint bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JointFacts {
    /// The notice allows joint bids.
    pub allowed: bool,
    /// Members, the lead included.
    pub members: u32,
    /// Members who confirmed electronically.
    pub confirmed: u32,
    /// The agreement with shares and lead is uploaded.
    pub agreement: bool,
}

/// What qualification needs to know about an applicant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiverFacts {
    /// Today, in China.
    pub today: Day,
    /// Person or organisation.
    pub kind: ApplicantKind,
    /// Belongs to the collective.
    pub membership: Membership,
    /// For 宅基地: an eligible member without a homestead.
    pub without_homestead: Declared,
    /// The contracting collective agrees to a transfer (转让) of contracted land.
    pub collective_consent: Declared,
    /// Declares to be able to farm.
    pub ability_declared: bool,
    /// Proof of ability is uploaded.
    pub ability_proof: bool,
    /// The lists of bans, once somebody looked.
    pub bans: Option<BanLookup>,
    /// A joint bid.
    pub joint: Option<JointFacts>,
    /// What ties the applicant to another of the lot.
    pub ties: Vec<Tie>,
    /// Same controller or manager as another applicant of the lot: the reviewer's conclusion.
    pub related: Declared,
    /// Staff of the platform, centre or station, or a near relative.
    pub staff_or_relative: bool,
    /// The transferor, its legal representative or its agent.
    pub is_transferor: bool,
    /// Official of the transferring collective, or a near relative.
    pub village_official: bool,
}

fn is_land(rules: &CaseRules) -> bool {
    matches!(rules.category.number(), 1..=3 | 5)
}

/// E30: full civil capacity; a company that exists.
pub fn e30(facts: &ReceiverFacts) -> Finding {
    let rule = RuleId::E30;
    match facts.kind {
        ApplicantKind::Government => Finding::pass(rule, Basis::Civil18, "申请人为政府部门。"),
        ApplicantKind::Person { capable: false, .. } => {
            Finding::fail(rule, Basis::Civil18, "申请人不具有完全民事行为能力，请由法定代理人咨询办理方式。")
        }
        ApplicantKind::Person { age, self_supporting, .. } => match (age, self_supporting) {
            (18.., _) => Finding::pass(rule, Basis::Civil18, "申请人已满十八周岁。"),
            (16 | 17, true) => {
                let text = "申请人满十六周岁不满十八周岁，声明以自己的劳动收入为主要生活来源，请核实。";
                Finding::manual(rule, Basis::Civil18, text)
            }
            (0..=17, _) => Finding::fail(rule, Basis::Civil18, "申请人未满十八周岁，不能参加交易。"),
        },
        ApplicantKind::Organisation { status } => match status {
            CompanyStatus::Normal => Finding::pass(rule, Basis::Civil72, "申请单位登记状态正常。"),
            CompanyStatus::Cancelled | CompanyStatus::Revoked => {
                let text = format!("申请单位已经{}，不能参加交易。", status.zh());
                Finding::fail(rule, Basis::Civil72, text)
            }
            CompanyStatus::Abnormal => {
                Finding::fail(rule, Basis::Platform, "申请单位被列入经营异常名录，请移出后再申请。")
            }
            CompanyStatus::Unknown => {
                Finding::manual(rule, Basis::Civil72, "申请单位的登记状态尚未核实，请查询登记信息。")
            }
        },
    }
}

/// E31: land goes to those who can farm it; outsiders show proof, which the collective checks.
pub fn e31(facts: &ReceiverFacts, rules: &CaseRules) -> Option<Finding> {
    if !is_land(rules) {
        return None;
    }
    let rule = RuleId::E31;
    Some(if !facts.ability_declared {
        Finding::fail(rule, Basis::LandContract38, "受让方须有农业经营能力或者资质，请填写经营能力声明。")
    } else if facts.membership == Membership::Member || facts.ability_proof {
        Finding::pass(rule, Basis::LandContract38, "已声明农业经营能力，材料符合要求。")
    } else {
        let text = "非本集体成员已声明经营能力但没有提交证明，请由发包方审查资信情况和经营能力。";
        Finding::manual(rule, Basis::LandContract52, text)
    })
}

/// E32: rights that stay inside the collective, and quotas that stay with government.
pub fn e32(facts: &ReceiverFacts, rules: &CaseRules) -> Option<Finding> {
    let rule = RuleId::E32;
    match rules.receivers {
        ReceiverRule::Open | ReceiverRule::MembersForMode => None,
        ReceiverRule::GovernmentOnly => Some(match facts.kind {
            ApplicantKind::Government => Finding::pass(rule, Basis::QuotaPractice, "申请人为政府部门。"),
            ApplicantKind::Person { .. } | ApplicantKind::Organisation { .. } => {
                Finding::fail(rule, Basis::QuotaPractice, "该品种只能由政府部门受让。")
            }
        }),
        ReceiverRule::MembersOnly => Some(members_only(facts, rules)),
    }
}

fn members_only(facts: &ReceiverFacts, rules: &CaseRules) -> Finding {
    let rule = RuleId::E32;
    let homestead = is_homestead(rules);
    let basis = match rules.category.number() {
        1 => Basis::LandContract34,
        6 => Basis::ShareReform,
        _ if homestead => Basis::LandAdmin62,
        _ => Basis::MarketNorms,
    };
    match facts.membership {
        Membership::Outsider => {
            Finding::fail(rule, basis, "该标的只能由本集体经济组织成员受让，非本集体成员不能报名。")
        }
        Membership::Unverified => Finding::manual(rule, basis, "成员身份尚未核实，请对照成员名册或者成员身份证明。"),
        Membership::Member if homestead => match facts.without_homestead {
            Declared::Yes => Finding::pass(rule, basis, "申请人为本集体成员且没有宅基地，符合一户一宅。"),
            Declared::No => Finding::fail(rule, basis, "申请人已有宅基地，一户只能拥有一处宅基地。"),
            Declared::NotStated => Finding::manual(rule, basis, "请核实申请人是否已有宅基地（一户一宅）。"),
        },
        Membership::Member if rules.category.number() == 1 => match facts.collective_consent {
            Declared::Yes => Finding::pass(rule, basis, "申请人为本集体经济组织成员，发包方同意转让的文件已经核对。"),
            Declared::No => Finding::fail(rule, basis, "土地承包经营权转让须经发包方同意，请上传发包方的同意文件。"),
            Declared::NotStated => Finding::manual(rule, basis, "请核对发包方同意转让的文件。"),
        },
        Membership::Member => Finding::pass(rule, basis, "申请人为本集体经济组织成员。"),
    }
}

/// E33: conditions for transferees that single somebody out. `aimed` is the reviewer's conclusion.
pub fn e33(conditions: &str, local_only: bool, rules: &CaseRules, aimed: Declared) -> Option<Finding> {
    if conditions.trim().is_empty() {
        return None;
    }
    let (rule, basis) = (RuleId::E33, Basis::TenderAct18);
    let members = rules.receivers == ReceiverRule::MembersOnly;
    Some(if local_only && !members {
        Finding::fail(rule, basis, "受让条件限定本地户籍，没有法律依据，请删除。")
    } else {
        match aimed {
            Declared::Yes => Finding::fail(rule, basis, "受让条件指向特定对象或者具有排斥性，请修改。"),
            Declared::NotStated => Finding::manual(rule, basis, "请核实受让条件是否合理、是否指向特定对象。"),
            Declared::No => Finding::pass(rule, basis, "受让条件合理，没有指向特定对象。"),
        }
    })
}

/// E34: no ban in force.
pub fn e34(facts: &ReceiverFacts) -> Finding {
    let (rule, basis) = (RuleId::E34, Basis::Platform);
    let Some(lookup) = facts.bans else {
        return Finding::manual(rule, basis, "禁入名单尚未查询，请查询平台禁入记录和失信名单。");
    };
    match lookup.ban.filter(|ban| ban.from <= facts.today && facts.today <= ban.to) {
        Some(ban) => {
            let text = format!("申请人因违约或者违规被禁止参加交易，期限至 {}。", ban.to.zh());
            Finding::fail(rule, basis, text)
        }
        None => Finding::pass(rule, basis, format!("申请人不在禁入期内（{} 查询）。", lookup.on.zh())),
    }
}

/// E35: joint bids only where the notice allows them, agreed and confirmed by every member.
pub fn e35(facts: &ReceiverFacts) -> Option<Finding> {
    let joint = facts.joint?;
    let (rule, basis) = (RuleId::E35, Basis::TenderRegs37);
    Some(if !joint.allowed {
        Finding::fail(rule, basis, "公告没有载明接受联合受让，请单独报名。")
    } else if joint.members < 2 {
        Finding::fail(rule, basis, "联合受让至少需要两名成员。")
    } else if !joint.agreement {
        Finding::fail(rule, basis, "请上传载明份额、牵头方和连带责任的联合受让协议。")
    } else if joint.confirmed < joint.members {
        let text = format!("联合受让成员 {} 名，已确认 {} 名，请全部成员在线确认。", joint.members, joint.confirmed);
        Finding::fail(rule, basis, text)
    } else {
        Finding::pass(rule, basis, "公告接受联合受让，协议和确认齐全。")
    })
}

/// E36: one controller, one bidder. The text does not tell who the other applicant is. What two applicants
/// have in common is no proof: the reviewer looks and concludes.
pub fn e36(facts: &ReceiverFacts) -> Finding {
    let (rule, basis) = (RuleId::E36, Basis::TenderRegs34);
    let shared = facts.ties.iter().map(|t| t.zh()).collect::<Vec<_>>().join("、");
    match (facts.related, facts.ties.is_empty()) {
        (Declared::Yes, _) => {
            let text = "与其他申请人的法定代表人相同，或者存在控股、管理关系，相关申请均不予确认。";
            Finding::fail(rule, basis, text)
        }
        (Declared::NotStated, false) => {
            Finding::manual(rule, basis, format!("与本标的其他申请人的{shared}相同，请核实有没有控制、管理关系。"))
        }
        (Declared::No, false) => {
            Finding::pass(rule, basis, format!("与其他申请人的{shared}相同，已核实没有控制、管理关系。"))
        }
        (Declared::No | Declared::NotStated, true) => {
            Finding::pass(rule, basis, "没有发现与其他申请人的控制、管理关系。")
        }
    }
}

/// CI01 to CI03: staff and the transferor may not bid; village officials disclose and stand aside.
pub fn conflicts(facts: &ReceiverFacts) -> Vec<Finding> {
    let mut findings = Vec::new();
    if facts.staff_or_relative {
        let text = "平台、中心和服务站工作人员及其近亲属不得参加经办标的的竞买。";
        findings.push(Finding::fail(RuleId::Ci01, Basis::CourtSale34, text));
    }
    if facts.is_transferor {
        let text = "转出方及其法定代表人、代理人不得参加自己标的的竞买，也不得委托他人竞买。";
        findings.push(Finding::fail(RuleId::Ci02, Basis::Auction30, text));
    }
    if facts.village_official {
        let text = "申请人是转出方集体的干部或者其近亲属，应当披露并回避相关决策，请核实回避情况。";
        findings.push(Finding::manual(RuleId::Ci03, Basis::Platform, text));
    }
    findings
}
