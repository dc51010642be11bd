//! 竞价记录 (rulebook F06).

use serde::{Deserialize, Serialize};

use crate::{Fact, Head, Signature};

/// The full record of a bidding room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BidRecordPaper {
    /// Number, exchange, day.
    pub head: Head,
    /// Project number.
    pub project_no: String,
    /// Lot number.
    pub lot_no: String,
    /// Name of the object.
    pub object: String,
    /// Listing price.
    pub price: String,
    /// Method, step and phases in a sentence.
    pub rules: String,
    /// Number of qualified bidders.
    pub bidders: String,
    /// When the room opened.
    pub opened: String,
    /// When the free phase ended.
    pub free_end: Option<String>,
    /// When the room closed.
    pub closed: String,
    /// Every accepted bid in the room's sequence.
    pub bids: Vec<BidLine>,
    /// How many bids were refused, by reason.
    pub refused: Vec<Fact>,
    /// Pauses.
    pub pauses: Vec<PauseLine>,
    /// 成交 or why not.
    pub result: String,
    /// Winning bidder number.
    pub winner_no: Option<String>,
    /// Price reached.
    pub deal_price: Option<String>,
    /// The same in capitals.
    pub deal_capitals: Option<String>,
    /// Premium over the start price, or what was saved below it.
    pub gain: Option<Fact>,
    /// Remarks.
    pub notes: Vec<String>,
    /// First and last journal index, digests.
    pub evidence: Vec<Fact>,
    /// The host's and a witness's signature.
    pub signatures: Vec<Signature>,
}

/// A bid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BidLine {
    /// Sequence number in the room.
    pub seq: String,
    /// Bidder number; never a name.
    pub bidder_no: String,
    /// Amount.
    pub amount: String,
    /// When the server received it, to the millisecond.
    pub received: String,
    /// 自由 or 限时.
    pub phase: String,
    /// 同价优先 or nothing.
    pub priority: String,
    /// 有效.
    pub outcome: String,
    /// Salted digest of the address it came from.
    pub source: String,
}

/// A pause of the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseLine {
    /// Start.
    pub from: String,
    /// End.
    pub to: String,
    /// Ground and what was done.
    pub reason: String,
}
