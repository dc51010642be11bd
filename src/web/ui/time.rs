//! Countdowns: what is left, and always the absolute time beside it.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::domain::base::Instant;

/// Time left until an instant. The server writes what is left when the page is made; a script ticks it.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "kit/countdown.html")]
pub struct Countdown {
    label: String,
    until: Instant,
    now: Instant,
    over: String,
    seconds: bool,
}

impl Countdown {
    /// `label` is what happens then, such as 报名截止.
    pub fn new(label: impl Into<String>, until: Instant, now: Instant) -> Countdown {
        Countdown { label: label.into(), until, now, over: "已到时间".to_owned(), seconds: false }
    }

    /// What stands there afterwards, such as 已截止.
    #[must_use]
    pub fn over(mut self, text: impl Into<String>) -> Countdown {
        self.over = text.into();
        self
    }

    /// The absolute time with seconds (bidding).
    #[must_use]
    pub fn seconds(mut self) -> Countdown {
        self.seconds = true;
        self
    }

    /// Milliseconds since 1970 of the end, for the script.
    pub(crate) fn until_ms(&self) -> i64 {
        self.until.micros() / 1_000
    }

    pub(crate) fn left(&self) -> String {
        if self.until <= self.now { self.over.clone() } else { left(self.until.ms_since(self.now)) }
    }

    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    pub(crate) fn over_text(&self) -> &str {
        &self.over
    }

    pub(crate) fn absolute(&self) -> String {
        if self.seconds { self.until.zh_secs() } else { self.until.zh() }
    }

    fn soon(&self) -> bool {
        self.until > self.now && self.until.ms_since(self.now) < 3_600_000
    }
}

impl HtmlSafe for Countdown {}

/// `3天4小时`, `2小时05分` or `04:09`; the script writes the same.
fn left(ms: i64) -> String {
    let secs = (ms + 999) / 1_000;
    let (days, hours, minutes) = (secs / 86_400, secs % 86_400 / 3_600, secs % 3_600 / 60);
    if days > 0 {
        format!("{days}天{hours}小时")
    } else if hours > 0 {
        format!("{hours}小时{minutes:02}分")
    } else {
        format!("{minutes:02}:{:02}", secs % 60)
    }
}
