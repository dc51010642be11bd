//! Refund and release orders: born with the event that causes them, made by one hand, checked by
//! another, sent in a payment file, done by the bank's own line (rulebook 5.3, 2.3 T22).

use super::application::sealing;
use super::posting::{About, post};
use super::{frozen, pauses};
use crate::context::{App, new_id};
use crate::crypto::seal::Aad;
use crate::domain::application::Status;
use crate::domain::auction::standby::{self, Standby};
use crate::domain::base::ids::{ApplicationId, LotId, RefundId};
use crate::domain::base::numbering::RefundNo;
use crate::domain::base::{Day, Fen, Instant};
use crate::domain::funds::payout::{PayoutCause, PayoutOrder, PayoutState};
use crate::domain::funds::{Account, BankParty, Hold, HoldState, PauseReason, Pauses, postings};
use crate::domain::lot::{Lot, LotEvent, Outcome, Party, Recorded, Stage};
use crate::domain::refusal::Refusal;
use crate::store::holds::{HoldStatus, StoredHold};
use crate::store::refunds::StoredOrder;
use crate::store::{Fault, Read, Stop, Tx, applications, bank, bids, holds, ledger, parties};

/// A refusal in the words of the money's own rules.
pub fn refused(e: impl std::fmt::Display) -> Stop {
    Refusal::rule("MONEY", e.to_string(), "资金管理").into()
}

/// What follows from a lot's event for its money.
pub fn follow(app: &App, tx: &mut Tx<'_>, lot: &Lot, record: &Recorded) -> Result<(), Stop> {
    let at = record.at;
    match &record.event {
        LotEvent::ListFrozen | LotEvent::NegotiationOpened => refund_refused(app, tx, lot, at),
        LotEvent::ResultPosted { outcome, .. } => {
            let stands_by = stands_by(app, tx, lot, outcome)?;
            for hold in held(tx, lot.id)?.into_iter().filter(|h| h.application != outcome.application) {
                let ordered = order_back(app, tx, hold.application, PayoutCause::NotWon, at)?;
                if let Some(order) = ordered.filter(|_| stands_by == Some(hold.application)) {
                    pauses::stand_by(app, tx, order, at)?;
                }
            }
            Ok(())
        }
        LotEvent::Ended { .. } | LotEvent::Withdrawn { .. } => {
            let cause = ending_cause(lot);
            for hold in held(tx, lot.id)? {
                order_back(app, tx, hold.application, cause, at)?;
            }
            for reason in [PauseReason::Objection, PauseReason::Standby] {
                pauses::over(app, tx, lot, reason, "标的交易已经结束", at)?;
            }
            Ok(())
        }
        LotEvent::Objected { .. } => pauses::objected(app, tx, lot, at),
        LotEvent::ObjectionAnswered { .. } if !lot.objection_open() => {
            pauses::over(app, tx, lot, PauseReason::Objection, "异议已经答复", at)
        }
        LotEvent::ContractSigned { party: Party::Transferee, .. } => signed(app, tx, lot, at),
        // Before there is a contract, the scan was one of the confirmation.
        LotEvent::ScanChecked { accepted: true, .. } if lot.contract.is_some() => signed(app, tx, lot, at),
        LotEvent::Authenticated { deposit_converted, .. } => convert(app, tx, lot, *deposit_converted, at),
        LotEvent::CertificateIssued { .. } => release(app, tx, lot, at),
        _ => Ok(()),
    }
}

/// With the contract signed nobody has to stand by any more.
fn signed(app: &App, tx: &mut Tx<'_>, lot: &Lot, at: Instant) -> Result<(), Stop> {
    pauses::over(app, tx, lot, PauseReason::Standby, "受让方已经签订合同", at)
}

