//! Values every other module is made of: time, working days, money, area, ids,
//! numbering, identity codes, and text that a person typed.

pub mod area;
pub mod calendar;
pub mod datafile;
pub mod figures;
pub mod identity;
pub mod ids;
pub mod money;
pub mod numbering;
pub mod text;
pub mod time;
pub mod township;
pub mod words;

pub use area::Area;
pub use calendar::{Calendar, CloseTime, Unconfirmed};
pub use datafile::CatalogFault;
pub use money::Fen;
pub use time::{Day, Instant};
pub use township::TownshipCode;
