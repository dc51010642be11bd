//! Fee tables on file (`catalog/fees/`): the slices of [`FeeTable`] with a name and, for the
//! demo county, a mark that they are only a sample (rulebook 5.6).

use serde::Deserialize;
use toml::Spanned;

use super::words::AmountBase;
use crate::base::datafile::{CatalogFault, read_toml};
use crate::base::{Day, Fen};
use crate::funds::FeeTable;
use crate::funds::fee::{FeeBase, RawTable, Slice};

/// A fee table as a file of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeeFile {
    /// Its name, as `fee.table` refers to it.
    pub id: String,
    /// What it is, for people.
    pub title: String,
    /// Only for the demo county.
    pub demo_only: bool,
    /// The table.
    pub table: FeeTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    id: String,
    title: String,
    approval: String,
    effective_from: Day,
    demo_only: bool,
    base: AmountBase,
    min_yuan: i64,
    cap_yuan: Option<i64>,
    slice: Spanned<Vec<SliceFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SliceFile {
    up_to_yuan: Option<i64>,
    rate_bp: u32,
}

impl FeeFile {
    /// Reads one file of `fees/`.
    ///
    /// # Errors
    /// What [`FeeTable`] refuses, at the line of the slices.
    pub fn from_toml(file: &str, text: &str) -> Result<FeeFile, CatalogFault> {
        let raw: TableFile = read_toml(file, text)?;
        let at = raw.slice.span().start;
        let slice = |s: SliceFile| Slice { up_to: s.up_to_yuan.map(Fen::yuan), rate_bp: s.rate_bp };
        let table = FeeTable::try_from(RawTable {
            approval: raw.approval,
            effective_from: raw.effective_from,
            base: match raw.base {
                AmountBase::Total => FeeBase::Total,
                AmountBase::FirstYear => FeeBase::FirstYear,
            },
            slices: raw.slice.into_inner().into_iter().map(slice).collect(),
            minimum: Fen::yuan(raw.min_yuan),
            cap: raw.cap_yuan.map(Fen::yuan),
        });
        let table = table.map_err(|e| CatalogFault::at(file, text, at, e.to_string()))?;
        Ok(FeeFile { id: raw.id, title: raw.title, demo_only: raw.demo_only, table })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::funds::fee::fee;

    const HESHAN: &str = include_str!("../../../catalog/fees/heshan_2022.toml");

    #[test]
    fn the_sample_gives_the_rulebook_s_examples() {
        let file = FeeFile::from_toml("fees/heshan_2022.toml", HESHAN).unwrap();
        assert!(file.demo_only);
        for (amount, expected) in [
            (0, 0),
            (20_000, 500),
            (100_000, 1_200),
            (300_000, 3_200),
            (420_000, 4_400),
            (1_000_000, 9_200),
            (5_000_000, 33_200),
            (8_000_000, 39_200),
        ] {
            assert_eq!(fee(Fen::yuan(amount), &file.table).amount, Fen::yuan(expected), "{amount}");
        }
    }

    #[test]
    fn broken_tables_are_refused_with_their_line() {
        let line = HESHAN.lines().position(|l| l.starts_with("slice")).unwrap() + 1;
        let read = |text: String| FeeFile::from_toml("fees/x.toml", &text).unwrap_err().to_string();
        let said = read(HESHAN.replace("up_to_yuan = 500000", "up_to_yuan = 50000"));
        assert!(said.starts_with(&format!("catalog/fees/x.toml 第 {line} 行：第 2 档")), "{said}");
        assert!(read(HESHAN.replace("rate_bp = 120", "rate_bp = 12000")).contains("100%"));
        assert!(read(HESHAN.replace("base = ", "bass = ")).contains("不认识的键“bass”"));
    }
}
