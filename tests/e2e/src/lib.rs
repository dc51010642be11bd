//! A real browser against the real service: what the journeys need of both. The stories that are told over
//! plain HTTP are told here by persons with browsers.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, dead_code)]

pub mod browser;
pub mod person;
#[path = "../../it/stories/pond/mod.rs"]
pub mod pond;
#[path = "../../it/support/mod.rs"]
pub mod support;

pub use browser::Browser;
pub use person::{Findings, Person};
pub use support::World;
