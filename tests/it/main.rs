//! Everything that is tested from outside the library, in one program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod administration;
mod api;
mod bad_input;
mod calendar;
mod compose;
mod contention;
mod corrections;
mod crash;
mod crawl;
mod crypto;
mod demo;
mod demo_run;
mod desk;
mod doctor;
mod files;
mod frozen;
mod funds;
mod identity;
mod mail;
mod outgoing;
mod pages;
mod permissions;
mod permissions_case;
mod proof;
mod qualification;
mod security;
mod serving;
mod settings;
mod starting;
mod store_contract;
mod stories;
mod support;
mod ui;
mod ui_contrast;
