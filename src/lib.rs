//! Nongquan: a county's rural property-rights exchange.
//!
//! The business is in `nongquan::domain`; docs/architecture.md says which layer may use
//! which, and tests/tidy.rs holds the tree to it.

pub mod cli;
pub mod config;
pub mod crypto;
pub mod files;
pub mod mail;
pub mod web;

pub use nongquan_domain as domain;
