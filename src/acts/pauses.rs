//! Payments that wait, and go on: for an objection, an ordered inquiry or a printed standby rule, and for
//! nothing else (rulebook 5.3, 2.4). The payee is told the reason each time.

use std::collections::BTreeMap;

use serde_json::json;

use super::messages::{self, Say};
use super::refunds::{days, due_day, order, put, refused};
use crate::context::{App, new_id};
use crate::domain::actor::{Actor, Role};
use crate::domain::base::ids::{AccountId, PartyId, RefundId};
use crate::domain::base::{Instant, text};
use crate::domain::funds::PauseReason;
use crate::domain::funds::payout::{PayoutCause, PayoutState};
use crate::domain::lot::Lot;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::store::refund_pauses::{self, StoredPause, Word};
use crate::store::refunds::StoredOrder;
use crate::store::{Fault, Read, Stop, Tx, accounts, applications, holds, lots, refunds};

/// What a reason of a rule is signed with.
const BY_RULE: &str = "按规则自动";

fn by_rule(words: &str, at: Instant) -> Word {
    Word { words: words.to_owned(), by: None, post: BY_RULE.to_owned(), at }
}

/// The party that an order pays: the bidder, or the transferor of a released price.
pub(super) fn payee(db: &mut impl Read, order: &StoredOrder) -> Result<Option<PartyId>, Fault> {
    Ok(match (order.application, order.lot) {
        (Some(a), _) => applications::find(db, a)?.map(|a| a.party),
        (None, Some(lot)) => lots::find(db, lot)?.map(|l| l.lot.transferor),
        (None, None) => None,
    })
}

/// What the leaf of a word commits to.
pub(super) fn committed(word: &Word) -> String {
    let by = word.by.map(|a| a.to_string()).unwrap_or_default();
    [word.words.as_str(), &by, &word.post, &word.at.rfc3339()].join("\n")
}

fn leaf(
    app: &App,
    tx: &mut Tx<'_>,
    kind: &'static str,
    o: &StoredOrder,
    pause: &StoredPause,
    word: &Word,
) -> Result<(), Fault> {
    let id = pause.id.to_string();
    let words = app.keys.commit(&[kind, &id], &committed(word)).hex();
    tx.journal(word.at, kind, &o.number, json!({ "pause": id, "reason": pause.reason.name(), "words": words }))
}

fn tell(app: &App, tx: &mut Tx<'_>, o: &StoredOrder, subject: &str, what: String) -> Result<(), Stop> {
    let Some(party) = payee(tx, o)? else { return Ok(()) };
    let body = format!("付款单 {}，金额 {}：{what}", o.number, o.amount);
    messages::to_party(app, tx, party, &Say { topic: "payout_paused", subject: subject.into(), body, lot: None })
}

/// Stops an order for a reason.
pub(super) fn begin(
    app: &App,
    tx: &mut Tx<'_>,
    stored: StoredOrder,
    reason: PauseReason,
    word: Word,
) -> Result<(), Stop> {
    let paused = order(app, &stored)?.pause(reason).map_err(refused)?;
    let pause = StoredPause { id: new_id(), order: stored.id, reason, ordered: word, lifted: None };
    tx.insert_pause(&pause)?;
    leaf(app, tx, "refund.paused", &stored, &pause, &pause.ordered)?;
    let what = format!(
        "因“{}”暂停付款。理由：{}。原因消除后重新计算付款期限，不影响您的款项。",
        reason.zh(),
        pause.ordered.words.trim_end_matches('。')
    );
    tell(app, tx, &stored, "付款暂停通知", what)?;
    put(app, tx, stored, &paused)
}

/// Ends a reason. The order goes on when it was the last one, with its time counted anew.
pub(super) fn end(
    app: &App,
    tx: &mut Tx<'_>,
    stored: StoredOrder,
    reason: PauseReason,
    word: Word,
) -> Result<(), Stop> {
    let due = due_day(app, word.at, days(app, tx, &stored)?);
    let resumed = order(app, &stored)?.resume(reason, due).map_err(refused)?;
    let open = refund_pauses::of_order(tx, stored.id)?;
    for pause in open.iter().filter(|p| p.reason == reason && p.lifted.is_none()) {
        if tx.lift_pause(pause.id, &word)? {
            leaf(app, tx, "refund.resumed", &stored, pause, &word)?;
        }
    }
    let ended = format!("“{}”的暂停已经解除。理由：{}。", reason.zh(), word.words.trim_end_matches('。'));
    let what = match resumed.state {
        PayoutState::Paused { reasons } => format!("{ended}仍因“{}”暂停。", reasons.zh()),
        PayoutState::Due
        | PayoutState::Made { .. }
        | PayoutState::Checked { .. }
        | PayoutState::Sent { .. }
        | PayoutState::Reported { .. }
        | PayoutState::Done { .. } => format!("{ended}付款继续办理，期限至{}。", resumed.due.zh()),
    };
    tell(app, tx, &stored, "付款恢复通知", what)?;
    put(app, tx, stored, &resumed)
}

