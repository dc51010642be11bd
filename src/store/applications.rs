//! Bidders' applications (受让申请) and the lot's sealed sublog.
//!
//! **Invariant**: nothing here lists or counts the applications of an open lot for a page; the
//! functions over a whole lot serve the freeze, the clock and the money (architecture 7, blindness).

use chrono::NaiveDateTime;
use diesel::dsl;
use diesel::prelude::*;

use super::schema::{applications, sublog};
use super::{Fault, Read, Tx, from_json, stored, stored_id, to_json};
use crate::crypto::journal::chained;
use crate::domain::application::{Application, Status};
use crate::domain::auction::BidderNo;
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, ApplicationId, LotId, PartyId};

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = applications, treat_none_as_null = true)]
struct Row {
    id: String,
    lot_id: String,
    party_id: String,
    account_id: String,
    status: String,
    body: String,
    sub_account: String,
    reviewer_id: Option<String>,
    reason: String,
    priority_rank: Option<i64>,
    outsider: bool,
    bidder_no: Option<String>,
    agreed_at: Option<NaiveDateTime>,
    submitted_at: Option<NaiveDateTime>,
    decided_at: Option<NaiveDateTime>,
    created_at: NaiveDateTime,
    version: i64,
    correct_by: Option<NaiveDateTime>,
}

fn read(row: Row) -> Result<Application, Fault> {
    let rank = |n: i64| u8::try_from(n).map_err(|e| Fault::Inconsistent(format!("applications.priority_rank: {e}")));
    let number = |no: String| stored::<BidderNo>("applications.bidder_no", no.parse().ok(), &no);
    Ok(Application {
        id: stored_id("applications.id", &row.id)?,
        lot: stored_id("applications.lot_id", &row.lot_id)?,
        party: stored_id("applications.party_id", &row.party_id)?,
        account: stored_id("applications.account_id", &row.account_id)?,
        status: stored("applications.status", row.status.parse::<Status>().ok(), &row.status)?,
        body: from_json("applications.body", &row.body)?,
        sub_account: row.sub_account,
        reviewer: row.reviewer_id.map(|r| stored_id("applications.reviewer_id", &r)).transpose()?,
        reason: row.reason,
        priority_rank: row.priority_rank.map(rank).transpose()?,
        outsider: row.outsider,
        bidder_no: row.bidder_no.map(number).transpose()?,
        agreed_at: row.agreed_at.map(Instant::from_utc),
        submitted_at: row.submitted_at.map(Instant::from_utc),
        decided_at: row.decided_at.map(Instant::from_utc),
        created_at: Instant::from_utc(row.created_at),
        correct_by: row.correct_by.map(Instant::from_utc),
    })
}

fn row(a: &Application, version: i64) -> Result<Row, Fault> {
    Ok(Row {
        id: a.id.to_string(),
        lot_id: a.lot.to_string(),
        party_id: a.party.to_string(),
        account_id: a.account.to_string(),
        status: a.status.name().to_owned(),
        body: to_json("applications.body", &a.body)?,
        sub_account: a.sub_account.clone(),
        reviewer_id: a.reviewer.map(|r| r.to_string()),
        reason: a.reason.clone(),
        priority_rank: a.priority_rank.map(i64::from),
        outsider: a.outsider,
        bidder_no: a.bidder_no.map(|n| n.to_string()),
        agreed_at: a.agreed_at.map(Instant::utc),
        submitted_at: a.submitted_at.map(Instant::utc),
        decided_at: a.decided_at.map(Instant::utc),
        created_at: a.created_at.utc(),
        version,
        correct_by: a.correct_by.map(Instant::utc),
    })
}

/// One application.
pub fn find(db: &mut impl Read, id: ApplicationId) -> Result<Option<Application>, Fault> {
    applications::table.find(id.to_string()).first::<Row>(db.conn()).optional()?.map(read).transpose()
}

/// The application of a party for a lot.
pub fn of_party(db: &mut impl Read, lot: LotId, party: PartyId) -> Result<Option<Application>, Fault> {
    applications::table
        .filter(applications::lot_id.eq(lot.to_string()))
        .filter(applications::party_id.eq(party.to_string()))
        .first::<Row>(db.conn())
        .optional()?
        .map(read)
        .transpose()
}

/// All applications of a party, newest first.
pub fn all_of_party(db: &mut impl Read, party: PartyId) -> Result<Vec<Application>, Fault> {
    let rows: Vec<Row> = applications::table
        .filter(applications::party_id.eq(party.to_string()))
        .order(applications::created_at.desc())
        .load(db.conn())?;
    rows.into_iter().map(read).collect()
}

/// All applications of a lot in the order in which they were begun, for acts that settle the whole lot.
pub fn of_lot(db: &mut impl Read, lot: LotId) -> Result<Vec<Application>, Fault> {
    let rows: Vec<Row> =
        applications::table.filter(applications::lot_id.eq(lot.to_string())).order(applications::id).load(db.conn())?;
    rows.into_iter().map(read).collect()
}

/// The bidders of a frozen list: qualified and numbered, by number.
pub fn of_lot_qualified(db: &mut impl Read, lot: LotId) -> Result<Vec<Application>, Fault> {
    let rows: Vec<Row> = applications::table
        .filter(applications::lot_id.eq(lot.to_string()))
        .filter(applications::status.eq(Status::Qualified.name()))
        .filter(applications::bidder_no.is_not_null())
        .order(applications::bidder_no)
        .load(db.conn())?;
    rows.into_iter().map(read).collect()
}

