//! The heading of a page.

use askama::Template;
use askama::filters::HtmlSafe;

use super::rich::Rich;

/// The page's one `h1`: a number or place above it, tags and a lead below.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/heading.html")]
pub struct Heading {
    title: String,
    kicker: Rich,
    tags: Vec<Rich>,
    lead: Rich,
}

impl Heading {
    /// The title.
    pub fn new(title: impl Into<String>) -> Heading {
        Heading { title: title.into(), kicker: Rich::new(), tags: Vec::new(), lead: Rich::new() }
    }

    /// A small line above, such as the project number.
    #[must_use]
    pub fn kicker(mut self, kicker: impl Into<Rich>) -> Heading {
        self.kicker = kicker.into();
        self
    }

    /// A tag, light or countdown below the title.
    #[must_use]
    pub fn tag(mut self, tag: impl Into<Rich>) -> Heading {
        self.tags.push(tag.into());
        self
    }

    /// One or two sentences: what this page is for.
    #[must_use]
    pub fn lead(mut self, lead: impl Into<Rich>) -> Heading {
        self.lead = lead.into();
        self
    }
}

impl HtmlSafe for Heading {}
