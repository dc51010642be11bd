//! Papers, rendered and read back.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod layout;
mod reader;
mod refusals;
mod samples;
