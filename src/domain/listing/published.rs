//! What publication adds to the confirmed text of a notice.

use serde::{Deserialize, Serialize};

use super::notice::Notice;
use crate::base::Fen;
use crate::gazette::Beside;

/// The notice with what publication adds: what `rounds.notice` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The confirmed text.
    pub notice: Notice,
    /// 公告号.
    pub notice_no: String,
    /// 1 for the first.
    pub round: u32,
    /// Opening, RFC 3339.
    pub opens: crate::base::Instant,
    /// Closing.
    pub closes: crate::base::Instant,
    /// `10 个工作日` and the rule behind it.
    pub length: String,
    /// Deposit.
    pub deposit: Fen,
    /// The benchmark price beside the asking price; notices of earlier releases froze only its sentence.
    #[serde(default)]
    pub benchmark: Option<Beside>,
}
