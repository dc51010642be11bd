//! New passwords: one's own by the old one, or by a one-time code to the registered telephone, which a counter or an
//! administrator ordered or which came with a new staff account. Nobody else ever sees or sets a password.

use serde_json::json;

use super::login::{count_failure, noted, wait};
use super::messages::{self, Say, Secret};
use super::parties::{self, sealing};
use crate::context::{App, new_id};
use crate::crypto::password_policy::{Profile, weaknesses};
use crate::crypto::token::SpokenCode;
use crate::domain::actor::Actor;
use crate::domain::base::ids::{AccountId, PartyId};
use crate::domain::permit::Area;
use crate::domain::refusal::{FieldFault, Refusal};
use crate::store::accounts::{self, Account};
use crate::store::{Stop, Tx};

const PURPOSE: &str = "password_reset";
const ATTEMPTS: i64 = 5;
/// Wrong codes from one address before it waits.
const ADDRESS_FAILURES: i64 = 10;

/// A new password as typed twice.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The new password.
    pub password: String,
    /// The same again.
    pub again: String,
}

fn faults(typed: &Typed, staff: bool, login: &str) -> Vec<FieldFault> {
    let profile = if staff { Profile::Staff } else { Profile::Public };
    let weak = weaknesses(profile, &typed.password, &[login]);
    let mut faults: Vec<FieldFault> = weak.iter().map(|w| FieldFault::new("password", w.zh())).collect();
    if typed.password != typed.again {
        faults.push(FieldFault::new("again", "两次输入的密码不一致"));
    }
    faults
}

/// Writes the new password and ends the account's sessions but for `kept`.
fn set(app: &App, tx: &mut Tx<'_>, id: AccountId, hash: &str, kept: Option<&str>) -> Result<(), Stop> {
    tx.set_password(id, hash)?;
    tx.delete_sessions_of_except(id, kept.unwrap_or_default())?;
    let say = Say {
        topic: "password",
        subject: "登录密码已修改".into(),
        body: "您的登录密码刚刚修改过，其他设备上的登录已全部退出。如果不是您本人修改的，请立即联系县中心。".into(),
        lot: None,
    };
    messages::to_account(app, tx, id, &say)?;
    tx.journal(app.clock.now(), "account.password", &id.to_string(), json!({}))?;
    Ok(())
}

/// Changes one's own password; the old one is asked for, whoever sits at the machine.
pub fn change(app: &App, actor: &Actor, session: &str, old: &str, typed: &Typed) -> Result<(), Stop> {
    let account = app.store.read(|db| accounts::find(db, actor.account))?.ok_or(Refusal::NotFound)?;
    let now = app.clock.real();
    let key = format!("password:{}", actor.account);
    wait(app, &key)?;
    if !app.keys.passwords().verify(old, &account.password_hash) {
        app.store.write(|tx| {
            count_failure(tx, &key, ATTEMPTS, now)?;
            tx.note_security(new_id(), now, Some(actor.account), "password_failed", "")?;
            Ok::<_, Stop>(())
        })?;
        return Err(Refusal::field("old", "现在的密码不正确").into());
    }
    let mut faults = faults(typed, actor.is_staff(), &account.login);
    if typed.password == old {
        faults.push(FieldFault::new("password", "新密码和现在的密码相同"));
    }
    if !faults.is_empty() {
        return Err(Refusal::Fields { faults }.into());
    }
    let hash = app.keys.passwords().hash(&typed.password).map_err(sealing)?;
    app.store.write(|tx| {
        tx.claim_account(actor.account)?.ok_or(Refusal::NotFound)?;
        set(app, tx, actor.account, &hash, Some(session))
    })
}

/// An administrator orders a code for a member of staff.
pub fn order_for_staff(app: &App, actor: &Actor, id: AccountId) -> Result<(), Stop> {
    if !Area::ManagePosts.permits(actor) {
        return Err(Refusal::NotYours { who: "系统管理员、安全管理员".into() }.into());
    }
    let account = app.store.read(|db| accounts::find(db, id))?.ok_or(Refusal::NotFound)?;
    if account.party.is_some() {
        let message = "权利人和竞买人忘记密码，须带证件到乡镇服务站或县中心窗口办理。";
        return Err(Refusal::rule("PARTY_ACCOUNT", message, "").into());
    }
    order(app, actor, &account)
}

/// The counter orders a code for a party whose identity papers it has seen.
pub fn order_for_party(app: &App, actor: &Actor, id: PartyId) -> Result<(), Stop> {
    if !Area::VerifyParties.permits(actor) {
        return Err(Refusal::NotYours { who: "乡镇服务站、受理登记岗".into() }.into());
    }
    let found = app.store.read(|db| {
        let party = crate::store::parties::find(db, id)?;
        Ok::<_, crate::store::Fault>(party.zip(accounts::of_party(db, id)?))
    })?;
    let (party, account) = found.ok_or(Refusal::NotFound)?;
    if !parties::reaches(actor, &party) {
        return Err(Refusal::NotFound.into());
    }
    order(app, actor, &account)
}

