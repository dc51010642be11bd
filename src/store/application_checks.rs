//! What the qualification post looked up of an applicant.

use diesel::prelude::*;

use super::schema::{application_checks, applications};
use super::{Fault, Read, Tx, from_json, to_json};
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, ApplicationId, LotId};
use crate::domain::eligibility::LookedUp;

/// What was looked up for the latest decision on an application.
pub fn latest(db: &mut impl Read, application: ApplicationId) -> Result<Option<LookedUp>, Fault> {
    let stored: Option<String> = application_checks::table
        .filter(application_checks::application_id.eq(application.to_string()))
        .order((application_checks::checked_at.desc(), application_checks::id.desc()))
        .select(application_checks::looked_up)
        .first(db.conn())
        .optional()?;
    stored.map(|text| from_json("application_checks.looked_up", &text)).transpose()
}

/// Whether this account decided on an applicant of the lot.
pub fn by(db: &mut impl Read, lot: LotId, account: AccountId) -> Result<bool, Fault> {
    let n: i64 = application_checks::table
        .inner_join(applications::table.on(applications::id.eq(application_checks::application_id)))
        .filter(applications::lot_id.eq(lot.to_string()))
        .filter(application_checks::checked_by.eq(account.to_string()))
        .count()
        .get_result(db.conn())?;
    Ok(n > 0)
}

impl Tx<'_> {
    /// Keeps what was looked up for a decision.
    pub fn insert_check(
        &mut self,
        id: uuid::Uuid,
        application: ApplicationId,
        found: &LookedUp,
        by: AccountId,
        at: Instant,
    ) -> Result<(), Fault> {
        diesel::insert_into(application_checks::table)
            .values((
                application_checks::id.eq(id.to_string()),
                application_checks::application_id.eq(application.to_string()),
                application_checks::looked_up.eq(to_json("application_checks.looked_up", found)?),
                application_checks::checked_by.eq(by.to_string()),
                application_checks::checked_at.eq(at.utc()),
            ))
            .execute(self.conn)?;
        self.wrote("application_checks", id);
        Ok(())
    }
}
