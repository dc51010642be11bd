//! Signing the confirmation (F08), and which approvals follow (rulebook 6.5, 6.6; T16).

use super::deal::{self, Deal};
use super::{applicant, frozen, on_lot, papers, stepup};
use crate::context::App;
use crate::domain::actor::Actor;
use crate::domain::base::Instant;
use crate::domain::base::ids::LotId;
use crate::domain::eligibility::facts::{CaseRules, Limits};
use crate::domain::eligibility::{LicenceNeed, Membership, licence};
use crate::domain::lot::{Act, ApprovalKind, Lot, Ownership, Signing, result};
use crate::domain::refusal::Refusal;
use crate::store::{Read, Stop};

/// What a signer hands in.
#[derive(Clone, Debug)]
pub struct SignOff {
    /// The password again.
    pub password: String,
    /// The one-time code.
    pub code: String,
    /// Whether the box about electronic form is ticked.
    pub agrees_electronic: bool,
}

/// Signs the confirmation on screen.
pub fn sign(app: &App, actor: &Actor, id: LotId, off: &SignOff) -> Result<(), Stop> {
    let deal = deal::for_act(app, actor, id, Act::SignConfirmation)?;
    let side = deal::side_of(actor, &deal.lot)?;
    must_agree(&deal, side, off)?;
    let hash = papers::confirmation_hash(app, &deal)?;
    stepup::confirm(app, actor, "confirmation", &hash, &off.password, &off.code)?;
    on_lot(app, Some(actor), id, Act::SignConfirmation, |tx, lot, now| {
        // The other side may have signed meanwhile; the text itself is the same for both.
        let party = deal.side(side)?.card.id;
        tx.agree_electronic(party, now)?;
        let approvals = approvals(app, tx, lot, now)?;
        let events = result::sign_confirmation(lot, side, Signing::Screen { hash: hash.hex() }, &approvals)?;
        Ok((events, ()))
    })
}

/// Refuses unless the party agreed to electronic form, now or before.
pub(super) fn must_agree(deal: &Deal, side: crate::domain::lot::Party, off: &SignOff) -> Result<(), Stop> {
    if deal.side(side)?.card.agreed_electronic_at.is_none() && !off.agrees_electronic {
        return Err(
            Refusal::field("agree", "在线签署前，请先勾选同意采用电子形式；不同意的可以到服务站线下签署").into()
        );
    }
    Ok(())
}

/// The licence that E40 asks for, if any.
pub fn licence_need(app: &App, db: &mut impl Read, lot: &Lot, now: Instant) -> Result<Option<LicenceNeed>, Stop> {
    let (terms, outcome) = (lot.terms()?, lot.outcome()?);
    let variety = frozen::variety(app, db, lot)?;
    let land = variety.land_kind(|key| terms.attributes.get(key).map(String::as_str));
    let rules = CaseRules::of(&variety, terms.mode, land);
    let frozen = frozen::rules(app, db, lot.id)?;
    let membership = if outcome.outsider { Membership::Outsider } else { Membership::Member };
    let facts = applicant::licence(db, outcome.party, membership, lot, &frozen, now)?;
    Ok(licence::need(&facts, &rules, &Limits::of(&frozen).licence))
}

/// The approvals that stand between confirmation and contract.
pub fn approvals(app: &App, db: &mut impl Read, lot: &Lot, now: Instant) -> Result<Vec<ApprovalKind>, Stop> {
    let (terms, outcome) = (lot.terms()?, lot.outcome()?);
    let mut kinds = Vec::new();
    let collective_land = matches!(lot.variety.category().number(), 3 | 5) && terms.ownership == Ownership::Collective;
    if outcome.outsider && collective_land {
        kinds.push(ApprovalKind::Township);
    }
    if licence_need(app, db, lot, now)?.is_some() {
        kinds.push(ApprovalKind::CommercialCapital);
    }
    Ok(kinds)
}
