//! What can happen to a lot. Events are facts: replaying them gives the lot.

use serde::{Deserialize, Serialize};

use super::{Act, ApprovalKind, Party, Stage, Terms};
use crate::base::ids::{AccountId, ApplicationId, DocumentId, ObjectionId, PartyId, RoomId, RoundId};
use crate::base::{Day, Fen, Instant};
use crate::category::{Department, Direction};

/// An event with who and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Position in the lot's own sequence, from 1.
    pub seq: u32,
    /// When, by the business clock.
    pub at: Instant,
    /// Whose hand; `None` for the clock.
    pub by: Option<AccountId>,
    /// As what: a post's Chinese name, 转出方, 受让方 or 系统时钟.
    pub post: String,
    /// The act it came from; `None` for the clock and for money arriving.
    pub act: Option<Act>,
    /// What happened.
    pub event: LotEvent,
}

/// The listing's dates and hashes, frozen at publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The round.
    pub round: RoundId,
    /// 1 for the first.
    pub number: u32,
    /// Number of the notice (公告号).
    pub notice_no: String,
    /// First instant of the listing.
    pub opens: Instant,
    /// Close of registration and of the deposit's arrival.
    pub closes: Instant,
    /// SM3 of the frozen rule snapshot.
    pub snapshot_hash: String,
    /// SM3 of the notice's text.
    pub notice_hash: String,
}

/// A bidding session's frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The room.
    pub room: RoomId,
    /// Start of the free phase.
    pub starts: Instant,
    /// Length of the free phase in ms.
    pub free_ms: i64,
    /// Length of the limited phase in ms.
    pub limited_ms: i64,
}

/// The provisional result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The winning application.
    pub application: ApplicationId,
    /// Its party.
    pub party: PartyId,
    /// Its bidder number, four digits.
    pub bidder_no: String,
    /// Deal price per price unit.
    pub price: Fen,
    /// Over quantity and term.
    pub total: Fen,
    /// The first year's part.
    pub first_year: Fen,
    /// Number of qualified bidders (public after close).
    pub bidders: u32,
    /// Number of valid bids.
    pub bids: u32,
    /// Premium over the asking price in basis points; negative below it.
    pub premium_bp: i64,
    /// Whether by negotiation with a sole bidder.
    pub negotiated: bool,
    /// The winner is no member of the collective: E40 and E50 apply.
    pub outsider: bool,
}

impl Outcome {
    /// What the bidding brought, with its name: the premium over the asking price, or in a downward room
    /// what was saved below it (rulebook 3.2).
    pub fn gain_zh(&self, direction: Direction) -> (&'static str, String) {
        let (name, gain) = match direction {
            Direction::Up => ("溢价率", self.premium_bp),
            Direction::Down => ("节约率", -self.premium_bp),
        };
        let (sign, abs) = (if gain < 0 { "-" } else { "" }, gain.unsigned_abs());
        (name, format!("{sign}{}.{:02}%", abs / 100, abs % 100))
    }
}

/// How somebody signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signing {
    /// On screen with password and one-time code; not a CA-based reliable signature.
    Screen {
        /// SM3 of what was signed.
        hash: String,
    },
    /// On paper, scanned and checked by two clerks.
    Paper {
        /// The scan.
        document: DocumentId,
    },
}

/// Why a lot ended without a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// The final stage.
    pub stage: Stage,
    /// The reason in words.
    pub reason: String,
}

