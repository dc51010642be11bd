//! Objections to a result and their public answers (rulebook 2.3, R61).

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::objections;
use super::{Fault, Read, Tx, stored_id};
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, LotId, ObjectionId};

/// An objection as filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredObjection {
    /// Its id.
    pub id: ObjectionId,
    /// The lot whose result it attacks.
    pub lot: LotId,
    /// Who objects; natural persons are masked in public.
    pub name: String,
    /// Telephone or address, sealed under (objections, contact_sealed, id).
    pub contact_sealed: String,
    /// The login, where somebody was logged in.
    pub account: Option<AccountId>,
    /// What is objected, published with the answer.
    pub content: String,
    /// When.
    pub filed_at: Instant,
    /// Answer due by.
    pub due_at: Instant,
    /// The public answer; empty while there is none.
    pub answer: String,
    /// Sustained or not, once answered; neither where another objection closed it.
    pub sustained: Option<bool>,
    /// When it was answered or closed.
    pub answered_at: Option<Instant>,
}

type Row = (
    String,
    String,
    String,
    String,
    Option<String>,
    String,
    NaiveDateTime,
    NaiveDateTime,
    String,
    Option<bool>,
    Option<String>,
    Option<NaiveDateTime>,
);

fn objection(row: Row) -> Result<StoredObjection, Fault> {
    let (id, lot, name, contact_sealed, account, content, filed, due, answer, sustained, _, answered) = row;
    Ok(StoredObjection {
        id: stored_id("objections.id", &id)?,
        lot: stored_id("objections.lot_id", &lot)?,
        name,
        contact_sealed,
        account: account.map(|a| stored_id("objections.account_id", &a)).transpose()?,
        content,
        filed_at: Instant::from_utc(filed),
        due_at: Instant::from_utc(due),
        answer,
        sustained,
        answered_at: answered.map(Instant::from_utc),
    })
}

/// The objections to a lot's result, oldest first.
pub fn of_lot(db: &mut impl Read, lot: LotId) -> Result<Vec<StoredObjection>, Fault> {
    let rows: Vec<Row> = objections::table
        .filter(objections::lot_id.eq(lot.to_string()))
        .order((objections::filed_at, objections::id))
        .load(db.conn())?;
    rows.into_iter().map(objection).collect()
}

impl Tx<'_> {
    /// A new objection.
    pub fn insert_objection(&mut self, o: &StoredObjection) -> Result<(), Fault> {
        diesel::insert_into(objections::table)
            .values((
                objections::id.eq(o.id.to_string()),
                objections::lot_id.eq(o.lot.to_string()),
                objections::name.eq(&o.name),
                objections::contact_sealed.eq(&o.contact_sealed),
                objections::account_id.eq(o.account.map(|a| a.to_string())),
                objections::content.eq(&o.content),
                objections::filed_at.eq(o.filed_at.utc()),
                objections::due_at.eq(o.due_at.utc()),
                objections::answer.eq(&o.answer),
            ))
            .execute(self.conn)?;
        self.wrote("objections", o.id);
        Ok(())
    }

    /// The public answer, or the word that closes an objection that is neither sustained nor dismissed; an
    /// objection is answered once. Says whether it still was open.
    pub fn answer_objection(
        &mut self,
        id: ObjectionId,
        answer: &str,
        sustained: Option<bool>,
        by: AccountId,
        at: Instant,
    ) -> Result<bool, Fault> {
        let touched = diesel::update(objections::table.find(id.to_string()).filter(objections::answered_at.is_null()))
            .set((
                objections::answer.eq(answer),
                objections::sustained.eq(sustained),
                objections::answered_by.eq(by.to_string()),
                objections::answered_at.eq(at.utc()),
            ))
            .execute(self.conn)?;
        self.wrote("objections", id);
        Ok(touched == 1)
    }
}
