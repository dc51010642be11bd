//! Double submits: a form carries a random id. Whoever sends it first has it in hand; its success is
//! remembered, so that the second click, even at the same moment, gets the same answer and has no effect.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{form_receipts, meta};
use super::{Fault, Read, Tx};
use crate::domain::base::Instant;
use crate::domain::base::ids::AccountId;

/// Whether a form may be worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is this submit's: nobody has it in hand.
    Mine,
    /// Another submit of the same form is being worked on.
    Busy,
    /// It went through; its answer led here.
    Done(String),
    /// The id belongs to another person's form or another page: it protects nothing here.
    Foreign,
}

/// A value of the database's own notes, such as the demo mark.
pub fn meta_value(db: &mut impl Read, name: &str) -> Result<Option<String>, Fault> {
    Ok(meta::table.find(name).select(meta::value).first(db.conn()).optional()?)
}

/// When a form was taken in hand.
pub fn taken_at(db: &mut impl Read, form_id: &str) -> Result<Option<Instant>, Fault> {
    let at: Option<NaiveDateTime> =
        form_receipts::table.find(form_id).select(form_receipts::created_at).first(db.conn()).optional()?;
    Ok(at.map(Instant::from_utc))
}

impl Tx<'_> {
    /// Takes a form in hand before its act, so that a second click at the same moment waits for the
    /// first one's answer. What was taken before `abandoned` and has no answer was left by a crash.
    pub fn take_form(
        &mut self,
        form_id: &str,
        account: AccountId,
        path: &str,
        now: Instant,
        abandoned: Instant,
    ) -> Result<Turn, Fault> {
        let row: Option<(String, String, String, NaiveDateTime)> = form_receipts::table
            .find(form_id)
            .select((
                form_receipts::account_id,
                form_receipts::path,
                form_receipts::location,
                form_receipts::created_at,
            ))
            .first(self.conn)
            .optional()?;
        let Some((by, at, location, taken)) = row else {
            diesel::insert_into(form_receipts::table)
                .values((
                    form_receipts::form_id.eq(form_id),
                    form_receipts::account_id.eq(account.to_string()),
                    form_receipts::path.eq(path),
                    form_receipts::location.eq(""),
                    form_receipts::created_at.eq(now.utc()),
                ))
                .execute(self.conn)?;
            return Ok(Turn::Mine);
        };
        if by != account.to_string() || at != path {
            return Ok(Turn::Foreign);
        }
        if !location.is_empty() {
            return Ok(Turn::Done(location));
        }
        let stale = form_receipts::table
            .find(form_id)
            .filter(form_receipts::location.eq(""))
            .filter(form_receipts::created_at.eq(taken))
            .filter(form_receipts::created_at.lt(abandoned.utc()));
        let mine = diesel::update(stale).set(form_receipts::created_at.eq(now.utc())).execute(self.conn)? == 1;
        Ok(if mine { Turn::Mine } else { Turn::Busy })
    }

    /// Remembers where a form in hand led.
    pub fn finish_form(&mut self, form_id: &str, location: &str) -> Result<(), Fault> {
        diesel::update(form_receipts::table.find(form_id))
            .set(form_receipts::location.eq(location))
            .execute(self.conn)?;
        Ok(())
    }

    /// Puts a form down whose act was refused: it may be corrected and sent again.
    pub fn put_form_down(&mut self, form_id: &str) -> Result<(), Fault> {
        let open = form_receipts::table.find(form_id).filter(form_receipts::location.eq(""));
        diesel::delete(open).execute(self.conn)?;
        Ok(())
    }

    /// Replaces one of the database's own notes if it still says `from`; of two at once, one does.
    pub fn swap_meta(&mut self, name: &str, from: &str, to: &str) -> Result<bool, Fault> {
        let note = meta::table.find(name).filter(meta::value.eq(from));
        Ok(diesel::update(note).set(meta::value.eq(to)).execute(self.conn)? == 1)
    }

    /// Sets one of the database's own notes.
    pub fn set_meta(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        if diesel::update(meta::table.find(name)).set(meta::value.eq(value)).execute(self.conn)? == 0 {
            diesel::insert_into(meta::table).values((meta::name.eq(name), meta::value.eq(value))).execute(self.conn)?;
        }
        Ok(())
    }
}
