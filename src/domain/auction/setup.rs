//! The rules of a room from the settings in force and the lot's own prices.

use super::direction::Direction;
use super::rules::{LimitedMode, RoomRules, StepRule};
use crate::base::{Fen, Instant};
use crate::rulebook::{BidMode, Settings};

/// A bid in the last five minutes of a soft close adds one minute (rulebook 3.3, Miluo 2024).
const SOFT_WINDOW_MS: i64 = 300_000;
const SOFT_EXTEND_MS: i64 = 60_000;

/// What a lot's notice adds to the settings (rulebook 3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomLot {
    /// Up or down.
    pub direction: Direction,
    /// Start price or ceiling.
    pub start: Fen,
    /// The step.
    pub step: StepRule,
    /// Decimals of a bid, 0 to 2.
    pub decimals: u8,
    /// The free period opens.
    pub opens: Instant,
    /// A reserve price; left out unless the settings allow one.
    pub reserve: Option<Fen>,
    /// The cost alarm of reverse bidding.
    pub cost_alarm: Option<Fen>,
    /// A printed cap on one raise.
    pub max_step_abs: Option<Fen>,
}

impl RoomRules {
    /// The rules that the notice prints: settings of the frozen snapshot plus
    /// the lot's prices. [`super::Room::new`] checks them.
    pub fn printed(settings: &Settings, lot: RoomLot) -> RoomRules {
        let (bid, outage, priority) = (&settings.bid, &settings.outage, &settings.priority);
        RoomRules {
            direction: lot.direction,
            start: lot.start,
            step: lot.step,
            decimals: lot.decimals,
            must_multiple: bid.must_multiple,
            max_multiple: Some(bid.max_multiple),
            max_step_abs: lot.max_step_abs,
            confirm_above_multiple: Some(bid.confirm_above_multiple),
            free_starts: lot.opens,
            free_ends: lot.opens.plus_mins(i64::from(bid.free_minutes)),
            limited_ms: i64::from(bid.limited_seconds) * 1_000,
            mode: match bid.mode {
                BidMode::Reset => LimitedMode::Reset,
                BidMode::SoftClose => LimitedMode::SoftClose { window_ms: SOFT_WINDOW_MS, extend_ms: SOFT_EXTEND_MS },
                BidMode::None => LimitedMode::None,
            },
            enter_limited_without_bid: bid.enter_limited_without_bid,
            require_prior_bid: bid.require_prior_bid,
            allow_self_raise: bid.allow_self_raise,
            reserve: lot.reserve.filter(|_| bid.hidden_reserve),
            cost_alarm: lot.cost_alarm,
            priority_limit: priority.limit,
            priority_tie: priority.tie,
            resume_preparation_ms: i64::from(outage.prepare_minutes) * 60_000,
            resume_direct_ms: i64::from(outage.direct_minutes) * 60_000,
            resume_notice_ms: i64::from(outage.notice_hours) * 3_600_000,
            gap_ms: i64::from(outage.gap_seconds) * 1_000,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::super::fixtures::{at, up_rules};
    use super::super::{Floors, Room};
    use super::*;
    use crate::rulebook::Rules;

    #[test]
    fn the_seed_settings_give_the_room_of_appendix_b() {
        let settings = Rules::load("rules.toml", include_str!("../../../catalog/rules.toml")).unwrap();
        let lot = RoomLot {
            direction: Direction::Up,
            start: Fen::yuan(800),
            step: StepRule::Fixed(Fen::yuan(10)),
            decimals: 2,
            opens: at("09:00:00"),
            reserve: Some(Fen::yuan(900)),
            cost_alarm: None,
            max_step_abs: None,
        };
        let rules = RoomRules::printed(&settings, lot);
        assert_eq!(rules, RoomRules { confirm_above_multiple: Some(5), ..up_rules() }, "no hidden reserve by default");
        assert!(Room::new(rules, Floors::TRADING).is_ok());
    }

    #[test]
    fn a_room_from_before_the_gap_was_printed_has_the_gap_of_then() {
        let mut old = serde_json::to_value(up_rules()).unwrap();
        old.as_object_mut().unwrap().remove("gap_ms").unwrap();
        assert_eq!(serde_json::from_value::<RoomRules>(old).unwrap(), up_rules());
    }
}
