//! What the clerk at the counter sees of a party: masked, with the place it belongs to.

use super::parties as acts;
use crate::context::App;
use crate::domain::actor::{Actor, Role, Scope};
use crate::domain::base::Instant;
use crate::domain::base::identity::mask;
use crate::domain::base::ids::PartyId;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::store::parties::{self, Party, PartyKind, Verification};
use crate::store::{Fault, Stop};

/// A party as the counter shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its id.
    pub id: PartyId,
    /// Full name.
    pub name: String,
    /// Kind.
    pub kind: PartyKind,
    /// Masked ID number; credit codes are public.
    pub id_no: String,
    /// Masked telephone.
    pub phone: String,
    /// Legal representative.
    pub representative: String,
    /// Township and village.
    pub place: String,
    /// Says to be a member.
    pub member: bool,
    /// Checked or not.
    pub verification: Verification,
    /// When it registered.
    pub created_at: Instant,
}

fn shown(app: &App, p: Party) -> Result<Shown, Stop> {
    let number = acts::id_no(app, &p)?;
    let id_no = if p.kind == PartyKind::Person { mask::resident_id(&number) } else { number };
    let township = p.township.parse().ok().and_then(|code| app.market.divisions.township(code));
    let place = format!("{}{}", township.map_or("", |t| t.name.as_str()), p.village);
    let phone = mask::phone(&acts::phone(app, &p)?);
    Ok(Shown {
        id: p.id,
        name: p.name,
        kind: p.kind,
        id_no,
        phone,
        representative: p.representative,
        place,
        member: p.member,
        verification: p.verification,
        created_at: p.created_at,
    })
}

fn gate(actor: &Actor) -> Result<(), Refusal> {
    if Area::VerifyParties.permits(actor) {
        Ok(())
    } else {
        Err(Refusal::NotYours { who: "乡镇服务站、受理登记岗".into() })
    }
}

/// Parties waiting to be checked within the clerk's reach.
pub fn waiting(app: &App, actor: &Actor) -> Result<Vec<Shown>, Stop> {
    gate(actor)?;
    let all = app.store.read(|db| {
        if actor.has(Role::Acceptance) {
            return parties::unverified(db, None, 200);
        }
        let mut all = Vec::new();
        for post in &actor.posts {
            if let (Role::TownshipClerk, Scope::Township(code)) = (post.role, &post.scope) {
                all.extend(parties::unverified(db, Some(&code.to_string()), 200)?);
            }
        }
        Ok::<_, Fault>(all)
    })?;
    all.into_iter().map(|p| shown(app, p)).collect()
}

/// One party, when the clerk's posts reach it.
pub fn show(app: &App, actor: &Actor, id: PartyId) -> Result<Shown, Stop> {
    gate(actor)?;
    let party = app.store.read(|db| parties::find(db, id))?.ok_or(Refusal::NotFound)?;
    if !acts::reaches(actor, &party) {
        return Err(Refusal::NotFound.into());
    }
    shown(app, party)
}
