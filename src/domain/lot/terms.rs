//! What is offered and on which terms (forms F01 and F03): the checked content of
//! an application. A draft is a bag of typed texts; only a complete and sound one
//! becomes `Terms`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::auction::Standby;
use crate::base::{Area, Day, Fen};
use crate::category::{LandKind, Method, Mode, PriceUnit, PriorityClass, QuantityUnit};
use crate::funds::{Escalation, Plan};

/// Who owns the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ownership {
    /// 农户
    Household,
    /// 农村集体
    Collective,
    /// 企业、合作社等
    Organisation,
    /// 国有
    State,
}

impl Ownership {
    /// All kinds.
    pub const ALL: [Ownership; 4] =
        [Ownership::Household, Ownership::Collective, Ownership::Organisation, Ownership::State];

    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        match self {
            Ownership::Household => "农户",
            Ownership::Collective => "农村集体",
            Ownership::Organisation => "企业、合作社等组织",
            Ownership::State => "国有",
        }
    }

    /// The stable name in forms.
    pub fn code(self) -> &'static str {
        match self {
            Ownership::Household => "household",
            Ownership::Collective => "collective",
            Ownership::Organisation => "organisation",
            Ownership::State => "state",
        }
    }
}

/// The body that decided (rulebook 6.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionBody {
    /// 成员大会
    Members,
    /// 成员代表大会
    Representatives,
    /// 村民会议或村民代表会议
    Villagers,
    /// 理事会
    Council,
    /// 村民小组会议
    Group,
}

impl DecisionBody {
    /// All bodies.
    pub const ALL: [DecisionBody; 5] = [
        DecisionBody::Members,
        DecisionBody::Representatives,
        DecisionBody::Villagers,
        DecisionBody::Council,
        DecisionBody::Group,
    ];

    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        match self {
            DecisionBody::Members => "成员大会",
            DecisionBody::Representatives => "成员代表大会",
            DecisionBody::Villagers => "村民会议或村民代表会议",
            DecisionBody::Council => "理事会",
            DecisionBody::Group => "村民小组会议",
        }
    }

    /// The stable name in forms.
    pub fn code(self) -> &'static str {
        match self {
            DecisionBody::Members => "members",
            DecisionBody::Representatives => "representatives",
            DecisionBody::Villagers => "villagers",
            DecisionBody::Council => "council",
            DecisionBody::Group => "group",
        }
    }
}

/// A collective's decision, as its minutes and posting show it (E50–E52).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Which body.
    pub body: DecisionBody,
    /// The day it met.
    pub held: Day,
    /// All who are entitled to vote.
    pub eligible: u32,
    /// Those present.
    pub attended: u32,
    /// Votes for.
    pub votes_for: u32,
    /// Votes against.
    pub against: u32,
    /// First day of the posting in the village.
    pub posted_from: Day,
    /// Last day of the posting.
    pub posted_to: Day,
    /// The lowest price voted, per price unit.
    pub floor: Fen,
}

impl Decision {
    /// The day, the body, the votes and the posting in one sentence, for pages and papers alike.
    pub fn zh(&self) -> String {
        format!(
            "{} {}，应到 {} 人，实到 {} 人，同意 {} 票，反对 {} 票；{} 至 {} 公示",
            self.held.zh(),
            self.body.zh(),
            self.eligible,
            self.attended,
            self.votes_for,
            self.against,
            self.posted_from.zh(),
            self.posted_to.zh()
        )
    }
}

/// The document that proves the right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleDocument {
    /// What it is called.
    pub kind: String,
    /// Its number.
    pub number: String,
    /// The last day of the right it proves, where it has one.
    pub expires: Option<Day>,
}

/// The term of a lease or similar grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// First day.
    pub starts: Day,
    /// Whole months.
    pub months: u32,
}

impl Term {
    /// The last day.
    pub fn ends(self) -> Day {
        self.starts.plus_months(self.months).plus(-1)
    }

    /// `5年` or `5年6个月` or `8个月`.
    pub fn zh(self) -> String {
        match (self.months / 12, self.months % 12) {
            (0, m) => format!("{m}个月"),
            (y, 0) => format!("{y}年"),
            (y, m) => format!("{y}年{m}个月"),
        }
    }
}

/// The checked content of an application for one lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Title of the lot.
    pub title: String,
    /// Transfer mode (流转方式).
    pub mode: Mode,
    /// Trading method (交易方式).
    pub method: Method,
    /// Where it lies, below the village.
    pub location: String,
    /// Boundaries east, south, west, north (四至); empty where there are none.
    pub bounds: [String; 4],
    /// Who owns it.
    pub ownership: Ownership,
    /// Quantity in ten-thousandths of its unit.
    pub quantity: i64,
    /// Its unit.
    pub quantity_unit: QuantityUnit,
    /// Land area where the object is land or water.
    pub area: Option<Area>,
    /// For cultivated land: paddy or dry, what the benchmark price needs.
    pub land_type: Option<LandKind>,
    /// Asking price (挂牌价) per price unit.
    pub price: Fen,
    /// What the price is per.
    pub price_unit: PriceUnit,
    /// Smallest raise.
    pub step: Fen,
    /// The term; `None` when ownership or a whole remaining right passes.
    pub term: Option<Term>,
    /// Asking price over quantity and term (成交总额 at the asking price).
    pub total: Fen,
    /// The first year's part of it.
    pub first_year: Fen,
    /// Deposit (交易保证金).
    pub deposit: Fen,
    /// How the price is paid.
    pub payment: Plan,
    /// How rent grows.
    pub escalation: Escalation,
    /// Proof of the right.
    pub title_document: TitleDocument,
    /// What it is used for now.
    pub present_use: String,
    /// What it may be used for.
    pub planned_use: String,
    /// On permanent basic farmland (永久基本农田).
    pub basic_farmland: bool,
    /// Mortgages, leases, seizures, as declared; empty for none.
    pub encumbrances: String,
    /// Everything else a bidder must know.
    pub disclosures: String,
    /// Conditions on the transferee.
    pub conditions: String,
    /// Only members of the collective may take it.
    pub members_only: bool,
    /// Priority classes offered, in rank order.
    pub priority: Vec<PriorityClass>,
    /// Whether the runner-up stands by; applications from before this was asked have none.
    #[serde(default = "no_standby")]
    pub standby: Standby,
    /// The collective's decision, where one is needed.
    pub decision: Option<Decision>,
    /// Households involved.
    pub households: u32,
    /// When and with whom to view it.
    pub viewing: String,
    /// The variety's own fields, checked against its definition.
    pub attributes: BTreeMap<String, String>,
}

fn no_standby() -> Standby {
    Standby::None
}
