//! What the program expects of a database, held against both engines.

mod engine;
mod guards;
mod journal;
mod schema;
