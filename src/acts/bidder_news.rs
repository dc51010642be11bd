//! What the bidders of a lot are told of its result or its end; the parties of the deal hear of it from `deal`.

use super::messages::{self, Say};
use crate::context::App;
use crate::domain::application::Status;
use crate::domain::lot::{Lot, LotEvent, Recorded};
use crate::store::{Stop, Tx, applications};

/// Messages to every bidder but the winner.
pub(super) fn follow(app: &App, tx: &mut Tx<'_>, lot: &Lot, record: &Recorded) -> Result<(), Stop> {
    let no = lot.lot_no.clone().unwrap_or_default();
    let (topic, subject, body) = match &record.event {
        LotEvent::ResultPosted { publicity_ends, .. } => (
            "result_posted",
            "竞价结果通知",
            format!(
                "标的 {no} 的结果已经公示，您未成交。公示期至{}，期间可以提出异议。保证金按公告载明的规则原路退回，进度见“我的报名”。",
                publicity_ends.zh_end()
            ),
        ),
        LotEvent::Ended { ending } => {
            ("lot_ended", "交易终结通知", format!("标的 {no} 的交易已经终结。{}进度见“我的报名”。", ending.reason))
        }
        _ => return Ok(()),
    };
    let winner = lot.outcome.as_ref().map(|o| o.application);
    for a in applications::of_lot(tx, lot.id)? {
        // Whoever was refused was told so, and why.
        let waits = matches!(a.status, Status::Submitted | Status::Correction | Status::Qualified);
        if waits && winner != Some(a.id) {
            let say = Say { topic, subject: subject.to_owned(), body: body.clone(), lot: None };
            messages::to_party(app, tx, a.party, &say)?;
        }
    }
    Ok(())
}
