//! The forms of the life cycle, each a plain struct; `Paper::from` makes the paper.

pub mod application;
pub mod approval;
pub mod archive;
pub mod bidder;
pub mod certification;
pub mod handover;
pub mod money;

use crate::{Fact, Party};

/// A fact from an optional value; an empty one is left out on the paper.
fn optional(label: &str, value: &Option<String>) -> Fact {
    Fact::new(label, value.clone().unwrap_or_default())
}

/// A party as labelled values.
fn party(label: &str, party: &Party) -> Vec<Fact> {
    vec![
        Fact::new(label, party.name.clone()),
        optional("主体类型", &party.kind),
        Fact::new(party.id_label.clone(), party.id_number.clone()),
        optional("法定代表人", &party.representative),
        optional("注册资本", &party.capital),
        optional("代理人", &party.agent),
        optional("住所", &party.address),
        optional("联系电话", &party.phone),
    ]
}

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(ToString::to_string).collect()
}