/// The runner-up, where the notice printed that he stands by.
fn stands_by(app: &App, tx: &mut Tx<'_>, lot: &Lot, outcome: &Outcome) -> Result<Option<ApplicationId>, Stop> {
    match (lot.terms()?.standby, &lot.session) {
        (Standby::RunnerUp, Some(session)) => {
            let direction = frozen::variety(app, tx, lot)?.direction;
            let bids: Vec<(ApplicationId, Fen)> =
                bids::of_room(tx, session.room)?.into_iter().map(|b| (b.application, Fen(b.amount_fen))).collect();
            Ok(standby::runner_up(&bids, outcome.application, direction))
        }
        (Standby::None | Standby::RunnerUp, _) => Ok(None),
    }
}

fn ending_cause(lot: &Lot) -> PayoutCause {
    match lot.stage {
        Stage::FailedNoApplicant | Stage::FailedNoBid | Stage::FailedReserve | Stage::FailedCompetition => {
            PayoutCause::LotFailed
        }
        _ if lot.approvals.iter().any(|a| a.decision.as_ref().is_some_and(|d| !d.granted)) => PayoutCause::DealRefused,
        _ => PayoutCause::LotEnded,
    }
}

fn held(tx: &mut Tx<'_>, lot: LotId) -> Result<Vec<StoredHold>, Fault> {
    Ok(holds::of_lot(tx, lot)?.into_iter().filter(|h| h.status == HoldStatus::Held).collect())
}

fn refund_refused(app: &App, tx: &mut Tx<'_>, lot: &Lot, at: Instant) -> Result<(), Stop> {
    for a in applications::of_lot(tx, lot.id)? {
        let _ = match a.status {
            Status::Refused => order_back(app, tx, a.id, PayoutCause::NotQualified, at)?,
            Status::Withdrawn => order_back(app, tx, a.id, PayoutCause::Withdrawn, at)?,
            Status::Draft | Status::Submitted | Status::Correction | Status::Qualified => None,
        };
    }
    Ok(())
}

fn domain_hold(app: &App, tx: &mut Tx<'_>, hold: &StoredHold) -> Result<Hold, Stop> {
    let line = bank::line(tx, hold.line)?.ok_or_else(|| Fault::Inconsistent("holds.bank_line_id".into()))?;
    let payer = super::bank::other_side(app, &line)?;
    let state = HoldState::Held { line: hold.line, payer };
    Ok(Hold::restore(hold.application, hold.lot, hold.amount, state))
}

/// Orders a held deposit back to the account it came from; nothing when none is held. Gives the order.
pub fn order_back(
    app: &App,
    tx: &mut Tx<'_>,
    application: ApplicationId,
    cause: PayoutCause,
    at: Instant,
) -> Result<Option<RefundId>, Stop> {
    let Some(stored) = holds::of_application(tx, application)?.filter(|h| h.status == HoldStatus::Held) else {
        return Ok(None);
    };
    let hold = domain_hold(app, tx, &stored)?;
    let id = RefundId(new_id());
    let (_, entry, payee) = hold.refund(id).map_err(refused)?;
    post(app, tx, &entry, at, About::Lot(stored.lot), None, cause.zh())?;
    tx.give_hold_back(stored.id, id)?;
    let new = New { id, kind: "deposit", lot: Some(stored.lot), application: Some(application), line: None };
    let wd = frozen::rules(app, tx, stored.lot)?.deposit.refund_wd;
    insert(app, tx, new, cause, stored.amount, &payee, wd, at)?;
    Ok(Some(id))
}

/// Where a new order comes from.
pub struct New {
    /// Its id.
    pub id: RefundId,
    /// Stored kind.
    pub kind: &'static str,
    /// The lot.
    pub lot: Option<LotId>,
    /// The application.
    pub application: Option<ApplicationId>,
    /// The line in suspense.
    pub line: Option<crate::domain::base::ids::BankLineId>,
}

