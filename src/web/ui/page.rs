//! A whole page made of blocks.

use askama::Template;

use super::block::{Block, Blocks};
use super::chrome::Chrome;
use super::portal::Hero;
use super::rich::Rich;
use crate::domain::refusal::FieldFault;

/// The page that most routes answer with: the shell and blocks in order.
#[derive(Debug, Template)]
#[template(path = "kit/page.html")]
pub struct Page {
    chrome: Chrome,
    top: Blocks,
    blocks: Blocks,
    narrow: bool,
}

impl Page {
    /// An empty page in its shell.
    pub fn new(chrome: Chrome) -> Page {
        Page { chrome, top: Blocks::default(), blocks: Blocks::default(), narrow: false }
    }

    /// Adds a block.
    #[must_use]
    pub fn with(mut self, block: impl Into<Block>) -> Page {
        self.blocks.push(block);
        self
    }

    /// Adds a block where there is one.
    #[must_use]
    pub fn maybe(self, block: Option<impl Into<Block>>) -> Page {
        match block {
            Some(block) => self.with(block),
            None => self,
        }
    }

    /// Adds blocks.
    #[must_use]
    pub fn extend(self, blocks: impl IntoIterator<Item = Block>) -> Page {
        blocks.into_iter().fold(self, Page::with)
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn say(self, paragraph: impl Into<Rich>) -> Page {
        self.with(Block::Text(Box::new(paragraph.into())))
    }

    /// The picture across the whole width above everything.
    #[must_use]
    pub fn top(mut self, hero: Hero) -> Page {
        self.top.push(hero);
        self
    }

    /// Puts a block above those that are there, such as why something was refused.
    #[must_use]
    pub fn first(mut self, block: impl Into<Block>) -> Page {
        self.blocks.put_first(block);
        self
    }

    /// One reading column, for forms and messages.
    #[must_use]
    pub fn narrow(mut self) -> Page {
        self.narrow = true;
        self
    }

    /// What is wrong with what was typed into the form of this page that leads to `path`.
    pub fn faults<'v>(&self, path: &str, typed: impl Fn(&str) -> &'v [String]) -> Vec<FieldFault> {
        let mut all: Vec<FieldFault> = Vec::new();
        for form in self.blocks.forms().into_iter().filter(|form| form.leads_to(path)) {
            for fault in form.faults(&typed) {
                if all.iter().all(|known| known.field != fault.field) {
                    all.push(fault);
                }
            }
        }
        all
    }

    /// The HTML text. Errors are impossible in the templates of this kit; the empty page stands for one.
    pub fn html(&self) -> String {
        self.render().unwrap_or_default()
    }
}
