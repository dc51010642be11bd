//! A variety (交易品种) as the rest of the system reads it.

use serde::{Deserialize, Serialize};

use super::code::{Category, VarietyCode};
use super::departments::{Consultation, Registration};
use super::documents::{DocFacts, DocRule, Side};
use super::fields::FieldDef;
use super::land::{LandKind, LandSource};
use super::method::{Direction, Method, PriorityClass, SolePolicy};
use super::mode::Mode;
use super::units::{PriceUnit, QuantityUnit};
use crate::base::words::words;
use crate::eligibility::PlannedUse;

words! {
    /// The plan's four classes of varieties.
    Class {
        Resource = "resource", "资源类";
        Asset = "asset", "资产类";
        Intellectual = "intellectual", "知识产权类";
        Service = "service", "投融资服务类";
    }
}

words! {
    /// Which row of rulebook 2.5 gives the listing period.
    ListingRule {
        Land = "land", "土地和资源类公告期";
        Forest = "forest", "林权公告期";
        Asset = "asset", "资产类公告期（按金额分档）";
        SmallWorks = "small_works", "小额工程和采购公告期";
        StateAsset = "state_asset", "国有资产公告期";
        ConstructionLand = "construction_land", "集体经营性建设用地公告期";
    }
}

words! {
    /// When the members of the collective must decide first (rulebook 6.6).
    DecisionWhen {
        Never = "never", "无需集体决策";
        Always = "always", "均须集体决策";
        CollectiveOwned = "collective_owned", "标的属于集体时须集体决策";
        Outsider = "outsider", "向本集体以外的人流转时须集体决策";
    }
}

words! {
    /// Which body decides (rule E50).
    DecisionBody {
        MembersMeeting = "members_meeting", "成员大会";
        Representatives = "representatives", "成员大会或成员代表大会";
        Council = "council", "理事会或单位决策机构";
    }
}

words! {
    /// When a valuation report is needed (rulebook 6.7).
    ValuationRule {
        NotRequired = "not_required", "不强制评估";
        OnSale = "on_sale", "转让、出让或出资时须评估";
        Always = "always", "均须评估";
    }
}

words! {
    /// Who may receive (rulebook 6.4).
    ReceiverRule {
        Open = "open", "符合条件的单位和个人均可";
        MembersOnly = "members_only", "仅限本集体经济组织成员";
        MembersForMode = "members_for_mode", "部分流转方式仅限本集体经济组织成员";
        GovernmentOnly = "government_only", "仅限政府部门";
    }
}

/// Who may receive, mode by mode.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receivers {
    /// The rule.
    pub rule: ReceiverRule,
    /// The modes it is narrowed to; only for [`ReceiverRule::MembersForMode`].
    pub modes: Vec<Mode>,
    /// Why, in words for the notice; may be empty.
    pub reason: String,
}

impl Receivers {
    /// Whether only members of the collective may receive by this mode.
    pub fn members_only(&self, mode: Mode) -> bool {
        match self.rule {
            ReceiverRule::MembersOnly => true,
            ReceiverRule::MembersForMode => self.modes.contains(&mode),
            ReceiverRule::Open | ReceiverRule::GovernmentOnly => false,
        }
    }
}

/// Limits of the term (rulebook 6.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermRule {
    /// Must end within the remaining term of the title.
    pub within_title: bool,
    /// Longest lease in years; never above 20 (Civil Code art. 705).
    pub lease_cap_years: Option<u32>,
    /// Longest term of any other mode in years.
    pub cap_years: Option<u32>,
    /// From more than this many years on the reviewer is warned.
    pub warn_years: Option<u32>,
    /// The rule in one sentence for the form and the notice.
    pub text: String,
}

impl TermRule {
    /// The longest term of this mode in months, apart from the title's own end.
    pub fn cap_months(&self, mode: Mode) -> Option<u32> {
        let years = if mode.is_lease() { self.lease_cap_years } else { self.cap_years };
        years.map(|y| y * 12)
    }
}

/// The members' decision (rulebook 6.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRule {
    /// In which case.
    pub when: DecisionWhen,
    /// By which body.
    pub body: DecisionBody,
    /// Whether the township must approve when outsiders may receive.
    pub township_approval: bool,
}

