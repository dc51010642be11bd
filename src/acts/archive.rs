//! Closing the file: one project, one file (T23; order of rulebook 9.7).

use super::deal::{self, Deal};
use super::on_lot;
use super::papers::{self, ArchiveFile, Keep};
use crate::context::App;
use crate::crypto::suite::sm3;
use crate::domain::actor::Actor;
use crate::domain::base::ids::LotId;
use crate::domain::base::numbering::ArchiveNo;
use crate::domain::lot::{Act, Recorded, closing};
use crate::store::documents::{Document, Owner, Visibility};
use crate::store::{Fault, Stop, documents, lots, serials};

/// The parts of a file in their order (rulebook 9.7).
const PARTS: [&str; 14] =
    ["申请", "审核", "公告", "竞买人", "竞价", "结果", "异议", "审批", "合同", "价款", "鉴证", "交割", "登记", "其他"];

/// A line of the file list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Part, by the order of [`PARTS`].
    pub part: usize,
    /// The paper.
    pub document: Document,
}

impl Line {
    /// The part's name.
    pub fn part_zh(&self) -> &'static str {
        PARTS.get(self.part).copied().unwrap_or("其他")
    }
}

/// The part that a paper of this code belongs to.
fn part(code: &str) -> usize {
    match code {
        code if code.starts_with('t') => 0,
        "F01" => 0,
        "F02" | "F04" => 1,
        "F03" | "F14" => 2,
        code if code.starts_with('r') => 3,
        "F05" => 3,
        "F06" | "NEGOTIATION" => 4,
        "F07" | "F08" | "F08S" => 5,
        code if code.starts_with("F17") => 6,
        "YX" | "YXS" | "SP" => 7,
        code if code.starts_with("F09") => 8,
        "F12" | "F13" => 9,
        "F10" | "F11" => 10,
        "F15" | "F15S" => 11,
        code if code.starts_with("F16") => 12,
        _ => 13,
    }
}

/// The file list as it stands: papers of project and lot in the order of the file.
pub fn lines(app: &App, deal: &Deal) -> Result<Vec<Line>, Stop> {
    let mut all = app.store.read(|db| documents::of(db, Owner::Project(deal.lot.project)))?;
    all.extend(app.store.read(|db| documents::of(db, Owner::Lot(deal.lot.id)))?);
    // The transferee's own papers; those of the other bidders are not for the parties' list.
    if let Some(outcome) = &deal.lot.outcome {
        all.extend(app.store.read(|db| documents::of(db, Owner::Application(outcome.application)))?);
    }
    let mut all: Vec<Line> = all
        .into_iter()
        .filter(|d| d.code != "JN")
        .map(|document| Line { part: part(&document.code), document })
        .collect();
    all.sort_by_key(|l| (l.part, l.document.uploaded_at, l.document.id.to_string()));
    Ok(all)
}

/// The catalogue as it goes into the file.
struct Pressed {
    serial: u32,
    number: String,
    digest: String,
    bytes: Vec<u8>,
}

/// Presses the catalogue under the number that this serial of the year makes.
fn pressed(
    app: &App,
    deal: &Deal,
    lines: &[Line],
    events: &[Recorded],
    (year, serial): (i32, u32),
) -> Result<Pressed, Stop> {
    let number = ArchiveNo::new(deal.lot.place.township(), year, serial).map_err(deal::no_number)?.to_string();
    let rows: Vec<_> = lines
        .iter()
        .map(|l| {
            let d = &l.document;
            (l.part_zh().to_owned(), d.name.clone(), d.code.clone(), d.uploaded_at.day().zh(), d.sm3.clone())
        })
        .collect();
    let listed: Vec<_> = events.iter().map(|r| (r.seq, r.at.rfc3339(), r.event.kind())).collect();
    let text = serde_json::to_string(&(&number, &rows, &listed)).map_err(|e| Fault::Papers(e.to_string()))?;
    let digest = sm3(&[text.as_bytes()]).hex();
    let from = events.first().map_or(deal.lot.entered_at, |r| r.at);
    let file = ArchiveFile { number: number.clone(), lines: rows, digest: digest.clone(), from };
    let bytes = papers::press(app, &papers::archive(app, deal, &file)?, &number)?;
    Ok(Pressed { serial, number, digest, bytes })
}

/// Closes the file: completes the papers, counts and lists them, keeps the catalogue. Its number is drawn in the
/// transaction that closes it, so that a refused close leaves no gap; the catalogue is pressed before, under the
/// number that will come next.
///
/// # Errors
/// Refused out of stage, or when the lot moved on meanwhile.
pub fn close(app: &App, actor: &Actor, id: LotId) -> Result<String, Stop> {
    let deal = deal::for_act(app, actor, id, Act::Archive)?;
    papers::complete(app, &deal)?;
    let lines = lines(app, &deal)?;
    let events = app.store.read(|db| lots::events(db, id))?;
    let year = app.clock.now().day().year();
    let series = format!("archive.{}.{year}", deal.lot.place.township());
    let next = app.store.read(|db| serials::upcoming(db, &series))?;
    let early = pressed(app, &deal, &lines, &events, (year, next))?;
    let count = u32::try_from(lines.len()).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    on_lot(app, Some(actor), id, Act::Archive, |tx, lot, _| {
        deal::unchanged(&deal.lot, lot)?;
        let serial = tx.next_serial(&series)?;
        // Another file may have been closed meanwhile; then that one has the number.
        let file = if serial == early.serial { early } else { pressed(app, &deal, &lines, &events, (year, serial))? };
        papers::keep(app, tx, id, &file.bytes, Keep::pdf("JN", "卷内目录.pdf", Visibility::Parties))?;
        Ok((closing::archive(lot, &file.number, count, &file.digest)?, file.number))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn every_paper_has_its_part() {
        for (code, zh) in [
            ("F06", "竞价"),
            ("NEGOTIATION", "竞价"),
            ("F08S", "结果"),
            ("F17-01", "异议"),
            ("YXS", "审批"),
            ("F09S", "合同"),
            ("F15S", "交割"),
            ("F16Z", "登记"),
            ("r02", "竞买人"),
            ("XX", "其他"),
        ] {
            assert_eq!(PARTS.get(part(code)), Some(&zh), "{code}");
        }
    }
}
