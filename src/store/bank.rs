//! Imported bank statements and their lines. Account numbers of other people are sealed.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{bank_lines, statements};
use super::{Fault, Read, Tx, stored_id};
use crate::domain::base::ids::{AccountId, BankLineId};
use crate::domain::base::{Fen, Instant};

/// A line as stored.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = bank_lines)]
struct Row {
    id: String,
    statement_id: String,
    serial: String,
    booked_at: NaiveDateTime,
    direction: String,
    name: String,
    account_sealed: String,
    account_lookup: String,
    bank: String,
    amount_fen: i64,
    receiving_account: String,
    remark: String,
    status: String,
    matched_to: String,
    version: i64,
}

/// A statement as it is kept.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// Its id.
    pub id: uuid::Uuid,
    /// The file's name.
    pub name: &'a str,
    /// SM3 of the file.
    pub sm3: &'a str,
    /// Who imported it.
    pub by: AccountId,
    /// When.
    pub at: Instant,
    /// How many lines it has.
    pub lines: usize,
    /// Up to which moment it tells of the account.
    pub through: Instant,
}

/// A line of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLine {
    /// Its id.
    pub id: BankLineId,
    /// The statement that brought it.
    pub statement: uuid::Uuid,
    /// The bank's serial.
    pub serial: String,
    /// When the bank booked it.
    pub booked_at: Instant,
    /// Money out of the settlement account.
    pub outgoing: bool,
    /// The other side's name.
    pub name: String,
    /// The other side's account, sealed (`bank_lines.account_sealed`).
    pub account_sealed: String,
    /// Keyed hash of the account.
    pub account_lookup: String,
    /// The other side's bank.
    pub bank: String,
    /// How much.
    pub amount: Fen,
    /// Our account, or a bidder's sub-account.
    pub own_account: String,
    /// 摘要.
    pub remark: String,
    /// `unmatched`, `matched`, `returning` or `returned`.
    pub status: String,
    /// What it was matched to, or why it was not.
    pub matched_to: String,
}

fn read(r: Row) -> Result<StoredLine, Fault> {
    Ok(StoredLine {
        id: stored_id("bank_lines.id", &r.id)?,
        statement: stored_id("bank_lines.statement_id", &r.statement_id)?,
        serial: r.serial,
        booked_at: Instant::from_utc(r.booked_at),
        outgoing: r.direction == "out",
        name: r.name,
        account_sealed: r.account_sealed,
        account_lookup: r.account_lookup,
        bank: r.bank,
        amount: Fen(r.amount_fen),
        own_account: r.receiving_account,
        remark: r.remark,
        status: r.status,
        matched_to: r.matched_to,
    })
}

/// One line.
pub fn line(db: &mut impl Read, id: BankLineId) -> Result<Option<StoredLine>, Fault> {
    bank_lines::table.find(id.to_string()).first::<Row>(db.conn()).optional()?.map(read).transpose()
}

/// The line that was imported under this serial.
pub fn by_serial(db: &mut impl Read, serial: &str) -> Result<Option<StoredLine>, Fault> {
    bank_lines::table.filter(bank_lines::serial.eq(serial)).first::<Row>(db.conn()).optional()?.map(read).transpose()
}

/// Whether a statement was imported that tells of the account up to this moment.
pub fn reached(db: &mut impl Read, moment: Instant) -> Result<bool, Fault> {
    let n: i64 = statements::table
        .filter(statements::through_at.ge(moment.utc()).assume_not_null())
        .count()
        .get_result(db.conn())?;
    Ok(n > 0)
}

/// The newest lines, of one status or of all.
pub fn lines(db: &mut impl Read, status: Option<&str>, limit: i64) -> Result<Vec<StoredLine>, Fault> {
    let base = bank_lines::table.order((bank_lines::booked_at.desc(), bank_lines::id.desc())).limit(limit);
    let rows: Vec<Row> = match status {
        Some(status) => bank_lines::table
            .filter(bank_lines::status.eq(status))
            .order((bank_lines::booked_at.desc(), bank_lines::id.desc()))
            .limit(limit)
            .load(db.conn())?,
        None => base.load(db.conn())?,
    };
    rows.into_iter().map(read).collect()
}

impl Tx<'_> {
    /// A statement.
    pub fn insert_statement(&mut self, s: &Statement<'_>) -> Result<(), Fault> {
        diesel::insert_into(statements::table)
            .values((
                statements::id.eq(s.id.to_string()),
                statements::name.eq(s.name),
                statements::sm3.eq(s.sm3),
                statements::imported_by.eq(s.by.to_string()),
                statements::imported_at.eq(s.at.utc()),
                statements::lines_count.eq(i64::try_from(s.lines).unwrap_or(i64::MAX)),
                statements::through_at.eq(s.through.utc()),
            ))
            .execute(self.conn)?;
        self.wrote("statements", s.id);
        Ok(())
    }

    /// A line of it.
    pub fn insert_bank_line(&mut self, l: &StoredLine) -> Result<(), Fault> {
        let row = Row {
            id: l.id.to_string(),
            statement_id: l.statement.to_string(),
            serial: l.serial.clone(),
            booked_at: l.booked_at.utc(),
            direction: if l.outgoing { "out" } else { "in" }.to_owned(),
            name: l.name.clone(),
            account_sealed: l.account_sealed.clone(),
            account_lookup: l.account_lookup.clone(),
            bank: l.bank.clone(),
            amount_fen: l.amount.0,
            receiving_account: l.own_account.clone(),
            remark: l.remark.clone(),
            status: l.status.clone(),
            matched_to: l.matched_to.clone(),
            version: 1,
        };
        diesel::insert_into(bank_lines::table).values(row).execute(self.conn)?;
        self.wrote("bank_lines", l.id);
        Ok(())
    }

    /// Claims a line.
    pub fn claim_bank_line(&mut self, id: BankLineId) -> Result<Option<StoredLine>, Fault> {
        self.before_the_head()?;
        diesel::update(bank_lines::table.find(id.to_string()))
            .set(bank_lines::version.eq(bank_lines::version + 1))
            .returning(bank_lines::all_columns)
            .get_result::<Row>(self.conn)
            .optional()?
            .map(read)
            .transpose()
    }

    /// What became of a line.
    pub fn set_bank_line(&mut self, id: BankLineId, status: &str, matched_to: &str) -> Result<(), Fault> {
        diesel::update(bank_lines::table.find(id.to_string()))
            .set((bank_lines::status.eq(status), bank_lines::matched_to.eq(matched_to)))
            .execute(self.conn)?;
        self.wrote("bank_lines", id);
        Ok(())
    }
}
