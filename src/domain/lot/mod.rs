//! The lot (标的): the aggregate that carries the state (rulebook 2.1).
//!
//! **Invariant**: a lot changes only by events; `replay(events)` equals the stored lot.
//! Decisions live beside their chapter: `intake`, `listing`, `session`, `result`, `deal`, `closing`.

mod apply;
mod begin;
pub mod closing;
pub mod consistency;
pub mod deal;
pub mod due;
mod event;
pub mod intake;
pub mod listing;
mod party;
mod ready;
pub mod result;
pub mod scan;
pub mod session;
mod stage;
mod terms;
#[cfg(test)]
pub(crate) mod tests_support;

use serde::{Deserialize, Serialize};

pub use apply::replay;
pub use event::{Ending, Listing, LotEvent, Outcome, Recorded, Session, Signing};
pub use party::Party;
pub use stage::{Phase, Stage};
pub use terms::{Decision, DecisionBody, Ownership, Term, Terms, TitleDocument};

pub use crate::permit::Act;

use crate::base::ids::{AccountId, DocumentId, LotId, ObjectionId, PartyId, ProjectId};
use crate::base::{Day, Fen, Instant};
use crate::category::{Department, VarietyCode};
use crate::gazette::Place;
use crate::permit::CaseView;
use crate::refusal::Refusal;

/// An approval that the law wants before the contract (rulebook 6.5, 6.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalKind {
    /// Township government's approval of letting collective land to outsiders (S02 art 52).
    Township,
    /// Commercial-capital licence (工商企业等社会资本流转审批, S02 art 45).
    CommercialCapital,
}

impl ApprovalKind {
    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        match self {
            ApprovalKind::Township => "乡镇人民政府批准（向本集体以外发包）",
            ApprovalKind::CommercialCapital => "社会资本流转土地经营权审批",
        }
    }
}

/// An approval asked for, and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Which.
    pub kind: ApprovalKind,
    /// The decision, once recorded.
    pub decision: Option<ApprovalDecision>,
}

/// An authority's decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalDecision {
    /// Granted or refused.
    pub granted: bool,
    /// Number of the decision.
    pub number: String,
    /// Its day.
    pub day: Day,
    /// Remark.
    pub note: String,
}

/// A department's part in the consultation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// Which department.
    pub department: Department,
    /// Agrees, and its words; `None` while it has not answered.
    pub answer: Option<(bool, String)>,
}

/// An objection to the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// Its record.
    pub id: ObjectionId,
    /// Answer due by.
    pub due: Instant,
    /// Sustained or not, once answered.
    pub sustained: Option<bool>,
    /// Closed without an answer of its own, because another objection voided the deal.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

impl Objection {
    /// Whether its answer is still owed.
    pub fn is_open(&self) -> bool {
        self.sustained.is_none() && !self.closed
    }
}

/// Both parties' signatures under one paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatures {
    /// The transferor's.
    pub transferor: Option<(Instant, Signing)>,
    /// The transferee's.
    pub transferee: Option<(Instant, Signing)>,
}

impl Signatures {
    /// The signature of one side.
    pub fn of(&self, party: Party) -> Option<&(Instant, Signing)> {
        match party {
            Party::Transferor => self.transferor.as_ref(),
            Party::Transferee => self.transferee.as_ref(),
        }
    }

    /// Both have signed.
    pub fn complete(&self) -> bool {
        self.transferor.is_some() && self.transferee.is_some()
    }
}

/// The contract (form F09).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Contract number.
    pub number: String,
    /// The generated PDF.
    pub document: DocumentId,
    /// Its SM3.
    pub hash: String,
    /// When it was made.
    pub made_at: Instant,
    /// On-screen signatures.
    pub signatures: Signatures,
    /// A scan waiting for the second clerk, or accepted.
    pub scan: Option<(DocumentId, bool)>,
    /// Filing number after authentication.
    pub filing_no: Option<String>,
}

impl Contract {
    /// Signed by both, on screen or on a checked scan.
    pub fn is_signed(&self) -> bool {
        self.signatures.complete() || matches!(self.scan, Some((_, true)))
    }
}

/// What is owed and what arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Price due before the certificate, the converted deposit already taken off.
    pub price_due: Fen,
    /// Deposit that became price.
    pub converted: Fen,
    /// Service fee due from the transferee.
    pub fee_due: Fen,
    /// Last instant to pay.
    pub due: Instant,
    /// Price arrived.
    pub price_paid: Fen,
    /// Fee arrived.
    pub fee_paid: Fen,
}

impl Payment {
    /// Nothing is owed any more.
    pub fn settled(&self) -> bool {
        self.price_paid >= self.price_due && self.fee_paid >= self.fee_due
    }
}

/// The certificate's course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateFile {
    /// Number, from the draft on.
    pub number: Option<String>,
    /// Issued at.
    pub issued_at: Option<Instant>,
}

/// Hand-over to the registering department and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// To whom.
    pub department: Department,
    /// The ZIP package.
    pub package: DocumentId,
    /// Its SM3.
    pub package_hash: String,
    /// Registrable, number or receipt, remark.
    pub answer: Option<(bool, String, String)>,
}

