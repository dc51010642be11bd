//! Logging in and out. Errors are the same for an unknown account and a wrong password, failures
//! are throttled by account and by address, and real time counts, never the demo clock.

use crate::context::App;
use crate::crypto::token::Token;
use crate::domain::actor::Actor;
use crate::domain::base::Instant;
use crate::domain::base::identity::{LOGIN_BETRAYS, login_betrays};
use crate::domain::base::ids::AccountId;
use crate::domain::refusal::{FieldFault, Refusal};
use crate::store::accounts::{self, Account, Session};
use crate::store::{Fault, Stop};

/// The code of a refusal that says no more than that login and password do not belong together.
pub(super) const FAILED: &str = "LOGIN_FAILED";
/// Failures of one account before it waits.
const ACCOUNT_FAILURES: i64 = 5;
/// Failures of one address before it waits: several people share one.
const ADDRESS_FAILURES: i64 = 30;
/// Window and wait in seconds.
const WINDOW_SECS: i64 = 15 * 60;

/// A living session.
#[derive(Clone, Debug)]
pub struct Signed {
    /// Who.
    pub actor: Actor,
    /// The login's name.
    pub login: String,
    /// Anti-forgery token.
    pub csrf: String,
    /// Hash of the session token.
    pub token_hash: String,
}

/// What is wrong with a login somebody chooses, if anything.
pub(super) fn login_fault(login: &str) -> Option<&'static str> {
    let fits = (4..=32).contains(&login.chars().count())
        && login.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    match fits {
        false => Some("账号用 4 到 32 个英文字母、数字、点、横线或下划线"),
        true => login_betrays(login).then_some(LOGIN_BETRAYS),
    }
}

/// A typed login as throttles and the log keep it. Who types his ID or telephone number as a login does not find
/// it there in clear: a keyed tag stands for it, the same for the same number.
pub(super) fn noted(app: &App, name: &str) -> String {
    if login_betrays(name) {
        let tag: String = app.keys.sealer().lookup("login", name).chars().take(16).collect();
        format!("（号码 {tag}）")
    } else {
        name.to_owned()
    }
}

/// Refuses while a throttle is closed.
pub(super) fn wait(app: &App, key: &str) -> Result<(), Stop> {
    let now = app.clock.real();
    match app.store.read(|db| accounts::throttle(db, key))? {
        Some((_, _, Some(until))) if until > now => {
            Err(Refusal::TooMany { wait_secs: until.ms_since(now) / 1_000 + 1 }.into())
        }
        _ => Ok(()),
    }
}

/// Counts a try at a throttle in a transaction of its own, after [`wait`] let it through.
pub(super) fn count(app: &App, key: &str, most: i64) -> Result<(), Stop> {
    let now = app.clock.real();
    app.store.write(|tx| Ok(count_failure(tx, key, most, now)?))
}

/// Checks account and password and opens a session; gives the token for the cookie.
pub fn login(app: &App, account: &str, password: &str, ip: &str) -> Result<Token, Stop> {
    let now = app.clock.real();
    let empty = [("account", account.trim(), "请填写账号"), ("password", password, "请填写密码")];
    let faults = empty.iter().filter(|(_, typed, _)| typed.is_empty()).map(|(f, _, say)| FieldFault::new(*f, *say));
    let faults: Vec<FieldFault> = faults.collect();
    if !faults.is_empty() {
        return Err(Refusal::Fields { faults }.into());
    }
    let account = prove(app, (account, password), ip, None)?;
    let token = Token::random().map_err(crypto)?;
    let csrf = Token::random().map_err(crypto)?;
    app.store.write(|tx| {
        let actor = accounts::actor(tx, &account)?;
        let limits = if actor.is_staff() { app.config.sessions.staff } else { app.config.sessions.public };
        tx.insert_session(
            &token.hash().to_string(),
            &Session {
                account: account.id,
                csrf: csrf.expose().to_owned(),
                created_at: now,
                seen_at: now,
                expires_at: now.plus_secs(i64::try_from(limits.whole.as_secs()).unwrap_or(0)),
            },
        )?;
        tx.note_security(crate::context::new_id(), now, Some(account.id), "login", ip)?;
        Ok(())
    })?;
    Ok(token)
}

