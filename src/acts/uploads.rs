//! A received file becomes a document of a lot, an application or a party; one that no act took
//! is swept away.

use std::time::Duration;

use super::parties;
use crate::context::{App, new_id};
use crate::domain::actor::Actor;
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, ApplicationId, DocumentId, PartyId};
use crate::domain::lot::Lot;
use crate::domain::permit::{Area, helps, may_read_papers};
use crate::domain::refusal::Refusal;
use crate::files::Received;
use crate::store::documents::{self, Document, Owner, Visibility};
use crate::store::{Fault, Read, Stop, Tx, applications, lots, parties as stored};

/// Writes the document's row. The caller's act has already asked who may.
pub fn attach(
    tx: &mut Tx<'_>,
    owner: Owner,
    code: &str,
    file: &Received,
    visibility: Visibility,
    by: Option<AccountId>,
    at: Instant,
) -> Result<DocumentId, Stop> {
    let id = DocumentId(new_id());
    tx.insert_document(&Document {
        id,
        owner,
        code: code.to_owned(),
        name: file.name.clone(),
        media_type: file.kind.mime().to_owned(),
        size_bytes: i64::try_from(file.size).unwrap_or(i64::MAX),
        sm3: file.content.hex(),
        visibility,
        uploaded_by: by,
        uploaded_at: at,
        superseded_by: None,
    })?;
    Ok(id)
}

/// An upload that no row names after this time belongs to a form that was refused, sent twice or
/// broken off; longer than any request takes.
pub const ORPHAN_AGE: Duration = Duration::from_secs(60 * 60);

/// Removes the files that no row names and that nobody kept again for `age`; gives how many.
pub fn sweep(app: &App, age: Duration) -> Result<usize, Stop> {
    let fault = |e: crate::files::FileFault| Fault::Files(e.to_string());
    let mut removed = 0;
    for some in app.files.list_older(age).map_err(fault)?.chunks(200) {
        let named = app.store.read(|db| documents::files_named(db, some.iter().map(|hash| hash.hex())))?;
        for hash in some.iter().filter(|hash| !named.contains(&hash.hex())) {
            removed += usize::from(app.files.remove_older(hash, age).map_err(fault)?);
        }
    }
    Ok(removed)
}

/// A document with its bytes, if this person may have it.
///
/// # Errors
/// `Refusal::NotFound` also when it exists and may not be seen.
pub fn fetch(app: &App, actor: Option<&Actor>, id: DocumentId) -> Result<(Document, Vec<u8>), Stop> {
    let document = app.store.read(|db| {
        let Some(document) = documents::find(db, id)? else { return Ok(None) };
        let may = may_see(db, actor, &document)?;
        Ok(may.then_some(document))
    })?;
    let document = document.ok_or(Refusal::NotFound)?;
    let bytes = hash_of(&document.sm3)
        .and_then(|hash| app.files.get(&hash).map_err(|e| Fault::Files(e.to_string())).transpose())
        .transpose()?;
    Ok((document, bytes.ok_or_else(|| Fault::Files(format!("document {id} has lost its file")))?))
}

fn hash_of(hex_text: &str) -> Option<crate::crypto::suite::Hash> {
    let bytes = hex::decode(hex_text).ok()?;
    Some(crate::crypto::suite::Hash(bytes.try_into().ok()?))
}

/// Who may see a document: what it belongs to and its visibility decide.
pub fn may_see(db: &mut impl Read, actor: Option<&Actor>, document: &Document) -> Result<bool, Fault> {
    // What a party handed in stays its own. Who works here reads by the posts he holds today: an identity that
    // he scanned at a counter is nothing to him once he was moved.
    if actor.is_some_and(|a| a.party.is_some() && document.uploaded_by == Some(a.account)) {
        return Ok(true);
    }
    Ok(match document.owner {
        Owner::Lot(lot) => match lots::find(db, lot)? {
            Some(stored) => of_lot(actor, &stored.lot, document),
            None => false,
        },
        Owner::Project(project) => {
            lots::of_project(db, project)?.iter().any(|stored| of_lot(actor, &stored.lot, document))
        }
        Owner::Party(party) => match actor {
            Some(a) if a.party == Some(party) => true,
            Some(a) => checks(db, a, party)?,
            None => false,
        },
        Owner::Application(application) => {
            let own = documents::application_people(db, application)?
                .zip(actor)
                .is_some_and(|((party, reviewer), a)| a.party == Some(party) || reviewer == Some(a.account));
            own || of_winner(db, actor, application)?
        }
    })
}

/// Whether this person checks this party's identity: the county's acceptance desk all, a township's clerk
/// those who live in his township.
fn checks(db: &mut impl Read, actor: &Actor, party: PartyId) -> Result<bool, Fault> {
    Ok(Area::VerifyParties.permits(actor)
        && stored::find(db, party)?.is_some_and(|found| parties::reaches(actor, &found)))
}

/// The winner's papers belong to the file from the result on: staff who may read the file read them.
fn of_winner(db: &mut impl Read, actor: Option<&Actor>, application: ApplicationId) -> Result<bool, Fault> {
    let Some(actor) = actor else { return Ok(false) };
    let Some(application) = applications::find(db, application)? else { return Ok(false) };
    let Some(lot) = lots::find(db, application.lot)?.map(|s| s.lot) else { return Ok(false) };
    let won = lot.outcome.as_ref().is_some_and(|o| o.application == application.id);
    let departments = lot.departments();
    let party = actor.party.is_some_and(|p| lot.side(p).is_some());
    Ok(won && !party && may_read_papers(actor, &lot.case(&departments)))
}

fn of_lot(actor: Option<&Actor>, lot: &Lot, document: &Document) -> bool {
    let departments = lot.departments();
    let case = lot.case(&departments);
    let own = |a: &Actor| a.party == Some(lot.transferor);
    let party = |a: &Actor| a.party.is_some_and(|p| lot.side(p).is_some());
    // Staff who may read the file have no part of their own in it.
    let staff = |a: &Actor| !party(a) && may_read_papers(a, &case);
    // The officer who entered a case for somebody reads what is handed in with it.
    let handed_in = |a: &Actor| document.code.starts_with('t') && helps(a, &case);
    match document.visibility {
        Visibility::Public => lot.public || actor.is_some_and(|a| may_read_papers(a, &case) || handed_in(a)),
        Visibility::Parties => actor.is_some_and(|a| party(a) || staff(a)),
        // The transferor's own papers are his, whoever uploaded them for him.
        Visibility::Staff => {
            actor.is_some_and(|a| staff(a) || handed_in(a) || (own(a) && document.code.starts_with('t')))
        }
    }
}