/// The orders of a lot as this transaction holds them, so that nobody sends one meanwhile.
fn claimed(tx: &mut Tx<'_>, lot: &Lot) -> Result<Vec<StoredOrder>, Fault> {
    let mut all = Vec::new();
    for o in refunds::of_lot(tx, lot.id)? {
        all.extend(tx.claim_order(o.id)?);
    }
    Ok(all)
}

fn holds_back(app: &App, o: &StoredOrder, reason: PauseReason) -> Result<Option<bool>, Stop> {
    Ok(match order(app, o)?.state {
        PayoutState::Paused { reasons } => Some(reasons.has(reason)),
        PayoutState::Due | PayoutState::Made { .. } | PayoutState::Checked { .. } => Some(false),
        PayoutState::Sent { .. } | PayoutState::Reported { .. } | PayoutState::Done { .. } => None,
    })
}

/// The result is under objection: who might yet be affected by it waits.
pub(super) fn objected(app: &App, tx: &mut Tx<'_>, lot: &Lot, at: Instant) -> Result<(), Stop> {
    for o in claimed(tx, lot)?.into_iter().filter(|o| o.cause == PayoutCause::NotWon) {
        if holds_back(app, &o, PauseReason::Objection)? == Some(false) {
            begin(app, tx, o, PauseReason::Objection, by_rule("公示期内收到对结果的异议，答复前暂停", at))?;
        }
    }
    Ok(())
}

/// A reason of the lot itself ended.
pub(super) fn over(
    app: &App,
    tx: &mut Tx<'_>,
    lot: &Lot,
    reason: PauseReason,
    words: &str,
    at: Instant,
) -> Result<(), Stop> {
    for o in claimed(tx, lot)? {
        if holds_back(app, &o, reason)? == Some(true) {
            end(app, tx, o, reason, by_rule(words, at))?;
        }
    }
    Ok(())
}

/// The runner-up stands by where the notice printed it: his refund is ordered like the others' and waits.
pub(super) fn stand_by(app: &App, tx: &mut Tx<'_>, id: RefundId, at: Instant) -> Result<(), Stop> {
    let stored = tx.claim_order(id)?.ok_or_else(|| Fault::Inconsistent("refunds.id".into()))?;
    let words = "公告载明设候补竞买人，您是受让方以外报价最优者，保证金保留到受让方签订合同";
    begin(app, tx, stored, PauseReason::Standby, by_rule(words, at))
}

/// A pause as pages show it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Which reason.
    pub reason: PauseReason,
    /// Who ordered it.
    pub ordered: Word,
    /// His name, for the desk.
    pub name: String,
    /// Who lifted it, with his name.
    pub lifted: Option<(Word, String)>,
}

/// The pauses of an order, oldest first.
pub fn of_order(db: &mut impl Read, id: RefundId) -> Result<Vec<Shown>, Fault> {
    let mut shown = Vec::new();
    for p in refund_pauses::of_order(db, id)? {
        let lifted = match p.lifted {
            Some(word) => Some((word.clone(), name(db, word.by)?)),
            None => None,
        };
        shown.push(Shown { reason: p.reason, name: name(db, p.ordered.by)?, ordered: p.ordered, lifted });
    }
    Ok(shown)
}

/// What holds each of these orders back now, oldest first; a name is looked up once.
pub fn open_of(db: &mut impl Read, orders: &[RefundId]) -> Result<BTreeMap<RefundId, Vec<Shown>>, Fault> {
    let mut names: BTreeMap<AccountId, String> = BTreeMap::new();
    let mut shown: BTreeMap<RefundId, Vec<Shown>> = BTreeMap::new();
    for p in refund_pauses::open_of(db, orders)? {
        let name = match p.ordered.by {
            None => String::new(),
            Some(by) => match names.get(&by) {
                Some(name) => name.clone(),
                None => names.entry(by).or_insert(name(db, Some(by))?).clone(),
            },
        };
        shown.entry(p.order).or_default().push(Shown { reason: p.reason, ordered: p.ordered, name, lifted: None });
    }
    Ok(shown)
}

