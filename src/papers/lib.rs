//! The papers of the exchange as PDF: notices, letters, forms, contracts and certificates (rulebook 8.1).
//!
//! A leaf: it knows no other crate of the project. A caller fills one of the plain structs with text that is already
//! formatted (money, areas, days), and [`Papers::render`] answers the bytes of the PDF. Equal input gives equal bytes
//! as long as the fonts and the typst version stay the same, so that a digest of an issued paper can be recorded.
//!
//! Letters and forms share one layout each: a new one is a struct in `letters/` or `forms/` with a conversion to
//! [`LetterPaper`] or [`FormPaper`], a line in `paper.rs` and a sample. A new layout is a template, a struct and an arm of
//! [`Paper`] besides.
//!
//! The wording of the papers stands here and in `templates/papers/`, nowhere else.

mod error;
mod fonts;
mod paper;
mod parts;
mod qr;
mod render;
mod world;

mod bid_record;
mod certificate;
mod contract;
mod form;
mod forms;
mod letter;
mod letters;
mod notice;
pub mod sample;

pub use bid_record::{BidLine, BidRecordPaper, PauseLine};
pub use certificate::CertificatePaper;
pub use contract::general::{ContractKind, GeneralContractPaper};
pub use contract::intention::IntentionPaper;
pub use contract::lease::{ContractPaper, LandKind, Parcel, Permission, RentTerms};
pub use contract::shared::{Account, Asset, BreachTerms, Copies, PaymentLine};
pub use error::PapersError;
pub use form::{FormPaper, FormSection, Opinion};
pub use forms::application::{ApplicationForm, Attachment};
pub use forms::approval::ApprovalForm;
pub use forms::archive::{ArchiveIndex, ArchiveLine};
pub use forms::bidder::BidderForm;
pub use forms::certification::CertificationForm;
pub use forms::handover::{DeliveryForm, HandoverForm, HandoverLine};
pub use forms::money::{ReceiptForm, RefundForm};
pub use letter::LetterPaper;
pub use letters::bidding::{BiddingLetter, Qualification, QualificationLetter, RegistrationReceipt};
pub use letters::intake::{AcceptanceLetter, CorrectionLetter, FindingLine, Gap, RejectionLetter, ReviewOpinion};
pub use letters::money::{DueLine, PaymentDemand};
pub use letters::objection::ObjectionAnswer;
pub use letters::result::{DealConfirmation, ResultNotice, StatusChange, StatusNotice};
pub use notice::{NoticeChapter, NoticePaper};
pub use paper::Paper;
pub use parts::{Column, Fact, Head, Party, Side, Signature, TablePaper};
pub use render::Papers;
