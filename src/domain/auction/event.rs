//! What happened in a room. Events are the record; the state is their sum.

use serde::{Deserialize, Serialize};

use super::bidder::BidderNo;
use super::outage::FreezeGround;
use super::room::{Close, Rest};
use crate::base::{Fen, Instant};

/// The period in which a bid was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TradingPhase {
    /// 自由竞价.
    Free,
    /// 限时竞价.
    Limited,
}

impl TradingPhase {
    /// The name on pages and papers.
    pub fn zh(self) -> &'static str {
        match self {
            TradingPhase::Free => "自由竞价",
            TradingPhase::Limited => "限时竞价",
        }
    }
}

/// How an accepted bid took the lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AcceptedKind {
    /// A better price.
    Raise,
    /// The same price by priority right.
    PriorityMatch,
}

impl AcceptedKind {
    /// The name on pages and papers.
    pub fn zh(self) -> &'static str {
        match self {
            AcceptedKind::Raise => "报价",
            AcceptedKind::PriorityMatch => "同价优先",
        }
    }
}

/// An accepted bid, complete: nothing else is needed to replay it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedBid {
    /// 1 for the first accepted bid of the room.
    pub seq: u32,
    /// The bidder's number.
    pub bidder: BidderNo,
    /// Rank of the bidder's priority right. Until the close only a match may
    /// be shown as one; an ordinary bid's rank tells who the bidder may be.
    pub rank: Option<u8>,
    /// The price.
    pub price: Fen,
    /// Raise or match.
    pub kind: AcceptedKind,
    /// The period.
    pub phase: TradingPhase,
    /// When it entered the server.
    pub received: Instant,
    /// The deadline after this bid.
    pub deadline: Instant,
}

/// An event of record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum RoomEvent {
    /// The free period began.
    Opened {
        /// When.
        at: Instant,
        /// It ends.
        deadline: Instant,
    },
    /// The limited period began.
    EnteredLimited {
        /// When.
        at: Instant,
        /// It ends unless someone bids.
        deadline: Instant,
    },
    /// A bid was accepted.
    BidAccepted(AcceptedBid),
    /// An outage froze the room.
    Frozen {
        /// The outage began.
        since: Instant,
        /// The freeze was recorded.
        at: Instant,
        /// Why.
        ground: FreezeGround,
        /// What is left of the session.
        rest: Rest,
    },
    /// The outage is over and the continuation announced.
    Resumed {
        /// When this was decided and announced.
        at: Instant,
        /// Trading continues (or, before an opening, the room waits on).
        continues: Instant,
        /// What continues.
        rest: Rest,
    },
    /// Trading continued.
    Continued {
        /// When.
        at: Instant,
        /// Which period.
        phase: TradingPhase,
        /// Its end.
        deadline: Instant,
    },
    /// The deadline closed the session.
    Closed {
        /// The deadline.
        at: Instant,
        /// How it ended.
        close: Close,
    },
    /// The draw among equal-rank holders took place.
    Drawn {
        /// When.
        at: Instant,
        /// The pool in drawn order; the first one wins, the others stand by.
        order: Vec<BidderNo>,
    },
}

impl RoomEvent {
    /// The instant the event is recorded with.
    pub fn at(&self) -> Instant {
        match self {
            RoomEvent::Opened { at, .. }
            | RoomEvent::EnteredLimited { at, .. }
            | RoomEvent::Frozen { at, .. }
            | RoomEvent::Resumed { at, .. }
            | RoomEvent::Continued { at, .. }
            | RoomEvent::Closed { at, .. }
            | RoomEvent::Drawn { at, .. } => *at,
            RoomEvent::BidAccepted(bid) => bid.received,
        }
    }
}
