//! Staff accounts; the first administrator by a one-time set-up code. The system administrator makes an account
//! without a post and without a password: its holder sets the password by an activation code that nobody else
//! sees, and the security administrator gives the post (`posts`).

use serde_json::json;

use super::login;
use super::parties::sealing;
use super::passwords;
use crate::context::{App, new_id};
use crate::crypto::password_policy::{Profile, weaknesses};
use crate::crypto::seal::Aad;
use crate::crypto::token::SpokenCode;
use crate::domain::actor::{Actor, Post, Reach, Role, Scope};
use crate::domain::base::identity::{Email, Phone, login_betrays, mask};
use crate::domain::base::ids::AccountId;
use crate::domain::permit::Area;
use crate::domain::refusal::{FieldFault, Refusal};
use crate::store::accounts::{self, Account};
use crate::store::views::people;
pub use crate::store::views::people::Sought;
use crate::store::{Fault, Stop};

const SETUP: &str = "setup_code";

/// What is typed to make a staff account.
#[derive(Clone, Debug, Default)]
pub struct NewStaff {
    /// Login.
    pub account: String,
    /// Name.
    pub name: String,
    /// Mobile telephone or mail address for one-time codes.
    pub address: String,
}

/// Makes a new set-up code and forgets the older one. Only while there is no account.
pub fn make_setup_code(app: &App) -> Result<String, Stop> {
    let code = SpokenCode::random().map_err(sealing)?;
    app.store.write(|tx| {
        if accounts::count(tx)? > 0 {
            return Err(Refusal::rule("SET_UP_ALREADY", "系统已经有账号，不能再用初始化码。", "").into());
        }
        tx.set_meta(SETUP, &code.hash().to_string())?;
        Ok(code.expose())
    })
}

/// Wrong set-up codes from one address before it waits.
const SETUP_FAILURES: i64 = 10;

/// Redeems the set-up code typed on the page: wrong ones are counted by address.
pub fn redeem_setup_code_from(
    app: &App,
    code: &str,
    first: &NewStaff,
    password: &str,
    ip: &str,
) -> Result<AccountId, Stop> {
    let key = format!("setup-ip:{ip}");
    login::wait(app, &key)?;
    let done = redeem_setup_code(app, code, first, password);
    let of_code = |stop: &Stop| matches!(stop, Stop::Refused(Refusal::Fields { faults }) if faults.iter().any(|f| f.field == "code"));
    if done.as_ref().is_err_and(of_code) {
        login::count(app, &key, SETUP_FAILURES)?;
    }
    done
}

/// Redeems the set-up code: makes the first system administrator.
pub fn redeem_setup_code(app: &App, code: &str, first: &NewStaff, password: &str) -> Result<AccountId, Stop> {
    let typed = SpokenCode::parse(code).map(|c| c.hash().to_string());
    let mut account = check(app, first, Some(password))?;
    account.password_hash = app.keys.passwords().hash(password).map_err(sealing)?;
    let done = app.store.write(|tx| {
        // The code is taken first: of two who have it, the second finds it used.
        let mine = match &typed {
            Some(typed) => accounts::count(tx)? == 0 && tx.swap_meta(SETUP, typed, "used")?,
            None => false,
        };
        if !mine {
            return Err(Refusal::field(
                "code",
                "初始化码不正确或已用过。请在服务器上运行 nongquan admin setup-code 重新生成。",
            )
            .into());
        }
        let now = app.clock.now();
        tx.insert_account(&account)?;
        let post = Post { role: Role::SystemAdmin, scope: Scope::County };
        tx.grant_post(new_id(), account.id, &post, None, now)?;
        let body = json!({ "role": post.role.code(), "by": null });
        tx.journal(now, "post.granted", &account.id.to_string(), body)?;
        Ok(())
    });
    done.map_err(taken)?;
    Ok(account.id)
}

/// An administrator makes a staff account. It has no post yet, and its holder sets the password by the activation
/// code that goes to the address typed here.
pub fn create(app: &App, actor: &Actor, new: &NewStaff) -> Result<AccountId, Stop> {
    if !Area::ManageAccounts.permits(actor) {
        return Err(Refusal::NotYours { who: Role::SystemAdmin.zh().into() }.into());
    }
    let account = check(app, new, None)?;
    let done = app.store.write_whole(|tx| {
        if accounts::by_login(tx, &account.login)?.is_some() {
            return Err(login_taken().into());
        }
        tx.insert_account(&account)?;
        let body = json!({ "by": actor.account.to_string() });
        tx.journal(app.clock.now(), "account.created", &account.id.to_string(), body)?;
        passwords::send_activation(app, tx, &account)
    });
    done.map_err(taken)?;
    Ok(account.id)
}

pub(super) fn login_taken() -> Refusal {
    Refusal::field("account", "这个账号已有人使用，请换一个")
}

/// Somebody else took the login between our look and our writing.
fn taken(stop: Stop) -> Stop {
    match stop {
        Stop::Fault(Fault::Duplicate(_)) => login_taken().into(),
        Stop::Fault(_) | Stop::Refused(_) => stop,
    }
}

/// Lets an account log in again, or not; its sessions end.
pub fn set_active(app: &App, actor: &Actor, id: AccountId, active: bool) -> Result<(), Stop> {
    if !Area::ManageAccounts.permits(actor) {
        return Err(Refusal::NotYours { who: Role::SystemAdmin.zh().into() }.into());
    }
    if id == actor.account {
        return Err(Refusal::rule("OWN_ACCOUNT", "不能停用自己的账号。", "").into());
    }
    let now = app.clock.now();
    app.store.write(|tx| {
        tx.claim_account(id)?.ok_or(Refusal::NotFound)?;
        tx.set_active(id, active)?;
        tx.delete_sessions_of(id)?;
        tx.journal(now, "account.active", &id.to_string(), json!({ "active": active }))?;
        Ok(())
    })
}

