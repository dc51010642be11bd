//! A line of text with links, money, tags and times in it.

use askama::Template;
use askama::filters::HtmlSafe;

use super::link::{Button, Link};
use super::tag::{Light, Tag};
use super::time::Countdown;
use crate::domain::base::{Area, Day, Fen, Instant};

/// One piece of a [`Rich`] text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Plain words.
    Text(String),
    /// Emphasised words.
    Strong(String),
    /// A side remark, smaller and lighter.
    Small(String),
    /// A number, hash or code in a fixed-width face.
    Code(String),
    /// Figures and a unit.
    Money(String, String),
    /// A time: machine form and what people read.
    Time(String, String),
    /// A link.
    Link(Link),
    /// A button that posts.
    Button(Button),
    /// A tag.
    Tag(Tag),
    /// A light.
    Light(Light),
    /// A countdown.
    Countdown(Box<Countdown>),
    /// A new line.
    Break,
}

/// Characters up to which a cell of a table stays on one line.
const BRIEF: usize = 6;

/// A line of text with links, money, tags and times in it; a plain string converts into one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "kit/rich.html")]
pub struct Rich {
    spans: Vec<Span>,
}

impl Rich {
    /// Nothing yet.
    pub fn new() -> Rich {
        Rich::default()
    }

    /// A word or two that a table should not break: 收入, 待制单.
    pub(crate) fn is_brief(&self) -> bool {
        let few = |span: &Span| matches!(span, Span::Text(text) if text.chars().count() <= BRIEF);
        self.spans.len() <= 1 && self.spans.iter().all(few)
    }

    /// Adds a piece.
    #[must_use]
    pub fn push(mut self, span: Span) -> Rich {
        self.spans.push(span);
        self
    }

    /// Adds words.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Rich {
        self.push(Span::Text(text.into()))
    }

    /// Adds emphasised words.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Rich {
        self.push(Span::Strong(text.into()))
    }

    /// Adds a side remark.
    #[must_use]
    pub fn small(self, text: impl Into<String>) -> Rich {
        self.push(Span::Small(text.into()))
    }

    /// Adds a number or hash.
    #[must_use]
    pub fn code(self, text: impl Into<String>) -> Rich {
        self.push(Span::Code(text.into()))
    }

    /// Adds money with its unit, `.00` dropped.
    #[must_use]
    pub fn money(self, amount: Fen, unit: impl Into<String>) -> Rich {
        self.push(Span::Money(amount.short(), unit.into()))
    }

    /// Adds a link.
    #[must_use]
    pub fn link(self, text: impl Into<String>, to: impl Into<String>) -> Rich {
        self.push(Span::Link(Link::new(text, to)))
    }

    /// Adds a time to the minute.
    #[must_use]
    pub fn time(self, at: Instant) -> Rich {
        self.push(Span::Time(at.rfc3339(), at.zh()))
    }

    /// Adds the end of a period.
    #[must_use]
    pub fn until(self, at: Instant) -> Rich {
        self.push(Span::Time(at.rfc3339(), at.zh_end()))
    }

    /// Adds a day.
    #[must_use]
    pub fn day(self, day: Day) -> Rich {
        self.push(Span::Time(day.iso(), day.zh()))
    }

    /// Adds a tag.
    #[must_use]
    pub fn tag(self, tag: Tag) -> Rich {
        self.push(Span::Tag(tag))
    }

    /// Adds a light.
    #[must_use]
    pub fn light(self, light: Light) -> Rich {
        self.push(Span::Light(light))
    }

    /// Starts a new line.
    #[must_use]
    pub fn br(self) -> Rich {
        self.push(Span::Break)
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }
}

impl HtmlSafe for Rich {}

impl From<&str> for Rich {
    fn from(text: &str) -> Rich {
        if text.is_empty() { Rich::new() } else { Rich::new().text(text) }
    }
}

impl From<String> for Rich {
    fn from(text: String) -> Rich {
        if text.is_empty() { Rich::new() } else { Rich::new().text(text) }
    }
}

impl From<&String> for Rich {
    fn from(text: &String) -> Rich {
        text.as_str().into()
    }
}

impl From<Link> for Rich {
    fn from(link: Link) -> Rich {
        Rich::new().push(Span::Link(link))
    }
}

impl From<Button> for Rich {
    fn from(button: Button) -> Rich {
        Rich::new().push(Span::Button(button))
    }
}

impl From<Tag> for Rich {
    fn from(tag: Tag) -> Rich {
        Rich::new().tag(tag)
    }
}

impl From<Light> for Rich {
    fn from(light: Light) -> Rich {
        Rich::new().light(light)
    }
}

impl From<Countdown> for Rich {
    fn from(countdown: Countdown) -> Rich {
        Rich::new().push(Span::Countdown(Box::new(countdown)))
    }
}

impl From<Fen> for Rich {
    fn from(amount: Fen) -> Rich {
        Rich::new().money(amount, "元")
    }
}

impl From<Area> for Rich {
    fn from(area: Area) -> Rich {
        Rich::new().push(Span::Money(area.figures(), "亩".to_owned()))
    }
}

impl From<Instant> for Rich {
    fn from(at: Instant) -> Rich {
        Rich::new().time(at)
    }
}

impl From<Day> for Rich {
    fn from(day: Day) -> Rich {
        Rich::new().day(day)
    }
}
