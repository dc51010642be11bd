//! The supervisor reads (rulebook 1.1 A10): the register and every case, nothing to decide. Who registered for an open
//! lot is read only behind glass: with a reason, a leaf in the journal and a line in the security log.

use serde_json::json;

use super::record;
use crate::context::{App, new_id};
use crate::domain::actor::Actor;
use crate::domain::base::ids::LotId;
use crate::domain::base::{Instant, text};
use crate::domain::lot::Lot;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::store::party_cards;
use crate::store::{Fault, Stop, applications, forms, holds, lots};

/// A registrant as the supervisor sees him.
#[derive(Clone, Debug)]
pub struct Registrant {
    /// Name.
    pub name: String,
    /// Kind of party in words.
    pub kind: &'static str,
    /// Where the application stands.
    pub status: &'static str,
    /// When it was handed in.
    pub submitted_at: Option<Instant>,
    /// Where the deposit stands.
    pub deposit: &'static str,
    /// The bidder number, once given.
    pub bidder_no: String,
}

/// The lot, for whom may break the glass.
pub fn behind_glass(app: &App, actor: &Actor, id: LotId) -> Result<Lot, Stop> {
    if !Area::BreakGlass.permits(actor) {
        return Err(Refusal::NotYours { who: "纪检监察、审计".into() }.into());
    }
    let lot = app.store.read(|db| lots::find(db, id))?.ok_or(Refusal::NotFound)?.lot;
    if lot.public { Ok(lot) } else { Err(Refusal::NotFound.into()) }
}

/// Reads the registrants of a lot. The reason is written down before anything is shown: the journal
/// holds a commitment to it, the security log its words.
pub fn break_glass(app: &App, actor: &Actor, id: LotId, reason: &str) -> Result<(Lot, Vec<Registrant>), Stop> {
    let _ = behind_glass(app, actor, id)?;
    let reason = text::paragraphs(reason, 500).map_err(|e| Refusal::field("reason", e.zh()))?;
    if reason.chars().count() < 10 {
        return Err(Refusal::field("reason", "请写明查阅的事由和依据，至少 10 个字").into());
    }
    let (now, real, note) = (app.clock.now(), app.clock.real(), new_id());
    let lot = app.store.write(|tx| {
        let lot = tx.claim_lot(id)?.ok_or(Refusal::NotFound)?.lot;
        let subject = record::subject(&lot);
        tx.note_security(note, real, Some(actor.account), "glass_broken", &format!("{subject}：{reason}"))?;
        let commitment = app.keys.commit(&["glass", &note.to_string()], &reason);
        let body = json!({ "by": actor.account.to_string(), "reason": commitment.hex() });
        tx.journal(now, "glass.broken", &subject, body)?;
        Ok::<_, Stop>(lot)
    })?;
    Ok((lot, registrants(app, id)?))
}

/// How long a second click of the same form still belongs to the first, in seconds.
const SAME_LOOK_SECS: i64 = 60;

/// Whether this form has just broken the glass, so that it belongs to the same look.
pub fn just_looked(app: &App, form: &str) -> Result<bool, Stop> {
    let taken = app.store.read(|db| forms::taken_at(db, form))?;
    Ok(taken.is_some_and(|at| app.clock.real().ms_since(at) < SAME_LOOK_SECS * 1_000))
}

/// The answer to the second click: what the first one read, without a second record.
pub fn look_again(app: &App, actor: &Actor, id: LotId) -> Result<(Lot, Vec<Registrant>), Stop> {
    Ok((behind_glass(app, actor, id)?, registrants(app, id)?))
}

fn registrants(app: &App, id: LotId) -> Result<Vec<Registrant>, Stop> {
    let all = app.store.read(|db| {
        let mut all = Vec::new();
        for a in applications::of_lot(db, id)? {
            let card = party_cards::party(db, a.party)?;
            let hold = holds::of_application(db, a.id)?;
            all.push(Registrant {
                kind: match card.as_ref().map(|c| c.kind.as_str()) {
                    Some("organisation") => "单位",
                    Some("collective") => "集体",
                    _ => "个人",
                },
                name: card.map(|c| c.name).unwrap_or_default(),
                status: a.status.zh(),
                submitted_at: a.submitted_at,
                deposit: hold.map_or("未到账", |h| h.status.zh()),
                bidder_no: a.bidder_no.map(|n| n.to_string()).unwrap_or_default(),
            });
        }
        Ok::<_, Fault>(all)
    })?;
    Ok(all)
}