/// A telephone or mail address for codes as machines dial and send it, however it was typed.
pub(super) fn address(typed: &str) -> Result<String, FieldFault> {
    match (Email::parse(typed), Phone::parse(typed)) {
        (Ok(mail), _) => Ok(mail.as_str().to_owned()),
        (_, Ok(phone)) => Ok(phone.as_str().to_owned()),
        (Err(_), Err(_)) => Err(FieldFault::new("address", "请填写能收验证码的手机号或邮箱")),
    }
}

fn check(app: &App, new: &NewStaff, password: Option<&str>) -> Result<Account, Stop> {
    let mut faults = Vec::new();
    let login = new.account.trim().to_lowercase();
    if let Some(fault) = login::login_fault(&login) {
        faults.push(FieldFault::new("account", fault));
    }
    for weakness in password.into_iter().flat_map(|p| weaknesses(Profile::Staff, p, &[&login])) {
        faults.push(FieldFault::new("password", weakness.zh().to_string()));
    }
    let name = crate::domain::base::text::person_name(&new.name).unwrap_or_else(|e| {
        faults.push(FieldFault::new("name", e.zh()));
        String::new()
    });
    let address = address(&new.address).unwrap_or_else(|fault| {
        faults.push(fault);
        String::new()
    });
    if !faults.is_empty() {
        return Err(Refusal::Fields { faults }.into());
    }
    let id = AccountId(new_id());
    let aad = Aad { table: "accounts", column: "address_sealed", row: &id.to_string() };
    Ok(Account {
        id,
        login,
        password_hash: accounts::NO_PASSWORD.to_owned(),
        name,
        party: None,
        address_sealed: app.keys.sealer().seal(&aad, address.as_bytes()).map_err(sealing)?,
        active: true,
        created_at: app.clock.now(),
    })
}

/// A post as typed: a role of staff with the reach it needs.
pub(super) fn post(app: &App, role: &str, reach: &str) -> Result<Post, FieldFault> {
    let role = Role::from_code(role).filter(|r| *r != Role::Holder);
    let role = role.ok_or_else(|| FieldFault::new("role", "请选择岗位"))?;
    let scope = scope(app, role, reach);
    let scope = scope.ok_or_else(|| FieldFault::new("scope", "请选择这个岗位的管辖范围（乡镇、村或部门）"))?;
    Ok(Post { role, scope })
}

fn scope(app: &App, role: Role, typed: &str) -> Option<Scope> {
    match role.reach() {
        Reach::County => Some(Scope::County),
        Reach::Own => Some(Scope::Own),
        Reach::Department => typed.parse().ok().map(Scope::Department),
        Reach::Township => {
            let code = typed.split('/').next()?.parse().ok()?;
            app.market.divisions.township(code).map(|t| Scope::Township(t.code))
        }
        Reach::Village => {
            let (township, village) = typed.split_once('/')?;
            app.market.divisions.place(township.parse().ok()?, Some(village)).ok().map(Scope::Village)
        }
    }
}

/// An account as the administrator's list shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its id.
    pub id: AccountId,
    /// Login.
    pub login: String,
    /// Name; that of a holder of rights is masked.
    pub name: String,
    /// Posts in words.
    pub posts: String,
    /// May log in.
    pub active: bool,
}

/// The accounts: everybody who works here, and a page of the holders of rights.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Everybody who works here.
    pub staff: Vec<Listed>,
    /// The holders on this page.
    pub holders: Vec<Listed>,
    /// How many holders there are on all pages.
    pub total: i64,
    /// Whether another page follows.
    pub more: bool,
}

/// Holders of rights on a page of the list.
const HOLDERS: i64 = 50;

/// What an administrator looks for among the holders: part of a login, or a name, of which only the first
/// character is used and shown. A number of theirs is never looked for here: addresses end up in logs.
pub fn sought(typed: &str) -> Result<Sought, Refusal> {
    let typed = typed.trim().to_lowercase();
    if login_betrays(&typed) {
        let message = "这里不能用证件号码、手机号码或银行账号查找，请填账号或姓名的第一个字";
        return Err(Refusal::field("q", message));
    }
    Ok(match typed.chars().next() {
        None => Sought::All,
        Some(_) if typed.is_ascii() => Sought::Login(typed),
        Some(first) => Sought::Name(first),
    })
}

/// All staff with their posts, and the holders of rights that are sought, page by page from 1.
pub fn list(app: &App, actor: &Actor, of: &Sought, page: u32) -> Result<Listing, Stop> {
    if !Area::ManagePosts.permits(actor) {
        return Err(Refusal::NotYours { who: "系统管理员、安全管理员".into() }.into());
    }
    let offset = i64::from(page.max(1) - 1) * HOLDERS;
    let (staff, mut holders, total) = app.store.read(|db| {
        Ok((people::staff(db)?, people::holders(db, of, offset, HOLDERS + 1)?, people::count_holders(db, of)?))
    })?;
    let full = usize::try_from(HOLDERS).unwrap_or(usize::MAX);
    let more = holders.len() > full;
    holders.truncate(full);
    let listed = |line: people::Line| {
        let words: Vec<&str> = line.roles.iter().map(|role| role.zh()).collect();
        Listed { id: line.id, login: line.login, name: line.name, posts: words.join("、"), active: line.active }
    };
    let holders = holders.into_iter().map(listed);
    Ok(Listing {
        staff: staff.into_iter().map(listed).collect(),
        holders: holders.map(|l| Listed { name: mask::person_name(&l.name), ..l }).collect(),
        total,
        more,
    })
}