/// The account whose login and password these are. Wherever a password proves who somebody is without a session of
/// his own, it is this that looks at it. `asker` is the account that asks for another one's; `None` for a log-in.
///
/// # Errors
/// `TooMany` while the throttle of the account or of the address is closed, [`FAILED`] for an unknown or closed
/// account and a wrong password alike.
pub(super) fn prove(
    app: &App,
    (login, password): (&str, &str),
    ip: &str,
    asker: Option<AccountId>,
) -> Result<Account, Stop> {
    let now = app.clock.real();
    // No login is longer; what is typed is a key below and must not fill tables.
    let name: String = login.trim().to_lowercase().chars().take(64).collect();
    let noted = noted(app, &name);
    let keys = [(format!("login:{noted}"), ACCOUNT_FAILURES), (format!("login-ip:{ip}"), ADDRESS_FAILURES)];
    // A try counts before the password is looked at: of many at the same moment no more pass than may fail.
    app.store.write(|tx| {
        for (key, _) in &keys {
            if let Some(until) = tx.claim_throttle(key, now)?.filter(|until| *until > now) {
                return Err(Refusal::TooMany { wait_secs: until.ms_since(now) / 1_000 + 1 }.into());
            }
        }
        for (key, most) in &keys {
            count_failure(tx, key, *most, now)?;
        }
        Ok(())
    })?;
    let found = app.store.read(|db| accounts::by_login(db, &name))?;
    let passed = match &found {
        Some(a) => app.keys.passwords().verify(password, &a.password_hash) && a.active,
        None => app.keys.passwords().verify_nobody(password),
    };
    let Some(account) = found.filter(|_| passed) else {
        let kind = if asker.is_some() { "second_person_failed" } else { "login_failed" };
        let detail = format!("{noted} @ {ip}");
        app.store.write(|tx| Ok(tx.note_security(crate::context::new_id(), now, asker, kind, &detail)?))?;
        return Err(
            Refusal::rule(FAILED, "账号或密码不正确。请核对后再试；忘记密码请带证件到乡镇服务站重置。", "").into()
        );
    };
    let [(of_account, _), (of_address, most)] = &keys;
    app.store.write(|tx| {
        tx.clear_throttle(of_account)?;
        Ok(tx.uncount_failure(of_address, *most)?)
    })?;
    Ok(account)
}

pub(super) fn count_failure(tx: &mut crate::store::Tx<'_>, key: &str, most: i64, now: Instant) -> Result<(), Fault> {
    tx.count_failure(key, now, now.plus_secs(-WINDOW_SECS), most, now.plus_secs(WINDOW_SECS))
}

/// The session behind a token, when it still lives. Marks it as used at most once a minute.
pub fn resume(app: &App, token: &Token) -> Result<Option<Signed>, Stop> {
    let now = app.clock.real();
    let hash = token.hash().to_string();
    let found = app.store.read(|db| {
        let Some(session) = accounts::session(db, &hash)? else { return Ok(None) };
        let Some(account) = accounts::find(db, session.account)? else { return Ok(None) };
        let actor = accounts::actor(db, &account)?;
        Ok(Some((session, account, actor)))
    })?;
    let Some((session, account, actor)) = found else { return Ok(None) };
    let limits = if actor.is_staff() { app.config.sessions.staff } else { app.config.sessions.public };
    let idle_ms = i64::try_from(limits.idle.as_millis()).unwrap_or(0);
    if !account.active || session.expires_at <= now || now.ms_since(session.seen_at) > idle_ms {
        app.store.write(|tx| Ok(tx.delete_session(&hash)?))?;
        return Ok(None);
    }
    if now.ms_since(session.seen_at) > 60_000 {
        app.store.write(|tx| Ok(tx.touch_session(&hash, now)?))?;
    }
    Ok(Some(Signed { actor, login: account.login, csrf: session.csrf, token_hash: hash }))
}

/// Ends a session.
pub fn logout(app: &App, signed: &Signed) -> Result<(), Stop> {
    app.store.write(|tx| Ok(tx.delete_session(&signed.token_hash)?))
}

fn crypto<E: std::fmt::Display>(e: E) -> Stop {
    Stop::Fault(Fault::Setup(format!("随机数不可用：{e}")))
}

/// The caller behind an account, for acts that the program itself calls in somebody's name.
pub fn actor_of(app: &App, id: AccountId) -> Result<Actor, Stop> {
    let actor = app.store.read(|db| match accounts::find(db, id)? {
        Some(account) => Ok(Some(accounts::actor(db, &account)?)),
        None => Ok(None),
    })?;
    Ok(actor.ok_or(Refusal::NotFound)?)
}
