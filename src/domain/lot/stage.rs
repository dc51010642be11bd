//! Every stage a lot can be in (rulebook 2.2): one closed list, from which the
//! table checks, the API's enum, the public flow chart and the tests are made.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Which part of the procedure a stage belongs to; the spine of every project page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// 申请与初审
    Intake,
    /// 受理与审核
    Review,
    /// 公告与报名
    Listing,
    /// 竞价
    Bidding,
    /// 成交公示与确认
    Result,
    /// 签约
    Contract,
    /// 结算
    Payment,
    /// 鉴证、交割、登记与归档
    Closing,
    /// 未成交或中途结束
    Ended,
}

impl Phase {
    /// The main path, in order.
    pub const SPINE: [Phase; 8] = [
        Phase::Intake,
        Phase::Review,
        Phase::Listing,
        Phase::Bidding,
        Phase::Result,
        Phase::Contract,
        Phase::Payment,
        Phase::Closing,
    ];

    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        match self {
            Phase::Intake => "申请与初审",
            Phase::Review => "受理与审核",
            Phase::Listing => "公告与报名",
            Phase::Bidding => "竞价",
            Phase::Result => "成交公示与确认",
            Phase::Contract => "签约",
            Phase::Payment => "结算",
            Phase::Closing => "鉴证与归档",
            Phase::Ended => "已结束",
        }
    }
}

macro_rules! stages {
    ($($name:ident, $code:literal, $snake:literal, $zh:literal, $phase:ident, $owner:literal;)+) => {
        /// A stage of a lot. The comment of each variant is its code and Chinese name in rulebook 2.2.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Stage {
            $(
                #[doc = concat!($code, " ", $zh)]
                #[serde(rename = $snake)]
                $name,
            )+
        }

        impl Stage {
            /// All stages in the rulebook's order.
            pub const ALL: &'static [Stage] = &[$(Stage::$name),+];

            /// The rulebook's code, such as `L40`.
            pub fn code(self) -> &'static str {
                match self { $(Stage::$name => $code),+ }
            }

            /// The stable name in the API and the database.
            pub fn name(self) -> &'static str {
                match self { $(Stage::$name => $snake),+ }
            }

            /// The Chinese name.
            pub fn zh(self) -> &'static str {
                match self { $(Stage::$name => $zh),+ }
            }

            /// The part of the procedure.
            pub fn phase(self) -> Phase {
                match self { $(Stage::$name => Phase::$phase),+ }
            }

            /// Who moves next, in words.
            pub fn owner_zh(self) -> &'static str {
                match self { $(Stage::$name => $owner),+ }
            }
        }
    };
}

stages! {
    Draft, "D00", "draft", "草稿", Intake, "转出方";
    FirstReview, "D10", "first_review", "待初审", Intake, "乡镇服务站";
    FirstCorrection, "D11", "first_correction", "初审补正", Intake, "转出方";
    FirstReturned, "D12", "first_returned", "初审退回", Ended, "转出方可修改后重新提交";
    Acceptance, "C20", "acceptance", "待受理", Review, "县中心受理登记岗";
    AcceptanceCorrection, "C21", "acceptance_correction", "受理补正", Review, "转出方";
    NotAccepted, "C22", "not_accepted", "不予受理", Ended, "无";
    Review, "C23", "review", "审核中", Review, "县中心审核岗";
    Consultation, "C24", "consultation", "部门会审", Review, "会审部门";
    ReviewRejected, "C25", "review_rejected", "审核不通过", Ended, "无";
    ToPublish, "C30", "to_publish", "待发布", Review, "转出方确认文本、县中心发布岗发布";
    Listed, "L40", "listed", "公告中（报名中）", Listing, "意向受让方";
    Amended, "L41", "amended", "变更公告", Listing, "县中心";
    Extended, "L42", "extended", "延期公告", Listing, "意向受让方";
    Qualifying, "L43", "qualifying", "报名截止", Listing, "县中心资格审查岗";
    Qualified, "L44", "qualified", "资格确认完成", Listing, "县中心竞价组织岗";
    Scheduled, "B50", "scheduled", "待竞价", Bidding, "到时自动开始";
    FreeBidding, "B51", "free_bidding", "自由竞价", Bidding, "竞买人";
    LimitedBidding, "B52", "limited_bidding", "限时竞价", Bidding, "竞买人";
    BiddingPaused, "B53", "bidding_paused", "竞价暂停", Bidding, "县中心";
    Evaluation, "B54", "evaluation", "开标评审", Bidding, "评审专家";
    Draw, "B55", "draw", "抽签", Bidding, "系统";
    Negotiation, "B56", "negotiation", "协商", Bidding, "转出方与意向受让方";
    Publicity, "R60", "publicity", "结果公示", Result, "公示期满自动结束";
    ObjectionHandling, "R61", "objection_handling", "异议处理", Result, "县中心答复";
    Confirmation, "R62", "confirmation", "成交确认", Result, "转出方与受让方签署";
    Approval, "K70", "approval", "待审批", Contract, "审批机关";
    ToSign, "K71", "to_sign", "待签约", Contract, "转出方与受让方";
    Signed, "K72", "signed", "已签约", Contract, "县中心鉴证岗";
    AwaitingPayment, "F80", "awaiting_payment", "待付款", Payment, "受让方";
    Paid, "F81", "paid", "已付款", Payment, "受让方申请鉴证";
    Certifying, "Z85", "certifying", "鉴证申请中", Closing, "县中心鉴证岗与主任";
    Certified, "Z86", "certified", "已鉴证", Closing, "转出方与受让方交割";
    Delivered, "Z87", "delivered", "已交割", Closing, "县中心鉴证岗移交登记";
    HandedOver, "Z88", "handed_over", "登记移交", Closing, "登记部门";
    Registered, "Z89", "registered", "登记办结", Closing, "县中心档案岗";
    Archived, "Z90", "archived", "已归档", Closing, "无";
    Withdrawn, "X10", "withdrawn", "撤回", Ended, "无";
    FailedNoApplicant, "X20", "failed_no_applicant", "流标（无人报名）", Ended, "转出方";
    FailedNoBid, "X21", "failed_no_bid", "流拍（无有效报价）", Ended, "转出方";
    FailedReserve, "X22", "failed_reserve", "未达保留价", Ended, "转出方";
    FailedCompetition, "X23", "failed_competition", "有效竞争不足", Ended, "转出方";
    Suspended, "X30", "suspended", "中止", Ended, "县中心";
    Terminated, "X40", "terminated", "终结", Ended, "无";
    Defaulted, "X50", "defaulted", "违约（悔拍）", Ended, "县中心";
    Annulled, "X60", "annulled", "成交无效", Ended, "无";
    CertificateRevoked, "X70", "certificate_revoked", "鉴证撤销", Ended, "无";
}

