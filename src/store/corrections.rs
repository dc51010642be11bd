//! Corrections of telephones, bank accounts and addresses: who proposed and who decided. The values are sealed; the
//! act layer opens them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::corrections;
use super::{Fault, Read, Tx, stored, stored_id};
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, DocumentId, PartyId};

/// What became of a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 待复核
    Proposed,
    /// 已更正
    Confirmed,
    /// 已退回
    Rejected,
}

impl Status {
    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            Status::Proposed => "proposed",
            Status::Confirmed => "confirmed",
            Status::Rejected => "rejected",
        }
    }

    fn from_name(name: &str) -> Option<Status> {
        [Status::Proposed, Status::Confirmed, Status::Rejected].into_iter().find(|s| s.name() == name)
    }
}

/// A correction as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCorrection {
    /// Its id.
    pub id: uuid::Uuid,
    /// The party; `None` for somebody who works here.
    pub party: Option<PartyId>,
    /// The account that the messages go to.
    pub account: AccountId,
    /// What stood there, sealed under (corrections, before_sealed, id).
    pub before_sealed: String,
    /// What shall stand there, sealed under (corrections, after_sealed, id).
    pub after_sealed: String,
    /// The scan of the original; `None` for somebody who works here.
    pub document: Option<DocumentId>,
    /// What the proposer looked at.
    pub note: String,
    /// What became of it.
    pub status: Status,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// When.
    pub proposed_at: Instant,
    /// Who decided and when.
    pub decided: Option<(AccountId, Instant)>,
    /// Why it was sent back; empty otherwise.
    pub decided_note: String,
}

type Row = (
    String,
    Option<String>,
    String,
    String,
    String,
    Option<String>,
    String,
    String,
    String,
    NaiveDateTime,
    Option<String>,
    Option<NaiveDateTime>,
    String,
);

fn correction(row: Row) -> Result<StoredCorrection, Fault> {
    let (id, party, account, before_sealed, after_sealed, document, note, status, by, at, decider, decided, why) = row;
    let decider = decider.map(|a| stored_id("corrections.decided_by", &a)).transpose()?;
    Ok(StoredCorrection {
        id: stored_id("corrections.id", &id)?,
        party: party.map(|p| stored_id("corrections.party_id", &p)).transpose()?,
        account: stored_id("corrections.account_id", &account)?,
        before_sealed,
        after_sealed,
        document: document.map(|d| stored_id("corrections.document_id", &d)).transpose()?,
        note,
        status: stored("corrections.status", Status::from_name(&status), &status)?,
        proposed_by: stored_id("corrections.proposed_by", &by)?,
        proposed_at: Instant::from_utc(at),
        decided: decider.zip(decided.map(Instant::from_utc)),
        decided_note: why,
    })
}

/// One correction.
pub fn find(db: &mut impl Read, id: uuid::Uuid) -> Result<Option<StoredCorrection>, Fault> {
    corrections::table.find(id.to_string()).first::<Row>(db.conn()).optional()?.map(correction).transpose()
}

/// All corrections of an account, the newest first.
pub fn of_account(db: &mut impl Read, account: AccountId) -> Result<Vec<StoredCorrection>, Fault> {
    let rows: Vec<Row> = corrections::table
        .filter(corrections::account_id.eq(account.to_string()))
        .order((corrections::proposed_at.desc(), corrections::id.desc()))
        .load(db.conn())?;
    rows.into_iter().map(correction).collect()
}

/// The corrections that wait for a second person, the oldest first; those of parties, or those of staff.
pub fn open(db: &mut impl Read, of_parties: bool) -> Result<Vec<StoredCorrection>, Fault> {
    let waiting = corrections::table.filter(corrections::status.eq(Status::Proposed.name())).into_boxed();
    let waiting = match of_parties {
        true => waiting.filter(corrections::party_id.is_not_null()),
        false => waiting.filter(corrections::party_id.is_null()),
    };
    let rows: Vec<Row> = waiting.order((corrections::proposed_at, corrections::id)).load(db.conn())?;
    rows.into_iter().map(correction).collect()
}

impl Tx<'_> {
    /// A correction that waits for a second person.
    pub fn propose_correction(&mut self, c: &StoredCorrection) -> Result<(), Fault> {
        diesel::insert_into(corrections::table)
            .values((
                corrections::id.eq(c.id.to_string()),
                corrections::party_id.eq(c.party.map(|p| p.to_string())),
                corrections::account_id.eq(c.account.to_string()),
                corrections::before_sealed.eq(&c.before_sealed),
                corrections::after_sealed.eq(&c.after_sealed),
                corrections::document_id.eq(c.document.map(|d| d.to_string())),
                corrections::note.eq(&c.note),
                corrections::status.eq(Status::Proposed.name()),
                corrections::proposed_by.eq(c.proposed_by.to_string()),
                corrections::proposed_at.eq(c.proposed_at.utc()),
                corrections::decided_note.eq(""),
            ))
            .execute(self.conn)?;
        self.wrote("corrections", c.id);
        Ok(())
    }

    /// The second person's answer; says whether it still was open.
    pub fn decide_correction(
        &mut self,
        id: uuid::Uuid,
        status: Status,
        by: AccountId,
        at: Instant,
        note: &str,
    ) -> Result<bool, Fault> {
        let open = corrections::table.find(id.to_string()).filter(corrections::status.eq(Status::Proposed.name()));
        let decided = diesel::update(open)
            .set((
                corrections::status.eq(status.name()),
                corrections::decided_by.eq(by.to_string()),
                corrections::decided_at.eq(at.utc()),
                corrections::decided_note.eq(note),
            ))
            .execute(self.conn)?;
        self.wrote("corrections", id);
        Ok(decided == 1)
    }
}
