//! Everything a page can be made of.

use std::fmt;

use askama::filters::HtmlSafe;

use super::rich::Rich;
use super::{
    Actions, Band, Bars, BidForm, Categories, Checklist, Columns, Confirm, Countdown, Docs, Facts, Filters, Flow, Form,
    Grid, Heading, Hero, History, Ladder, Live, LotCards, Pager, Panel, Paper, Phases, Price, Room, Section, Stats,
    StepUp, Table, Tabs, TaskList, Timeline, Todos, Work,
};

macro_rules! blocks {
    ($($name:ident),+ $(,)?) => {
        /// A component, to be rendered in its place.
        #[derive(Debug)]
        pub enum Block {
            /// A paragraph.
            Text(Box<Rich>),
            /// Time left, on a line of its own.
            Countdown(Box<Countdown>),
            /// The specimen colours of the style page.
            Swatches(super::style::Swatches),
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name(Box<$name>),)+
        }

        impl fmt::Display for Block {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    Block::Text(text) => write!(f, r#"<div class="prose">{text}</div>"#),
                    Block::Countdown(countdown) => write!(f, "<p>{countdown}</p>"),
                    Block::Swatches(swatches) => swatches.fmt(f),
                    $(Block::$name(part) => part.fmt(f),)+
                }
            }
        }

        $(impl From<$name> for Block {
            fn from(part: $name) -> Block {
                Block::$name(Box::new(part))
            }
        })+
    };
}

blocks!(
    Actions, Band, Bars, BidForm, Categories, Checklist, Columns, Confirm, Docs, Facts, Filters, Flow, Form, Grid,
    Heading, Hero, History, Ladder, Live, LotCards, Pager, Panel, Paper, Phases, Price, Room, Section, Stats, StepUp,
    Table, Tabs, TaskList, Timeline, Todos, Work,
);

impl HtmlSafe for Block {}

impl From<Countdown> for Block {
    fn from(countdown: Countdown) -> Block {
        Block::Countdown(Box::new(countdown))
    }
}

impl From<Rich> for Block {
    fn from(text: Rich) -> Block {
        Block::Text(Box::new(text))
    }
}

/// Blocks in order.
#[derive(Debug, Default)]
pub struct Blocks(Vec<Block>);

impl Blocks {
    /// Adds a block at the end.
    pub fn push(&mut self, block: impl Into<Block>) {
        self.0.push(block.into());
    }

    /// Puts a block before all others.
    pub fn put_first(&mut self, block: impl Into<Block>) {
        self.0.insert(0, block.into());
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Block> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Blocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|block| writeln!(f, "{block}"))
    }
}

impl HtmlSafe for Blocks {}
