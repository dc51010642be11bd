//! What the stories over HTTP need: a running exchange, people, and a browser without a screen.

pub mod client;
pub mod people;
#[allow(dead_code, reason = "the browser journeys use the rest")]
pub mod server;

pub use client::Client;
pub use server::{Place, World};