/// The state of a lot. Everything optional is filled by the event that brings it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// Its id.
    pub id: LotId,
    /// The project it belongs to.
    pub project: ProjectId,
    /// The right holder.
    pub transferor: PartyId,
    /// The village's information officer who enters for him under a letter of authority; `None` when
    /// the right holder enters himself.
    #[serde(default)]
    pub helper: Option<AccountId>,
    /// Village or unit.
    pub place: Place,
    /// Variety in the catalogue.
    pub variety: VarietyCode,
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub entered_at: Instant,
    /// Ever published.
    pub public: bool,
    /// Number of the last event applied.
    pub seq: u32,
    /// Project number, once submitted.
    pub project_no: Option<String>,
    /// Lot number, once submitted.
    pub lot_no: Option<String>,
    /// Acceptance number.
    pub acceptance_no: Option<String>,
    /// The checked content.
    pub terms: Option<Terms>,
    /// What the last correction request lists.
    pub correction: Vec<String>,
    /// When the township's correction request runs out and the clock returns the application.
    #[serde(default)]
    pub correction_until: Option<Instant>,
    /// How often corrections were asked for at the township and at the centre.
    pub corrections: (u32, u32),
    /// Opinions of departments.
    pub opinions: Vec<Opinion>,
    /// SM3 of the notice text the transferor confirmed.
    pub notice_confirmed: Option<String>,
    /// The listing.
    pub listing: Option<Listing>,
    /// The bidding session.
    pub session: Option<Session>,
    /// The result.
    pub outcome: Option<Outcome>,
    /// Result publicity ends.
    pub publicity_ends: Option<Instant>,
    /// Time left of the publicity when an objection stopped its clock, in µs: only of objections that
    /// earlier releases took.
    pub publicity_left: Option<i64>,
    /// Working days left of the publicity when an objection stopped its clock.
    #[serde(default)]
    pub publicity_days_left: Option<u32>,
    /// Objections to the result.
    pub objections: Vec<Objection>,
    /// Number of the confirmation.
    pub confirmation_no: Option<String>,
    /// Signatures under the confirmation.
    pub confirmation: Signatures,
    /// Approvals asked for.
    pub approvals: Vec<Approval>,
    /// The signed copy of the intention agreement, without which no authority's decision is recorded.
    #[serde(default)]
    pub intention: Option<DocumentId>,
    /// A scan of the confirmation or the delivery note that waits for the second clerk; the
    /// contract's stands with the contract.
    #[serde(default)]
    pub scan: Option<DocumentId>,
    /// The contract.
    pub contract: Option<Contract>,
    /// Price and fee.
    pub payment: Option<Payment>,
    /// The certificate.
    pub certificate: CertificateFile,
    /// Signatures under the delivery note.
    pub delivery: Signatures,
    /// Remarks on the delivery.
    pub delivery_note: String,
    /// Hand-over.
    pub handover: Option<Handover>,
    /// Archive file number.
    pub file_no: Option<String>,
    /// Why it ended, when it ended without a deal or was returned.
    pub ending: Option<String>,
    /// Who did what, for separation of duties.
    pub hands: Vec<(Act, AccountId)>,
    /// The last decision in words: when, as what, which act.
    pub last: String,
}

impl Lot {
    /// The checked content; a fault of the caller when there is none yet.
    pub fn terms(&self) -> Result<&Terms, Refusal> {
        self.terms.as_ref().ok_or_else(|| self.wrong_stage())
    }

    /// The result; refused while there is none.
    pub fn outcome(&self) -> Result<&Outcome, Refusal> {
        self.outcome.as_ref().ok_or_else(|| self.wrong_stage())
    }

    /// Refuses unless the lot stands in one of these stages.
    pub fn expect(&self, stages: &[Stage]) -> Result<(), Refusal> {
        if stages.contains(&self.stage) { Ok(()) } else { Err(self.wrong_stage()) }
    }

    /// The refusal for a step that does not fit the present stage.
    pub fn wrong_stage(&self) -> Refusal {
        Refusal::WrongStage { stage: self.stage.zh().into(), last: self.last.clone() }
    }

    /// The side a party stands on, if any.
    pub fn side(&self, party: PartyId) -> Option<Party> {
        if party == self.transferor {
            Some(Party::Transferor)
        } else if self.outcome.as_ref().is_some_and(|o| o.party == party) {
            Some(Party::Transferee)
        } else {
            None
        }
    }

    /// Departments that have a part in the case, each with the act that is asked of it.
    pub fn departments(&self) -> Vec<(Act, Department)> {
        let mut all: Vec<(Act, Department)> = self.opinions.iter().map(|o| (Act::Opine, o.department)).collect();
        all.extend(self.handover.as_ref().map(|h| (Act::Register, h.department)));
        if self.approvals.iter().any(|a| a.kind == ApprovalKind::CommercialCapital) {
            all.push((Act::RecordApproval, Department::Agriculture));
        }
        all
    }

    /// What the permission table needs to know.
    pub fn case<'a>(&'a self, departments: &'a [(Act, Department)]) -> CaseView<'a> {
        CaseView {
            stage: self.stage,
            public: self.public,
            transferor: self.transferor,
            helper: self.helper,
            transferee: self.outcome.as_ref().map(|o| o.party),
            place: &self.place,
            departments,
            hands: &self.hands,
            elsewhere: &[],
            last: self.last.clone(),
        }
    }

    /// Approvals still waiting for a decision.
    pub fn approvals_open(&self) -> impl Iterator<Item = &Approval> {
        self.approvals.iter().filter(|a| a.decision.is_none())
    }

    /// An objection still waiting for its answer.
    pub fn objection_open(&self) -> bool {
        self.objections.iter().any(Objection::is_open)
    }
}
