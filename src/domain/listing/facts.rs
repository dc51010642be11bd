//! What the eligibility rules are told of an application (rulebook 6).

use super::draft::Draft;
use crate::base::{Day, Fen};
use crate::category::{Direction, LandKind, Variety};
use crate::eligibility::{
    CaseRules, ConsentFacts, DecisionFacts, DecisionRecord, Declared, ExistingLease, Finding, HeadLease, IpFacts,
    Limits, Meeting, MortgageFacts, ObjectFacts, OpenLot, Owner, PlannedUse, Posting, ProjectFacts, ProjectKind,
    PublicPropertyFacts, SubmissionFacts, TermFacts, TitleFacts, ValuationFacts, WaterFacts, check_submission,
};
use crate::lot::{DecisionBody, Lot, Ownership, Terms};
use crate::refusal::Refusal;
use crate::rulebook::Rules;

/// An application as the rules see it.
#[derive(Clone, Debug)]
pub struct Submission<'a> {
    /// The typed texts.
    pub draft: &'a Draft,
    /// The variety.
    pub variety: &'a Variety,
    /// The checked content.
    pub terms: &'a Terms,
    /// Keys of the papers that are there.
    pub papers: &'a [String],
    /// Entered by the transferor himself, not for him.
    pub own_hand: bool,
    /// The day of the check.
    pub today: Day,
    /// Lots that are open now on what may be the same object.
    pub open_lots: &'a [OpenLot],
}

/// The codes of the parcels that an application names.
pub fn parcels(terms: &Terms) -> Vec<String> {
    let typed = terms.attributes.get("parcel_codes").map_or("", String::as_str);
    let mut all: Vec<String> = typed
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|code| code.len() >= MIN_PARCEL)
        .map(str::to_ascii_uppercase)
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Shorter pieces between separators are words, not codes of parcels.
const MIN_PARCEL: usize = 6;

/// The texts by which a lot on the same object can be found: codes of parcels and the title's number.
pub fn object_keys(terms: &Terms) -> Vec<String> {
    let mut keys = parcels(terms);
    let title = terms.title_document.number.trim();
    if !title.is_empty() {
        keys.push(title.to_owned());
    }
    keys
}

/// What E07 must know of another open lot that may be on the same object; `None` when it is on another: other
/// parcels under one title, or another title.
pub fn same_object(terms: &Terms, other: &Lot) -> Option<OpenLot> {
    let theirs = other.terms.as_ref()?;
    let (own, their) = (parcels(terms), parcels(theirs));
    let same_parcel = own.iter().any(|code| their.contains(code));
    let title = terms.title_document.number.trim();
    let same_title = !title.is_empty() && title == theirs.title_document.number.trim();
    let told_apart = !own.is_empty() && !their.is_empty();
    (same_parcel || (same_title && !told_apart)).then(|| OpenLot {
        lot_no: other.lot_no.clone().unwrap_or_default(),
        from: theirs.term.map(|t| t.starts),
        to: theirs.term.map(|t| t.ends()),
        same_parcel,
    })
}

/// Everything the rules of rulebook 6 say of it.
pub fn findings(case: &Submission<'_>, rules: &Rules) -> Vec<Finding> {
    let terms = case.terms;
    let attribute = |key: &str| terms.attributes.get(key).map(String::as_str);
    let land = case.variety.land_kind(attribute);
    let purchase = case.variety.direction == Direction::Down;
    check_submission(&SubmissionFacts {
        today: case.today,
        rules: CaseRules::of(case.variety, terms.mode, land),
        limits: Limits::of(rules),
        object: (!purchase).then(|| object(case, land)),
        term: term(case),
        decision: decision(case),
        valuation: valuation(case),
        public_property: public_property(case),
        water: Some(WaterFacts {
            public_safety: case.declared("public_safety"),
            maintainer: attribute("upkeep").or(attribute("duties")).unwrap_or_default().to_owned(),
        }),
        machinery: (case.variety.category().number() == 7 && attribute("plate").is_some()).then(|| machinery(case)),
        ip: (case.variety.category().number() == 13).then(|| ip(case)),
        project: purchase.then(|| project(case)),
        construction: None,
        conditions: Some((terms.conditions.clone(), terms.conditions.contains("户籍"), Declared::NotStated)),
    })
}

/// The refusal made of all findings that stop the case.
///
/// # Errors
/// One refusal with every failed rule's code, sentence and citation.
pub fn refusal(findings: &[Finding]) -> Result<(), Refusal> {
    let failed: Vec<&Finding> = findings.iter().filter(|f| f.blocks()).collect();
    let Some(first) = failed.first() else { return Ok(()) };
    let sentences: Vec<&str> = failed.iter().map(|f| f.explanation.as_str()).collect();
    let mut citations: Vec<&str> = failed.iter().map(|f| f.citation()).collect();
    citations.dedup();
    Err(Refusal::rule(first.rule.code(), sentences.join(""), citations.join("；")))
}

impl Submission<'_> {
    fn has_paper(&self, code: &str) -> bool {
        self.papers.iter().any(|key| key == code || key.starts_with(&format!("{code}_")))
    }

    fn declared(&self, key: &str) -> Declared {
        match self.terms.attributes.get(key).map(String::as_str) {
            Some("yes") => Declared::Yes,
            Some("no") => Declared::No,
            _ => Declared::NotStated,
        }
    }

    fn typed(&self, name: &str) -> &str {
        self.draft.get(name).map_or("", |v| v.trim())
    }

    fn attribute_day(&self, key: &str) -> Option<Day> {
        self.terms.attributes.get(key).and_then(|v| Day::parse(v))
    }
}

