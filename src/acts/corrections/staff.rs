//! The telephone or mail address of somebody who works here: the system administrator proposes, the security
//! administrator asks the person and confirms.

use serde_json::json;

use super::{Answer, LOOKED_AT, New, Sheet, Shown, Values, answered, put, redirect, sheet, shown, words};
use crate::acts::messages::{self, Say};
use crate::acts::staff;
use crate::context::App;
use crate::domain::actor::{Actor, Role};
use crate::domain::base::ids::AccountId;
use crate::domain::permit::Area;
use crate::domain::refusal::{FieldFault, Refusal};
use crate::store::accounts::{self, Account};
use crate::store::corrections;
use crate::store::{Fault, Stop};

/// The leaf of a correction that holds.
const CORRECTED: &str = "account.corrected";

fn staff_only(account: Option<Account>) -> Result<Account, Refusal> {
    let account = account.ok_or(Refusal::NotFound)?;
    if account.party.is_some() {
        let message = "权利人和竞买人的联系方式由窗口凭原件更正。";
        return Err(Refusal::rule("PARTY_ACCOUNT", message, ""));
    }
    Ok(account)
}

fn reads(actor: &Actor) -> Result<(), Refusal> {
    if Area::CorrectStaff.permits(actor) || Area::ConfirmStaff.permits(actor) {
        Ok(())
    } else {
        Err(Refusal::NotYours { who: "系统管理员、安全管理员".into() })
    }
}

fn current(app: &App, account: &Account) -> Result<Values, Stop> {
    let address = messages::address_of(app, account)?;
    Ok(Values { phone: (!address.is_empty()).then_some(address), ..Values::default() })
}

/// The sheet of a staff account, for both administrators.
pub fn of_staff(app: &App, actor: &Actor, id: AccountId) -> Result<Sheet, Stop> {
    reads(actor)?;
    let account = staff_only(app.store.read(|db| accounts::find(db, id))?)?;
    let now = current(app, &account)?;
    app.store.read(|db| Ok(sheet(app, db, actor, &account, &now)))?
}

/// What waits for the security administrator, the oldest first.
pub fn waiting_staff(app: &App, actor: &Actor) -> Result<Vec<Shown>, Stop> {
    reads(actor)?;
    app.store.read(|db| {
        let stored = corrections::open(db, false)?;
        Ok(stored.into_iter().map(|c| shown(app, db, actor, c)).collect::<Result<Vec<_>, Stop>>())
    })?
}

/// The administrator who makes accounts proposes another address.
pub fn propose_for_staff(app: &App, actor: &Actor, id: AccountId, address: &str, note: &str) -> Result<(), Stop> {
    if !Area::CorrectStaff.permits(actor) {
        return Err(Refusal::NotYours { who: Role::SystemAdmin.zh().into() }.into());
    }
    let now = app.clock.now();
    app.store.write(|tx| {
        let account = staff_only(tx.claim_account(id)?)?;
        let before = current(app, &account)?;
        let same = |a: &String| before.phone.as_ref() == Some(a);
        let typed = staff::address(address).and_then(|a| match same(&a) {
            true => Err(FieldFault::new("address", "和现在登记的相同，不用更正")),
            false => Ok(a),
        });
        let (address, note) = match (typed, words(note, LOOKED_AT)) {
            (Ok(address), Ok(note)) => (address, note),
            (address, note) => {
                let faults = address.err().into_iter().chain(note.err()).collect();
                return Err(Refusal::Fields { faults }.into());
            }
        };
        let after = Values { phone: Some(address), ..Values::default() };
        let new = New { account: &account, party: None, before: &before, after: &after, document: None, note };
        put(app, tx, actor, new, now)
    })
}

/// The security administrator confirms what the person himself told him, or sends it back.
pub fn decide_for_staff(
    app: &App,
    actor: &Actor,
    id: AccountId,
    correction: uuid::Uuid,
    answer: &Answer,
) -> Result<(), Stop> {
    if !Area::ConfirmStaff.permits(actor) {
        return Err(Refusal::NotYours { who: Role::SecurityAdmin.zh().into() }.into());
    }
    let now = app.clock.now();
    app.store.write(|tx| {
        let account = staff_only(tx.claim_account(id)?)?;
        let stored = corrections::find(tx, correction)?;
        let stored = stored.filter(|c| c.party.is_none() && c.account == id).ok_or(Refusal::NotFound)?;
        let Some(after) = answered(app, tx, actor, &stored, answer, now)? else { return Ok(()) };
        let address = after.phone.as_deref().ok_or_else(|| Fault::Inconsistent("corrections.after_sealed".into()))?;
        let say = Say {
            topic: "correction",
            subject: "账号的联系方式已更正".into(),
            body: "【蓝山农权】您工作账号接收验证码的手机号或邮箱已更正，由两名管理员办理。如果不是您本人要求的，请立即联系县中心。"
                .into(),
            lot: None,
        };
        redirect(app, tx, &account, Some(address), &say)?;
        let number = correction.to_string();
        let body = json!({
            "correction": number,
            "by": [stored.proposed_by.to_string(), actor.account.to_string()],
            "values": after.commitments(app, CORRECTED, &number),
        });
        tx.journal(now, CORRECTED, &id.to_string(), body)?;
        Ok(())
    })
}
