//! The ladder of prices a bidder may climb: step, least and largest next price.

use serde::Serialize;

use super::direction::Direction;
use super::room::Room;
use super::rules::RoomRules;
use crate::base::Fen;

/// The prices reachable from the current best (or the start, for the first bid).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ladder {
    pub direction: Direction,
    /// The price that steps are counted from.
    pub base: Fen,
    pub step: Fen,
    /// No bid stands yet, so the base itself may be bid.
    pub first: bool,
    must_multiple: bool,
    max_multiple: Option<u32>,
    max_step_abs: Option<Fen>,
}

impl Ladder {
    pub fn of(room: &Room) -> Ladder {
        let rules: &RoomRules = &room.rules;
        let base = room.best_price().unwrap_or(rules.start);
        Ladder {
            direction: rules.direction,
            base,
            step: rules.step_at(base),
            first: room.best.is_none(),
            must_multiple: rules.must_multiple,
            max_multiple: rules.max_multiple,
            max_step_abs: rules.max_step_abs,
        }
    }

    /// By how much `price` improves on the base; negative when it is worse.
    pub fn gain(&self, price: Fen) -> i128 {
        let up = i128::from(price.0) - i128::from(self.base.0);
        match self.direction {
            Direction::Up => up,
            Direction::Down => -up,
        }
    }

    /// The price that improves on the base by this much; `None` outside the
    /// range of prices.
    pub fn price_at(&self, gain: i128) -> Option<Fen> {
        let signed = match self.direction {
            Direction::Up => gain,
            Direction::Down => -gain,
        };
        let price = Fen(i64::try_from(i128::from(self.base.0) + signed).ok()?);
        (price > Fen::ZERO && price <= Fen::MAX).then_some(price)
    }

    /// The price `count` steps from the base.
    pub fn rung(&self, count: i128) -> Option<Fen> {
        self.price_at(i128::from(self.step.0) * count)
    }

    /// The least improvement asked for.
    pub fn least_gain(&self) -> i128 {
        if self.first { 0 } else { i128::from(self.step.0) }
    }

    /// The largest improvement allowed, on the ladder where multiples are asked for.
    pub fn largest_gain(&self) -> Option<i128> {
        let step = i128::from(self.step.0);
        let by_multiple = self.max_multiple.map(|m| i128::from(m) * step);
        let by_amount = self.max_step_abs.map(|a| i128::from(a.0));
        let largest = match (by_multiple, by_amount) {
            (Some(a), Some(b)) => a.min(b),
            (Some(a), None) | (None, Some(a)) => a,
            (None, None) => return None,
        };
        Some(if self.must_multiple { largest - largest % step } else { largest })
    }

    /// Whether this improvement misses a whole number of steps where one is asked for.
    pub fn off_step(&self, gain: i128) -> bool {
        self.must_multiple && gain % i128::from(self.step.0) != 0
    }

    /// Whole steps in this improvement, a part of one counted as one.
    pub fn steps_in(&self, gain: i128) -> i128 {
        let step = i128::from(self.step.0);
        (gain + step - 1) / step
    }
}

/// What the page offers for the next bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextAmounts {
    /// The step at the current price.
    pub step: Fen,
    /// The least improvement (the lowest next price upward, the highest
    /// downward); `None` when no further price exists.
    pub minimum: Option<Fen>,
    /// Up to five or six prices on the ladder, the nearest first.
    pub choices: Vec<Fen>,
    /// The furthest price one bid may reach; `None` without such a limit.
    pub maximum: Option<Fen>,
}

/// Suggestions for the next bid of somebody who does not lead.
pub fn next_amounts(room: &Room) -> NextAmounts {
    let ladder = Ladder::of(room);
    let largest = ladder.largest_gain();
    let from = if ladder.first { 0 } else { 1 };
    let within = |count: &i128| largest.is_none_or(|l| count * i128::from(ladder.step.0) <= l);
    NextAmounts {
        step: ladder.step,
        minimum: ladder.price_at(ladder.least_gain()),
        choices: (from..=5).filter(within).filter_map(|count| ladder.rung(count)).collect(),
        maximum: largest.and_then(|l| ladder.price_at(l)),
    }
}
