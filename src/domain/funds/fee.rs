//! The service fee, charged to the transferee only (rulebook 5.6). The table is data: the county's
//! approved slices, or none, in which case the fee is 0 and shows 待确认.

use serde::{Deserialize, Serialize};

use crate::base::{Day, Fen};
use crate::category::Category;
pub use crate::rulebook::AmountBase as FeeBase;

/// One slice of the deal amount and its rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slice {
    /// The slice ends at this amount (inclusive); the last slice has none.
    pub up_to: Option<Fen>,
    /// Rate in hundredths of a per cent: 120 is 1.2 %.
    pub rate_bp: u32,
}

/// An approved fee table. Invariant: slices rise, only the last is open, no rate above 100 %.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawTable", into = "RawTable")]
pub struct FeeTable(RawTable);

/// A table as it is stored, before its slices are checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawTable {
    /// Name and number of the document that approved it.
    pub approval: String,
    /// First day on which it applies.
    pub effective_from: Day,
    /// What the fee is charged on.
    pub base: FeeBase,
    /// The slices, from the smallest amount on.
    pub slices: Vec<Slice>,
    /// Charged when the sum of the slices is positive but smaller.
    pub minimum: Fen,
    /// Charged when the sum of the slices is larger.
    pub cap: Option<Fen>,
}

/// Why a table is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeeTableError {
    /// No document.
    #[error("请填写收费标准的批准文件名称和文号。")]
    NoApproval,
    /// No slices.
    #[error("收费标准至少需要一个档次。")]
    NoSlices,
    /// Amounts do not rise, or an inner slice has no end.
    #[error("第 {0} 档的金额上限应大于前一档，只有最后一档可以不设上限。")]
    NotRising(usize),
    /// The last slice has an end.
    #[error("最后一档不能设金额上限，否则超出部分没有收费标准。")]
    NotOpen,
    /// A rate above 100 %.
    #[error("第 {0} 档的费率不能超过 100%。")]
    Rate(usize),
    /// Negative, or a cap below the minimum.
    #[error("最低收费和最高收费不能为负数，最高收费不能低于最低收费。")]
    Limits,
}

impl TryFrom<RawTable> for FeeTable {
    type Error = FeeTableError;

    fn try_from(raw: RawTable) -> Result<FeeTable, FeeTableError> {
        if raw.approval.trim().is_empty() {
            return Err(FeeTableError::NoApproval);
        }
        let (last, inner) = raw.slices.split_last().ok_or(FeeTableError::NoSlices)?;
        let mut low = Fen::ZERO;
        for (i, slice) in inner.iter().enumerate() {
            low = slice.up_to.filter(|end| *end > low).ok_or(FeeTableError::NotRising(i + 1))?;
        }
        if last.up_to.is_some() {
            return Err(FeeTableError::NotOpen);
        }
        if let Some(i) = raw.slices.iter().position(|s| s.rate_bp > 10_000) {
            return Err(FeeTableError::Rate(i + 1));
        }
        if raw.minimum < Fen::ZERO || raw.cap.is_some_and(|cap| cap < raw.minimum) {
            return Err(FeeTableError::Limits);
        }
        Ok(FeeTable(raw))
    }
}

impl From<FeeTable> for RawTable {
    fn from(table: FeeTable) -> RawTable {
        table.0
    }
}

impl FeeTable {
    /// What the table says.
    pub fn terms(&self) -> &RawTable {
        &self.0
    }

    /// The table in one sentence, as the notice prints it.
    pub fn zh(&self) -> String {
        let t = &self.0;
        let mut low = Fen::ZERO;
        let mut slices = Vec::with_capacity(t.slices.len());
        for slice in &t.slices {
            let which = match slice.up_to {
                Some(high) if low == Fen::ZERO => format!("不超过{}元的部分", high.short()),
                Some(high) => format!("超过{}元至{}元的部分", low.short(), high.short()),
                None if low == Fen::ZERO => "全部".to_owned(),
                None => format!("超过{}元的部分", low.short()),
            };
            slices.push(format!("{which} {}", percent(slice.rate_bp)));
            low = slice.up_to.unwrap_or(low);
        }
        let least = if t.minimum > Fen::ZERO {
            format!("，不足{}元的按{0}元收取", t.minimum.short())
        } else {
            String::new()
        };
        let most = t.cap.map(|cap| format!("，最高{}元", cap.short())).unwrap_or_default();
        format!("按{}分档累计：{}{least}{most}（依据：{}）", t.base.zh(), slices.join("，"), t.approval)
    }
}

