//! Boxes that hold other blocks: sections, cards, columns, live fragments.

use askama::Template;
use askama::filters::HtmlSafe;

use super::block::{Block, Blocks};
use super::link::Link;
use super::rich::Rich;
use crate::domain::base::Instant;

/// A part of a page with a heading.
#[derive(Debug, Template)]
#[template(path = "kit/section.html")]
pub struct Section {
    id: String,
    title: String,
    intro: Rich,
    link: Option<Link>,
    card: bool,
    blocks: Blocks,
}

impl Section {
    /// A section under a strong heading.
    pub fn new(title: impl Into<String>) -> Section {
        Section {
            id: String::new(),
            title: title.into(),
            intro: Rich::new(),
            link: None,
            card: false,
            blocks: Blocks::default(),
        }
    }

    /// A section on a raised card.
    pub fn card(title: impl Into<String>) -> Section {
        Section { card: true, ..Section::new(title) }
    }

    /// A name that links can point to (`#id`).
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Section {
        self.id = id.into();
        self
    }

    /// A sentence below the heading.
    #[must_use]
    pub fn intro(mut self, intro: impl Into<Rich>) -> Section {
        self.intro = intro.into();
        self
    }

    /// A link beside the heading, such as 全部公告.
    #[must_use]
    pub fn link(mut self, link: Link) -> Section {
        self.link = Some(link);
        self
    }

    /// Adds a block.
    #[must_use]
    pub fn with(mut self, block: impl Into<Block>) -> Section {
        self.blocks.push(block);
        self
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn say(self, paragraph: impl Into<Rich>) -> Section {
        self.with(Block::Text(Box::new(paragraph.into())))
    }

    pub(super) fn blocks(&self) -> &Blocks {
        &self.blocks
    }
}

impl HtmlSafe for Section {}

/// Main column and a narrower one beside it (below it on small screens and in the large version).
#[derive(Debug, Default, Template)]
#[template(path = "kit/columns.html")]
pub struct Columns {
    main: Blocks,
    aside: Blocks,
}

impl Columns {
    /// Empty columns.
    pub fn new() -> Columns {
        Columns::default()
    }

    /// Adds to the main column.
    #[must_use]
    pub fn main(mut self, block: impl Into<Block>) -> Columns {
        self.main.push(block);
        self
    }

    /// Adds to the narrow column.
    #[must_use]
    pub fn aside(mut self, block: impl Into<Block>) -> Columns {
        self.aside.push(block);
        self
    }

    pub(super) fn both(&self) -> [&Blocks; 2] {
        [&self.main, &self.aside]
    }
}

impl HtmlSafe for Columns {}

/// Blocks side by side where there is room.
#[derive(Debug, Default, Template)]
#[template(path = "kit/grid.html")]
pub struct Grid {
    blocks: Blocks,
}

impl Grid {
    /// An empty grid.
    pub fn new() -> Grid {
        Grid::default()
    }

    /// Adds a block.
    #[must_use]
    pub fn with(mut self, block: impl Into<Block>) -> Grid {
        self.blocks.push(block);
        self
    }

    pub(super) fn blocks(&self) -> &Blocks {
        &self.blocks
    }
}

impl HtmlSafe for Grid {}

/// A part of the page that the server sends anew when it changes. The stream's events are `fragment` (data: this block
/// rendered again, or several such blocks after one another; each replaces the one with its id), `ping` (at least every
/// 10 seconds) and `reload`. Blocks with one stream address share one connection. Without a script the page reloads itself
/// ([`super::Chrome::refresh`]). Forms that somebody types into stand outside.
#[derive(Debug, Template)]
#[template(path = "kit/live.html")]
pub struct Live {
    id: String,
    events: String,
    poll: String,
    now: Instant,
    blocks: Blocks,
}

impl Live {
    /// `events` is the address of the event stream, `poll` that of the fragment alone.
    pub fn new(id: impl Into<String>, events: impl Into<String>, poll: impl Into<String>, now: Instant) -> Live {
        Live { id: id.into(), events: super::href(events), poll: super::href(poll), now, blocks: Blocks::default() }
    }

    /// A specimen, which nothing changes.
    pub(super) fn still(id: impl Into<String>, now: Instant) -> Live {
        Live { id: id.into(), events: String::new(), poll: String::new(), now, blocks: Blocks::default() }
    }

    /// Adds a block.
    #[must_use]
    pub fn with(mut self, block: impl Into<Block>) -> Live {
        self.blocks.push(block);
        self
    }

    pub(super) fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    fn now_ms(&self) -> i64 {
        self.now.micros() / 1_000
    }
}

impl HtmlSafe for Live {}
