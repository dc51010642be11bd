//! Read models: what pages show, by page.

pub mod cases;
pub mod journal;
pub mod open_data;
pub mod portal;
pub mod room;
pub mod work;
