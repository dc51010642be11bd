//! Parties as others see them: name and kind, nothing sealed.

use diesel::prelude::*;

use super::schema::parties;
use super::{Fault, Read, stored_id};
use crate::domain::base::ids::PartyId;

/// A party as pages show it: nothing sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyCard {
    /// Its id.
    pub id: PartyId,
    /// `person`, `organisation` or `collective`.
    pub kind: String,
    /// Full name; see [`PartyCard::shown`].
    pub name: String,
    /// Township code as stored; empty when not given.
    pub township: String,
    /// Village; empty when not given.
    pub village: String,
    /// Whether the identity was checked.
    pub verified: bool,
}

impl PartyCard {
    /// A natural person.
    pub fn is_person(&self) -> bool {
        self.kind == "person"
    }

    /// The name as the public sees it: a person's first character and `**` (rulebook 9.6).
    pub fn shown(&self) -> String {
        if self.is_person() {
            format!("{}**", self.name.chars().next().map(String::from).unwrap_or_default())
        } else {
            self.name.clone()
        }
    }
}

type Row = (String, String, String, String, String, String);

fn card((id, kind, name, township, village, verification): Row) -> Result<PartyCard, Fault> {
    let id = stored_id("parties.id", &id)?;
    Ok(PartyCard { id, kind, name, township, village, verified: verification == "verified" })
}

const CARD: (parties::id, parties::kind, parties::name, parties::township, parties::village, parties::verification) =
    (parties::id, parties::kind, parties::name, parties::township, parties::village, parties::verification);

/// One party.
pub fn party(db: &mut impl Read, id: PartyId) -> Result<Option<PartyCard>, Fault> {
    let row: Option<Row> = parties::table.find(id.to_string()).select(CARD).first(db.conn()).optional()?;
    row.map(card).transpose()
}

/// The checked parties of a village, by name.
pub fn verified_of_village(db: &mut impl Read, township: &str, village: &str) -> Result<Vec<PartyCard>, Fault> {
    let rows: Vec<Row> = parties::table
        .filter(parties::township.eq(township))
        .filter(parties::village.eq(village))
        .filter(parties::verification.eq("verified"))
        .order(parties::name)
        .limit(200)
        .select(CARD)
        .load(db.conn())?;
    rows.into_iter().map(card).collect()
}
