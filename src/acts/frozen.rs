//! The law of a case: from publication on the rules, the variety and the fee table that its notice
//! froze, whatever the settings and the catalogue say later (rulebook 0.3).

use serde::{Deserialize, Serialize};

use super::finance;
use crate::context::App;
use crate::domain::base::Day;
use crate::domain::base::ids::LotId;
use crate::domain::category::{Variety, VarietyCode};
use crate::domain::funds::FeeTable;
use crate::domain::lot::Lot;
use crate::domain::rulebook::Rules;
use crate::store::rounds::{self, Round};
use crate::store::{Fault, Read};

/// What `rounds.snapshot` holds. Each part is the canonical text of its own type, so that the hash
/// of the whole does not depend on how JSON is nested.
#[derive(Debug, Serialize, Deserialize)]
struct Snapshot {
    rules: String,
    variety: String,
    /// Absent in rounds that were published before notices froze it.
    fees: Option<FrozenFees>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FrozenFees {
    /// No table was in force: no fee is charged, whatever is approved later.
    NoTable,
    Table(String),
}

fn wrong(what: impl std::fmt::Display) -> Fault {
    Fault::Inconsistent(format!("rounds.snapshot: {what}"))
}

/// The text that a notice published now freezes.
///
/// # Errors
/// A fee table that cannot be written.
pub fn snapshot(rules: &Rules, variety: &Variety, fees: Option<&FeeTable>) -> Result<String, Fault> {
    let fees = match fees {
        Some(table) => FrozenFees::Table(serde_json::to_string(table).map_err(wrong)?),
        None => FrozenFees::NoTable,
    };
    let whole = Snapshot { rules: rules.canonical_json(), variety: variety.canonical_json(), fees: Some(fees) };
    serde_json::to_string(&whole).map_err(wrong)
}

fn read(notice: &Round) -> Result<Snapshot, Fault> {
    serde_json::from_str(&notice.snapshot).map_err(wrong)
}

/// The rules frozen with the lot's latest notice; today's before there is one.
///
/// # Errors
/// A stored snapshot that cannot be read.
pub fn rules(app: &App, db: &mut impl Read, lot: LotId) -> Result<Rules, Fault> {
    of(app, rounds::latest(db, lot)?.as_ref())
}

/// The rules frozen with a notice; today's without one.
pub fn of(app: &App, notice: Option<&Round>) -> Result<Rules, Fault> {
    let Some(notice) = notice else { return Ok(app.market.rules.clone()) };
    app.market
        .rules
        .from_snapshot(&read(notice)?.rules)
        .map_err(|faults| wrong(faults.iter().map(|f| format!("{} {}", f.key, f.fault)).collect::<Vec<_>>().join("; ")))
}

/// The variety frozen with the lot's latest notice; today's before there is one.
///
/// # Errors
/// A stored snapshot that cannot be read, or a variety that is not in the catalogue.
pub fn variety(app: &App, db: &mut impl Read, lot: &Lot) -> Result<Variety, Fault> {
    variety_of(app, rounds::latest(db, lot.id)?.as_ref(), lot.variety)
}

/// The variety frozen with a notice; today's of this code without one.
pub fn variety_of(app: &App, notice: Option<&Round>, code: VarietyCode) -> Result<Variety, Fault> {
    match notice {
        Some(notice) => Variety::from_snapshot(&read(notice)?.variety).map_err(wrong),
        None => today(app, code).cloned(),
    }
}

/// The catalogue's entry as it is today: what a notice that is still to be published will freeze.
///
/// # Errors
/// A variety that is not in the catalogue.
pub fn today(app: &App, code: VarietyCode) -> Result<&Variety, Fault> {
    let variety = app.market.catalog.get(code);
    variety.ok_or_else(|| Fault::Inconsistent(format!("variety {code} is not in the catalogue")))
}

/// The fee table frozen with the lot's latest notice; that of `day` before there is one, and for
/// rounds that froze none.
///
/// # Errors
/// A stored snapshot that cannot be read.
pub fn fees(app: &App, db: &mut impl Read, lot: LotId, day: Day) -> Result<Option<FeeTable>, Fault> {
    let frozen = rounds::latest(db, lot)?.map(|notice| read(&notice)).transpose()?.and_then(|s| s.fees);
    match frozen {
        Some(FrozenFees::Table(text)) => serde_json::from_str(&text).map(Some).map_err(wrong),
        Some(FrozenFees::NoTable) => Ok(None),
        None => finance::table(app, db, day),
    }
}
