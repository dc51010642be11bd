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

/// Until when the one who moves next is in time (rulebook 2.3, time limits; 9.2).
/// `None` where nobody is bound to move or the clock moves by itself.
pub fn limit(lot: &Lot, rules: &Rules, calendar: &Calendar) -> Result<Option<Instant>, Unconfirmed> {
    let wd = |n: u32| calendar.due(lot.entered_at, n, false).map(Some);
    match lot.stage {
        Stage::FirstReview => wd(rules.review.town_wd),
        Stage::FirstCorrection | Stage::AcceptanceCorrection => wd(rules.review.supplement_wd),
        Stage::Acceptance => wd(rules.review.accept_wd),
        Stage::Review => wd(rules.review.center_wd),
        Stage::Consultation => wd(rules.review.dept_wd),
        Stage::ToPublish => wd(rules.review.publish_wd),
        Stage::Qualifying => wd(rules.review.qualify_wd),
        Stage::Qualified => wd(rules.bid.notice_wd),
        Stage::ObjectionHandling => Ok(lot.objections.iter().filter(|o| o.sustained.is_none()).map(|o| o.due).min()),
        Stage::Confirmation => wd(rules.result.confirm_wd),
        Stage::ToSign => wd(rules.contract.sign_wd),
        Stage::AwaitingPayment => Ok(lot.payment.as_ref().map(|p| p.due)),
        Stage::Certifying => wd(rules.cert.issue_wd),
        Stage::Delivered => wd(rules.handover.wd),
        Stage::Registered => Ok(Some(lot.entered_at.day().plus(i64::from(rules.handover.archive_d)).end())),
        Stage::Draft
        | Stage::FirstReturned
        | Stage::NotAccepted
        | Stage::ReviewRejected
        | Stage::Listed
        | Stage::Amended
        | Stage::Extended
        | Stage::Scheduled
        | Stage::FreeBidding
        | Stage::LimitedBidding
        | Stage::BiddingPaused
        | Stage::Evaluation
        | Stage::Draw
        | Stage::Negotiation
        | Stage::Publicity
        | Stage::Approval
        | Stage::Signed
        | Stage::Paid
        | Stage::Certified
        | Stage::HandedOver
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
        | Stage::CertificateRevoked => Ok(None),
    }
}
