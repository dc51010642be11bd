//! The pages: routes, sessions, forms, and what each role sees.

pub mod account;
pub mod admin;
pub mod assets;
pub mod assets_route;
pub mod bidder;
pub mod case;
pub mod cx;
pub mod deal;
pub mod error;
pub mod finance;
pub mod headers;
mod peer;
pub mod portal;
pub mod post;
pub mod qualification;
pub mod register;
pub mod room;
pub mod routes;
pub mod seller;
pub mod server;
mod shell;
pub mod stepup;
pub mod typed;
pub mod ui;
pub mod upload;
pub mod verification;
pub mod work;
