//! 挂牌公告 (rulebook F03).

use serde::{Deserialize, Serialize};

use crate::{Fact, Head, TablePaper};

/// The published notice of a lot. Every field of form F03 has its place; an absent one leaves its row out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticePaper {
    /// Notice number, exchange, day of publication.
    pub head: Head,
    /// Title, such as 塔峰镇某村水田经营权出租公告.
    pub name: String,
    /// Opening paragraph.
    pub intro: String,
    /// Project number.
    pub project_no: String,
    /// Lot number.
    pub lot_no: String,
    /// Round, such as 第1轮.
    pub round: String,
    /// Category and variety.
    pub variety: String,
    /// Transferor; masked by the caller when it is a natural person (rulebook 9.6).
    pub transferor: String,
    /// Name of the object.
    pub object: String,
    /// Description.
    pub description: String,
    /// Where it lies.
    pub location: String,
    /// Area or quantity with unit.
    pub quantity: String,
    /// Ownership, title number and organ.
    pub title_facts: String,
    /// Mode of transfer.
    pub mode: String,
    /// Term.
    pub term: Option<String>,
    /// When the term starts or delivery takes place.
    pub start: Option<String>,
    /// Use required of the transferee.
    pub purpose: Option<String>,
    /// Facts of the variety.
    pub further: Vec<Fact>,
    /// Plots or items.
    pub parcels: Option<TablePaper>,
    /// Listing price with unit.
    pub price: String,
    /// The same for the whole lot.
    pub price_total: Option<String>,
    /// Benchmark price with its source and valuation day, or why there is none.
    pub benchmark: Option<String>,
    /// Result of a valuation.
    pub valuation: Option<String>,
    /// Upward or downward.
    pub direction: String,
    /// Step.
    pub step: String,
    /// Largest single step.
    pub max_step: Option<String>,
    /// Whether there is a reserve price (never how much).
    pub reserve: String,
    /// Trading method.
    pub method: String,
    /// When the room opens.
    pub session: Option<String>,
    /// Length and rule of the free phase.
    pub free_period: Option<String>,
    /// Length and rule of the limited phase.
    pub limited_period: Option<String>,
    /// What happens with a sole qualified bidder.
    pub sole_bidder: Option<String>,
    /// Deposit.
    pub deposit: String,
    /// Account it is paid to.
    pub deposit_account: String,
    /// When it must have arrived.
    pub deposit_deadline: String,
    /// What becomes of it.
    pub deposit_treatment: String,
    /// Payment plan.
    pub payment_plan: String,
    /// Bonds.
    pub bonds: Option<String>,
    /// Escalation of the price.
    pub escalation: Option<String>,
    /// Who pays which fee.
    pub fees: String,
    /// Conditions for transferees.
    pub conditions: Vec<String>,
    /// Priority classes and their order, or that there are none.
    pub priority: String,
    /// How and until when priority is claimed.
    pub priority_claim: Option<String>,
    /// First and last day of the listing.
    pub listing_period: String,
    /// Last moment to register.
    pub registration_deadline: String,
    /// How to register.
    pub registration: String,
    /// Extension rule, or that there is none.
    pub extension: String,
    /// When and with whom the object can be seen.
    pub viewing: String,
    /// When the contract is formed (rulebook 2.6).
    pub formation: String,
    /// Until when it must be signed.
    pub contract_deadline: Option<String>,
    /// Grounds on which a deposit is kept (rulebook 5.4).
    pub forfeiture: Vec<String>,
    /// Encumbrances, defects, subsidies, compensation split, harvest hand-over.
    pub disclosures: Vec<String>,
    /// Where to object, with phone.
    pub objection: String,
    /// The centre's contact.
    pub centre_contact: String,
    /// The township station's contact.
    pub station_contact: String,
    /// Names of attachments.
    pub attachments: Vec<String>,
}
