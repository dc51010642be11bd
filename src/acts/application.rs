//! Bidders apply, correct, withdraw and agree to the rules (rulebook 2.3 T08a).

use crate::domain::application::Application;
use crate::domain::auction::BidderStanding;
use crate::store::holds::HoldStatus;
use crate::store::{Fault, Read, holds};

/// What the bidding engine must know of a bidder: from the frozen list and the ledger's hold.
pub fn standing(db: &mut impl Read, application: &Application) -> Result<Option<BidderStanding>, Fault> {
    let held = holds::of_application(db, application.id)?.is_some_and(|h| h.status == HoldStatus::Held);
    Ok(application.standing(held))
}
