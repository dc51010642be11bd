//! Stories: the whole procedure, walked over plain HTTP without scripts, everything typed through pages.

mod paused;
pub mod pond;
mod turns;
mod two_lots;
mod unhappy;
mod walks;
