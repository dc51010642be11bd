//! The papers of the exchange as PDF: notices, letters, forms, contracts and certificates (rulebook 8.1).
//!
//! A leaf: it knows no other crate of the project. A caller fills one of the plain structs with text that is already
//! formatted (money, areas, days), and [`Papers::render`] answers the bytes of the PDF. Equal input gives equal bytes
//! as long as the fonts and the typst version stay the same, so that a digest of an issued paper can be recorded.
//!
//! The wording of the papers stands here and in `templates/papers/`, nowhere else.

mod error;
mod fonts;
mod paper;
mod parts;
mod qr;
mod render;
mod world;

mod certificate;
mod contract;
pub mod sample;

pub use certificate::CertificatePaper;
pub use contract::lease::{ContractPaper, Parcel, Permission, RentTerms};
pub use contract::shared::{Account, Asset, BreachTerms, Copies, PaymentLine};
pub use error::PapersError;
pub use paper::Paper;
pub use parts::{Column, Fact, Head, Party, Side, Signature, TablePaper};
pub use render::Papers;
