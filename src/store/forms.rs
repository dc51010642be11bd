//! Double submits: a form carries a random id; its first success is remembered, so that the
//! second click gets the same answer and has no effect.

use diesel::prelude::*;

use super::schema::{form_receipts, meta};
use super::{Fault, Read, Tx};
use crate::domain::base::Instant;
use crate::domain::base::ids::AccountId;

/// Where the first submit of this form led, for the same account and path.
pub fn receipt(db: &mut impl Read, form_id: &str, account: AccountId, path: &str) -> Result<Option<String>, Fault> {
    Ok(form_receipts::table
        .find(form_id)
        .filter(form_receipts::account_id.eq(account.to_string()))
        .filter(form_receipts::path.eq(path))
        .select(form_receipts::location)
        .first(db.conn())
        .optional()?)
}

/// A value of the database's own notes, such as the demo mark.
pub fn meta_value(db: &mut impl Read, name: &str) -> Result<Option<String>, Fault> {
    Ok(meta::table.find(name).select(meta::value).first(db.conn()).optional()?)
}

impl Tx<'_> {
    /// Remembers a form's success.
    pub fn keep_receipt(
        &mut self,
        form_id: &str,
        account: AccountId,
        path: &str,
        location: &str,
        at: Instant,
    ) -> Result<(), Fault> {
        diesel::insert_into(form_receipts::table)
            .values((
                form_receipts::form_id.eq(form_id),
                form_receipts::account_id.eq(account.to_string()),
                form_receipts::path.eq(path),
                form_receipts::location.eq(location),
                form_receipts::created_at.eq(at.utc()),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Sets one of the database's own notes.
    pub fn set_meta(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        if diesel::update(meta::table.find(name)).set(meta::value.eq(value)).execute(self.conn)? == 0 {
            diesel::insert_into(meta::table).values((meta::name.eq(name), meta::value.eq(value))).execute(self.conn)?;
        }
        Ok(())
    }
}
