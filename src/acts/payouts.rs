//! The finance post's work on orders: made by one, checked by another, sent in a file, done by the
//! bank's own line.

use serde_json::json;

use super::application::sealing;
use super::deal::no_number;
use super::decided;
use super::messages::{self, Say};
use super::pauses::payee;
use super::posting::{About, FILED, post};
use super::readdress;
use super::refunds::{days, due_day, order, put, refused};
use crate::context::{App, new_id};
use crate::crypto::seal::Aad;
use crate::crypto::suite::sm3;
use crate::domain::actor::Actor;
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, PaymentFileId, RefundId};
use crate::domain::base::numbering::PaymentFileNo;
use crate::domain::base::text;
use crate::domain::funds::payment_file;
use crate::domain::funds::payout::{PayoutCause, PayoutError};
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::store::holds::HoldStatus;
use crate::store::refunds::{StoredFile, StoredOrder};
use crate::store::{Stop, Tx, accounts, holds, refunds};

/// Refuses everybody but the finance post.
pub fn need_money(actor: &Actor) -> Result<(), Stop> {
    if Area::Money.permits(actor) { Ok(()) } else { Err(Refusal::NotYours { who: "资金结算岗".into() }.into()) }
}

/// What a finance clerk does with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// 制单
    Make,
    /// 复核
    Check,
    /// 退回
    SendBack,
}

/// One step of an order: prepared by one, checked by another.
pub fn step(app: &App, actor: &Actor, id: RefundId, step: Step) -> Result<(), Stop> {
    need_money(actor)?;
    let now = app.clock.now();
    app.store.write_whole(|tx| {
        let stored = tx.claim_order(id)?.ok_or(Refusal::NotFound)?;
        let before = order(app, &stored)?;
        let done = match step {
            Step::Make => before.make(actor.account),
            Step::Check => before.check(actor.account),
            Step::SendBack => before.send_back(actor.account),
        };
        let done = match done {
            Err(PayoutError::WrongState(_)) if first(&stored, step).is_some() => {
                let (who, at) = first(&stored, step).unwrap_or((actor.account, now));
                return Err(decided::already(tx, Some(who), at)?.into());
            }
            other => other.map_err(payout)?,
        };
        let mut stored = stored;
        match step {
            Step::Make => stored.made_at = Some(now),
            Step::Check => stored.checked_at = Some(now),
            Step::SendBack => stored.made_at = None,
        }
        put(app, tx, stored, &done)
    })
}

/// Who took this step before, and when.
fn first(stored: &StoredOrder, step: Step) -> Option<(AccountId, Instant)> {
    match step {
        Step::Make => stored.maker.zip(stored.made_at),
        Step::Check | Step::SendBack => stored.checker.zip(stored.checked_at),
    }
}

/// What is said of an order that is at the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unpaid {
    /// 银行未执行: with the words of the bank.
    Report(String),
    /// Another person confirms it: the order is due again.
    Confirm,
    /// The report was wrong.
    Drop,
}

/// The bank did not carry an order out: reported by one with a reason, confirmed by another. Until then, and
/// after it, a line of the bank that shows the payment ends the order.
pub fn unpaid(app: &App, actor: &Actor, id: RefundId, said: &Unpaid) -> Result<(), Stop> {
    need_money(actor)?;
    let now = app.clock.now();
    app.store.write_whole(|tx| {
        let mut stored = tx.claim_order(id)?.ok_or(Refusal::NotFound)?;
        let before = order(app, &stored)?;
        let after = match said {
            Unpaid::Report(words) => {
                let words = text::paragraphs(words, 300).map_err(|e| Refusal::field("reason", e.zh()))?;
                let reported = before.report(actor.account).map_err(unpaid_refused)?;
                stored.unpaid_words = words;
                reported
            }
            Unpaid::Drop => before.drop_report().map_err(unpaid_refused)?,
            Unpaid::Confirm => {
                let due = due_day(app, now, days(app, tx, &stored)?);
                let (due, entry) = before.rejected(actor.account, due).map_err(unpaid_refused)?;
                post(app, tx, &entry, now, About::of(stored.lot), Some(actor.account), "银行未执行付款")?;
                stored.unpaid_confirmed_by = Some(actor.account);
                // The account may have been the reason, and be another by now.
                let (readdressed, due) = readdress::due_again(app, tx, stored, due)?;
                stored = readdressed;
                due
            }
        };
        put(app, tx, stored, &after)
    })
}

fn unpaid_refused(e: PayoutError) -> Stop {
    match e {
        PayoutError::SamePerson => Refusal::SameHand { did: "登记银行未执行".into() }.into(),
        other => refused(other),
    }
}