fn name(db: &mut impl Read, by: Option<AccountId>) -> Result<String, Fault> {
    Ok(by.map(|id| accounts::find(db, id)).transpose()?.flatten().map(|a| a.name).unwrap_or_default())
}

fn need_inquiry(actor: &Actor) -> Result<Role, Stop> {
    let post = Area::RefundInquiry.roles().iter().copied().find(|role| actor.has(*role));
    post.ok_or_else(|| Refusal::NotYours { who: "中心主任、纪检监察/审计".into() }.into())
}

fn reason_of(words: &str) -> Result<String, Refusal> {
    let words = text::paragraphs(words, 500).map_err(|e| Refusal::field("reason", e.zh()))?;
    if words.chars().count() < 10 {
        return Err(Refusal::field("reason", "请写明事由和依据，至少 10 个字；收款人会收到这个理由"));
    }
    Ok(words)
}

/// Orders an inquiry: the payment waits until somebody who may order one lifts it.
pub fn order_inquiry(app: &App, actor: &Actor, id: RefundId, words: &str) -> Result<(), Stop> {
    inquiry(app, actor, id, words, begin)
}

/// Lifts the inquiry with its outcome in words.
pub fn end_inquiry(app: &App, actor: &Actor, id: RefundId, words: &str) -> Result<(), Stop> {
    inquiry(app, actor, id, words, end)
}

fn inquiry(
    app: &App,
    actor: &Actor,
    id: RefundId,
    words: &str,
    change: fn(&App, &mut Tx<'_>, StoredOrder, PauseReason, Word) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let post = need_inquiry(actor)?;
    let words = reason_of(words)?;
    let at = app.clock.now();
    app.store.write(|tx| {
        let stored = tx.claim_order(id)?.ok_or(Refusal::NotFound)?;
        let word = Word { words: words.clone(), by: Some(actor.account), post: post.zh().into(), at };
        tx.nested(|tx| change(app, tx, stored, PauseReason::Inquiry, word))
    })
}

/// An order with what made it wait, for the inquiry's page.
#[derive(Clone, Debug)]
pub struct Inquired {
    /// The order.
    pub order: StoredOrder,
    /// Its pauses, oldest first.
    pub pauses: Vec<Shown>,
    /// The lot's number, once that may be known.
    pub lot_no: String,
}

impl Inquired {
    /// Whether an inquiry holds the order back now.
    pub fn is_open(&self) -> bool {
        self.pauses.iter().any(|p| p.reason == PauseReason::Inquiry && p.lifted.is_none())
    }

    /// Whether the bank does not have it yet, so that a pause is possible.
    pub fn can_wait(&self) -> bool {
        matches!(self.order.status.as_str(), "due" | "paused" | "made" | "checked")
    }
}

/// One order for whoever may order an inquiry.
pub fn inquired(app: &App, actor: &Actor, id: RefundId) -> Result<Inquired, Stop> {
    need_inquiry(actor)?;
    let found = app.store.read(|db| {
        let Some(order) = refunds::find(db, id)? else { return Ok(None) };
        let pauses = of_order(db, id)?;
        let lot_no = lot_no(db, &order)?;
        Ok::<_, Fault>(Some(Inquired { order, pauses, lot_no }))
    })?;
    found.ok_or_else(|| Refusal::NotFound.into())
}

/// The number of an order's lot; empty while it would tell who registered for an open lot.
pub(super) fn lot_no(db: &mut impl Read, order: &StoredOrder) -> Result<String, Fault> {
    match order.lot {
        Some(lot) if holds::lot_opened_up(db, lot)? => {
            Ok(lots::find(db, lot)?.and_then(|l| l.lot.lot_no).unwrap_or_default())
        }
        Some(_) | None => Ok(String::new()),
    }
}

/// The orders of a lot that wait, for its file: only for whoever may read the money, and not before the
/// session has closed.
pub fn waiting(app: &App, actor: &Actor, lot: &Lot) -> Result<Vec<(StoredOrder, Vec<Shown>)>, Stop> {
    if !Area::ReadMoney.permits(actor) {
        return Ok(Vec::new());
    }
    Ok(app.store.read(|db| {
        if !holds::lot_opened_up(db, lot.id)? {
            return Ok::<_, Fault>(Vec::new());
        }
        let mut all = Vec::new();
        for o in refunds::of_lot(db, lot.id)?.into_iter().filter(|o| o.status == "paused") {
            let pauses = of_order(db, o.id)?.into_iter().filter(|p| p.lifted.is_none()).collect();
            all.push((o, pauses));
        }
        Ok(all)
    })?)
}
