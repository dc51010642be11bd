//! Issued certificates: the public signed payload, and nothing that names an ID.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::certificates;
use super::{Fault, Read, Tx, stored_id};
use crate::domain::base::Instant;
use crate::domain::base::ids::{DocumentId, LotId};

/// A certificate as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCertificate {
    /// `湘蓝农鉴〔YYYY〕NNNNN号`.
    pub number: String,
    /// The lot; a lot has one certificate at most.
    pub lot: LotId,
    /// The signed payload and its signature as JSON.
    pub signed: String,
    /// The signature in base64.
    pub signature: String,
    /// The signing key's short name.
    pub key_id: String,
    /// The check code printed on the paper.
    pub check_code: String,
    /// The parties' PDF.
    pub document: DocumentId,
    /// Whether it was revoked.
    pub revoked: bool,
    /// When it was issued.
    pub issued_at: Instant,
}

type Row = (String, String, String, String, String, String, String, String, NaiveDateTime);

fn certificate(row: Row) -> Result<StoredCertificate, Fault> {
    let (number, lot, signed, signature, key_id, check_code, document, status, issued) = row;
    Ok(StoredCertificate {
        number,
        lot: stored_id("certificates.lot_id", &lot)?,
        signed,
        signature,
        key_id,
        check_code,
        document: stored_id("certificates.document_id", &document)?,
        revoked: status == "revoked",
        issued_at: Instant::from_utc(issued),
    })
}

/// The certificate with this printed number.
pub fn find(db: &mut impl Read, number: &str) -> Result<Option<StoredCertificate>, Fault> {
    certificates::table.find(number).first::<Row>(db.conn()).optional()?.map(certificate).transpose()
}

/// The certificate of a lot.
pub fn of_lot(db: &mut impl Read, lot: LotId) -> Result<Option<StoredCertificate>, Fault> {
    certificates::table
        .filter(certificates::lot_id.eq(lot.to_string()))
        .first::<Row>(db.conn())
        .optional()?
        .map(certificate)
        .transpose()
}

impl Tx<'_> {
    /// A new certificate. The table allows one a lot.
    pub fn insert_certificate(&mut self, c: &StoredCertificate) -> Result<(), Fault> {
        diesel::insert_into(certificates::table)
            .values((
                certificates::number.eq(&c.number),
                certificates::lot_id.eq(c.lot.to_string()),
                certificates::payload.eq(&c.signed),
                certificates::signature.eq(&c.signature),
                certificates::key_id.eq(&c.key_id),
                certificates::check_code.eq(&c.check_code),
                certificates::document_id.eq(c.document.to_string()),
                certificates::status.eq(if c.revoked { "revoked" } else { "valid" }),
                certificates::issued_at.eq(c.issued_at.utc()),
            ))
            .execute(self.conn)?;
        self.wrote("certificates", &c.number);
        Ok(())
    }
}
