//! Lots in a stage, for the tests of the chapters.

use std::sync::LazyLock;

use super::{Lot, LotEvent, Recorded, Stage, Terms};
use crate::base::calendar::Calendar;
use crate::base::ids::{LotId, PartyId, ProjectId};
use crate::base::{Day, Instant};
use crate::listing;
use crate::market::Market;
use crate::rulebook::Rules;

fn market() -> &'static Market {
    static MARKET: LazyLock<Market> = LazyLock::new(|| Market::embedded().unwrap_or_else(|f| panic!("{f:?}")));
    &MARKET
}

/// The rules as they ship.
pub fn rules() -> Rules {
    market().rules.clone()
}

/// The calendar as it ships: 2026 is confirmed, 2027 is not.
pub fn calendar() -> Calendar {
    market().calendar.clone()
}

/// An instant of 2026.
pub fn at(month: u32, day: u32, hour: u32, minute: u32) -> Instant {
    Day::ymd(2026, month, day).unwrap_or_else(|| panic!("2026-{month}-{day}")).at(hour, minute)
}

/// A pond in this stage.
pub fn in_stage(stage: Stage) -> Lot {
    let id = |n| uuid::Uuid::from_u128(n);
    let place = market().divisions.place_named("塔峰镇", Some("界头村")).unwrap_or_else(|e| panic!("{e:?}"));
    let variety = "0501".parse().unwrap_or_else(|_| panic!("the pond's code"));
    let lot = Lot::draft(LotId(id(1)), ProjectId(id(2)), PartyId(id(3)), place, variety, at(3, 2, 9, 0));
    Lot { stage, ..lot }
}

/// The pond's checked content.
pub fn terms() -> Terms {
    let variety = "0501".parse().ok().and_then(|code| market().catalog.get(code));
    let variety = variety.unwrap_or_else(|| panic!("the pond"));
    listing::assemble(&listing::tests::pond(), variety, &market().rules).unwrap_or_else(|f| panic!("{f:?}"))
}

/// The lot with its content.
pub fn with_terms(lot: Lot) -> Lot {
    Lot { terms: Some(terms()), ..lot }
}

/// The lot after these events by nobody's hand.
pub fn told(lot: Lot, events: &[LotEvent], at: Instant) -> Lot {
    events.iter().fold(lot, |lot, event| {
        let record = Recorded { seq: lot.seq + 1, at, by: None, post: String::new(), act: None, event: event.clone() };
        lot.apply(&record)
    })
}
