//! Money in integer 分 (1/100 yuan). Never a float (rulebook 0.5).

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use serde::{Deserialize, Serialize};

use super::figures::{FigureError, digits_of};

/// An amount of money in fen (分, 1/100 元). May be negative in the ledger.
///
/// Arithmetic by operator is for sums that cannot overflow in practice
/// (the largest price a bid may carry is 999,999,999,999.99 yuan, about 10^14 fen);
/// products go through [`Fen::checked_mul_ratio`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// Why a typed amount was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Nothing was typed.
    Empty,
    /// A character that is no digit, comma or point, or a misplaced one.
    NotANumber,
    /// More than two decimals.
    TooPrecise,
    /// Above 999,999,999,999.99 yuan (rulebook 3.5, order 5).
    TooBig,
}

impl MoneyError {
    /// What to tell the person who typed it.
    pub fn zh(self) -> &'static str {
        match self {
            MoneyError::Empty => "请填写金额",
            MoneyError::NotANumber => "金额只能填写数字，例如 1200 或 1,200.50",
            MoneyError::TooPrecise => "金额最多保留两位小数（精确到分）",
            MoneyError::TooBig => "金额超过上限 999,999,999,999.99 元",
        }
    }
}

impl Fen {
    /// Nothing.
    pub const ZERO: Fen = Fen(0);
    /// The largest amount a form or bid accepts: 999,999,999,999.99 yuan.
    pub const MAX: Fen = Fen(99_999_999_999_999);

    /// Whole yuan as fen.
    pub const fn yuan(yuan: i64) -> Fen {
        Fen(yuan * 100)
    }

    /// Reads what a person typed: full-width digits, commas between groups of three and a trailing 元 are
    /// accepted; more than two decimals are refused, never rounded.
    ///
    /// # Errors
    /// [`MoneyError`], also for a comma or blank that stands elsewhere.
    pub fn parse(typed: &str) -> Result<Fen, MoneyError> {
        let (whole, frac) = digits_of(typed, "元").map_err(|e| match e {
            FigureError::Empty => MoneyError::Empty,
            FigureError::NotANumber => MoneyError::NotANumber,
        })?;
        if frac.len() > 2 {
            return Err(MoneyError::TooPrecise);
        }
        let whole: i64 = match whole.trim_start_matches('0') {
            "" => 0,
            w if w.len() > 12 => return Err(MoneyError::TooBig),
            w => w.parse().map_err(|_| MoneyError::TooBig)?,
        };
        let cents: i64 = format!("{frac:0<2}").parse().map_err(|_| MoneyError::NotANumber)?;
        Ok(Fen(whole * 100 + cents))
    }

    /// `self × num ÷ den`, rounded half up (away from zero), exact in between.
    /// `None` on overflow or a zero denominator.
    pub fn checked_mul_ratio(self, num: i128, den: i128) -> Option<Fen> {
        if den <= 0 {
            return None;
        }
        let product = i128::from(self.0).checked_mul(num)?;
        let twice = product.checked_mul(2)?;
        let rounded = if product >= 0 { (twice + den) / (2 * den) } else { (twice - den) / (2 * den) };
        i64::try_from(rounded).ok().map(Fen)
    }

    /// Figures with thousands separators and two decimals, no unit: `1,234.50`.
    pub fn figures(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let abs = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", group(abs / 100), abs % 100)
    }

    /// Figures with `.00` dropped: `1,234` or `1,234.50`.
    pub fn short(self) -> String {
        let full = self.figures();
        full.strip_suffix(".00").map(str::to_owned).unwrap_or(full)
    }

    /// Chinese capitals (大写), the form a person commits to: `壹仟贰佰元伍角整`.
    pub fn capitals(self) -> String {
        capitals(self.0)
    }

    /// Plain decimal for machines: `1234.50`.
    pub fn decimal(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let abs = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", abs / 100, abs % 100)
    }
}

/// Full-width digits, comma, point and space to their half-width form.
pub fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        '。' => '.',
        other => other,
    }
}

fn group(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];

