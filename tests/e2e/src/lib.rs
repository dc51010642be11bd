//! A real browser against the real service: what the journeys need of both.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

pub mod browser;
#[path = "../../it/support/server.rs"]
pub mod server;

pub use browser::Browser;
pub use server::World;