/// The working days an order has: by the notice of its lot, or by today's rules without a lot.
pub(super) fn days(app: &App, db: &mut impl Read, order: &StoredOrder) -> Result<u32, Stop> {
    let rules = match order.lot {
        Some(lot) => frozen::rules(app, db, lot)?,
        None => app.market.rules.clone(),
    };
    Ok(if order.cause == PayoutCause::Release {
        rules.handover.release_to_transferor_wd
    } else {
        rules.deposit.refund_wd
    })
}

/// The day `n` working days on; natural days stand in where the calendar is not confirmed yet.
pub(super) fn due_day(app: &App, at: Instant, n: u32) -> Day {
    app.market.calendar.add_working_days(at.day(), n).unwrap_or_else(|_| at.day().plus(i64::from(n) + 2))
}

/// Writes a new order; its ledger entry is posted already.
#[allow(clippy::too_many_arguments, reason = "one argument a fact of the payment")]
pub fn insert(
    app: &App,
    tx: &mut Tx<'_>,
    new: New,
    cause: PayoutCause,
    amount: Fen,
    payee: &BankParty,
    wd: u32,
    at: Instant,
) -> Result<(), Stop> {
    let serial = tx.next_serial(&format!("refund:{}", at.day().compact()))?;
    let number = RefundNo::new(at.day(), serial).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let sealer = app.keys.sealer();
    let row = new.id.to_string();
    let aad = Aad { table: "refunds", column: "payee_account_sealed", row: &row };
    tx.insert_order(&StoredOrder {
        id: new.id,
        number: number.to_string(),
        kind: new.kind.to_owned(),
        lot: new.lot,
        application: new.application,
        source_line: new.line,
        amount,
        payee_name: payee.name.clone(),
        payee_account_sealed: sealer.seal(&aad, payee.account.as_bytes()).map_err(sealing)?,
        payee_account_lookup: sealer.lookup("bank_account", &payee.account),
        payee_bank: payee.bank.clone(),
        cause,
        due_at: app.market.calendar.close().on(due_day(app, at, wd)),
        status: "due".into(),
        pause_reason: String::new(),
        maker: None,
        checker: None,
        file: None,
        done_line: None,
        created_at: at,
        made_at: None,
        checked_at: None,
        unpaid_by: None,
        unpaid_words: String::new(),
        unpaid_confirmed_by: None,
        reopened: None,
    })?;
    Ok(())
}

/// The domain's order behind a stored one.
pub fn order(app: &App, o: &StoredOrder) -> Result<PayoutOrder, Stop> {
    let bad = |what: &str| Fault::Inconsistent(format!("refunds.{what} of {}", o.id));
    let row = o.id.to_string();
    let aad = Aad { table: "refunds", column: "payee_account_sealed", row: &row };
    let account = app.keys.sealer().open_text(&aad, &o.payee_account_sealed).map_err(sealing)?;
    let from = match (o.cause, o.lot) {
        (PayoutCause::Release, Some(lot)) => Account::TransferorPayable(lot),
        _ => Account::RefundPayable(o.id),
    };
    let state = match o.status.as_str() {
        "due" => PayoutState::Due,
        "paused" => PayoutState::Paused { reasons: Pauses::parse(&o.pause_reason).ok_or_else(|| bad("pause_reason"))? },
        "made" => PayoutState::Made { maker: o.maker.ok_or_else(|| bad("maker_id"))? },
        "checked" => PayoutState::Checked {
            maker: o.maker.ok_or_else(|| bad("maker_id"))?,
            checker: o.checker.ok_or_else(|| bad("checker_id"))?,
        },
        "sent" => {
            let file = o.file.ok_or_else(|| bad("file_id"))?;
            match o.unpaid_by {
                Some(by) => PayoutState::Reported { file, by },
                None => PayoutState::Sent { file },
            }
        }
        "done" => PayoutState::Done { line: o.done_line.ok_or_else(|| bad("done_line_id"))? },
        _ => return Err(bad("status").into()),
    };
    Ok(PayoutOrder {
        id: o.id,
        no: o.number.parse().map_err(|_| bad("number"))?,
        cause: o.cause,
        from,
        amount: o.amount,
        payee: BankParty { name: o.payee_name.clone(), account, bank: o.payee_bank.clone() },
        due: o.due_at.day(),
        state,
        reopened: o.reopened,
    })
}

