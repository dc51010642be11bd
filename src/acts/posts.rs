//! Posts given and taken, sessions ended: what the administrators do to one account. Nobody does it
//! to himself, and every step is a leaf of the journal.

use serde_json::json;

use super::staff;
use crate::context::{App, new_id};
use crate::domain::actor::{Actor, Post, Role};
use crate::domain::base::ids::AccountId;
use crate::domain::permit::{Area, may_hold};
use crate::domain::refusal::Refusal;
use crate::store::accounts;
use crate::store::views::security;
use crate::store::{Fault, Read, Stop, Tx};

/// An account as its page shows it.
#[derive(Clone, Debug)]
pub struct Detail {
    /// Its id.
    pub id: AccountId,
    /// Login.
    pub login: String,
    /// Name.
    pub name: String,
    /// May log in.
    pub active: bool,
    /// Speaks for a party: its posts are not an administrator's business.
    pub of_party: bool,
    /// Posts.
    pub posts: Vec<Post>,
    /// Open logins.
    pub sessions: i64,
    /// The roles the reader may give it; empty when giving posts is not his.
    pub may_give: Vec<Role>,
}

fn gate(actor: &Actor) -> Result<(), Refusal> {
    if Area::ManagePosts.permits(actor) {
        Ok(())
    } else {
        Err(Refusal::NotYours { who: "系统管理员、安全管理员".into() })
    }
}

/// One account.
pub fn detail(app: &App, actor: &Actor, id: AccountId) -> Result<Detail, Stop> {
    gate(actor)?;
    let now = app.clock.real();
    let found = app.store.read(|db| {
        let Some(account) = accounts::find(db, id)? else { return Ok(None) };
        let posts = accounts::posts_of(db, id)?;
        let sessions = security::open_sessions(db, id, now)?;
        let roles = Role::ALL.iter().copied().filter(|role| *role != Role::Holder);
        let mut may_give = Vec::new();
        for role in roles {
            if may_grant(db, actor, role)?.is_ok() {
                may_give.push(role);
            }
        }
        Ok::<_, crate::store::Fault>(Some((account, posts, sessions, may_give)))
    })?;
    let (account, posts, sessions, may_give) = found.ok_or(Refusal::NotFound)?;
    Ok(Detail {
        id,
        login: account.login,
        name: account.name,
        active: account.active,
        of_party: account.party.is_some(),
        posts,
        sessions,
        may_give,
    })
}

/// Whether the caller may give this role. Posts are the security administrator's to give. Only while there has been
/// none does the system administrator give one post, that of the security administrator; what he could then give
/// himself is a second account without any hand in a case.
fn may_grant(db: &mut impl Read, actor: &Actor, role: Role) -> Result<Result<(), Refusal>, Fault> {
    if Area::GrantPosts.permits(actor) {
        return Ok(Ok(()));
    }
    let first = role == Role::SecurityAdmin && Area::ManageAccounts.permits(actor);
    if first && !accounts::is_held(db, Role::SecurityAdmin)? {
        return Ok(Ok(()));
    }
    Ok(Err(Refusal::NotYours { who: Role::SecurityAdmin.zh().into() }))
}

fn another(actor: &Actor, id: AccountId) -> Result<(), Refusal> {
    if actor.account == id {
        let message = "不能给自己授予或撤销岗位，请由另一位管理员办理。";
        return Err(Refusal::rule("OWN_ACCOUNT", message, ""));
    }
    Ok(())
}

/// A claimed staff account with its posts. Accounts of parties stay what they are.
fn claim(tx: &mut Tx<'_>, id: AccountId) -> Result<Vec<Post>, Stop> {
    let account = tx.claim_account(id)?.ok_or(Refusal::NotFound)?;
    if account.party.is_some() {
        return Err(Refusal::rule("PARTY_ACCOUNT", "权利人和竞买人的账号不能任工作岗位，请另建账号。", "").into());
    }
    Ok(accounts::posts_of(tx, id)?)
}

/// Gives an account another post.
pub fn grant(app: &App, actor: &Actor, id: AccountId, role: &str, scope: &str) -> Result<(), Stop> {
    gate(actor)?;
    another(actor, id)?;
    let post = staff::post(app, role, scope).map_err(|fault| Refusal::Fields { faults: vec![fault] })?;
    let now = app.clock.now();
    app.store.write(|tx| {
        may_grant(tx, actor, post.role)??;
        let held = claim(tx, id)?;
        if held.contains(&post) {
            return Err(Refusal::field("role", "这个账号已经有这个岗位").into());
        }
        may_hold(&held.iter().map(|p| p.role).collect::<Vec<_>>(), post.role)?;
        tx.grant_post(new_id(), id, &post, Some(actor.account), now)?;
        let body = json!({ "role": post.role.code(), "by": actor.account.to_string() });
        tx.journal(now, "post.granted", &id.to_string(), body)?;
        Ok(())
    })
}

/// Takes a role from an account; it ends at once, also where the person is logged in.
pub fn revoke(app: &App, actor: &Actor, id: AccountId, role: &str) -> Result<(), Stop> {
    if !Area::GrantPosts.permits(actor) {
        return Err(Refusal::NotYours { who: Role::SecurityAdmin.zh().into() }.into());
    }
    another(actor, id)?;
    let role = Role::from_code(role).ok_or(Refusal::NotFound)?;
    let now = app.clock.now();
    app.store.write(|tx| {
        let _ = claim(tx, id)?;
        if tx.revoke_posts(id, role, now)? == 0 {
            return Err(
                Refusal::rule("NO_SUCH_POST", "这个账号没有这个岗位，可能刚刚已被撤销，请刷新页面。", "").into()
            );
        }
        tx.delete_sessions_of(id)?;
        let body = json!({ "role": role.code(), "by": actor.account.to_string() });
        tx.journal(now, "post.revoked", &id.to_string(), body)?;
        Ok(())
    })
}

/// Ends all logins of an account.
pub fn end_sessions(app: &App, actor: &Actor, id: AccountId) -> Result<(), Stop> {
    gate(actor)?;
    let real = app.clock.real();
    app.store.write(|tx| {
        tx.claim_account(id)?.ok_or(Refusal::NotFound)?;
        tx.delete_sessions_of(id)?;
        tx.note_security(new_id(), real, Some(actor.account), "sessions_ended", &id.to_string())?;
        Ok(())
    })
}

/// A page of the security log.
pub fn security_log(app: &App, actor: &Actor, before: Option<&str>) -> Result<Vec<security::Noted>, Stop> {
    if !Area::ReadSecurityLog.permits(actor) {
        return Err(Refusal::NotYours { who: "安全审计员、安全管理员".into() }.into());
    }
    Ok(app.store.read(|db| security::log(db, before, LOG_PAGE + 1))?)
}

/// Lines on a page of the security log.
pub const LOG_PAGE: i64 = 100;

/// A form that was sent without being allowed, or out of turn, is on the security log.
pub fn note_refused(app: &App, account: AccountId, path: &str, status: u16) -> Result<(), Stop> {
    let at = app.clock.real();
    let detail = format!("提交 {path}，答复 {status}");
    app.store.write(|tx| Ok(tx.note_security(new_id(), at, Some(account), "post_refused", &detail)?))
}
