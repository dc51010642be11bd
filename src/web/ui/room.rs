//! The bidding room.

use askama::Template;
use askama::filters::HtmlSafe;

use super::chart::percent;
use super::form::Form;
use super::link::href;
use super::rich::Rich;
use super::time::Countdown;
use crate::domain::base::{Fen, Instant};

/// How the reader stands in the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Looks on.
    Watching,
    /// May bid, has not yet: the reader's bidder number.
    Ready(String),
    /// Has the highest price: number and own price.
    Leading(String, Fen),
    /// Was outbid: number and own last price.
    Outbid(String, Fen),
}

/// The head of the room: phase, price, clock, own standing.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/room.html")]
pub struct Room {
    session: String,
    phase: String,
    last: bool,
    price_label: String,
    price: String,
    unit: String,
    total: Option<Fen>,
    holder: Rich,
    clock: Option<Countdown>,
    clock_label: String,
    standing: Standing,
    stats: Vec<(String, String)>,
}

impl Room {
    /// Session number and phase such as 自由竞价.
    pub fn new(session: impl Into<String>, phase: impl Into<String>) -> Room {
        Room {
            session: session.into(),
            phase: phase.into(),
            last: false,
            price_label: "当前最高价".to_owned(),
            price: "暂无报价".to_owned(),
            unit: String::new(),
            total: None,
            holder: Rich::new(),
            clock: None,
            clock_label: String::new(),
            standing: Standing::Watching,
            stats: Vec::new(),
        }
    }

    /// The limited phase: every bid may be the last.
    #[must_use]
    pub fn limited(mut self) -> Room {
        self.last = true;
        self
    }

    /// The price now, its label and unit.
    #[must_use]
    pub fn price(mut self, label: impl Into<String>, amount: Fen, unit: impl Into<String>) -> Room {
        self.price_label = label.into();
        self.price = amount.short();
        self.unit = unit.into();
        self
    }

    /// The contract total at this price.
    #[must_use]
    pub fn total(mut self, total: Fen) -> Room {
        self.total = Some(total);
        self
    }

    /// Who holds it, by bidder number.
    #[must_use]
    pub fn holder(mut self, holder: impl Into<Rich>) -> Room {
        self.holder = holder.into();
        self
    }

    /// The clock: what happens when it runs out, and what stands there until the server has said so.
    #[must_use]
    pub fn clock(mut self, label: impl Into<String>, until: Instant, now: Instant, over: &str) -> Room {
        let label = label.into();
        self.clock = Some(Countdown::new(label.clone(), until, now).over(over).seconds());
        self.clock_label = label;
        self
    }

    /// How the reader stands.
    #[must_use]
    pub fn standing(mut self, standing: Standing) -> Room {
        self.standing = standing;
        self
    }

    /// A small figure below, such as 加价幅度.
    #[must_use]
    pub fn stat(mut self, label: impl Into<String>, value: impl Into<String>) -> Room {
        self.stats.push((label.into(), value.into()));
        self
    }
}

impl HtmlSafe for Room {}

/// The form that offers a price; leads to a confirm page.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/bidform.html")]
pub struct BidForm {
    form: Form,
    rule: Rich,
    quick: Vec<Form>,
    page: Option<String>,
}

impl BidForm {
    /// The form with its amount field.
    pub fn new(form: Form) -> BidForm {
        BidForm { form, rule: Rich::new(), quick: Vec::new(), page: None }
    }

    /// The rule a price has to keep, with its clause.
    #[must_use]
    pub fn rule(mut self, rule: impl Into<Rich>) -> BidForm {
        self.rule = rule.into();
        self
    }

    /// A page with this form alone, for browsers without scripts: the room reloads itself there and would empty the field.
    #[must_use]
    pub fn page(mut self, to: impl Into<String>) -> BidForm {
        self.page = Some(href(to));
        self
    }

    /// A ready price: a small form of hidden fields whose button names it.
    #[must_use]
    pub fn quick(mut self, form: Form) -> BidForm {
        self.quick.push(form);
        self
    }

    pub(super) fn form(&self) -> &Form {
        &self.form
    }
}

impl HtmlSafe for BidForm {}

/// A bid in the ladder.
#[derive(Clone, Debug)]
pub struct Rung {
    bidder: String,
    amount: Fen,
    at: Instant,
    note: Rich,
    mine: bool,
}

impl Rung {
    /// A bid of a bidder number.
    pub fn new(bidder: impl Into<String>, amount: Fen, at: Instant) -> Rung {
        Rung { bidder: bidder.into(), amount, at, note: Rich::new(), mine: false }
    }

    /// What made it special, such as 优先权同价 or 延时.
    #[must_use]
    pub fn note(mut self, note: impl Into<Rich>) -> Rung {
        self.note = note.into();
        self
    }

    /// The reader's own.
    #[must_use]
    pub fn mine(mut self) -> Rung {
        self.mine = true;
        self
    }
}

/// Bids, the one that holds on top.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/ladder.html")]
pub struct Ladder {
    caption: String,
    unit: String,
    start: Fen,
    rungs: Vec<Rung>,
}

impl Ladder {
    /// `start` is the starting price, from which the bars grow.
    pub fn new(unit: impl Into<String>, start: Fen, rungs: impl IntoIterator<Item = Rung>) -> Ladder {
        Ladder { caption: "报价记录".to_owned(), unit: unit.into(), start, rungs: rungs.into_iter().collect() }
    }

    /// Another caption.
    #[must_use]
    pub fn caption(mut self, caption: impl Into<String>) -> Ladder {
        self.caption = caption.into();
        self
    }

    /// A fifth for the starting price, the rest for what was added.
    fn width(&self, rung: &Rung) -> String {
        let gap = |amount: Fen| (amount.0 - self.start.0).abs();
        let most = self.rungs.iter().map(|r| gap(r.amount)).max().unwrap_or(0).max(1);
        percent(gap(rung.amount).saturating_mul(4) + most, most.saturating_mul(5))
    }
}

impl HtmlSafe for Ladder {}
