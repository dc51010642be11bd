//! Papers signed by hand: one clerk uploads the scan, a second checks it; offered for every paper that
//! can be signed on screen, so that nobody has to agree to electronic form (rulebook 8.1).

use super::papers::{self, Keep};
use super::{confirmation, on_lot};
use crate::context::App;
use crate::domain::actor::Actor;
use crate::domain::base::ids::{DocumentId, LotId};
use crate::domain::lot::scan::{self, Paper};
use crate::domain::lot::{Act, Stage};
use crate::files::Received;
use crate::store::documents::Visibility;
use crate::store::{Fault, Stop};

/// A clerk uploads the scan of the paper that waits for signatures.
pub fn upload(app: &App, actor: &Actor, id: LotId, scan: &Received) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::UploadSigned, |tx, lot, _| {
        let paper = Paper::at(lot.stage).ok_or_else(|| lot.wrong_stage())?;
        let how = Keep {
            code: paper.scan_code(),
            name: &scan.name,
            media_type: scan.kind.mime(),
            visibility: Visibility::Parties,
            by: Some(actor.account),
        };
        let size = i64::try_from(scan.size).map_err(|e| Fault::Inconsistent(e.to_string()))?;
        let document = papers::keep_stored(app, tx, id, &scan.content, size, how)?;
        Ok((scan::upload(lot, document.id)?, ()))
    })
}

/// A second clerk checks the scan that he was shown against the generated text.
///
/// # Errors
/// Refused when that scan is not the one that waits, or no reason is given for one that is not accepted.
pub fn check(app: &App, actor: &Actor, id: LotId, shown: DocumentId, accepted: bool, note: &str) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::CheckSigned, |tx, lot, now| {
        let asks = lot.stage == Stage::Confirmation;
        let approvals = if asks { confirmation::approvals(app, tx, lot, now)? } else { Vec::new() };
        Ok((scan::check(lot, shown, accepted, note, &approvals)?, ()))
    })
}
