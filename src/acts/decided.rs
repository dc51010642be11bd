//! Who came second learns who was first, and when.

use crate::domain::actor::Actor;
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, LotId};
use crate::domain::refusal::Refusal;
use crate::store::{Fault, Read, accounts, lots};

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

/// A step that came too late, with the name of who took the last one: two clerks of one post must know which
/// of them it was. Names of staff are for staff alone.
///
/// # Errors
/// The database cannot be read.
pub(super) fn by_whom(
    db: &mut impl Read,
    lot: LotId,
    actor: Option<&Actor>,
    refusal: Refusal,
) -> Result<Refusal, Fault> {
    match refusal {
        Refusal::WrongStage { stage, last } if !last.is_empty() && actor.is_some_and(Actor::is_staff) => {
            let who = lots::last_hand(db, lot)?.map(|id| accounts::find(db, id)).transpose()?.flatten();
            let last = who.map_or_else(|| last.clone(), |account| format!("{last}（{}）", account.name));
            Ok(Refusal::WrongStage { stage, last })
        }
        other => Ok(other),
    }
}
