//! People of a test: staff made by the first administrator, parties that registered themselves.

use nongquan::acts::login::{self, Signed};
use nongquan::acts::parties::{self, Registration};
use nongquan::acts::posts;
use nongquan::acts::staff::{self, NewStaff};
use nongquan::acts::{messages, passwords};
use nongquan::context::App;
use nongquan::domain::actor::{Actor, Reach, Role};
use nongquan::store::{accounts, outbox};

use super::World;

/// Everybody's password.
pub const PASSWORD: &str = "Lu-Ming_Chun2026!";
/// The township the tests are at home in: 塔峰镇.
pub const TOWNSHIP: &str = "431127100";
/// A village there.
pub const VILLAGE: &str = "界头村";

/// Who a login is.
pub fn actor(app: &App, account: &str) -> Actor {
    signed(app, account).actor
}

fn signed(app: &App, account: &str) -> Signed {
    let token = login::login(app, account, PASSWORD, "127.0.0.1").expect("the password is right");
    login::resume(app, &token).expect("the session can be read").expect("the session lives")
}

/// Sets the exchange up: the first administrator, called `admin`.
pub fn admin(world: &World) -> Actor {
    let code = staff::make_setup_code(&world.app).expect("nobody is there yet");
    staff::redeem_setup_code(&world.app, &code, &typed("admin"), PASSWORD).expect("the first administrator");
    actor(&world.app, "admin")
}

/// A staff account whose login is the role's stored name, with reach over 塔峰镇, 界头村 or the
/// agriculture department where the role needs one.
pub fn staff(world: &World, admin: &Actor, role: Role) -> String {
    let login = role.code().replace('_', "-");
    let scope = match role.reach() {
        Reach::Township => TOWNSHIP.to_owned(),
        Reach::Village => format!("{TOWNSHIP}/{VILLAGE}"),
        Reach::Department => "agriculture".to_owned(),
        Reach::Own | Reach::County => String::new(),
    };
    hire(&world.app, admin, &login, role, &scope);
    login
}

/// The login of who gives the posts; made with the first of the staff.
const SECURITY: &str = "security-admin";

/// Who gives the posts.
pub fn security(app: &App, admin: &Actor) -> Actor {
    if app.store.read(|db| accounts::by_login(db, SECURITY)).expect("read").is_none() {
        let id = staff::create(app, admin, &typed(SECURITY)).expect("the security administrator");
        posts::grant(app, admin, id, Role::SecurityAdmin.code(), "").expect("the first post");
        activate(app, SECURITY, PASSWORD);
    }
    let id = app.store.read(|db| accounts::by_login(db, SECURITY)).expect("read").expect("made").id;
    login::actor_of(app, id).expect("who gives the posts")
}

/// A staff account with a post, its password set by its holder.
pub fn hire(app: &App, admin: &Actor, login: &str, role: Role, scope: &str) {
    let giver = security(app, admin);
    if login == SECURITY {
        return;
    }
    let id = staff::create(app, admin, &typed(login)).unwrap_or_else(|stop| panic!("{login}: {stop:?}"));
    posts::grant(app, &giver, id, role.code(), scope).unwrap_or_else(|stop| panic!("{login}: {stop:?}"));
    activate(app, login, PASSWORD);
}

/// The activation code of a new account, as its holder's telephone shows it.
pub fn activation_code(app: &App, login: &str) -> String {
    let id = app.store.read(|db| accounts::by_login(db, login)).expect("read").expect("the account").id;
    let sent = app.store.read(|db| outbox::last_of(db, id, "activation")).expect("read").expect("a code was sent");
    let body = messages::text_of(app, &sent).expect("our own seal");
    body.split("激活码 ").nth(1).expect("the code").chars().take(19).collect()
}

fn activate(app: &App, login: &str, password: &str) {
    let typed = passwords::Typed { password: password.to_owned(), again: password.to_owned() };
    passwords::redeem(app, login, &activation_code(app, login), &typed, "127.0.0.1").expect("activated");
}

fn typed(login: &str) -> NewStaff {
    NewStaff { account: login.to_owned(), name: "周工".to_owned(), address: "13874600001".to_owned() }
}

/// A person of 界头村, registered and not yet checked; `number` is the ID number.
pub fn person(world: &World, login: &str, name: &str, number: &str, bank_account: &str) {
    let typed = Registration {
        kind: "person".to_owned(),
        account: login.to_owned(),
        password: PASSWORD.to_owned(),
        again: PASSWORD.to_owned(),
        name: name.to_owned(),
        number: number.to_owned(),
        representative: String::new(),
        phone: "13874612345".to_owned(),
        bank: "蓝山农商银行塔峰支行".to_owned(),
        bank_account: bank_account.to_owned(),
        address: "塔峰镇界头村1组".to_owned(),
        township: TOWNSHIP.to_owned(),
        village: VILLAGE.to_owned(),
        member: true,
    };
    parties::register(&world.app, &typed).unwrap_or_else(|stop| panic!("{login}: {stop:?}"));
}
