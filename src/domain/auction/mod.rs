//! The bidding engine: multi-round online bidding, upward and downward
//! (rulebook 3.2–3.5, 3.13), with priority matches (4.3) and the outage rules (3.9).
//!
//! A [`Room`] is a value. Every function takes it by value and gives it back
//! with the [`RoomEvent`]s that happened; [`apply`] folds the events again, so a
//! transcript alone yields the same state, and [`replay::check`] proves that a
//! transcript is one the rules allow.
//!
//! **Invariant**: no function closes a room, chooses its winner or moves its
//! deadline other than by the clock, a valid bid or an outage.

mod apply;
mod bidder;
mod clock;
mod direction;
pub mod draw;
mod engine;
mod event;
mod figures;
mod ladder;
mod outage;
mod refusal;
pub mod replay;
mod room;
mod rules;
mod setup;
pub mod sole;
pub mod standby;
mod validate;

#[cfg(test)]
mod appendix_b;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod outage_tests;
#[cfg(test)]
mod priority_tests;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod rule_tests;

pub use apply::apply;
pub use bidder::{BidAmount, BidIntent, BidKind, BidderNo, BidderStanding};
pub use clock::{due, settle};
pub use direction::Direction;
pub use draw::{conclude_draw, draw_pool};
pub use engine::{Decision, bid};
pub use event::{AcceptedBid, AcceptedKind, RoomEvent, TradingPhase};
pub use figures::{premium_bp, saving_bp, signed_gain_bp};
pub use ladder::{NextAmounts, next_amounts};
pub use outage::{FreezeGround, FreezeRefusal, ResumeRefusal, earliest_resume, freeze, resume};
pub use refusal::{BadNumber, BidRefusal, PriorityBar, Shut};
pub use room::{Best, Close, Phase, Rest, Room};
pub use rules::{Floors, LimitedMode, RoomRules, RulesFault, StepRule, TieRule, Tier};
pub use setup::RoomLot;
pub use standby::Standby;
