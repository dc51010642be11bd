//! What the demonstration's start page tells. Real service has none of it.

use serde::{Deserialize, Serialize};

use crate::context::App;
use crate::domain::base::Instant;
use crate::domain::refusal::Refusal;
use crate::store::{Fault, Stop, Tx, forms};

/// An account of the demonstration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccount {
    /// What it can do.
    pub role: String,
    /// Its person's name.
    pub name: String,
    /// Login.
    pub account: String,
    /// Password.
    pub password: String,
}

/// The file in the data folder that lists the accounts.
pub const ACCOUNTS: &str = "demo-accounts.json";
const PROGRESS: &str = "demo_seed";
const WISH: &str = "demo_forward";

/// How far the seed is: the keys of projects that stand, and how many there will be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Keys of projects that stand.
    pub done: Vec<String>,
    /// How many there will be.
    pub total: usize,
}

impl Progress {
    /// Everything stands.
    pub fn complete(&self) -> bool {
        self.total > 0 && self.done.len() >= self.total
    }
}

/// The accounts of the demonstration.
pub fn accounts(app: &App) -> Result<Vec<DemoAccount>, Stop> {
    let text = std::fs::read_to_string(app.data.join(ACCOUNTS)).map_err(|e| Fault::Files(e.to_string()))?;
    Ok(serde_json::from_str(&text).map_err(|e| Fault::Inconsistent(format!("{ACCOUNTS}: {e}")))?)
}

/// Writes the list of accounts into the data folder.
pub fn list_accounts(app: &App, accounts: &[DemoAccount]) -> Result<(), Stop> {
    let text = serde_json::to_string_pretty(accounts).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    Ok(std::fs::write(app.data.join(ACCOUNTS), text).map_err(|e| Fault::Files(e.to_string()))?)
}

/// How far the seed is.
pub fn progress(app: &App) -> Result<Progress, Stop> {
    let Some(text) = app.store.read(|db| forms::meta_value(db, PROGRESS))? else { return Ok(Progress::default()) };
    Ok(serde_json::from_str(&text).map_err(|e| Fault::Inconsistent(format!("meta.{PROGRESS}: {e}")))?)
}

/// Notes how far the seed is.
pub fn note_progress(app: &App, progress: &Progress) -> Result<(), Stop> {
    let text = serde_json::to_string(progress).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    app.store.write(|tx: &mut Tx<'_>| Ok(tx.set_meta(PROGRESS, &text)?))
}

/// Wishes business time forward to 9:00 of the next working day after today, or after the day wished
/// for already. It moves once no room is open: a room always runs at 1×.
pub fn wish_forward(app: &App) -> Result<Instant, Stop> {
    if !app.config.mode.is_demo() {
        return Err(Refusal::NotFound.into());
    }
    let from = wished(app)?.map_or(app.clock.now(), |wish| wish.max(app.clock.now()));
    let day = app.market.calendar.next_working_day(from.day());
    let to = day.map_err(|e| Refusal::CalendarUnconfirmed { year: e.year })?.at(9, 0);
    app.store.write(|tx| Ok::<_, Stop>(tx.set_meta(WISH, &to.micros().to_string())?))?;
    Ok(to)
}

/// Where business time is wished to be; `None` when it is there.
pub fn wished(app: &App) -> Result<Option<Instant>, Stop> {
    let text = app.store.read(|db| forms::meta_value(db, WISH))?;
    let wish = text.and_then(|t| t.parse().ok()).map(Instant::from_micros);
    Ok(wish.filter(|wish| *wish > app.clock.now()))
}