/// One order with what was said of it, for who may work on it.
pub fn one(app: &App, actor: &Actor, id: RefundId) -> Result<(StoredOrder, String), Stop> {
    need_money(actor)?;
    let found = app.store.read(|db| {
        let Some(order) = refunds::find(db, id)? else { return Ok(None) };
        let by = match order.unpaid_by {
            Some(by) => accounts::find(db, by)?.map(|a| a.name).unwrap_or_default(),
            None => String::new(),
        };
        Ok(Some((order, by)))
    })?;
    found.ok_or_else(|| Refusal::NotFound.into())
}

fn payout(e: PayoutError) -> Stop {
    match e {
        PayoutError::SamePerson => Refusal::SameHand { did: "制单".into() }.into(),
        other => refused(other),
    }
}

/// Puts all checked orders into one payment file.
pub fn make_file(app: &App, actor: &Actor) -> Result<PaymentFileId, Stop> {
    need_money(actor)?;
    let now = app.clock.now();
    app.store.write_whole(|tx| {
        let serial = tx.next_serial("payment_file")?;
        let id = PaymentFileId(new_id());
        let mut stored = Vec::new();
        for waiting in refunds::with_status(tx, "checked", 500)? {
            if let Some(claimed) = tx.claim_order(waiting.id)?.filter(|o| o.status == "checked") {
                stored.push(claimed);
            }
        }
        let orders = stored.iter().map(|o| order(app, o)).collect::<Result<Vec<_>, _>>()?;
        let made = payment_file::render(&orders).map_err(refused)?;
        let row = id.to_string();
        let sealed = app.keys.sealer().seal(&content_aad(&row), &made.bytes).map_err(sealing)?;
        let file = StoredFile {
            id,
            number: PaymentFileNo::new(now.day(), serial).map_err(no_number)?.to_string(),
            sm3: sm3(&[&made.bytes]).hex(),
            content: sealed.into_bytes(),
            made_at: now,
        };
        tx.insert_payment_file(&file, actor.account)?;
        let mut told = false;
        for (stored, order) in stored.into_iter().zip(orders) {
            let lot = stored.lot;
            let (sent, entry) = order.send(id).map_err(payout)?;
            post(app, tx, &entry, now, About::of(lot), Some(actor.account), &file.number)?;
            told |= About::of(lot).subject(tx)?.is_some();
            put(app, tx, stored, &sent)?;
        }
        // A file with nothing but payments of open lots would tell that somebody took an application back.
        if told {
            let commitment = app.keys.commit(&[FILED, &row], &file.sm3).hex();
            tx.journal(now, FILED, "ledger", json!({ "file": row, "commitment": commitment }))?;
        }
        Ok(id)
    })
}

/// Names and accounts stand in a payment file: it is sealed like them.
pub(crate) fn content_aad(row: &str) -> Aad<'_> {
    Aad { table: "payment_files", column: "content", row }
}

/// The bytes of a payment file, as they were first made.
pub fn file(app: &App, actor: &Actor, id: PaymentFileId) -> Result<StoredFile, Stop> {
    need_money(actor)?;
    let stored = app.store.read(|db| refunds::file(db, id))?.ok_or(Refusal::NotFound)?;
    let sealed = String::from_utf8_lossy(&stored.content);
    let content = app.keys.sealer().open(&content_aad(&id.to_string()), &sealed).map_err(sealing)?.to_vec();
    Ok(StoredFile { content, ..stored })
}

/// An outgoing bank line proves an order.
#[allow(clippy::too_many_arguments, reason = "one argument a fact of the payment")]
pub fn complete(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: RefundId,
    line: crate::domain::base::ids::BankLineId,
    source: crate::domain::funds::Source,
    statement: &crate::domain::funds::StatementLine,
    now: Instant,
) -> Result<(), Stop> {
    let stored = tx.claim_order(id)?.ok_or(Refusal::NotFound)?;
    let (done, entry) = order(app, &stored)?.complete(line, source, statement).map_err(payout)?;
    post(app, tx, &entry, now, About::of(stored.lot), Some(actor.account), &stored.number)?;
    if let Some(hold) = holds::of_refund(tx, id)? {
        tx.set_hold(hold.id, HoldStatus::Refunded)?;
    }
    if let Some(source) = stored.source_line {
        tx.set_bank_line(source, "returned", &stored.number)?;
    }
    if let Some(party) = payee(tx, &stored)? {
        let (subject, account) = if stored.cause == PayoutCause::Release {
            ("价款已划出", "已付至您登记的账户")
        } else {
            ("退款已到账", "已付至您的原账户")
        };
        messages::to_party(
            app,
            tx,
            party,
            &Say {
                topic: "payout_done",
                subject: subject.to_owned(),
                body: format!("付款单 {}，金额 {}，{account}，请查收。", stored.number, stored.amount),
                lot: None,
            },
        )?;
    }
    put(app, tx, stored, &done)
}
