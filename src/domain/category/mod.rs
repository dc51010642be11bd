//! The catalogue of varieties (交易品种): the typed view of `catalog/varieties/`
//! (rulebook chapter 7). A new variety is a new file, no code: docs/adding-a-variety.md.

mod catalog;
mod check;
pub mod code;
pub mod departments;
pub mod documents;
pub mod fields;
mod file;
pub mod land;
pub mod method;
pub mod mode;
pub mod units;
pub mod variety;

pub use catalog::Catalog;
pub use code::{Category, VarietyCode};
pub use departments::{Consultation, Department, Registration};
pub use documents::{DocCode, DocFacts, DocRule, Side, When};
pub use fields::{Choice, FieldDef, FieldFault, FieldKind};
pub use land::{LandKind, LandSource};
pub use method::{Direction, Method, PriorityClass, SolePolicy};
pub use mode::{Mode, ModeKind};
pub use units::{Per, PriceUnit, QuantityUnit};
pub use variety::{
    Class, DecisionBody, DecisionRule, DecisionWhen, ListingRule, ReceiverRule, Receivers, TermRule, ValuationRule,
    Variety,
};
