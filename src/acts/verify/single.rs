//! One receipt or certificate that somebody holds in hand: its signature, and its leaf where a log
//! is at hand.

use super::bids::told;
use super::log::Indexed;
use super::{Broken, Checked, Report, Trouble, broken};
use crate::acts::certificate::payload_hash;
use crate::crypto::certificate::{CertificateDocument, CertificatePayload};
use crate::crypto::keys::PublicBundle;
use crate::crypto::receipt::SignedReceipt;
use crate::crypto::statement::{NotGenuine, Signed};
use crate::store::Fault;

pub(super) fn receipt_signature(receipt: &SignedReceipt, public: &PublicBundle) -> Result<(), String> {
    let pem = public.find("receipt", &receipt.signature.key_id);
    pem.ok_or(NotGenuine::UnknownKey).and_then(|pem| receipt.verify(pem)).map(drop).map_err(|e| e.to_string())
}

pub(super) fn certificate_signature(signed: &Signed<CertificatePayload>, public: &PublicBundle) -> Result<(), String> {
    let pem = public.find("certificate", &signed.signature.key_id);
    pem.ok_or(NotGenuine::UnknownKey).and_then(|pem| signed.verify(pem)).map(drop).map_err(|e| e.to_string())
}

fn into_report(outcome: Result<Vec<(&'static str, u64)>, Trouble>) -> Result<Report, Fault> {
    let mut report = Report::default();
    report.take(outcome)?;
    Ok(report)
}

/// Checks a bid's receipt as the bidder keeps it.
pub fn receipt(text: &str, public: &PublicBundle, log: Option<&Checked>) -> Result<Report, Fault> {
    into_report(check_receipt(text, public, log))
}

fn check_receipt(
    text: &str,
    public: &PublicBundle,
    log: Option<&Checked>,
) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let receipt: SignedReceipt =
        serde_json::from_str(text).map_err(|e| broken("回执文件", format!("不是报价回执（{e}）")))?;
    let r = &receipt.payload;
    let place = || format!("标的 {} 第 {} 次报价的回执", r.lot_no, r.seq);
    receipt_signature(&receipt, public).map_err(|why| broken(place(), why))?;
    let Some(log) = log else { return Ok(vec![("回执签名", 1)]) };
    let leaf = log.index.rooms.values().flatten().find(|l| l.index == r.journal_index);
    let Some(leaf) = leaf.filter(|l| l.leaf.kind == "bid.accepted") else {
        return Err(broken(place(), format!("日志第 {} 号叶不是报价", r.journal_index)));
    };
    let bid = told(leaf)?;
    let fits = leaf.leaf.subject == r.lot_no
        && bid.bidder.to_string() == r.bidder_no
        && bid.price == r.amount_fen
        && bid.received == r.received_at
        && u64::from(bid.seq) == r.seq;
    if fits { Ok(vec![("回执签名", 1), ("回执在日志中", 1)]) } else { Err(other_than(place(), leaf)) }
}

fn other_than(place: String, leaf: &Indexed) -> Trouble {
    broken(place, format!("与 {} 记的不同", leaf.place()))
}

/// Checks a certificate's JSON as the public interface gives it.
pub fn certificate(text: &str, public: &PublicBundle, log: Option<&Checked>) -> Result<Report, Fault> {
    into_report(check_certificate(text, public, log))
}

fn check_certificate(
    text: &str,
    public: &PublicBundle,
    log: Option<&Checked>,
) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let document: CertificateDocument =
        serde_json::from_str(text).map_err(|e| broken("鉴证书文件", format!("不是鉴证书（{e}）")))?;
    let number = &document.signed.payload.number;
    let place = || format!("鉴证书 {number}");
    certificate_signature(&document.signed, public).map_err(|why| broken(place(), why))?;
    let Some(log) = log else { return Ok(vec![("鉴证书签名", 1)]) };
    let leaf = log.index.certificates.get(number);
    let leaf =
        leaf.ok_or_else(|| Trouble::Broken(Broken { place: place(), what: "日志里没有它的叶".into() }))?;
    if leaf.text("payload_sm3") == payload_hash(&document.signed)?.hex() {
        Ok(vec![("鉴证书签名", 1), ("鉴证书在日志中", 1)])
    } else {
        Err(other_than(place(), leaf))
    }
}
