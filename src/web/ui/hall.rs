//! The screen in the trading hall: read from six metres, turns by itself, survives a lost connection.

use askama::Template;

use super::link::href;
use super::time::Countdown;
use crate::domain::base::{Fen, Instant};
use crate::web::assets;

/// What one turn of the screen shows.
#[derive(Clone, Debug)]
pub enum Slide {
    /// A room where bids arrive.
    Room {
        /// The lot.
        title: String,
        /// Phase such as 限时竞价.
        phase: String,
        /// Every bid may be the last.
        last: bool,
        /// Highest price and unit; none before the first bid.
        price: Option<(Fen, String)>,
        /// Who holds it, by bidder number.
        holder: String,
        /// The clock and what it leads to.
        clock: Option<Countdown>,
    },
    /// Rows of short texts under their headings, at most eight.
    List {
        /// Headings.
        columns: Vec<String>,
        /// Rows.
        rows: Vec<Vec<String>>,
        /// What to say when there is none.
        empty: String,
    },
    /// A sentence in large letters.
    Words(String),
}

/// The screen.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/hall.html")]
pub struct Hall {
    title: String,
    slide: Slide,
    now: Instant,
    speed: u32,
    at: usize,
    of: usize,
    next: String,
    seconds: u32,
    demo: bool,
}

impl Hall {
    /// A slide under its title; `next` is the address of the slide that follows.
    pub fn new(title: impl Into<String>, slide: Slide, now: Instant, next: impl Into<String>) -> Hall {
        Hall { title: title.into(), slide, now, speed: 1, at: 1, of: 1, next: href(next), seconds: 12, demo: false }
    }

    /// Which of how many slides this is.
    #[must_use]
    pub fn place(mut self, at: usize, of: usize) -> Hall {
        (self.at, self.of) = (at, of);
        self
    }

    /// Seconds until the next slide.
    #[must_use]
    pub fn seconds(mut self, seconds: u32) -> Hall {
        self.seconds = seconds;
        self
    }

    /// Marks a demo and its clock's speed.
    #[must_use]
    pub fn demo(mut self, speed: u32) -> Hall {
        self.demo = true;
        self.speed = speed;
        self
    }

    /// The HTML text.
    pub fn html(&self) -> String {
        self.render().unwrap_or_default()
    }

    fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    fn now_ms(&self) -> i64 {
        self.now.micros() / 1_000
    }
}
