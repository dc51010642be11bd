//! Orders to pay out and the payment files they left in.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{bank_lines, lots, payment_files, refunds};
use super::{Fault, Read, Tx, stored, stored_id};
use crate::domain::base::ids::{AccountId, ApplicationId, BankLineId, LotId, PartyId, PaymentFileId, RefundId};
use crate::domain::base::{Fen, Instant};
use crate::domain::funds::payout::PayoutCause;

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = refunds, treat_none_as_null = true)]
struct Row {
    id: String,
    number: String,
    kind: String,
    lot_id: Option<String>,
    application_id: Option<String>,
    source_line_id: Option<String>,
    amount_fen: i64,
    payee_name: String,
    payee_account_sealed: String,
    payee_account_lookup: String,
    payee_bank: String,
    reason: String,
    due_at: NaiveDateTime,
    status: String,
    pause_reason: String,
    maker_id: Option<String>,
    checker_id: Option<String>,
    file_id: Option<String>,
    done_line_id: Option<String>,
    created_at: NaiveDateTime,
    version: i64,
    made_at: Option<NaiveDateTime>,
    checked_at: Option<NaiveDateTime>,
    unpaid_by: Option<String>,
    unpaid_words: String,
    unpaid_confirmed_by: Option<String>,
    reopened_file_id: Option<String>,
}

/// An order as stored; `acts::refunds` turns it into the domain's `PayoutOrder`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOrder {
    /// Its id.
    pub id: RefundId,
    /// The printed number.
    pub number: String,
    /// `deposit`, `release`, `suspense` or `excess`.
    pub kind: String,
    /// The lot.
    pub lot: Option<LotId>,
    /// The application whose deposit goes back.
    pub application: Option<ApplicationId>,
    /// The line in suspense that goes back.
    pub source_line: Option<BankLineId>,
    /// How much.
    pub amount: Fen,
    /// To whom.
    pub payee_name: String,
    /// The account, sealed (`refunds.payee_account_sealed`).
    pub payee_account_sealed: String,
    /// Keyed hash of the account.
    pub payee_account_lookup: String,
    /// The bank.
    pub payee_bank: String,
    /// Why.
    pub cause: PayoutCause,
    /// By when.
    pub due_at: Instant,
    /// `due`, `paused`, `made`, `checked`, `sent`, `done`.
    pub status: String,
    /// Why it waits; a stable name, or empty.
    pub pause_reason: String,
    /// Who prepared it.
    pub maker: Option<AccountId>,
    /// Who checked it.
    pub checker: Option<AccountId>,
    /// The payment file.
    pub file: Option<PaymentFileId>,
    /// The outgoing line that proves it.
    pub done_line: Option<BankLineId>,
    /// When it was ordered.
    pub created_at: Instant,
    /// When it was prepared.
    pub made_at: Option<Instant>,
    /// When it was checked.
    pub checked_at: Option<Instant>,
    /// Who reported that the bank did not carry it out.
    pub unpaid_by: Option<AccountId>,
    /// With which words.
    pub unpaid_words: String,
    /// Who confirmed that.
    pub unpaid_confirmed_by: Option<AccountId>,
    /// The payment file it was opened again from; the line of that payment may still come.
    pub reopened: Option<PaymentFileId>,
}

fn read(r: Row) -> Result<StoredOrder, Fault> {
    Ok(StoredOrder {
        id: stored_id("refunds.id", &r.id)?,
        number: r.number,
        kind: r.kind,
        lot: r.lot_id.map(|v| stored_id("refunds.lot_id", &v)).transpose()?,
        application: r.application_id.map(|v| stored_id("refunds.application_id", &v)).transpose()?,
        source_line: r.source_line_id.map(|v| stored_id("refunds.source_line_id", &v)).transpose()?,
        amount: Fen(r.amount_fen),
        payee_name: r.payee_name,
        payee_account_sealed: r.payee_account_sealed,
        payee_account_lookup: r.payee_account_lookup,
        payee_bank: r.payee_bank,
        cause: stored("refunds.reason", r.reason.parse().ok(), &r.reason)?,
        due_at: Instant::from_utc(r.due_at),
        status: r.status,
        pause_reason: r.pause_reason,
        maker: r.maker_id.map(|v| stored_id("refunds.maker_id", &v)).transpose()?,
        checker: r.checker_id.map(|v| stored_id("refunds.checker_id", &v)).transpose()?,
        file: r.file_id.map(|v| stored_id("refunds.file_id", &v)).transpose()?,
        done_line: r.done_line_id.map(|v| stored_id("refunds.done_line_id", &v)).transpose()?,
        created_at: Instant::from_utc(r.created_at),
        made_at: r.made_at.map(Instant::from_utc),
        checked_at: r.checked_at.map(Instant::from_utc),
        unpaid_by: r.unpaid_by.map(|v| stored_id("refunds.unpaid_by", &v)).transpose()?,
        unpaid_words: r.unpaid_words,
        unpaid_confirmed_by: r.unpaid_confirmed_by.map(|v| stored_id("refunds.unpaid_confirmed_by", &v)).transpose()?,
        reopened: r.reopened_file_id.map(|v| stored_id("refunds.reopened_file_id", &v)).transpose()?,
    })
}

