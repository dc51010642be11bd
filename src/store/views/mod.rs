//! Read models: what pages show, by page.

pub mod room;
//! What pages read, by page: plain structs, no diesel outside.
pub mod cases;
pub mod portal;
