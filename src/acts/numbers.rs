//! Numbers of papers (rulebook 8.2), from the lot's number.

use crate::context::App;
use crate::domain::base::Instant;
use crate::domain::lot::Lot;
use crate::store::Stop;

/// Number of the confirmation (成交确认书): the lot's number with `Q`.
pub fn confirmation(_app: &App, lot: &Lot, _at: Instant) -> Result<String, Stop> {
    let lot_no = lot.lot_no.clone().ok_or_else(|| lot.wrong_stage())?;
    Ok(format!("{lot_no}Q01"))
}
