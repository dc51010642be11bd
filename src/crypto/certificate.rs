//! The public face of a transaction certificate (交易鉴证书, rulebook F11): a signed
//! payload without anybody's ID, its status beside it, and the check code with
//! which a holder of the paper confirms a name.

use serde::{Deserialize, Serialize};

use super::journal::commit;
use super::mac::MacKey;
use super::statement::{NotGenuine, Signature, Signed, Statement};
use super::suite::Hash;
use super::token::{letter, normal_code};
use crate::domain::base::{Day, Fen, Instant};

/// What the exchange certifies, as everybody may read it. Texts are those of the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificatePayload {
    /// `湘蓝农鉴〔2026〕00001号`.
    pub number: String,
    /// Day of issue.
    pub date: Day,
    /// The lot's public number.
    pub lot_no: String,
    /// Category of the plan, 1 to 14.
    pub category: u8,
    /// What was transferred, in the words of the notice.
    pub object: String,
    /// Area or quantity with its unit, e.g. `12.5 亩`.
    pub area: String,
    /// Term in words, e.g. `2027年1月1日至2031年12月31日`.
    pub term: String,
    /// The price of the deal.
    pub price_fen: Fen,
    /// The price's unit, e.g. `元/亩/年`.
    pub price_unit: String,
    /// Both sides, transferors first.
    pub parties: Vec<CertifiedParty>,
    /// Post of who issued it, e.g. `鉴证岗`.
    pub issuer_post: String,
    /// Post of who approved it.
    pub approver_post: String,
    /// SM3 of the PDF the parties hold.
    pub pdf_sm3: Hash,
}

impl Statement for CertificatePayload {
    const TYPE: &'static str = "nongquan.certificate.v1";
}

/// Which side a party is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 转出方.
    Transferor,
    /// 受让方.
    Transferee,
}

/// A party, recognisable only to who knows it already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertifiedParty {
    /// Which side.
    pub side: Side,
    /// `盘某某` or the full name of an organisation.
    pub masked_name: String,
    /// Commitment to the full name.
    pub name_commitment: Hash,
    /// Commitment to the ID or credit code.
    pub id_commitment: Hash,
}

/// Where a certificate stands today. It changes, so it is outside the signed part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 有效.
    Valid,
    /// 已变更: another certificate takes its place.
    Amended,
    /// 已撤销.
    Revoked,
}

impl Status {
    /// For the page.
    pub const fn zh(self) -> &'static str {
        match self {
            Status::Valid => "有效",
            Status::Amended => "已变更",
            Status::Revoked => "已撤销",
        }
    }
}

/// A certificate's JSON: signed payload, signature, status, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CertificateDocument {
    /// The signed part.
    #[serde(flatten)]
    pub signed: Signed<CertificatePayload>,
    /// Status when this was written.
    pub status: Status,
    /// When that was.
    #[serde(with = "super::statement::when")]
    pub status_at: Instant,
}

impl<'de> Deserialize<'de> for CertificateDocument {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        // Written out because serde cannot refuse unknown fields beside a flattened one.
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Outer {
            payload: serde_json::Value,
            signature: Signature,
            status: Status,
            #[serde(with = "super::statement::when")]
            status_at: Instant,
        }
        let Outer { payload, signature, status, status_at } = Outer::deserialize(d)?;
        let payload = super::statement::untyped(payload).map_err(serde::de::Error::custom)?;
        Ok(CertificateDocument { signed: Signed { payload, signature }, status, status_at })
    }
}

impl CertificateDocument {
    /// Checks the signature with the certificate key's public part.
    pub fn verify(&self, public_pem: &str) -> Result<&CertificatePayload, NotGenuine> {
        self.signed.verify(public_pem)
    }
}

/// Makes check codes and commitments. Works for every certificate ever issued as long as the
/// check key is kept.
#[derive(Clone, Debug)]
pub struct CertificateChecks {
    key: MacKey,
}

/// Full particulars of a party, for the commitments only.
#[derive(Clone, Copy, Debug)]
pub struct PartyFacts<'a> {
    /// Which side.
    pub side: Side,
    /// Full name.
    pub name: &'a str,
    /// Name as it may be shown.
    pub masked_name: &'a str,
    /// ID number or credit code, normalised.
    pub id_no: &'a str,
}

impl CertificateChecks {
    /// With the check key.
    pub fn new(key: MacKey) -> CertificateChecks {
        CertificateChecks { key }
    }

    /// The check code printed on the paper: twelve letters and digits (60 bits), given to the
    /// parties and never published.
    pub fn code(&self, number: &str) -> String {
        self.key.tag("certificate-code", &[number.as_bytes()]).iter().take(12).map(|b| letter(*b)).collect()
    }

    /// Whether the typed code belongs to this number. Callers limit attempts.
    pub fn code_fits(&self, number: &str, typed: &str) -> bool {
        super::mac::same(self.code(number).as_bytes(), normal_code(typed).as_bytes())
    }

    /// The parties of certificate `number` as its payload shows them.
    pub fn parties(&self, number: &str, facts: &[PartyFacts<'_>]) -> Vec<CertifiedParty> {
        let party = |(i, f): (usize, &PartyFacts<'_>)| CertifiedParty {
            side: f.side,
            masked_name: f.masked_name.to_owned(),
            name_commitment: commit(&self.salt(number, i, "name"), &plain_name(f.name)),
            id_commitment: commit(&self.salt(number, i, "id"), f.id_no),
        };
        facts.iter().enumerate().map(party).collect()
    }

    /// Whether the holder of number and check code named a party rightly. `None`: the code is
    /// not the one of this certificate, so nothing is said about the name.
    pub fn confirm_name(
        &self,
        payload: &CertificatePayload,
        number: &str,
        code: &str,
        typed_name: &str,
    ) -> Option<bool> {
        if payload.number != number || !self.code_fits(number, code) {
            return None;
        }
        let name = plain_name(typed_name);
        let fits = |(i, p): (usize, &CertifiedParty)| commit(&self.salt(number, i, "name"), &name) == p.name_commitment;
        Some(payload.parties.iter().enumerate().any(fits))
    }

    fn salt(&self, number: &str, party: usize, field: &str) -> Hash {
        self.key.salt("certificate-salt", &[number.as_bytes(), &(party as u64).to_be_bytes(), field.as_bytes()])
    }
}

/// A name without spaces and with one kind of middle dot and brackets, as two people would type
/// it differently.
fn plain_name(name: &str) -> String {
    let one = |c: char| match c {
        '•' | '・' | '．' | '‧' | '.' => '·',
        '（' => '(',
        '）' => ')',
        other => other,
    };
    name.chars().filter(|c| !c.is_whitespace()).map(one).collect()
}
