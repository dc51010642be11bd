//! Settings an administrator proposes and another person approves, such as the fee table.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::settings;
use super::{Fault, Read, Tx, stored_id};
use crate::domain::base::Instant;
use crate::domain::base::ids::AccountId;

/// A proposal, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its id.
    pub id: uuid::Uuid,
    /// What it sets, such as `fee.table`.
    pub name: String,
    /// The value as JSON.
    pub value: String,
    /// The document that approved it.
    pub document: String,
    /// First day, `2026-11-22`.
    pub effective_from: String,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// When.
    pub proposed_at: Instant,
    /// Who approved it.
    pub approved_by: Option<AccountId>,
    /// When it was decided.
    pub approved_at: Option<Instant>,
    /// `proposed`, `approved` or `rejected`.
    pub status: String,
}

type Row =
    (String, String, String, String, String, String, NaiveDateTime, Option<String>, Option<NaiveDateTime>, String);

fn setting((id, name, value, document, from, by, at, approved, decided, status): Row) -> Result<Setting, Fault> {
    Ok(Setting {
        id: stored_id("settings.id", &id)?,
        name,
        value,
        document,
        effective_from: from,
        proposed_by: stored_id("settings.proposed_by", &by)?,
        proposed_at: Instant::from_utc(at),
        approved_by: approved.map(|a| stored_id("settings.approved_by", &a)).transpose()?,
        approved_at: decided.map(Instant::from_utc),
        status,
    })
}

/// All proposals of a name, newest first.
pub fn of_name(db: &mut impl Read, name: &str) -> Result<Vec<Setting>, Fault> {
    let rows: Vec<Row> = settings::table
        .filter(settings::name.eq(name))
        .order((settings::proposed_at.desc(), settings::id.desc()))
        .load(db.conn())?;
    rows.into_iter().map(setting).collect()
}

/// Every proposal, in the order of their making.
pub fn all(db: &mut impl Read) -> Result<Vec<Setting>, Fault> {
    let rows: Vec<Row> = settings::table.order((settings::proposed_at, settings::id)).load(db.conn())?;
    rows.into_iter().map(setting).collect()
}

/// One proposal.
pub fn find(db: &mut impl Read, id: uuid::Uuid) -> Result<Option<Setting>, Fault> {
    settings::table.find(id.to_string()).first::<Row>(db.conn()).optional()?.map(setting).transpose()
}

impl Tx<'_> {
    /// A proposal.
    pub fn propose_setting(&mut self, s: &Setting) -> Result<(), Fault> {
        diesel::insert_into(settings::table)
            .values((
                settings::id.eq(s.id.to_string()),
                settings::name.eq(&s.name),
                settings::value.eq(&s.value),
                settings::approval_document.eq(&s.document),
                settings::effective_from.eq(&s.effective_from),
                settings::proposed_by.eq(s.proposed_by.to_string()),
                settings::proposed_at.eq(s.proposed_at.utc()),
                settings::status.eq("proposed"),
            ))
            .execute(self.conn)?;
        self.wrote("settings", s.id);
        Ok(())
    }

    /// The second person's answer; says whether it still was open.
    pub fn decide_setting(&mut self, id: uuid::Uuid, approve: bool, by: AccountId, at: Instant) -> Result<bool, Fault> {
        let n = diesel::update(
            settings::table.filter(settings::id.eq(id.to_string())).filter(settings::status.eq("proposed")),
        )
        .set((
            settings::status.eq(if approve { "approved" } else { "rejected" }),
            settings::approved_by.eq(by.to_string()),
            settings::approved_at.eq(at.utc()),
        ))
        .execute(self.conn)?;
        self.wrote("settings", id);
        Ok(n == 1)
    }
}
