//! One field of a form.

use askama::Template;
use askama::filters::HtmlSafe;

use super::icon::Icon;
use super::kind::{Choice, FieldKind};
use super::rich::Rich;

/// One question: label, hint, control and message.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/field.html")]
pub struct Field {
    pub(crate) name: String,
    pub(crate) label: String,
    hint: Rich,
    pub(crate) kind: FieldKind,
    pub(crate) values: Vec<String>,
    pub(crate) error: Option<String>,
    optional: bool,
    quiet: bool,
    autocomplete: String,
    placeholder: String,
    width: &'static str,
    have: Vec<Rich>,
    pub(super) limit: Option<u32>,
    when: Option<(String, String)>,
    pub(crate) group: String,
    pub(crate) group_intro: Rich,
}

impl Field {
    /// A field of any kind.
    pub fn new(kind: FieldKind, name: impl Into<String>, label: impl Into<String>) -> Field {
        Field {
            name: name.into(),
            label: label.into(),
            hint: Rich::new(),
            kind,
            values: Vec::new(),
            error: None,
            optional: false,
            quiet: false,
            autocomplete: String::new(),
            placeholder: String::new(),
            width: "",
            have: Vec::new(),
            limit: None,
            when: None,
            group: String::new(),
            group_intro: Rich::new(),
        }
    }

