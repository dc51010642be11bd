//! People of a test: staff made by the first administrator, parties that registered themselves.

use nongquan::acts::login::{self, Signed};
use nongquan::acts::parties::{self, Registration};
use nongquan::acts::staff::{self, NewStaff};
use nongquan::context::App;
use nongquan::domain::actor::{Actor, Reach, Role};

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
    staff::redeem_setup_code(&world.app, &code, &typed("admin", Role::SystemAdmin)).expect("the first administrator");
    actor(&world.app, "admin")
}

/// A staff account whose login is the role's stored name, with reach over 塔峰镇, 界头村 or the
/// agriculture department where the role needs one.
pub fn staff(world: &World, admin: &Actor, role: Role) -> String {
    let login = role.code().replace('_', "-");
    staff::create(&world.app, admin, &typed(&login, role)).unwrap_or_else(|stop| panic!("{login}: {stop:?}"));
    login
}

fn typed(login: &str, role: Role) -> NewStaff {
    let scope = match role.reach() {
        Reach::Township => TOWNSHIP.to_owned(),
        Reach::Village => format!("{TOWNSHIP}/{VILLAGE}"),
        Reach::Department => "agriculture".to_owned(),
        Reach::Own | Reach::County => String::new(),
    };
    NewStaff {
        account: login.to_owned(),
        password: PASSWORD.to_owned(),
        name: "周工".to_owned(),
        address: "13874600001".to_owned(),
        role: role.code().to_owned(),
        scope,
    }
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
