//! The transaction certificate: applied for, drawn up, approved by another hand, signed, verified.

use super::papers::{self, Keep};
use super::{deal, login, on_lot, stepup};
use crate::context::App;
use crate::crypto::certificate::{CertificateDocument, CertificatePayload, PartyFacts, Side, Status};
use crate::crypto::statement::Signed;
use crate::crypto::suite::{Hash, sm3};
use crate::domain::actor::Actor;
use crate::domain::base::Day;
use crate::domain::base::ids::LotId;
use crate::domain::base::numbering::CertificateNo;
use crate::domain::lot::{Act, Lot, closing};
use crate::domain::refusal::Refusal;
use crate::papers::Paper;
use crate::store::certificates::{self, StoredCertificate};
use crate::store::documents::Visibility;
use crate::store::{Fault, Stop};

/// The certificate's code among the documents.
pub const CODE: &str = "F11";

/// T19: a party applies.
pub fn apply(app: &App, actor: &Actor, id: LotId) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::ApplyCertificate, |_, lot, _| Ok((closing::apply_certificate(lot)?, ())))
}

/// The certifying post draws it up under the next number of the year.
pub fn draft(app: &App, actor: &Actor, id: LotId) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::IssueCertificate, |tx, lot, now| {
        let year = now.day().year();
        let serial = tx.next_serial(&format!("certificate.{year}"))?;
        let number = CertificateNo::new(year, serial).map_err(deal::no_number)?;
        Ok((closing::draft_certificate(lot, &number.to_string())?, ()))
    })
}

/// The director sends the draft back.
pub fn send_back(app: &App, actor: &Actor, id: LotId, reason: &str) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::ApproveCertificate, |_, lot, _| {
        Ok((closing::decide_certificate(lot, false, reason)?, ()))
    })
}

/// The address printed under the QR code.
pub fn url(app: &App, number: &str) -> Result<String, Stop> {
    let parsed = number.parse::<CertificateNo>().map_err(|e| Fault::Inconsistent(format!("certificate: {e}")))?;
    Ok(format!("{}/verify/{}", app.config.base_url, parsed.url()))
}

fn drafted(lot: &Lot) -> Result<String, Stop> {
    let number = lot.certificate.number.clone();
    Ok(number.ok_or_else(|| Refusal::rule("NO_DRAFT", "鉴证岗还没有拟好鉴证书。", ""))?)
}

/// The draft's paper as of a day.
pub fn draft_paper(app: &App, deal: &deal::Deal, day: Day) -> Result<Paper, Stop> {
    let number = drafted(&deal.lot)?;
    papers::certificate(app, deal, &number, &url(app, &number)?, day)
}

/// What the director's code is bound to: the paper's content, the same all day.
pub fn draft_hash(app: &App, deal: &deal::Deal) -> Result<Hash, Stop> {
    let paper = draft_paper(app, deal, app.clock.now().day())?;
    let text = serde_json::to_string(&paper).map_err(|e| Fault::Papers(e.to_string()))?;
    Ok(sm3(&[text.as_bytes()]))
}

/// The director approves: the PDF is printed, the payload signed, the certificate stored.
pub fn approve(app: &App, actor: &Actor, id: LotId, password: &str, code: &str) -> Result<String, Stop> {
    let deal = deal::for_act(app, actor, id, Act::ApproveCertificate)?;
    let number = drafted(&deal.lot)?;
    let day = app.clock.now().day();
    let paper = draft_paper(app, &deal, day)?;
    stepup::confirm(app, actor, "certificate", &draft_hash(app, &deal)?, password, code)?;
    let bytes = papers::press(app, &paper, &number)?;
    let payload = payload(app, &deal, &number, day, sm3(&[&bytes]))?;
    let signed = Signed::sign(payload, app.keys.certificate()).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let json = serde_json::to_string(&signed).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let payload_hash = payload_hash(&signed)?;
    on_lot(app, Some(actor), id, Act::ApproveCertificate, |tx, lot, now| {
        deal::unchanged(&deal.lot, lot)?;
        let events = closing::decide_certificate(lot, true, "")?;
        let name = format!("交易鉴证书{number}.pdf");
        let document = papers::keep(app, tx, id, &bytes, Keep::pdf(CODE, &name, Visibility::Parties))?;
        tx.insert_certificate(&StoredCertificate {
            number: number.clone(),
            lot: id,
            signed: json.clone(),
            signature: signed.signature.value.clone(),
            key_id: signed.signature.key_id.clone(),
            check_code: app.keys.checks().code(&number),
            document: document.id,
            revoked: false,
            issued_at: now,
        })?;
        let leaf = serde_json::json!({ "number": number, "payload_sm3": payload_hash.hex() });
        tx.journal(now, "certificate.issued", &deal.lot_no(), leaf)?;
        Ok((events, number.clone()))
    })
}

