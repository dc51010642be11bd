//! The bidding session as the lot sees it (rulebook 2.3 T11–T12). The bids
//! themselves are the room's business (`auction`).

use super::listing::ended;
use super::{Lot, LotEvent, Outcome, Session, Stage};
use crate::auction::Floors;
use crate::base::Instant;
use crate::base::calendar::{Calendar, Unconfirmed};
use crate::refusal::{FieldFault, Refusal};
use crate::rulebook::Rules;

/// Whether a session may start then by the calendar (rulebook 0.4): on a working day within the hours of the
/// counters. The demonstration's visitors start sessions when they come.
fn in_working_hours(session: &Session, rules: &Rules, calendar: &Calendar) -> Result<Option<FieldFault>, Unconfirmed> {
    let day = session.starts.day();
    let working = calendar.is_working(day)?;
    if rules.is_demo() {
        return Ok(None);
    }
    let (open, close) = (rules.cal.open_time, calendar.close());
    let within = open.on(day) <= session.starts && session.starts < close.on(day);
    let fault = |text: String| Ok(Some(FieldFault::new("starts", text)));
    if rules.cal.end_on_workday && !working {
        return fault(format!("{}不是工作日，竞价须安排在工作日。", day.zh()));
    }
    if !within {
        return fault(format!("竞价须在工作时间（{open} 至 {close}）开始。"));
    }
    Ok(None)
}

/// T11: schedule the session. The publicity of its result must be computable now: a room whose close
/// needed a year that nobody has confirmed could not close at all. `earliest` is the first instant the notice period allows; `rules` are
/// those frozen with the notice, whose times the session keeps (rulebook 3.2).
pub fn schedule(
    lot: &Lot,
    session: Session,
    earliest: Instant,
    rules: &Rules,
    calendar: &Calendar,
) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Qualified])?;
    let unsure = |e: Unconfirmed| Refusal::CalendarUnconfirmed { year: e.year };
    let mut faults: Vec<FieldFault> =
        in_working_hours(&session, rules, calendar).map_err(unsure)?.into_iter().collect();
    let ends = session.starts.plus_ms(session.free_ms + session.limited_ms);
    let publicity = rules.publicity_days(lot.variety.category(), lot.terms()?.ownership);
    calendar.due(ends, publicity, true).map_err(unsure)?;
    if session.starts < earliest {
        faults.push(FieldFault::new(
            "starts",
            format!("竞价通知须提前{}个工作日，最早可排在{}。", rules.bid.notice_wd, earliest.zh()),
        ));
    }
    let floors = if rules.is_demo() { Floors::DEMO } else { Floors::TRADING };
    let (free_floor, limited_floor) = (floors.free_ms, floors.limited_ms);
    if session.free_ms < free_floor {
        faults.push(FieldFault::new("free_minutes", format!("自由竞价时间不得少于{}分钟。", free_floor / 60_000)));
    } else if session.free_ms != i64::from(rules.bid.free_minutes) * 60_000 {
        faults.push(FieldFault::new(
            "free_minutes",
            format!("公告载明自由竞价{}分钟，须与公告一致。", rules.bid.free_minutes),
        ));
    }
    if session.limited_ms < limited_floor {
        faults.push(FieldFault::new("limited_seconds", format!("限时竞价时间不得少于{}秒。", limited_floor / 1_000)));
    } else if session.limited_ms != i64::from(rules.bid.limited_seconds) * 1_000 {
        faults.push(FieldFault::new(
            "limited_seconds",
            format!("公告载明限时竞价每轮{}秒，须与公告一致。", rules.bid.limited_seconds),
        ));
    }
    if !faults.is_empty() {
        return Err(Refusal::Fields { faults });
    }
    Ok(vec![LotEvent::Scheduled { session }])
}

/// The room opened.
pub fn opened(lot: &Lot) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Scheduled])?;
    Ok(vec![LotEvent::SessionOpened])
}

/// The room entered its limited phase.
pub fn limited(lot: &Lot) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::FreeBidding])?;
    Ok(vec![LotEvent::LimitedOpened])
}

/// The room was frozen (rulebook 3.9).
pub fn paused(lot: &Lot, reason: &str) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::FreeBidding, Stage::LimitedBidding])?;
    let reason = super::intake::needed("reason", reason, "请写明暂停的原因，原因会立即公开")?;
    Ok(vec![LotEvent::SessionPaused { reason }])
}

/// The room goes on in this stage.
pub fn resumed(lot: &Lot, stage: Stage) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::BiddingPaused])?;
    match stage {
        Stage::FreeBidding | Stage::LimitedBidding => Ok(vec![LotEvent::SessionResumed { stage }]),
        _ => Err(lot.wrong_stage()),
    }
}

/// The room closed with a winner: the result is posted (F07).
pub fn won(lot: &Lot, outcome: Outcome, publicity_ends: Instant) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::FreeBidding, Stage::LimitedBidding, Stage::Negotiation])?;
    Ok(vec![LotEvent::ResultPosted { outcome, publicity_ends }])
}

/// The negotiation came to nothing (rulebook 3.7): nobody is at fault, and every deposit goes back.
pub fn not_agreed(lot: &Lot, reason: &str) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Negotiation])?;
    let reason = super::intake::needed("reason", reason, "请写明没有达成一致的情况，双方会收到")?;
    let reason = reason.trim_end_matches('。');
    Ok(vec![ended(Stage::FailedCompetition, &format!("协商没有达成一致：{reason}。保证金全额退还。"))])
}

/// The room closed without a valid bid, or below the reserve.
pub fn failed(lot: &Lot, below_reserve: bool) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::FreeBidding, Stage::LimitedBidding])?;
    Ok(vec![if below_reserve {
        ended(Stage::FailedReserve, "最高有效报价低于保留价，未成交，保证金全额退还。")
    } else {
        ended(Stage::FailedNoBid, "竞价期间没有有效报价，未成交，保证金全额退还。")
    }])
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
