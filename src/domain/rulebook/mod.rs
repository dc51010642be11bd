//! The settings of the rulebook (appendix A): typed, with floors, caps, effective dates and
//! citations. Values come from `catalog/rules.toml`; administrators override them in the
//! database; a published round reads only the snapshot that was frozen into it.

mod fees;
mod law;
mod listing;
mod load;
mod rules;
mod setting;
mod step;
pub mod words;

pub use fees::FeeFile;
pub use listing::{ListingLength, ListingQuery};
pub use load::{RuleFault, Rules};
pub use rules::*;
pub use setting::{MonthDay, SettingMeta};
pub use words::{
    AfterDefault, AmountBase, BidMode, FeePayer, FormationEvent, MemberLevel, NameMode, PriorityTie, RentChannel,
    RoutingLevel, zh,
};
