//! The price of a lot: unit price and contract total always together.

use askama::Template;
use askama::filters::HtmlSafe;

use super::rich::Rich;
use crate::domain::base::Fen;

/// A price box.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/price.html")]
pub struct Price {
    label: String,
    figure: String,
    unit: String,
    total: Option<Fen>,
    total_label: String,
    capitals: bool,
    note: Rich,
}

impl Price {
    /// Figures and unit, such as 420 元/亩/年, under a label such as 挂牌价.
    pub fn new(label: impl Into<String>, amount: Fen, unit: impl Into<String>) -> Price {
        Price {
            label: label.into(),
            figure: amount.short(),
            unit: unit.into(),
            total: None,
            total_label: "合同总价".to_owned(),
            capitals: false,
            note: Rich::new(),
        }
    }

    /// The contract total.
    #[must_use]
    pub fn total(mut self, label: impl Into<String>, total: Fen) -> Price {
        self.total_label = label.into();
        self.total = Some(total);
        self
    }

    /// The total in capitals (大写), where somebody commits to it.
    #[must_use]
    pub fn capitals(mut self) -> Price {
        self.capitals = true;
        self
    }

    /// A remark below.
    #[must_use]
    pub fn note(mut self, note: impl Into<Rich>) -> Price {
        self.note = note.into();
        self
    }
}

impl HtmlSafe for Price {}
