//! A decimal figure as somebody typed it, shared by money, area and quantities.

use super::money::half_width;

/// Why a typed figure was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureError {
    /// Nothing was typed.
    Empty,
    /// A character that is no digit, comma or point, or a misplaced one.
    NotANumber,
}

/// The digits before and after the point of a figure that is not negative. Full-width characters count as their
/// half-width forms, and `unit` may stand behind the figure. Commas are taken only where they part groups of
/// three: who types `1,5` or `12,00` means no fifteen and no twelve hundred, and a figure that can be read in two
/// ways is asked again, never guessed. For the same reason no blank stands within a figure.
///
/// # Errors
/// [`FigureError`]; how many digits there may be is for the caller to say.
pub fn digits_of(typed: &str, unit: &str) -> Result<(String, String), FigureError> {
    let text: String = typed.trim().chars().map(half_width).collect();
    let text = text.trim();
    let text = if unit.is_empty() { text } else { text.strip_suffix(unit).unwrap_or(text).trim_end() };
    if text.is_empty() {
        return Err(FigureError::Empty);
    }
    let (whole, frac) = match text.split_once('.') {
        Some((whole, frac)) if !frac.is_empty() => (whole, frac),
        Some(_) => return Err(FigureError::NotANumber),
        None => (text, ""),
    };
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(frac) || !grouped(whole) {
        return Err(FigureError::NotANumber);
    }
    Ok((whole.replace(',', ""), frac.to_owned()))
}

/// Digits alone, or in groups of three from the right as `1,234,567`. `0,123` is nobody's thousands.
fn grouped(whole: &str) -> bool {
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    match whole.split_once(',') {
        None => digits(whole),
        Some((first, rest)) => {
            (1..=3).contains(&first.len())
                && !first.starts_with('0')
                && digits(first)
                && rest.split(',').all(|group| group.len() == 3 && digits(group))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::base::area::parse_quantity;
    use crate::base::{Area, Fen};

    #[test]
    fn commas_only_between_groups_of_three() {
        for (typed, fen) in [
            ("1200", 120_000),
            ("1,200", 120_000),
            ("1,200.5", 120_050),
            ("12,345,678.90", 1_234_567_890),
            ("１，２００．５", 120_050),
            ("999,999,999,999.99", 99_999_999_999_999),
            (" 800 元 ", 80_000),
            ("0.5", 50),
            ("007", 700),
        ] {
            assert_eq!(Fen::parse(typed), Ok(Fen(fen)), "{typed}");
        }
        for typed in [
            "1,5",
            "12,00",
            "8 00",
            "1 200",
            "1,2000",
            "1234,567",
            ",200",
            "1,,200",
            "1,200,",
            "0,123",
            "1.234,50",
            "1,200.",
            ".5",
            "1.2.3",
            "1,23.5",
            "8\u{3000}00",
            "1,20０0",
            "-1,200",
            "元",
        ] {
            assert!(Fen::parse(typed).is_err(), "{typed}");
        }
        for (typed, quantity) in [("1,200.5", 12_005_000), ("12.5", 125_000), ("3.2733", 32_733)] {
            assert_eq!(parse_quantity(typed), Ok(quantity), "{typed}");
        }
        for typed in ["1,5", "12,00", "8 00", "32,6", "12.5元", "3.2,733"] {
            assert!(parse_quantity(typed).is_err() && Area::parse(typed).is_err(), "{typed}");
        }
    }
}