/// What the journal says of a certificate: SM3 of its signed bytes.
pub fn payload_hash(signed: &Signed<CertificatePayload>) -> Result<Hash, Fault> {
    let bytes = signed.signed_bytes().map_err(|e| Fault::Inconsistent(format!("certificate: {e}")))?;
    Ok(sm3(&[&bytes]))
}

fn payload(app: &App, deal: &deal::Deal, number: &str, day: Day, pdf: Hash) -> Result<CertificatePayload, Stop> {
    let (terms, outcome) = (deal.terms()?, deal.outcome()?);
    let winner = deal.winner()?;
    let (giver, taker) = (deal.transferor.public_name(), winner.public_name());
    let facts = [
        PartyFacts {
            side: Side::Transferor,
            name: &deal.transferor.card.name,
            masked_name: &giver,
            id_no: &deal.transferor.id_no,
        },
        PartyFacts { side: Side::Transferee, name: &winner.card.name, masked_name: &taker, id_no: &winner.id_no },
    ];
    Ok(CertificatePayload {
        number: number.to_owned(),
        date: day,
        lot_no: deal.lot_no(),
        category: deal.lot.variety.category().number(),
        object: terms.title.clone(),
        area: deal.quantity(),
        term: terms.term.map(|t| format!("{}至{}", t.starts.zh(), t.ends().zh())).unwrap_or_else(|| "无期限".into()),
        price_fen: outcome.price,
        price_unit: terms.price_unit.zh().into(),
        parties: app.keys.checks().parties(number, &facts),
        issuer_post: "鉴证岗".into(),
        approver_post: "中心主任".into(),
        pdf_sm3: pdf,
    })
}

/// A certificate as the public reads it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Signed payload, signature and status: the JSON of `/api/v1/certificates/{no}`.
    pub document: CertificateDocument,
    /// Whether the signature fits the payload under the exchange's key.
    pub genuine: Result<(), String>,
    /// Number for addresses.
    pub url_no: String,
}

/// Looks a certificate up by its number, printed or as in addresses.
pub fn show(app: &App, typed: &str) -> Result<Option<Shown>, Stop> {
    let Ok(number) = CertificateNo::parse_typed(typed) else { return Ok(None) };
    let Some(stored) = app.store.read(|db| certificates::find(db, &number.to_string()))? else { return Ok(None) };
    let signed: Signed<CertificatePayload> =
        serde_json::from_str(&stored.signed).map_err(|e| Fault::Inconsistent(format!("certificates.payload: {e}")))?;
    let genuine = signed.verify(app.keys.certificate().public_pem()).map(|_| ()).map_err(|e| e.to_string());
    let status = if stored.revoked { Status::Revoked } else { Status::Valid };
    let document = CertificateDocument { signed, status, status_at: app.clock.now() };
    Ok(Some(Shown { document, genuine, url_no: number.url() }))
}

/// Whether a typed name is a party's, for who holds number and check code. `None`: code wrong.
///
/// Wrong codes alone count: a bank or a court that confirms many certificates from one address holds the right ones.
/// They are counted for each certificate, and over all certificates for who goes through a list of numbers.
pub fn confirm_name(app: &App, shown: &Shown, code: &str, name: &str, ip: &str) -> Result<Option<bool>, Stop> {
    let payload = &shown.document.signed.payload;
    let limits = app.config.check_codes;
    let keys =
        [(format!("check-code:{ip}:{}", shown.url_no), limits.of_one), (format!("check-code-ip:{ip}"), limits.of_all)];
    for (key, _) in &keys {
        login::wait(app, key)?;
    }
    let answer = app.keys.checks().confirm_name(payload, &payload.number, code, name);
    if answer.is_none() {
        for (key, most) in &keys {
            login::count(app, key, *most)?;
        }
    }
    Ok(answer)
}
