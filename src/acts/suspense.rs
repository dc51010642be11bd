//! Lines that matched nothing by themselves: claimed by hand, or sent back (rulebook 5.2).

use super::bank::{Plan, apply, claim_lots, expectations, other_side};
use super::payouts::{complete, need_money};
use super::posting::{About, post};
use super::refunds::{self as orders, refused};
use crate::context::{App, new_id};
use crate::domain::actor::Actor;
use crate::domain::base::Instant;
use crate::domain::base::ids::{BankLineId, RefundId};
use crate::domain::funds::matching::{self, Expected, Incoming};
use crate::domain::funds::payout::PayoutCause;
use crate::domain::funds::{Direction, Source, StatementLine, postings};
use crate::domain::refusal::Refusal;
use crate::store::bank::StoredLine;
use crate::store::{Stop, Tx, ledger, refunds};

fn statement_line(app: &App, line: &StoredLine) -> Result<StatementLine, Stop> {
    Ok(StatementLine {
        row: 0,
        serial: line.serial.clone(),
        booked: line.booked_at,
        direction: if line.outgoing { Direction::Out } else { Direction::In },
        amount: line.amount,
        party: other_side(app, line)?,
        own_account: line.own_account.clone(),
        remark: line.remark.clone(),
    })
}

fn waiting(tx: &mut Tx<'_>, id: BankLineId) -> Result<StoredLine, Stop> {
    let line = tx.claim_bank_line(id)?.ok_or(Refusal::NotFound)?;
    if line.status == "unmatched" {
        Ok(line)
    } else {
        // Whoever cleared it, or matched it as it was imported, stands in the ledger.
        let cleared = match ledger::posted_by(tx, &Source::Suspense.key(id))? {
            Some(found) => Some(found),
            None => ledger::posted_by(tx, &Source::Statement.key(id))?,
        };
        let (who, at) = cleared.unwrap_or((None, line.booked_at));
        Err(super::decided::already(tx, who, at)?.into())
    }
}

/// Sets an unmatched line to the payment of this remark code or payment order, by hand. Name, amount
/// and time must fit as for the automatic matching; what is new is only the reference.
pub fn match_by_hand(app: &App, actor: &Actor, id: BankLineId, reference: &str) -> Result<(), Stop> {
    need_money(actor)?;
    let now = app.clock.now();
    let reference = crate::domain::base::text::code(reference).map_err(|e| Refusal::field("reference", e.zh()))?;
    let reference = reference.as_str();
    app.store.write_whole(|tx| {
        tx.next_serial("statement")?;
        let stored = waiting(tx, id)?;
        let mut line = statement_line(app, &stored)?;
        if stored.outgoing {
            return explain(app, tx, actor, &stored, &line, reference, now);
        }
        let open: Vec<Expected> =
            expectations(app, tx)?.into_iter().filter(|e| e.sub_account.as_deref() == Some(reference)).collect();
        if open.is_empty() {
            return Err(Refusal::field("reference", "没有使用这个附言码的待收款项，请核对").into());
        }
        line.own_account = reference.to_owned();
        let target = match matching::incoming(&line, &open) {
            Incoming::Matched(target) => target,
            Incoming::Unmatched(why) => return Err(Refusal::field("reference", why.zh()).into()),
        };
        claim_lots(tx, &[Plan::In(Incoming::Matched(target))])?;
        apply(app, tx, actor, id, Source::Suspense, target, &line, now)?;
        tx.set_bank_line(id, "matched", "人工认领")?;
        Ok(())
    })
}

fn explain(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    stored: &StoredLine,
    line: &StatementLine,
    number: &str,
    now: Instant,
) -> Result<(), Stop> {
    let sent = refunds::payable(tx, 5_000)?;
    let Some(order) = sent.iter().find(|o| o.number == number) else {
        return Err(Refusal::field("reference", "没有这个编号的已发送付款单，请核对").into());
    };
    complete(app, tx, actor, order.id, stored.id, Source::Suspense, line, now)?;
    tx.set_bank_line(stored.id, "matched", number)?;
    Ok(())
}

/// Orders an unmatched incoming line back to the account it came from.
pub fn send_back(app: &App, actor: &Actor, id: BankLineId) -> Result<(), Stop> {
    need_money(actor)?;
    let now = app.clock.now();
    app.store.write_whole(|tx| {
        let stored = waiting(tx, id)?;
        let payee = other_side(app, &stored)?;
        if stored.outgoing || payee.account.is_empty() {
            return Err(Refusal::rule("NO_PAYER", "这笔流水没有可以退回的付款账号，请先向银行核实。", "").into());
        }
        let refund = RefundId(new_id());
        let entry = postings::suspense_returned(id, refund, stored.amount).map_err(refused)?;
        post(app, tx, &entry, now, About::Nobody, Some(actor.account), &stored.serial)?;
        let new = orders::New { id: refund, kind: "suspense", lot: None, application: None, line: Some(id) };
        let wd = app.market.rules.deposit.refund_wd;
        orders::insert(app, tx, new, PayoutCause::Unmatched, stored.amount, &payee, wd, now)?;
        tx.set_bank_line(id, "returning", &stored.matched_to)?;
        Ok(())
    })
}
