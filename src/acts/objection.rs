//! Objections to a posted result (rulebook 2.3, R61): anybody may file one, without a login.

use super::messages::{self, Say};
use super::{Hand, clock, deal, frozen, on_lot, record};
use crate::context::{App, new_id};
use crate::crypto::seal::Aad;
use crate::domain::actor::Actor;
use crate::domain::base::identity::{BETRAYED, betrays};
use crate::domain::base::ids::{LotId, ObjectionId};
use crate::domain::base::{Instant, Unconfirmed};
use crate::domain::lot::{Act, Lot, LotEvent, result};
use crate::domain::refusal::Refusal;
use crate::store::objections::{self, StoredObjection};
use crate::store::{Fault, Stop, Tx, lots};

/// At most this many objections from one address in an hour.
const HOURLY: i64 = 5;

/// What somebody objects.
#[derive(Clone, Debug)]
pub struct Filing {
    /// Real name.
    pub name: String,
    /// Telephone or address; sealed, never published.
    pub contact: String,
    /// Facts and grounds; published with the answer.
    pub content: String,
    /// The address the request came from, for the throttle.
    pub ip: String,
}

/// Files an objection; the publicity's clock stops.
pub fn file(app: &App, actor: Option<&Actor>, lot_no: &str, filing: Filing) -> Result<ObjectionId, Stop> {
    let id = deal::read_public(app, lot_no)?.lot.id;
    publishable("content", &filing.content)?;
    let now = app.clock.now();
    throttle(app, &format!("objection:{}", filing.ip))?;
    let objection = ObjectionId(new_id());
    let aad = Aad { table: "objections", column: "contact_sealed", row: &objection.to_string() };
    let contact_sealed = app.keys.sealer().seal(&aad, filing.contact.as_bytes());
    let contact_sealed = contact_sealed.map_err(|e| Fault::Inconsistent(format!("seal: {e}")))?;
    app.store.write(|tx| {
        let stored = tx.claim_lot(id)?.ok_or(Refusal::NotFound)?;
        let lot = clock::settle(app, tx, stored.lot, now)?;
        let days = frozen::rules(app, tx, id)?.result.objection_reply_d;
        let calendar = &app.market.calendar;
        // A year that is not confirmed yet shuts nobody's mouth: the answer is then due without the extra days.
        let plain = || now.day().plus(i64::from(days)).end();
        let due = calendar.natural_period_end(now.day(), days, false).unwrap_or_else(|_| plain());
        let events = result::object(&lot, objection, due, calendar, now)?;
        let hand =
            Hand { account: actor.map(|a| a.account), post: "异议人".into(), act: actor.map(|_| Act::Object) };
        tx.nested(|tx| {
            tx.insert_objection(&StoredObjection {
                id: objection,
                lot: lot.id,
                name: filing.name.clone(),
                contact_sealed: contact_sealed.clone(),
                account: actor.map(|a| a.account),
                content: filing.content.clone(),
                filed_at: now,
                due_at: due,
                answer: String::new(),
                sustained: None,
                answered_at: None,
            })?;
            record::lot_events(app, tx, lot.clone(), events, &hand, now)?;
            Ok(objection)
        })
    })
}

/// Counts an attempt under this name and refuses when there were too many within the hour.
fn throttle(app: &App, name: &str) -> Result<(), Stop> {
    let now = app.clock.real();
    app.store.write(|tx| {
        // Counted first: the row is ours until the end of the transaction, so many at once all count.
        tx.count_failure(name, now, now.plus_secs(-3_600), i64::MAX, now)?;
        let counted = crate::store::accounts::throttle(tx, name)?;
        let (count, since) = counted.map_or((1, now), |(count, since, _)| (count, since));
        if count > HOURLY {
            let left = 3600 - (now.micros() - since.micros()) / 1_000_000;
            return Err(Refusal::TooMany { wait_secs: left.max(1) }.into());
        }
        Ok(())
    })
}

/// What those read whose objection another one closed.
const CLOSED: &str =
    "本标的的另一件异议已经成立，成交无效，本件异议一并终结，不再另行答复。成立的异议和答复见标的页面。";

