//! What the rules need to know. Plain values, so that drafts, lots and qualification can all be
//! checked by the same functions.

use crate::base::words::words;
use crate::base::{Area, Day, Fen};
use crate::category::{Category, DecisionRule, LandKind, Mode, ReceiverRule, ValuationRule, Variety};
use crate::rulebook::Settings;

words! {
    /// An answer on the form.
    Declared {
        No = "no", "否";
        Yes = "yes", "是";
        NotStated = "not_stated", "未说明";
    }
}

words! {
    /// Who owns what is offered.
    Owner {
        Household = "household", "农户";
        Collective = "collective", "农村集体经济组织";
        State = "state", "国有单位";
        Cooperative = "cooperative", "供销合作社";
        Company = "company", "企业";
        Individual = "individual", "个人";
    }
}

words! {
    /// What the ground will be used for.
    PlannedUse {
        Grain = "grain", "种植粮食";
        Crops = "crops", "种植蔬菜、烤烟等其他作物";
        Orchard = "orchard", "种植果树、茶树等园地";
        Forestry = "forestry", "植树造林、苗木";
        FishPond = "fish_pond", "水产养殖（挖塘或利用水面）";
        Livestock = "livestock", "畜禽养殖";
        Facility = "facility", "设施农业";
        Tourism = "tourism", "休闲农业、乡村旅游";
        Building = "building", "建房或者其他建设";
        Kiln = "kiln", "建窑";
        Grave = "grave", "建坟";
        Quarry = "quarry", "挖砂、采石、采矿、取土";
        Industry = "industry", "工业、商业经营";
        Unchanged = "unchanged", "保持现有用途";
    }
}

impl PlannedUse {
    /// Farming in the wide sense.
    pub const fn is_agricultural(self) -> bool {
        match self {
            PlannedUse::Grain
            | PlannedUse::Crops
            | PlannedUse::Orchard
            | PlannedUse::Forestry
            | PlannedUse::FishPond
            | PlannedUse::Livestock
            | PlannedUse::Facility
            | PlannedUse::Unchanged => true,
            PlannedUse::Tourism
            | PlannedUse::Building
            | PlannedUse::Kiln
            | PlannedUse::Grave
            | PlannedUse::Quarry
            | PlannedUse::Industry => false,
        }
    }
}

/// What the variety and the settings say about this case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRules {
    /// Category of the plan.
    pub category: Category,
    /// Transfer mode.
    pub mode: Mode,
    /// Kind of land; `None` where no land is meant.
    pub land: Option<LandKind>,
    /// The term must end within the title's own term.
    pub within_title: bool,
    /// Longest lease in years.
    pub lease_cap_years: Option<u32>,
    /// Longest term of any other mode in years.
    pub cap_years: Option<u32>,
    /// From more than this many years on the reviewer is warned.
    pub warn_years: Option<u32>,
    /// When and by whom the collective decides.
    pub decision: DecisionRule,
    /// When a valuation is needed.
    pub valuation: ValuationRule,
    /// Who may receive by this mode.
    pub receivers: ReceiverRule,
    /// Outsiders need the licence of rule E40.
    pub outsider_licence: bool,
}

impl CaseRules {
    /// Reads them from the catalogue.
    pub fn of(variety: &Variety, mode: Mode, land: Option<LandKind>) -> CaseRules {
        let receivers = match variety.receivers.rule {
            ReceiverRule::MembersForMode if variety.receivers.members_only(mode) => ReceiverRule::MembersOnly,
            ReceiverRule::MembersForMode => ReceiverRule::Open,
            rule @ (ReceiverRule::Open | ReceiverRule::MembersOnly | ReceiverRule::GovernmentOnly) => rule,
        };
        CaseRules {
            category: variety.category(),
            mode,
            land,
            within_title: variety.term.within_title,
            lease_cap_years: variety.term.lease_cap_years,
            cap_years: variety.term.cap_years,
            warn_years: variety.term.warn_years,
            decision: variety.decision.clone(),
            valuation: variety.valuation,
            receivers,
            outsider_licence: variety.outsider_licence,
        }
    }
}

/// Numbers the county may change (appendix A), and some of our own until its rules exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Posting of a decision, natural days (`decision.posting_d`).
    pub posting_days: u32,
    /// Representatives may decide land plans, with a legal note (`decision.representatives_for_land`).
    pub representatives_for_land: bool,
    /// State equity is sent on (`routing.redirect_state_equity`).
    pub redirect_state_equity: bool,
    /// Commercial-capital levels (`licence.*`), 待确认.
    pub licence: LicenceLevels,
    /// Difference of contracted and measured area that is worth a warning, in hundredths of a per cent.
    pub area_tolerance_bp: u32,
    /// Asset leases longer than this are worth a warning, years.
    pub asset_warn_years: u32,
    /// Asset leases longer than this need a vote, years.
    pub asset_vote_years: u32,
    /// Validity of a valuation report from its base date, months.
    pub valuation_months: u32,
}

