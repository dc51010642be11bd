//! The demonstration's bank: real service has a real one. What somebody owes, and what was sent to be paid out,
//! become lines of a statement that the finance post imports like any other. Nothing is stored here; a line keeps
//! its serial, so that a statement that is imported twice counts once.

use super::{parties, refunds};
use crate::config::Settlement;
use crate::context::App;
use crate::crypto::suite::sm3;
use crate::domain::actor::Actor;
use crate::domain::base::{Fen, Instant};
use crate::domain::funds::BankParty;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::store::{Fault, Stop, applications, lots, parties as stored_parties, refunds as orders};

/// The columns of the bank's export.
pub const HEAD: &str =
    "流水号,记账时间,收支方向,付款人户名,付款人账号,付款人开户行,对方户名,对方账号,对方开户行,金额,收款账号,摘要";

/// A line to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it pays, for the page.
    pub what: String,
    /// Who gets it, or who pays it, for the page.
    pub other: String,
    /// How much.
    pub amount: Fen,
    /// As the statement has it.
    pub row: String,
}

/// Money that comes in: who pays from which account, into which sub-account, how much, with what words.
pub struct Incoming<'a> {
    /// The payer's account.
    pub from: &'a BankParty,
    /// The sub-account, or the settlement account.
    pub into: &'a str,
    /// How much.
    pub amount: Fen,
    /// What the payer wrote.
    pub remark: &'a str,
}

impl Incoming<'_> {
    /// The line of the statement, booked now.
    pub fn row(&self, serial: &str, now: Instant) -> String {
        let Incoming { from, into, amount, remark } = self;
        let (at, amount) = (booked(now), amount.decimal());
        format!("{serial},{at},收入,{},{},{},,,,{amount},{into},{remark}", from.name, from.account, from.bank)
    }
}

/// Money that goes out from the settlement account, named by the order's number.
pub fn outgoing(own: &Settlement, payee: &BankParty, amount: Fen, number: &str, serial: &str, now: Instant) -> String {
    format!(
        "{serial},{},支出,{},{},{},{},{},{},{},{},{number}",
        booked(now),
        own.name,
        own.number,
        own.bank,
        payee.name,
        payee.account,
        payee.bank,
        amount.decimal(),
        payee.account,
    )
}

fn booked(now: Instant) -> String {
    now.china().format("%Y-%m-%d %H:%M:%S").to_string()
}

/// The settlement account of the demonstration.
///
/// # Errors
/// None is set.
pub fn settlement(app: &App) -> Result<&Settlement, Stop> {
    let own = app.config.county.settlement.as_ref();
    Ok(own.ok_or_else(|| Fault::Setup("the demonstration has no settlement account".into()))?)
}

/// The lines that wait for this person: what he owes as a party, and, for the finance post, what was sent to the
/// bank and is not reported as paid.
///
/// # Errors
/// Real service has no such page.
pub fn waiting(app: &App, actor: &Actor) -> Result<Vec<Line>, Stop> {
    if !app.config.mode.is_demo() {
        return Err(Refusal::NotFound.into());
    }
    let mut lines = owed(app, actor)?;
    if Area::Money.permits(actor) {
        lines.extend(sent(app)?);
    }
    Ok(lines)
}

fn owed(app: &App, actor: &Actor) -> Result<Vec<Line>, Stop> {
    let Some(id) = actor.party else { return Ok(Vec::new()) };
    let (party, own, awaited) = app.store.read(|db| {
        let awaited = applications::awaiting_deposit(db)?;
        Ok((stored_parties::find(db, id)?, applications::all_of_party(db, id)?, awaited))
    })?;
    let from = parties::bank_account(app, &party.ok_or(Refusal::NotFound)?)?;
    let mut lines = Vec::new();
    for application in own {
        let found = app.store.read(|db| lots::find(db, application.lot))?;
        let lot = found.ok_or(Refusal::NotFound)?.lot;
        let no = lot.lot_no.clone().unwrap_or_default();
        let deposit = awaited.iter().any(|a| a.id == application.id).then(|| lot.terms().map(|t| t.deposit));
        let won = lot.outcome.as_ref().is_some_and(|o| o.party == id);
        let price = lot.payment.as_ref().filter(|p| won && !p.settled()).map(|p| p.price_due + p.fee_due);
        let all = [("交易保证金", deposit.transpose()?), ("价款和服务费", price)];
        for (what, amount) in all.into_iter().filter_map(|(what, amount)| Some((what, amount?))) {
            let remark = format!("{no} {what}");
            let incoming = Incoming { from: &from, into: &application.sub_account, amount, remark: &remark };
            let row = incoming.row(&serial(&application.id.to_string(), what), app.clock.now());
            lines.push(Line { what: remark, other: from.name.clone(), amount, row });
        }
    }
    Ok(lines)
}

fn sent(app: &App) -> Result<Vec<Line>, Stop> {
    let own = settlement(app)?;
    let mut lines = Vec::new();
    for order in app.store.read(|db| orders::with_status(db, "sent", 500))? {
        let payee = refunds::order(app, &order)?.payee;
        let serial = serial(&order.id.to_string(), "支出");
        let row = outgoing(own, &payee, order.amount, &order.number, &serial, app.clock.now());
        let what = format!("{} 付款单{}", order.cause.zh(), order.number);
        lines.push(Line { what, other: payee.name, amount: order.amount, row });
    }
    Ok(lines)
}

fn serial(id: &str, what: &str) -> String {
    format!("YH{}", &sm3(&[id.as_bytes(), what.as_bytes()]).hex()[..18].to_uppercase())
}

/// The statement with these lines.
pub fn statement(lines: &[Line]) -> String {
    let rows = lines.iter().map(|l| l.row.as_str());
    std::iter::once(HEAD).chain(rows).map(|row| format!("{row}\r\n")).collect()
}