/// The written, public answer. Sustained: the deal is void and the other objections are closed. Objectors with an
/// account are told.
///
/// # Errors
/// Refused without an answer that may be published, and as by [`result::answer`].
pub fn answer(
    app: &App,
    actor: &Actor,
    id: LotId,
    objection: ObjectionId,
    sustained: bool,
    text: &str,
) -> Result<(), Stop> {
    let text = crate::domain::base::text::paragraphs(text, 2000).map_err(|e| Refusal::field("answer", e.zh()))?;
    if text.is_empty() {
        return Err(Refusal::field("answer", "请写明答复的事实和理由，答复会公开").into());
    }
    publishable("answer", &text)?;
    on_lot(app, Some(actor), id, Act::AnswerObjection, |tx, lot, now| {
        let ends = result::goes_on_until(lot, &app.market.calendar, now);
        // A sustained objection ends the deal whatever the calendar knows.
        let ends = if sustained { ends.unwrap_or(now) } else { ends.map_err(unconfirmed)? };
        let events = result::answer(lot, objection, sustained, ends)?;
        if !tx.answer_objection(objection, &text, Some(sustained), actor.account, now)? {
            return Err(lot.wrong_stage().into());
        }
        tell(app, tx, lot, objection, Some(sustained))?;
        for event in &events {
            if let LotEvent::ObjectionClosed { objection } = event {
                tx.answer_objection(*objection, CLOSED, None, actor.account, now)?;
                tell(app, tx, lot, *objection, None)?;
            }
        }
        Ok((events, ()))
    })
}

/// What became of an objection that was answered or closed.
pub fn conclusion_zh(sustained: Option<bool>) -> &'static str {
    match sustained {
        Some(true) => "异议成立，成交无效",
        Some(false) => "异议不成立",
        None => "因另案成立一并终结",
    }
}

/// Tells an objector who was logged in; the others read the page, and the centre has their address.
fn tell(app: &App, tx: &mut Tx<'_>, lot: &Lot, objection: ObjectionId, sustained: Option<bool>) -> Result<(), Stop> {
    let filed = objections::of_lot(tx, lot.id)?.into_iter().find(|o| o.id == objection);
    let Some(account) = filed.and_then(|o| o.account) else { return Ok(()) };
    let body = format!(
        "【蓝山农权】您对标的 {} 的成交结果提出的异议已经办结：{}。答复全文见标的页面。",
        lot.lot_no.as_deref().unwrap_or_default(),
        conclusion_zh(sustained)
    );
    let say =
        Say { topic: "objection_closed", subject: "您的异议已经办结".to_owned(), body, lot: Some(lot.id) };
    messages::to_account(app, tx, account, &say)
}

fn unconfirmed(u: Unconfirmed) -> Refusal {
    Refusal::CalendarUnconfirmed { year: u.year }
}

/// Refuses a text for everybody that names somebody's number or telephone.
pub(super) fn publishable(field: &str, text: &str) -> Result<(), Refusal> {
    if betrays(text) { Err(Refusal::field(field, format!("{BETRAYED}。"))) } else { Ok(()) }
}

/// An objection as everybody may read it.
#[derive(Clone, Debug)]
pub struct PublicObjection {
    /// Its id.
    pub id: ObjectionId,
    /// The objector, masked.
    pub name: String,
    /// What is objected.
    pub content: String,
    /// When.
    pub filed_at: Instant,
    /// Answer due by.
    pub due_at: Instant,
    /// The answer, whether it was sustained (neither where another objection closed it), and when.
    pub answer: Option<(String, Option<bool>, Instant)>,
}

/// The objections of a lot, for pages.
pub fn list(app: &App, id: LotId) -> Result<Vec<PublicObjection>, Stop> {
    if app.store.read(|db| lots::find(db, id))?.is_none() {
        return Err(Refusal::NotFound.into());
    }
    let all = app.store.read(|db| objections::of_lot(db, id))?;
    Ok(all
        .into_iter()
        .map(|o| PublicObjection {
            id: o.id,
            name: crate::domain::base::identity::mask::person_name(&o.name),
            content: o.content,
            filed_at: o.filed_at,
            due_at: o.due_at,
            answer: o.answered_at.map(|at| (o.answer, o.sustained, at)),
        })
        .collect())
}
