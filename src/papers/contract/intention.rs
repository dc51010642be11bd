//! 流转意向协议书: the agreement that goes to the licensing authority (rulebook 6.5, state K70).

use serde::{Deserialize, Serialize};

use super::shared::Copies;
use crate::{Head, Party, Signature};

/// What the two sides intend, before the authority decides. It is no contract, and says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntentionPaper {
    /// Number, exchange, day.
    pub head: Head,
    /// Who gives.
    pub transferor: Party,
    /// Who wants to receive.
    pub transferee: Party,
    /// Project number.
    pub project_no: String,
    /// Lot number.
    pub lot_no: String,
    /// Name of the object.
    pub object: String,
    /// Where it lies.
    pub location: String,
    /// Area with unit.
    pub quantity: String,
    /// Kind of land and its present use.
    pub land: String,
    /// Intended use and business plan.
    pub plan: String,
    /// Mode of transfer.
    pub mode: String,
    /// Term.
    pub term: String,
    /// Price by unit.
    pub price: String,
    /// Price in all with capitals.
    pub total: String,
    /// How it is paid.
    pub payment: String,
    /// The authority by area (township, county, ...).
    pub authority: String,
    /// Days within which both apply.
    pub apply_days: u32,
    /// Promises of the transferee beyond the standing ones.
    pub promises: Vec<String>,
    /// Originals.
    pub copies: Copies,
    /// Anything else agreed.
    pub further: Vec<String>,
    /// Signatures.
    pub signatures: Vec<Signature>,
    /// What kind of electronic signature this is.
    pub e_sign_statement: Option<String>,
}
