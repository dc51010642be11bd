//! What the clerk at the counter sees of a party: masked, with the place it belongs to. And what he does when
//! somebody else registered with the number of who stands before him.

use serde_json::json;

use super::messages::{self, Say};
use super::parties as acts;
use crate::context::App;
use crate::domain::actor::{Actor, Role, Scope};
use crate::domain::base::Instant;
use crate::domain::base::identity::mask;
use crate::domain::base::ids::PartyId;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
pub use crate::store::parties::Verification;
use crate::store::parties::{self, Party, PartyKind};
use crate::store::{Fault, Stop, accounts};

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
    /// Its login, so that the counter can tell who forgot it; empty in lists.
    pub login: String,
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
        login: String::new(),
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
    let login = app.store.read(|db| accounts::of_party(db, id))?.map(|a| a.login).unwrap_or_default();
    Ok(Shown { login, ..shown(app, party)? })
}

/// A party of the clerk's reach by its ID number or credit code, for who forgot account or password.
pub fn find(app: &App, actor: &Actor, number: &str) -> Result<PartyId, Stop> {
    gate(actor)?;
    let number = crate::domain::base::text::code(number).map_err(|e| Refusal::field("number", e.zh()))?;
    let lookup = app.keys.sealer().lookup("id_number", &number);
    let party = app.store.read(|db| parties::by_lookup(db, &lookup))?.filter(|p| acts::reaches(actor, p));
    let party = party.ok_or_else(|| Refusal::field("number", "管辖范围内没有用这个号码注册的主体，请核对证件"))?;
    Ok(party.id)
}

/// Releases the unverified registration of a number whose owner showed the original: it is void, its account can
/// log in no more, and the number is free. Every counter may, wherever the registration says it lives; it learns
/// nothing of it. What a clerk has verified stays, and goes to the centre.
pub fn release(app: &App, actor: &Actor, number: &str, note: &str) -> Result<(), Stop> {
    gate(actor)?;
    let number = crate::domain::base::text::code(number).map_err(|e| Refusal::field("number", e.zh()))?;
    let note = note.trim();
    if note.is_empty() {
        return Err(Refusal::field("note", "请写明核对了什么，例如“身份证原件，本人到场”").into());
    }
    let lookup = app.keys.sealer().lookup("id_number", &number);
    let now = app.clock.now();
    app.store.write(|tx| {
        let found = parties::by_lookup(tx, &lookup)?;
        let found = found.ok_or_else(|| Refusal::field("number", "没有用这个号码注册的主体，可以直接注册"))?;
        let party = tx.claim_party(found.id)?.ok_or(Refusal::NotFound)?;
        if party.verification == Verification::Verified {
            let message = "用这个号码注册的主体已经凭原件核验过，不能在窗口作废，请报县中心主任查处。";
            return Err(Refusal::field("number", message).into());
        }
        if let Some(account) = accounts::of_party(tx, party.id)? {
            let say = Say {
                topic: "verification",
                subject: "注册已作废".into(),
                body: "证件号码的持有人凭原件到窗口声明：这个注册不是本人所为，注册已经作废。如有不同意见，请带证件原件到乡镇服务站。"
                    .into(),
                lot: None,
            };
            messages::to_account(app, tx, account.id, &say)?;
            tx.claim_account(account.id)?.ok_or(Refusal::NotFound)?;
            tx.set_active(account.id, false)?;
            tx.delete_sessions_of(account.id)?;
        }
        tx.release_party(party.id, actor.account, now, &format!("作废：{note}"))?;
        tx.journal(now, "party.released", &party.id.to_string(), json!({ "by": actor.account.to_string() }))?;
        Ok(())
    })
}
