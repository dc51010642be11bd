//! Turns: work that several processes could do and one must do. A turn is a row with an end;
//! whoever moves the end first has the turn.

use diesel::prelude::*;

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
        let stands = leases::table.find(name).select(leases::name).first::<String>(self.conn).optional()?;
        if stands.is_some() {
            return Ok(false);
        }
        diesel::insert_into(leases::table)
            .values((leases::name.eq(name), leases::holder.eq(holder), leases::until_at.eq(until.utc())))
            .execute(self.conn)?;
        Ok(true)
    }
}
