//! The state of a bidding room. Each phase carries only what is true in it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::bidder::BidderNo;
use super::event::AcceptedKind;
use super::outage::FreezeGround;
use super::rules::{Floors, RoomRules, RulesFault};
use crate::base::{Fen, Instant};

/// Where the session stands. All periods are half-open: the deadline is the
/// first instant that no longer belongs to the period (rulebook 0.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum Phase {
    /// Not open yet.
    Waiting {
        /// The free period opens.
        opens: Instant,
        /// The free period will end.
        ends: Instant,
    },
    /// Free bidding (自由竞价).
    Free {
        /// Its end.
        deadline: Instant,
    },
    /// Limited bidding (限时竞价): every bid restarts it.
    Limited {
        /// Its end unless someone bids.
        deadline: Instant,
    },
    /// Frozen by an outage (竞价暂停).
    Paused {
        /// The outage began; nothing after it was accepted.
        since: Instant,
        /// Why.
        ground: FreezeGround,
        /// What is left of the session.
        rest: Rest,
    },
    /// The outage is over; trading continues at a published instant.
    Preparing {
        /// Trading continues.
        until: Instant,
        /// What then continues.
        rest: Rest,
    },
    /// Over.
    Closed {
        /// The deadline that closed it.
        at: Instant,
        /// How it ended.
        close: Close,
    },
}

/// What an outage left of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rest", rename_all = "snake_case")]
pub enum Rest {
    /// The session had not opened.
    BeforeOpening {
        /// The free period opens.
        opens: Instant,
        /// The free period ends.
        ends: Instant,
    },
    /// The free period, with the time it still has.
    Free {
        /// Microseconds left.
        left_us: i64,
    },
    /// The limited period, which starts anew in full.
    Limited,
}

/// How a session ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "close", rename_all = "snake_case")]
pub enum Close {
    /// A winner.
    Won {
        /// The winner's number.
        bidder: BidderNo,
        /// The final price.
        price: Fen,
    },
    /// Equal-rank priority holders share the best price; a draw among them
    /// follows ([`super::conclude_draw`]). Only where the notice printed `tie=DRAW`.
    ToDraw {
        /// The holders, earliest first.
        pool: Vec<BidderNo>,
        /// The final price.
        price: Fen,
    },
    /// Nobody bid (X21).
    FailedNoBid,
    /// The best bid is worse than the reserve (X22).
    FailedReserve,
}

/// The best bid and who holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Best {
    /// The price.
    pub price: Fen,
    /// Who holds it; more than one only with `tie=DRAW`. Never empty.
    pub holders: Vec<BidderNo>,
    /// Priority rank of the holders; `None` when an ordinary bidder leads.
    pub rank: Option<u8>,
    /// How the price was reached last.
    pub kind: AcceptedKind,
}

impl Best {
    /// Whether this bidder holds (or shares) the best bid.
    pub fn held_by(&self, no: BidderNo) -> bool {
        self.holders.contains(&no)
    }
}

/// A bidding room. Made by [`Room::new`], changed only by events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    pub(super) rules: RoomRules,
    pub(super) phase: Phase,
    /// Accepted bids so far.
    pub(super) seq: u32,
    pub(super) best: Option<Best>,
    /// Priority matches used, by bidder.
    pub(super) uses: BTreeMap<BidderNo, u32>,
    /// Who bid in the free period.
    pub(super) prior: BTreeSet<BidderNo>,
    /// The latest moment the room has lived through; time never runs back.
    pub(super) last: Instant,
}

impl Room {
    /// A room that waits for its opening. Returns every contradiction in the rules.
    pub fn new(rules: RoomRules, floors: Floors) -> Result<Room, Vec<RulesFault>> {
        let faults = rules.faults(floors);
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Room {
            phase: Phase::Waiting { opens: rules.free_starts, ends: rules.free_ends },
            rules,
            seq: 0,
            best: None,
            uses: BTreeMap::new(),
            prior: BTreeSet::new(),
            last: Instant::default(),
        })
    }

    /// The frozen rules.
    pub fn rules(&self) -> &RoomRules {
        &self.rules
    }

    /// Where the session stands.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Number of accepted bids; the sequence number of the latest.
    pub fn seq(&self) -> u32 {
        self.seq
    }

    /// The best bid.
    pub fn best(&self) -> Option<&Best> {
        self.best.as_ref()
    }

    /// The best price.
    pub fn best_price(&self) -> Option<Fen> {
        self.best.as_ref().map(|b| b.price)
    }

    /// Who leads; the earliest where several share the price.
    pub fn leader(&self) -> Option<BidderNo> {
        self.best.as_ref().and_then(|b| b.holders.first().copied())
    }

    /// Whether bids are taken now (after settling).
    pub fn is_trading(&self) -> bool {
        matches!(self.phase, Phase::Free { .. } | Phase::Limited { .. })
    }

    /// The end of the running period, while one runs.
    pub fn deadline(&self) -> Option<Instant> {
        match self.phase {
            Phase::Free { deadline } | Phase::Limited { deadline } => Some(deadline),
            Phase::Waiting { .. } | Phase::Paused { .. } | Phase::Preparing { .. } | Phase::Closed { .. } => None,
        }
    }

    /// How the session ended, once it has.
    pub fn close(&self) -> Option<&Close> {
        match &self.phase {
            Phase::Closed { close, .. } => Some(close),
            Phase::Waiting { .. }
            | Phase::Free { .. }
            | Phase::Limited { .. }
            | Phase::Paused { .. }
            | Phase::Preparing { .. } => None,
        }
    }

    /// How often this holder has matched.
    pub fn priority_uses(&self, no: BidderNo) -> u32 {
        self.uses.get(&no).copied().unwrap_or(0)
    }

    /// The best price lies below the cost alarm: the winner must justify the
    /// cost within one working day (rulebook 3.13).
    pub fn cost_alarm(&self) -> bool {
        match (self.best_price(), self.rules.cost_alarm) {
            (Some(best), Some(alarm)) => best < alarm,
            (Some(_), None) | (None, _) => false,
        }
    }
}
