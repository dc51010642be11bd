//! Price units and quantity units, and what a unit price is multiplied by (rulebook 0.5).

use crate::base::Fen;
use crate::base::words::words;

words! {
    /// What the quantity of an object is counted in (计量单位).
    QuantityUnit {
        Mu = "mu", "亩";
        SquareMetre = "square_metre", "平方米";
        CubicMetre = "cubic_metre", "立方米";
        Place = "place", "处";
        Building = "building", "座";
        Set = "set", "套";
        Machine = "machine", "台";
        Plot = "plot", "宗";
        Share = "share", "股";
        Percent = "percent", "%";
        Piece = "piece", "件";
        Item = "item", "项";
        Batch = "batch", "批";
        Tonne = "tonne", "吨";
        Kilogram = "kilogram", "公斤";
        Head = "head", "头";
    }
}

words! {
    /// A price unit (计价单位). The amount is always in yuan.
    PriceUnit {
        YuanPerMuYear = "yuan_per_mu_year", "元/亩/年";
        YuanPerYear = "yuan_per_year", "元/年";
        YuanPerMonth = "yuan_per_month", "元/月";
        Yuan = "yuan", "元";
        YuanPerMu = "yuan_per_mu", "元/亩";
        YuanPerSquareMetreMonth = "yuan_per_square_metre_month", "元/平方米/月";
        YuanPerSquareMetreYear = "yuan_per_square_metre_year", "元/平方米/年";
        YuanPerSquareMetre = "yuan_per_square_metre", "元/平方米";
        YuanPerCubicMetre = "yuan_per_cubic_metre", "元/立方米";
        YuanPerPlaceYear = "yuan_per_place_year", "元/处/年";
        YuanPerMachineYear = "yuan_per_machine_year", "元/台/年";
        YuanPerMachine = "yuan_per_machine", "元/台";
        YuanPerSet = "yuan_per_set", "元/套";
        YuanPerPiece = "yuan_per_piece", "元/件";
        YuanPerShare = "yuan_per_share", "元/股";
        YuanPerTonne = "yuan_per_tonne", "元/吨";
        YuanPerKilogram = "yuan_per_kilogram", "元/公斤";
        YuanPerHead = "yuan_per_head", "元/头";
    }
}

words! {
    /// The period a price is per.
    Per {
        Term = "term", "全期";
        Year = "year", "年";
        Month = "month", "月";
    }
}

impl PriceUnit {
    /// The quantity unit the price is per; `None` when it is for the whole object.
    pub const fn per_quantity(self) -> Option<QuantityUnit> {
        match self {
            PriceUnit::YuanPerMuYear | PriceUnit::YuanPerMu => Some(QuantityUnit::Mu),
            PriceUnit::YuanPerSquareMetreMonth | PriceUnit::YuanPerSquareMetreYear | PriceUnit::YuanPerSquareMetre => {
                Some(QuantityUnit::SquareMetre)
            }
            PriceUnit::YuanPerCubicMetre => Some(QuantityUnit::CubicMetre),
            PriceUnit::YuanPerPlaceYear => Some(QuantityUnit::Place),
            PriceUnit::YuanPerMachineYear | PriceUnit::YuanPerMachine => Some(QuantityUnit::Machine),
            PriceUnit::YuanPerSet => Some(QuantityUnit::Set),
            PriceUnit::YuanPerPiece => Some(QuantityUnit::Piece),
            PriceUnit::YuanPerShare => Some(QuantityUnit::Share),
            PriceUnit::YuanPerTonne => Some(QuantityUnit::Tonne),
            PriceUnit::YuanPerKilogram => Some(QuantityUnit::Kilogram),
            PriceUnit::YuanPerHead => Some(QuantityUnit::Head),
            PriceUnit::YuanPerYear | PriceUnit::YuanPerMonth | PriceUnit::Yuan => None,
        }
    }

    /// The period the price is per.
    pub const fn per(self) -> Per {
        match self {
            PriceUnit::YuanPerMuYear
            | PriceUnit::YuanPerYear
            | PriceUnit::YuanPerSquareMetreYear
            | PriceUnit::YuanPerPlaceYear
            | PriceUnit::YuanPerMachineYear => Per::Year,
            PriceUnit::YuanPerMonth | PriceUnit::YuanPerSquareMetreMonth => Per::Month,
            PriceUnit::Yuan
            | PriceUnit::YuanPerMu
            | PriceUnit::YuanPerSquareMetre
            | PriceUnit::YuanPerCubicMetre
            | PriceUnit::YuanPerMachine
            | PriceUnit::YuanPerSet
            | PriceUnit::YuanPerPiece
            | PriceUnit::YuanPerShare
            | PriceUnit::YuanPerTonne
            | PriceUnit::YuanPerKilogram
            | PriceUnit::YuanPerHead => Per::Term,
        }
    }