impl Stage {
    /// The stage with this stable name.
    pub fn from_name(name: &str) -> Option<Stage> {
        Stage::ALL.iter().copied().find(|s| s.name() == name)
    }

    /// Whether the public may know that the lot exists: from publication on.
    /// A withdrawn or terminated lot is public when it was published before; the lot says so itself.
    pub fn is_public(self) -> bool {
        match self.phase() {
            Phase::Intake | Phase::Review => false,
            Phase::Listing | Phase::Bidding | Phase::Result | Phase::Contract | Phase::Payment | Phase::Closing => true,
            Phase::Ended => matches!(
                self,
                Stage::FailedNoApplicant
                    | Stage::FailedNoBid
                    | Stage::FailedReserve
                    | Stage::FailedCompetition
                    | Stage::Suspended
                    | Stage::Defaulted
                    | Stage::Annulled
                    | Stage::CertificateRevoked
            ),
        }
    }

    /// Whether a deal that had been made is undone again: nothing was, or stays, transferred by it.
    pub fn undoes_the_deal(self) -> bool {
        matches!(self, Stage::Terminated | Stage::Defaulted | Stage::Annulled)
    }

    /// Whether registration is open (rulebook 2.5).
    pub fn takes_applications(self) -> bool {
        matches!(self, Stage::Listed | Stage::Extended)
    }

    /// Whether the bidding session has not closed yet, so that registrants stay
    /// hidden (architecture 7, registrant blindness).
    pub fn registrants_hidden(self) -> bool {
        matches!(
            self,
            Stage::Listed
                | Stage::Amended
                | Stage::Extended
                | Stage::Qualifying
                | Stage::Qualified
                | Stage::Scheduled
                | Stage::FreeBidding
                | Stage::LimitedBidding
                | Stage::BiddingPaused
                | Stage::Evaluation
                | Stage::Draw
                | Stage::Negotiation
        )
    }

    /// Whether a bidding session is running or paused.
    pub fn in_session(self) -> bool {
        matches!(self, Stage::FreeBidding | Stage::LimitedBidding | Stage::BiddingPaused)
    }

    /// Whether nothing moves any more.
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Stage::NotAccepted
                | Stage::ReviewRejected
                | Stage::Archived
                | Stage::Withdrawn
                | Stage::FailedNoApplicant
                | Stage::FailedNoBid
                | Stage::FailedReserve
                | Stage::FailedCompetition
                | Stage::Terminated
                | Stage::Defaulted
                | Stage::Annulled
                | Stage::CertificateRevoked
        )
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.zh())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_and_codes_are_unique() {
        let codes: BTreeSet<_> = Stage::ALL.iter().map(|s| s.code()).collect();
        let names: BTreeSet<_> = Stage::ALL.iter().map(|s| s.name()).collect();
        assert_eq!(codes.len(), Stage::ALL.len());
        assert_eq!(names.len(), Stage::ALL.len());
        for s in Stage::ALL {
            assert_eq!(Stage::from_name(s.name()), Some(*s));
            assert_eq!(serde_json::to_string(s).ok(), Some(format!("\"{}\"", s.name())));
        }
    }

    #[test]
    fn drafts_are_never_public() {
        assert!(!Stage::Draft.is_public());
        assert!(!Stage::ToPublish.is_public());
        assert!(Stage::Listed.is_public());
        assert!(!Stage::Withdrawn.is_public());
    }
}
