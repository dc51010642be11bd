//! Contracts of the categories other than land leases (rulebook F09, 7.1).

use serde::{Deserialize, Serialize};

use super::shared::{Account, Asset, BreachTerms, Copies, PaymentLine};
use crate::{Fact, Head, Party, Signature, TablePaper};

/// What kind of contract; chooses the names of the sides and the standing clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContractKind {
    /// Lease of houses, equipment, waterworks and other assets.
    Lease,
    /// Sale of assets, equipment, shares, intellectual property.
    Transfer,
    /// Works, goods and services bought with collective or project funds.
    Procurement,
    /// Contribution to, or cooperation with, another's business.
    Cooperation,
}

/// A contract made out from a deal. Empty optional parts leave their clause out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeneralContractPaper {
    /// Contract number, exchange, day on which it was made out.
    pub head: Head,
    /// Title, such as 农业设施设备转让合同.
    pub name: String,
    /// Kind.
    pub kind: ContractKind,
    /// Project number.
    pub project_no: String,
    /// Lot number.
    pub lot_no: String,
    /// Number of the 成交确认书.
    pub confirmation_no: String,
    /// Lessor, seller, buyer of works, contributor: 甲方.
    pub party_a: Party,
    /// The other side, 乙方.
    pub party_b: Party,
    /// Trading method.
    pub method: String,
    /// Approvals the contract rests on, each with number and day.
    pub approvals: Vec<String>,
    /// Name of the object.
    pub object: String,
    /// Where it lies or is performed.
    pub location: String,
    /// Quantity with unit.
    pub quantity: String,
    /// Permitted use, where one is agreed.
    pub purpose: Option<String>,
    /// Further facts of the variety.
    pub facts: Vec<Fact>,
    /// Items, such as a list of machines or a bill of quantities.
    pub table: Option<TablePaper>,
    /// Things handed over along with the object.
    pub assets: Vec<Asset>,
    /// Term; absent for a sale.
    pub term: Option<String>,
    /// Price by unit.
    pub price: String,
    /// Price in all, in figures.
    pub total: String,
    /// The same in capitals.
    pub total_capitals: String,
    /// How the price changes, a full sentence.
    pub adjustment: Option<String>,
    /// When it is paid.
    pub payments: Vec<PaymentLine>,
    /// Where to.
    pub account: Option<Account>,
    /// What becomes of the trading deposit.
    pub deposit: String,
    /// Performance or quality bond.
    pub bond: Option<String>,
    /// Delivery, acceptance, registration or return, one sentence each.
    pub delivery: Vec<String>,
    /// Duties of 甲方 beyond the standing ones.
    pub duties_a: Vec<String>,
    /// Duties of 乙方 beyond the standing ones.
    pub duties_b: Vec<String>,
    /// What a breach costs.
    pub breach: BreachTerms,
    /// Who receives what on expropriation.
    pub compensation: Option<String>,
    /// Where disputes go.
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
