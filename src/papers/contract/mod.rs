//! Contracts (rulebook F09): the land lease, the general contract, the intention agreement.

pub mod general;
pub mod intention;
pub mod lease;
pub mod shared;
