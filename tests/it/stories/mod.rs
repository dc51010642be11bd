//! Stories: the whole procedure, walked over plain HTTP without scripts, everything typed through pages.

pub mod pond;
mod unhappy;
mod walks;
