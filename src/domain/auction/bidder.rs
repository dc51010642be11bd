//! Who bids and with what: the bidder's number, standing and intent.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::base::money::MoneyError;
use crate::base::{Fen, Instant};

/// A bidder's number in one lot: four random digits, the only name others see
/// before the close (rulebook 3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BidderNo(pub u16);

impl BidderNo {
    /// The largest number that four digits hold.
    pub const LAST: u16 = 9_999;

    /// Picks a free number for a new bidder of a lot from one random figure, so
    /// that numbers tell neither the order nor the count of bidders. `None` when
    /// all ten thousand are taken.
    pub fn pick(random: u64, taken: &BTreeSet<BidderNo>) -> Option<BidderNo> {
        let free = u64::from(Self::LAST) + 1 - taken.len() as u64;
        if free == 0 {
            return None;
        }
        let wanted = (random % free) as usize;
        (0..=Self::LAST).map(BidderNo).filter(|no| !taken.contains(no)).nth(wanted)
    }
}

impl fmt::Display for BidderNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

impl FromStr for BidderNo {
    type Err = &'static str;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let four_digits = s.len() == 4 && s.bytes().all(|b| b.is_ascii_digit());
        match s.parse() {
            Ok(no) if four_digits => Ok(BidderNo(no)),
            _ => Err("竞买号为四位数字。"),
        }
    }
}

/// What the exchange knows about the bidder at the moment of the bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BidderStanding {
    /// The number in this lot.
    pub no: BidderNo,
    /// The application was approved (资格确认).
    pub qualified: bool,
    /// The confirmed deposit covers what the notice asks.
    pub deposit_confirmed: bool,
    /// The bidding agreement for this lot was accepted.
    pub agreed: bool,
    /// Rank of the approved priority right, 1 is the best; `None` without one.
    pub priority_rank: Option<u8>,
}

/// A typed amount, already read, or why it could not be read.
pub type BidAmount = Result<Fen, MoneyError>;

/// What the bidder wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BidKind {
    /// An ordinary bid: the first one, or an improvement by at least one step.
    Raise {
        /// The price as typed.
        price: BidAmount,
    },
    /// A priority holder takes the lead at the same price (同价优先).
    PriorityMatch {
        /// The price the holder confirmed; it must still be the best one.
        price: Fen,
    },
}

/// One bid as it entered the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BidIntent {
    /// The bidder.
    pub bidder: BidderStanding,
    /// Raise or match.
    pub kind: BidKind,
    /// When the request entered the server; this stamp decides (rulebook 0.4).
    pub received: Instant,
    /// The sequence number the bidder's page showed; `None` skips the check.
    pub seen_seq: Option<u32>,
    /// The bidder confirmed a second time that the unusually large step is meant.
    pub confirmed_big: bool,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn numbers_have_four_digits() {
        assert_eq!(BidderNo(7).to_string(), "0007");
        assert_eq!("0007".parse(), Ok(BidderNo(7)));
        for wrong in ["7", "00007", "+007", "十二三四", ""] {
            assert!(wrong.parse::<BidderNo>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn picked_numbers_are_free() {
        let mut taken = BTreeSet::new();
        for random in 0..200u64 {
            let no = BidderNo::pick(random.wrapping_mul(0x9e37_79b9_7f4a_7c15), &taken).unwrap();
            assert!(taken.insert(no), "{no} was given twice");
        }
        let all: BTreeSet<_> = (0..=BidderNo::LAST).map(BidderNo).collect();
        assert_eq!(BidderNo::pick(5, &all), None);
    }
}
