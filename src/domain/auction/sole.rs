//! Few bidders: what happens when fewer qualified bidders stand than a session
//! needs (rulebook 3.7). The notice prints the policy.

use super::direction::Direction;
use crate::base::Fen;
pub use crate::category::SolePolicy;

impl SolePolicy {
    /// The sentence that the notice prints.
    pub const fn notice_zh(self) -> &'static str {
        match self {
            SolePolicy::DealAtOffer => "只有一名合格意向受让方且报价不低于挂牌价的，按其报价成交。",
            SolePolicy::DealAtMax => "只有一名合格意向受让方的，按挂牌价与其报价孰高原则成交。",
            SolePolicy::Negotiate => "合格意向受让方不足的，由交易中心组织协商，成交价不低于挂牌价。",
            SolePolicy::RelistThenNegotiate => "合格意向受让方不足的，重新挂牌一次；仍不足的，组织公开协商。",
            SolePolicy::Fail => "合格意向受让方不足的，本次交易终止，保证金原路退回。",
        }
    }
}

/// What follows once the qualified bidders are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SoleDecision {
    /// Enough bidders: the session takes place.
    Compete,
    /// Direct deal at the offer.
    DealAtOffer,
    /// Direct deal at the better of listing price and offer.
    DealAtMax,
    /// Hosted negotiation.
    Negotiate,
    /// List again.
    Relist,
    /// Too few: the lot fails (X23), or nobody qualified at all (X20).
    Fail,
}

impl SoleDecision {
    /// The transferor must confirm in writing before the result is posted.
    pub fn needs_written_confirmation(self) -> bool {
        match self {
            SoleDecision::DealAtOffer | SoleDecision::DealAtMax | SoleDecision::Negotiate => true,
            SoleDecision::Compete | SoleDecision::Relist | SoleDecision::Fail => false,
        }
    }
}

/// Decides by the number of qualified bidders. `min` is what the method needs;
/// `earlier_rounds` counts earlier listings of this lot. A direct deal is for
/// exactly one bidder; several but too few have competed for nothing, so the lot fails.
pub fn decide(policy: SolePolicy, qualified: u32, min: u32, earlier_rounds: u32) -> SoleDecision {
    if qualified == 0 {
        return SoleDecision::Fail;
    }
    if qualified >= min {
        return SoleDecision::Compete;
    }
    match policy {
        SolePolicy::DealAtOffer if qualified == 1 => SoleDecision::DealAtOffer,
        SolePolicy::DealAtMax if qualified == 1 => SoleDecision::DealAtMax,
        SolePolicy::DealAtOffer | SolePolicy::DealAtMax => SoleDecision::Fail,
        SolePolicy::Negotiate => SoleDecision::Negotiate,
        SolePolicy::RelistThenNegotiate if earlier_rounds == 0 => SoleDecision::Relist,
        SolePolicy::RelistThenNegotiate => SoleDecision::Negotiate,
        SolePolicy::Fail => SoleDecision::Fail,
    }
}

/// The price of a direct deal or a negotiation with this offer; `None` when the
/// decision allows no deal at it.
pub fn deal_price(decision: SoleDecision, direction: Direction, listing: Fen, offer: Fen) -> Option<Fen> {
    let meets = !direction.better(listing, offer);
    match decision {
        SoleDecision::DealAtMax => Some(direction.best_of(listing, offer)),
        SoleDecision::DealAtOffer | SoleDecision::Negotiate => meets.then_some(offer),
        SoleDecision::Compete | SoleDecision::Relist | SoleDecision::Fail => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_of_policies() {
        use SoleDecision as D;
        use SolePolicy as P;
        for (policy, qualified, min, rounds, expected) in [
            (P::DealAtOffer, 0, 2, 0, D::Fail),
            (P::DealAtOffer, 1, 2, 0, D::DealAtOffer),
            (P::DealAtOffer, 1, 1, 0, D::Compete),
            (P::DealAtOffer, 2, 2, 0, D::Compete),
            (P::DealAtMax, 1, 2, 0, D::DealAtMax),
            (P::DealAtMax, 2, 3, 0, D::Fail),
            (P::Negotiate, 1, 2, 0, D::Negotiate),
            (P::Negotiate, 2, 3, 0, D::Negotiate),
            (P::RelistThenNegotiate, 2, 3, 0, D::Relist),
            (P::RelistThenNegotiate, 2, 3, 1, D::Negotiate),
            (P::RelistThenNegotiate, 3, 3, 0, D::Compete),
            (P::RelistThenNegotiate, 0, 3, 1, D::Fail),
            (P::Fail, 2, 3, 0, D::Fail),
            (P::Fail, 3, 3, 0, D::Compete),
        ] {
            assert_eq!(decide(policy, qualified, min, rounds), expected, "{policy:?} {qualified}/{min} after {rounds}");
        }
    }

    #[test]
    fn prices_of_direct_deals() {
        use Direction::{Down, Up};
        let yuan = Fen::yuan;
        assert_eq!(deal_price(SoleDecision::DealAtMax, Up, yuan(800), yuan(790)), Some(yuan(800)));
        assert_eq!(deal_price(SoleDecision::DealAtMax, Up, yuan(800), yuan(850)), Some(yuan(850)));
        assert_eq!(deal_price(SoleDecision::DealAtMax, Down, yuan(800), yuan(790)), Some(yuan(790)));
        assert_eq!(deal_price(SoleDecision::DealAtOffer, Up, yuan(800), yuan(790)), None);
        assert_eq!(deal_price(SoleDecision::DealAtOffer, Up, yuan(800), yuan(800)), Some(yuan(800)));
        assert_eq!(deal_price(SoleDecision::Negotiate, Down, yuan(800), yuan(801)), None);
        assert_eq!(deal_price(SoleDecision::Compete, Up, yuan(800), yuan(900)), None);
        assert!(SoleDecision::DealAtMax.needs_written_confirmation());
        assert!(!SoleDecision::Compete.needs_written_confirmation());
    }
}
