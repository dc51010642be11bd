//! Lots and their events. The body is the replayed aggregate; the other columns are projected
//! from it, for lists and for the checks the tables make themselves.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{lot_events, lots};
use super::{Fault, Read, Tx, from_json, stored, stored_id, to_json};
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, LotId, ProjectId};
use crate::domain::lot::{Act, Lot, Phase, Recorded, Stage};

/// A lot with what only the store knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLot {
    /// The aggregate.
    pub lot: Lot,
    /// Its version; every claim raises it.
    pub version: i64,
    /// Position in the project, from 1.
    pub ord: i64,
    /// The draft's raw texts as JSON, so that nothing typed is lost.
    pub draft: String,
}

/// The columns that lists and the clock need beside the body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Projection {
    /// Shown title.
    pub title: String,
    /// Category 1 to 14.
    pub category: i64,
    /// Transfer mode's stable name, empty in a draft.
    pub mode: String,
    /// Price unit's stable name, empty in a draft.
    pub price_unit: String,
    /// Lower-case text that the search looks through.
    pub search_text: String,
    /// When somebody is late (lights).
    pub limit_at: Option<Instant>,
    /// When the clock must act.
    pub next_due_at: Option<Instant>,
}

#[derive(Debug, Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = lots, treat_none_as_null = true)]
struct LotRow {
    lot_no: Option<String>,
    title: String,
    stage: String,
    published: bool,
    category: i64,
    variety: String,
    mode: String,
    township: String,
    village: String,
    transferor_id: String,
    transferee_id: Option<String>,
    price_fen: Option<i64>,
    price_unit: String,
    total_fen: Option<i64>,
    area: Option<i64>,
    deal_price_fen: Option<i64>,
    deal_total_fen: Option<i64>,
    published_at: Option<NaiveDateTime>,
    closes_at: Option<NaiveDateTime>,
    session_at: Option<NaiveDateTime>,
    limit_at: Option<NaiveDateTime>,
    next_due_at: Option<NaiveDateTime>,
    entered_at: NaiveDateTime,
    certificate_no: Option<String>,
    search_text: String,
    body: String,
}

impl LotRow {
    fn of(lot: &Lot, p: &Projection) -> Result<LotRow, Fault> {
        let terms = lot.terms.as_ref();
        Ok(LotRow {
            lot_no: lot.lot_no.clone(),
            title: p.title.clone(),
            stage: lot.stage.name().to_owned(),
            published: lot.public,
            category: p.category,
            variety: lot.variety.to_string(),
            mode: p.mode.clone(),
            township: lot.place.township().to_string(),
            village: lot.place.village().unwrap_or_default().to_owned(),
            transferor_id: lot.transferor.to_string(),
            transferee_id: lot.outcome.as_ref().map(|o| o.party.to_string()),
            price_fen: terms.map(|t| t.price.0),
            price_unit: p.price_unit.clone(),
            total_fen: terms.map(|t| t.total.0),
            area: terms.and_then(|t| t.area).map(|a| a.0),
            deal_price_fen: lot.outcome.as_ref().map(|o| o.price.0),
            deal_total_fen: lot.outcome.as_ref().map(|o| o.total.0),
            published_at: lot.listing.as_ref().map(|l| l.opens.utc()),
            closes_at: lot.listing.as_ref().map(|l| l.closes.utc()),
            session_at: lot.session.as_ref().map(|s| s.starts.utc()),
            limit_at: p.limit_at.map(Instant::utc),
            next_due_at: p.next_due_at.map(Instant::utc),
            entered_at: lot.entered_at.utc(),
            certificate_no: lot.certificate.issued_at.and(lot.certificate.number.clone()),
            search_text: p.search_text.clone(),
            body: to_json("lots.body", lot)?,
        })
    }
}

const STORED: (lots::body, lots::version, lots::ord, lots::draft) = (lots::body, lots::version, lots::ord, lots::draft);

fn read_row((body, version, ord, draft): (String, i64, i64, String)) -> Result<StoredLot, Fault> {
    Ok(StoredLot { lot: from_json("lots.body", &body)?, version, ord, draft })
}

/// One lot.
pub fn find(db: &mut impl Read, id: LotId) -> Result<Option<StoredLot>, Fault> {
    let row = lots::table.find(id.to_string()).select(STORED).first(db.conn()).optional()?;
    row.map(read_row).transpose()
}

/// A column that does not say what the lot says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// The column.
    pub column: &'static str,
    /// What stands in it.
    pub stored: String,
    /// What the lot gives.
    pub expected: String,
}

