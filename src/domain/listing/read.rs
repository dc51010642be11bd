//! Reading a draft: each answer into its type, every fault noted beside its field.

use std::str::FromStr;

use super::draft::Draft;
use crate::base::area::parse_quantity;
use crate::base::identity::{BETRAYED, betrays};
use crate::base::{Area, Day, Fen, text};
use crate::refusal::FieldFault;

/// Reads answers and collects faults.
pub(super) struct Answers<'a> {
    draft: &'a Draft,
    pub(super) faults: Vec<FieldFault>,
}

impl<'a> Answers<'a> {
    pub(super) fn new(draft: &'a Draft) -> Answers<'a> {
        Answers { draft, faults: Vec::new() }
    }

    pub(super) fn raw(&self, name: &str) -> &'a str {
        self.draft.get(name).map_or("", |v| v.trim())
    }

    pub(super) fn given(&self, name: &str) -> bool {
        !self.raw(name).is_empty()
    }

    pub(super) fn fault(&mut self, name: &str, message: impl Into<String>) {
        self.faults.push(FieldFault::new(name, message));
    }

    pub(super) fn text(&mut self, name: &str, label: &str, max: usize) -> String {
        if !self.given(name) {
            self.fault(name, format!("请填写{label}。"));
            return String::new();
        }
        self.optional(name, label, max)
    }

    pub(super) fn optional(&mut self, name: &str, label: &str, max: usize) -> String {
        match text::paragraphs(self.raw(name), max) {
            // What stands in an application is published with the notice.
            Ok(value) if betrays(&value) => {
                self.fault(name, format!("{label}：{BETRAYED}。"));
                String::new()
            }
            Ok(value) => value,
            Err(text::TextError::Empty) => String::new(),
            Err(fault) => {
                self.fault(name, format!("{label}：{}", fault.zh()));
                String::new()
            }
        }
    }

    pub(super) fn money(&mut self, name: &str, label: &str) -> Fen {
        match Fen::parse(self.raw(name)) {
            Ok(fen) if fen > Fen::ZERO => fen,
            Ok(_) => {
                self.fault(name, format!("{label}应大于 0 元。"));
                Fen::ZERO
            }
            Err(fault) => {
                self.fault(name, format!("{label}：{}。", fault.zh()));
                Fen::ZERO
            }
        }
    }

    pub(super) fn optional_money(&mut self, name: &str, label: &str) -> Option<Fen> {
        self.given(name).then(|| self.money(name, label))
    }

    pub(super) fn quantity(&mut self, name: &str, label: &str) -> i64 {
        match parse_quantity(self.raw(name)) {
            Ok(q) if q > 0 => q,
            Ok(_) => {
                self.fault(name, format!("{label}应大于 0。"));
                0
            }
            Err(fault) => {
                self.fault(name, format!("{label}：{fault}。"));
                0
            }
        }
    }

    pub(super) fn optional_area(&mut self, name: &str, label: &str) -> Option<Area> {
        if !self.given(name) {
            return None;
        }
        match Area::parse(self.raw(name)) {
            Ok(area) => Some(area),
            Err(fault) => {
                self.fault(name, format!("{label}：{fault}。"));
                None
            }
        }
    }

    pub(super) fn day(&mut self, name: &str, label: &str) -> Option<Day> {
        let day = self.optional_day(name, label);
        if !self.given(name) {
            self.fault(name, format!("请填写{label}，例如 2026-11-22。"));
        }
        day
    }

    pub(super) fn optional_day(&mut self, name: &str, label: &str) -> Option<Day> {
        if !self.given(name) {
            return None;
        }
        let day = Day::parse(self.raw(name));
        if day.is_none() {
            self.fault(name, format!("{label}：请填写存在的日期，例如 2026-11-22。"));
        }
        day
    }

    pub(super) fn number(&mut self, name: &str, label: &str, min: u32, max: u32) -> u32 {
        let typed = text::half_width_digits(self.raw(name));
        match typed.parse::<u32>() {
            Ok(n) if (min..=max).contains(&n) => n,
            Ok(_) => {
                self.fault(name, format!("{label}应在 {min} 到 {max} 之间。"));
                min
            }
            Err(_) => {
                self.fault(name, format!("请填写{label}（整数）。"));
                min
            }
        }
    }

    pub(super) fn optional_number(&mut self, name: &str, label: &str, max: u32) -> u32 {
        if self.given(name) { self.number(name, label, 0, max) } else { 0 }
    }

    pub(super) fn choice<T: FromStr>(&mut self, name: &str, label: &str) -> Option<T> {
        let value = self.raw(name).parse::<T>().ok();
        if value.is_none() {
            self.fault(name, format!("请选择{label}。"));
        }
        value
    }

    pub(super) fn yes(&mut self, name: &str, label: &str) -> bool {
        match self.raw(name) {
            "yes" => true,
            "no" => false,
            _ => {
                self.fault(name, format!("请选择{label}。"));
                false
            }
        }
    }
}
