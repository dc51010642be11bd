//! Messages: what happened, what it means, what to do next.

use askama::Template;
use askama::filters::HtmlSafe;

use super::icon::Icon;
use super::rich::Rich;

/// The mood of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Good to know.
    Info,
    /// Done.
    Success,
    /// Wants attention.
    Attention,
    /// Refused or failed.
    Error,
    /// Nothing here yet.
    Empty,
}

impl Mood {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Mood::Info => "panel",
            Mood::Success => "panel panel-success",
            Mood::Attention => "panel panel-attention",
            Mood::Error => "panel panel-error",
            Mood::Empty => "panel panel-empty",
        }
    }

    pub(crate) fn icon(self) -> Icon {
        match self {
            Mood::Info => Icon::Info,
            Mood::Success => Icon::CheckCircle,
            Mood::Attention => Icon::Alert,
            Mood::Error => Icon::CrossCircle,
            Mood::Empty => Icon::Empty,
        }
    }
}

/// A message with a title, sentences and what to do next.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/panel.html")]
pub struct Panel {
    mood: Mood,
    title: String,
    leads: bool,
    body: Vec<Rich>,
    links: Vec<Rich>,
}

impl Panel {
    /// A message of a mood.
    pub fn new(mood: Mood, title: impl Into<String>) -> Panel {
        Panel { mood, title: title.into(), leads: false, body: Vec::new(), links: Vec::new() }
    }

    /// Good to know.
    pub fn info(title: impl Into<String>) -> Panel {
        Panel::new(Mood::Info, title)
    }

    /// Done.
    pub fn success(title: impl Into<String>) -> Panel {
        Panel::new(Mood::Success, title)
    }

    /// Wants attention.
    pub fn attention(title: impl Into<String>) -> Panel {
        Panel::new(Mood::Attention, title)
    }

    /// Refused or failed.
    pub fn error(title: impl Into<String>) -> Panel {
        Panel::new(Mood::Error, title)
    }

    /// Nothing here yet.
    pub fn empty(title: impl Into<String>) -> Panel {
        Panel::new(Mood::Empty, title)
    }

    /// The message is all there is on the page: its title is the page's heading.
    #[must_use]
    pub fn leading(mut self) -> Panel {
        self.leads = true;
        self
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn say(mut self, paragraph: impl Into<Rich>) -> Panel {
        self.body.push(paragraph.into());
        self
    }

    /// Adds what to do next: a link or button.
    #[must_use]
    pub fn next(mut self, link: impl Into<Rich>) -> Panel {
        self.links.push(link.into());
        self
    }
}

impl HtmlSafe for Panel {}
