//! The session of a lot: when it starts, how long its phases are, and its room (rulebook 2.3 T11).

use super::messages::{self, Say};
use super::{frozen, on_lot};
use crate::context::{App, new_id};
use crate::domain::actor::Actor;
use crate::domain::application::Application;
use crate::domain::auction::{self, Direction, Floors, Room, RoomLot, RoomRules, StepRule};
use crate::domain::base::ids::{LotId, RoomId};
use crate::domain::base::{Instant, Unconfirmed};
use crate::domain::category;
use crate::domain::lot::{Act, Lot, Session, session};
use crate::domain::refusal::Refusal;
use crate::domain::rulebook::Rules;
use crate::store::{Stop, applications};

/// What the organiser chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Start of the free phase.
    pub starts: Instant,
    /// Free phase, minutes.
    pub free_minutes: i64,
    /// Limited phase, seconds.
    pub limited_seconds: i64,
}

/// What the form proposes: 09:30 on the first working day that the notice period allows, with the
/// times printed in the notice.
pub fn default_plan(app: &App, rules: &Rules, now: Instant) -> Result<Plan, Refusal> {
    let calendar = &app.market.calendar;
    let unsure = |e: Unconfirmed| Refusal::CalendarUnconfirmed { year: e.year };
    let notice = calendar.add_working_days(now.day(), rules.bid.notice_wd).map_err(unsure)?;
    let mut starts = calendar.working_day_from(notice).map_err(unsure)?.at(9, 30).max(now.plus_mins(1));
    if !rules.is_demo() && starts >= calendar.close().on(starts.day()) {
        starts = calendar.next_working_day(starts.day()).map_err(unsure)?.at(9, 30);
    }
    Ok(Plan {
        starts,
        free_minutes: i64::from(rules.bid.free_minutes),
        limited_seconds: i64::from(rules.bid.limited_seconds),
    })
}

/// The first instant at which a session may start.
pub fn earliest(app: &App, rules: &Rules, now: Instant) -> Result<Instant, Refusal> {
    if rules.is_demo() || rules.bid.notice_wd == 0 {
        return Ok(now.plus_secs(1));
    }
    let unsure = |e: Unconfirmed| Refusal::CalendarUnconfirmed { year: e.year };
    let day = app.market.calendar.add_working_days(now.day(), rules.bid.notice_wd).map_err(unsure)?;
    Ok(day.at(0, 0))
}

/// T11: schedules the session and makes its room.
pub fn schedule(app: &App, actor: &Actor, lot: LotId, plan: Plan) -> Result<(), Stop> {
    on_lot(app, Some(actor), lot, Act::Schedule, |tx, lot, now| {
        let bidders = applications::of_lot_qualified(tx, lot.id)?;
        let id = RoomId(new_id());
        let frame = Session {
            room: id,
            starts: plan.starts,
            free_ms: plan.free_minutes * 60_000,
            limited_ms: plan.limited_seconds * 1_000,
        };
        let rules = frozen::rules(app, tx, lot.id)?;
        let events = session::schedule(lot, frame, earliest(app, &rules, now)?, &rules, &app.market.calendar)?;
        let room = room(lot, frozen::variety(app, tx, lot)?.direction, &rules, &plan)?;
        app.clock.expect_room(plan.starts);
        let due = auction::due(&room);
        tx.insert_room(id, lot.id, &room, super::bidding::phase_name(&room), due)?;
        for a in &bidders {
            messages::to_party(app, tx, a.party, &say_session(a, lot, &plan))?;
        }
        Ok((events, ()))
    })
}

fn say_session<'a>(a: &Application, lot: &Lot, plan: &Plan) -> Say<'a> {
    let number = a.bidder_no.map(|n| n.to_string()).unwrap_or_default();
    Say {
        topic: "session_notice",
        subject: "竞价通知".into(),
        body: format!(
            "标的 {} 定于{}开始竞价，自由竞价{}分钟，限时竞价每轮{}秒。您的竞买号 {number}。请提前登录并签署竞价须知。",
            lot.lot_no.clone().unwrap_or_default(),
            plan.starts.zh(),
            plan.free_minutes,
            plan.limited_seconds
        ),
        lot: Some(lot.id),
    }
}

fn room(lot: &Lot, direction: category::Direction, printed: &Rules, plan: &Plan) -> Result<Room, Stop> {
    let terms = lot.terms()?;
    let direction = match direction {
        category::Direction::Up => Direction::Up,
        category::Direction::Down => Direction::Down,
    };
    let mut rules = RoomRules::printed(
        printed,
        RoomLot {
            direction,
            start: terms.price,
            step: StepRule::Fixed(terms.step),
            decimals: 2,
            opens: plan.starts,
            reserve: None,
            cost_alarm: None,
            max_step_abs: None,
        },
    );
    rules.free_ends = plan.starts.plus_mins(plan.free_minutes);
    rules.limited_ms = plan.limited_seconds * 1_000;
    let floors = if printed.is_demo() { Floors::DEMO } else { Floors::TRADING };
    Room::new(rules, floors).map_err(|faults| {
        let text = faults.iter().map(|f| f.zh()).collect::<Vec<_>>().join("");
        Refusal::rule("ROOM_RULES", text, "竞价规则").into()
    })
}
