//! Input that cannot be taken: every field of every form says so beside itself and in the summary, what
//! else was typed stays, and nothing is written.

mod choices;
mod drafts;
mod filters;
mod numbers;
pub mod sweep;
mod twice;
mod uploads;
