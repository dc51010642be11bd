//! What the papers of a deal need to know of its parties.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{lots, parties};
use super::{Fault, Read, Tx, from_json, stored_id};
use crate::domain::base::Instant;
use crate::domain::base::ids::{LotId, PartyId};
use crate::domain::lot::{Lot, Stage};

/// A party as it stands on papers; numbers still sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyCard {
    /// Its id.
    pub id: PartyId,
    /// `person`, `organisation` or `collective`.
    pub kind: String,
    /// Full name.
    pub name: String,
    /// ID number or credit code, sealed under (parties, id_sealed, id).
    pub id_sealed: String,
    /// Telephone, sealed under (parties, phone_sealed, id).
    pub phone_sealed: String,
    /// Legal representative or head.
    pub representative: String,
    /// Home or seat.
    pub address: String,
    /// When the party agreed to electronic form, if ever.
    pub agreed_electronic_at: Option<Instant>,
}

/// One party.
pub fn card(db: &mut impl Read, id: PartyId) -> Result<Option<PartyCard>, Fault> {
    type Row = (String, String, String, String, String, String, String, Option<NaiveDateTime>);
    let row: Option<Row> = parties::table
        .find(id.to_string())
        .select((
            parties::id,
            parties::kind,
            parties::name,
            parties::id_sealed,
            parties::phone_sealed,
            parties::representative,
            parties::address,
            parties::agreed_electronic_at,
        ))
        .first(db.conn())
        .optional()?;
    row.map(|(id, kind, name, id_sealed, phone_sealed, representative, address, agreed)| {
        Ok(PartyCard {
            id: stored_id("parties.id", &id)?,
            kind,
            name,
            id_sealed,
            phone_sealed,
            representative,
            address,
            agreed_electronic_at: agreed.map(Instant::from_utc),
        })
    })
    .transpose()
}

/// Land that the party received since `since`, this lot left out: township and area in 0.0001 mu of each lot
/// (rulebook 6.5: splitting to dodge a level is barred). What counts is when its contract was made, not how far the
/// lot has come since; a deal whose contract is still to be made is under way and counts, one that was undone does
/// not.
///
/// # Errors
/// A stored lot that cannot be read.
pub fn land_received(
    db: &mut impl Read,
    party: PartyId,
    but: LotId,
    since: Instant,
) -> Result<Vec<(String, i64)>, Fault> {
    let undone: Vec<&str> = Stage::ALL.iter().filter(|s| s.undoes_the_deal()).map(|s| s.name()).collect();
    let rows: Vec<(String, Option<i64>, String)> = lots::table
        .filter(lots::transferee_id.eq(party.to_string()))
        .filter(lots::id.ne(but.to_string()))
        .filter(lots::category.eq_any([1i64, 3, 5]))
        .filter(lots::stage.ne_all(undone))
        .order(lots::id)
        .select((lots::township, lots::area, lots::body))
        .load(db.conn())?;
    let mut land = Vec::new();
    for (township, area, body) in rows {
        let lot: Lot = from_json("lots.body", &body)?;
        let recent = lot.contract.as_ref().is_none_or(|contract| contract.made_at >= since);
        land.extend(area.filter(|_| recent).map(|area| (township, area)));
    }
    Ok(land)
}

impl Tx<'_> {
    /// The party agrees to sign in electronic form; the first agreement stands.
    pub fn agree_electronic(&mut self, id: PartyId, at: Instant) -> Result<(), Fault> {
        diesel::update(parties::table.find(id.to_string()).filter(parties::agreed_electronic_at.is_null()))
            .set(parties::agreed_electronic_at.eq(at.utc()))
            .execute(self.conn)?;
        self.wrote("parties", id);
        Ok(())
    }
}