fn row(o: &StoredOrder, version: i64) -> Row {
    Row {
        id: o.id.to_string(),
        number: o.number.clone(),
        kind: o.kind.clone(),
        lot_id: o.lot.map(|v| v.to_string()),
        application_id: o.application.map(|v| v.to_string()),
        source_line_id: o.source_line.map(|v| v.to_string()),
        amount_fen: o.amount.0,
        payee_name: o.payee_name.clone(),
        payee_account_sealed: o.payee_account_sealed.clone(),
        payee_account_lookup: o.payee_account_lookup.clone(),
        payee_bank: o.payee_bank.clone(),
        reason: o.cause.name().to_owned(),
        due_at: o.due_at.utc(),
        status: o.status.clone(),
        pause_reason: o.pause_reason.clone(),
        maker_id: o.maker.map(|v| v.to_string()),
        checker_id: o.checker.map(|v| v.to_string()),
        file_id: o.file.map(|v| v.to_string()),
        done_line_id: o.done_line.map(|v| v.to_string()),
        created_at: o.created_at.utc(),
        version,
        made_at: o.made_at.map(Instant::utc),
        checked_at: o.checked_at.map(Instant::utc),
        unpaid_by: o.unpaid_by.map(|v| v.to_string()),
        unpaid_words: o.unpaid_words.clone(),
        unpaid_confirmed_by: o.unpaid_confirmed_by.map(|v| v.to_string()),
        reopened_file_id: o.reopened.map(|v| v.to_string()),
    }
}

/// One order.
pub fn find(db: &mut impl Read, id: RefundId) -> Result<Option<StoredOrder>, Fault> {
    refunds::table.find(id.to_string()).first::<Row>(db.conn()).optional()?.map(read).transpose()
}

/// Orders of one status by due time.
pub fn with_status(db: &mut impl Read, status: &str, limit: i64) -> Result<Vec<StoredOrder>, Fault> {
    let rows: Vec<Row> = refunds::table
        .filter(refunds::status.eq(status))
        .order((refunds::due_at, refunds::number))
        .limit(limit)
        .load(db.conn())?;
    rows.into_iter().map(read).collect()
}

/// Every order that is not done: its id and status, by due time.
pub fn open(db: &mut impl Read) -> Result<Vec<(RefundId, String)>, Fault> {
    let rows: Vec<(String, String)> = refunds::table
        .filter(refunds::status.ne("done"))
        .order((refunds::due_at, refunds::number))
        .select((refunds::id, refunds::status))
        .load(db.conn())?;
    rows.into_iter().map(|(id, status)| Ok((stored_id("refunds.id", &id)?, status))).collect()
}

/// These orders, in the order they are asked for.
pub fn these(db: &mut impl Read, ids: &[RefundId]) -> Result<Vec<StoredOrder>, Fault> {
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let rows: Vec<Row> = refunds::table.filter(refunds::id.eq_any(texts)).load(db.conn())?;
    let mut orders = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    orders.sort_by_key(|o| ids.iter().position(|id| *id == o.id));
    Ok(orders)
}

/// So many done orders from this place on, those the bank paid last first.
pub fn done(db: &mut impl Read, from: i64, limit: i64) -> Result<Vec<StoredOrder>, Fault> {
    let rows: Vec<Row> = refunds::table
        .inner_join(bank_lines::table.on(refunds::done_line_id.eq(bank_lines::id.nullable())))
        .filter(refunds::status.eq("done"))
        .order((bank_lines::booked_at.desc(), refunds::number.desc()))
        .offset(from)
        .limit(limit)
        .select(refunds::all_columns)
        .load(db.conn())?;
    rows.into_iter().map(read).collect()
}

/// The orders that an outgoing line may prove: those at the bank, and those opened again whose first payment
/// may still turn out to have been carried out. By due time.
pub fn payable(db: &mut impl Read, limit: i64) -> Result<Vec<StoredOrder>, Fault> {
    let opened_again = refunds::reopened_file_id.is_not_null().and(refunds::status.ne("done"));
    let rows: Vec<Row> = refunds::table
        .filter(refunds::status.eq("sent").or(opened_again))
        .order((refunds::due_at, refunds::number))
        .limit(limit)
        .load(db.conn())?;
    rows.into_iter().map(read).collect()
}

