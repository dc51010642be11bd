//! What the program expects of a database, held against both engines.

pub mod engine;
mod guards;
mod journal;
mod pool;
pub mod schema;
mod upgrade;
