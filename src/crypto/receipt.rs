//! The signed receipt for an accepted bid (architecture 5, checklist T04, ES05):
//! the bidder keeps it, and nobody can later deny or change the bid.

use serde::{Deserialize, Serialize};

use super::statement::{Signed, Statement, when};
use crate::domain::base::{Fen, Instant};

/// What the exchange states about one accepted bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BidReceipt {
    /// The lot's public number.
    pub lot_no: String,
    /// The bidder's random number in this lot.
    pub bidder_no: String,
    /// The bid.
    pub amount_fen: Fen,
    /// When the exchange received it; this stamp decides.
    #[serde(with = "when")]
    pub received_at: Instant,
    /// Which accepted bid of the lot it is, from 1.
    pub seq: u64,
    /// Index of its leaf in the journal.
    pub journal_index: u64,
}

impl Statement for BidReceipt {
    const TYPE: &'static str = "nongquan.bid-receipt.v1";
}

impl BidReceipt {
    /// What the bidder reads and may print.
    pub fn zh(&self) -> String {
        let BidReceipt { lot_no, bidder_no, amount_fen, received_at, seq, journal_index } = self;
        let (capitals, day, time) = (amount_fen.capitals(), received_at.day().zh(), received_at.clock_ms());
        format!(
            "标的编号：{lot_no}\n竞买号：{bidder_no}\n报价：{amount_fen}（大写：{capitals}）\n\
             收到时间：{day} {time}\n有效报价第 {seq} 次\n日志序号：{journal_index}\n"
        )
    }
}

/// A receipt with the receipt key's signature.
pub type SignedReceipt = Signed<BidReceipt>;
