//! The record proves itself: it verifies when untouched, and whoever changes a row by hand is found.

mod backup;
pub mod commands;
mod file;
mod tampering;
pub mod world;
