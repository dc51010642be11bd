//! Which papers an application needs (rulebook 7.2).

use crate::category::{DocCode, DocFacts, DocRule, Side, Variety};
use crate::lot::{Ownership, Terms};

/// What the checklist depends on. `agent`: entered by somebody for the transferor.
/// `organisation`: the transferor is no natural person.
pub fn doc_facts(terms: &Terms, agent: bool, organisation: bool) -> DocFacts {
    DocFacts {
        outsider: !terms.members_only,
        sublet: terms.attributes.get("sublet").is_some_and(|v| v == "yes"),
        joint: false,
        priority: false,
        agent,
        organisation,
        sale: terms.mode.is_sale(),
        lease: terms.mode.is_lease(),
        member_decision: terms.ownership == Ownership::Collective,
    }
}

/// The titles of the papers that are needed and not there. The application itself (T01) is made
/// from the form, so it never misses.
pub fn missing(variety: &Variety, facts: DocFacts, there: &[String]) -> Vec<String> {
    let absent = |rule: &&DocRule| rule.must(facts) && rule.code != DocCode::T01 && !there.contains(&rule.key);
    variety.checklist(Side::Transferor, facts).filter(absent).map(|rule| rule.title.clone()).collect()
}
