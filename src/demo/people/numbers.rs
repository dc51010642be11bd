//! Identity numbers with valid check digits that belong to nobody: persons under the unassigned
//! area code 431199, organisations with invented bodies. The domain's own reader is asked which
//! check character fits.

use crate::domain::base::Day;
use crate::domain::base::identity::{CreditCode, ResidentId};
use crate::store::Fault;

/// The check characters of both kinds of number.
const CHECKS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The ID number of the `n`th person: a grown-up born in the seventies or eighties.
pub(super) fn resident(n: usize, today: Day) -> Result<String, Fault> {
    let (year, month, day) = (1971 + n % 19, 1 + n % 12, 1 + n * 7 % 28);
    let body = format!("431199{year}{month:02}{day:02}{:03}", 10 + n);
    let found = CHECKS.chars().map(|c| format!("{body}{c}")).find(|id| ResidentId::parse(id, today).is_ok());
    found.ok_or_else(|| Fault::Inconsistent(format!("no check character fits {body}")))
}

/// The credit code of the `n`th organisation or collective.
pub(super) fn credit(n: usize, collective: bool) -> Result<String, Fault> {
    let head = if collective { "N2431127MF" } else { "91431127MA" };
    let body = format!("{head}{:06}", 410_000 + n * 37);
    let pairs = CHECKS.chars().flat_map(|a| CHECKS.chars().map(move |b| (a, b)));
    let found = pairs.map(|(a, b)| format!("{body}{a}{b}")).find(|code| CreditCode::parse(code).is_ok());
    found.ok_or_else(|| Fault::Inconsistent(format!("no check characters fit {body}")))
}
