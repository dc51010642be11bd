//! Many at once: nothing is lost, doubled or stuck, on either engine, with one process or two.

mod accounts;
mod closes;
mod decisions;
mod desks;
mod money;
mod rooms;
pub mod servers;
