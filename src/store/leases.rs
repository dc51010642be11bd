//! Turns: work that several processes could do and one must do. A turn is a row with an end;
//! whoever moves the end first has the turn.

use diesel::prelude::*;
use diesel::sql_types::{Text, Timestamp};

use super::schema::leases;
use super::{Fault, Tx};
use crate::domain::base::Instant;

impl Tx<'_> {
    /// Takes the turn `name` until `until`; `false` when somebody has it beyond `now`.
    pub fn take_turn(&mut self, name: &str, holder: &str, now: Instant, until: Instant) -> Result<bool, Fault> {
        let moved = diesel::update(leases::table.find(name).filter(leases::until_at.le(now.utc())))
            .set((leases::holder.eq(holder), leases::until_at.eq(until.utc())))
            .execute(self.conn)?;
        if moved == 1 {
            return Ok(true);
        }
        // A turn that was never taken, or that somebody has: only the first insert makes a row.
        let begun = diesel::sql_query(
            "INSERT INTO leases (name, holder, until_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING",
        )
        .bind::<Text, _>(name)
        .bind::<Text, _>(holder)
        .bind::<Timestamp, _>(until.utc())
        .execute(self.conn)?;
        Ok(begun == 1)
    }
}
