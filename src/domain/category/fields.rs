//! Attribute fields of a variety: what the form asks, how an answer is read, stored and shown.

use serde::{Deserialize, Serialize};

use crate::base::area::{parse_quantity, quantity_exact};
use crate::base::identity::{BETRAYED, betrays};
use crate::base::words::words;
use crate::base::{Area, Day};

words! {
    /// What kind of answer a field takes.
    FieldKind {
        Text = "text", "文字";
        Number = "number", "数字";
        Area = "area", "面积";
        Date = "date", "日期";
        Choice = "choice", "选择";
        YesNo = "yes_no", "是否";
    }
}

/// One choice of a choice field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is stored.
    pub value: String,
    /// What people read.
    pub label: String,
    /// What the rules take it for, where that is another word than `value`:
    /// 莲鱼共作 is `fish_pond` to the rules on use.
    pub means: Option<String>,
}

/// One attribute field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDef {
    /// Stored name, unique in the variety.
    pub key: String,
    /// What people read.
    pub label: String,
    /// What kind of answer it takes.
    pub kind: FieldKind,
    /// Unit behind the answer; `None` for none. An area is always in 亩.
    pub unit: Option<String>,
    /// Whether the application is incomplete without it.
    pub required: bool,
    /// Whether the public page shows it.
    pub public: bool,
    /// Whether the contract repeats what the notice says of it. Grounds of the price and facts of the procedure
    /// stay out. Definitions that were frozen before the catalogue said it have it in.
    #[serde(default = "in_contract")]
    pub contract: bool,
    /// A sentence of help; may be empty.
    pub help: String,
    /// Text: most characters. Number and area: largest whole value.
    pub max: Option<u32>,
    /// Choices; empty unless `kind` is a choice.
    pub choices: Vec<Choice>,
}

pub(super) fn in_contract() -> bool {
    true
}

/// Why an answer was not taken; the sentence stands beside the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault(pub String);

/// The longest text a field takes when its definition sets no limit, in characters.
pub const TEXT_MAX: u32 = 500;

impl FieldDef {
    /// Reads a typed answer into its stored form; `None` when nothing was typed into an
    /// optional field. Numbers keep up to four decimals, areas are in 亩, dates become
    /// `2026-11-22`, yes and no become `yes` and `no`.
    ///
    /// # Errors
    /// A sentence for the person who typed it.
    pub fn read(&self, typed: &str) -> Result<Option<String>, FieldFault> {
        let typed = typed.trim();
        if typed.is_empty() {
            return if self.required { Err(FieldFault(format!("请填写{}。", self.label))) } else { Ok(None) };
        }
        let value = match self.kind {
            FieldKind::Text => self.text(typed)?,
            FieldKind::Number => self.number(parse_quantity(typed))?,
            FieldKind::Area => self.number(Area::parse(typed).map(|a| a.0))?,
            FieldKind::Date => match Day::parse(typed) {
                Some(day) => day.iso(),
                None => return Err(self.fault("请填写存在的日期，例如 2026-11-22")),
            },
            FieldKind::Choice => match self.choices.iter().find(|c| c.value == typed) {
                Some(choice) => choice.value.clone(),
                None => return Err(self.fault("请从列出的选项中选择")),
            },
            FieldKind::YesNo if matches!(typed, "yes" | "no") => typed.to_owned(),
            FieldKind::YesNo => return Err(self.fault("请选择是或否")),
        };
        Ok(Some(value))
    }

    fn fault(&self, what: &str) -> FieldFault {
        FieldFault(format!("{}：{what}。", self.label))
    }

