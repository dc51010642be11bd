//! What is known of an applicant: what he declared, what a clerk verified, what the database knows of him and
//! of the others, and what the reviewer looked up (rulebook 6.4, 6.5).

use std::collections::BTreeSet;

use super::{frozen, parties as acts};
use crate::context::App;
use crate::domain::application::Application;
use crate::domain::base::ids::PartyId;
use crate::domain::base::{Area, Instant};
use crate::domain::eligibility::lookup::{self, declared};
use crate::domain::eligibility::{
    ApplicantKind, CaseRules, CompanyStatus, Contact, Finding, LicenceFacts, Limits, LookedUp, Membership, Question,
    ReceiverFacts, Tie, TransfereeFacts, check_transferee,
};
use crate::domain::lot::Lot;
use crate::domain::rulebook::Rules;
use crate::store::parties::{self, Party, PartyKind};
use crate::store::{Fault, Read, Stop, applications, deal_parties};

/// What the rules say of an applicant, and what they ask the reviewer.
#[derive(Clone, Debug)]
pub struct Known {
    /// Every rule's finding.
    pub findings: Vec<Finding>,
    /// What has to be looked up before anybody is qualified.
    pub asked: Vec<Question>,
    /// What ties him to another applicant of the lot; who that is nobody is told.
    pub ties: Vec<Tie>,
    /// Member of the lot's own collective, by declaration, verification and home.
    pub membership: Membership,
}

/// What the rules of the notice say about an applicant.
pub fn known(
    app: &App,
    db: &mut impl Read,
    a: &Application,
    lot: &Lot,
    party: &Party,
    found: &LookedUp,
    now: Instant,
) -> Result<Known, Stop> {
    let notice = frozen::rules(app, db, lot.id)?;
    let (variety, terms) = (frozen::variety(app, db, lot)?, lot.terms()?);
    let rules = CaseRules::of(&variety, terms.mode, terms.land_type);
    let membership = membership(a, lot, party);
    let kind = kind(app, party, found, now)?;
    let ties = ties(app, db, a, party)?;
    let asked = lookup::questions(&rules, kind, &ties);
    let receiver = ReceiverFacts {
        today: now.day(),
        kind,
        membership,
        without_homestead: declared(found.without_homestead),
        collective_consent: declared(found.consent),
        ability_declared: a.body.answers.ability == Some(true),
        ability_proof: !a.body.plan.is_empty(),
        bans: found.bans,
        // The form takes single applicants only.
        joint: None,
        ties: ties.clone(),
        related: declared(found.related),
        staff_or_relative: a.body.answers.staff_or_relative == Some(true),
        is_transferor: lot.transferor == party.id,
        village_official: a.body.answers.village_official == Some(true),
    };
    let licence = match terms.area {
        Some(_) => Some(licence(db, party.id, membership, lot, &notice, now)?),
        None => None,
    };
    let facts = TransfereeFacts { rules, limits: Limits::of(&notice), receiver, licence };
    Ok(Known { findings: check_transferee(&facts), asked, ties, membership })
}

/// Who is a member of another village's collective is an outsider here.
fn membership(a: &Application, lot: &Lot, party: &Party) -> Membership {
    let home =
        party.township == lot.place.township().to_string() && party.village == lot.place.village().unwrap_or_default();
    if a.body.answers.member == Some(true) && party.member && home { Membership::Member } else { Membership::Outsider }
}

fn kind(app: &App, party: &Party, found: &LookedUp, now: Instant) -> Result<ApplicantKind, Stop> {
    match party.kind {
        PartyKind::Person => {
            let id = acts::id_no(app, party)?;
            match crate::domain::base::identity::ResidentId::parse(&id, now.day()) {
                Ok(id) => Ok(ApplicantKind::person(&id, now.day())),
                Err(e) => Err(Fault::Inconsistent(format!("stored id number: {}", e.zh())).into()),
            }
        }
        PartyKind::Organisation | PartyKind::Collective => {
            let status = found.company.map_or(CompanyStatus::Unknown, |c| c.status);
            Ok(ApplicantKind::Organisation { status })
        }
    }
}

fn contact(app: &App, party: &Party) -> Result<Contact, Stop> {
    let responsible = match party.kind {
        PartyKind::Person => party.name.clone(),
        PartyKind::Organisation | PartyKind::Collective => party.representative.clone(),
    };
    Ok(Contact { responsible, phone: acts::phone(app, party)?, account: party.bank_lookup.clone() })
}

/// What ties the applicant to any other of the lot who has not taken his application back.
fn ties(app: &App, db: &mut impl Read, a: &Application, party: &Party) -> Result<Vec<Tie>, Stop> {
    let own = contact(app, party)?;
    let mut found = BTreeSet::new();
    for other in applications::of_lot(db, a.lot)?.into_iter().filter(|o| o.id != a.id && o.counts()) {
        if let Some(other) = parties::find(db, other.party)? {
            found.extend(lookup::ties(&own, &contact(app, &other)?));
        }
    }
    Ok(found.into_iter().collect())
}

/// What decides whether the licence of rule E40 is needed and who gives it: with the land that the same
/// transferee took anywhere in the county within the period of the notice, because splitting to dodge a level is
/// barred and no column tells which parcels are adjacent.
pub fn licence(
    db: &mut impl Read,
    party: PartyId,
    membership: Membership,
    lot: &Lot,
    notice: &Rules,
    now: Instant,
) -> Result<LicenceFacts, Stop> {
    let first = now.day().minus_months(notice.licence.aggregate_months);
    let before = deal_parties::land_received(db, party, lot.id, first.at(0, 0))?;
    let mut townships: BTreeSet<String> = before.iter().map(|(township, _)| township.clone()).collect();
    townships.insert(lot.place.township().to_string());
    Ok(LicenceFacts {
        membership,
        area: lot.terms()?.area.unwrap_or(Area(0)),
        aggregated: Area(before.iter().map(|(_, area)| area).sum()),
        townships: u32::try_from(townships.len()).unwrap_or(u32::MAX),
        // The exchange lists what lies in its own county.
        counties: 1,
    })
}
