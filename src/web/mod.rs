//! The pages: the UI kit, the static assets and the security headers.

pub mod assets;
pub mod headers;
pub mod ui;
