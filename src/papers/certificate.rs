//! 交易鉴证书 (rulebook F11).

use serde::{Deserialize, Serialize};

use crate::{Fact, Head, Party};

/// The certificate that a transaction went through the exchange. It is no title certificate, and says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificatePaper {
    /// Number 湘蓝农鉴〔YYYY〕NNNNN号, organ, date.
    pub head: Head,
    /// 变更, 补发 and the like; absent on the first issue.
    pub version: Option<String>,
    /// What the exchange certifies, one paragraph.
    pub conclusion: String,
    /// Project number.
    pub project_no: String,
    /// Lot number.
    pub lot_no: String,
    /// Variety.
    pub variety: String,
    /// 集体 or 个人.
    pub ownership: String,
    /// Owner of the thing.
    pub owner: Option<String>,
    /// Who gives.
    pub transferor: Party,
    /// Body that approved the transfer, with its decision.
    pub approved_by: Option<String>,
    /// Who receives.
    pub transferee: Party,
    /// Name of the object.
    pub object: String,
    /// What it is, in a sentence or two.
    pub description: Option<String>,
    /// Where it lies.
    pub location: String,
    /// Scale with unit.
    pub quantity: String,
    /// Number of the title paper.
    pub title_no: Option<String>,
    /// Organ that confirmed the title.
    pub title_organ: Option<String>,
    /// Mode of transfer, such as 出租.
    pub mode: String,
    /// Trading method, such as 网络竞价.
    pub method: String,
    /// Term with first and last day.
    pub term: Option<String>,
    /// First and last day of the listing.
    pub listing_period: String,
    /// Result of a valuation.
    pub valuation: Option<String>,
    /// Price by unit.
    pub unit_price: String,
    /// Price in all, in figures.
    pub total: String,
    /// The same in capitals.
    pub total_capitals: String,
    /// How it is paid.
    pub payment: String,
    /// Contract number.
    pub contract_no: String,
    /// Day the contract was signed.
    pub contract_date: String,
    /// Further facts of the variety.
    pub further: Vec<Fact>,
    /// Remarks.
    pub remark: Option<String>,
    /// Address of the public verification page; also the content of the QR code.
    pub verify_url: String,
    /// The 12-character check code.
    pub check_code: String,
    /// Signature facts: algorithm, key id and so on.
    pub signature: Vec<Fact>,
    /// Post or name of who made it out.
    pub issuer: String,
    /// Post or name of who approved it.
    pub approver: String,
}