fn capitals(fen: i64) -> String {
    let mut out = String::new();
    if fen < 0 {
        out.push('负');
    }
    let abs = fen.unsigned_abs();
    let (yuan, jiao, cents) = (abs / 100, (abs / 10 % 10) as usize, (abs % 10) as usize);
    if yuan > 0 {
        out.push_str(&capitals_integer(yuan));
        out.push('元');
    }
    match (jiao, cents) {
        (0, 0) => out.push_str(if yuan == 0 { "零元整" } else { "整" }),
        (j, 0) => {
            out.push_str(DIGITS[j]);
            out.push_str("角整");
        }
        (0, c) => {
            if yuan > 0 {
                out.push('零');
            }
            out.push_str(DIGITS[c]);
            out.push('分');
        }
        (j, c) => {
            out.push_str(DIGITS[j]);
            out.push('角');
            out.push_str(DIGITS[c]);
            out.push('分');
        }
    }
    out
}

fn capitals_integer(n: u64) -> String {
    const SECTION: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];
    const PLACE: [&str; 4] = ["", "拾", "佰", "仟"];
    let mut sections = Vec::new();
    let mut rest = n;
    while rest > 0 {
        sections.push((rest % 10_000) as usize);
        rest /= 10_000;
    }
    let mut out = String::new();
    let mut zero_pending = false;
    for (i, &section) in sections.iter().enumerate().rev() {
        if section == 0 {
            zero_pending = !out.is_empty();
            continue;
        }
        for place in (0..4).rev() {
            let digit = section / 10usize.pow(place as u32) % 10;
            if digit == 0 {
                zero_pending |= !out.is_empty();
                continue;
            }
            if zero_pending {
                out.push('零');
                zero_pending = false;
            }
            out.push_str(DIGITS[digit]);
            out.push_str(PLACE[place]);
        }
        zero_pending = false;
        // 亿 is written once when both 万亿 and 亿 sections stand.
        let mark = SECTION[i];
        let mark = if i == 3 && sections[2] != 0 { "万" } else { mark };
        out.push_str(mark);
    }
    out
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}元", self.figures())
    }
}

impl Add for Fen {
    type Output = Fen;
    fn add(self, other: Fen) -> Fen {
        Fen(self.0 + other.0)
    }
}

impl Sub for Fen {
    type Output = Fen;
    fn sub(self, other: Fen) -> Fen {
        Fen(self.0 - other.0)
    }
}

impl Neg for Fen {
    type Output = Fen;
    fn neg(self) -> Fen {
        Fen(-self.0)
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Fen>>(iter: I) -> Fen {
        iter.fold(Fen::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn capitals_by_table() {
        for (fen, text) in [
            (0, "零元整"),
            (5, "伍分"),
            (50, "伍角整"),
            (100, "壹元整"),
            (105, "壹元零伍分"),
            (1_000_000, "壹万元整"),
            (42_000_000, "肆拾贰万元整"),
            (100_500_000, "壹佰万伍仟元整"),
            (10_000_001, "壹拾万元零壹分"),
            (123_456_789_012, "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分"),
            (100_000_000_100, "壹拾亿零壹元整"),
            (99_999_999_999_999, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ] {
            assert_eq!(Fen(fen).capitals(), text, "{fen}");
        }
    }

    #[test]
    fn typed_amounts() {
        assert_eq!(Fen::parse("1,200.5"), Ok(Fen(120_050)));
        assert_eq!(Fen::parse(" 800元"), Ok(Fen(80_000)));
        assert_eq!(Fen::parse("8００"), Ok(Fen(80_000)));
        assert_eq!(Fen::parse(""), Err(MoneyError::Empty));
        assert_eq!(Fen::parse("1.234"), Err(MoneyError::TooPrecise));
        assert_eq!(Fen::parse("-5"), Err(MoneyError::NotANumber));
        assert_eq!(Fen::parse("5."), Err(MoneyError::NotANumber));
        assert_eq!(Fen::parse("1e9"), Err(MoneyError::NotANumber));
        assert_eq!(Fen::parse("1000000000000"), Err(MoneyError::TooBig));
        assert_eq!(Fen::parse("999999999999.99"), Ok(Fen::MAX));
    }

    #[test]
    fn ratio_rounds_half_up() {
        assert_eq!(Fen(5).checked_mul_ratio(1, 2), Some(Fen(3)));
        assert_eq!(Fen(-5).checked_mul_ratio(1, 2), Some(Fen(-3)));
        assert_eq!(Fen(5).checked_mul_ratio(1, 0), None);
    }

    proptest! {
        #[test]
        fn figures_parse_back(fen in 0i64..=99_999_999_999_999) {
            prop_assert_eq!(Fen::parse(&Fen(fen).figures()), Ok(Fen(fen)));
            prop_assert_eq!(Fen::parse(&Fen(fen).short()), Ok(Fen(fen)));
        }
    }
}
