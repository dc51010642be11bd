//! The internal file of a lot, and the parties on it.

use crate::domain::base::ids::LotId;
use crate::domain::lot::{Lot, Recorded};
use crate::store::accounts;
use crate::store::documents::{self, Owner};
pub use crate::store::documents::{Document, Visibility};
use crate::store::lots::{self, StoredLot};
pub use crate::store::party_cards::{PartyCard, party, verified_of_village};
use crate::store::projects::{self, Project};
use crate::store::rounds::{self, Round};
use crate::store::{Fault, Read};

/// Everything of one case.
#[derive(Clone, Debug)]
pub struct Case {
    /// The lot with its draft.
    pub stored: StoredLot,
    /// Its project.
    pub project: Project,
    /// Whether the right holder entered it himself.
    pub own_hand: bool,
    /// The right holder.
    pub transferor: PartyCard,
    /// The winner, once there is one.
    pub transferee: Option<PartyCard>,
    /// Papers of the lot, oldest first.
    pub documents: Vec<Document>,
    /// What happened.
    pub events: Vec<Recorded>,
    /// The latest listing round.
    pub round: Option<Round>,
    /// Other lots of the project: id and title.
    pub siblings: Vec<(LotId, String)>,
}

/// The file of a lot.
pub fn case(db: &mut impl Read, id: LotId) -> Result<Option<Case>, Fault> {
    let Some(stored) = lots::find(db, id)? else { return Ok(None) };
    case_of(db, stored).map(Some)
}

/// The file of a lot by its public number.
pub fn case_by_no(db: &mut impl Read, lot_no: &str) -> Result<Option<Case>, Fault> {
    let Some(stored) = lots::find_by_no(db, lot_no)? else { return Ok(None) };
    case_of(db, stored).map(Some)
}

/// A lot alone, by its public number.
pub fn lot_by_no(db: &mut impl Read, lot_no: &str) -> Result<Option<Lot>, Fault> {
    Ok(lots::find_by_no(db, lot_no)?.map(|s| s.lot))
}

fn case_of(db: &mut impl Read, stored: StoredLot) -> Result<Case, Fault> {
    let lot = &stored.lot;
    let gone = |what: &str| Fault::Inconsistent(format!("lot {} without {what}", lot.id));
    let project = projects::find(db, lot.project)?.ok_or_else(|| gone("project"))?;
    let transferor = party(db, lot.transferor)?.ok_or_else(|| gone("transferor"))?;
    let transferee = match &lot.outcome {
        Some(outcome) => party(db, outcome.party)?,
        None => None,
    };
    let own_hand = accounts::find(db, project.entered_by)?.and_then(|a| a.party) == Some(lot.transferor);
    let documents = documents::of(db, Owner::Lot(lot.id))?;
    let events = lots::events(db, lot.id)?;
    let round = rounds::latest(db, lot.id)?;
    let siblings = lots::of_project(db, lot.project)?;
    let siblings = siblings.into_iter().filter(|s| s.lot.id != lot.id);
    let named = |s: StoredLot| {
        let title = s.lot.terms.as_ref().map(|t| t.title.clone()).unwrap_or_default();
        (s.lot.id, if title.is_empty() { format!("第 {} 个标的", s.ord) } else { title })
    };
    let siblings = siblings.map(named).collect();
    Ok(Case { project, own_hand, transferor, transferee, documents, events, round, siblings, stored })
}
