//! The pages: routes, sessions, forms, and what each role sees.

pub mod account;
pub mod assets;
pub mod assets_route;
pub mod cx;
pub mod deal;
pub mod error;
pub mod headers;
mod peer;
pub mod post;
pub mod routes;
pub mod server;
mod shell;
pub mod typed;
pub mod ui;
pub mod upload;
