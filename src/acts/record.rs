//! Writing down what happened: the lot's events, their leaves in the journal, and what follows
//! from them in the same transaction.

use serde_json::{Value, json};

use super::{Hand, effects, frozen};
use crate::context::App;
use crate::crypto::suite::sm3;
use crate::domain::base::Instant;
use crate::domain::lot::{Lot, LotEvent, Recorded, due};
use crate::domain::rulebook::Rules;
use crate::store::{Fault, Projection, Stop, Tx};

/// Applies and records events of a claimed lot, with their effects, and writes the lot back.
pub fn lot_events(
    app: &App,
    tx: &mut Tx<'_>,
    lot: Lot,
    events: Vec<LotEvent>,
    hand: &Hand,
    at: Instant,
) -> Result<Lot, Stop> {
    let mut lot = lot;
    let mut recorded = Vec::with_capacity(events.len());
    for event in events {
        let record = Recorded { seq: lot.seq + 1, at, by: hand.account, post: hand.post.clone(), act: hand.act, event };
        lot = lot.apply(&record);
        recorded.push(record);
    }
    let rules = frozen::rules(app, tx, lot.id)?;
    tx.update_lot(&lot, &projection(app, &lot, &rules)?)?;
    for record in &recorded {
        tx.append_lot_event(lot.id, record, record.event.kind())?;
        let body = leaf_body(&lot, record)?;
        tx.journal(at, &format!("lot.{}", record.event.kind()), &subject(&lot), body)?;
        effects::follow(app, tx, &lot, record)?;
    }
    Ok(lot)
}

/// What the journal calls a lot: its public number, or its id while it has none.
pub fn subject(lot: &Lot) -> String {
    lot.lot_no.clone().unwrap_or_else(|| lot.id.to_string())
}

/// SM3 of a stored event's text: what its leaf commits to. The text holds a random account id
/// wherever a person acted, so the hash gives nothing away.
pub fn event_hash(record: &Recorded) -> Result<String, Fault> {
    let text = serde_json::to_string(record).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    Ok(sm3(&[text.as_bytes()]).hex())
}

/// SM3 over what a lot is before its first event: whose, where, what, and entered by whom. Its ids
/// are random, so the hash gives nothing away. The leaf of a submission carries it.
pub fn origin_hash(lot: &Lot) -> Result<String, Fault> {
    let origin = (&lot.id, &lot.project, &lot.transferor, &lot.place, &lot.variety, &lot.helper);
    let text = serde_json::to_string(&origin).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    Ok(sm3(&[text.as_bytes()]).hex())
}

fn leaf_body(lot: &Lot, record: &Recorded) -> Result<Value, Fault> {
    let mut body = json!({
        "lot": lot.id.to_string(),
        "seq": record.seq,
        "stage": lot.stage.name(),
        "record": event_hash(record)?,
        "public": public_facts(&record.event),
    });
    if let LotEvent::Submitted { .. } = record.event {
        body["origin"] = Value::String(origin_hash(lot)?);
    }
    Ok(body)
}

/// The facts of an event that anybody may read in the journal.
pub fn public_facts(event: &LotEvent) -> Value {
    match event {
        LotEvent::Published { listing } => json!({
            "notice_no": listing.notice_no,
            "notice_hash": listing.notice_hash,
            "snapshot_hash": listing.snapshot_hash,
            "opens": listing.opens.rfc3339(),
            "closes": listing.closes.rfc3339(),
        }),
        LotEvent::Scheduled { session } => json!({
            "starts": session.starts.rfc3339(),
            "free_ms": session.free_ms,
            "limited_ms": session.limited_ms,
        }),
        LotEvent::ResultPosted { outcome, publicity_ends } => json!({
            "bidder_no": outcome.bidder_no,
            "price_fen": outcome.price.0,
            "total_fen": outcome.total.0,
            "publicity_ends": publicity_ends.rfc3339(),
        }),
        LotEvent::Ended { ending } => json!({ "stage": ending.stage.name() }),
        LotEvent::ContractMade { hash, .. } => json!({ "contract_hash": hash }),
        LotEvent::CertificateIssued { number } => json!({ "certificate_no": number }),
        LotEvent::HandedOver { package_hash, .. } => json!({ "package_hash": package_hash }),
        LotEvent::Archived { catalogue_hash, .. } => json!({ "catalogue_hash": catalogue_hash }),
        _ => Value::Null,
    }
}

/// The lot's columns for lists and clocks, the limits by the rules that it stands under.
pub fn projection(app: &App, lot: &Lot, rules: &Rules) -> Result<Projection, Stop> {
    let variety = app.market.catalog.get(lot.variety);
    let plain = lasting_projection(lot);
    let search = [
        plain.title.as_str(),
        lot.lot_no.as_deref().unwrap_or_default(),
        lot.terms.as_ref().map_or("", |t| t.location.as_str()),
        lot.place.village().unwrap_or_default(),
        variety.map_or("", |v| v.name.as_str()),
    ]
    .join(" ")
    .to_lowercase();
    // A limit in a year whose calendar is not confirmed cannot be computed: no light then.
    let limit_at = due::limit(lot, rules, &app.market.calendar).unwrap_or_default();
    Ok(Projection { search_text: search, limit_at, ..plain })
}

/// The columns that follow from the lot alone, whatever catalogue and calendar say today: those
/// that the verification can hold against the events.
pub fn lasting_projection(lot: &Lot) -> Projection {
    let terms = lot.terms.as_ref();
    Projection {
        title: terms.map(|t| t.title.clone()).unwrap_or_default(),
        category: i64::from(lot.variety.category().number()),
        mode: terms.map(|t| t.mode.name().to_owned()).unwrap_or_default(),
        price_unit: terms.map(|t| t.price_unit.name().to_owned()).unwrap_or_default(),
        search_text: String::new(),
        limit_at: None,
        next_due_at: due::next(lot).map(|(at, _)| at),
    }
}
