//! The first administrator (issue item "People and permission"): a one-time code made on the
//! server's own command line, used once on the set-up page. There is no default account.

use serde_json::json;

use crate::context::{App, new_id};
use crate::crypto::mac::same;
use crate::crypto::password_policy::{Profile, weaknesses};
use crate::crypto::seal::Aad;
use crate::crypto::token::SpokenCode;
use crate::domain::actor::{Post, Role, Scope};
use crate::domain::base::ids::AccountId;
use crate::domain::refusal::{FieldFault, Refusal};
use crate::store::accounts::{self, Account};
use crate::store::{Fault, Stop, forms};

/// Where the code's hash stands in the database's own notes.
const NOTE: &str = "setup_code";
/// How long a code is good, in seconds.
const LIFE_SECS: i64 = 24 * 3600;
/// Wrong codes before a new one must be made.
const ATTEMPTS: u32 = 10;

fn broken<E: std::fmt::Display>(e: E) -> Stop {
    Stop::Fault(Fault::Setup(e.to_string()))
}

/// Makes a code, good for a day and for one administrator; an older one is void from now on.
pub fn make_code(app: &App) -> Result<String, Stop> {
    let code = SpokenCode::random().map_err(broken)?;
    let until = app.clock.real().plus_secs(LIFE_SECS).micros();
    app.store.write(|tx| Ok(tx.set_meta(NOTE, &format!("{} {until} 0", code.hash()))?))?;
    Ok(code.expose())
}

/// Whether a set-up code waits for its use.
pub fn waiting(app: &App) -> Result<bool, Stop> {
    let note = app.store.read(|db| forms::meta_value(db, NOTE))?.unwrap_or_default();
    Ok(!note.is_empty())
}

/// Creates the first system administrator with a code. `address` is a phone number or a mail
/// address for one-time codes and may be empty.
pub fn redeem(
    app: &App,
    code: &str,
    login: &str,
    name: &str,
    password: &str,
    address: &str,
) -> Result<AccountId, Stop> {
    let (login, name) = (login.trim().to_lowercase(), name.trim());
    check(&login, name, password)?;
    let hash = app.keys.passwords().hash(password).map_err(broken)?;
    let (real, id) = (app.clock.real(), AccountId(new_id()));
    let aad = Aad { table: "accounts", column: "address_sealed", row: &id.to_string() };
    let address_sealed = match address.trim() {
        "" => String::new(),
        address => app.keys.sealer().seal(&aad, address.as_bytes()).map_err(broken)?,
    };
    app.store.write(|tx| {
        use_code(tx, code, real)?;
        tx.nested(|tx| {
            if accounts::by_login(tx, &login)?.is_some() {
                return Err(Refusal::field("login", "这个账号名已经有人使用，请换一个。").into());
            }
            tx.set_meta(NOTE, "")?;
            tx.insert_account(&Account {
                id,
                login: login.clone(),
                password_hash: hash,
                name: name.to_owned(),
                party: None,
                address_sealed,
                active: true,
                created_at: app.clock.now(),
            })?;
            let post = Post { role: Role::SystemAdmin, scope: Scope::County };
            tx.grant_post(new_id(), id, &post, None, app.clock.now())?;
            tx.note_security(new_id(), real, Some(id), "setup", "first administrator")?;
            let body = json!({ "account": id.to_string(), "role": Role::SystemAdmin.code() });
            tx.journal(app.clock.now(), "post.granted", &id.to_string(), body)?;
            Ok(id)
        })
    })
}

/// Counts the attempt, also a wrong one; the note is claimed by writing it.
fn use_code(tx: &mut crate::store::Tx<'_>, typed: &str, now: crate::domain::base::Instant) -> Result<(), Stop> {
    let refuse = || {
        Refusal::field(
            "code",
            "设置码不正确或已失效。请在服务器上运行 nongquan admin setup-code 重新生成；多次输错也会作废。",
        )
    };
    let note = forms::meta_value(tx, NOTE)?.unwrap_or_default();
    let parts: Vec<&str> = note.split(' ').collect();
    let [stored, until, tries] = parts[..] else { return Err(refuse().into()) };
    let (until, tries) = (until.parse::<i64>().unwrap_or(0), tries.parse::<u32>().unwrap_or(ATTEMPTS));
    if now.micros() >= until || tries >= ATTEMPTS {
        return Err(refuse().into());
    }
    tx.set_meta(NOTE, &format!("{stored} {until} {}", tries + 1))?;
    let given = SpokenCode::parse(typed).map(|c| c.hash().to_string()).unwrap_or_default();
    if same(given.as_bytes(), stored.as_bytes()) { Ok(()) } else { Err(refuse().into()) }
}

fn check(login: &str, name: &str, password: &str) -> Result<(), Refusal> {
    let mut faults = Vec::new();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
    if !(3..=32).contains(&login.len()) || !login.chars().all(plain) {
        faults.push(FieldFault::new("login", "账号名用 3 至 32 个小写字母、数字、点、横线。"));
    }
    if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
        faults.push(FieldFault::new("name", "请填写姓名，最多 40 个字。"));
    }
    let weak = weaknesses(Profile::Staff, password, &[login, name]);
    faults.extend(weak.into_iter().map(|w| FieldFault::new("password", w.zh())));
    if faults.is_empty() { Ok(()) } else { Err(Refusal::Fields { faults }) }
}
