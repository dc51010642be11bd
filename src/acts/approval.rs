//! K70: the authority's decision, recorded with number and day (rulebook 6.5, 6.6).

use super::on_lot;
use crate::context::App;
use crate::domain::actor::{Actor, Role};
use crate::domain::base::Day;
use crate::domain::base::ids::LotId;
use crate::domain::category::Department;
use crate::domain::lot::{Act, ApprovalKind, Lot, LotEvent, result};
use crate::domain::refusal::Refusal;
use crate::store::{Stop, lots};

/// An authority's decision.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Which approval.
    pub kind: ApprovalKind,
    /// Granted or refused.
    pub granted: bool,
    /// Its number.
    pub number: String,
    /// Its day.
    pub day: Day,
    /// Conditions or reasons.
    pub note: String,
}

/// Records a decision. A refusal ends the deal with full refunds.
pub fn record(app: &App, actor: &Actor, id: LotId, decision: &Decision) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::RecordApproval, |tx, lot, now| {
        if !may_record(actor, lot, decision.kind) {
            let who = match decision.kind {
                ApprovalKind::Township => "标的所在乡镇服务站",
                ApprovalKind::CommercialCapital => "县农业农村局",
            };
            return Err(Refusal::NotYours { who: who.into() }.into());
        }
        if decision.day > now.day() {
            return Err(Refusal::field("day", "决定日期不能晚于今天").into());
        }
        let posted = lots::events(tx, id)?;
        let posted = posted.iter().rev().find(|r| matches!(r.event, LotEvent::ResultPosted { .. })).map(|r| r.at.day());
        if let Some(posted) = posted.filter(|posted| decision.day < *posted) {
            let words = format!("决定日期不能早于成交结果产生之日（{}）", posted.zh());
            return Err(Refusal::field("day", words).into());
        }
        if !decision.granted && decision.note.trim().is_empty() {
            return Err(Refusal::field("note", "不予批准时，请写明理由").into());
        }
        let events = result::decide_approval(
            lot,
            decision.kind,
            decision.granted,
            &decision.number,
            decision.day,
            &decision.note,
        )?;
        Ok((events, ()))
    })
}

/// The township records its own approval, the department the licence.
pub fn may_record(actor: &Actor, lot: &Lot, kind: ApprovalKind) -> bool {
    match kind {
        ApprovalKind::Township => actor.reaches(Role::TownshipClerk, &lot.place, &[]),
        // Other departments that were consulted have no part in the licence.
        ApprovalKind::CommercialCapital => actor.reaches(Role::Department, &lot.place, &[Department::Agriculture]),
    }
}