/// Something that happened to a lot. Units are in the fields' types.
#[allow(missing_docs, reason = "fields are named after what they hold")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LotEvent {
    /// T01: submitted to the township station, also after corrections.
    Submitted { terms: Box<Terms>, project_no: String, lot_no: String },
    /// T02. `township` is the township's own opinion where the variety asks for one.
    FirstPassed {
        opinion: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        township: String,
    },
    /// T03, and the centre's own request: everything told once. Without an answer by `until` the clock
    /// returns the application (T04); events of earlier releases name no such instant.
    CorrectionAsked {
        items: Vec<String>,
        by_centre: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Instant>,
    },
    /// D12
    FirstRejected { reason: String },
    /// T05
    Accepted { acceptance_no: String },
    /// C22
    NotAccepted { reason: String },
    /// T06
    Consulted { departments: Vec<Department> },
    /// A department answered.
    Opined { department: Department, agrees: bool, opinion: String },
    /// T07
    ReviewPassed { opinion: String },
    /// C25
    ReviewRejected { reason: String },
    /// The transferor confirmed the notice's text.
    NoticeConfirmed { notice_hash: String },
    /// The text became another one after it was confirmed: the transferor is asked again.
    NoticeChanged { notice_hash: String },
    /// T08
    Published { listing: Listing },
    /// T09
    ListingClosed,
    /// T10: the list is final.
    ListFrozen,
    /// T11
    Scheduled { session: Session },
    /// T12: free phase.
    SessionOpened,
    /// T12: limited phase.
    LimitedOpened,
    /// B53
    SessionPaused { reason: String },
    /// Resumed into this stage.
    SessionResumed { stage: Stage },
    /// T14: a sole bidder, to negotiate.
    NegotiationOpened,
    /// The result is known and posted until `publicity_ends`.
    ResultPosted { outcome: Outcome, publicity_ends: Instant },
    /// No deal: X20–X23, X40.
    Ended { ending: Ending },
    /// R61: the clock stops with so many working days left; events of earlier releases left wall-clock time.
    Objected {
        objection: ObjectionId,
        answer_due: Instant,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days_left: Option<u32>,
    },
    /// The objection was answered; when not sustained and none is open, the clock goes on.
    ObjectionAnswered { objection: ObjectionId, sustained: bool, publicity_ends: Option<Instant> },
    /// Another objection was sustained and the deal is void, so that nothing is left to be answered here.
    ObjectionClosed { objection: ObjectionId },
    /// T15: publicity is over; 成交确认书 number.
    PublicityEnded { confirmation_no: String },
    /// A party signed the confirmation.
    ConfirmationSigned { party: Party, signing: Signing },
    /// T16: approvals needed before any contract.
    ApprovalAsked { kinds: Vec<ApprovalKind> },
    /// One authority decided.
    ApprovalDecided { kind: ApprovalKind, granted: bool, number: String, day: Day, note: String },
    /// The contract may be made.
    ReadyToSign,
    /// T17: the contract's text exists.
    ContractMade { contract_no: String, document: DocumentId, hash: String },
    /// A party signed the contract.
    ContractSigned { party: Party, signing: Signing },
    /// A paper copy signed by both was scanned; a second clerk must check it.
    ScanUploaded { document: DocumentId },
    /// The second clerk's check.
    ScanChecked { accepted: bool, note: String },
    /// K72: authenticated and filed; payments fall due.
    Authenticated { filing_no: String, price_due: Fen, deposit_converted: Fen, fee_due: Fen, due: Instant },
    /// Money reached the account for price or fee.
    PaymentReceived { price: Fen, fee: Fen },
    /// F81
    PaidInFull,
    /// T19
    CertificateApplied,
    /// The certificate is drawn up.
    CertificateDrafted { number: String },
    /// Z86
    CertificateIssued { number: String },
    /// The draft goes back.
    CertificateReturned { reason: String },
    /// A party signed the delivery note.
    DeliverySigned { party: Party, signing: Signing, note: String },
    /// Z87
    Delivered,
    /// T21
    HandedOver { department: Department, package: DocumentId, package_hash: String },
    /// Z89
    Registered { registrable: bool, number: String, note: String },
    /// T23
    Archived { file_no: String, documents: u32, catalogue_hash: String },
    /// X10
    Withdrawn { reason: String },
}

impl LotEvent {
    /// The stable name, the same as the tag in its JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            LotEvent::Submitted { .. } => "submitted",
            LotEvent::FirstPassed { .. } => "first_passed",
            LotEvent::CorrectionAsked { .. } => "correction_asked",
            LotEvent::FirstRejected { .. } => "first_rejected",
            LotEvent::Accepted { .. } => "accepted",
            LotEvent::NotAccepted { .. } => "not_accepted",
            LotEvent::Consulted { .. } => "consulted",
            LotEvent::Opined { .. } => "opined",
            LotEvent::ReviewPassed { .. } => "review_passed",
            LotEvent::ReviewRejected { .. } => "review_rejected",
            LotEvent::NoticeConfirmed { .. } => "notice_confirmed",
            LotEvent::NoticeChanged { .. } => "notice_changed",
            LotEvent::Published { .. } => "published",
            LotEvent::ListingClosed => "listing_closed",
            LotEvent::ListFrozen => "list_frozen",
            LotEvent::Scheduled { .. } => "scheduled",
            LotEvent::SessionOpened => "session_opened",
            LotEvent::LimitedOpened => "limited_opened",
            LotEvent::SessionPaused { .. } => "session_paused",
            LotEvent::SessionResumed { .. } => "session_resumed",
            LotEvent::NegotiationOpened => "negotiation_opened",
            LotEvent::ResultPosted { .. } => "result_posted",
            LotEvent::Ended { .. } => "ended",
            LotEvent::Objected { .. } => "objected",
            LotEvent::ObjectionAnswered { .. } => "objection_answered",
            LotEvent::ObjectionClosed { .. } => "objection_closed",
            LotEvent::PublicityEnded { .. } => "publicity_ended",
            LotEvent::ConfirmationSigned { .. } => "confirmation_signed",
            LotEvent::ApprovalAsked { .. } => "approval_asked",
            LotEvent::ApprovalDecided { .. } => "approval_decided",
            LotEvent::ReadyToSign => "ready_to_sign",
            LotEvent::ContractMade { .. } => "contract_made",
            LotEvent::ContractSigned { .. } => "contract_signed",
            LotEvent::ScanUploaded { .. } => "scan_uploaded",
            LotEvent::ScanChecked { .. } => "scan_checked",
            LotEvent::Authenticated { .. } => "authenticated",
            LotEvent::PaymentReceived { .. } => "payment_received",
            LotEvent::PaidInFull => "paid_in_full",
            LotEvent::CertificateApplied => "certificate_applied",
            LotEvent::CertificateDrafted { .. } => "certificate_drafted",
            LotEvent::CertificateIssued { .. } => "certificate_issued",
            LotEvent::CertificateReturned { .. } => "certificate_returned",
            LotEvent::DeliverySigned { .. } => "delivery_signed",
            LotEvent::Delivered => "delivered",
            LotEvent::HandedOver { .. } => "handed_over",
            LotEvent::Registered { .. } => "registered",
            LotEvent::Archived { .. } => "archived",
            LotEvent::Withdrawn { .. } => "withdrawn",
        }
    }
}
