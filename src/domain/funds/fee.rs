//! The service fee of a deal, charged to the transferee only (rulebook 5.6). The slices are data
//! ([`FeeTable`]); this says what they are applied to and explains the sum on paper.

use crate::base::Fen;
use crate::category::Category;
use crate::rulebook::{AmountBase, FeeTable};

/// A computed fee, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// What the transferee pays.
    pub amount: Fen,
    /// The part of the deal amount in each slice and its rate in ten-thousandths.
    pub parts: Vec<(Fen, u32)>,
    /// No table is approved yet: the amount is 0 and shows 待确认.
    pub unconfirmed: bool,
}

impl Fee {
    /// One line for pages and papers: how the amount came about.
    pub fn explanation(&self) -> String {
        match (self.unconfirmed, self.parts.is_empty()) {
            (true, _) => "收费标准待确认，暂不收取交易服务费。".to_owned(),
            (false, true) => "不收取交易服务费。".to_owned(),
            (false, false) => {
                let part = |(amount, rate): &(Fen, u32)| format!("{amount}×{}", percent(*rate));
                let sum = self.parts.iter().map(part).collect::<Vec<_>>().join("＋");
                format!("{sum}，应收 {}。", self.amount)
            }
        }
    }
}

/// The amount the fee is charged on.
pub fn base_amount(base: AmountBase, total: Fen, first_year: Fen) -> Fen {
    match base {
        AmountBase::Total => total,
        AmountBase::FirstYear => first_year,
    }
}

/// The fee of a deal: none in category 8 until the county decides otherwise, 0 and 待确认 without an
/// approved table, otherwise by the table. `None` only on overflow. The transferor never pays.
pub fn of_deal(category: Category, amount: Fen, table: Option<&FeeTable>) -> Option<Fee> {
    if category.is_purchase() {
        return Some(Fee { amount: Fen::ZERO, parts: Vec::new(), unconfirmed: false });
    }
    let Some(table) = table else {
        return Some(Fee { amount: Fen::ZERO, parts: Vec::new(), unconfirmed: true });
    };
    let in_slice = |over: Fen, up_to: Option<Fen>| up_to.map_or(amount, |end| end.min(amount)) - over;
    let parts =
        table.slices.iter().map(|s| (in_slice(s.over, s.up_to), s.rate_bp)).filter(|(part, _)| *part > Fen::ZERO);
    Some(Fee { amount: table.fee(amount)?, parts: parts.collect(), unconfirmed: false })
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

    fn table() -> FeeTable {
        FeeTable::from_toml("fees/heshan_2022.toml", include_str!("../../../catalog/fees/heshan_2022.toml")).unwrap()
    }

    fn category(n: u8) -> Category {
        Category::new(n).unwrap()
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
            let fee = of_deal(category(1), Fen::yuan(amount), Some(&table())).unwrap();
            assert_eq!(fee.amount, Fen::yuan(expected), "{amount}");
        }
    }

    #[test]
    fn no_fee_without_a_table_and_none_for_purchases() {
        let waiting = of_deal(category(1), Fen::yuan(420_000), None).unwrap();
        assert!(waiting.unconfirmed && waiting.amount == Fen::ZERO && waiting.explanation().contains("待确认"));
        let purchase = of_deal(category(8), Fen::yuan(420_000), Some(&table())).unwrap();
        assert!(!purchase.unconfirmed && purchase.amount == Fen::ZERO);
        assert_eq!(purchase.explanation(), "不收取交易服务费。");
    }

    #[test]
    fn the_fee_explains_itself() {
        let fee = of_deal(category(1), Fen::yuan(420_000), Some(&table())).unwrap();
        assert_eq!(fee.explanation(), "100,000.00元×1.2%＋320,000.00元×1%，应收 4,400.00元。");
        assert_eq!(base_amount(AmountBase::FirstYear, Fen(5), Fen(1)), Fen(1));
        assert_eq!(base_amount(AmountBase::Total, Fen(5), Fen(1)), Fen(5));
    }

    proptest! {
        #[test]
        fn more_money_never_costs_less_and_the_parts_are_the_whole(a in 0i64..=Fen::MAX.0, b in 0i64..=Fen::MAX.0) {
            let fee = |n| of_deal(category(1), Fen(n), Some(&table())).unwrap();
            prop_assert!(fee(a.min(b)).amount <= fee(a.max(b)).amount);
            prop_assert_eq!(fee(a).parts.iter().map(|(part, _)| *part).sum::<Fen>(), Fen(a));
        }
    }
}
