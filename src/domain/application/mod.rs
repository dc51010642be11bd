//! A bidder's application (受让申请, form R01; rulebook 2.3 T08a–T10): what was declared, what was
//! decided, and what may follow from where it stands.
//!
//! **Invariant**: a decision is made once, by the one person assigned, and only before the list is frozen.

mod body;

use crate::auction::{BidderNo, BidderStanding};
use crate::base::Instant;
use crate::base::ids::{AccountId, ApplicationId, LotId, PartyId};
use crate::base::words::words;
use crate::refusal::Refusal;

pub use body::{Answers, Body, Declaration};

words! {
    /// Where an application stands.
    Status {
        Draft = "draft", "草稿";
        Submitted = "submitted", "已报名，待资格审查";
        Correction = "correction", "待补正";
        Qualified = "qualified", "资格已确认";
        Refused = "refused", "资格未获确认";
        Withdrawn = "withdrawn", "已撤回";
    }
}

/// A bidder's application for one lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// The lot.
    pub lot: LotId,
    /// Who applies.
    pub party: PartyId,
    /// The account that speaks for it.
    pub account: AccountId,
    /// Where it stands.
    pub status: Status,
    /// What was filled in.
    pub body: Body,
    /// The sub-account for the deposit, given to this application alone.
    pub sub_account: String,
    /// The one person who reviews it.
    pub reviewer: Option<AccountId>,
    /// Reason of the last decision, or what is to be corrected.
    pub reason: String,
    /// Rank of the approved priority right, 1 is the best.
    pub priority_rank: Option<u8>,
    /// No member of the collective.
    pub outsider: bool,
    /// Given when the list is frozen.
    pub bidder_no: Option<BidderNo>,
    /// When the bidding rules were agreed to.
    pub agreed_at: Option<Instant>,
    /// When it was handed in (the last time).
    pub submitted_at: Option<Instant>,
    /// When it was decided.
    pub decided_at: Option<Instant>,
    /// When it was begun.
    pub created_at: Instant,
    /// The instant from which a correction is too late; set while one is asked for.
    pub correct_by: Option<Instant>,
}

/// What the reviewer decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 资格确认: with the membership found and the rank of a proven priority.
    Qualify {
        /// No member of the collective.
        outsider: bool,
        /// Rank under the printed order.
        rank: Option<u8>,
    },
    /// 一次性告知补正.
    Correct {
        /// The instant from which the correction is too late.
        by: Instant,
    },
    /// 不予确认.
    Refuse,
}

impl Application {
    /// May still be changed by the applicant.
    pub fn editable(&self) -> bool {
        match self.status {
            Status::Draft | Status::Correction | Status::Withdrawn => true,
            Status::Submitted | Status::Qualified | Status::Refused => false,
        }
    }

    /// Counts as a registration: handed in and not taken back.
    pub fn counts(&self) -> bool {
        match self.status {
            Status::Submitted | Status::Correction | Status::Qualified | Status::Refused => true,
            Status::Draft | Status::Withdrawn => false,
        }
    }

    /// A correction was asked for and did not come in time: there is nothing more to wait for.
    pub fn overdue(&self, now: Instant) -> bool {
        self.status == Status::Correction && self.correct_by.is_none_or(|by| now >= by)
    }

    /// Waits for a decision. An overdue correction does not: it is refused with the list at the latest, so that
    /// one silent applicant does not hold everybody.
    pub fn undecided(&self, now: Instant) -> bool {
        match self.status {
            Status::Submitted => true,
            Status::Correction => !self.overdue(now),
            Status::Draft | Status::Qualified | Status::Refused | Status::Withdrawn => false,
        }
    }

    /// Replaces what was filled in; after a withdrawal this begins anew.
    pub fn edit(mut self, body: Body) -> Result<Application, Refusal> {
        if !self.editable() {
            return Err(self.wrong("修改"));
        }
        if self.status == Status::Withdrawn {
            self.status = Status::Draft;
            self.reviewer = None;
            self.reason = String::new();
            self.decided_at = None;
        }
        self.body = body;
        Ok(self)
    }

