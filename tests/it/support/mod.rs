//! What the stories over HTTP need: a running exchange, people, a browser without a screen, small real
//! files, and telephones on which messages arrive.

#[allow(dead_code, reason = "the browser journeys use the rest")]
pub mod client;
#[allow(dead_code, reason = "the browser journeys use the rest")]
pub mod contents;
#[allow(dead_code, reason = "the browser journeys use the rest")]
pub mod county;
#[allow(dead_code, reason = "the browser journeys use the rest")]
pub mod links;
pub mod market;
pub mod numbers;
#[allow(dead_code, reason = "the browser journeys use the rest")]
pub mod outside;
pub mod papers;
pub mod people;
pub mod phone;
#[allow(dead_code, reason = "the browser journeys use the rest")]
pub mod server;

pub use client::{Answer, Attachment, Client};
pub use phone::Phones;
pub use server::{Place, World};