/// The first column beside the body that differs from what `lot` gives. Texts for the search and
/// the lights are left out: they change with the catalogue and the calendar.
pub fn differing(db: &mut impl Read, lot: &Lot, p: &Projection) -> Result<Option<Differs>, Fault> {
    let stored: LotRow = lots::table.find(lot.id.to_string()).select(LotRow::as_select()).first(db.conn())?;
    let expected = LotRow::of(lot, p)?;
    macro_rules! first_of {
        ($($column:ident),*) => {
            $(if stored.$column != expected.$column {
                return Ok(Some(Differs {
                    column: stringify!($column),
                    stored: format!("{:?}", stored.$column),
                    expected: format!("{:?}", expected.$column),
                }));
            })*
        };
    }
    if lot.public {
        first_of!(title);
    }
    let (project, ord): (String, i64) =
        lots::table.find(lot.id.to_string()).select((lots::project_id, lots::ord)).first(db.conn())?;
    // The number of a lot ends with its place in the project.
    let numbered = lot.lot_no.as_ref().and_then(|no| no.rsplit_once('-')).and_then(|(_, last)| last.parse().ok());
    let own = [
        ("project_id", project, lot.project.to_string()),
        ("ord", ord.to_string(), numbered.unwrap_or(ord).to_string()),
    ];
    if let Some((column, stored, expected)) = own.into_iter().find(|(_, stored, expected)| stored != expected) {
        return Ok(Some(Differs { column, stored, expected }));
    }
    first_of!(
        lot_no,
        stage,
        published,
        category,
        variety,
        mode,
        township,
        village,
        transferor_id,
        transferee_id,
        price_fen,
        price_unit,
        total_fen,
        area,
        deal_price_fen,
        deal_total_fen,
        published_at,
        closes_at,
        session_at,
        next_due_at,
        entered_at,
        certificate_no
    );
    Ok(None)
}

/// One lot by its public number.
pub fn find_by_no(db: &mut impl Read, lot_no: &str) -> Result<Option<StoredLot>, Fault> {
    let row = lots::table.filter(lots::lot_no.eq(lot_no)).select(STORED).first(db.conn()).optional()?;
    row.map(read_row).transpose()
}

/// The lots of a project in order.
pub fn of_project(db: &mut impl Read, project: ProjectId) -> Result<Vec<StoredLot>, Fault> {
    let rows: Vec<_> =
        lots::table.filter(lots::project_id.eq(project.to_string())).order(lots::ord).select(STORED).load(db.conn())?;
    rows.into_iter().map(read_row).collect()
}

/// Who did what on the other lots of this lot's project.
pub fn hands_elsewhere(db: &mut impl Read, lot: &Lot) -> Result<Vec<(Act, AccountId)>, Fault> {
    let sisters = of_project(db, lot.project)?.into_iter().filter(|stored| stored.lot.id != lot.id);
    Ok(sisters.flat_map(|stored| stored.lot.hands).collect())
}

/// The projects that have more than one lot.
pub fn projects_of_several(db: &mut impl Read) -> Result<BTreeSet<ProjectId>, Fault> {
    let rows: Vec<String> = lots::table.filter(lots::ord.gt(1)).select(lots::project_id).distinct().load(db.conn())?;
    rows.iter().map(|id| stored_id("lots.project_id", id)).collect()
}

/// All lots in a stage.
pub fn in_stage(db: &mut impl Read, stage: Stage) -> Result<Vec<Lot>, Fault> {
    let rows: Vec<_> =
        lots::table.filter(lots::stage.eq(stage.name())).order(lots::id).select(STORED).load(db.conn())?;
    rows.into_iter().map(|row| Ok(read_row(row)?.lot)).collect()
}

/// The lots but `but` that are handed in and not over, and whose body holds one of these texts: what may be on
/// the same object. The caller compares exactly; a text with signs that JSON writes otherwise finds nothing.
pub fn open_naming(db: &mut impl Read, but: LotId, texts: &[String]) -> Result<Vec<Lot>, Fault> {
    let over = |s: &&Stage| s.is_final() || s.phase() == Phase::Ended || **s == Stage::Draft;
    let over: Vec<&str> = Stage::ALL.iter().filter(over).map(|s| s.name()).collect();
    let mut found: Vec<Lot> = Vec::new();
    for text in texts {
        let pattern = format!("%{}%", text.replace(['\\', '"', '%'], "_"));
        let rows: Vec<_> = lots::table
            .filter(lots::stage.ne_all(&over))
            .filter(lots::id.ne(but.to_string()))
            .filter(lots::body.like(pattern))
            .order(lots::id)
            .select(STORED)
            .load(db.conn())?;
        for row in rows {
            let lot = read_row(row)?.lot;
            if !found.iter().any(|known| known.id == lot.id) {
                found.push(lot);
            }
        }
    }
    Ok(found)
}

/// Lots whose clock must act between `from` and `now`, earliest first.
pub fn due(db: &mut impl Read, from: Instant, now: Instant, limit: i64) -> Result<Vec<LotId>, Fault> {
    let ids: Vec<String> = lots::table
        .filter(lots::next_due_at.is_not_null())
        .filter(lots::next_due_at.between(from.utc(), now.utc()))
        .order((lots::next_due_at, lots::id))
        .limit(limit)
        .select(lots::id)
        .load(db.conn())?;
    ids.iter().map(|id| stored_id("lots.id", id)).collect()
}