/// Upper ends (exclusive) of the area each level of government decides, in whole mu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LicenceLevels {
    /// Township below this.
    pub township_below_mu: u32,
    /// County below this, and whenever two townships are touched.
    pub county_below_mu: u32,
    /// Prefecture below this; the province from here on.
    pub prefecture_below_mu: u32,
}

impl Limits {
    /// Reads them from the settings in force (or frozen into the round).
    pub fn of(settings: &Settings) -> Limits {
        Limits {
            posting_days: settings.decision.posting_d,
            representatives_for_land: settings.decision.representatives_for_land,
            redirect_state_equity: settings.routing.redirect_state_equity,
            licence: LicenceLevels {
                township_below_mu: settings.licence.township_below_mu,
                county_below_mu: settings.licence.county_below_mu,
                prefecture_below_mu: settings.licence.prefecture_below_mu,
            },
            ..Limits::DEFAULT
        }
    }

    /// The rulebook's defaults.
    pub const DEFAULT: Limits = Limits {
        posting_days: 7,
        representatives_for_land: false,
        redirect_state_equity: true,
        licence: LicenceLevels { township_below_mu: 500, county_below_mu: 1000, prefecture_below_mu: 2000 },
        area_tolerance_bp: 500,
        asset_warn_years: 10,
        asset_vote_years: 5,
        valuation_months: 12,
    };
}

/// The object and its title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectFacts {
    /// Owner of the right offered.
    pub owner: Owner,
    /// Applied for by the holder himself, or by an agent with a letter of authority.
    pub applicant_entitled: bool,
    /// A dispute over the right is known.
    pub disputed: Declared,
    /// What is offered is land ownership or the household's contract right itself.
    pub forbidden_right: bool,
    /// The title paper.
    pub title: TitleFacts,
    /// Seized or frozen.
    pub frozen: Declared,
    /// Mortgage.
    pub mortgage: MortgageFacts,
    /// Leases that run now or later.
    pub leases: Vec<ExistingLease>,
    /// Who must agree.
    pub consent: ConsentFacts,
    /// Codes of the parcels or other keys of the object.
    pub parcels: Vec<String>,
    /// Lots now open anywhere in the exchange that touch one of the parcels.
    pub open_lots: Vec<OpenLot>,
    /// Area by contract or title.
    pub contracted: Option<Area>,
    /// Area as measured.
    pub measured: Option<Area>,
    /// The notice says 以实测为准.
    pub settle_by_measured: bool,
    /// Lies in permanent basic farmland.
    pub basic_farmland: Declared,
    /// Ecological public-welfare forest.
    pub ecological_forest: Declared,
    /// What it is to be used for; `None` where no land is meant.
    pub planned_use: Option<PlannedUse>,
}

/// The title paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleFacts {
    /// Its number; empty when there is none.
    pub number: String,
    /// Whether the register or ledger has it; `None` when nothing can be compared.
    pub matches: Option<bool>,
    /// Last day of validity printed on it.
    pub expires: Option<Day>,
}

/// Mortgage on the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MortgageFacts {
    /// Not stated.
    NotStated,
    /// None.
    None,
    /// There is one.
    Exists {
        /// The mortgage contract forbids a transfer.
        forbids_transfer: bool,
        /// The mortgagee's notice or consent is uploaded.
        mortgagee_told: bool,
    },
}

/// A lease that binds the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExistingLease {
    /// First day.
    pub from: Day,
    /// Last day; `None` for an indefinite lease.
    pub to: Option<Day>,
}

/// Whose agreement is needed and given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentFacts {
    /// One holder.
    Sole,
    /// Co-ownership by shares; consenting shares over all shares.
    Shares {
        /// Shares whose holders agree.
        consenting: u64,
        /// All shares.
        all: u64,
    },
    /// Joint ownership.
    Joint {
        /// Owners.
        owners: u32,
        /// Owners who agree.
        consenting: u32,
    },
    /// A contracting household.
    Household {
        /// Adult co-contractors on the certificate.
        adults: u32,
        /// Of them, who signed.
        signed: u32,
    },
}

/// A lot that is open now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenLot {
    /// Its number.
    pub lot_no: String,
    /// First day of its term, if it has one.
    pub from: Option<Day>,
    /// Last day of its term.
    pub to: Option<Day>,
    /// A parcel is the same; otherwise only the title's number is, which may cover several objects.
    pub same_parcel: bool,
}

/// The valuation report and the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValuationFacts {
    /// Total appraised value and its base date.
    pub report: Option<(Fen, Day)>,
    /// Total starting price on the same footing as the report.
    pub start_total: Fen,
    /// Lowest share of the appraisal that was approved, in hundredths of a per cent; 10,000 without
    /// special approval.
    pub approved_bp: u32,
}
