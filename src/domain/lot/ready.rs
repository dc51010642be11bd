//! Whether an act that post and stage allow has anything to do now. Lists of what waits and the buttons
//! of a case ask it; the act itself still says why when somebody comes anyway.

use super::scan::Paper;
use super::{Act, Contract, Lot, Party};
use crate::category::Department;

impl Lot {
    /// Whether this act has something to do for somebody on this side (`None` for staff). `must_consult` are
    /// the departments that the variety wants asked.
    pub fn ready(&self, act: Act, side: Option<Party>, must_consult: &[Department]) -> bool {
        let unsigned =
            |c: &Contract| c.scan.is_none() && c.signatures.transferor.is_none() && c.signatures.transferee.is_none();
        match act {
            // Nobody waits for a second consultation but where somebody was left out.
            Act::Consult => {
                !self.opinions.iter().any(|o| o.department.has_desk())
                    || must_consult.iter().any(|d| !self.was_asked(*d))
            }
            Act::Opine => self.opinions.iter().any(|o| o.answer.is_none()),
            Act::ConfirmNotice => self.notice_confirmed.is_none(),
            Act::Publish => self.notice_confirmed.is_some(),
            Act::AnswerObjection => self.objection_open(),
            Act::SignConfirmation => side.is_some_and(|s| self.confirmation.of(s).is_none()),
            Act::RecordApproval => self.intention.is_some() && self.approvals_open().next().is_some(),
            Act::MakeContract => self.contract.as_ref().is_none_or(unsigned),
            Act::SignContract => {
                let open = |c: &Contract| !c.is_signed() && side.is_some_and(|s| c.signatures.of(s).is_none());
                self.contract.as_ref().is_some_and(open)
            }
            Act::UploadSigned => match Paper::at(self.stage) {
                Some(Paper::Contract) => self.contract.as_ref().is_some_and(|c| !c.is_signed()),
                Some(Paper::Confirmation | Paper::Intention | Paper::Delivery) => true,
                None => false,
            },
            Act::CheckSigned => self.scan_waiting().is_some(),
            Act::Authenticate => self.contract.as_ref().is_some_and(Contract::is_signed),
            Act::IssueCertificate => self.certificate.number.is_none(),
            Act::ApproveCertificate => self.certificate.number.is_some(),
            Act::Deliver => side.is_some_and(|s| self.delivery.of(s).is_none()),
            Act::EditDraft
            | Act::Submit
            | Act::Withdraw
            | Act::FirstReview
            | Act::Accept
            | Act::Review
            | Act::Apply
            | Act::Qualify
            | Act::Freeze
            | Act::Schedule
            | Act::Pause
            | Act::Resume
            | Act::RecordNegotiation
            | Act::Object
            | Act::ApplyCertificate
            | Act::HandOver
            | Act::Register
            | Act::Archive => true,
        }
    }
}
