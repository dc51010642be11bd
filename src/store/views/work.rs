//! What may wait for somebody: lots by stage and by party.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::base::Instant;
use crate::domain::base::ids::{LotId, PartyId};
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

/// How far a post reaches, as far as columns tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Within {
    /// Everywhere.
    County,
    /// One township.
    Township(String),
    /// One village of a township.
    Village(String, String),
}

/// Up to `limit` lots in these stages and within this reach, by id, after this one. Whoever looks for what waits
/// reads on until nothing follows: a limit over lots that are not his would hide those that are.
pub fn in_stages(
    db: &mut impl Read,
    stages: &[Stage],
    within: &Within,
    after: Option<LotId>,
    limit: i64,
) -> Result<Vec<Waiting>, Fault> {
    let names: Vec<&str> = stages.iter().map(|s| s.name()).collect();
    let mut query = lots::table.filter(lots::stage.eq_any(names)).into_boxed();
    query = match within {
        Within::County => query,
        Within::Township(township) => query.filter(lots::township.eq(township.clone())),
        Within::Village(township, village) => {
            query.filter(lots::township.eq(township.clone())).filter(lots::village.eq(village.clone()))
        }
    };
    if let Some(after) = after {
        query = query.filter(lots::id.gt(after.to_string()));
    }
    let rows: Vec<Row> =
        query.order(lots::id).limit(limit).select((lots::body, lots::title, lots::limit_at)).load(db.conn())?;
    waiting(rows)
}

/// Up to `limit` lots a party lists or has won, by id, after this one.
pub fn of_party(db: &mut impl Read, party: PartyId, after: Option<LotId>, limit: i64) -> Result<Vec<Waiting>, Fault> {
    let id = party.to_string();
    let mut query = lots::table.filter(lots::transferor_id.eq(id.clone()).or(lots::transferee_id.eq(id))).into_boxed();
    if let Some(after) = after {
        query = query.filter(lots::id.gt(after.to_string()));
    }
    let rows: Vec<Row> =
        query.order(lots::id).limit(limit).select((lots::body, lots::title, lots::limit_at)).load(db.conn())?;
    waiting(rows)
}

/// Which lots a register shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only these stages; empty for all.
    pub stages: Vec<Stage>,
    /// Only this township.
    pub township: Option<String>,
    /// Only this village of the township.
    pub village: Option<String>,
    /// Words, all of which must occur.
    pub words: Vec<String>,
    /// Only where the limit is over by then.
    pub late_by: Option<Instant>,
    /// How many to pass over.
    pub offset: i64,
}

/// Submitted lots that fit, the most urgent first, those without a limit by when they last moved.
pub fn search(db: &mut impl Read, wanted: &Wanted, limit: i64) -> Result<Vec<Waiting>, Fault> {
    let mut query = lots::table.filter(lots::lot_no.is_not_null()).into_boxed();
    if !wanted.stages.is_empty() {
        let names: Vec<&str> = wanted.stages.iter().map(|s| s.name()).collect();
        query = query.filter(lots::stage.eq_any(names));
    }
    if let Some(township) = &wanted.township {
        query = query.filter(lots::township.eq(township.clone()));
    }
    if let Some(village) = &wanted.village {
        query = query.filter(lots::village.eq(village.clone()));
    }
    for word in &wanted.words {
        query = query.filter(lots::search_text.like(super::containing(word)));
    }
    if let Some(at) = wanted.late_by {
        query = query.filter(lots::limit_at.le(at.utc()));
    }
    let rows: Vec<Row> = query
        .order((lots::limit_at.is_null(), lots::limit_at, lots::entered_at.desc(), lots::id))
        .limit(limit)
        .offset(wanted.offset)
        .select((lots::body, lots::title, lots::limit_at))
        .load(db.conn())?;
    waiting(rows)
}

/// The limits that are over, the oldest first.
pub fn late(db: &mut impl Read, now: Instant, limit: i64) -> Result<Vec<Instant>, Fault> {
    let rows: Vec<Option<NaiveDateTime>> = lots::table
        .filter(lots::limit_at.le(now.utc()))
        .order((lots::limit_at, lots::id))
        .limit(limit)
        .select(lots::limit_at)
        .load(db.conn())?;
    Ok(rows.into_iter().flatten().map(Instant::from_utc).collect())
}
