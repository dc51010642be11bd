//! Contract, authentication and payment (rulebook 2.3 T17–T18).

use super::{Lot, LotEvent, Party, Signing, Stage};
use crate::base::ids::DocumentId;
use crate::base::{Fen, Instant};
use crate::refusal::Refusal;

/// The contract was generated from the deal. A new text is only possible while nobody has signed.
pub fn make_contract(lot: &Lot, contract_no: &str, document: DocumentId, hash: &str) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::ToSign])?;
    if let Some(c) = &lot.contract
        && (c.signatures.transferor.is_some() || c.signatures.transferee.is_some() || c.scan.is_some())
    {
        return Err(Refusal::rule("SIGNING_BEGUN", "已有一方签署，合同文本不能再改。", ""));
    }
    Ok(vec![LotEvent::ContractMade { contract_no: contract_no.to_owned(), document, hash: hash.to_owned() }])
}

/// A party signs on screen. What is signed must be the very text that was generated.
pub fn sign_contract(lot: &Lot, party: Party, signing: Signing) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::ToSign])?;
    let Some(c) = &lot.contract else {
        return Err(Refusal::rule("NO_CONTRACT", "合同还没有生成，请等待县中心鉴证岗生成合同文本。", ""));
    };
    if c.signatures.of(party).is_some() {
        return Err(Refusal::rule("SIGNED_ALREADY", format!("{}已经签署过本合同。", party.zh()), ""));
    }
    if let Signing::Screen { hash } = &signing
        && *hash != c.hash
    {
        return Err(Refusal::rule("TEXT_CHANGED", "合同文本已经更新，请重新阅读后再签。", ""));
    }
    Ok(vec![LotEvent::ContractSigned { party, signing }])
}

/// A clerk uploads the scan of the paper contract.
pub fn upload_scan(lot: &Lot, document: DocumentId) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::ToSign])?;
    match &lot.contract {
        None => Err(Refusal::rule("NO_CONTRACT", "合同还没有生成，请先生成合同文本并打印签署。", "")),
        Some(c) if c.is_signed() => Err(Refusal::rule("SIGNED_ALREADY", "合同已经签署完毕。", "")),
        Some(_) => Ok(vec![LotEvent::ScanUploaded { document }]),
    }
}

/// A second clerk checks the scan against the generated text.
pub fn check_scan(lot: &Lot, accepted: bool, note: &str) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::ToSign])?;
    match lot.contract.as_ref().and_then(|c| c.scan) {
        Some((_, false)) if accepted || !note.trim().is_empty() => {
            Ok(vec![LotEvent::ScanChecked { accepted, note: note.trim().to_owned() }])
        }
        Some((_, false)) => Err(Refusal::field("note", "不通过时请写明扫描件的问题")),
        // Another clerk decided on it a moment ago: who and when stands in the refusal.
        Some((_, true)) => Err(lot.wrong_stage()),
        None if lot.hands.iter().any(|(act, _)| *act == crate::permit::Act::CheckSigned) => Err(lot.wrong_stage()),
        None => Err(Refusal::rule("NO_SCAN", "没有等待复核的签署扫描件。", "")),
    }
}

/// K72: authenticate and file; the payments fall due.
pub fn authenticate(
    lot: &Lot,
    filing_no: &str,
    first_payment: Fen,
    deposit: Fen,
    fee_due: Fen,
    due: Instant,
) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::ToSign])?;
    if !lot.contract.as_ref().is_some_and(super::Contract::is_signed) {
        return Err(Refusal::rule(
            "NOT_SIGNED",
            "双方还没有都签署合同，不能鉴证备案。",
            "合同须双方签字、盖章或者按指印",
        ));
    }
    let converted = deposit.min(first_payment);
    let price_due = first_payment - converted;
    let mut events = vec![LotEvent::Authenticated {
        filing_no: filing_no.to_owned(),
        price_due,
        deposit_converted: converted,
        fee_due,
        due,
    }];
    if price_due == Fen::ZERO && fee_due == Fen::ZERO {
        events.push(LotEvent::PaidInFull);
    }
    Ok(events)
}

/// Money for price or fee arrived and was matched.
pub fn receive(lot: &Lot, price: Fen, fee: Fen) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::AwaitingPayment])?;
    let Some(p) = &lot.payment else { return Err(lot.wrong_stage()) };
    let mut events = vec![LotEvent::PaymentReceived { price, fee }];
    if p.price_paid + price >= p.price_due && p.fee_paid + fee >= p.fee_due {
        events.push(LotEvent::PaidInFull);
    }
    Ok(events)
}