/// Sends a code by which the holder alone sets a password.
fn send(
    app: &App,
    tx: &mut Tx<'_>,
    account: AccountId,
    kind: Secret,
    subject: &str,
    body: impl Fn(&str) -> String,
) -> Result<(), Stop> {
    let code = SpokenCode::random().map_err(sealing)?;
    let now = app.clock.real();
    let stored = code.hash().to_string();
    tx.insert_code(new_id(), account, PURPOSE, "", &stored, now, now.plus_secs(kind.life_secs()))?;
    if messages::secret(app, tx, account, kind, subject, body(&code.expose()))? {
        Ok(())
    } else {
        let message = "这个账号没有登记手机号或邮箱，收不到重置码。";
        Err(Refusal::rule("NO_ADDRESS", message, "").into())
    }
}

/// The activation code of a new staff account, in the transaction that makes it.
pub(super) fn send_activation(app: &App, tx: &mut Tx<'_>, account: &Account) -> Result<(), Stop> {
    send(app, tx, account.id, Secret::Activation, "账号激活码", |code| {
        format!(
            "【蓝山农权】工作账号 {} 已建立，激活码 {code}，7 天内有效，只能用一次。请在登录页面点“忘记密码”，自己设定密码。任何人不会向您索要激活码。",
            account.login
        )
    })
}

fn order(app: &App, actor: &Actor, account: &Account) -> Result<(), Stop> {
    let now = app.clock.real();
    app.store.write(|tx| {
        send(app, tx, account.id, Secret::PasswordReset, "密码重置码", |code| {
            format!(
                "【蓝山农权】重置码 {code}，24 小时内有效，只能用一次。请在登录页面点“忘记密码”，自己设定新密码。工作人员不会向您索要重置码。"
            )
        })?;
        tx.note_security(new_id(), now, Some(actor.account), "password_reset_ordered", &account.id.to_string())?;
        Ok(())
    })
}

/// Redeems a code. Whether the account exists is not told: every wrong answer is the same.
pub fn redeem(app: &App, login: &str, code: &str, typed: &Typed, ip: &str) -> Result<(), Stop> {
    let now = app.clock.real();
    let key = format!("reset-ip:{ip}");
    wait(app, &key)?;
    let name: String = login.trim().to_lowercase().chars().take(64).collect();
    let found = app.store.read(|db| {
        let Some(account) = accounts::by_login(db, &name)? else { return Ok(None) };
        // Who works here has no party, also before the first post.
        let staff = account.party.is_none();
        Ok::<_, crate::store::Fault>(Some((account, staff)))
    })?;
    // The stricter rules for an unknown account, so that they tell nothing either.
    let faults = faults(typed, found.as_ref().is_none_or(|(_, staff)| *staff), &name);
    let typed_code = SpokenCode::parse(code).map(|c| c.hash().to_string());
    let hash = app.keys.passwords().hash(&typed.password).map_err(sealing)?;
    let done = app.store.write(|tx| {
        let Some((account, _)) = &found else { return Ok(false) };
        tx.claim_account(account.id)?.ok_or(Refusal::NotFound)?;
        let waiting = tx.try_code(account.id, PURPOSE, "")?;
        let Some(waiting) = waiting.filter(|w| w.expires_at > now && w.attempts <= ATTEMPTS) else { return Ok(false) };
        if typed_code.as_deref() != Some(waiting.stored.as_str()) || !account.active {
            return Ok(false);
        }
        if !faults.is_empty() {
            return Err(Refusal::Fields { faults: faults.clone() }.into());
        }
        tx.use_code(waiting.id, now)?;
        if !account.is_activated() {
            tx.set_password(account.id, &hash)?;
            tx.journal(app.clock.now(), "account.activated", &account.id.to_string(), json!({}))?;
        } else {
            set(app, tx, account.id, &hash, None)?;
        }
        Ok::<_, Stop>(true)
    })?;
    if done {
        return Ok(());
    }
    app.store.write(|tx| {
        count_failure(tx, &key, ADDRESS_FAILURES, now)?;
        tx.note_security(new_id(), now, None, "password_reset_failed", &format!("{} @ {ip}", noted(app, &name)))?;
        Ok::<_, Stop>(())
    })?;
    Err(Refusal::field("code", "账号或重置码不正确，或者重置码已过期、已用过。请核对短信；仍然不行请重新到窗口办理。")
        .into())
}
