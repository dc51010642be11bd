//! Objections to a posted result (rulebook 2.3, R61): anybody may file one, without a login.

use super::{Hand, clock, deal, frozen, on_lot, record};
use crate::context::{App, new_id};
use crate::crypto::seal::Aad;
use crate::domain::actor::Actor;
use crate::domain::base::Instant;
use crate::domain::base::ids::{LotId, ObjectionId};
use crate::domain::lot::{Act, Lot, result};
use crate::domain::refusal::Refusal;
use crate::store::objections::StoredObjection;
use crate::store::{Fault, Stop, lots};

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
    let now = app.clock.now();
    throttle(app, &format!("objection:{}", filing.ip))?;
    let objection = ObjectionId(new_id());
    let aad = Aad { table: "objections", column: "contact_sealed", row: &objection.to_string() };
    let contact_sealed = app.keys.sealer().seal(&aad, filing.contact.as_bytes());
    let contact_sealed = contact_sealed.map_err(|e| Fault::Inconsistent(format!("seal: {e}")))?;
    app.store.write(|tx| {
        let stored = tx.claim_lot(id)?.ok_or(Refusal::NotFound)?;
        let lot = clock::settle(app, tx, stored.lot, now)?;
        let due = now.day().plus(i64::from(frozen::rules(app, tx, id)?.result.objection_reply_d)).end();
        let events = result::object(&lot, objection, due)?;
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
pub(super) fn throttle(app: &App, name: &str) -> Result<(), Stop> {
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

/// The written, public answer. Sustained: the deal is void.
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
    on_lot(app, Some(actor), id, Act::AnswerObjection, |tx, lot, now| {
        let events = result::answer(lot, objection, sustained, goes_on_until(app, lot, now)?)?;
        if !tx.answer_objection(objection, &text, sustained, actor.account, now)? {
            return Err(lot.wrong_stage().into());
        }
        Ok((events, ()))
    })
}

/// A publicity ends at the close of business of a working day (rulebook 0.4), after an objection too:
/// not before the time that was left has passed.
fn goes_on_until(app: &App, lot: &Lot, now: Instant) -> Result<Instant, Refusal> {
    let calendar = &app.market.calendar;
    let passed = result::publicity_left_from(lot, now);
    let day = if passed > calendar.close().on(passed.day()) { passed.day().plus(1) } else { passed.day() };
    let day = calendar.working_day_from(day).map_err(|u| Refusal::CalendarUnconfirmed { year: u.year })?;
    Ok(calendar.close().on(day))
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
    /// The answer, whether it was sustained, and when.
    pub answer: Option<(String, bool, Instant)>,
}

/// The objections of a lot, for pages.
pub fn list(app: &App, id: LotId) -> Result<Vec<PublicObjection>, Stop> {
    if app.store.read(|db| lots::find(db, id))?.is_none() {
        return Err(Refusal::NotFound.into());
    }
    let all = app.store.read(|db| crate::store::objections::of_lot(db, id))?;
    Ok(all
        .into_iter()
        .map(|o| PublicObjection {
            id: o.id,
            name: crate::domain::base::identity::mask::person_name(&o.name),
            content: o.content,
            filed_at: o.filed_at,
            due_at: o.due_at,
            answer: o.sustained.zip(o.answered_at).map(|(s, at)| (o.answer, s, at)),
        })
        .collect())
}
