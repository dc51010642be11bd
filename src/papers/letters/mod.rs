//! The letters of the life cycle, each a plain struct with its own wording; `Paper::from` makes the paper.

pub mod bidding;
pub mod intake;
pub mod money;
pub mod objection;
pub mod result;

use crate::Fact;

/// A fact from an optional value; an empty one is left out on the paper.
fn optional(label: &str, value: &Option<String>) -> Fact {
    Fact::new(label, value.clone().unwrap_or_default())
}
