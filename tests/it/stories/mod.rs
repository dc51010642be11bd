//! Stories: the whole procedure, walked over plain HTTP without scripts, everything typed through pages.

mod paused;
pub mod pond;
mod turns;
mod unhappy;
mod walks;
