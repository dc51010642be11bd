//! The negotiation with a sole bidder (rulebook 3.7, 3.12): its outcome and its minutes.

use super::bidding::{outcome_of, publicity_ends};
use super::{frozen, on_lot};
use crate::context::{App, new_id};
use crate::domain::actor::Actor;
use crate::domain::auction::sole::{SoleDecision, deal_price};
use crate::domain::base::ids::{DocumentId, LotId};
use crate::domain::base::{Fen, Instant};
use crate::domain::lot::{Act, session};
use crate::domain::refusal::Refusal;
use crate::files::Received;
use crate::store::documents::{Document, Owner, Visibility};
use crate::store::{Stop, Tx, bids};

/// Records the price agreed with the only qualified bidder, with the signed minutes; the result
/// is posted at once. The price may not be worse than the asking price.
pub fn record(app: &App, actor: &Actor, id: LotId, price: Fen, minutes: &Received) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::RecordNegotiation, |tx, lot, now| {
        let terms = lot.terms()?;
        let all = bids::bidders(tx, lot.id)?;
        let [only] = all.as_slice() else {
            return Err(Refusal::rule(
                "NOT_SOLE",
                "协商成交只适用于唯一一名合格意向受让方。有几名的，协商不成时请登记“未达成一致”。",
                "竞价规则 3.7",
            )
            .into());
        };
        let direction = frozen::variety(app, tx, lot)?.direction;
        let price = deal_price(SoleDecision::Negotiate, direction, terms.price, price).filter(|p| *p > Fen::ZERO);
        let Some(price) = price else {
            let words = format!("协商价格不得劣于挂牌价 {} 元，请核对协商记录。", terms.price.short());
            return Err(Refusal::field("price", words).into());
        };
        // Before anything is written: without a confirmed calendar no publicity can follow.
        let ends = publicity_ends(app, tx, lot, now)?;
        keep_minutes(tx, lot.id, actor, minutes, now)?;
        let outcome = outcome_of(terms, only, price, 1, 0, true)?;
        Ok((session::won(lot, outcome, ends)?, ()))
    })
}

/// Records that the negotiation came to nothing, also where several but too few bidders were heard; minutes where
/// there are any. The lot ends and every deposit goes back.
pub fn not_agreed(app: &App, actor: &Actor, id: LotId, reason: &str, minutes: Option<&Received>) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::RecordNegotiation, |tx, lot, now| {
        let events = session::not_agreed(lot, reason)?;
        if let Some(minutes) = minutes {
            keep_minutes(tx, lot.id, actor, minutes, now)?;
        }
        Ok((events, ()))
    })
}

fn keep_minutes(tx: &mut Tx<'_>, lot: LotId, actor: &Actor, minutes: &Received, now: Instant) -> Result<(), Stop> {
    tx.insert_document(&Document {
        id: DocumentId(new_id()),
        owner: Owner::Lot(lot),
        code: "NEGOTIATION".to_owned(),
        name: minutes.name.clone(),
        media_type: minutes.kind.mime().to_owned(),
        size_bytes: i64::try_from(minutes.size).unwrap_or(i64::MAX),
        sm3: minutes.content.hex(),
        visibility: Visibility::Parties,
        uploaded_by: Some(actor.account),
        uploaded_at: now,
        superseded_by: None,
    })?;
    Ok(())
}