    /// Handed in before the close of registration; a correction within its own limit.
    pub fn submit(mut self, at: Instant, closes: Instant) -> Result<Application, Refusal> {
        match self.status {
            Status::Draft if at >= closes => Err(Refusal::rule(
                "REGISTRATION_CLOSED",
                format!("报名已于{}截止，不能再提交。", closes.zh()),
                "公告载明的报名期限",
            )),
            Status::Correction if self.overdue(at) => Err(Refusal::rule(
                "CORRECTION_LATE",
                format!("补正期限已于{}届满，不能再提交。", self.correct_by.map_or_else(String::new, Instant::zh)),
                "补正通知载明的期限",
            )),
            Status::Draft | Status::Correction => {
                self.status = Status::Submitted;
                self.correct_by = None;
                self.submitted_at = Some(at);
                Ok(self)
            }
            Status::Submitted | Status::Qualified | Status::Refused | Status::Withdrawn => Err(self.wrong("提交")),
        }
    }

    /// Taken back: free before the qualification is confirmed (rulebook 5.3).
    pub fn withdraw(mut self) -> Result<Application, Refusal> {
        match self.status {
            Status::Draft | Status::Submitted | Status::Correction => {
                self.status = Status::Withdrawn;
                self.correct_by = None;
                Ok(self)
            }
            Status::Qualified => Err(Refusal::rule(
                "QUALIFIED_ALREADY",
                "资格已经确认，不能再自行撤回报名。如不参加竞价，请联系交易中心；保证金按公告载明的规则处理。",
                "资格确认前可以撤回申请",
            )),
            Status::Refused | Status::Withdrawn => Err(self.wrong("撤回")),
        }
    }

    /// The reviewer's decision. Reasons are needed for anything but a confirmation. Whoever let the time for a
    /// correction pass can only be refused.
    pub fn decide(
        mut self,
        verdict: Verdict,
        reason: &str,
        by: AccountId,
        at: Instant,
    ) -> Result<Application, Refusal> {
        if self.reviewer != Some(by) {
            return Err(Refusal::NotFound);
        }
        let lapsed = self.overdue(at) && verdict == Verdict::Refuse;
        if self.status != Status::Submitted && !lapsed {
            return Err(self.wrong("审查"));
        }
        let reason = reason.trim();
        let status = match verdict {
            Verdict::Qualify { outsider, rank } => {
                self.outsider = outsider;
                self.priority_rank = rank;
                Status::Qualified
            }
            Verdict::Correct { .. } | Verdict::Refuse if reason.is_empty() => {
                return Err(Refusal::field("reason", "请写明理由或需要补正的内容，申请人会收到原文"));
            }
            Verdict::Correct { .. } => Status::Correction,
            Verdict::Refuse => Status::Refused,
        };
        self.correct_by = match verdict {
            Verdict::Correct { by } => Some(by),
            Verdict::Qualify { .. } | Verdict::Refuse => None,
        };
        self.status = status;
        self.reason = reason.to_owned();
        self.decided_at = Some(at);
        Ok(self)
    }

    /// Refused by the list itself, for a reason that needs no reviewer's judgement: no correction in time, or
    /// no deposit in time.
    pub fn drop_out(mut self, reason: &str, at: Instant) -> Application {
        self.status = Status::Refused;
        self.reason = reason.to_owned();
        self.decided_at = Some(at);
        self.correct_by = None;
        self
    }

    /// Agreement to the bidding rules of this lot.
    pub fn agree(mut self, at: Instant) -> Result<Application, Refusal> {
        if self.status != Status::Qualified {
            return Err(self.wrong("签署竞价须知"));
        }
        self.agreed_at = self.agreed_at.or(Some(at));
        Ok(self)
    }

    /// What the bidding engine asks. `None` before the list is frozen.
    pub fn standing(&self, deposit_confirmed: bool) -> Option<BidderStanding> {
        Some(BidderStanding {
            no: self.bidder_no?,
            qualified: self.status == Status::Qualified,
            deposit_confirmed,
            agreed: self.agreed_at.is_some(),
            priority_rank: self.priority_rank,
        })
    }

    fn wrong(&self, what: &str) -> Refusal {
        Refusal::rule(
            "APPLICATION_STATUS",
            format!("该报名当前为“{}”，不能{what}，请刷新页面查看最新状态。", self.status.zh()),
            "",
        )
    }
}

#[cfg(test)]
mod tests;