    /// One line of text.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(FieldKind::Text, name, label)
    }

    /// A telephone number.
    pub fn tel(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(FieldKind::Tel, name, label).width("input-mid").autocomplete("tel")
    }

    /// A figure.
    pub fn number(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(FieldKind::Number(String::new()), name, label).width("input-short")
    }

    /// Money; 元 unless [`Field::unit`] says otherwise.
    pub fn money(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(FieldKind::Money("元".to_owned()), name, label)
    }

    /// An area in 亩.
    pub fn area(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(FieldKind::Area, name, label)
    }

    /// A day.
    pub fn date(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(FieldKind::Date, name, label).width("input-mid")
    }

    /// A day and a time.
    pub fn datetime(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(FieldKind::DateTime, name, label).width("input-mid")
    }

    /// Several lines.
    pub fn textarea(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(FieldKind::Textarea(5), name, label)
    }

    /// One of a list, folded.
    pub fn select<C: Into<Choice>>(
        name: impl Into<String>,
        label: impl Into<String>,
        options: impl IntoIterator<Item = C>,
    ) -> Field {
        Field::new(FieldKind::Select(options.into_iter().map(Into::into).collect()), name, label)
    }

    /// One of a few, all visible.
    pub fn radio<C: Into<Choice>>(
        name: impl Into<String>,
        label: impl Into<String>,
        options: impl IntoIterator<Item = C>,
    ) -> Field {
        Field::new(FieldKind::Radio(options.into_iter().map(Into::into).collect()), name, label)
    }

    /// Any of a few.
    pub fn checkboxes<C: Into<Choice>>(
        name: impl Into<String>,
        label: impl Into<String>,
        options: impl IntoIterator<Item = C>,
    ) -> Field {
        Field::new(FieldKind::Checkboxes(options.into_iter().map(Into::into).collect()), name, label)
    }

    /// A declaration to agree to; the label is its sentence.
    pub fn agree(name: impl Into<String>, sentence: impl Into<String>) -> Field {
        Field::new(FieldKind::Agree, name, sentence)
    }

    /// A paper: accepted endings and megabytes at most.
    pub fn file(name: impl Into<String>, label: impl Into<String>, accept: &str, max_mb: u64) -> Field {
        let kind = FieldKind::File { accept: accept.to_owned(), max: max_mb * 1_048_576, many: false };
        Field::new(kind, name, label)
    }

    /// The password of an existing account.
    pub fn password(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(FieldKind::Password(false), name, label).width("input-mid").autocomplete("current-password")
    }

    /// A password being chosen.
    pub fn new_password(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(FieldKind::Password(true), name, label).width("input-mid").autocomplete("new-password")
    }

    /// A one-time code.
    pub fn code(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(FieldKind::Code, name, label).autocomplete("one-time-code")
    }

    /// Sent along unseen.
    pub fn hidden(name: impl Into<String>, value: impl Into<String>) -> Field {
        Field::new(FieldKind::Hidden, name, "").value(value)
    }

    /// Shown, not asked.
    pub fn fixed(label: impl Into<String>, value: impl Into<String>) -> Field {
        Field::new(FieldKind::Static, "", label).value(value)
    }

    /// The unit of money or a figure.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Field {
        if let FieldKind::Money(u) | FieldKind::Number(u) = &mut self.kind {
            *u = unit.into();
        }
        self
    }

    /// Several files at once.
    #[must_use]
    pub fn many(mut self) -> Field {
        if let FieldKind::File { many, .. } = &mut self.kind {
            *many = true;
        }
        self
    }

    /// Lines shown of a long answer.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Field {
        if let FieldKind::Textarea(r) = &mut self.kind {
            *r = rows;
        }
        self
    }

    /// What to write, in one sentence.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Rich>) -> Field {
        self.hint = hint.into();
        self
    }

    /// What stands in it, or which option is chosen.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Field {
        self.values = vec![value.into()];
        self
    }

    /// Which options are ticked.
    #[must_use]
    pub fn values(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Field {
        self.values = values.into_iter().map(Into::into).collect();
        self
    }

    /// The message beside it.
    #[must_use]
    pub fn error(mut self, error: impl Into<String>) -> Field {
        self.error = Some(error.into());
        self
    }

    /// May stay empty; marked （选填）.
    #[must_use]
    pub fn optional(mut self) -> Field {
        self.optional = true;
        self
    }

    /// Belongs to these values of another field alone: a script shows it with them and hides it
    /// otherwise. Without scripts it always stands there, so its hint says when it is filled in.
    #[must_use]
    pub fn when(mut self, other: impl Into<String>, values: &[&str]) -> Field {
        self.when = Some((other.into(), values.join(" ")));
        self.optional_quietly()
    }

    /// May stay empty without saying so: in a search form everything may.
    pub(crate) fn optional_quietly(mut self) -> Field {
        self.optional = true;
        self.quiet = true;
        self
    }

    /// What the browser may fill in (HTML `autocomplete`).
    #[must_use]
    pub fn autocomplete(mut self, token: impl Into<String>) -> Field {
        self.autocomplete = token.into();
        self
    }

    /// An example inside an empty field; never the only place of a hint.
    #[must_use]
    pub fn placeholder(mut self, text: impl Into<String>) -> Field {
        self.placeholder = text.into();
        self
    }

    /// A narrower control (`input-short` or `input-mid`).
    #[must_use]
    pub fn width(mut self, class: &'static str) -> Field {
        self.width = class;
        self
    }

    /// Characters at most.
    #[must_use]
    pub fn limit(mut self, chars: u32) -> Field {
        self.limit = Some(chars);
        self
    }

    /// A paper already handed in, shown above the file control.
    #[must_use]
    pub fn have(mut self, paper: impl Into<Rich>) -> Field {
        self.have.push(paper.into());
        self
    }

    /// Starts a new group of fields under this heading.
    #[must_use]
    pub fn group(mut self, title: impl Into<String>, intro: impl Into<Rich>) -> Field {
        self.group = title.into();
        self.group_intro = intro.into();
        self
    }

    pub(crate) fn first(&self) -> &str {
        self.values.first().map(String::as_str).unwrap_or_default()
    }

    fn has(&self, choice: &Choice) -> bool {
        self.values.contains(&choice.value)
    }

    /// The address of its first control, for the error summary.
    pub(crate) fn target(&self) -> String {
        match &self.kind {
            FieldKind::Radio(options) | FieldKind::Checkboxes(options) if !options.is_empty() => {
                format!("f-{}-0", self.name)
            }
            _ => format!("f-{}", self.name),
        }
    }

    /// Attributes shared by every control: which texts describe it.
    fn described(&self) -> String {
        let mut ids = Vec::new();
        if !self.hint.is_empty() {
            ids.push(format!("h-{}", self.name));
        }
        if self.error.is_some() {
            ids.push(format!("e-{}", self.name));
        }
        ids.join(" ")
    }

    fn is_set(&self) -> bool {
        matches!(self.kind, FieldKind::Radio(_) | FieldKind::Checkboxes(_))
    }

    fn new_group<'a>(&self, options: &'a [Choice], index: &usize) -> Option<&'a str> {
        let group = options.get(*index).map(|c| c.group.as_str()).filter(|g| !g.is_empty())?;
        let before = index.checked_sub(1).and_then(|i| options.get(i)).map(|c| c.group.as_str());
        (before != Some(group)).then_some(group)
    }

    fn group_ends(&self, options: &[Choice], index: &usize) -> bool {
        let group = options.get(*index).map(|c| c.group.as_str()).unwrap_or_default();
        !group.is_empty() && options.get(index + 1).map(|c| c.group.as_str()) != Some(group)
    }
}

impl HtmlSafe for Field {}
