//! Who came second learns who was first, and when.

use crate::domain::base::Instant;
use crate::domain::base::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::store::{Fault, Read, accounts};

/// The refusal of a second decision on what this account decided then; `None` is the clock's own.
///
/// # Errors
/// The database cannot be read.
pub(super) fn already(db: &mut impl Read, who: Option<AccountId>, at: Instant) -> Result<Refusal, Fault> {
    let name = match who {
        Some(id) => accounts::find(db, id)?.map(|a| a.name).unwrap_or_default(),
        None => String::new(),
    };
    let who = if name.is_empty() { "系统".to_owned() } else { name };
    Ok(Refusal::DecidedAlready { who, at })
}
