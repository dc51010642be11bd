//! From typed texts to terms, from terms to findings and to the notice (forms F01 and F03).
//!
//! **Invariant**: a draft is only texts; nothing typed is lost, and only a complete and sound
//! draft becomes [`Terms`](crate::lot::Terms).

mod assemble;
mod draft;
mod facts;
pub mod notice;
mod papers;
mod published;
mod read;

pub use assemble::{assemble, bounds_zh};
pub use draft::{Draft, Topic, asked_fields, asks, decision_needed};
pub use facts::{Submission, findings, object_keys, refusal, same_object};
pub use papers::{doc_facts, missing};

#[cfg(test)]
pub(crate) mod tests;
