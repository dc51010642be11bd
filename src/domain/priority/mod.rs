//! Priority rights (优先权): who ranks where, and until when a right can be
//! claimed (rulebook chapter 4). How a right is exercised in a session stands
//! with the bidding engine ([`crate::auction`]).

pub mod claim;
mod class;
mod rank;

pub use claim::{MemberRight, Posting, Service, Waiver};
pub use class::{PriorityClass, order_is_lawful};
pub use rank::{MemberLevel, rank};
