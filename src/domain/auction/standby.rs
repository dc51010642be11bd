//! The standby bidder (候补竞买人), only where the notice printed one (rulebook 2.4, 5.3): the best of those
//! who did not win, whose deposit stays until the winner has signed.

use super::Direction;
use crate::base::Fen;
use crate::base::words::words;

words! {
    /// Whether somebody stands by in case the winner does not sign.
    Standby {
        None = "none", "不设候补竞买人";
        RunnerUp = "runner_up", "设候补竞买人一名";
    }
}

impl Standby {
    /// The rule as the notice prints it; `refund_wd` is the time a refund has.
    pub fn notice_zh(self, refund_wd: u32) -> String {
        match self {
            Standby::None => "不设候补竞买人".to_owned(),
            Standby::RunnerUp => format!(
                "设候补竞买人一名，为受让方以外报价最优者：受让方在签订合同前违约或者被取消资格的，可以按其自己的最优报价递补。\
                 其保证金保留到受让方签订合同，之后 {refund_wd} 个工作日内原路退还"
            ),
        }
    }
}

/// Who stands by: of the bids in their order, the best that is not the winner's. At one price the later bid
/// leads, because only a holder of a better right can match (rulebook 4.3).
pub fn runner_up<T: Copy + PartialEq>(bids: &[(T, Fen)], winner: T, direction: Direction) -> Option<T> {
    let others = bids.iter().filter(|(who, _)| *who != winner);
    let best = others.reduce(|best, bid| if direction.better(best.1, bid.1) { best } else { bid });
    best.map(|(who, _)| *who)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_who_did_not_win_stands_by() {
        let bids =
            |prices: &[(char, i64)]| prices.iter().map(|(who, yuan)| (*who, Fen::yuan(*yuan))).collect::<Vec<_>>();
        for (order, winner, direction, expected) in [
            (&[('a', 610), ('b', 620), ('a', 630), ('c', 640), ('b', 650)][..], 'b', Direction::Up, Some('c')),
            (&[('a', 610), ('b', 620), ('a', 630)], 'a', Direction::Up, Some('b')),
            // Matches at one price: the last one before the winner had the better right.
            (&[('a', 630), ('b', 630), ('c', 630)], 'c', Direction::Up, Some('b')),
            (&[('a', 90), ('b', 80), ('c', 70)], 'c', Direction::Down, Some('b')),
            (&[('a', 610), ('a', 620)], 'a', Direction::Up, None),
            (&[], 'a', Direction::Up, None),
        ] {
            assert_eq!(runner_up(&bids(order), winner, direction), expected, "{order:?}");
        }
    }
}
