//! What may wait for somebody: lots by stage and by party.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::base::Instant;
use crate::domain::base::ids::PartyId;
use crate::domain::lot::{Lot, Stage};
use crate::store::schema::lots;
use crate::store::{Fault, Read, from_json};

/// A lot with its shown title and time limit.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The lot.
    pub lot: Lot,
    /// Title.
    pub title: String,
    /// Until when the one who moves next is in time.
    pub limit_at: Option<Instant>,
}

type Row = (String, String, Option<NaiveDateTime>);

fn waiting(rows: Vec<Row>) -> Result<Vec<Waiting>, Fault> {
    rows.into_iter()
        .map(|(body, title, limit)| {
            Ok(Waiting { lot: from_json("lots.body", &body)?, title, limit_at: limit.map(Instant::from_utc) })
        })
        .collect()
}

/// Lots in these stages, the most urgent first.
pub fn in_stages(db: &mut impl Read, stages: &[Stage], limit: i64) -> Result<Vec<Waiting>, Fault> {
    let names: Vec<&str> = stages.iter().map(|s| s.name()).collect();
    let rows: Vec<Row> = lots::table
        .filter(lots::stage.eq_any(names))
        .order((lots::limit_at.is_null(), lots::limit_at, lots::entered_at, lots::id))
        .limit(limit)
        .select((lots::body, lots::title, lots::limit_at))
        .load(db.conn())?;
    waiting(rows)
}

/// Lots a party lists or has won, the newest first.
pub fn of_party(db: &mut impl Read, party: PartyId, limit: i64) -> Result<Vec<Waiting>, Fault> {
    let id = party.to_string();
    let rows: Vec<Row> = lots::table
        .filter(lots::transferor_id.eq(id.clone()).or(lots::transferee_id.eq(id)))
        .order((lots::entered_at.desc(), lots::id))
        .limit(limit)
        .select((lots::body, lots::title, lots::limit_at))
        .load(db.conn())?;
    waiting(rows)
}
