//! Bank statements: taken whole or not at all, each serial once, every line matched or kept in
//! suspense with its reason (rulebook 5.2).

use std::collections::HashSet;

use serde_json::json;

use super::application::{self, sealing};
use super::payouts::{complete, need_money};
use super::posting::{About, post};
use super::refunds::{self as orders, refused};
use super::{Hand, record};
use crate::context::{App, new_id};
use crate::crypto::seal::Aad;
use crate::crypto::suite::sm3;
use crate::domain::actor::Actor;
use crate::domain::base::ids::{ApplicationId, BankLineId, HoldId, LotId, RefundId};
use crate::domain::base::{Fen, Instant};
use crate::domain::funds::matching::{self, Expected, Incoming, Target};
use crate::domain::funds::{
    BankParty, Direction, Hold, PayoutOrder, RowError, Source, StatementLine, postings, statement,
};
use crate::domain::lot::{Stage, deal};
use crate::domain::refusal::{FieldFault, Refusal};
use crate::store::bank::{Statement, StoredLine};
use crate::store::holds::{HoldStatus, StoredHold};
use crate::store::{Read, Stop, Tx, applications, bank, lots, parties, refunds};

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// New lines.
    pub new: usize,
    /// Lines that were known by their serial.
    pub known: usize,
    /// New lines that matched something.
    pub matched: usize,
}

/// The other side of a stored line, with its account in clear.
pub fn other_side(app: &App, line: &StoredLine) -> Result<BankParty, Stop> {
    let row = line.id.to_string();
    let aad = Aad { table: "bank_lines", column: "account_sealed", row: &row };
    let account = app.keys.sealer().open_text(&aad, &line.account_sealed).map_err(sealing)?;
    Ok(BankParty { name: line.name.clone(), account, bank: line.bank.clone() })
}

/// Every payment somebody was told to make and that has not arrived.
pub(super) fn expectations(app: &App, db: &mut impl Read) -> Result<Vec<Expected>, Stop> {
    let mut open = Vec::new();
    for a in applications::awaiting_deposit(db)? {
        let Some(lot) = lots::find(db, a.lot)?.map(|s| s.lot) else { continue };
        let Some(party) = parties::find(db, a.party)? else { continue };
        open.push(Expected {
            target: Target::Deposit(a.id),
            amount: lot.terms()?.deposit,
            payer_name: party.name,
            reference: lot.lot_no.clone().unwrap_or_default(),
            sub_account: Some(a.sub_account),
            deadline: lot.listing.as_ref().map(|l| l.closes),
        });
    }
    for lot in lots::in_stage(db, Stage::AwaitingPayment)? {
        open.extend(payment_of(app, db, &lot)?);
    }
    Ok(open)
}

fn payment_of(_app: &App, db: &mut impl Read, lot: &crate::domain::lot::Lot) -> Result<Option<Expected>, Stop> {
    let (Some(payment), Some(outcome)) = (&lot.payment, &lot.outcome) else { return Ok(None) };
    let price = Fen((payment.price_due - payment.price_paid).0.max(0));
    let fee = Fen((payment.fee_due - payment.fee_paid).0.max(0));
    let Some(party) = parties::find(db, outcome.party)? else { return Ok(None) };
    let sub_account = applications::find(db, outcome.application)?.map(|a| a.sub_account);
    Ok(Some(Expected {
        target: Target::Payment { lot: lot.id, price, fee },
        amount: price + fee,
        payer_name: party.name,
        reference: lot.lot_no.clone().unwrap_or_default(),
        sub_account,
        deadline: None,
    }))
}

/// What a new line turned out to be.
pub(super) enum Plan {
    In(Incoming),
    Out(Option<RefundId>),
}

/// Imports a statement that says nothing of the time after its last line. Finance post only.
///
/// # Errors
/// As [`import_through`].
pub fn import(app: &App, actor: &Actor, name: &str, bytes: &[u8]) -> Result<Imported, Stop> {
    import_through(app, actor, name, bytes, None)
}

