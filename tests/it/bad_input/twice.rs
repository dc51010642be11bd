//! A double click on forms that lead through no act of a case: one effect, the same answer.

use nongquan::acts::demonstration;
use nongquan::acts::staff::make_setup_code;
use nongquan::domain::actor::Role;
use nongquan::domain::base::Day;
use nongquan::store::{accounts, journal, outbox};

use crate::stories::pond::{Point, Pond, Winner};
use crate::support::client::{Answer, Filled};
use crate::support::county::County;
use crate::support::{Client, World, numbers, people};

fn both(browser: &Client, filled: &Filled) -> Answer {
    let (first, second) = (browser.send(filled), browser.send(filled));
    assert_eq!(first.leads(), second.leads(), "the same answer");
    second
}

fn accounts_of(world: &World) -> i64 {
    world.app.store.read(|db| accounts::count(db)).unwrap()
}

#[test]
fn who_registers_with_a_double_click_is_registered_once_and_logged_in() {
    let world = World::open();
    let visitor = Client::new(&world);
    let number = numbers::resident("19851112", "024");
    let typed = [
        ("kind", "person"),
        ("name", "盘三妹"),
        ("number", number.as_str()),
        ("township", people::TOWNSHIP),
        ("village", people::VILLAGE),
        ("address", "界头村2组"),
        ("phone", "13874612346"),
        ("bank", "蓝山农商银行"),
        ("bank_account", "6222021234561243"),
        ("account", "newcomer"),
        ("password", people::PASSWORD),
        ("again", people::PASSWORD),
    ];
    let filled = visitor.opened("/register").fill("/register", &typed, &[]);
    // Both clicks leave before the first answer is there: afterwards the visitor is somebody else.
    let answers = std::thread::scope(|scope| {
        let clicks = [scope.spawn(|| visitor.send(&filled)), scope.spawn(|| visitor.send(&filled))];
        clicks.map(|click| click.join().unwrap())
    });
    assert!(answers.iter().all(|answer| answer.leads() == "/desk"));
    let _ = visitor.opened("/desk").says("身份未核验");
    assert_eq!(accounts_of(&world), 1);
    // Somebody else's form with the same words is a second registration, and refused.
    let _ = Client::new(&world).submit("/register", "/register", &typed).refused(422, "账号");
}

#[test]
fn the_first_administrator_is_made_once() {
    let world = World::open();
    let code = make_setup_code(&world.app).unwrap();
    let typed = [
        ("setup_code", code.as_str()),
        ("account", "admin"),
        ("password", people::PASSWORD),
        ("name", "周管理"),
        ("address", "１３９７４６０００００"),
    ];
    let visitor = Client::new(&world);
    let filled = visitor.opened("/setup").fill("/setup", &typed, &[]);
    assert_eq!(both(&visitor, &filled).leads(), "/login");
    assert_eq!(accounts_of(&world), 1);
}

#[test]
fn what_an_administrator_orders_twice_is_done_once() {
    let world = World::open();
    let admin_is = people::admin(&world);
    let admin = Client::new(&world).login("admin", people::PASSWORD);
    let login = people::staff(&world, &admin_is, Role::Review);
    let typed = [("account", "second-review"), ("name", "沈复核"), ("address", "13974600009")];
    let filled = admin.opened("/admin/accounts/new").fill("/admin/accounts", &typed, &[]);
    let before = accounts_of(&world);
    let _ = both(&admin, &filled);
    assert_eq!(accounts_of(&world), before + 1);
    // A reset code ordered twice goes out once, so that the first one stays good.
    let of = world.app.store.read(|db| accounts::by_login(db, &login)).unwrap().unwrap().id;
    let (page, order) = (format!("/admin/accounts/{of}"), format!("/admin/accounts/{of}/password"));
    let waiting = || world.app.store.read(|db| outbox::pending_count(db)).unwrap();
    let before = waiting();
    let filled = admin.opened(&page).fill(&order, &[], &[]);
    let _ = both(&admin, &filled);
    assert_eq!(waiting(), before + 1);
}

#[test]
fn a_password_changed_with_a_double_click_is_changed() {
    let world = World::open();
    people::person(&world, "holder", "李春生", "43112719800101001X", "6222021234561235");
    let holder = Client::new(&world).login("holder", people::PASSWORD);
    let new = "Xin-Ming_Qiu2026!";
    let typed = [("old", people::PASSWORD), ("password", new), ("again", new)];
    let filled = holder.opened("/account/password").fill("/account/password", &typed, &[]);
    assert_eq!(both(&holder, &filled).leads(), "/desk");
    let _ = Client::new(&world).login("holder", new);
}

#[test]
fn a_double_click_wishes_time_forward_by_one_day() {
    let county = County::begun();
    let visitor = Client::new(&county.world);
    let wished = || demonstration::wished(&county.world.app).unwrap().expect("a wish");
    let filled = visitor.opened("/demo").fill("/demo/forward", &[], &[]);
    // Both leave before the first answer is there.
    let answers = std::thread::scope(|scope| {
        let clicks = [scope.spawn(|| visitor.send(&filled)), scope.spawn(|| visitor.send(&filled))];
        clicks.map(|click| click.join().unwrap())
    });
    assert!(answers.iter().all(|answer| answer.leads().starts_with("/demo")), "{answers:?}");
    let calendar = &county.world.app.market.calendar;
    let next = |from: Day| calendar.next_working_day(from).unwrap();
    let today = county.world.app.clock.now().day();
    assert_eq!(wished(), next(today).at(9, 0), "one day, not two");
    let _ = visitor.send(&filled).leads();
    assert_eq!(wished(), next(today).at(9, 0), "nor by a third click on the same page");
    let anew = visitor.opened("/demo").says("已经安排快进到").fill("/demo/forward", &[], &[]);
    let _ = visitor.send(&anew).leads();
    assert_eq!(wished(), next(next(today)).at(9, 0), "the page opened anew wishes for another");
}

#[test]
fn a_double_click_behind_the_glass_is_one_look() {
    let pond = Pond::reach(Point::Listed, Winner::Member);
    let supervisor = pond.browser("supervisor");
    let page = pond.at("registrants");
    let looks = || {
        let leaves = pond.world.app.store.read(|db| journal::leaves_after(db, 0, 1_000)).unwrap();
        leaves.iter().filter(|leaf| leaf.kind == "glass.broken").count()
    };
    let typed = [("reason", "受理投诉第12号，核查是否串通报名")];
    let filled = supervisor.opened(&page).fill(&page, &typed, &[]);
    for _ in 0..2 {
        let _ = supervisor.send(&filled).says("本次查阅已经记录");
    }
    assert_eq!(looks(), 1);
    let anew = supervisor.opened(&page).fill(&page, &typed, &[]);
    let _ = supervisor.send(&anew).says("本次查阅已经记录");
    assert_eq!(looks(), 2, "another form is another look");
}
