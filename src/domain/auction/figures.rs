//! Figures of a result: premium (溢价率) and saving (节支率) in basis points.

use super::direction::Direction;
use super::room::Room;
use crate::base::Fen;

/// How far `price` is better than `start`, in basis points (1/100 %), rounded
/// half away from zero: the premium upward, the saving downward (rulebook 3.4, Appendix B).
/// `None` for a start price that is not positive.
pub fn signed_gain_bp(direction: Direction, start: Fen, price: Fen) -> Option<i64> {
    let gain = match direction {
        Direction::Up => price - start,
        Direction::Down => start - price,
    };
    Fen(gain.0).checked_mul_ratio(10_000, i128::from(start.0)).map(|bp| bp.0)
}

/// The premium over the start price of an upward room in basis points; `None`
/// before the first bid and in a downward room.
pub fn premium_bp(room: &Room) -> Option<i64> {
    match room.rules.direction {
        Direction::Up => signed_gain_bp(Direction::Up, room.rules.start, room.best_price()?),
        Direction::Down => None,
    }
}

/// The saving under the ceiling of a downward room in basis points; `None`
/// before the first bid and in an upward room.
pub fn saving_bp(room: &Room) -> Option<i64> {
    match room.rules.direction {
        Direction::Up => None,
        Direction::Down => signed_gain_bp(Direction::Down, room.rules.start, room.best_price()?),
    }
}
