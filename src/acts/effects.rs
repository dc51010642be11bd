//! What follows from a lot's event in the same transaction: rows of other tables, money, messages.
//! Each part of the business adds its own `follow`; none decides anything about the lot itself.

use super::deal;
use crate::context::App;
use crate::domain::lot::{Lot, Recorded};
use crate::store::{Stop, Tx};

/// Everything that follows from this event. `lot` is the lot after the whole act.
pub fn follow(app: &App, tx: &mut Tx<'_>, lot: &Lot, record: &Recorded) -> Result<(), Stop> {
    super::refunds::follow(app, tx, lot, record)?;
    super::review::follow(app, tx, lot, record)?;
    deal::follow(app, tx, lot, record)?;
    super::bidder_news::follow(app, tx, lot, record)?;
    Ok(())
}
