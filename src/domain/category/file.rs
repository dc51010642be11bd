//! The form of a variety file. Only this module knows TOML; where things stand in the
//! file is kept so that [`super::check`] can name the line.

use serde::Deserialize;
use toml::Spanned;

use super::code::VarietyCode;
use super::departments::{Consultation, Department, Registration};
use super::documents::{DocCode, DocRule, When};
use super::fields::{Choice, FieldDef, FieldKind};
use super::land::{LandKind, LandSource};
use super::method::{Direction, Method, PriorityClass, SolePolicy};
use super::mode::Mode;
use super::units::{PriceUnit, QuantityUnit};
use super::variety::{
    Class, DecisionBody, DecisionRule, DecisionWhen, ListingRule, ReceiverRule, Receivers, TermRule, ValuationRule,
    Variety,
};
use crate::base::datafile::{CatalogFault, read_toml};

/// A variety with the byte offsets of what may contradict something else.
pub(super) struct Read {
    pub variety: Variety,
    pub at: At,
}

/// Byte offsets into the file.
pub(super) struct At {
    pub code: usize,
    pub modes: usize,
    pub price_units: usize,
    pub quantity_units: usize,
    pub methods: usize,
    pub default_method: usize,
    pub min_bidders: usize,
    pub land: usize,
    pub receivers: usize,
    pub term: usize,
    pub decision: usize,
    pub fields: Vec<usize>,
    pub documents: Vec<usize>,
    /// How many of the documents stand under `[[transferor]]`.
    pub transferor_count: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VarietyFile {
    code: Spanned<VarietyCode>,
    name: String,
    short: String,
    class: Class,
    enabled: bool,
    summary: String,
    modes: Spanned<Vec<Mode>>,
    price_units: Spanned<Vec<PriceUnit>>,
    quantity_units: Spanned<Vec<QuantityUnit>>,
    quantity_label: String,
    methods: Spanned<Vec<Method>>,
    default_method: Spanned<Method>,
    direction: Direction,
    sole_policy: SolePolicy,
    min_bidders: Spanned<u32>,
    step_per_mille: Option<u32>,
    listing_rule: ListingRule,
    land: Option<Spanned<LandFile>>,
    outsider_licence: bool,
    fee_exempt: bool,
    valuation: ValuationRule,
    priority: Vec<PriorityClass>,
    #[serde(default)]
    unconfirmed: Vec<String>,
    warnings: Vec<String>,
    receivers: Spanned<ReceiversFile>,
    term: Spanned<TermFile>,
    decision: Spanned<DecisionFile>,
    #[serde(default)]
    consult: Vec<ConsultFile>,
    #[serde(default)]
    register: Vec<RegisterFile>,
    field: Vec<Spanned<FieldFile>>,
    transferor: Vec<Spanned<DocFile>>,
    transferee: Vec<Spanned<DocFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LandFile {
    kind: Option<LandKind>,
    field: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReceiversFile {
    rule: ReceiverRule,
    #[serde(default)]
    modes: Vec<Mode>,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermFile {
    within_title: bool,
    lease_cap_years: Option<u32>,
    cap_years: Option<u32>,
    warn_years: Option<u32>,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionFile {
    when: DecisionWhen,
    body: DecisionBody,
    #[serde(default)]
    township_approval: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsultFile {
    department: Department,
    when: When,
    about: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegisterFile {
    department: Department,
    when: When,
    what: String,
    #[serde(default)]
    optional: bool,
    min_months: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldFile {
    key: String,
    label: String,
    kind: FieldKind,
    unit: Option<String>,
    required: bool,
    public: bool,
    #[serde(default = "super::fields::in_contract")]
    contract: bool,
    #[serde(default)]
    help: String,
    max: Option<u32>,
    #[serde(default)]
    choices: Vec<ChoiceFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoiceFile {
    value: String,
    label: String,
    means: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocFile {
    code: DocCode,
    key: Option<String>,
    title: Option<String>,
    when: When,
    required: bool,
    #[serde(default)]
    help: String,
}

/// Reads one variety file.
pub(super) fn read(file: &str, text: &str) -> Result<Read, CatalogFault> {
    let raw: VarietyFile = read_toml(file, text)?;
    let at = raw.offsets();
    let land = match raw.land {
        None => None,
        Some(land) => match (land.get_ref().kind, &land.get_ref().field) {
            (Some(kind), None) => Some(LandSource::Fixed(kind)),
            (None, Some(field)) => Some(LandSource::Field(field.clone())),
            _ => {
                return Err(CatalogFault::at(
                    file,
                    text,
                    at.land,
                    "land 只能写 kind（固定地类）或 field（由表单字段给出）之一",
                ));
            }
        },
    };
    let documents = raw.transferor.into_iter().chain(raw.transferee).map(|d| d.into_inner().into()).collect();
    let receivers = raw.receivers.into_inner();
    let term = raw.term.into_inner();
    let decision = raw.decision.into_inner();
    let variety = Variety {
        code: raw.code.into_inner(),
        name: raw.name,
        short: raw.short,
        class: raw.class,
        enabled: raw.enabled,
        summary: raw.summary,
        modes: raw.modes.into_inner(),
        price_units: raw.price_units.into_inner(),
        quantity_units: raw.quantity_units.into_inner(),
        quantity_label: raw.quantity_label,
        methods: raw.methods.into_inner(),
        default_method: raw.default_method.into_inner(),
        direction: raw.direction,
        sole_policy: raw.sole_policy,
        min_bidders: raw.min_bidders.into_inner(),
        step_per_mille: raw.step_per_mille,
        listing_rule: raw.listing_rule,
        land,
        outsider_licence: raw.outsider_licence,
        fee_exempt: raw.fee_exempt,
        valuation: raw.valuation,
        priority: raw.priority,
        receivers: Receivers { rule: receivers.rule, modes: receivers.modes, reason: receivers.reason },
        term: TermRule {
            within_title: term.within_title,
            lease_cap_years: term.lease_cap_years,
            cap_years: term.cap_years,
            warn_years: term.warn_years,
            text: term.text,
        },
        decision: DecisionRule {
            when: decision.when,
            body: decision.body,
            township_approval: decision.township_approval,
        },
        consult: raw.consult.into_iter().map(Into::into).collect(),
        register: raw.register.into_iter().map(Into::into).collect(),
        warnings: raw.warnings,
        unconfirmed: raw.unconfirmed,
        fields: raw.field.into_iter().map(|f| f.into_inner().into()).collect(),
        documents,
    };
    Ok(Read { variety, at })
}

impl VarietyFile {
    fn offsets(&self) -> At {
        At {
            code: self.code.span().start,
            modes: self.modes.span().start,
            price_units: self.price_units.span().start,
            quantity_units: self.quantity_units.span().start,
            methods: self.methods.span().start,
            default_method: self.default_method.span().start,
            min_bidders: self.min_bidders.span().start,
            land: self.land.as_ref().map_or(0, |l| l.span().start),
            receivers: self.receivers.span().start,
            term: self.term.span().start,
            decision: self.decision.span().start,
            fields: self.field.iter().map(|f| f.span().start).collect(),
            documents: self.transferor.iter().chain(&self.transferee).map(|d| d.span().start).collect(),
            transferor_count: self.transferor.len(),
        }
    }
}

impl From<ConsultFile> for Consultation {
    fn from(f: ConsultFile) -> Consultation {
        Consultation { department: f.department, when: f.when, about: f.about }
    }
}

impl From<RegisterFile> for Registration {
    fn from(f: RegisterFile) -> Registration {
        Registration {
            department: f.department,
            when: f.when,
            what: f.what,
            optional: f.optional,
            min_months: f.min_months,
        }
    }
}

impl From<FieldFile> for FieldDef {
    fn from(f: FieldFile) -> FieldDef {
        let choices =
            f.choices.into_iter().map(|c| Choice { value: c.value, label: c.label, means: c.means }).collect();
        FieldDef {
            key: f.key,
            label: f.label,
            kind: f.kind,
            unit: f.unit,
            required: f.required,
            public: f.public,
            contract: f.contract,
            help: f.help,
            max: f.max,
            choices,
        }
    }
}

impl From<DocFile> for DocRule {
    fn from(f: DocFile) -> DocRule {
        DocRule {
            key: f.key.unwrap_or_else(|| f.code.name().to_lowercase()),
            title: f.title.unwrap_or_else(|| f.code.zh().to_owned()),
            code: f.code,
            when: f.when,
            required: f.required,
            help: f.help,
        }
    }
}
