//! Parties: persons, organisations and collectives. IDs, telephones and bank accounts are sealed;
//! the act layer opens them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::parties;
use super::{Fault, Read, Tx, stored, stored_id};
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, PartyId};

/// What a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartyKind {
    /// 自然人
    Person,
    /// 法人或其他组织
    Organisation,
    /// 农村集体经济组织
    Collective,
}

impl PartyKind {
    /// All kinds.
    pub const ALL: [PartyKind; 3] = [PartyKind::Person, PartyKind::Organisation, PartyKind::Collective];

    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            PartyKind::Person => "person",
            PartyKind::Organisation => "organisation",
            PartyKind::Collective => "collective",
        }
    }

    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        match self {
            PartyKind::Person => "个人（农户）",
            PartyKind::Organisation => "企业、合作社等组织",
            PartyKind::Collective => "农村集体经济组织",
        }
    }

    /// The kind of this stored name.
    pub fn from_name(name: &str) -> Option<PartyKind> {
        PartyKind::ALL.into_iter().find(|k| k.name() == name)
    }
}

/// Whether a clerk has checked who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verification {
    /// 未核验
    Unverified,
    /// 已核验
    Verified,
    /// 核验未通过
    Rejected,
}

impl Verification {
    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            Verification::Unverified => "unverified",
            Verification::Verified => "verified",
            Verification::Rejected => "rejected",
        }
    }

    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        match self {
            Verification::Unverified => "未核验",
            Verification::Verified => "已核验",
            Verification::Rejected => "核验未通过",
        }
    }

    fn from_name(name: &str) -> Option<Verification> {
        [Verification::Unverified, Verification::Verified, Verification::Rejected]
            .into_iter()
            .find(|v| v.name() == name)
    }
}

/// A party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its id.
    pub id: PartyId,
    /// What it is.
    pub kind: PartyKind,
    /// Full name.
    pub name: String,
    /// ID number or credit code, sealed under (parties, id_sealed, id).
    pub id_sealed: String,
    /// Keyed look-up value of it; `void:` and the party's id once the registration was released, so that the
    /// number is free for whose it is.
    pub id_lookup: String,
    /// Telephone, sealed.
    pub phone_sealed: String,
    /// Bank and account number, sealed as `bank\naccount`.
    pub bank_sealed: String,
    /// Keyed look-up value of the account number.
    pub bank_lookup: String,
    /// Legal representative; empty for persons.
    pub representative: String,
    /// Address.
    pub address: String,
    /// Township code.
    pub township: String,
    /// Village; empty where there is none.
    pub village: String,
    /// Says to be a member of the collective of that village; counts only once verified.
    pub member: bool,
    /// Checked or not.
    pub verification: Verification,
    /// Why not, or remark.
    pub verification_note: String,
    /// Agreed to sign electronically at.
    pub agreed_electronic_at: Option<Instant>,
    /// When it registered.
    pub created_at: Instant,
}

impl Party {
    /// Whether the counter took the number away from this registration.
    pub fn is_released(&self) -> bool {
        self.id_lookup.starts_with(RELEASED)
    }
}

const RELEASED: &str = "void:";

#[derive(Queryable)]
struct Row {
    id: String,
    kind: String,
    name: String,
    id_sealed: String,
    id_lookup: String,
    phone_sealed: String,
    bank_sealed: String,
    bank_lookup: String,
    representative: String,
    address: String,
    township: String,
    village: String,
    member: bool,
    verification: String,
    _verified_by: Option<String>,
    _verified_at: Option<NaiveDateTime>,
    verification_note: String,
    agreed_electronic_at: Option<NaiveDateTime>,
    created_at: NaiveDateTime,
    _version: i64,
}

fn party(row: Row) -> Result<Party, Fault> {
    Ok(Party {
        id: stored_id("parties.id", &row.id)?,
        kind: stored("parties.kind", PartyKind::from_name(&row.kind), &row.kind)?,
        name: row.name,
        id_sealed: row.id_sealed,
        id_lookup: row.id_lookup,
        phone_sealed: row.phone_sealed,
        bank_sealed: row.bank_sealed,
        bank_lookup: row.bank_lookup,
        representative: row.representative,
        address: row.address,
        township: row.township,
        village: row.village,
        member: row.member,
        verification: stored("parties.verification", Verification::from_name(&row.verification), &row.verification)?,
        verification_note: row.verification_note,
        agreed_electronic_at: row.agreed_electronic_at.map(Instant::from_utc),
        created_at: Instant::from_utc(row.created_at),
    })
}

/// One party.
pub fn find(db: &mut impl Read, id: PartyId) -> Result<Option<Party>, Fault> {
    parties::table.find(id.to_string()).first::<Row>(db.conn()).optional()?.map(party).transpose()
}

