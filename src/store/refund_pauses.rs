//! Why payments waited: who said so, in which words, and who let them go on.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::refund_pauses;
use super::{Fault, Read, Tx, stored, stored_id};
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, RefundId};
use crate::domain::funds::PauseReason;

/// Somebody's word on a pause, or the clock's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The reason in words; the payee is told it.
    pub words: String,
    /// Whose account; `None` where a rule decided by itself.
    pub by: Option<AccountId>,
    /// As what, in Chinese.
    pub post: String,
    /// When.
    pub at: Instant,
}

/// One pause of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPause {
    /// Its id.
    pub id: uuid::Uuid,
    /// The order.
    pub order: RefundId,
    /// Which of the three reasons.
    pub reason: PauseReason,
    /// Who ordered it.
    pub ordered: Word,
    /// Who lifted it.
    pub lifted: Option<Word>,
}

type Row = (
    String,
    String,
    String,
    String,
    Option<String>,
    String,
    NaiveDateTime,
    String,
    Option<String>,
    String,
    Option<NaiveDateTime>,
);

fn pause(row: Row) -> Result<StoredPause, Fault> {
    let (id, order, reason, words, by, post, at, lifted_words, lifted_by, lifted_post, lifted_at) = row;
    let account = |column: &str, by: Option<String>| by.map(|a| stored_id(column, &a)).transpose();
    let lifted = match lifted_at {
        Some(at) => Some(Word {
            words: lifted_words,
            by: account("refund_pauses.lifted_by", lifted_by)?,
            post: lifted_post,
            at: Instant::from_utc(at),
        }),
        None => None,
    };
    Ok(StoredPause {
        id: stored_id("refund_pauses.id", &id)?,
        order: stored_id("refund_pauses.refund_id", &order)?,
        reason: stored("refund_pauses.reason", reason.parse().ok(), &reason)?,
        ordered: Word { words, by: account("refund_pauses.ordered_by", by)?, post, at: Instant::from_utc(at) },
        lifted,
    })
}

/// The pauses of an order, oldest first.
pub fn of_order(db: &mut impl Read, order: RefundId) -> Result<Vec<StoredPause>, Fault> {
    let rows: Vec<Row> = refund_pauses::table
        .filter(refund_pauses::refund_id.eq(order.to_string()))
        .order((refund_pauses::ordered_at, refund_pauses::id))
        .load(db.conn())?;
    rows.into_iter().map(pause).collect()
}

/// What holds these orders back now, oldest first.
pub fn open_of(db: &mut impl Read, orders: &[RefundId]) -> Result<Vec<StoredPause>, Fault> {
    let orders: Vec<String> = orders.iter().map(ToString::to_string).collect();
    let rows: Vec<Row> = refund_pauses::table
        .filter(refund_pauses::refund_id.eq_any(orders))
        .filter(refund_pauses::lifted_at.is_null())
        .order((refund_pauses::ordered_at, refund_pauses::id))
        .load(db.conn())?;
    rows.into_iter().map(pause).collect()
}

/// All pauses, for the verification.
pub fn all(db: &mut impl Read) -> Result<Vec<StoredPause>, Fault> {
    let rows: Vec<Row> = refund_pauses::table.order(refund_pauses::id).load(db.conn())?;
    rows.into_iter().map(pause).collect()
}

impl Tx<'_> {
    /// A new pause.
    pub fn insert_pause(&mut self, p: &StoredPause) -> Result<(), Fault> {
        diesel::insert_into(refund_pauses::table)
            .values((
                refund_pauses::id.eq(p.id.to_string()),
                refund_pauses::refund_id.eq(p.order.to_string()),
                refund_pauses::reason.eq(p.reason.name()),
                refund_pauses::words.eq(&p.ordered.words),
                refund_pauses::ordered_by.eq(p.ordered.by.map(|a| a.to_string())),
                refund_pauses::ordered_post.eq(&p.ordered.post),
                refund_pauses::ordered_at.eq(p.ordered.at.utc()),
                refund_pauses::lifted_words.eq(""),
                refund_pauses::lifted_post.eq(""),
            ))
            .execute(self.conn)?;
        self.wrote("refund_pauses", p.id);
        Ok(())
    }

    /// Ends a pause; says whether it still was open.
    pub fn lift_pause(&mut self, id: uuid::Uuid, word: &Word) -> Result<bool, Fault> {
        let open = refund_pauses::table.find(id.to_string()).filter(refund_pauses::lifted_at.is_null());
        let touched = diesel::update(open)
            .set((
                refund_pauses::lifted_words.eq(&word.words),
                refund_pauses::lifted_by.eq(word.by.map(|a| a.to_string())),
                refund_pauses::lifted_post.eq(&word.post),
                refund_pauses::lifted_at.eq(word.at.utc()),
            ))
            .execute(self.conn)?;
        self.wrote("refund_pauses", id);
        Ok(touched == 1)
    }
}
