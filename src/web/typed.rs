//! What a person typed into a form: kept as it is, so that nothing is lost when it must be
//! shown again, and read into domain values with a message beside the field.

use std::collections::BTreeMap;

use crate::domain::base::area::parse_quantity;
use crate::domain::base::{Day, Fen, text};
use crate::domain::refusal::{FieldFault, Refusal};

/// The fields of a submitted form; a name may stand several times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(BTreeMap<String, Vec<String>>);

impl Typed {
    /// From an urlencoded body.
    pub fn parse(body: &[u8]) -> Typed {
        let mut map: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for pair in body.split(|b| *b == b'&').filter(|p| !p.is_empty()) {
            let (name, value) = match pair.iter().position(|b| *b == b'=') {
                Some(at) => (&pair[..at], &pair[at + 1..]),
                None => (pair, &pair[pair.len()..]),
            };
            map.entry(decode(name)).or_default().push(decode(value));
        }
        Typed(map)
    }

    /// Adds a value, as multipart forms do.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.entry(name.into()).or_default().push(visible(&value.into()));
    }

    /// The first value, untrimmed; empty when absent.
    pub fn raw(&self, name: &str) -> &str {
        self.0.get(name).and_then(|v| v.first()).map_or("", String::as_str)
    }

    /// The first value, trimmed.
    pub fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// All values.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a checkbox is ticked: it sends `yes`, and nothing else is consent.
    pub fn ticked(&self, name: &str) -> bool {
        self.text(name) == "yes"
    }

    /// A button or hidden value that says yes or no by these two words; anything else decides nothing.
    pub fn either(&self, field: &str, label: &str, yes: &str, no: &str) -> Result<bool, Refusal> {
        match self.text(field) {
            typed if typed == yes => Ok(true),
            typed if typed == no => Ok(false),
            _ => Err(Refusal::field(field, format!("请选择{label}"))),
        }
    }

    /// All names with each of their values: a group of boxes has several.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(k, all)| all.iter().map(|v| (k.as_str(), v.as_str())))
    }
}

fn decode(bytes: &[u8]) -> String {
    let plus: Vec<u8> = bytes.iter().map(|b| if *b == b'+' { b' ' } else { *b }).collect();
    visible(&percent_encoding::percent_decode(&plus).decode_utf8_lossy())
}

/// NUL becomes the mark of a broken encoding: no database keeps it as text, and every field refuses
/// that mark with a message of its own.
pub fn visible(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// Collects faults while a form is read, so that all are told at once.
#[derive(Debug, Default)]
pub struct Reading {
    faults: Vec<FieldFault>,
}

impl Reading {
    /// Notes a fault.
    pub fn fault(&mut self, field: &str, message: impl Into<String>) {
        self.faults.push(FieldFault::new(field, message));
    }

    /// A required text of at most `max` characters without control or bidi characters.
    pub fn text(&mut self, typed: &Typed, field: &str, label: &str, max: usize) -> String {
        let value = typed.text(field);
        if value.is_empty() {
            self.fault(field, format!("请填写{label}"));
        }
        self.optional(typed, field, label, max)
    }

    /// The same, but may be empty.
    pub fn optional(&mut self, typed: &Typed, field: &str, label: &str, max: usize) -> String {
        let value = typed.text(field);
        if value.chars().count() > max {
            self.fault(field, format!("{label}最多{max}个字"));
        }
        // A table pasted from elsewhere brings tabs; they mean a blank.
        let value = value.replace("\r\n", "\n").replace('\t', " ");
        if let Err(fault) = text::check_chars(&value, true) {
            self.fault(field, fault.zh());
        }
        value
    }

    /// A required amount of money.
    pub fn money(&mut self, typed: &Typed, field: &str) -> Fen {
        Fen::parse(typed.text(field)).unwrap_or_else(|e| {
            self.fault(field, e.zh());
            Fen::ZERO
        })
    }

    /// A required quantity in ten-thousandths.
    pub fn quantity(&mut self, typed: &Typed, field: &str) -> i64 {
        parse_quantity(typed.text(field)).unwrap_or_else(|e| {
            self.fault(field, e);
            0
        })
    }

    /// A required day.
    pub fn day(&mut self, typed: &Typed, field: &str, label: &str) -> Option<Day> {
        let day = Day::parse(typed.text(field));
        if day.is_none() {
            let said = if typed.text(field).is_empty() { "请填写" } else { "日期不存在或格式不对：" };
            self.fault(field, format!("{said}{label}，例如 2026-11-22"));
        }
        day
    }

    /// A required whole number within bounds.
    pub fn number(&mut self, typed: &Typed, field: &str, label: &str, min: i64, max: i64) -> i64 {
        let text: String = typed.text(field).chars().map(crate::domain::base::money::half_width).collect();
        match text.parse::<i64>() {
            Ok(n) if (min..=max).contains(&n) => n,
            Ok(_) => {
                self.fault(field, format!("{label}应在{min}到{max}之间"));
                min
            }
            Err(_) => {
                self.fault(field, format!("请填写{label}（整数）"));
                min
            }
        }
    }

    /// One of a closed list.
    pub fn choice<T>(
        &mut self,
        typed: &Typed,
        field: &str,
        label: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = read(typed.text(field));
        if value.is_none() {
            self.fault(field, format!("请选择{label}"));
        }
        value
    }

    /// Done: the faults, if any.
    pub fn finish(self) -> Result<(), Refusal> {
        if self.faults.is_empty() { Ok(()) } else { Err(Refusal::Fields { faults: self.faults }) }
    }
}
