//! What the clock does to a lot, and when somebody is late.

use super::{Lot, Stage};
use crate::base::Instant;
use crate::base::calendar::{Calendar, Unconfirmed};
use crate::rulebook::Rules;

/// Something that happens by the clock alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// T04: a correction asked for by the township was not handed in.
    ReturnUncorrected,
    /// T09: registration closes.
    CloseListing,
    /// T12: the session opens. What happens inside it is the room's own clock.
    OpenSession,
    /// T15: result publicity ends.
    EndPublicity,
}

/// The next clock event of this lot, from the stage alone.
pub fn next(lot: &Lot) -> Option<(Instant, Due)> {
    match lot.stage {
        Stage::FirstCorrection => lot.correction_until.map(|at| (at, Due::ReturnUncorrected)),
        Stage::Listed | Stage::Extended => lot.listing.as_ref().map(|l| (l.closes, Due::CloseListing)),
        Stage::Scheduled => lot.session.as_ref().map(|s| (s.starts, Due::OpenSession)),
        Stage::Publicity => lot.publicity_ends.map(|at| (at, Due::EndPublicity)),
        Stage::Draft
        | Stage::FirstReview
        | Stage::FirstReturned
        | Stage::Acceptance
        | Stage::AcceptanceCorrection
        | Stage::NotAccepted
        | Stage::Review
        | Stage::Consultation
        | Stage::ReviewRejected
        | Stage::ToPublish
        | Stage::Amended
        | Stage::Qualifying
        | Stage::Qualified
        | Stage::FreeBidding
        | Stage::LimitedBidding
        | Stage::BiddingPaused
        | Stage::Evaluation
        | Stage::Draw
        | Stage::Negotiation
        | Stage::ObjectionHandling
        | Stage::Confirmation
        | Stage::Approval
        | Stage::ToSign
        | Stage::Signed
        | Stage::AwaitingPayment
        | Stage::Paid
        | Stage::Certifying
        | Stage::Certified
        | Stage::Delivered
        | Stage::HandedOver
        | Stage::Registered
        | Stage::Archived
        | Stage::Withdrawn
        | Stage::FailedNoApplicant
        | Stage::FailedNoBid
        | Stage::FailedReserve
        | Stage::FailedCompetition
        | Stage::Suspended
        | Stage::Terminated
        | Stage::Defaulted
        | Stage::Annulled
        | Stage::CertificateRevoked => None,
    }
}

/// A span of time as the rules give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Working days.
    WorkingDays(u32),
    /// Natural days.
    Days(u32),
}

impl Span {
    /// In words.
    pub fn zh(self) -> String {
        match self {
            Span::WorkingDays(n) => format!("{n} 个工作日"),
            Span::Days(n) => format!("{n} 日"),
        }
    }
}

/// How long a stage may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Nobody is bound, or the notice sets the dates.
    Open,
    /// So long from the day the stage begins.
    FromEntry(Span),
    /// So long from a day that the lot itself holds: an objection's, an authentication's.
    OfItsOwn(Span),
    /// So long until the clock ends the stage by itself.
    UntilTheClock(Span),
}

/// A stage in the procedure: how long it may take, and whether every case passes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// How long.
    pub term: Term,
    /// Only some cases pass it.
    pub sometimes: bool,
}

impl Course {
    /// The span that is told to the public.
    pub fn span(&self) -> Option<Span> {
        match self.term {
            Term::Open => None,
            Term::FromEntry(span) | Term::OfItsOwn(span) | Term::UntilTheClock(span) => Some(span),
        }
    }
}

/// The table of stages (rulebook 2.3, time limits; 9.2): what binds the desks and what the public chart shows.
pub fn course(stage: Stage, rules: &Rules) -> Course {
    let always = |term| Course { term, sometimes: false };
    let sometimes = |term| Course { term, sometimes: true };
    let wd = |n: u32| Term::FromEntry(Span::WorkingDays(n));
    match stage {
        Stage::FirstReview => always(wd(rules.review.town_wd)),
        Stage::FirstCorrection | Stage::AcceptanceCorrection => sometimes(wd(rules.review.supplement_wd)),
        Stage::Acceptance => always(wd(rules.review.accept_wd)),
        Stage::Review => always(wd(rules.review.center_wd)),
        Stage::Consultation => sometimes(wd(rules.review.dept_wd)),
        Stage::ToPublish => always(wd(rules.review.publish_wd)),
        Stage::Qualifying => always(wd(rules.review.qualify_wd)),
        Stage::Qualified => always(wd(rules.bid.notice_wd)),
        Stage::Negotiation => sometimes(wd(rules.review.negotiate_wd)),
        Stage::Publicity => always(Term::UntilTheClock(Span::WorkingDays(rules.result.publicity_wd))),
        Stage::ObjectionHandling => sometimes(Term::OfItsOwn(Span::Days(rules.result.objection_reply_d))),
        Stage::Confirmation => always(wd(rules.result.confirm_wd)),
        Stage::Approval => sometimes(wd(rules.licence.decide_wd)),
        Stage::ToSign => always(wd(rules.contract.sign_wd)),
        Stage::AwaitingPayment => always(Term::OfItsOwn(Span::WorkingDays(rules.pay.first_wd))),
        Stage::Certifying => always(wd(rules.cert.issue_wd)),
        Stage::Delivered => always(wd(rules.handover.wd)),
        Stage::HandedOver => always(wd(rules.handover.register_wd)),
        Stage::Registered => always(Term::FromEntry(Span::Days(rules.handover.archive_d))),
        Stage::Amended | Stage::Extended | Stage::BiddingPaused | Stage::Evaluation | Stage::Draw => {
            sometimes(Term::Open)
        }
        Stage::Draft
        | Stage::FirstReturned
        | Stage::NotAccepted
        | Stage::ReviewRejected
        | Stage::Listed
        | Stage::Scheduled
        | Stage::FreeBidding
        | Stage::LimitedBidding
        | Stage::Signed
        | Stage::Paid
        | Stage::Certified
        | Stage::Archived
        | Stage::Withdrawn
        | Stage::FailedNoApplicant
        | Stage::FailedNoBid
        | Stage::FailedReserve
        | Stage::FailedCompetition
        | Stage::Suspended
        | Stage::Terminated
        | Stage::Defaulted
        | Stage::Annulled
        | Stage::CertificateRevoked => always(Term::Open),
    }
}

/// Until when the one who moves next is in time, by the table of stages.
/// `None` where nobody is bound to move or the clock moves by itself.
///
/// # Errors
/// The limit falls into a year whose calendar is not confirmed.
pub fn limit(lot: &Lot, rules: &Rules, calendar: &Calendar) -> Result<Option<Instant>, Unconfirmed> {
    match course(lot.stage, rules).term {
        Term::Open | Term::UntilTheClock(_) => Ok(None),
        Term::FromEntry(Span::WorkingDays(n)) => calendar.due(lot.entered_at, n, false).map(Some),
        Term::FromEntry(Span::Days(n)) => Ok(Some(lot.entered_at.day().plus(i64::from(n)).end())),
        Term::OfItsOwn(_) if lot.stage == Stage::AwaitingPayment => Ok(lot.payment.as_ref().map(|p| p.due)),
        Term::OfItsOwn(_) => Ok(lot.objections.iter().filter(|o| o.is_open()).map(|o| o.due).min()),
    }
}

#[cfg(test)]
#[path = "due_tests.rs"]
mod tests;
