//! Facts, papers and history of a case.

use askama::Template;
use askama::filters::HtmlSafe;

use super::link::{Link, href};
use super::rich::Rich;
use super::tag::Tag;
use crate::domain::base::Instant;

#[derive(Clone, Debug)]
struct Fact {
    label: String,
    value: Rich,
    hint: Rich,
    change: Option<Link>,
    strong: bool,
}

/// A list of labels and values.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "kit/facts.html")]
pub struct Facts {
    facts: Vec<Fact>,
    two: bool,
}

impl Facts {
    /// An empty list.
    pub fn new() -> Facts {
        Facts::default()
    }

    /// Two columns where there is room.
    #[must_use]
    pub fn two_columns(mut self) -> Facts {
        self.two = true;
        self
    }

    /// Adds a fact; an empty value shows 未填写.
    #[must_use]
    pub fn row(mut self, label: impl Into<String>, value: impl Into<Rich>) -> Facts {
        let value: Rich = value.into();
        let value = if value.is_empty() { Rich::new().small("未填写") } else { value };
        self.facts.push(Fact { label: label.into(), value, hint: Rich::new(), change: None, strong: false });
        self
    }

    /// Adds a fact that matters most.
    #[must_use]
    pub fn strong(self, label: impl Into<String>, value: impl Into<Rich>) -> Facts {
        let mut facts = self.row(label, value);
        if let Some(fact) = facts.facts.last_mut() {
            fact.strong = true;
        }
        facts
    }

    /// A remark below the last fact.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Rich>) -> Facts {
        if let Some(fact) = self.facts.last_mut() {
            fact.hint = hint.into();
        }
        self
    }

    /// A link 修改 beside the last fact (check your answers).
    #[must_use]
    pub fn change(mut self, to: impl Into<String>) -> Facts {
        if let Some(fact) = self.facts.last_mut() {
            fact.change = Some(Link::new("修改", to).about(fact.label.clone()));
        }
        self
    }
}

impl HtmlSafe for Facts {}

/// A paper of the case.
#[derive(Clone, Debug)]
pub struct Doc {
    name: String,
    kind: String,
    to: Option<String>,
    meta: Vec<Rich>,
    state: Rich,
}

impl Doc {
    /// A paper that is there: its name, kind (PDF, JPG) and address.
    pub fn new(name: impl Into<String>, kind: impl Into<String>, to: impl Into<String>) -> Doc {
        Doc { name: name.into(), kind: kind.into(), to: Some(href(to)), meta: Vec::new(), state: Rich::new() }
    }

    /// A paper that is still missing.
    pub fn missing(name: impl Into<String>, why: impl Into<Rich>) -> Doc {
        Doc { name: name.into(), kind: "缺".to_owned(), to: None, meta: vec![why.into()], state: Rich::new() }
    }

    /// Its size in bytes.
    #[must_use]
    pub fn size(mut self, bytes: u64) -> Doc {
        self.meta.push(size(bytes).into());
        self
    }

    /// Who handed it in, and when.
    #[must_use]
    pub fn by(mut self, who: impl Into<String>, at: Instant) -> Doc {
        self.meta.push(Rich::new().text(format!("{} ", who.into())).time(at));
        self
    }

    /// Beginning of its hash.
    #[must_use]
    pub fn hash(mut self, hash: &str) -> Doc {
        self.meta.push(Rich::new().text("校验值 ").code(hash.chars().take(12).collect::<String>()));
        self
    }

    /// What was found about it.
    #[must_use]
    pub fn state(mut self, tag: Tag) -> Doc {
        self.state = tag.into();
        self
    }
}

/// Bytes as people read them.
fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} 字节"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

/// Papers of a case.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/docs.html")]
pub struct Docs {
    docs: Vec<Doc>,
    empty: Rich,
}

impl Docs {
    /// Papers in order.
    pub fn new(docs: impl IntoIterator<Item = Doc>) -> Docs {
        Docs { docs: docs.into_iter().collect(), empty: "还没有材料。".into() }
    }

    /// What to say when there is none.
    #[must_use]
    pub fn empty(mut self, say: impl Into<Rich>) -> Docs {
        self.empty = say.into();
        self
    }
}

impl HtmlSafe for Docs {}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    when: Instant,
    what: Rich,
    who: String,
    more: Rich,
}

impl Entry {
    /// What happened, when, by whom.
    pub fn new(when: Instant, what: impl Into<Rich>, who: impl Into<String>) -> Entry {
        Entry { when, what: what.into(), who: who.into(), more: Rich::new() }
    }

    /// Opinion, reason or number.
    #[must_use]
    pub fn more(mut self, more: impl Into<Rich>) -> Entry {
        self.more = more.into();
        self
    }
}

/// What happened to a case, newest first or oldest first as given.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/history.html")]
pub struct History {
    entries: Vec<Entry>,
}

impl History {
    /// Entries in order.
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> History {
        History { entries: entries.into_iter().collect() }
    }
}

impl HtmlSafe for History {}