    /// Whether a price in this unit needs a term to become a total.
    pub const fn needs_term(self) -> bool {
        !matches!(self.per(), Per::Term)
    }

    /// Whether an object counted in `unit` can be priced in this unit.
    pub fn fits(self, unit: QuantityUnit) -> bool {
        self.per_quantity().is_none_or(|q| q == unit)
    }

    /// The whole contract's value (成交总额): unit price × quantity × term, rounded once,
    /// half up to the fen. `quantity` is in 0.0001 units, `months` the whole term.
    /// `None` on overflow, or when the unit needs a term and none is given.
    pub fn total(self, unit_price: Fen, quantity: i64, months: Option<u32>) -> Option<Fen> {
        self.value(unit_price, quantity, months)
    }

    /// The value of the first year: the base of a lease's deposit (rulebook 5.1). A term
    /// below a year counts as it is; a price for the whole term is its own first year.
    pub fn first_year(self, unit_price: Fen, quantity: i64, months: Option<u32>) -> Option<Fen> {
        self.value(unit_price, quantity, months.map(|m| m.min(12)))
    }

    fn value(self, unit_price: Fen, quantity: i64, months: Option<u32>) -> Option<Fen> {
        if quantity < 0 {
            return None;
        }
        let (mut num, mut den) = (1i128, 1i128);
        if self.per_quantity().is_some() {
            num *= i128::from(quantity);
            den *= 10_000;
        }
        match self.per() {
            Per::Term => {}
            Per::Year => {
                num *= i128::from(months?);
                den *= 12;
            }
            Per::Month => num *= i128::from(months?),
        }
        unit_price.checked_mul_ratio(num, den)
    }

    /// How the total comes about, for notices: `元/亩/年 × 数量（亩） × 年限`.
    pub fn formula_zh(self) -> String {
        let mut text = self.zh().to_owned();
        if let Some(unit) = self.per_quantity() {
            text.push_str(&format!(" × 数量（{}）", unit.zh()));
        }
        match self.per() {
            Per::Term => {}
            Per::Year => text.push_str(" × 年限"),
            Per::Month => text.push_str(" × 月数"),
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn appendix_b_total() {
        let unit = PriceUnit::YuanPerMuYear;
        assert_eq!(unit.total(Fen::yuan(840), 1_000_000, Some(60)), Some(Fen::yuan(420_000)));
        assert_eq!(unit.first_year(Fen::yuan(840), 1_000_000, Some(60)), Some(Fen::yuan(84_000)));
        assert_eq!(unit.total(Fen::yuan(840), 1_000_000, None), None);
    }

    #[test]
    fn what_each_unit_multiplies() {
        let q = 25_000; // 2.5
        for (unit, total, first) in [
            (PriceUnit::YuanPerMuYear, 250 * 18 / 12, 250),
            (PriceUnit::YuanPerYear, 150, 100),
            (PriceUnit::YuanPerMonth, 1_800, 1_200),
            (PriceUnit::Yuan, 100, 100),
            (PriceUnit::YuanPerMu, 250, 250),
            (PriceUnit::YuanPerSquareMetreMonth, 4_500, 3_000),
            (PriceUnit::YuanPerShare, 250, 250),
        ] {
            assert_eq!(unit.total(Fen::yuan(100), q, Some(18)), Some(Fen::yuan(total)), "{unit}");
            assert_eq!(unit.first_year(Fen::yuan(100), q, Some(18)), Some(Fen::yuan(first)), "{unit}");
        }
        assert!(PriceUnit::Yuan.fits(QuantityUnit::Set));
        assert!(!PriceUnit::YuanPerMu.fits(QuantityUnit::SquareMetre));
        assert_eq!(PriceUnit::YuanPerMuYear.formula_zh(), "元/亩/年 × 数量（亩） × 年限");
        assert_eq!(PriceUnit::Yuan.total(Fen::MAX, i64::MAX, None), Some(Fen::MAX));
        assert_eq!(PriceUnit::YuanPerMu.total(Fen::MAX, i64::MAX, None), None);
    }

    proptest! {
        #[test]
        fn rounding_is_at_most_half_a_fen(price in 0i64..10_000_000, q in 0i64..100_000_000, months in 0u32..840) {
            let total = PriceUnit::YuanPerMuYear.total(Fen(price), q, Some(months)).map(|t| i128::from(t.0));
            let exact = i128::from(price) * i128::from(q) * i128::from(months);
            prop_assert!(total.is_some_and(|t| (t * 120_000 - exact).abs() <= 60_000));
        }
    }
}
