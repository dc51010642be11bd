//! Delivery on site: both sign the note (T20).

use super::confirmation::{SignOff, must_agree};
use super::deal::{self, Deal};
use super::{on_lot, papers, stepup};
use crate::context::App;
use crate::crypto::suite::{Hash, sm3};
use crate::domain::actor::Actor;
use crate::domain::base::ids::LotId;
use crate::domain::base::text::{self, TextError};
use crate::domain::lot::{Act, Signing, closing};
use crate::domain::refusal::Refusal;
use crate::store::{Fault, Stop};

/// What both sign: the delivery note's content, and the remark the signer adds stands beside it.
pub fn hash(app: &App, deal: &Deal) -> Result<Hash, Stop> {
    let paper = papers::delivery(app, deal, false)?;
    let json = serde_json::to_string(&paper).map_err(|e| Fault::Papers(e.to_string()))?;
    Ok(sm3(&[json.as_bytes()]))
}

/// Signs the delivery note on screen.
pub fn sign(app: &App, actor: &Actor, id: LotId, off: &SignOff, note: &str) -> Result<(), Stop> {
    let deal = deal::for_act(app, actor, id, Act::Deliver)?;
    let side = deal::side_of(actor, &deal.lot)?;
    must_agree(&deal, side, off)?;
    let note = match text::paragraphs(note, 500) {
        Ok(note) => note,
        Err(TextError::Empty) => String::new(),
        Err(e) => return Err(Refusal::field("note", e.zh()).into()),
    };
    let hash = hash(app, &deal)?;
    stepup::confirm(app, actor, "delivery", &hash, &off.password, &off.code)?;
    on_lot(app, Some(actor), id, Act::Deliver, |tx, lot, now| {
        tx.agree_electronic(deal.side(side)?.card.id, now)?;
        Ok((closing::sign_delivery(lot, side, Signing::Screen { hash: hash.hex() }, &note)?, ()))
    })
}
