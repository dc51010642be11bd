//! The draft of an application: one bag of texts, asked topic by topic. A field's name starts
//! with its topic's letter: `o.title`, `f.depth`, `p.price`.

use std::collections::BTreeMap;

use crate::base::words::words;
use crate::category::{DecisionWhen, FieldDef, Variety};
use crate::lot::Ownership;

/// What was typed, by field name; several ticks of one question are joined by commas.
pub type Draft = BTreeMap<String, String>;

words! {
    /// A topic of the application form: one page each.
    Topic {
        Object = "object", "标的基本情况";
        Variety = "variety", "品种信息";
        Title = "title", "权属与用途";
        Price = "price", "流转方式、价格与期限";
        Decision = "decision", "集体决策";
        Conditions = "conditions", "受让条件与披露";
    }
}

impl Topic {
    /// The first letter of its fields' names.
    pub const fn letter(self) -> &'static str {
        match self {
            Topic::Object => "o.",
            Topic::Variety => "f.",
            Topic::Title => "u.",
            Topic::Price => "p.",
            Topic::Decision => "d.",
            Topic::Conditions => "c.",
        }
    }

    /// The topic a field belongs to.
    pub fn of(field: &str) -> Option<Topic> {
        Topic::ALL.iter().copied().find(|t| field.starts_with(t.letter()))
    }
}

/// The variety's own fields that the form asks: what another topic asks already is left out.
pub fn asked_fields(variety: &Variety) -> impl Iterator<Item = &FieldDef> {
    variety.fields.iter().filter(|f| f.key != "boundaries")
}

/// Whether the general form asks something, because the variety has no field for it.
pub fn asks(variety: &Variety, key: &str) -> bool {
    variety.field(key).is_none()
}

/// Whether the collective must have decided (rulebook 6.6), as far as the draft tells.
pub fn decision_needed(variety: &Variety, ownership: Ownership, members_only: bool) -> bool {
    match variety.decision.when {
        DecisionWhen::Never => false,
        DecisionWhen::Always => true,
        DecisionWhen::CollectiveOwned => ownership == Ownership::Collective,
        DecisionWhen::Outsider => ownership == Ownership::Collective && !members_only,
    }
}
