//! The record proves itself: it verifies when untouched, and whoever changes a row by hand is found.

mod backup;
pub mod by_hand;
pub mod columns;
pub mod commands;
mod file;
mod rows;
mod tampering;
pub mod world;
