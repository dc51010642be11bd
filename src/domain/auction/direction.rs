//! What the direction of the price means for comparing prices.

use crate::base::Fen;
pub use crate::category::Direction;

impl Direction {
    /// Whether `a` is strictly better than `b`.
    pub fn better(self, a: Fen, b: Fen) -> bool {
        match self {
            Direction::Up => a > b,
            Direction::Down => a < b,
        }
    }

    /// The better of two prices.
    pub fn best_of(self, a: Fen, b: Fen) -> Fen {
        if self.better(a, b) { a } else { b }
    }

    /// What a bidder does with the price: 加价 or 减价.
    pub const fn step_word(self) -> &'static str {
        match self {
            Direction::Up => "加价",
            Direction::Down => "减价",
        }
    }

    /// What the first price is called: 起始价 or 最高限价.
    pub const fn start_word(self) -> &'static str {
        match self {
            Direction::Up => "起始价",
            Direction::Down => "最高限价",
        }
    }
}