/// The instant of the next clock event of any lot.
pub fn next_due(db: &mut impl Read) -> Result<Option<Instant>, Fault> {
    let at: Option<Option<NaiveDateTime>> = lots::table
        .filter(lots::next_due_at.is_not_null())
        .order(lots::next_due_at)
        .select(lots::next_due_at)
        .first(db.conn())
        .optional()?;
    Ok(at.flatten().map(Instant::from_utc))
}

/// The events of a lot in order.
pub fn events(db: &mut impl Read, id: LotId) -> Result<Vec<Recorded>, Fault> {
    let bodies: Vec<String> = lot_events::table
        .filter(lot_events::lot_id.eq(id.to_string()))
        .order(lot_events::seq)
        .select(lot_events::body)
        .load(db.conn())?;
    bodies.iter().map(|b| from_json("lot_events.body", b)).collect()
}

/// Who took the last step of this lot that somebody took.
pub fn last_hand(db: &mut impl Read, id: LotId) -> Result<Option<AccountId>, Fault> {
    let account: Option<Option<String>> = lot_events::table
        .filter(lot_events::lot_id.eq(id.to_string()))
        .filter(lot_events::account_id.is_not_null())
        .order(lot_events::seq.desc())
        .select(lot_events::account_id)
        .first(db.conn())
        .optional()?;
    account.flatten().map(|text| stored_id("lot_events.account_id", &text)).transpose()
}

/// All ids with their stage, for replay checks.
pub fn all_ids(db: &mut impl Read) -> Result<Vec<(LotId, Stage)>, Fault> {
    let rows: Vec<(String, String)> = lots::table.order(lots::id).select((lots::id, lots::stage)).load(db.conn())?;
    rows.iter()
        .map(|(id, stage)| Ok((stored_id("lots.id", id)?, stored("lots.stage", Stage::from_name(stage), stage)?)))
        .collect()
}

/// The newest entry's hash of the sealed sublog of every lot in these stages, by the name the
/// journal gives the lot; empty where nothing stands in it.
pub fn sublog_heads(db: &mut impl Read, stages: &[Stage]) -> Result<Vec<(String, String)>, Fault> {
    use super::schema::sublog;
    let names: Vec<&str> = stages.iter().map(|s| s.name()).collect();
    let open: Vec<(String, Option<String>)> = lots::table
        .filter(lots::stage.eq_any(names))
        .order(lots::id)
        .select((lots::id, lots::lot_no))
        .load(db.conn())?;
    open.into_iter()
        .map(|(id, no)| {
            let head: Option<String> = sublog::table
                .filter(sublog::lot_id.eq(&id))
                .order(sublog::seq.desc())
                .select(sublog::hash)
                .first(db.conn())
                .optional()?;
            Ok((no.unwrap_or(id), head.unwrap_or_default()))
        })
        .collect()
}

impl Tx<'_> {
    /// Claims a lot: the first statement of every act on it. `None` when there is no such lot.
    pub fn claim_lot(&mut self, id: LotId) -> Result<Option<StoredLot>, Fault> {
        self.before_the_head()?;
        let row = diesel::update(lots::table.find(id.to_string()))
            .set(lots::version.eq(lots::version + 1))
            .returning(STORED)
            .get_result(self.conn)
            .optional()?;
        row.map(read_row).transpose()
    }

    /// Inserts a new draft.
    pub fn insert_lot(&mut self, lot: &Lot, ord: i64, draft: &str, p: &Projection) -> Result<(), Fault> {
        let row = LotRow::of(lot, p)?;
        diesel::insert_into(lots::table)
            .values((
                lots::id.eq(lot.id.to_string()),
                lots::project_id.eq(lot.project.to_string()),
                lots::ord.eq(ord),
                lots::draft.eq(draft),
                lots::version.eq(1),
                row,
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Writes a claimed lot back.
    pub fn update_lot(&mut self, lot: &Lot, p: &Projection) -> Result<(), Fault> {
        let row = LotRow::of(lot, p)?;
        diesel::update(lots::table.find(lot.id.to_string())).set(&row).execute(self.conn)?;
        Ok(())
    }

    /// Keeps what was typed into a draft.
    pub fn update_draft(&mut self, id: LotId, draft: &str, title: &str) -> Result<(), Fault> {
        diesel::update(lots::table.find(id.to_string()))
            .set((lots::draft.eq(draft), lots::title.eq(title)))
            .execute(self.conn)?;
        Ok(())
    }

    /// Appends an event of a lot.
    pub fn append_lot_event(&mut self, id: LotId, record: &Recorded, kind: &str) -> Result<(), Fault> {
        diesel::insert_into(lot_events::table)
            .values((
                lot_events::lot_id.eq(id.to_string()),
                lot_events::seq.eq(i64::from(record.seq)),
                lot_events::at.eq(record.at.utc()),
                lot_events::account_id.eq(record.by.map(|a: AccountId| a.to_string())),
                lot_events::post.eq(&record.post),
                lot_events::kind.eq(kind),
                lot_events::body.eq(to_json("lot_events.body", record)?),
            ))
            .execute(self.conn)?;
        Ok(())
    }
}