    fn text(&self, typed: &str) -> Result<String, FieldFault> {
        if typed.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t') || is_bidi(c)) {
            return Err(self.fault("含有不可见的控制字符，请重新输入"));
        }
        if self.public && betrays(typed) {
            return Err(self.fault(BETRAYED));
        }
        let max = self.max.unwrap_or(TEXT_MAX);
        if typed.chars().count() > max as usize {
            return Err(self.fault(&format!("最多 {max} 个字")));
        }
        Ok(typed.replace("\r\n", "\n"))
    }

    fn number(&self, read: Result<i64, &'static str>) -> Result<String, FieldFault> {
        let value = read.map_err(|e| self.fault(e))?;
        match self.max {
            Some(max) if value > i64::from(max) * 10_000 => {
                Err(self.fault(&format!("不能超过 {max}{}", self.suffix())))
            }
            _ => Ok(quantity_exact(value)),
        }
    }

    fn suffix(&self) -> String {
        let unit = match self.kind {
            FieldKind::Area => Some("亩"),
            _ => self.unit.as_deref(),
        };
        unit.map(|u| format!(" {u}")).unwrap_or_default()
    }

    /// What a stored answer means to the rules: the `means` of a choice, else the answer itself.
    pub fn meaning<'a>(&'a self, stored: &'a str) -> &'a str {
        let choice = self.choices.iter().find(|c| c.value == stored);
        choice.and_then(|c| c.means.as_deref()).unwrap_or(stored)
    }

    /// A stored answer as people read it: `12.5 亩`, `是`, the label of a choice.
    pub fn show(&self, stored: &str) -> String {
        match self.kind {
            FieldKind::Text => stored.to_owned(),
            FieldKind::Number | FieldKind::Area => format!("{stored}{}", self.suffix()),
            FieldKind::Date => Day::parse(stored).map_or_else(|| stored.to_owned(), Day::zh),
            FieldKind::Choice => {
                self.choices.iter().find(|c| c.value == stored).map_or_else(|| stored.to_owned(), |c| c.label.clone())
            }
            FieldKind::YesNo => if stored == "yes" { "是" } else { "否" }.to_owned(),
        }
    }
}

/// Characters that turn the direction of text and can make a page say something else.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: FieldKind) -> FieldDef {
        FieldDef {
            key: "k".into(),
            label: "水深".into(),
            kind,
            unit: Some("米".into()),
            required: true,
            public: true,
            contract: true,
            help: String::new(),
            max: Some(30),
            choices: vec![Choice { value: "pond".into(), label: "池塘".into(), means: None }],
        }
    }

    #[test]
    fn answers_are_read_and_shown() {
        for (kind, typed, stored, shown) in [
            (FieldKind::Text, " 深塘 ", "深塘", "深塘"),
            (FieldKind::Number, "２.５0", "2.5", "2.5 米"),
            (FieldKind::Area, "12.50", "12.5", "12.5 亩"),
            (FieldKind::Date, "2026年3月1日", "2026-03-01", "2026年3月1日"),
            (FieldKind::Choice, "pond", "pond", "池塘"),
            (FieldKind::YesNo, "no", "no", "否"),
        ] {
            let def = field(kind);
            assert_eq!(def.read(typed), Ok(Some(stored.to_owned())), "{typed}");
            assert_eq!(def.show(stored), shown);
        }
    }

    #[test]
    fn a_choice_can_mean_another_word() {
        let mut def = field(FieldKind::Choice);
        assert_eq!((def.meaning("pond"), def.meaning("lake")), ("pond", "lake"));
        def.choices[0].means = Some("fish_pond".into());
        assert_eq!(def.meaning("pond"), "fish_pond");
    }

    #[test]
    fn wrong_answers_get_a_sentence() {
        for (kind, typed) in [
            (FieldKind::Text, "a\u{202E}b"),
            (FieldKind::Text, "a\u{0}b"),
            (FieldKind::Number, "31"),
            (FieldKind::Number, "1.23456"),
            (FieldKind::Area, "0"),
            (FieldKind::Date, "2026-02-30"),
            (FieldKind::Choice, "池塘"),
            (FieldKind::YesNo, "也许"),
        ] {
            let said = field(kind).read(typed);
            assert!(said.is_err_and(|f| f.0.starts_with("水深：") && f.0.ends_with('。')), "{typed:?}");
        }
        assert!(field(FieldKind::Text).read(&"深".repeat(31)).is_err());
        assert_eq!(field(FieldKind::Text).read(" "), Err(FieldFault("请填写水深。".into())));
        let optional = FieldDef { required: false, ..field(FieldKind::Number) };
        assert_eq!(optional.read(""), Ok(None));
        assert_eq!(field(FieldKind::Text).read("𠮷田"), Ok(Some("𠮷田".into())), "rare characters are accepted");
    }
}
