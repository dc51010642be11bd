//! Identity papers: the scan of an ID or a registration certificate, and the letter by which somebody acts for an
//! organisation. The holder uploads them from wherever he is, or the clerk at the counter does; whoever checks the
//! identity looks at them.

use serde_json::json;

use super::parties::reaches;
use super::uploads;
use crate::context::App;
use crate::domain::actor::Actor;
use crate::domain::base::ids::PartyId;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::files::Received;
pub use crate::store::documents::Document;
use crate::store::documents::{self, Owner, Visibility};
use crate::store::parties::{self, Party, PartyKind, Verification};
use crate::store::{Stop, Tx};

/// What a paper shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// Who it is.
    Identity,
    /// That the person at the keyboard acts for the organisation.
    Authority,
}

impl Paper {
    /// The code its document carries.
    pub fn code(self) -> &'static str {
        match self {
            Paper::Identity => "identity",
            Paper::Authority => "authority",
        }
    }

    /// The Chinese name, as the kind of party has it.
    pub fn zh(self, kind: PartyKind) -> &'static str {
        match (self, kind) {
            (Paper::Identity, PartyKind::Person) => "身份证（正反面）",
            (Paper::Identity, PartyKind::Organisation | PartyKind::Collective) => "营业执照或者登记证书",
            (Paper::Authority, _) => "法定代表人证明或者授权委托书",
        }
    }

    /// The papers a kind of party shows.
    pub fn of(kind: PartyKind) -> &'static [Paper] {
        match kind {
            PartyKind::Person => &[Paper::Identity],
            PartyKind::Organisation | PartyKind::Collective => &[Paper::Identity, Paper::Authority],
        }
    }
}

/// The party's own papers, and what the counter says of them.
#[derive(Clone, Debug)]
pub struct Own {
    /// Its kind.
    pub kind: PartyKind,
    /// Checked or not.
    pub verification: Verification,
    /// Why not, or what was looked at.
    pub note: String,
    /// What is there.
    pub papers: Vec<Document>,
}

fn own_party(actor: &Actor) -> Result<PartyId, Refusal> {
    actor.party.ok_or_else(|| Refusal::NotYours { who: "权利人、竞买人".into() })
}

/// What the holder of an account sees of his identity's check.
pub fn own(app: &App, actor: &Actor) -> Result<Own, Stop> {
    let id = own_party(actor)?;
    let found = app.store.read(|db| {
        let papers = documents::of(db, Owner::Party(id))?;
        Ok::<_, crate::store::Fault>(parties::find(db, id)?.zip(Some(papers)))
    })?;
    let (party, papers) = found.ok_or(Refusal::NotFound)?;
    Ok(Own { kind: party.kind, verification: party.verification, note: party.verification_note, papers })
}

/// The papers of a party, for the clerk who checks it.
pub fn at_desk(app: &App, actor: &Actor, id: PartyId) -> Result<Vec<Document>, Stop> {
    let found = app.store.read(|db| {
        let papers = documents::of(db, Owner::Party(id))?;
        Ok::<_, crate::store::Fault>(parties::find(db, id)?.zip(Some(papers)))
    })?;
    let (party, papers) = found.ok_or(Refusal::NotFound)?;
    by_clerk(actor, &party)?;
    Ok(papers)
}

fn by_clerk(actor: &Actor, party: &Party) -> Result<(), Refusal> {
    if !Area::VerifyParties.permits(actor) {
        return Err(Refusal::NotYours { who: "乡镇服务站、受理登记岗".into() });
    }
    if reaches(actor, party) { Ok(()) } else { Err(Refusal::NotFound) }
}

/// The holder hands in papers of his own.
pub fn add_own(app: &App, actor: &Actor, files: &[(Paper, Received)]) -> Result<(), Stop> {
    let id = own_party(actor)?;
    app.store.write_whole(|tx| {
        let party = tx.claim_party(id)?.ok_or(Refusal::NotFound)?;
        add(app, tx, actor, &party, files)
    })
}

/// The clerk scans what lies on the counter.
pub fn add_at_desk(app: &App, actor: &Actor, id: PartyId, files: &[(Paper, Received)]) -> Result<(), Stop> {
    app.store.write_whole(|tx| {
        let party = tx.claim_party(id)?.ok_or(Refusal::NotFound)?;
        by_clerk(actor, &party)?;
        add(app, tx, actor, &party, files)
    })
}

/// What was checked stays as it was checked: a verified identity takes no further papers.
fn add(app: &App, tx: &mut Tx<'_>, actor: &Actor, party: &Party, files: &[(Paper, Received)]) -> Result<(), Stop> {
    if party.verification == Verification::Verified || party.is_released() {
        let message = "身份已经核验或者注册已经作废，不再收身份材料。";
        return Err(Refusal::rule("PAPERS_CLOSED", message, "").into());
    }
    let now = app.clock.now();
    for (paper, file) in files {
        if !Paper::of(party.kind).contains(paper) {
            return Err(Refusal::NotFound.into());
        }
        let owner = Owner::Party(party.id);
        uploads::attach(tx, owner, paper.code(), file, Visibility::Staff, Some(actor.account), now)?;
        let body = json!({ "code": paper.code(), "sm3": file.content.hex() });
        tx.journal(now, "party.paper", &party.id.to_string(), body)?;
    }
    Ok(())
}
