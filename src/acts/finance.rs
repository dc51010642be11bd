//! The service fee's table under four eyes, and the ledger's own words (rulebook 5.6).

use serde_json::{Value, json};

use super::frozen;
use crate::context::{App, new_id};
use crate::crypto::suite::sm3;
use crate::domain::actor::Actor;
use crate::domain::base::{Day, Fen};
use crate::domain::funds::Account;
use crate::domain::funds::account::Side;
use crate::domain::funds::fee::{self, Fee, FeeTable, RawTable};
use crate::domain::lot::Lot;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::store::settings::{self, Setting};
use crate::store::{Fault, Read, Stop, ledger};

/// The fee table's name among the settings.
pub const FEE_TABLE: &str = "fee.table";

/// The fee table in force on a day: of those that two people approved and that have begun, the one that began last
/// (the later approval where two begin on one day); or the one the rules name (the demo county's sample). When a
/// table was proposed does not matter. `None` is 待确认.
///
/// # Errors
/// A stored table that cannot be read.
pub fn table(app: &App, db: &mut impl Read, today: Day) -> Result<Option<FeeTable>, Fault> {
    let mut begun = Vec::new();
    for s in settings::of_name(db, FEE_TABLE)?.into_iter().filter(|s| s.status == "approved") {
        let table: FeeTable =
            serde_json::from_str(&s.value).map_err(|e| Fault::Inconsistent(format!("settings.value: {e}")))?;
        let from = table.terms().effective_from;
        if from <= today {
            begun.push(((from, s.approved_at, s.id), table));
        }
    }
    if let Some((_, table)) = begun.into_iter().max_by_key(|(order, _)| *order) {
        return Ok(Some(table));
    }
    let demo = app.market.rules.is_demo();
    let file = app.market.fees.get(&app.market.rules.fee.table).filter(|f| demo || !f.demo_only);
    Ok(file.map(|f| f.table.clone()))
}

/// The service fee of a lot's deal by the table of its notice, charged to the transferee only; zero before
/// there is a result.
pub fn fee_of(app: &App, db: &mut impl Read, lot: &Lot) -> Result<Fee, Fault> {
    let (total, first) = lot.outcome.as_ref().map_or((Fen::ZERO, Fen::ZERO), |o| (o.total, o.first_year));
    let table = frozen::fees(app, db, lot.id, app.clock.now().day())?;
    Ok(fee::fee_of_deal(lot.variety.category(), total, first, table.as_ref()))
}

/// The trial balance: every account that ever moved, the sums by kind, and the sum over all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Accounts with their balances, by code.
    pub accounts: Vec<(Account, Fen)>,
    /// Kinds of accounts: heading, sum, how many.
    pub kinds: Vec<(&'static str, Fen, usize)>,
    /// The sum over all; anything but zero is a fault in the stored data.
    pub total: Fen,
}

impl Trial {
    /// Accounts that stand on the wrong side of zero.
    pub fn wrong_side(&self) -> impl Iterator<Item = &(Account, Fen)> {
        self.accounts.iter().filter(|(account, fen)| match account.side() {
            Side::Has => fen.0 < 0,
            Side::Owes => fen.0 > 0,
        })
    }
}

/// Draws the trial balance.
pub fn trial(db: &mut impl Read) -> Result<Trial, Fault> {
    let accounts = ledger::balances(db)?;
    let mut kinds: Vec<(&'static str, Fen, usize)> = Vec::new();
    for (account, fen) in &accounts {
        match kinds.iter_mut().find(|(name, _, _)| *name == account.zh()) {
            Some((_, sum, n)) => (*sum, *n) = (*sum + *fen, *n + 1),
            None => kinds.push((account.zh(), *fen, 1)),
        }
    }
    Ok(Trial { accounts, kinds, total: ledger::trial_balance(db)? })
}

fn need_settings(actor: &Actor) -> Result<(), Stop> {
    if Area::ManageSettings.permits(actor) {
        Ok(())
    } else {
        Err(Refusal::NotYours { who: "系统管理员、中心主任".into() }.into())
    }
}

/// Kinds of the leaves of a setting.
pub(crate) const PROPOSED: &str = "setting.proposed";
/// See [`PROPOSED`].
pub(crate) const DECIDED: &str = "setting.decided";

/// What the leaf of a proposal says: which row, from which day, and the SM3 of its value and of the words
/// of its approval document. Neither is a secret.
pub(crate) fn proposed_leaf(s: &Setting) -> Value {
    let hash = |text: &str| sm3(&[text.as_bytes()]).hex();
    json!({
        "setting": s.id.to_string(),
        "from": s.effective_from,
        "value": hash(&s.value),
        "document": hash(&s.document),
    })
}

/// Proposes a fee table with its approval document and first day.
pub fn propose(app: &App, actor: &Actor, raw: RawTable) -> Result<(), Stop> {
    need_settings(actor)?;
    let (document, from) = (raw.approval.trim().to_owned(), raw.effective_from);
    let table = FeeTable::try_from(raw).map_err(|e| Refusal::field("slices", e.to_string()))?;
    let value = serde_json::to_string(&table).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let now = app.clock.now();
    app.store.write(|tx| {
        let s = Setting {
            id: new_id(),
            name: FEE_TABLE.into(),
            value,
            document,
            effective_from: from.to_string(),
            proposed_by: actor.account,
            proposed_at: now,
            approved_by: None,
            approved_at: None,
            status: "proposed".into(),
        };
        tx.propose_setting(&s)?;
        tx.journal(now, PROPOSED, FEE_TABLE, proposed_leaf(&s))?;
        Ok(())
    })
}

/// The second person's answer.
pub fn decide(app: &App, actor: &Actor, id: uuid::Uuid, approve: bool) -> Result<(), Stop> {
    need_settings(actor)?;
    let now = app.clock.now();
    app.store.write(|tx| {
        let s = settings::find(tx, id)?.ok_or(Refusal::NotFound)?;
        if s.proposed_by == actor.account {
            return Err(Refusal::SameHand { did: "提出收费标准".into() }.into());
        }
        if !tx.decide_setting(id, approve, actor.account, now)? {
            let s = settings::find(tx, id)?.ok_or(Refusal::NotFound)?;
            return Err(super::decided::already(tx, s.approved_by, s.approved_at.unwrap_or(now))?.into());
        }
        let id = id.to_string();
        tx.journal(now, DECIDED, FEE_TABLE, json!({ "setting": id, "approved": approve }))?;
        Ok(())
    })
}
