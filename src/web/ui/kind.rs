//! What kinds of answers a field takes.

use crate::domain::base::Day;

/// An option of a select, radio or checkbox field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// A remark beside it.
    pub hint: String,
    /// The heading it stands under (a township over its villages); options of one group stand together.
    pub group: String,
}

impl Choice {
    /// An option.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into(), ..Choice::default() }
    }

    /// With a remark.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Choice {
        self.hint = hint.into();
        self
    }

    /// Under a heading.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Choice {
        self.group = group.into();
        self
    }
}

impl From<(&str, &str)> for Choice {
    fn from((value, label): (&str, &str)) -> Choice {
        Choice::new(value, label)
    }
}

impl From<(String, String)> for Choice {
    fn from((value, label): (String, String)) -> Choice {
        Choice::new(value, label)
    }
}

/// What kind of answer a field takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Text,
    /// A telephone number.
    Tel,
    /// A whole number or figure with a unit (empty for none).
    Number(String),
    /// Money with its unit, such as 元/亩/年.
    Money(String),
    /// An area in 亩.
    Area,
    /// A day.
    Date,
    /// A day and a time to the minute.
    DateTime,
    /// Several lines; how many are shown.
    Textarea(u8),
    /// One of a list.
    Select(Vec<Choice>),
    /// One of a few, all visible.
    Radio(Vec<Choice>),
    /// Any of a few.
    Checkboxes(Vec<Choice>),
    /// A declaration to agree to; sends `yes`.
    Agree,
    /// Papers: accepted endings (`.pdf,.jpg`), bytes at most, several at once.
    File {
        /// Endings for the browser's file window, such as `.pdf,.jpg`.
        accept: String,
        /// Bytes at most for one file.
        max: u64,
        /// Several at once.
        many: bool,
    },
    /// A secret; never filled in again. True when a new one is being chosen.
    Password(bool),
    /// A one-time code; never filled in again.
    Code,
    /// Sent along unseen.
    Hidden,
    /// Shown, not asked.
    Static,
}

impl FieldKind {
    /// An answer as people read it: the labels of options, a day in words, a figure with its unit. What is
    /// none of the options, or no day, is shown as it was typed.
    pub fn said(&self, value: &str) -> String {
        match self {
            FieldKind::Select(options) | FieldKind::Radio(options) => label(options, value).to_owned(),
            FieldKind::Checkboxes(options) => {
                value.split(',').map(|v| label(options, v)).collect::<Vec<_>>().join("、")
            }
            FieldKind::Number(unit) | FieldKind::Money(unit) if !unit.is_empty() => format!("{value} {unit}"),
            FieldKind::Area => format!("{value} 亩"),
            FieldKind::Date => Day::parse(value).map_or_else(|| value.to_owned(), Day::zh),
            FieldKind::Text
            | FieldKind::Tel
            | FieldKind::Number(_)
            | FieldKind::Money(_)
            | FieldKind::DateTime
            | FieldKind::Textarea(_)
            | FieldKind::Agree
            | FieldKind::File { .. }
            | FieldKind::Password(_)
            | FieldKind::Code
            | FieldKind::Hidden
            | FieldKind::Static => value.to_owned(),
        }
    }
}

fn label<'a>(options: &'a [Choice], value: &'a str) -> &'a str {
    options.iter().find(|o| o.value == value).map_or(value, |o| o.label.as_str())
}