/// Whether this number was given out to an application as its sub-account.
pub fn issued(db: &mut impl Read, sub_account: &str) -> Result<bool, Fault> {
    let n: i64 = applications::table.filter(applications::sub_account.eq(sub_account)).count().get_result(db.conn())?;
    Ok(n > 0)
}

/// Applications whose deposit may still arrive: handed in, not refused, and none held now. Over all lots, for
/// matching. A deposit that went back with an earlier attempt does not stand in the way of the next.
pub fn awaiting_deposit(db: &mut impl Read) -> Result<Vec<Application>, Fault> {
    use super::schema::{holds, lots};
    let held = holds::table.filter(holds::application_id.eq(applications::id)).filter(holds::status.eq("held"));
    let rows: Vec<Row> = applications::table
        .inner_join(lots::table.on(lots::id.eq(applications::lot_id)))
        .filter(lots::stage.eq_any(["listed", "extended", "qualifying"]))
        .filter(applications::status.eq_any(["submitted", "correction", "qualified"]))
        .filter(dsl::not(dsl::exists(held)))
        .order(applications::id)
        .select(applications::all_columns)
        .load(db.conn())?;
    rows.into_iter().map(read).collect()
}

/// What waits for a reviewer: his own that are handed in, and those whose correction is overdue at `now`,
/// oldest first.
pub fn of_reviewer(db: &mut impl Read, reviewer: AccountId, now: Instant) -> Result<Vec<Application>, Fault> {
    let overdue = applications::status
        .eq(Status::Correction.name())
        .and(applications::correct_by.le(now.utc()).assume_not_null());
    let rows: Vec<Row> = applications::table
        .filter(applications::reviewer_id.eq(reviewer.to_string()))
        .filter(applications::status.eq(Status::Submitted.name()).or(overdue))
        .order((applications::submitted_at, applications::id))
        .load(db.conn())?;
    rows.into_iter().map(read).collect()
}

/// The application that waited longest without a reviewer, or whose reviewer no longer holds the post or may
/// no longer log in.
pub fn next_unassigned(db: &mut impl Read, post: &str, now: Instant) -> Result<Option<Application>, Fault> {
    use super::schema::{accounts, posts};
    let overdue = applications::status
        .eq(Status::Correction.name())
        .and(applications::correct_by.le(now.utc()).assume_not_null());
    let in_office = posts::table
        .inner_join(accounts::table.on(accounts::id.eq(posts::account_id)))
        .filter(posts::account_id.nullable().eq(applications::reviewer_id))
        .filter(posts::role.eq(post))
        .filter(posts::revoked_at.is_null())
        .filter(accounts::active.eq(true));
    applications::table
        .filter(applications::reviewer_id.is_null().or(dsl::not(dsl::exists(in_office))))
        .filter(applications::status.eq(Status::Submitted.name()).or(overdue))
        .order((applications::submitted_at, applications::id))
        .first::<Row>(db.conn())
        .optional()?
        .map(read)
        .transpose()
}

/// Applications handed in and not withdrawn, whatever was decided of them.
pub fn submitted_count(db: &mut impl Read, lot: LotId) -> Result<u32, Fault> {
    let n: i64 = applications::table
        .filter(applications::lot_id.eq(lot.to_string()))
        .filter(applications::status.ne_all(["draft", "withdrawn"]))
        .count()
        .get_result(db.conn())?;
    u32::try_from(n).map_err(|e| Fault::Inconsistent(e.to_string()))
}

impl Tx<'_> {
    /// A new application.
    pub fn insert_application(&mut self, a: &Application) -> Result<(), Fault> {
        diesel::insert_into(applications::table).values(row(a, 1)?).execute(self.conn)?;
        self.wrote("applications", a.id);
        Ok(())
    }

    /// Claims an application.
    pub fn claim_application(&mut self, id: ApplicationId) -> Result<Option<Application>, Fault> {
        self.before_the_head()?;
        diesel::update(applications::table.find(id.to_string()))
            .set(applications::version.eq(applications::version + 1))
            .returning(applications::all_columns)
            .get_result::<Row>(self.conn)
            .optional()?
            .map(read)
            .transpose()
    }

    /// Writes an application back, under its lot's claim or its own.
    pub fn update_application(&mut self, a: &Application) -> Result<(), Fault> {
        let version: i64 = applications::table.find(a.id.to_string()).select(applications::version).first(self.conn)?;
        diesel::update(applications::table.find(a.id.to_string())).set(row(a, version + 1)?).execute(self.conn)?;
        self.wrote("applications", a.id);
        Ok(())
    }

    /// Appends to the sealed sublog of a claimed lot; gives the sequence number. Each entry's hash
    /// takes in the one before, so that the newest stands for all.
    pub fn append_sublog(&mut self, lot: LotId, at: Instant, sealed: &str, text: &str) -> Result<i64, Fault> {
        let last: Option<(i64, String)> = sublog::table
            .filter(sublog::lot_id.eq(lot.to_string()))
            .order(sublog::seq.desc())
            .select((sublog::seq, sublog::hash))
            .first(self.conn)
            .optional()?;
        let (seq, before) = last.map_or((1, String::new()), |(seq, hash)| (seq + 1, hash));
        let hash = chained(&before, text);
        diesel::insert_into(sublog::table)
            .values((
                sublog::lot_id.eq(lot.to_string()),
                sublog::seq.eq(seq),
                sublog::at.eq(at.utc()),
                sublog::sealed.eq(sealed),
                sublog::hash.eq(hash),
            ))
            .execute(self.conn)?;
        self.wrote("sublog", format!("{lot} {seq}"));
        Ok(seq)
    }
}