/// A computed fee, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// What is to be paid.
    pub amount: Fen,
    /// The part of the deal amount in each slice and its rate, for the paper.
    pub parts: Vec<(Fen, u32)>,
    /// The minimum was charged instead of the slices.
    pub minimum_applied: bool,
    /// The cap was charged instead of the slices.
    pub cap_applied: bool,
    /// No table is approved yet: the amount is 0 and shows 待确认.
    pub unconfirmed: bool,
}

/// The fee on `amount` by this table. Exact until one rounding half up to the fen at the end.
pub fn fee(amount: Fen, table: &FeeTable) -> Fee {
    let table = &table.0;
    let (mut low, mut parts, mut sum) = (Fen::ZERO, Vec::new(), 0i128);
    for slice in &table.slices {
        let high = slice.up_to.unwrap_or(Fen(i64::MAX)).min(amount);
        if high > low {
            parts.push((high - low, slice.rate_bp));
            sum += i128::from((high - low).0) * i128::from(slice.rate_bp);
            low = high;
        }
    }
    // A rate is at most 100 %, so the fee is at most the amount and fits.
    let by_slices = Fen(i64::try_from((sum + 5_000) / 10_000).unwrap_or(i64::MAX));
    let minimum_applied = by_slices > Fen::ZERO && by_slices < table.minimum;
    let capped = table.cap.filter(|cap| by_slices > *cap);
    let charged = if minimum_applied { table.minimum } else { capped.unwrap_or(by_slices) };
    Fee { amount: charged, parts, minimum_applied, cap_applied: capped.is_some(), unconfirmed: false }
}

/// The fee of a deal: none in category 8 until the county decides otherwise (rulebook 5.6), 0 and 待确认
/// without an approved table, otherwise by the table on the base it names. Nothing is ever charged to
/// the transferor.
pub fn fee_of_deal(category: Category, total: Fen, first_year: Fen, table: Option<&FeeTable>) -> Fee {
    let none = |unconfirmed| Fee {
        amount: Fen::ZERO,
        parts: Vec::new(),
        minimum_applied: false,
        cap_applied: false,
        unconfirmed,
    };
    match table {
        _ if category.is_purchase() => none(false),
        None => none(true),
        Some(table) => match table.0.base {
            FeeBase::Total => fee(total, table),
            FeeBase::FirstYear => fee(first_year, table),
        },
    }
}

impl Fee {
    /// One line for pages and papers: how the amount came about.
    pub fn explanation(&self) -> String {
        if self.unconfirmed {
            return "收费标准待确认，暂不收取交易服务费。".to_owned();
        }
        if self.amount == Fen::ZERO {
            return "不收取交易服务费。".to_owned();
        }
        let part = |(amount, rate): &(Fen, u32)| format!("{amount}×{}", percent(*rate));
        let sum = self.parts.iter().map(part).collect::<Vec<_>>().join("＋");
        let limit = match (self.minimum_applied, self.cap_applied) {
            (true, _) => "不足最低收费标准，",
            (false, true) => "超过最高收费标准，",
            (false, false) => "",
        };
        format!("{sum}，{limit}应收 {}。", self.amount)
    }
}

