//! The rules a bid must meet, checked in the order of rulebook 3.5. Pure
//! judgement over a settled room: nothing here changes state.

use super::bidder::{BidAmount, BidIntent, BidKind, BidderStanding};
use super::event::{AcceptedKind, TradingPhase};
use super::ladder::Ladder;
use super::refusal::{BadNumber, BidRefusal, PriorityBar, Shut};
use super::room::{Best, Phase, Room};
use super::rules::{TieRule, unit_fen};
use crate::base::{Fen, Instant};

/// A bid that may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Valid {
    pub price: Fen,
    pub kind: AcceptedKind,
    pub phase: TradingPhase,
    /// The deadline it found.
    pub deadline: Instant,
}

/// Checks one bid against a room that was settled to the bid's stamp.
pub(super) fn judge(room: &Room, intent: &BidIntent) -> Result<Valid, BidRefusal> {
    let (phase, deadline) = open_phase(&room.phase).map_err(BidRefusal::BidClosed)?;
    standing(&intent.bidder)?;
    let (price, kind) = match intent.kind {
        BidKind::Raise { price } => {
            prior_bid(room, phase, &intent.bidder)?;
            (raise(room, &intent.bidder, price)?, AcceptedKind::Raise)
        }
        BidKind::PriorityMatch { price } => (matching(room, &intent.bidder, price)?, AcceptedKind::PriorityMatch),
    };
    if intent.seen_seq.is_some_and(|seen| seen != room.seq) {
        return Err(stale(room));
    }
    if !intent.confirmed_big {
        usual_size(room, price)?;
    }
    Ok(Valid { price, kind, phase, deadline })
}

fn open_phase(phase: &Phase) -> Result<(TradingPhase, Instant), Shut> {
    match *phase {
        Phase::Free { deadline } => Ok((TradingPhase::Free, deadline)),
        Phase::Limited { deadline } => Ok((TradingPhase::Limited, deadline)),
        Phase::Waiting { opens, .. } => Err(Shut::NotOpen { opens }),
        Phase::Paused { .. } => Err(Shut::Paused),
        Phase::Preparing { until, .. } => Err(Shut::Preparing { until }),
        Phase::Closed { .. } => Err(Shut::Ended),
    }
}

fn standing(bidder: &BidderStanding) -> Result<(), BidRefusal> {
    if !bidder.qualified {
        return Err(BidRefusal::NotQualified);
    }
    if !bidder.deposit_confirmed {
        return Err(BidRefusal::DepositShort);
    }
    if !bidder.agreed {
        return Err(BidRefusal::NotAgreed);
    }
    Ok(())
}

fn prior_bid(room: &Room, phase: TradingPhase, bidder: &BidderStanding) -> Result<(), BidRefusal> {
    let barred = room.rules.require_prior_bid && phase == TradingPhase::Limited && !room.prior.contains(&bidder.no);
    if barred { Err(BidRefusal::PriorBidRequired) } else { Ok(()) }
}

fn raise(room: &Room, bidder: &BidderStanding, typed: BidAmount) -> Result<Fen, BidRefusal> {
    let price = number(room, typed).map_err(BidRefusal::BadNumber)?;
    if !room.rules.allow_self_raise && room.best.as_ref().is_some_and(|best| best.held_by(bidder.no)) {
        return Err(BidRefusal::AlreadyLeading);
    }
    step(&Ladder::of(room), room.rules.start, price)?;
    Ok(price)
}

fn number(room: &Room, typed: BidAmount) -> Result<Fen, BadNumber> {
    let price = typed.map_err(BadNumber::Unread)?;
    if price <= Fen::ZERO {
        Err(BadNumber::NotPositive)
    } else if price > Fen::MAX {
        Err(BadNumber::TooBig)
    } else if price.0 % unit_fen(room.rules.decimals) != 0 {
        Err(BadNumber::TooPrecise { decimals: room.rules.decimals })
    } else {
        Ok(price)
    }
}

/// Orders 7 to 11.
fn step(ladder: &Ladder, start: Fen, price: Fen) -> Result<(), BidRefusal> {
    let direction = ladder.direction;
    let gain = ladder.gain(price);
    let minimum = ladder.price_at(ladder.least_gain());
    if ladder.first && gain < 0 {
        return Err(BidRefusal::FirstBelowStart { direction, start });
    }
    if !ladder.first && price == start {
        return Err(BidRefusal::StartTaken { direction, start, minimum });
    }
    if gain < ladder.least_gain() {
        return Err(BidRefusal::StepTooSmall { direction, best: ladder.base, step: ladder.step, minimum });
    }
    if ladder.off_step(gain) {
        let below = gain / i128::from(ladder.step.0);
        let nearest = [ladder.rung(below), ladder.rung(below + 1)];
        return Err(BidRefusal::NotMultiple { direction, base: ladder.base, step: ladder.step, nearest });
    }
    match ladder.largest_gain() {
        Some(largest) if gain > largest => {
            let maximum = ladder.price_at(largest).unwrap_or(ladder.base);
            Err(BidRefusal::StepTooBig { direction, maximum })
        }
        Some(_) | None => Ok(()),
    }
}

fn usual_size(room: &Room, price: Fen) -> Result<(), BidRefusal> {
    let Some(usual) = room.rules.confirm_above_multiple else { return Ok(()) };
    let ladder = Ladder::of(room);
    let multiple = ladder.steps_in(ladder.gain(price));
    if multiple > i128::from(usual) {
        let multiple = u64::try_from(multiple).unwrap_or(u64::MAX);
        return Err(BidRefusal::NeedsSecondConfirmation { multiple, price });
    }
    Ok(())
}

/// A same-price match (rulebook 4.3).
fn matching(room: &Room, bidder: &BidderStanding, price: Fen) -> Result<Fen, BidRefusal> {
    let Some(rank) = bidder.priority_rank else { return Err(BidRefusal::PriorityDenied(PriorityBar::NoRight)) };
    let Some(best) = &room.best else { return Err(BidRefusal::PriorityFirst) };
    if best.held_by(bidder.no) {
        return Err(BidRefusal::AlreadyLeading);
    }
    if let Some(limit) = room.rules.priority_limit
        && room.priority_uses(bidder.no) >= limit
    {
        return Err(BidRefusal::PriorityUsedUp { limit });
    }
    outranks(best, rank, room.rules.priority_tie).map_err(BidRefusal::PriorityDenied)?;
    if price != best.price {
        return Err(stale(room));
    }
    Ok(price)
}

/// Whether a holder of this rank may take or share the best price. A leader
/// who has a right of his own is compared by rank however he reached the
/// price: between equals the earlier bid wins (rulebook 3.15, 4.3; decision 0014).
fn outranks(best: &Best, rank: u8, tie: TieRule) -> Result<(), PriorityBar> {
    match best.rank {
        None => Ok(()),
        Some(standing) if rank < standing => Ok(()),
        Some(standing) if rank > standing => Err(PriorityBar::BetterRank),
        Some(_) => match tie {
            TieRule::Time => Err(PriorityBar::EarlierHolder),
            TieRule::Draw => Ok(()),
        },
    }
}

fn stale(room: &Room) -> BidRefusal {
    BidRefusal::Stale { seq: room.seq, best: room.best_price() }
}
