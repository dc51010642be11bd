//! Running numbers (rulebook 8.2): unique, never reused, gaps allowed.

use diesel::prelude::*;

use super::schema::serials;
use super::{Fault, Tx};

impl Tx<'_> {
    /// The next number of a series, from 1. The row is locked until the transaction ends.
    pub fn next_serial(&mut self, name: &str) -> Result<u32, Fault> {
        let taken: Option<i64> = diesel::update(serials::table.find(name))
            .set(serials::next_value.eq(serials::next_value + 1))
            .returning(serials::next_value)
            .get_result(self.conn)
            .optional()?;
        let value = match taken {
            Some(next) => next - 1,
            None => {
                diesel::insert_into(serials::table)
                    .values((serials::name.eq(name), serials::next_value.eq(2)))
                    .execute(self.conn)?;
                1
            }
        };
        u32::try_from(value).map_err(|e| Fault::Inconsistent(format!("serial {name}: {e}")))
    }
}
