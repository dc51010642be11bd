//! One-time codes for step-up: single use, ten minutes, few attempts.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::one_time_codes as codes;
use super::{Fault, Tx, stored_id};
use crate::domain::base::Instant;
use crate::domain::base::ids::AccountId;

/// A code waiting for its use.
#[derive(Clone, Debug)]
pub struct WaitingCode {
    /// Its id.
    pub id: uuid::Uuid,
    /// What is stored in place of the code.
    pub stored: String,
    /// Until when.
    pub expires_at: Instant,
    /// Wrong attempts so far.
    pub attempts: i64,
}

impl Tx<'_> {
    #[expect(clippy::too_many_arguments, reason = "one argument a column of one row")]
    /// A new code; older ones of the same purpose are used up.
    pub fn insert_code(
        &mut self,
        id: uuid::Uuid,
        account: AccountId,
        purpose: &str,
        bound_hash: &str,
        stored: &str,
        now: Instant,
        expires: Instant,
    ) -> Result<(), Fault> {
        diesel::update(
            codes::table
                .filter(codes::account_id.eq(account.to_string()))
                .filter(codes::purpose.eq(purpose))
                .filter(codes::used_at.is_null()),
        )
        .set(codes::used_at.eq(now.utc()))
        .execute(self.conn)?;
        diesel::insert_into(codes::table)
            .values((
                codes::id.eq(id.to_string()),
                codes::account_id.eq(account.to_string()),
                codes::purpose.eq(purpose),
                codes::bound_hash.eq(bound_hash),
                codes::code_hash.eq(stored),
                codes::created_at.eq(now.utc()),
                codes::expires_at.eq(expires.utc()),
                codes::attempts.eq(0),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Takes the waiting code of this account, purpose and subject and counts the attempt.
    pub fn try_code(&mut self, account: AccountId, purpose: &str, bound: &str) -> Result<Option<WaitingCode>, Fault> {
        let row: Option<(String, String, NaiveDateTime, i64)> = diesel::update(
            codes::table
                .filter(codes::account_id.eq(account.to_string()))
                .filter(codes::purpose.eq(purpose))
                .filter(codes::bound_hash.eq(bound))
                .filter(codes::used_at.is_null()),
        )
        .set(codes::attempts.eq(codes::attempts + 1))
        .returning((codes::id, codes::code_hash, codes::expires_at, codes::attempts))
        .get_result(self.conn)
        .optional()?;
        row.map(|(id, stored, expires, attempts)| {
            Ok(WaitingCode {
                id: stored_id("one_time_codes.id", &id)?,
                stored,
                expires_at: Instant::from_utc(expires),
                attempts,
            })
        })
        .transpose()
    }

    /// No code of this account that is under way can be used any more: they went to an address that is not his.
    pub fn void_codes(&mut self, account: AccountId, at: Instant) -> Result<(), Fault> {
        let waiting = codes::table.filter(codes::account_id.eq(account.to_string())).filter(codes::used_at.is_null());
        diesel::update(waiting).set(codes::used_at.eq(at.utc())).execute(self.conn)?;
        Ok(())
    }

    /// The code is used up.
    pub fn use_code(&mut self, id: uuid::Uuid, at: Instant) -> Result<(), Fault> {
        diesel::update(codes::table.find(id.to_string())).set(codes::used_at.eq(at.utc())).execute(self.conn)?;
        Ok(())
    }
}