fn owner(case: &Submission<'_>) -> Owner {
    match case.terms.ownership {
        Ownership::Household => Owner::Household,
        Ownership::Collective => Owner::Collective,
        Ownership::Organisation if case.variety.category().number() == 12 => Owner::Cooperative,
        Ownership::Organisation => Owner::Company,
        Ownership::State => Owner::State,
    }
}

fn object(case: &Submission<'_>, land: Option<LandKind>) -> ObjectFacts {
    let terms = case.terms;
    let by_key = |key: &str| terms.attributes.get(key).map(String::as_str);
    let planned = case.variety.planned_use(by_key).or_else(|| land.map(|_| PlannedUse::Unchanged));
    let mortgage = match case.declared("mortgaged") {
        Declared::No => MortgageFacts::None,
        Declared::NotStated => MortgageFacts::NotStated,
        Declared::Yes => MortgageFacts::Exists { forbids_transfer: false, mortgagee_told: case.has_paper("t05") },
    };
    let leases = case.attribute_day("leased_until").map(|to| ExistingLease { from: to.plus(-36_500), to: Some(to) });
    ObjectFacts {
        owner: owner(case),
        applicant_entitled: case.own_hand || case.has_paper("t08"),
        disputed: if case.typed("u.disputed") == "yes" { Declared::Yes } else { Declared::No },
        forbidden_right: false,
        title: TitleFacts {
            number: terms.title_document.number.clone(),
            matches: None,
            expires: terms.title_document.expires,
        },
        frozen: case.declared("frozen"),
        mortgage,
        leases: leases.into_iter().collect(),
        consent: ConsentFacts::Sole,
        parcels: object_keys(terms),
        open_lots: case.open_lots.to_vec(),
        contracted: None,
        measured: None,
        settle_by_measured: false,
        basic_farmland: if terms.basic_farmland { Declared::Yes } else { Declared::No },
        ecological_forest: Declared::NotStated,
        planned_use: planned,
    }
}

fn term(case: &Submission<'_>) -> Option<TermFacts> {
    let term = case.terms.term?;
    let head_lease = case.attribute_day("head_lease_end").map(|end| HeadLease {
        end,
        contractor_consent: case.has_paper("t05"),
        filed: case.has_paper("t05"),
    });
    Some(TermFacts {
        start: term.starts,
        end: term.ends(),
        contract_end: case.terms.title_document.expires,
        next_contract_end: None,
        head_lease,
        protection_end: if case.variety.category().number() == 13 { case.terms.title_document.expires } else { None },
        voted: case.terms.decision.is_some(),
    })
}

fn decision(case: &Submission<'_>) -> DecisionFacts {
    let decision = case.terms.decision.as_ref();
    let collective_lets = case.variety.category().number() == 1 && case.terms.ownership == Ownership::Collective;
    DecisionFacts {
        record: decision.map(|d| DecisionRecord {
            meeting: match d.body {
                DecisionBody::Members => Meeting::Members,
                DecisionBody::Representatives => Meeting::Representatives,
                DecisionBody::Villagers => Meeting::VillageRepresentatives,
                DecisionBody::Council => Meeting::Council,
                DecisionBody::Group => Meeting::Group,
            },
            held: d.held,
            noticed: Day::parse(case.typed("d.noticed")),
            eligible: d.eligible,
            attended: d.attended,
            proxies: 0,
            in_favour: d.votes_for,
            against: d.against,
            abstained: d.attended.saturating_sub(d.votes_for.saturating_add(d.against)),
            minutes: case.has_paper("t04"),
        }),
        posting: decision.map(|d| Posting { from: d.posted_from, to: d.posted_to, both_photos: case.has_paper("t04") }),
        open_to_outsiders: !case.terms.members_only,
        township_approved: case.has_paper("t05"),
        households: if collective_lets { case.terms.households } else { 0 },
        authorised: case.typed("o.authorised").parse().unwrap_or(0),
    }
}

fn valuation(case: &Submission<'_>) -> ValuationFacts {
    let value = Fen::parse(case.typed("p.appraised")).ok();
    ValuationFacts {
        report: value.zip(Day::parse(case.typed("p.appraised_on"))),
        start_total: case.terms.total,
        approved_bp: 10_000,
    }
}

fn public_property(case: &Submission<'_>) -> PublicPropertyFacts {
    let state = case.terms.ownership == Ownership::State;
    PublicPropertyFacts {
        state_equity: state && case.variety.category().number() == 11 && case.terms.mode.is_sale(),
        state_property: state,
        cooperative: case.variety.category().number() == 12,
        approved: case.has_paper("t05"),
    }
}

fn machinery(case: &Submission<'_>) -> (bool, bool) {
    let inspected = case.attribute_day("inspection_until").is_none_or(|day| day >= case.today);
    (case.declared("plate") != Declared::No, inspected)
}

fn ip(case: &Submission<'_>) -> IpFacts {
    IpFacts {
        owner_on_register: true,
        fees_paid: case.declared("fees_paid") != Declared::No,
        pledged: case.declared("mortgaged") == Declared::Yes,
        foreign_transferee: false,
    }
}

fn project(case: &Submission<'_>) -> ProjectFacts {
    let goods = case.terms.attributes.get("purchase_kind").map(String::as_str);
    ProjectFacts {
        kind: match goods {
            Some("goods") => ProjectKind::Goods,
            Some(_) => ProjectKind::Services,
            None => ProjectKind::Works,
        },
        estimate: case.terms.total,
        related: Fen::ZERO,
        approved: case.has_paper("t05") || case.has_paper("t03") || case.has_paper("t04"),
        funded: case.terms.attributes.contains_key("fund_source"),
        by_tender: false,
    }
}
