//! Read models: what pages show, by page.

pub mod cases;
pub mod portal;
pub mod room;
pub mod work;
