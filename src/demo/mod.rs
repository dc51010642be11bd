//! The demonstration county: one account for every role, made through the same acts as in real
//! service. `serve` never reaches this module.

mod people;

use std::path::Path;

use crate::context::App;
use crate::store::{Fault, Stop};

pub use people::DemoAccount;

/// Seeds an empty demonstration and writes `demo-accounts.json` into the data folder.
pub fn seed(app: &App) -> Result<Vec<DemoAccount>, Fault> {
    let accounts = people::seed(app).map_err(|stop| match stop {
        Stop::Refused(refusal) => Fault::Inconsistent(format!("the seed was refused: {refusal}")),
        Stop::Fault(fault) => fault,
    })?;
    write(&app.data, &accounts)?;
    Ok(accounts)
}

fn write(data: &Path, accounts: &[DemoAccount]) -> Result<(), Fault> {
    let text = serde_json::to_string_pretty(accounts).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    std::fs::write(data.join("demo-accounts.json"), text).map_err(|e| Fault::Files(e.to_string()))
}

/// The accounts of an earlier run.
pub fn accounts(data: &Path) -> Result<Vec<DemoAccount>, Fault> {
    let text = std::fs::read_to_string(data.join("demo-accounts.json")).map_err(|e| Fault::Files(e.to_string()))?;
    serde_json::from_str(&text).map_err(|e| Fault::Inconsistent(e.to_string()))
}
