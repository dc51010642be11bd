//! Certificate, delivery, hand-over and archive (rulebook 2.3 T19–T23).

use super::{Lot, LotEvent, Party, Signing, Stage};
use crate::base::ids::DocumentId;
use crate::category::Department;
use crate::refusal::Refusal;

/// T19: application for the certificate. Price and fee must stand in the ledger.
pub fn apply_certificate(lot: &Lot) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Paid])?;
    Ok(vec![LotEvent::CertificateApplied])
}

/// The certifying post draws the certificate up under a number.
pub fn draft_certificate(lot: &Lot, number: &str) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Certifying])?;
    if lot.certificate.number.is_some() {
        return Err(Refusal::rule("DRAFTED_ALREADY", "鉴证书已拟好，等待主任批准。", "一宗交易只出具一份鉴证书"));
    }
    if !lot.payment.as_ref().is_some_and(super::Payment::settled) {
        return Err(Refusal::rule("UNPAID", "价款或服务费没有到账，不能出具鉴证书。", "先收款、后鉴证"));
    }
    Ok(vec![LotEvent::CertificateDrafted { number: number.to_owned() }])
}

/// The director approves (Z86) or returns the draft.
pub fn decide_certificate(lot: &Lot, approve: bool, reason: &str) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Certifying])?;
    let Some(number) = &lot.certificate.number else {
        return Err(Refusal::rule("NO_DRAFT", "鉴证岗还没有拟好鉴证书。", ""));
    };
    if approve {
        return Ok(vec![LotEvent::CertificateIssued { number: number.clone() }]);
    }
    let reason = super::intake::needed("reason", reason, "退回必须写明理由")?;
    Ok(vec![LotEvent::CertificateReturned { reason }])
}

/// T20: a party signs the delivery note; with both, the object is delivered.
pub fn sign_delivery(lot: &Lot, party: Party, signing: Signing, note: &str) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Certified])?;
    if lot.delivery.of(party).is_some() {
        return Err(Refusal::rule("SIGNED_ALREADY", format!("{}已经签署过交割单。", party.zh()), ""));
    }
    let other = match party {
        Party::Transferor => Party::Transferee,
        Party::Transferee => Party::Transferor,
    };
    let mut events = vec![LotEvent::DeliverySigned { party, signing, note: note.trim().to_owned() }];
    if lot.delivery.of(other).is_some() {
        events.push(LotEvent::Delivered);
    }
    Ok(events)
}

/// T21: hand the materials to the registering department.
pub fn hand_over(
    lot: &Lot,
    department: Department,
    package: DocumentId,
    package_hash: &str,
) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Delivered])?;
    Ok(vec![LotEvent::HandedOver { department, package, package_hash: package_hash.to_owned() }])
}

/// Z89: the department's answer.
pub fn register(lot: &Lot, registrable: bool, number: &str, note: &str) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::HandedOver])?;
    let number = number.trim();
    let note = note.trim();
    if registrable && number.is_empty() {
        return Err(Refusal::field("number", "请填写登记证号或备案号"));
    }
    if !registrable && note.is_empty() {
        return Err(Refusal::field("note", "不予登记或无需登记时，请写明原因"));
    }
    Ok(vec![LotEvent::Registered { registrable, number: number.to_owned(), note: note.to_owned() }])
}

/// T23: the file list is complete.
pub fn archive(lot: &Lot, file_no: &str, documents: u32, catalogue_hash: &str) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Registered])?;
    if documents == 0 {
        return Err(Refusal::rule("EMPTY_FILE", "卷内没有材料，不能归档。", "一项目一档"));
    }
    Ok(vec![LotEvent::Archived { file_no: file_no.to_owned(), documents, catalogue_hash: catalogue_hash.to_owned() }])
}
