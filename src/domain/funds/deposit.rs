//! How much deposit a lot asks (rulebook 5.1).

use crate::base::Fen;
use crate::category::{Category, Mode};
use crate::rulebook::{self, AmountBase};

/// The county's deposit settings. Rates in hundredths of a per cent: 1,000 is 10 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DepositRule {
    /// The usual rate.
    pub rate_bp: u32,
    /// Above this the director approves with a reason.
    pub soft_cap_bp: u32,
    /// Above this no deposit is asked.
    pub hard_cap_bp: u32,
    /// The hard cap of category 8, from the tender rules; 200 (2 %) at most.
    pub category_8_cap_bp: u32,
    /// At least this much where the caps allow it.
    pub minimum: Fen,
}

impl DepositRule {
    /// The rulebook's defaults (appendix A).
    pub const DEFAULT: DepositRule = DepositRule {
        rate_bp: 1_000,
        soft_cap_bp: 2_000,
        hard_cap_bp: 3_000,
        category_8_cap_bp: 200,
        minimum: Fen::yuan(200),
    };

    /// Reads them from the settings in force (or frozen into the round).
    pub fn of(settings: &rulebook::Deposit) -> DepositRule {
        DepositRule {
            rate_bp: settings.rate_pct * 100,
            soft_cap_bp: settings.soft_cap_pct * 100,
            hard_cap_bp: settings.hard_cap_pct * 100,
            category_8_cap_bp: settings.cat_8_cap_pct * 100,
            minimum: Fen::yuan(i64::from(settings.min_yuan)),
        }
    }

    /// The statutory ceiling for category 8 (招标投标法实施条例 art 26) holds whatever is configured.
    fn hard_cap(&self, category: Category) -> u32 {
        if category.is_purchase() { self.category_8_cap_bp.min(200) } else { self.hard_cap_bp }
    }
}

/// Why a deposit is not possible as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DepositError {
    /// The base is not positive.
    #[error("起始价对应的计算基数应大于 0，无法计算保证金。")]
    NoBase,
    /// Below the minimum.
    #[error("保证金低于最低金额 {0}。")]
    TooLow(Fen),
    /// Above the cap; what the most is.
    #[error("保证金超过上限，本标的保证金最多为 {0}。")]
    AboveCap(Fen),
}

/// A deposit that may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deposit {
    /// What each bidder pays.
    pub amount: Fen,
    /// Above the soft cap: the director approves it with a reason.
    pub needs_director: bool,
}

/// What the deposit is a share of, at the starting price: the first year of a lease or the whole price
/// of anything else, as the settings say.
pub fn base(mode: Mode, total: Fen, first_year: Fen, settings: &rulebook::Deposit) -> Fen {
    match if mode.is_lease() { settings.base_lease } else { settings.base_sale } {
        AmountBase::FirstYear => first_year,
        AmountBase::Total => total,
    }
}

/// The deposit by the usual rate on `base` ([`base`]), in whole yuan, not below the minimum and not above the hard cap.
pub fn usual(category: Category, base: Fen, rule: &DepositRule) -> Result<Deposit, DepositError> {
    let cap = share(base, rule.hard_cap(category))?;
    let by_rate = share(base, rule.rate_bp)?;
    let whole_yuan = Fen((by_rate.0 + 50) / 100 * 100);
    // The cap is law in category 8; on a tiny base it beats the minimum everywhere.
    let amount = whole_yuan.max(rule.minimum).min(cap);
    if amount <= Fen::ZERO {
        return Err(DepositError::NoBase);
    }
    Ok(Deposit { amount, needs_director: amount > share(base, rule.soft_cap_bp)? })
}

/// Checks a deposit that the transferor and the centre chose themselves.
pub fn chosen(category: Category, base: Fen, amount: Fen, rule: &DepositRule) -> Result<Deposit, DepositError> {
    let cap = share(base, rule.hard_cap(category))?;
    if amount > cap {
        return Err(DepositError::AboveCap(cap));
    }
    let minimum = rule.minimum.min(cap);
    if amount < minimum || amount <= Fen::ZERO {
        return Err(DepositError::TooLow(minimum.max(Fen(1))));
    }
    Ok(Deposit { amount, needs_director: amount > share(base, rule.soft_cap_bp)? })
}

/// A share of the base, rounded down: a cap is never exceeded by rounding.
fn share(base: Fen, rate_bp: u32) -> Result<Fen, DepositError> {
    if base <= Fen::ZERO {
        return Err(DepositError::NoBase);
    }
    i64::try_from(i128::from(base.0) * i128::from(rate_bp) / 10_000).map(Fen).map_err(|_| DepositError::NoBase)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use proptest::prelude::*;

    fn category(n: u8) -> Category {
        Category::new(n).unwrap()
    }

    const RULE: DepositRule = DepositRule::DEFAULT;

    #[test]
    fn appendix_b_deposit() {
        // 800 yuan/mu/year × 100 mu, 10 %.
        let deposit = usual(category(1), Fen::yuan(80_000), &RULE);
        assert_eq!(deposit, Ok(Deposit { amount: Fen::yuan(8_000), needs_director: false }));
    }

    #[test]
    fn minimum_and_caps() {
        let amount = |number, yuan| usual(category(number), Fen::yuan(yuan), &RULE).map(|d| d.amount);
        assert_eq!(amount(1, 1_500), Ok(Fen::yuan(200)));
        assert_eq!(amount(1, 500), Ok(Fen::yuan(150)), "30 % beats the minimum");
        assert_eq!(amount(8, 300_000), Ok(Fen::yuan(6_000)), "2 % by law");
        assert_eq!(amount(8, 5_000), Ok(Fen::yuan(100)));
        assert_eq!(amount(1, 0), Err(DepositError::NoBase));
        assert_eq!(usual(category(1), Fen::yuan(800), &RULE).map(|d| d.needs_director), Ok(true));
        let lax = DepositRule { category_8_cap_bp: 1_000, ..RULE };
        assert_eq!(usual(category(8), Fen::yuan(300_000), &lax).map(|d| d.amount), Ok(Fen::yuan(6_000)));
    }

    #[test]
    fn chosen_amounts() {
        let check = |yuan| chosen(category(1), Fen::yuan(80_000), Fen::yuan(yuan), &RULE);
        assert_eq!(check(16_000).map(|d| d.needs_director), Ok(false));
        assert_eq!(check(16_001).map(|d| d.needs_director), Ok(true));
        assert_eq!(check(24_000).map(|d| d.needs_director), Ok(true));
        assert_eq!(check(24_001), Err(DepositError::AboveCap(Fen::yuan(24_000))));
        assert_eq!(check(199), Err(DepositError::TooLow(Fen::yuan(200))));
        assert_eq!(
            chosen(category(8), Fen::yuan(80_000), Fen::yuan(1_601), &RULE),
            Err(DepositError::AboveCap(Fen::yuan(1_600)))
        );
    }

    proptest! {
        #[test]
        fn the_usual_deposit_can_be_chosen(number in 1u8..=14, base in 100i64..=Fen::MAX.0) {
            if let Ok(deposit) = usual(category(number), Fen(base), &RULE) {
                prop_assert_eq!(chosen(category(number), Fen(base), deposit.amount, &RULE), Ok(deposit));
            }
        }
    }
}
