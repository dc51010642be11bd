//! The business of a rural property-rights exchange, and nothing else.
//!
//! Read this crate first: every rule of the county's market is here, in the
//! words of the field (docs/glossary.md ties them to the Chinese terms).
//!
//! **Invariant**: no clock, no randomness, no database, no HTTP, no file system.
//! Time, ids and settings come in as arguments; what happened comes out as values.

pub mod actor;
pub mod application;
pub mod auction;
pub mod base;
pub mod category;
pub mod eligibility;
pub mod funds;
pub mod gazette;
pub mod listing;
pub mod lot;
pub mod market;
pub mod permit;
pub mod priority;
pub mod refusal;
pub mod rulebook;
