//! Tables of the service fee (rulebook 5.6): slices as data, with their approval.

use serde::Deserialize;
use toml::Spanned;

use crate::base::datafile::{CatalogFault, read_toml};
use crate::base::{Day, Fen};

/// One slice of the deal amount and its rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeeSlice {
    /// The slice begins above this amount.
    pub over: Fen,
    /// It ends with this amount; the last slice has no end.
    pub up_to: Option<Fen>,
    /// Rate in ten-thousandths (1.2 % = 120).
    pub rate_bp: u32,
}

/// A fee table (收费标准). Slices are without gap, from zero upward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeeTable {
    /// Its name, as `fee.table` refers to it.
    pub id: String,
    /// What it is, for people.
    pub title: String,
    /// The approval document; `None` for a sample.
    pub approval: Option<String>,
    /// From which day it holds.
    pub effective_from: Day,
    /// Only for the demo county.
    pub demo_only: bool,
    /// Smallest fee when one is payable.
    pub min: Fen,
    /// Largest fee; `None` for none.
    pub cap: Option<Fen>,
    /// The slices.
    pub slices: Vec<FeeSlice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    id: String,
    title: String,
    approval: Option<String>,
    effective_from: Day,
    demo_only: bool,
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

impl FeeTable {
    /// Reads one file of `fees/`.
    ///
    /// # Errors
    /// Slices that do not rise, a rate above 100 %, or a table without approval that is no sample.
    pub fn from_toml(file: &str, text: &str) -> Result<FeeTable, CatalogFault> {
        let raw: TableFile = read_toml(file, text)?;
        let at = raw.slice.span().start;
        let fault = |what: &str| CatalogFault::at(file, text, at, what);
        if raw.approval.is_none() && !raw.demo_only {
            return Err(CatalogFault::file(file, "没有批准文件（approval）的收费标准只能用于演示（demo_only = true）"));
        }
        let slices = raw.slice.into_inner();
        let last = slices.len();
        let mut over = Fen::ZERO;
        let mut read = Vec::with_capacity(last);
        for (i, slice) in slices.into_iter().enumerate() {
            let up_to = slice.up_to_yuan.map(Fen::yuan);
            if up_to.is_none() != (i + 1 == last) || up_to.is_some_and(|u| u <= over) {
                return Err(fault("各档金额应逐档升高，只有最后一档不写 up_to_yuan"));
            }
            if slice.rate_bp > 10_000 {
                return Err(fault("费率不能超过 100%"));
            }
            read.push(FeeSlice { over, up_to, rate_bp: slice.rate_bp });
            over = up_to.unwrap_or(over);
        }
        if read.is_empty() {
            return Err(fault("至少要有一档费率"));
        }
        Ok(FeeTable {
            id: raw.id,
            title: raw.title,
            approval: raw.approval,
            effective_from: raw.effective_from,
            demo_only: raw.demo_only,
            min: Fen::yuan(raw.min_yuan),
            cap: raw.cap_yuan.map(Fen::yuan),
            slices: read,
        })
    }

    /// The fee on a deal amount: the sum over the slices, rounded once half up, then raised
    /// to the minimum and held to the cap. Nothing on nothing; `None` on overflow.
    pub fn fee(&self, amount: Fen) -> Option<Fen> {
        if amount <= Fen::ZERO {
            return Some(Fen::ZERO);
        }
        let mut sum: i128 = 0;
        for slice in &self.slices {
            if amount > slice.over {
                let end = slice.up_to.map_or(amount, |u| u.min(amount));
                sum += i128::from(end.0 - slice.over.0) * i128::from(slice.rate_bp);
            }
        }
        let fee = Fen(i64::try_from((sum + 5_000) / 10_000).ok()?).max(self.min);
        Some(self.cap.map_or(fee, |cap| fee.min(cap)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    const HESHAN: &str = include_str!("../../../catalog/fees/heshan_2022.toml");

    #[test]
    fn rulebook_examples() {
        let table = FeeTable::from_toml("fees/heshan_2022.toml", HESHAN).unwrap();
        for (amount, fee) in [
            (0, 0),
            (20_000, 500),
            (100_000, 1_200),
            (300_000, 3_200),
            (420_000, 4_400),
            (1_000_000, 9_200),
            (5_000_000, 33_200),
            (8_000_000, 39_200),
        ] {
            assert_eq!(table.fee(Fen::yuan(amount)), Some(Fen::yuan(fee)), "{amount}");
        }
        assert!(table.demo_only && table.approval.is_none());
    }

    #[test]
    fn broken_tables_are_refused() {
        let read = |text: String| FeeTable::from_toml("fees/x.toml", &text).unwrap_err();
        assert!(read(HESHAN.replace("demo_only = true", "demo_only = false")).fault.contains("批准文件"));
        let fault = read(HESHAN.replace("up_to_yuan = 500000", "up_to_yuan = 50000"));
        assert!(fault.fault.contains("逐档升高") && fault.line.is_some());
        assert!(read(HESHAN.replace("rate_bp = 120", "rate_bp = 12000")).fault.contains("100%"));
    }
}
