//! 经营权出租合同 for land and water surfaces (rulebook F09; the law's minimum list is article 40 of the rural land contracting law).

use serde::{Deserialize, Serialize};

use super::shared::{Account, Asset, BreachTerms, Copies, PaymentLine};
use crate::{Fact, Head, Party, Signature};

/// A land lease made out from a deal. Clauses whose data are absent say so in a fixed sentence or are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractPaper {
    /// Contract number, exchange, day on which it was made out.
    pub head: Head,
    /// Title, such as 农村土地经营权出租合同.
    pub name: String,
    /// Project number.
    pub project_no: String,
    /// Lot number.
    pub lot_no: String,
    /// Number of the 成交确认书.
    pub confirmation_no: String,
    /// What is let; chooses the noun and the duties of care.
    pub land: LandKind,
    /// Lessor, 甲方.
    pub lessor: Party,
    /// Lessee, 乙方.
    pub lessee: Party,
    /// How the deal came about, such as 网络竞价（多轮报价）.
    pub method: String,
    /// Approvals the contract rests on (members' decision, township, licence), each with number and day.
    pub approvals: Vec<String>,
    /// The plots.
    pub parcels: Vec<Parcel>,
    /// Their area in all, with unit.
    pub area: String,
    /// Further facts of the variety, as the notice printed them.
    pub facts: Vec<Fact>,
    /// Buildings, wells, trees handed over with them.
    pub assets: Vec<Asset>,
    /// Permitted use.
    pub purpose: String,
    /// First day of the term.
    pub from: String,
    /// Last day of the term.
    pub to: String,
    /// Length, such as 5年.
    pub length: String,
    /// Latest day of delivery.
    pub delivery: String,
    /// The rent.
    pub rent: RentTerms,
    /// When it is paid.
    pub payments: Vec<PaymentLine>,
    /// Where to; absent when the exchange's settlement account takes the first payment only.
    pub account: Option<Account>,
    /// What becomes of the trading deposit.
    pub deposit: String,
    /// Performance or risk bond; absent when none is agreed.
    pub bond: Option<String>,
    /// Days within which the lessor files the contract with the collective and the township.
    pub filing_days: u32,
    /// What the lessee may do.
    pub permissions: Vec<Permission>,
    /// Who receives subsidies.
    pub subsidies: String,
    /// Who receives what on expropriation.
    pub compensation: String,
    /// Days of notice before the end, for renewal or return.
    pub renewal_days: u32,
    /// Days after the end within which the land is returned.
    pub return_days: u32,
    /// What becomes of facilities the lessee built.
    pub facilities: String,
    /// What a breach costs.
    pub breach: BreachTerms,
    /// Where disputes go, such as 蓝山县农村土地承包仲裁委员会申请仲裁.
    pub disputes: String,
    /// When the contract takes effect.
    pub effect: String,
    /// Originals.
    pub copies: Copies,
    /// Anything else agreed.
    pub further: Vec<String>,
    /// The parties' signatures, and that of the exchange as witness.
    pub signatures: Vec<Signature>,
    /// What kind of electronic signature this is and what it is not; absent on a contract signed by hand.
    pub e_sign_statement: Option<String>,
}

/// What a land lease lets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LandKind {
    /// Arable and other farm land.
    Arable,
    /// Ponds and other water surfaces.
    Water,
    /// Forest land.
    Forest,
    /// 四荒.
    Waste,
    /// Grassland.
    Grass,
    /// Land of small irrigation works.
    Irrigation,
}

/// A plot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Name.
    pub name: String,
    /// 地块代码.
    pub code: String,
    /// Area in figures.
    pub area: String,
    /// Boundaries.
    pub east: String,
    /// South.
    pub south: String,
    /// West.
    pub west: String,
    /// North.
    pub north: String,
    /// Quality grade.
    pub grade: String,
    /// Note.
    pub note: String,
}

/// The rent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RentTerms {
    /// By unit, such as 820.00元/亩/年.
    pub unit: String,
    /// A year's rent in figures.
    pub yearly: String,
    /// The same in capitals.
    pub yearly_capitals: String,
    /// Rent of the whole term in figures.
    pub total: String,
    /// The same in capitals.
    pub total_capitals: String,
    /// How the rent changes; absent when it is fixed.
    pub adjustment: Option<String>,
}

/// Something the lessee may or may not do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permission {
    /// What, such as 依法建设农业生产附属设施.
    pub matter: String,
    /// Whether the lessor agrees.
    pub agreed: bool,
}
