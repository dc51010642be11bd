//! Result publicity, objections, confirmation and approvals (rulebook 2.3 T15–T16, 2.4, 6.5, 6.6).

use super::listing::ended;
use super::{ApprovalKind, Lot, LotEvent, Party, Signing, Stage};
use crate::base::calendar::{Calendar, Unconfirmed};
use crate::base::ids::ObjectionId;
use crate::base::{Day, Instant};
use crate::refusal::Refusal;

/// R61: an objection filed at `now` stops the publicity's clock. The working days that are not over yet are
/// kept: the day of the objection too, unless the counters have closed.
///
/// # Errors
/// Out of stage; a calendar that no longer knows the days of the publicity.
pub fn object(
    lot: &Lot,
    objection: ObjectionId,
    answer_due: Instant,
    calendar: &Calendar,
    now: Instant,
) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Publicity, Stage::ObjectionHandling])?;
    let running = lot.publicity_ends.filter(|_| lot.stage == Stage::Publicity);
    let days_left = running.map(|ends| days_left(calendar, now, ends)).transpose();
    let days_left = days_left.map_err(|u| Refusal::CalendarUnconfirmed { year: u.year })?;
    Ok(vec![LotEvent::Objected { objection, answer_due, days_left }])
}

/// The working days of a publicity that are not over at `now`.
fn days_left(calendar: &Calendar, now: Instant, ends: Instant) -> Result<u32, Unconfirmed> {
    let today = now.day();
    let over = if now < calendar.close().on(today) { today.plus(-1) } else { today };
    calendar.working_days_between(over, ends.day())
}

/// When a publicity that goes on at `now` ends: at the close of business (rulebook 0.4) of the last of the
/// working days that were left when its clock stopped, the day of the answer not counted.
///
/// # Errors
/// [`Unconfirmed`] when that falls into a year that is not confirmed.
pub fn goes_on_until(lot: &Lot, calendar: &Calendar, now: Instant) -> Result<Instant, Unconfirmed> {
    if let Some(days) = lot.publicity_days_left {
        return calendar.due(now, days, true);
    }
    // An objection that an earlier release took left wall-clock time.
    let passed = Instant::from_micros(now.micros() + lot.publicity_left.unwrap_or(0).max(0));
    let day = if passed > calendar.close().on(passed.day()) { passed.day().plus(1) } else { passed.day() };
    Ok(calendar.close().on(calendar.working_day_from(day)?))
}

/// The written answer. Not sustained and no other open: the clock goes on until `ends`.
/// Sustained: the deal is void (X60) with full refunds, and the other open objections are closed with it.
///
/// # Errors
/// Out of stage, or an objection that waits for no answer.
pub fn answer(lot: &Lot, objection: ObjectionId, sustained: bool, ends: Instant) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::ObjectionHandling])?;
    let open: Vec<_> = lot.objections.iter().filter(|o| o.is_open()).collect();
    if !open.iter().any(|o| o.id == objection) {
        return Err(lot.wrong_stage());
    }
    if sustained {
        let mut events = vec![LotEvent::ObjectionAnswered { objection, sustained, publicity_ends: None }];
        let others = open.iter().filter(|o| o.id != objection);
        events.extend(others.map(|o| LotEvent::ObjectionClosed { objection: o.id }));
        events.push(ended(Stage::Annulled, "异议成立，成交无效，保证金全额退还。"));
        return Ok(events);
    }
    let ends = (open.len() == 1).then_some(ends);
    Ok(vec![LotEvent::ObjectionAnswered { objection, sustained, publicity_ends: ends }])
}

/// T15: publicity over without a sustained objection.
pub fn end_publicity(lot: &Lot, confirmation_no: &str) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Publicity])?;
    if lot.objection_open() {
        return Err(lot.wrong_stage());
    }
    Ok(vec![LotEvent::PublicityEnded { confirmation_no: confirmation_no.to_owned() }])
}

/// A party signs the confirmation (F08). When both have, the approvals or the contract follow.
pub fn sign_confirmation(
    lot: &Lot,
    party: Party,
    signing: Signing,
    approvals: &[ApprovalKind],
) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Confirmation])?;
    if lot.confirmation.of(party).is_some() {
        return Err(Refusal::rule("SIGNED_ALREADY", format!("{}已经签署过成交确认书。", party.zh()), ""));
    }
    let other = match party {
        Party::Transferor => Party::Transferee,
        Party::Transferee => Party::Transferor,
    };
    let mut events = vec![LotEvent::ConfirmationSigned { party, signing }];
    if lot.confirmation.of(other).is_some() {
        events.push(confirmed(approvals));
    }
    Ok(events)
}

/// What follows when both have signed the confirmation: the contract, or the approvals before it.
pub(super) fn confirmed(approvals: &[ApprovalKind]) -> LotEvent {
    if approvals.is_empty() { LotEvent::ReadyToSign } else { LotEvent::ApprovalAsked { kinds: approvals.to_vec() } }
}

/// K70: an authority's decision. A refusal without fault ends the deal with a full refund.
pub fn decide_approval(
    lot: &Lot,
    kind: ApprovalKind,
    granted: bool,
    number: &str,
    day: Day,
    note: &str,
) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Approval])?;
    if lot.intention.is_none() {
        return Err(Refusal::rule(
            "NO_INTENTION",
            "还没有双方签署的流转意向协议书，不能登记审批决定。请鉴证岗或者乡镇服务站先上传签署后的扫描件。",
            "《农村土地经营权流转管理办法》第二十九条；规则手册 2.3 T16",
        ));
    }
    let Some(asked) = lot.approvals.iter().find(|a| a.kind == kind) else { return Err(lot.wrong_stage()) };
    if asked.decision.is_some() {
        return Err(lot.wrong_stage());
    }
    let number = super::intake::needed("number", number, "请填写审批决定的文号")?;
    let mut events = vec![LotEvent::ApprovalDecided { kind, granted, number, day, note: note.trim().to_owned() }];
    if !granted {
        events.push(ended(
            Stage::Terminated,
            &format!("{}未获批准，交易终结，双方均无过错，保证金全额退还。", kind.zh()),
        ));
    } else if lot.approvals_open().count() == 1 {
        events.push(LotEvent::ReadyToSign);
    }
    Ok(events)
}

#[cfg(test)]
#[path = "result_tests.rs"]
mod tests;