/// Imports a statement. Finance post only. `through` is the moment up to which the bank drew it; without it, the
/// statement reaches to its last line.
///
/// # Errors
/// Refused with every faulty row, also rows of another account and known serials with other contents; then
/// nothing of the file is kept.
pub fn import_through(
    app: &App,
    actor: &Actor,
    name: &str,
    bytes: &[u8],
    through: Option<Instant>,
) -> Result<Imported, Stop> {
    need_money(actor)?;
    let Some(settlement) = &app.config.county.settlement else {
        let words = "交易资金结算账户还没有设置，不能核对流水属于哪个账户。请系统管理员设置后再导入。";
        return Err(Refusal::rule("NO_SETTLEMENT_ACCOUNT", words, "").into());
    };
    let text = crate::files::decode_text(bytes).map_err(|e| Refusal::field("statement", e.zh()))?;
    let lines = statement::parse(text.as_bytes(), &settlement.number).map_err(|errors| rows(&errors))?;
    let now = app.clock.now();
    let through = reach(&lines, through, now)?;
    app.store.write(|tx| {
        // Imports stand in one line: each sees what the one before matched.
        tx.next_serial("statement")?;
        tx.nested(|tx| {
            let mut issued = HashSet::new();
            for line in &lines {
                if line.own_account != settlement.number && applications::issued(tx, &line.own_account)? {
                    issued.insert(line.own_account.clone());
                }
            }
            let strange = statement::foreign(&lines, |own| own == settlement.number || issued.contains(own));
            if !strange.is_empty() {
                return Err(rows(&strange).into());
            }
            let id = new_id();
            let fresh = fresh(tx, &lines)?;
            let plans = plan(app, tx, &fresh)?;
            claim_lots(tx, &plans)?;
            let sm3 = sm3(&[bytes]).hex();
            let kept = Statement { id, name, sm3: &sm3, by: actor.account, at: now, lines: lines.len(), through };
            tx.insert_statement(&kept)?;
            let mut done = Imported { new: fresh.len(), known: lines.len() - fresh.len(), matched: 0 };
            for (line, plan) in fresh.iter().zip(plans) {
                if take(app, tx, actor, id, line, plan, now)? {
                    done.matched += 1;
                }
            }
            Ok(done)
        })
    })
}

fn rows(errors: &[RowError]) -> Refusal {
    Refusal::Fields { faults: errors.iter().map(|e| FieldFault::new("statement", e.zh())).collect() }
}

/// The moment up to which a statement tells of the account: as stated, or its last line's.
fn reach(lines: &[StatementLine], stated: Option<Instant>, now: Instant) -> Result<Instant, Refusal> {
    let last = lines.iter().map(|l| l.booked).max();
    match (stated, last) {
        (Some(at), _) if at > now => Err(Refusal::field("through", "截至时间不能晚于现在")),
        (Some(at), Some(last)) if at < last => {
            Err(Refusal::field("through", format!("文件中有{}的流水，截至时间不能早于它", last.zh_secs())))
        }
        (Some(at), _) => Ok(at),
        (None, Some(last)) => Ok(last.min(now)),
        (None, None) => Err(Refusal::field("statement", "文件只有表头，没有流水。当天没有收支的，请填写流水截至时间")),
    }
}

/// The lines that were not imported before. A known serial with other contents is refused with its row.
fn fresh<'a>(tx: &mut Tx<'_>, lines: &'a [StatementLine]) -> Result<Vec<&'a StatementLine>, Stop> {
    let (mut fresh, mut changed) = (Vec::new(), Vec::new());
    for line in lines {
        match bank::by_serial(tx, &line.serial)? {
            None => fresh.push(line),
            Some(known) => {
                let direction = if known.outgoing { Direction::Out } else { Direction::In };
                let earlier = (known.booked_at, direction, known.amount, known.own_account.as_str());
                changed.extend(statement::differs(line, earlier));
            }
        }
    }
    if changed.is_empty() { Ok(fresh) } else { Err(rows(&changed).into()) }
}

fn plan(app: &App, tx: &mut Tx<'_>, fresh: &[&StatementLine]) -> Result<Vec<Plan>, Stop> {
    let mut open = expectations(app, tx)?;
    let mut sent = refunds::payable(tx, 5_000)?
        .iter()
        .map(|o| orders::order(app, o))
        .collect::<Result<Vec<PayoutOrder>, Stop>>()?;
    let mut plans = Vec::new();
    for line in fresh {
        plans.push(match line.direction {
            Direction::In => {
                let found = matching::incoming(&pointed(line, &open), &open);
                if let Incoming::Matched(target) = found {
                    open.retain(|e| e.target != target);
                }
                Plan::In(found)
            }
            Direction::Out => {
                let found = matching::outgoing(line, &sent);
                sent.retain(|o| Some(o.id) != found);
                Plan::Out(found)
            }
        });
    }
    Ok(plans)
}

/// A sub-account written into the remark points as well as one paid into.
fn pointed(line: &StatementLine, open: &[Expected]) -> StatementLine {
    let mut line = line.clone();
    let named = open.iter().filter_map(|e| e.sub_account.as_ref()).find(|s| line.remark.contains(s.as_str()));
    if let Some(sub) = named {
        line.own_account.clone_from(sub);
    }
    line
}

/// All lots the import will touch, claimed in one order before anything is written.
pub(super) fn claim_lots(tx: &mut Tx<'_>, plans: &[Plan]) -> Result<(), Stop> {
    let mut ids: Vec<LotId> = Vec::new();
    for plan in plans {
        match plan {
            Plan::In(Incoming::Matched(Target::Deposit(a))) => {
                ids.extend(applications::find(tx, *a)?.map(|a| a.lot));
            }
            Plan::In(Incoming::Matched(Target::Payment { lot, .. })) => ids.push(*lot),
            Plan::In(Incoming::Unmatched(_)) | Plan::Out(_) => {}
        }
    }
    ids.sort();
    ids.dedup();
    for id in ids {
        tx.claim_lot(id)?;
    }
    Ok(())
}