/// The orders of a lot.
pub fn of_lot(db: &mut impl Read, lot: LotId) -> Result<Vec<StoredOrder>, Fault> {
    let rows: Vec<Row> =
        refunds::table.filter(refunds::lot_id.eq(lot.to_string())).order(refunds::number).load(db.conn())?;
    rows.into_iter().map(read).collect()
}

/// The orders that pay a price out to this transferor and are not done, in the order in which files take them.
pub fn releases_to(db: &mut impl Read, party: PartyId) -> Result<Vec<StoredOrder>, Fault> {
    let rows: Vec<Row> = refunds::table
        .inner_join(lots::table.on(refunds::lot_id.eq(lots::id.nullable())))
        .filter(lots::transferor_id.eq(party.to_string()))
        .filter(refunds::reason.eq(PayoutCause::Release.name()))
        .filter(refunds::status.ne("done"))
        .order((refunds::due_at, refunds::number))
        .select(refunds::all_columns)
        .load(db.conn())?;
    rows.into_iter().map(read).collect()
}

/// The orders of an application.
pub fn of_application(db: &mut impl Read, id: ApplicationId) -> Result<Vec<StoredOrder>, Fault> {
    let rows: Vec<Row> =
        refunds::table.filter(refunds::application_id.eq(id.to_string())).order(refunds::number).load(db.conn())?;
    rows.into_iter().map(read).collect()
}

/// A payment file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Its id.
    pub id: PaymentFileId,
    /// The printed number.
    pub number: String,
    /// SM3 of the bytes.
    pub sm3: String,
    /// The bytes: sealed as they are stored, opened by the act that hands them out.
    pub content: Vec<u8>,
    /// When.
    pub made_at: Instant,
}

type FileRow = (String, String, String, Vec<u8>, String, NaiveDateTime);

fn file_of((id, number, sm3, content, _, made): FileRow) -> Result<StoredFile, Fault> {
    Ok(StoredFile { id: stored_id("payment_files.id", &id)?, number, sm3, content, made_at: Instant::from_utc(made) })
}

/// One payment file.
pub fn file(db: &mut impl Read, id: PaymentFileId) -> Result<Option<StoredFile>, Fault> {
    payment_files::table.find(id.to_string()).first::<FileRow>(db.conn()).optional()?.map(file_of).transpose()
}

/// So many payment files, the newest first, from this place on.
pub fn files(db: &mut impl Read, from: i64, limit: i64) -> Result<Vec<StoredFile>, Fault> {
    let rows: Vec<FileRow> = payment_files::table
        .order((payment_files::made_at.desc(), payment_files::id.desc()))
        .offset(from)
        .limit(limit)
        .load(db.conn())?;
    rows.into_iter().map(file_of).collect()
}

/// The printed numbers of these payment files.
pub fn file_numbers(db: &mut impl Read, ids: &[PaymentFileId]) -> Result<BTreeMap<PaymentFileId, String>, Fault> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let rows: Vec<(String, String)> = payment_files::table
        .filter(payment_files::id.eq_any(ids))
        .select((payment_files::id, payment_files::number))
        .load(db.conn())?;
    rows.into_iter().map(|(id, number)| Ok((stored_id("payment_files.id", &id)?, number))).collect()
}

impl Tx<'_> {
    /// A new order.
    pub fn insert_order(&mut self, o: &StoredOrder) -> Result<(), Fault> {
        diesel::insert_into(refunds::table).values(row(o, 1)).execute(self.conn)?;
        self.wrote("refunds", o.id);
        Ok(())
    }

    /// Claims an order.
    pub fn claim_order(&mut self, id: RefundId) -> Result<Option<StoredOrder>, Fault> {
        self.before_the_head()?;
        diesel::update(refunds::table.find(id.to_string()))
            .set(refunds::version.eq(refunds::version + 1))
            .returning(refunds::all_columns)
            .get_result::<Row>(self.conn)
            .optional()?
            .map(read)
            .transpose()
    }

    /// Writes a claimed order back.
    pub fn update_order(&mut self, o: &StoredOrder) -> Result<(), Fault> {
        let version: i64 = refunds::table.find(o.id.to_string()).select(refunds::version).first(self.conn)?;
        diesel::update(refunds::table.find(o.id.to_string())).set(row(o, version)).execute(self.conn)?;
        self.wrote("refunds", o.id);
        Ok(())
    }

    /// Keeps a payment file.
    pub fn insert_payment_file(&mut self, f: &StoredFile, by: AccountId) -> Result<(), Fault> {
        diesel::insert_into(payment_files::table)
            .values((
                payment_files::id.eq(f.id.to_string()),
                payment_files::number.eq(&f.number),
                payment_files::sm3.eq(&f.sm3),
                payment_files::content.eq(&f.content),
                payment_files::made_by.eq(by.to_string()),
                payment_files::made_at.eq(f.made_at.utc()),
            ))
            .execute(self.conn)?;
        self.wrote("payment_files", f.id);
        Ok(())
    }
}