fn percent(rate_bp: u32) -> String {
    let text = format!("{}.{:02}", rate_bp / 100, rate_bp % 100);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use proptest::prelude::*;

    fn raw() -> RawTable {
        let slice = |yuan: i64, rate_bp| Slice { up_to: (yuan > 0).then(|| Fen::yuan(yuan)), rate_bp };
        RawTable {
            approval: "赫山区2022年收费标准（样例）".to_owned(),
            effective_from: Day::ymd(2026, 1, 1).unwrap(),
            base: FeeBase::Total,
            slices: vec![
                slice(100_000, 120),
                slice(500_000, 100),
                slice(1_000_000, 80),
                slice(5_000_000, 60),
                slice(0, 20),
            ],
            minimum: Fen::yuan(500),
            cap: None,
        }
    }

    fn category(n: u8) -> Category {
        Category::new(n).unwrap()
    }

    fn table() -> FeeTable {
        FeeTable::try_from(raw()).unwrap()
    }

    #[test]
    fn rulebook_5_6_checks() {
        for (amount, expected) in [
            (20_000, 500),
            (100_000, 1_200),
            (300_000, 3_200),
            (420_000, 4_400),
            (1_000_000, 9_200),
            (5_000_000, 33_200),
            (8_000_000, 39_200),
        ] {
            assert_eq!(fee(Fen::yuan(amount), &table()).amount, Fen::yuan(expected), "{amount}");
        }
    }

    #[test]
    fn minimum_and_cap() {
        let small = fee(Fen::yuan(20_000), &table());
        assert!(small.minimum_applied && !small.cap_applied);
        assert_eq!(fee(Fen::ZERO, &table()).amount, Fen::ZERO);
        let at = fee(Fen(4_166_667), &table());
        assert_eq!((at.amount, at.minimum_applied), (Fen(50_000), false));
        let capped = FeeTable::try_from(RawTable { cap: Some(Fen::yuan(1000)), ..raw() }).unwrap();
        let fee = fee(Fen::yuan(100_000), &capped);
        assert_eq!((fee.amount, fee.cap_applied), (Fen::yuan(1000), true));
    }

    #[test]
    fn by_category_and_base() {
        let (total, first) = (Fen::yuan(420_000), Fen::yuan(84_000));
        assert_eq!(fee_of_deal(category(8), total, first, Some(&table())).amount, Fen::ZERO);
        assert!(fee_of_deal(category(1), total, first, None).unconfirmed);
        assert_eq!(fee_of_deal(category(1), total, first, Some(&table())).amount, Fen::yuan(4400));
        let first_year = FeeTable::try_from(RawTable { base: FeeBase::FirstYear, ..raw() }).unwrap();
        assert_eq!(fee_of_deal(category(1), total, first, Some(&first_year)).amount, Fen::yuan(1008));
    }

    #[test]
    fn the_fee_explains_itself() {
        let explained = |yuan| fee(Fen::yuan(yuan), &table()).explanation();
        assert_eq!(explained(420_000), "100,000.00元×1.2%＋320,000.00元×1%，应收 4,400.00元。");
        assert_eq!(explained(20_000), "20,000.00元×1.2%，不足最低收费标准，应收 500.00元。");
        assert_eq!(explained(0), "不收取交易服务费。");
        let waiting = fee_of_deal(category(1), Fen(1), Fen(1), None);
        assert!(waiting.explanation().contains("待确认"));
    }

    #[test]
    fn the_table_is_told_in_one_sentence() {
        let said = table().zh();
        assert!(said.starts_with("按"), "{said}");
        for words in [
            "不超过100,000元的部分 1.2%，超过100,000元至500,000元的部分 1%",
            "超过5,000,000元的部分 0.2%，不足500元的按500元收取",
            "（依据：赫山区2022年收费标准（样例））",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        let flat = RawTable {
            slices: vec![Slice { up_to: None, rate_bp: 50 }],
            minimum: Fen::ZERO,
            cap: Some(Fen::yuan(9)),
            ..raw()
        };
        let said = FeeTable::try_from(flat).unwrap().zh();
        assert!(said.contains("：全部 0.5%，最高9元（") && !said.contains("不足"), "{said}");
    }

    #[test]
    fn faulty_tables_are_refused() {
        let check = |change: fn(&mut RawTable)| {
            let mut table = raw();
            change(&mut table);
            FeeTable::try_from(table).unwrap_err()
        };
        assert_eq!(check(|t| t.approval = " ".to_owned()), FeeTableError::NoApproval);
        assert_eq!(check(|t| t.slices.clear()), FeeTableError::NoSlices);
        assert_eq!(check(|t| t.slices.swap(0, 1)), FeeTableError::NotRising(2));
        assert_eq!(check(|t| t.slices[1].up_to = None), FeeTableError::NotRising(2));
        assert_eq!(check(|t| t.slices.truncate(2)), FeeTableError::NotOpen);
        assert_eq!(check(|t| t.slices[0].rate_bp = 10_001), FeeTableError::Rate(1));
        assert_eq!(check(|t| t.cap = Some(Fen::yuan(1))), FeeTableError::Limits);
        let json = serde_json::to_string(&table()).unwrap();
        assert_eq!(serde_json::from_str::<FeeTable>(&json).unwrap(), table());
    }

    proptest! {
        #[test]
        fn more_money_never_costs_less(a in 0i64..=Fen::MAX.0, b in 0i64..=Fen::MAX.0) {
            let (low, high) = (a.min(b), a.max(b));
            let (low, high) = (fee(Fen(low), &table()), fee(Fen(high), &table()));
            prop_assert!(low.amount <= high.amount);
        }

        #[test]
        fn the_parts_are_the_whole(a in 0i64..=Fen::MAX.0) {
            let parts: Fen = fee(Fen(a), &table()).parts.iter().map(|(part, _)| *part).sum();
            prop_assert_eq!(parts, Fen(a));
        }
    }
}
