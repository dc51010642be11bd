//! Posting to the ledger, with its leaf in the journal wherever a leaf tells nobody who registered
//! (architecture 6 and 7): until a lot's session is over its money stands only in the ledger's state,
//! to which the journal commits at fixed times.

use serde_json::json;

use crate::context::App;
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, LotId};
use crate::domain::funds::Entry;
use crate::domain::funds::ledger::Posted;
use crate::store::{Read, Stop, Tx, lots};

/// Kind of the leaf of a posting.
pub(crate) const POSTED: &str = "payment.posted";
/// Kind of the leaf of a payment file.
pub(crate) const FILED: &str = "payment.filed";

/// What a posting is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A lot's money: refunds, price and fee, release.
    Lot(LotId),
    /// Money that belongs to no lot and goes back where it came from.
    Nobody,
    /// A line of the bank as it comes in, which may be a deposit for a lot that is still open.
    Sealed,
}

impl About {
    /// What an order of this lot, or of none, is about.
    pub fn of(lot: Option<LotId>) -> About {
        lot.map_or(About::Nobody, About::Lot)
    }

    fn lot(self) -> Option<LotId> {
        match self {
            About::Lot(lot) => Some(lot),
            About::Nobody | About::Sealed => None,
        }
    }

    /// Under what name the journal may speak of it; `None` while a leaf would tell who registered.
    pub fn subject(self, db: &mut impl Read) -> Result<Option<String>, Stop> {
        match self {
            About::Sealed => Ok(None),
            About::Nobody => Ok(Some("ledger".to_owned())),
            About::Lot(lot) => {
                let lot = lots::find(db, lot)?.map(|stored| stored.lot);
                let over = lot.filter(|l| !l.stage.registrants_hidden());
                Ok(over.map(|l| super::record::subject(&l)))
            }
        }
    }
}

/// Posts an entry once, and writes the salted leaf of what is posted.
///
/// # Errors
/// Refused as by [`Tx::post_entry`].
pub fn post(
    app: &App,
    tx: &mut Tx<'_>,
    entry: &Entry,
    at: Instant,
    about: About,
    actor: Option<AccountId>,
    memo: &str,
) -> Result<Posted, Stop> {
    let posted = tx.post_entry(entry, at, about.lot(), actor, memo)?;
    let written = tx.newest_posting().filter(|_| posted == Posted::New);
    if let Some((id, text)) = written
        && let Some(subject) = about.subject(tx)?
    {
        let commitment = app.keys.commit(&[POSTED, &id], &text).hex();
        tx.journal(at, POSTED, &subject, json!({ "entry": id, "commitment": commitment }))?;
    }
    Ok(posted)
}
