//! The step that is proposed for a start price (rulebook 3.2).

use super::load::Rules;
use crate::base::Fen;
use crate::category::Variety;

impl Rules {
    /// The proposed step: the share of the start price that the variety (or else
    /// `bid.step_per_mille`) names, rounded up to 1, 2 or 5 times a power of ten fen, at
    /// least one yuan. `None` for a start price that is not positive.
    pub fn proposed_step(&self, variety: &Variety, start: Fen) -> Option<Fen> {
        if start <= Fen::ZERO {
            return None;
        }
        let per_mille = variety.step_per_mille.unwrap_or(self.bid.step_per_mille);
        let exact = i128::from(start.0) * i128::from(per_mille);
        let mut power: i128 = 100;
        loop {
            for digit in [1, 2, 5] {
                let step = digit * power;
                if step * 1_000 >= exact {
                    return i64::try_from(step).ok().map(Fen);
                }
            }
            power = power.checked_mul(10)?;
        }
    }
}
