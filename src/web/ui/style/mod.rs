//! The living style page: every component in every state, with long names, with nothing in it and with an error in it.

use askama::Template;
use askama::filters::HtmlSafe;

/// Specimens of the colours.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "kit/swatches.html")]
pub struct Swatches;

impl HtmlSafe for Swatches {}
