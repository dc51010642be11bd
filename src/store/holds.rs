//! Deposits as holds: which bank line brought them, and how they ended.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::schema::{holds, lots};
use super::{Fault, Read, Tx, stored, stored_id};
use crate::domain::base::Fen;
use crate::domain::base::ids::{ApplicationId, BankLineId, HoldId, LotId, RefundId};
use crate::domain::lot::Stage;

/// Where a stored hold stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldStatus {
    /// 已到账
    Held,
    /// 已转为价款
    Converted,
    /// 已转入退款
    Refunding,
    /// 已退还
    Refunded,
    /// 不予退还
    Forfeited,
}

impl HoldStatus {
    const ALL: [HoldStatus; 5] =
        [HoldStatus::Held, HoldStatus::Converted, HoldStatus::Refunding, HoldStatus::Refunded, HoldStatus::Forfeited];

    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            HoldStatus::Held => "held",
            HoldStatus::Converted => "converted",
            HoldStatus::Refunding => "refunding",
            HoldStatus::Refunded => "refunded",
            HoldStatus::Forfeited => "forfeited",
        }
    }

    /// The word on screens.
    pub fn zh(self) -> &'static str {
        match self {
            HoldStatus::Held => "已到账",
            HoldStatus::Converted => "已转为价款",
            HoldStatus::Refunding => "已转入退款",
            HoldStatus::Refunded => "已退还",
            HoldStatus::Forfeited => "不予退还",
        }
    }

    fn from_name(name: &str) -> Option<HoldStatus> {
        HoldStatus::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// A deposit that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredHold {
    /// Its id.
    pub id: HoldId,
    /// Whose.
    pub application: ApplicationId,
    /// For which lot.
    pub lot: LotId,
    /// How much.
    pub amount: Fen,
    /// The line that brought it.
    pub line: BankLineId,
    /// Where it stands.
    pub status: HoldStatus,
    /// The order that gives the whole of it back.
    pub refund: Option<RefundId>,
}

type Row = (String, String, String, i64, String, String, i64, Option<String>);

fn hold((id, application, lot, amount, line, status, _, refund): Row) -> Result<StoredHold, Fault> {
    Ok(StoredHold {
        id: stored_id("holds.id", &id)?,
        application: stored_id("holds.application_id", &application)?,
        lot: stored_id("holds.lot_id", &lot)?,
        amount: Fen(amount),
        line: stored_id("holds.bank_line_id", &line)?,
        status: stored("holds.status", HoldStatus::from_name(&status), &status)?,
        refund: refund.map(|r| stored_id("holds.refund_id", &r)).transpose()?,
    })
}

/// The deposit of an application, once it arrived: the newest, where he took it back and paid again.
pub fn of_application(db: &mut impl Read, id: ApplicationId) -> Result<Option<StoredHold>, Fault> {
    holds::table
        .filter(holds::application_id.eq(id.to_string()))
        .order(holds::id.desc())
        .first::<Row>(db.conn())
        .optional()?
        .map(hold)
        .transpose()
}

/// The deposit that an order gives back.
pub fn of_refund(db: &mut impl Read, id: RefundId) -> Result<Option<StoredHold>, Fault> {
    holds::table.filter(holds::refund_id.eq(id.to_string())).first::<Row>(db.conn()).optional()?.map(hold).transpose()
}

/// The deposits of a lot.
pub fn of_lot(db: &mut impl Read, lot: LotId) -> Result<Vec<StoredHold>, Fault> {
    let rows: Vec<Row> = holds::table.filter(holds::lot_id.eq(lot.to_string())).order(holds::id).load(db.conn())?;
    rows.into_iter().map(hold).collect()
}

/// Whether the lot's session is over, so that its money may be shown under its name: what its stage says of the
/// registrants.
pub fn lot_opened_up(db: &mut impl Read, lot: LotId) -> Result<bool, Fault> {
    let stage: Option<String> = lots::table.find(lot.to_string()).select(lots::stage).first(db.conn()).optional()?;
    // Which stages hide who registered is the domain's to say, here as in the journal.
    let stage = stage.map(|name| stored("lots.stage", Stage::from_name(&name), &name)).transpose()?;
    Ok(stage.is_some_and(|stage| !stage.registrants_hidden()))
}

/// The public numbers of those of these lots whose session is over, as [`lot_opened_up`] says.
pub fn opened_up(db: &mut impl Read, of: &[LotId]) -> Result<BTreeMap<LotId, String>, Fault> {
    let ids: Vec<String> = of.iter().map(ToString::to_string).collect();
    let hiding = Stage::ALL.iter().filter(|stage| stage.registrants_hidden()).map(|stage| stage.name());
    let rows: Vec<(String, Option<String>)> = lots::table
        .filter(lots::id.eq_any(ids))
        .filter(lots::stage.ne_all(hiding))
        .select((lots::id, lots::lot_no))
        .load(db.conn())?;
    rows.into_iter().map(|(id, no)| Ok((stored_id("lots.id", &id)?, no.unwrap_or_default()))).collect()
}

impl Tx<'_> {
    /// A deposit arrived.
    pub fn insert_hold(&mut self, h: &StoredHold) -> Result<(), Fault> {
        diesel::insert_into(holds::table)
            .values((
                holds::id.eq(h.id.to_string()),
                holds::application_id.eq(h.application.to_string()),
                holds::lot_id.eq(h.lot.to_string()),
                holds::amount_fen.eq(h.amount.0),
                holds::bank_line_id.eq(h.line.to_string()),
                holds::status.eq(h.status.name()),
                holds::version.eq(1),
                holds::refund_id.eq(h.refund.map(|r| r.to_string())),
            ))
            .execute(self.conn)?;
        self.wrote("holds", h.id);
        Ok(())
    }

    /// A hold goes back by this order.
    pub fn give_hold_back(&mut self, id: HoldId, by: RefundId) -> Result<(), Fault> {
        diesel::update(holds::table.find(id.to_string()))
            .set((
                holds::status.eq(HoldStatus::Refunding.name()),
                holds::refund_id.eq(by.to_string()),
                holds::version.eq(holds::version + 1),
            ))
            .execute(self.conn)?;
        self.wrote("holds", id);
        Ok(())
    }

    /// A hold ended, or its refund was paid.
    pub fn set_hold(&mut self, id: HoldId, status: HoldStatus) -> Result<(), Fault> {
        diesel::update(holds::table.find(id.to_string()))
            .set((holds::status.eq(status.name()), holds::version.eq(holds::version + 1)))
            .execute(self.conn)?;
        self.wrote("holds", id);
        Ok(())
    }
}
