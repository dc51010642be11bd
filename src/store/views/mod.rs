//! Read models: what pages show, by page.

pub mod room;
pub mod work;
