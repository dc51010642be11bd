//! Hand-over to the registering department (T21), its answer (Z89), and the package.

use std::io::{Cursor, Write};

use serde_json::json;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::deal::{self, Deal};
use super::papers::{self, Keep};
use super::{certificate, on_lot};
use crate::context::App;
use crate::crypto::suite::sm3;
use crate::domain::actor::Actor;
use crate::domain::base::ids::LotId;
use crate::domain::category::{Department, DocFacts, Registration};
use crate::domain::lot::{Act, closing};
use crate::domain::refusal::Refusal;
use crate::store::documents::{self, Document, Owner, Visibility};
use crate::store::{Fault, Stop};

/// The package's code among the documents.
pub const CODE: &str = "F16Z";

/// The departments that may register or file this deal, the fitting ones first.
pub fn departments(deal: &Deal) -> Vec<Registration> {
    let lot = &deal.lot;
    let facts = DocFacts {
        outsider: lot.outcome.as_ref().is_some_and(|o| o.outsider),
        sale: lot.terms.as_ref().is_some_and(|t| t.mode.is_sale()),
        lease: lot.terms.as_ref().is_some_and(|t| t.mode.is_lease()),
        ..DocFacts::default()
    };
    let months = lot.terms.as_ref().and_then(|t| t.term).map_or(u32::MAX, |t| t.months);
    let fits = |r: &&Registration| r.department.has_desk() && r.when.holds(facts);
    let mut all: Vec<Registration> = deal.variety.register.iter().filter(fits).cloned().collect();
    all.sort_by_key(|r| (r.min_months.is_some_and(|m| months < m), r.optional));
    if all.is_empty() {
        all.push(Registration {
            department: Department::Agriculture,
            when: crate::domain::category::When::Always,
            what: "合同备案".into(),
            optional: false,
            min_months: None,
        });
    }
    all
}

/// The papers of the case that the department receives, in order of code.
pub fn papers_of(app: &App, deal: &Deal) -> Result<Vec<Document>, Stop> {
    let mut all = app.store.read(|db| documents::of(db, Owner::Lot(deal.lot.id)))?;
    all.extend(app.store.read(|db| documents::of(db, Owner::Project(deal.lot.project)))?);
    // Who objected is no matter of the registering department.
    all.retain(|d| !d.code.starts_with("F16") && !d.code.starts_with("F17"));
    all.sort_by(|a, b| (&a.code, a.uploaded_at, a.id.to_string()).cmp(&(&b.code, b.uploaded_at, b.id.to_string())));
    Ok(all)
}

/// Hands the materials over: a ZIP with a manifest and the list (F16), both kept.
pub fn hand_over(app: &App, actor: &Actor, id: LotId, department: Department) -> Result<(), Stop> {
    let deal = deal::for_act(app, actor, id, Act::HandOver)?;
    let registration = departments(&deal).into_iter().find(|r| r.department == department);
    let registration = registration.ok_or_else(|| Refusal::field("department", "请选择本品种的登记或者备案部门"))?;
    papers::complete(app, &deal)?;
    let documents = papers_of(app, &deal)?;
    let (zip, manifest) = package(app, &deal, &documents)?;
    let list = papers::handover(app, &deal, department, &registration.what, &documents, &manifest)?;
    let list = papers::press(app, &list, &format!("{}-F16", deal.lot_no()))?;
    on_lot(app, Some(actor), id, Act::HandOver, |tx, lot, _| {
        deal::unchanged(&deal.lot, lot)?;
        papers::keep(app, tx, id, &list, Keep::pdf("F16", "移交清单.pdf", Visibility::Parties))?;
        let how = Keep {
            code: CODE,
            name: "变更登记材料.zip",
            media_type: "application/zip",
            visibility: Visibility::Staff,
            by: None,
        };
        let kept = papers::keep(app, tx, id, &zip, how)?;
        Ok((closing::hand_over(lot, department, kept.id, &kept.sm3)?, ()))
    })
}

/// The ZIP and the SM3 of its manifest. Equal papers give equal bytes: fixed order, fixed dates.
fn package(app: &App, deal: &Deal, documents: &[Document]) -> Result<(Vec<u8>, String), Stop> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (i, document) in documents.iter().enumerate() {
        files.push((format!("{:02}-{}-{}", i + 1, document.code, document.name), papers::bytes(app, document)?));
    }
    if let Some(number) = &deal.lot.certificate.number
        && let Some(shown) = certificate::show(app, number)?
    {
        let json = serde_json::to_vec_pretty(&shown.document.signed).map_err(|e| Fault::Files(e.to_string()))?;
        files.push(("certificate.json".into(), json));
    }
    let entries: Vec<_> = files
        .iter()
        .map(|(name, bytes)| json!({ "file": name, "bytes": bytes.len(), "sm3": sm3(&[bytes]).hex() }))
        .collect();
    let manifest = json!({ "lot_no": deal.lot_no(), "project_no": deal.project_no(), "files": entries });
    let manifest = serde_json::to_vec_pretty(&manifest).map_err(|e| Fault::Files(e.to_string()))?;
    let digest = sm3(&[&manifest]).hex();
    files.insert(0, ("manifest.json".into(), manifest));
    Ok((zipped(&files).map_err(|e| Fault::Files(e.to_string()))?, digest))
}

fn zipped(files: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// Z89: the department's answer.
pub fn register(app: &App, actor: &Actor, id: LotId, registrable: bool, number: &str, note: &str) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::Register, |_, lot, _| {
        let department = lot.handover.as_ref().map(|h| h.department);
        let own = department.is_some_and(|d| actor.reaches(crate::domain::actor::Role::Department, &lot.place, &[d]));
        if !own {
            let who = department.map(Department::zh).unwrap_or_default();
            return Err(Refusal::NotYours { who: who.into() }.into());
        }
        Ok((closing::register(lot, registrable, number, note)?, ()))
    })
}
