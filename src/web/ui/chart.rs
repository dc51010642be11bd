//! Pictures with the numbers beside them: bars, and the price band against the benchmark price.

use askama::Template;
use askama::filters::HtmlSafe;

use super::rich::Rich;
use crate::domain::base::Fen;

#[derive(Clone, Debug)]
struct Bar {
    label: String,
    value: i64,
    shown: String,
    hot: bool,
}

/// Horizontal bars in a table: the numbers are the text alternative.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/bars.html")]
pub struct Bars {
    caption: String,
    bars: Vec<Bar>,
}

impl Bars {
    /// Bars under a caption that says what is counted.
    pub fn new(caption: impl Into<String>) -> Bars {
        Bars { caption: caption.into(), bars: Vec::new() }
    }

    /// Adds a bar: its name, its size (not negative) and how the size is written.
    #[must_use]
    pub fn bar(mut self, label: impl Into<String>, value: i64, shown: impl Into<String>) -> Bars {
        self.bars.push(Bar { label: label.into(), value: value.max(0), shown: shown.into(), hot: false });
        self
    }

    /// Marks the last bar.
    #[must_use]
    pub fn hot(mut self) -> Bars {
        if let Some(bar) = self.bars.last_mut() {
            bar.hot = true;
        }
        self
    }

    fn width(&self, bar: &Bar) -> String {
        let most = self.bars.iter().map(|b| b.value).max().unwrap_or(0).max(1);
        percent(bar.value, most)
    }
}

impl HtmlSafe for Bars {}

/// `part` of `whole` as a percentage with one decimal.
pub(crate) fn percent(part: i64, whole: i64) -> String {
    let permille = i128::from(part) * 1_000 / i128::from(whole.max(1));
    format!("{}.{}%", permille / 10, permille % 10)
}

/// Lowest, benchmark, highest and asking price of the band.
#[derive(Clone, Copy, Debug)]
struct Scale {
    low: Fen,
    grade: Fen,
    high: Fen,
    ask: Fen,
}

/// The asking price against the benchmark price and its band.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/band.html")]
pub struct Band {
    title: String,
    unit: String,
    scale: Option<Scale>,
    source: Rich,
    none: Rich,
}

impl Band {
    /// The band from `low` to `high` around the `grade` price, and the asking price; all in `unit`.
    pub fn new(unit: impl Into<String>, low: Fen, grade: Fen, high: Fen, ask: Fen) -> Band {
        let scale = Some(Scale { low, grade, high, ask });
        Band {
            title: "挂牌价与基准地价".to_owned(), unit: unit.into(), scale, source: Rich::new(), none: Rich::new()
        }
    }

    /// No benchmark price of this kind, and why.
    pub fn none(why: impl Into<Rich>) -> Band {
        Band {
            title: "挂牌价与基准地价".to_owned(),
            unit: String::new(),
            scale: None,
            source: Rich::new(),
            none: why.into(),
        }
    }

    /// Where the benchmark comes from and its valuation date.
    #[must_use]
    pub fn source(mut self, source: impl Into<Rich>) -> Band {
        self.source = source.into();
        self
    }
}

impl HtmlSafe for Band {}

impl Scale {
    /// Place of an amount on the axis, in permille; the axis leaves a tenth free on both sides.
    fn at(self, amount: &Fen) -> i64 {
        let least = self.low.0.min(self.ask.0);
        let most = self.high.0.max(self.ask.0).max(least + 1);
        let inner = i128::from(amount.0 - least) * 760 / i128::from(most - least);
        120 + i64::try_from(inner).unwrap_or(0)
    }

    fn x(self, amount: &Fen) -> String {
        percent(self.at(amount), 1_000)
    }

    fn band_width(self) -> String {
        percent(self.at(&self.high) - self.at(&self.low), 1_000)
    }

    fn inside(self) -> bool {
        (self.low..=self.high).contains(&self.ask)
    }

    /// Where the label of the asking price hangs, so that it stays within the picture.
    fn anchor(self) -> &'static str {
        match self.at(&self.ask) {
            ..250 => "start",
            750.. => "end",
            _ => "middle",
        }
    }

    fn sentence(self) -> String {
        if self.grade.0 == 0 {
            return String::new();
        }
        let off = (i128::from(self.ask.0) - i128::from(self.grade.0)) * 1_000 / i128::from(self.grade.0);
        let by = format!("{}.{}%", off.abs() / 10, off.abs() % 10);
        let side = match off {
            0 => "与基准价相同".to_owned(),
            1.. => format!("比基准价高{by}"),
            _ => format!("比基准价低{by}"),
        };
        let place = if self.inside() { "在指导区间内" } else { "超出指导区间" };
        format!("挂牌价{side}，{place}。")
    }
}