fn take(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    statement: uuid::Uuid,
    line: &StatementLine,
    plan: Plan,
    now: Instant,
) -> Result<bool, Stop> {
    let id = BankLineId(new_id());
    let stored = stored_line(app, statement, id, line, &plan)?;
    tx.insert_bank_line(&stored)?;
    match plan {
        Plan::In(Incoming::Matched(target)) => {
            apply(app, tx, actor, id, Source::Statement, target, line, now)?;
            Ok(true)
        }
        Plan::In(Incoming::Unmatched(_)) => {
            let entry = postings::suspense_received(id, line.amount).map_err(refused)?;
            post(app, tx, &entry, now, About::Sealed, Some(actor.account), &line.serial)?;
            Ok(false)
        }
        Plan::Out(Some(order)) => {
            complete(app, tx, actor, order, id, Source::Statement, line, now)?;
            Ok(true)
        }
        Plan::Out(None) => {
            let entry = postings::unexplained_paid(id, line.amount).map_err(refused)?;
            post(app, tx, &entry, now, About::Sealed, Some(actor.account), &line.serial)?;
            Ok(false)
        }
    }
}

fn stored_line(
    app: &App,
    statement: uuid::Uuid,
    id: BankLineId,
    line: &StatementLine,
    plan: &Plan,
) -> Result<StoredLine, Stop> {
    let row = id.to_string();
    let aad = Aad { table: "bank_lines", column: "account_sealed", row: &row };
    let (status, matched_to) = match plan {
        Plan::In(Incoming::Matched(Target::Deposit(_))) => ("matched", "保证金".to_owned()),
        Plan::In(Incoming::Matched(Target::Payment { .. })) => ("matched", "价款和服务费".to_owned()),
        Plan::In(Incoming::Unmatched(why)) => ("unmatched", why.zh()),
        Plan::Out(Some(_)) => ("matched", "付款单".to_owned()),
        Plan::Out(None) => ("unmatched", "支出没有对应的付款单，请核对银行回单。".to_owned()),
    };
    Ok(StoredLine {
        id,
        statement,
        serial: line.serial.clone(),
        booked_at: line.booked,
        outgoing: line.direction == Direction::Out,
        name: line.party.name.clone(),
        account_sealed: app.keys.sealer().seal(&aad, line.party.account.as_bytes()).map_err(sealing)?,
        account_lookup: app.keys.sealer().lookup("bank_account", &line.party.account),
        bank: line.party.bank.clone(),
        amount: line.amount,
        own_account: line.own_account.clone(),
        remark: line.remark.clone(),
        status: status.to_owned(),
        matched_to,
    })
}

#[allow(clippy::too_many_arguments, reason = "one argument a fact of the payment")]
pub(super) fn apply(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: BankLineId,
    source: Source,
    target: Target,
    line: &StatementLine,
    now: Instant,
) -> Result<(), Stop> {
    match target {
        Target::Deposit(a) => deposit(app, tx, actor, id, source, a, line, now),
        Target::Payment { lot, price, fee } => {
            let entry = postings::payment_received(id, source, lot, price, fee).map_err(refused)?;
            post(app, tx, &entry, now, About::Lot(lot), Some(actor.account), &line.serial)?;
            let stored = lots::find(tx, lot)?.ok_or(Refusal::NotFound)?;
            let events = deal::receive(&stored.lot, price, fee)?;
            let hand = Hand { account: Some(actor.account), post: "资金结算岗".into(), act: None };
            record::lot_events(app, tx, stored.lot, events, &hand, now)?;
            Ok(())
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "one argument a fact of the payment")]
fn deposit(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: BankLineId,
    source: Source,
    application: ApplicationId,
    line: &StatementLine,
    now: Instant,
) -> Result<(), Stop> {
    let a = applications::find(tx, application)?.ok_or(Refusal::NotFound)?;
    let lot = lots::find(tx, a.lot)?.ok_or(Refusal::NotFound)?.lot;
    let hold = Hold::unpaid(a.id, a.lot, lot.terms()?.deposit);
    let (_, entry) = hold.receive(id, source, line.amount, line.party.clone()).map_err(refused)?;
    // Whose deposit it is stays out of the memo: the finance post does not learn it before the close.
    post(app, tx, &entry, now, About::Sealed, Some(actor.account), &line.serial)?;
    tx.insert_hold(&StoredHold {
        id: HoldId(new_id()),
        application: a.id,
        lot: a.lot,
        amount: line.amount,
        line: id,
        status: HoldStatus::Held,
        refund: None,
    })?;
    let facts = json!({ "application": a.id.to_string(), "amount_fen": line.amount.0, "serial": line.serial });
    application::note(app, tx, a.lot, now, "deposit", facts)?;
    super::messages::to_party(
        app,
        tx,
        a.party,
        &super::messages::Say {
            topic: "deposit_arrived",
            subject: "保证金已到账".into(),
            body: format!("标的 {} 的保证金 {} 已到账。", lot.lot_no.clone().unwrap_or_default(), line.amount),
            lot: None,
        },
    )
}
