//! The rules that a case is judged by: from publication on those of its notice, whatever the
//! settings say later (rulebook 0.3).

use crate::context::App;
use crate::domain::base::ids::LotId;
use crate::domain::rulebook::Rules;
use crate::store::rounds::{self, Round};
use crate::store::{Fault, Read};

/// The rules frozen with the lot's latest notice; today's before there is one.
///
/// # Errors
/// A stored snapshot that cannot be read.
pub fn rules(app: &App, db: &mut impl Read, lot: LotId) -> Result<Rules, Fault> {
    of(app, rounds::latest(db, lot)?.as_ref())
}

/// The rules frozen with a notice; today's without one.
pub fn of(app: &App, notice: Option<&Round>) -> Result<Rules, Fault> {
    match notice {
        Some(round) => of_snapshot(app, &round.snapshot),
        None => Ok(app.market.rules.clone()),
    }
}

fn of_snapshot(app: &App, snapshot: &str) -> Result<Rules, Fault> {
    let wrong = |what: String| Fault::Inconsistent(format!("rounds.snapshot: {what}"));
    let whole: serde_json::Value = serde_json::from_str(snapshot).map_err(|e| wrong(e.to_string()))?;
    let text = whole.get("rules").and_then(|v| v.as_str()).ok_or_else(|| wrong("no rules".into()))?;
    app.market
        .rules
        .from_snapshot(text)
        .map_err(|faults| wrong(faults.iter().map(|f| format!("{} {}", f.key, f.fault)).collect::<Vec<_>>().join("; ")))
}