/// The party of this look-up value of ID number or credit code.
pub fn by_lookup(db: &mut impl Read, lookup: &str) -> Result<Option<Party>, Fault> {
    parties::table.filter(parties::id_lookup.eq(lookup)).first::<Row>(db.conn()).optional()?.map(party).transpose()
}

/// Parties waiting to be checked, oldest first; of one township or of the county.
pub fn unverified(db: &mut impl Read, township: Option<&str>, limit: i64) -> Result<Vec<Party>, Fault> {
    let mut query = parties::table.filter(parties::verification.eq("unverified")).into_boxed();
    if let Some(code) = township {
        query = query.filter(parties::township.eq(code.to_owned()));
    }
    let rows: Vec<Row> = query.order((parties::created_at, parties::id)).limit(limit).load(db.conn())?;
    rows.into_iter().map(party).collect()
}

/// Who checked a party's identity, and when.
pub fn verified(db: &mut impl Read, id: PartyId) -> Result<Option<(AccountId, Instant)>, Fault> {
    let row: Option<(Option<String>, Option<NaiveDateTime>)> = parties::table
        .find(id.to_string())
        .select((parties::verified_by, parties::verified_at))
        .first(db.conn())
        .optional()?;
    let Some((Some(by), Some(at))) = row else { return Ok(None) };
    Ok(Some((stored_id("parties.verified_by", &by)?, Instant::from_utc(at))))
}

impl Tx<'_> {
    /// A new party.
    pub fn insert_party(&mut self, p: &Party) -> Result<(), Fault> {
        diesel::insert_into(parties::table)
            .values((
                parties::id.eq(p.id.to_string()),
                parties::kind.eq(p.kind.name()),
                parties::name.eq(&p.name),
                parties::id_sealed.eq(&p.id_sealed),
                parties::id_lookup.eq(&p.id_lookup),
                parties::phone_sealed.eq(&p.phone_sealed),
                parties::bank_sealed.eq(&p.bank_sealed),
                parties::bank_lookup.eq(&p.bank_lookup),
                parties::representative.eq(&p.representative),
                parties::address.eq(&p.address),
                parties::township.eq(&p.township),
                parties::village.eq(&p.village),
                parties::member.eq(p.member),
                parties::verification.eq(p.verification.name()),
                parties::verification_note.eq(&p.verification_note),
                parties::created_at.eq(p.created_at.utc()),
                parties::version.eq(1),
            ))
            .execute(self.conn)?;
        self.wrote("parties", p.id);
        Ok(())
    }

    /// Claims a party.
    pub fn claim_party(&mut self, id: PartyId) -> Result<Option<Party>, Fault> {
        self.before_the_head()?;
        diesel::update(parties::table.find(id.to_string()))
            .set(parties::version.eq(parties::version + 1))
            .returning(parties::all_columns)
            .get_result::<Row>(self.conn)
            .optional()?
            .map(party)
            .transpose()
    }

    /// Records the check of an identity.
    pub fn set_verification(
        &mut self,
        id: PartyId,
        verification: Verification,
        member: bool,
        by: AccountId,
        at: Instant,
        note: &str,
    ) -> Result<(), Fault> {
        diesel::update(parties::table.find(id.to_string()))
            .set((
                parties::verification.eq(verification.name()),
                parties::member.eq(member),
                parties::verified_by.eq(by.to_string()),
                parties::verified_at.eq(at.utc()),
                parties::verification_note.eq(note),
            ))
            .execute(self.conn)?;
        self.wrote("parties", id);
        Ok(())
    }

    /// Takes the number away from a registration whose holder is somebody else.
    pub fn release_party(&mut self, id: PartyId, by: AccountId, at: Instant, note: &str) -> Result<(), Fault> {
        self.set_verification(id, Verification::Rejected, false, by, at, note)?;
        diesel::update(parties::table.find(id.to_string()))
            .set(parties::id_lookup.eq(format!("{RELEASED}{id}")))
            .execute(self.conn)?;
        self.wrote("parties", id);
        Ok(())
    }

    /// Telephone, bank account and address as they shall stand.
    pub fn correct_party(&mut self, p: &Party) -> Result<(), Fault> {
        diesel::update(parties::table.find(p.id.to_string()))
            .set((
                parties::phone_sealed.eq(&p.phone_sealed),
                parties::bank_sealed.eq(&p.bank_sealed),
                parties::bank_lookup.eq(&p.bank_lookup),
                parties::address.eq(&p.address),
            ))
            .execute(self.conn)?;
        self.wrote("parties", p.id);
        Ok(())
    }
}