/// Writes what the domain made of an order.
pub fn put(app: &App, tx: &mut Tx<'_>, stored: StoredOrder, order: &PayoutOrder) -> Result<(), Stop> {
    let mut o = stored;
    o.status = order.state.name().to_owned();
    o.due_at = app.market.calendar.close().on(order.due);
    o.pause_reason = String::new();
    o.reopened = order.reopened;
    match order.state {
        PayoutState::Due => (o.maker, o.checker, o.file) = (None, None, None),
        PayoutState::Paused { reasons } => {
            (o.maker, o.checker) = (None, None);
            o.pause_reason = reasons.stored();
        }
        PayoutState::Made { maker } => (o.maker, o.checker) = (Some(maker), None),
        PayoutState::Checked { maker, checker } => (o.maker, o.checker) = (Some(maker), Some(checker)),
        PayoutState::Sent { file } => {
            o.file = Some(file);
            (o.unpaid_by, o.unpaid_confirmed_by) = (None, None);
            o.unpaid_words = String::new();
        }
        PayoutState::Reported { by, .. } => (o.unpaid_by, o.unpaid_confirmed_by) = (Some(by), None),
        PayoutState::Done { line } => o.done_line = Some(line),
    }
    tx.update_order(&o)?;
    Ok(())
}

/// The winner's deposit becomes the first payment; what that does not need goes back.
fn convert(app: &App, tx: &mut Tx<'_>, lot: &Lot, price: Fen, at: Instant) -> Result<(), Stop> {
    let winner = lot.outcome()?.application;
    let Some(stored) = holds::of_application(tx, winner)?.filter(|h| h.status == HoldStatus::Held) else {
        return Ok(());
    };
    if price <= Fen::ZERO {
        order_back(app, tx, winner, PayoutCause::Remainder, at)?;
        return Ok(());
    }
    let hold = domain_hold(app, tx, &stored)?;
    let payer = hold.payer().map_err(refused)?.clone();
    let id = RefundId(new_id());
    let (hold, entries) = hold.convert(price, id).map_err(refused)?;
    for entry in &entries {
        post(app, tx, entry, at, About::Lot(lot.id), None, "中标人保证金转价款")?;
    }
    tx.set_hold(stored.id, HoldStatus::Converted)?;
    if let HoldState::Converted { price, remainder: Some(id) } = hold.state() {
        let rest = stored.amount - *price;
        let new = New { id: *id, kind: "excess", lot: Some(lot.id), application: Some(winner), line: None };
        let wd = frozen::rules(app, tx, lot.id)?.deposit.refund_wd;
        insert(app, tx, new, PayoutCause::Remainder, rest, &payer, wd, at)?;
    }
    Ok(())
}

/// The price is ordered out to the transferor once the certificate is issued.
fn release(app: &App, tx: &mut Tx<'_>, lot: &Lot, at: Instant) -> Result<(), Stop> {
    let price = -ledger::balance(tx, Account::PricePayable(lot.id))?;
    if price <= Fen::ZERO {
        return Ok(());
    }
    let party = parties::find(tx, lot.transferor)?.ok_or_else(|| Fault::Inconsistent("lots.transferor_id".into()))?;
    let payee = super::parties::bank_account(app, &party)?;
    let entry = postings::release_ordered(lot.id, 1, price).map_err(refused)?;
    post(app, tx, &entry, at, About::Lot(lot.id), None, "价款划转转出方")?;
    let new = New { id: RefundId(new_id()), kind: "release", lot: Some(lot.id), application: None, line: None };
    let wd = frozen::rules(app, tx, lot.id)?.handover.release_to_transferor_wd;
    insert(app, tx, new, PayoutCause::Release, price, &payee, wd, at)
}
