//! How much deposit a lot asks (rulebook 5.1).

use serde::{Deserialize, Serialize};

use crate::base::Fen;

/// What the deposit is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DepositBase {
    /// The first year's rent at the starting price; leases.
    FirstYear,
    /// The whole price at the starting price; sales.
    Total,
}

/// The county's deposit settings. Rates in hundredths of a per cent: 1,000 is 10 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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

    /// The statutory ceiling for category 8 (招标投标法实施条例 art 26) holds whatever is configured.
    fn hard_cap(&self, category: u8) -> u32 {
        if category == 8 { self.category_8_cap_bp.min(200) } else { self.hard_cap_bp }
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

/// The deposit by the usual rate on `base` (first year or total at the starting price, as
/// [`DepositBase`] says), in whole yuan, not below the minimum and not above the hard cap.
pub fn usual(category: u8, base: Fen, rule: &DepositRule) -> Result<Deposit, DepositError> {
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
pub fn chosen(category: u8, base: Fen, amount: Fen, rule: &DepositRule) -> Result<Deposit, DepositError> {
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
    use super::*;
    use proptest::prelude::*;

    const RULE: DepositRule = DepositRule::DEFAULT;

    #[test]
    fn appendix_b_deposit() {
        // 800 yuan/mu/year × 100 mu, 10 %.
        let deposit = usual(1, Fen::yuan(80_000), &RULE);
        assert_eq!(deposit, Ok(Deposit { amount: Fen::yuan(8_000), needs_director: false }));
    }

    #[test]
    fn minimum_and_caps() {
        let amount = |category, yuan| usual(category, Fen::yuan(yuan), &RULE).map(|d| d.amount);
        assert_eq!(amount(1, 1_500), Ok(Fen::yuan(200)));
        assert_eq!(amount(1, 500), Ok(Fen::yuan(150)), "30 % beats the minimum");
        assert_eq!(amount(8, 300_000), Ok(Fen::yuan(6_000)), "2 % by law");
        assert_eq!(amount(8, 5_000), Ok(Fen::yuan(100)));
        assert_eq!(amount(1, 0), Err(DepositError::NoBase));
        assert_eq!(usual(1, Fen::yuan(800), &RULE).map(|d| d.needs_director), Ok(true));
        let lax = DepositRule { category_8_cap_bp: 1_000, ..RULE };
        assert_eq!(usual(8, Fen::yuan(300_000), &lax).map(|d| d.amount), Ok(Fen::yuan(6_000)));
    }

    #[test]
    fn chosen_amounts() {
        let check = |yuan| chosen(1, Fen::yuan(80_000), Fen::yuan(yuan), &RULE);
        assert_eq!(check(16_000).map(|d| d.needs_director), Ok(false));
        assert_eq!(check(16_001).map(|d| d.needs_director), Ok(true));
        assert_eq!(check(24_000).map(|d| d.needs_director), Ok(true));
        assert_eq!(check(24_001), Err(DepositError::AboveCap(Fen::yuan(24_000))));
        assert_eq!(check(199), Err(DepositError::TooLow(Fen::yuan(200))));
        assert_eq!(
            chosen(8, Fen::yuan(80_000), Fen::yuan(1_601), &RULE),
            Err(DepositError::AboveCap(Fen::yuan(1_600)))
        );
    }

    proptest! {
        #[test]
        fn the_usual_deposit_can_be_chosen(category in 1u8..=14, base in 100i64..=Fen::MAX.0) {
            if let Ok(deposit) = usual(category, Fen(base), &RULE) {
                prop_assert_eq!(chosen(category, Fen(base), deposit.amount, &RULE), Ok(deposit));
            }
        }
    }
}
