//! Nongquan: a county's rural property-rights exchange.
//!
//! The business is in `nongquan::domain`; docs/architecture.md says which layer may use
//! which, and tests/tidy.rs holds the tree to it.

pub mod acts;
pub mod boot;
pub mod cli;
pub mod clock;
pub mod config;
pub mod context;
pub mod crypto;
pub mod demo;
pub mod files;
pub mod jobs;
pub mod live;
pub mod mail;
pub mod store;
pub mod telemetry;
pub mod web;

pub use nongquan_domain as domain;
pub use nongquan_papers as papers;
