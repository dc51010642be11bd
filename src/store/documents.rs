//! Documents: what was uploaded or produced, to whom it belongs, who may see it. The bytes are
//! the file store's, under their SM3.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{applications, documents, statements};
use super::{Fault, Read, Tx, stored, stored_id};
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, ApplicationId, DocumentId, LotId, PartyId, ProjectId};

/// What a document belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Identity papers of a party.
    Party(PartyId),
    /// Papers of a transfer application.
    Project(ProjectId),
    /// Papers of a lot: notices, results, contract, certificate, package.
    Lot(LotId),
    /// Papers of a bidder's application.
    Application(ApplicationId),
}

impl Owner {
    fn columns(self) -> (&'static str, String) {
        match self {
            Owner::Party(id) => ("party", id.to_string()),
            Owner::Project(id) => ("project", id.to_string()),
            Owner::Lot(id) => ("lot", id.to_string()),
            Owner::Application(id) => ("application", id.to_string()),
        }
    }

    fn read(kind: &str, id: &str) -> Result<Owner, Fault> {
        match kind {
            "party" => Ok(Owner::Party(stored_id("documents.owner_id", id)?)),
            "project" => Ok(Owner::Project(stored_id("documents.owner_id", id)?)),
            "lot" => Ok(Owner::Lot(stored_id("documents.owner_id", id)?)),
            "application" => Ok(Owner::Application(stored_id("documents.owner_id", id)?)),
            other => Err(Fault::Inconsistent(format!("documents.owner_kind = {other:?}"))),
        }
    }
}

/// Who may see a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Anybody, once the lot is public.
    Public,
    /// The parties of the deal and the staff who may read the file.
    Parties,
    /// Staff who may read the file, and who uploaded it.
    Staff,
}

impl Visibility {
    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            Visibility::Public => "public",
            Visibility::Parties => "parties",
            Visibility::Staff => "staff",
        }
    }

    fn from_name(name: &str) -> Option<Visibility> {
        [Visibility::Public, Visibility::Parties, Visibility::Staff].into_iter().find(|v| v.name() == name)
    }
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// What it belongs to.
    pub owner: Owner,
    /// Code of the paper: T01–T11, R01–R11, or the form's number such as F09.
    pub code: String,
    /// Name for people, with ending.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Bytes.
    pub size_bytes: i64,
    /// SM3 of the bytes, their name in the file store.
    pub sm3: String,
    /// Who may see it.
    pub visibility: Visibility,
    /// Who uploaded it; `None` for what the exchange produced.
    pub uploaded_by: Option<AccountId>,
    /// When.
    pub uploaded_at: Instant,
    /// The newer version that replaces it.
    pub superseded_by: Option<DocumentId>,
}

type Row = (
    String,
    String,
    String,
    String,
    String,
    String,
    i64,
    String,
    String,
    String,
    Option<String>,
    NaiveDateTime,
    Option<String>,
);

fn document(row: Row) -> Result<Document, Fault> {
    let (id, kind, owner, code, name, media_type, size_bytes, sm3, _, visibility, by, at, newer) = row;
    Ok(Document {
        id: stored_id("documents.id", &id)?,
        owner: Owner::read(&kind, &owner)?,
        code,
        name,
        media_type,
        size_bytes,
        sm3,
        visibility: stored("documents.visibility", Visibility::from_name(&visibility), &visibility)?,
        uploaded_by: by.map(|b| stored_id("documents.uploaded_by", &b)).transpose()?,
        uploaded_at: Instant::from_utc(at),
        superseded_by: newer.map(|n| stored_id("documents.superseded_by", &n)).transpose()?,
    })
}

/// One document.
pub fn find(db: &mut impl Read, id: DocumentId) -> Result<Option<Document>, Fault> {
    documents::table.find(id.to_string()).first::<Row>(db.conn()).optional()?.map(document).transpose()
}

/// The documents of an owner, oldest first; superseded ones are left out.
pub fn of(db: &mut impl Read, owner: Owner) -> Result<Vec<Document>, Fault> {
    let (kind, id) = owner.columns();
    let rows: Vec<Row> = documents::table
        .filter(documents::owner_kind.eq(kind))
        .filter(documents::owner_id.eq(id))
        .filter(documents::superseded_by.is_null())
        .order((documents::uploaded_at, documents::id))
        .load(db.conn())?;
    rows.into_iter().map(document).collect()
}

/// Whose application it is and who was given it to review: the two who may see its papers.
pub fn application_people(
    db: &mut impl Read,
    id: ApplicationId,
) -> Result<Option<(PartyId, Option<AccountId>)>, Fault> {
    let row: Option<(String, Option<String>)> = applications::table
        .find(id.to_string())
        .select((applications::party_id, applications::reviewer_id))
        .first(db.conn())
        .optional()?;
    row.map(|(party, reviewer)| {
        let reviewer = reviewer.map(|r| stored_id("applications.reviewer_id", &r)).transpose()?;
        Ok((stored_id("applications.party_id", &party)?, reviewer))
    })
    .transpose()
}

/// Those of these files, each by the SM3 of its content, that a row names: a document, or a bank
/// statement as it was imported.
pub fn files_named(db: &mut impl Read, files: impl Iterator<Item = String>) -> Result<HashSet<String>, Fault> {
    let files: Vec<String> = files.collect();
    let of = documents::table.filter(documents::sm3.eq_any(&files)).select(documents::sm3);
    let mut named: HashSet<String> = of.load(db.conn())?.into_iter().collect();
    let of = statements::table.filter(statements::sm3.eq_any(&files)).select(statements::sm3);
    named.extend(of.load::<String>(db.conn())?);
    Ok(named)
}

impl Tx<'_> {
    /// A new document.
    pub fn insert_document(&mut self, d: &Document) -> Result<(), Fault> {
        let (kind, owner) = d.owner.columns();
        diesel::insert_into(documents::table)
            .values((
                documents::id.eq(d.id.to_string()),
                documents::owner_kind.eq(kind),
                documents::owner_id.eq(owner),
                documents::code.eq(&d.code),
                documents::name.eq(&d.name),
                documents::media_type.eq(&d.media_type),
                documents::size_bytes.eq(d.size_bytes),
                documents::sm3.eq(&d.sm3),
                documents::storage_key.eq(&d.sm3),
                documents::visibility.eq(d.visibility.name()),
                documents::uploaded_by.eq(d.uploaded_by.map(|b| b.to_string())),
                documents::uploaded_at.eq(d.uploaded_at.utc()),
            ))
            .execute(self.conn)?;
        self.wrote("documents", d.id);
        Ok(())
    }

    /// Marks a document as replaced by a newer one.
    pub fn supersede_document(&mut self, old: DocumentId, newer: DocumentId) -> Result<(), Fault> {
        diesel::update(documents::table.find(old.to_string()))
            .set(documents::superseded_by.eq(newer.to_string()))
            .execute(self.conn)?;
        self.wrote("documents", old);
        Ok(())
    }
}
