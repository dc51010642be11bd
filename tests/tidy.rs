//! The tree keeps to its own rules: layers, lengths, templates, words, documents, build.
//! Each check lists every offender with its file and line, so that one run shows all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "tidy/build.rs"]
mod build;
#[path = "tidy/clock.rs"]
mod clock;
#[path = "tidy/documents.rs"]
mod documents;
#[path = "tidy/layers.rs"]
mod layers;
#[path = "tidy/lengths.rs"]
mod lengths;
#[path = "tidy/migrations.rs"]
mod migrations;
#[path = "tidy/templates.rs"]
mod templates;
#[path = "tidy/tree.rs"]
mod tree;
#[path = "tidy/words.rs"]
mod words;
