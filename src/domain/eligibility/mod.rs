//! Eligibility (rulebook chapter 6): every rule is one function named by its id, takes plain facts and
//! gives a finding with verdict, explanation and citation. `check_submission` runs what concerns the
//! object and the transferor, `check_transferee` what concerns an applicant; both tell everything at
//! once. What rests on law cannot be waived (`basis`).

pub mod basis;
pub mod decision;
pub mod facts;
pub mod finding;
pub mod land_use;
pub mod licence;
pub mod lookup;
pub mod receiver;
pub mod special;
pub mod term;
pub mod title;
pub mod valuation;

#[cfg(test)]
mod catalogue_tests;
#[cfg(test)]
mod decision_tests;
#[cfg(test)]
mod object_tests;
#[cfg(test)]
mod receiver_tests;
#[cfg(test)]
mod term_tests;
#[cfg(test)]
mod test_cases;

pub use basis::{Basis, Source};
pub use decision::{DecisionFacts, DecisionRecord, Meeting, Posting};
pub use facts::{
    CaseRules, ConsentFacts, Declared, ExistingLease, LicenceLevels, Limits, MortgageFacts, ObjectFacts, OpenLot,
    Owner, PlannedUse, TitleFacts, ValuationFacts,
};
pub use finding::{Finding, RuleId, Verdict, Waiver, WaiverError};
pub use licence::{LicenceFacts, LicenceLevel, LicenceNeed};
pub use lookup::{BanLookup, CompanyLookup, Contact, LookedUp, Question, Tie};
pub use receiver::{ApplicantKind, Ban, CompanyStatus, JointFacts, Membership, ReceiverFacts};
pub use special::{IpFacts, ProjectFacts, ProjectKind, PublicPropertyFacts, WaterFacts};
pub use term::{Bound, HeadLease, TermFacts, max_end};

use crate::base::Day;

/// A transferor's application as the rules see it. Parts that do not apply are `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionFacts {
    /// Today, in China.
    pub today: Day,
    /// What the variety says.
    pub rules: CaseRules,
    /// What the county says.
    pub limits: Limits,
    /// Object and title; `None` for purchases.
    pub object: Option<ObjectFacts>,
    /// Term; `None` for sales without one.
    pub term: Option<TermFacts>,
    /// The village's decision.
    pub decision: DecisionFacts,
    /// Valuation and price.
    pub valuation: ValuationFacts,
    /// State and cooperative property.
    pub public_property: PublicPropertyFacts,
    /// Water facilities.
    pub water: Option<WaterFacts>,
    /// Tractors and combines: registered, inspected.
    pub machinery: Option<(bool, bool)>,
    /// Intellectual property.
    pub ip: Option<IpFacts>,
    /// A project of category 8.
    pub project: Option<ProjectFacts>,
    /// Construction land: registered, conditions attached.
    pub construction: Option<(bool, bool)>,
    /// Conditions for transferees: text, limited to local residents, aimed at somebody.
    pub conditions: Option<(String, bool, Declared)>,
}

/// Everything the rules say about an application, in the order of the rulebook.
pub fn check_submission(facts: &SubmissionFacts) -> Vec<Finding> {
    let (rules, limits) = (&facts.rules, &facts.limits);
    let mut findings = Vec::new();
    if let Some(object) = &facts.object {
        findings.extend(check_object(facts, object));
        findings.extend(
            [
                decision::e50(object, &facts.decision, rules, limits),
                decision::e51(object, &facts.decision, rules),
                decision::e52(object, &facts.decision, rules, limits, facts.today),
                valuation::e60(object, &facts.valuation, rules),
                valuation::e61(object, &facts.valuation, rules),
                valuation::e62(object, &facts.valuation, rules, limits, facts.today),
            ]
            .into_iter()
            .flatten(),
        );
    }
    findings.extend(
        [
            facts.construction.and_then(|(registered, attached)| land_use::e14(rules, registered, attached)),
            facts.conditions.as_ref().and_then(|(text, local, aimed)| receiver::e33(text, *local, rules, *aimed)),
            decision::e53(&facts.decision, rules),
            special::e70(&facts.public_property, limits),
            special::e71(&facts.public_property),
            special::e72(&facts.public_property),
            facts.water.as_ref().and_then(|water| special::e80(water, rules)),
            facts.machinery.map(|(registered, inspected)| special::e81(registered, inspected)),
            facts.ip.as_ref().and_then(|ip| special::e82(ip, rules)),
            facts.project.as_ref().and_then(|project| special::e83(project, rules)),
        ]
        .into_iter()
        .flatten(),
    );
    findings.sort_by_key(|finding| finding.rule);
    findings
}

fn check_object(facts: &SubmissionFacts, object: &ObjectFacts) -> Vec<Finding> {
    let (rules, limits, term) = (&facts.rules, &facts.limits, facts.term.as_ref());
    let mut findings = vec![
        title::e01(object),
        title::e02(object, term),
        title::e03(object),
        title::e04(object, rules),
        title::e05(object, rules, term),
        title::e06(object),
        title::e07(object, term),
    ];
    findings.extend(title::e08(object, limits));
    findings.extend(
        [land_use::e10(object, rules), land_use::e11(object, rules), land_use::e13(object, rules)]
            .into_iter()
            .flatten(),
    );
    if let Some(term) = term {
        findings.push(term::e24(term, object, rules));
        findings.extend(
            [
                term::e20(term, rules),
                term::e21(term, rules),
                term::e22(term),
                term::e23(term, object, rules),
                term::e25(term, object, rules, limits),
                term::e26(term, rules),
            ]
            .into_iter()
            .flatten(),
        );
    }
    findings
}

/// An applicant as the rules see him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransfereeFacts {
    /// What the variety says.
    pub rules: CaseRules,
    /// What the county says.
    pub limits: Limits,
    /// The applicant.
    pub receiver: ReceiverFacts,
    /// For rule E40; `None` where no land is meant.
    pub licence: Option<LicenceFacts>,
}

/// Everything the rules say about an applicant, in the order of the rulebook.
pub fn check_transferee(facts: &TransfereeFacts) -> Vec<Finding> {
    let (rules, receiver) = (&facts.rules, &facts.receiver);
    let mut findings = vec![receiver::e30(receiver)];
    findings.extend([receiver::e31(receiver, rules), receiver::e32(receiver, rules)].into_iter().flatten());
    findings.push(receiver::e34(receiver));
    findings.extend(receiver::e35(receiver));
    findings.push(receiver::e36(receiver));
    findings.extend(facts.licence.as_ref().and_then(|l| licence::e40(l, rules, &facts.limits.licence)));
    findings.extend(receiver::conflicts(receiver));
    findings
}

/// Whether the case may go on: nothing blocks except what was waived.
pub fn may_proceed(findings: &[Finding], waivers: &[Waiver]) -> bool {
    findings.iter().all(|f| !f.blocks() || waivers.iter().any(|w| w.covers(f)))
}