/// A variety: one file of `catalog/varieties/`. Everything public is as the file says;
/// the catalogue has checked that the parts agree with each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variety {
    /// Four digits.
    pub code: VarietyCode,
    /// Full name.
    pub name: String,
    /// Short name for lists.
    pub short: String,
    /// Class of the plan.
    pub class: Class,
    /// Whether new applications may be made.
    pub enabled: bool,
    /// What it is, for people, in one or two sentences.
    pub summary: String,
    /// Transfer modes, in the plan's order.
    pub modes: Vec<Mode>,
    /// Price units; the first is the default.
    pub price_units: Vec<PriceUnit>,
    /// Quantity units; the first is the default.
    pub quantity_units: Vec<QuantityUnit>,
    /// What the form calls the quantity: `水面面积`.
    pub quantity_label: String,
    /// Trading methods that may be chosen.
    pub methods: Vec<Method>,
    /// The one that is chosen unless somebody chooses another.
    pub default_method: Method,
    /// Which way a better price lies.
    pub direction: Direction,
    /// What happens with one qualified bidder.
    pub sole_policy: SolePolicy,
    /// Fewest qualified bidders for a session.
    pub min_bidders: u32,
    /// Step in thousandths of the start price; `None` leaves it to the rules.
    pub step_per_mille: Option<u32>,
    /// Listing period.
    pub listing_rule: ListingRule,
    /// Kind of land; `None` where no land is meant.
    pub land: Option<LandSource>,
    /// Outside receivers of land need the licence of rulebook 6.5 (rule E40).
    pub outsider_licence: bool,
    /// No service fee (category 8).
    pub fee_exempt: bool,
    /// Valuation.
    pub valuation: ValuationRule,
    /// Priority classes that may be claimed.
    pub priority: Vec<PriorityClass>,
    /// Who may receive.
    pub receivers: Receivers,
    /// Limits of the term.
    pub term: TermRule,
    /// Members' decision.
    pub decision: DecisionRule,
    /// Who is asked before the listing.
    pub consult: Vec<Consultation>,
    /// Who registers or files afterwards.
    pub register: Vec<Registration>,
    /// Sentences every notice and form of this variety carries.
    pub warnings: Vec<String>,
    /// Parts of this file the county still has to confirm (appendix C), by key.
    pub unconfirmed: Vec<String>,
    /// Attribute fields, in form order.
    pub fields: Vec<FieldDef>,
    /// Papers of both sides.
    pub documents: Vec<DocRule>,
}

impl Variety {
    /// The category above.
    pub fn category(&self) -> Category {
        self.code.category()
    }

    /// The modes a listing may be opened for (without 抵押 and registrations).
    pub fn listing_modes(&self) -> impl Iterator<Item = Mode> + '_ {
        self.modes.iter().copied().filter(|m| m.opens_listing())
    }

    /// Whether a listing may be opened for this mode.
    pub fn allows(&self, mode: Mode) -> bool {
        mode.opens_listing() && self.modes.contains(&mode)
    }

    /// The field with this key.
    pub fn field(&self, key: &str) -> Option<&FieldDef> {
        self.fields.iter().find(|f| f.key == key)
    }

    /// The paper with this key.
    pub fn document(&self, key: &str) -> Option<&DocRule> {
        self.documents.iter().find(|d| d.key == key)
    }

    /// One side's papers, whatever the case.
    pub fn papers(&self, side: Side) -> impl Iterator<Item = &DocRule> {
        self.documents.iter().filter(move |d| d.code.side() == side)
    }

    /// The papers one side is asked for in this case, required or not.
    pub fn checklist(&self, side: Side, facts: DocFacts) -> impl Iterator<Item = &DocRule> {
        self.papers(side).filter(move |d| d.when.holds(facts))
    }

    /// The kind of land of one object; `answer` looks a stored field answer up by key.
    pub fn land_kind<'a>(&self, answer: impl Fn(&str) -> Option<&'a str>) -> Option<LandKind> {
        match self.land.as_ref()? {
            LandSource::Fixed(kind) => Some(*kind),
            LandSource::Field(key) => answer(key)?.parse().ok(),
        }
    }

    /// What one object is to be used for; `answer` looks a stored field answer up by key.
    pub fn planned_use<'a>(&self, answer: impl Fn(&str) -> Option<&'a str>) -> Option<PlannedUse> {
        let stored = answer("planned_use")?;
        self.field("planned_use")?.meaning(stored).parse().ok()
    }

    /// Whether part of the file still waits for the county's word.
    pub fn is_unconfirmed(&self, key: &str) -> bool {
        self.unconfirmed.iter().any(|k| k == key)
    }

    /// The definition as one canonical line, so that a published round can freeze and hash it.
    pub fn canonical_json(&self) -> String {
        // A struct of strings, numbers and lists always serialises; field order is fixed by the type.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a frozen definition back.
    ///
    /// # Errors
    /// A line that [`Variety::canonical_json`] did not write.
    pub fn from_snapshot(canonical: &str) -> Result<Variety, String> {
        serde_json::from_str(canonical).map_err(|e| format!("品种快照无法读取（{e}）"))
    }
}
