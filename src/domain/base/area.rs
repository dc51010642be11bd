//! Area and other measured quantities in integer ten-thousandths (rulebook 0.5).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::figures::{FigureError, digits_of};

/// A land area in 0.0001 亩. 1 亩 = 666.667 m²; 1 公顷 = 15 亩.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Area(pub i64);

impl Area {
    /// Whole mu.
    pub const fn mu(mu: i64) -> Area {
        Area(mu * 10_000)
    }

    /// Reads a typed figure in mu with at most four decimals; refuses zero and
    /// anything above 1,000,000 mu (the county has about 2.7 million in all).
    pub fn parse(typed: &str) -> Result<Area, &'static str> {
        parse_quantity(typed).and_then(|q| {
            if q == 0 {
                Err("面积必须大于 0")
            } else if q > 1_000_000 * 10_000 {
                Err("面积超过 1,000,000 亩，请核对")
            } else {
                Ok(Area(q))
            }
        })
    }

    /// Two decimals, as pages show it: `12.50`.
    pub fn figures(self) -> String {
        let hundredths = (self.0 + 50) / 100;
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    }

    /// All four decimals without trailing zeros, as papers and the API give it.
    pub fn exact(self) -> String {
        quantity_exact(self.0)
    }

    /// Square metres, rounded to whole ones.
    pub fn square_metres(self) -> i64 {
        // 1 mu = 2000/3 m².
        let v = i128::from(self.0) * 2000;
        ((v + 15_000) / 30_000) as i64
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}亩", self.figures())
    }
}

/// Reads a non-negative figure with at most four decimals into ten-thousandths; commas only between groups of
/// three.
///
/// # Errors
/// What to tell the person who typed it.
pub fn parse_quantity(typed: &str) -> Result<i64, &'static str> {
    let (whole, frac) = digits_of(typed, "").map_err(|e| match e {
        FigureError::Empty => "请填写数量",
        FigureError::NotANumber => "只能填写数字，例如 12.5",
    })?;
    if frac.len() > 4 {
        return Err("最多保留四位小数");
    }
    if whole.len() > 9 {
        return Err("数字太大，请核对");
    }
    let whole: i64 = whole.parse().map_err(|_| "数字太大，请核对")?;
    let frac: i64 = format!("{frac:0<4}").parse().map_err(|_| "只能填写数字，例如 12.5")?;
    Ok(whole * 10_000 + frac)
}

/// Ten-thousandths as a decimal without trailing zeros.
pub fn quantity_exact(v: i64) -> String {
    let text = format!("{}.{:04}", v / 10_000, v % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas() {
        assert_eq!(Area::parse("12.5"), Ok(Area(125_000)));
        assert_eq!(Area::parse("12.5").map(Area::exact), Ok("12.5".into()));
        assert_eq!(Area(125_049).figures(), "12.50");
        assert_eq!(Area(125_050).figures(), "12.51");
        assert!(Area::parse("0").is_err());
        assert!(Area::parse("1.23456").is_err());
        assert_eq!(Area::mu(3).square_metres(), 2000);
        assert_eq!(Area::mu(1).square_metres(), 667);
    }
}
