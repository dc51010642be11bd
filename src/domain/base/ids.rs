//! Identifiers: one newtype for each thing, so that none is passed for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[doc = $doc:literal] $name:ident),+ $(,)?) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(s).map($name)
            }
        }
    )+};
}

id! {
    /// A login (账号).
    AccountId,
    /// A person, organisation or collective known to the exchange (主体).
    PartyId,
    /// A project (项目): one application, one or more lots.
    ProjectId,
    /// A lot (标的/标段); state lives here (rulebook 2.1).
    LotId,
    /// A listing round (挂牌轮次).
    RoundId,
    /// A bidder's application (受让申请).
    ApplicationId,
    /// A bidding session (竞价场次).
    RoomId,
    /// A stored file (材料).
    DocumentId,
    /// A deposit hold in the ledger (保证金).
    HoldId,
    /// A refund order (退款单).
    RefundId,
    /// A payment file (付款文件) of refund or release orders.
    PaymentFileId,
    /// An objection (异议).
    ObjectionId,
    /// A line of an imported bank statement.
    BankLineId,
    /// A message in the outbox.
    MessageId,
}
