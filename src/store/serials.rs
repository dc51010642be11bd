//! Running numbers (rulebook 8.2): unique, never reused, gaps allowed.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::schema::serials;
use super::{Fault, Read, Tx};

/// The number that a series gives next, if nobody draws it before.
pub fn upcoming(db: &mut impl Read, name: &str) -> Result<u32, Fault> {
    let next: Option<i64> = serials::table.find(name).select(serials::next_value).first(db.conn()).optional()?;
    u32::try_from(next.unwrap_or(1)).map_err(|e| Fault::Inconsistent(format!("serial {name}: {e}")))
}

impl Tx<'_> {
    /// The next number of a series, from 1. The row is locked until the transaction ends.
    pub fn next_serial(&mut self, name: &str) -> Result<u32, Fault> {
        self.before_the_head()?;
        let value = match self.take_serial(name)? {
            Some(value) => value,
            None => {
                // Two may find the series missing at once: one begins it, the other waits for that.
                diesel::sql_query(
                    "INSERT INTO serials (name, next_value) VALUES ($1, 1) ON CONFLICT (name) DO NOTHING",
                )
                .bind::<Text, _>(name)
                .execute(self.conn)?;
                let begun = self.take_serial(name)?;
                begun.ok_or_else(|| Fault::Inconsistent(format!("serial {name} cannot be begun")))?
            }
        };
        u32::try_from(value).map_err(|e| Fault::Inconsistent(format!("serial {name}: {e}")))
    }

    fn take_serial(&mut self, name: &str) -> Result<Option<i64>, Fault> {
        let next: Option<i64> = diesel::update(serials::table.find(name))
            .set(serials::next_value.eq(serials::next_value + 1))
            .returning(serials::next_value)
            .get_result(self.conn)
            .optional()?;
        Ok(next.map(|next| next - 1))
    }
}
