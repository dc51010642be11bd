//! Whose number it is: registrations released at the counter, identity papers, logins that are numbers, throttles.

use nongquan::acts::parties::{self, Registration};
use nongquan::acts::staff::{self, NewStaff};
use nongquan::acts::stepup;
use nongquan::domain::actor::Role;
use nongquan::domain::refusal::Refusal;
use nongquan::store::{Stop, accounts};

use super::store_contract::engine::Engine;
use super::support::people::{PASSWORD, TOWNSHIP, VILLAGE};
use super::support::{Attachment, Client, World, papers, people};

const NUMBER: &str = "43112719800101001X";

fn person(account: &str, name: &str, township: &str, village: &str) -> Registration {
    Registration {
        kind: "person".into(),
        account: account.into(),
        password: PASSWORD.into(),
        again: PASSWORD.into(),
        name: name.into(),
        number: NUMBER.into(),
        phone: "13874612346".into(),
        bank: "蓝山农商银行".into(),
        bank_account: "6222021234561243".into(),
        address: "2组".into(),
        township: township.into(),
        village: village.into(),
        ..Registration::default()
    }
}

fn register(visitor: &Client, r: &Registration) -> super::support::Answer {
    let typed = [
        ("kind", r.kind.as_str()),
        ("name", &r.name),
        ("number", &r.number),
        ("township", &r.township),
        ("village", &r.village),
        ("address", &r.address),
        ("phone", &r.phone),
        ("bank", &r.bank),
        ("bank_account", &r.bank_account),
        ("account", &r.account),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    visitor.submit("/register", "/register", &typed)
}

#[test]
fn a_number_that_another_registered_comes_free_at_the_counter() {
    let world = World::open();
    let admin = people::admin(&world);
    let clerk = people::staff(&world, &admin, Role::TownshipClerk);
    let clerk = Client::new(&world).login(&clerk, PASSWORD);
    parties::register(&world.app, &person("squatter", "盘三妹", "431127102", "毛俊村")).unwrap();
    let squatter = Client::new(&world).login("squatter", PASSWORD);
    let owner = person("owner", "李春生", TOWNSHIP, VILLAGE);
    let visitor = Client::new(&world);
    let told = register(&visitor, &owner).refused(422, "请带身份证原件").says("乡镇服务站");
    assert!(!told.body.contains("squatter") && !told.body.contains("盘三妹"), "who registered is not told");
    // The counter finds nothing of another township, and may release the number all the same.
    clerk.finds(&["/desk/verification"], "/desk/release");
    let release = |typed: &[(&str, &str)]| clerk.submit("/desk/release", "/desk/release", typed);
    let note = ("note", "身份证原件，本人到场");
    let _ = release(&[("number", NUMBER), note]).refused(422, "请先核对证件原件");
    let _ = release(&[("number", NUMBER), ("seen", "yes")]).refused(422, "核对了什么");
    let _ = release(&[("number", "431127197512150028"), note, ("seen", "yes")]).refused(422, "可以直接注册");
    let _ = clerk.opened(release(&[("number", NUMBER), note, ("seen", "yes")]).leads()).says("原来的注册已作废");
    assert_eq!(squatter.get("/desk").status, 303, "logged out at once");
    let _ = Client::new(&world)
        .submit("/login", "/login", &[("account", "squatter"), ("password", PASSWORD)])
        .refused(422, "账号或密码不正确");
    assert_eq!(register(&visitor, &owner).leads(), "/desk");
    // Verified by an original, he stays who he is.
    let page = clerk.opened("/desk/verification").link_saying("李春生").unwrap();
    let _ = clerk.does(&page, &page, &[("result", "pass"), ("note", "身份证原件")]);
    let _ = release(&[("number", NUMBER), note, ("seen", "yes")]).refused(422, "已经凭原件核验过");
    let party = world.app.store.read(|db| accounts::by_login(db, "squatter")).unwrap().unwrap().party.unwrap();
    let acceptance = people::staff(&world, &admin, Role::Acceptance);
    let acceptance = Client::new(&world).login(&acceptance, PASSWORD);
    let page = format!("/desk/verification/{party}");
    let _ = acceptance.submit(&page, &page, &[("result", "pass"), ("note", "原件")]).refused(422, "已经作废");
}

#[test]
fn identity_papers_are_seen_by_their_holder_and_the_clerk_who_checks() {
    let world = World::open();
    let admin = people::admin(&world);
    for role in [Role::TownshipClerk, Role::Finance, Role::Supervisor] {
        people::staff(&world, &admin, role);
    }
    people::hire(&world.app, &admin, "clerk-elsewhere", Role::TownshipClerk, "431127102");
    people::person(&world, "holder", "李春生", NUMBER, "6222021234561235");
    let login = |who: &str| Client::new(&world).login(who, PASSWORD);
    let (holder, clerk) = (login("holder"), login("township-clerk"));
    holder.finds(&["/desk"], "/account/identity");
    let mine = "/account/identity";
    let bad = [("paper.identity", Attachment::new("证.pdf", b"MZ\x90\x00".repeat(40)))];
    let _ = holder.upload(mine, mine, &[], &bad).refused(422, "PDF");
    let scan = [("paper.identity", papers::png("身份证.png", [1, 2, 3]))];
    let _ = holder.opened(holder.upload(mine, mine, &[], &scan).leads()).says("身份证.png");
    // A person shows no letter of authority.
    assert!(!holder.opened(mine).body.contains("paper.authority"));
    let page = clerk.opened("/desk/verification").link_saying("李春生").unwrap();
    let shown = clerk.opened(&page).says("身份证.png");
    let paper = shown.links("/documents/")[0].clone();
    let back = [("paper.identity", papers::pdf("身份证背面.pdf", "Back"))];
    let sent = clerk.upload(&page, &format!("{page}/papers"), &[], &back);
    let _ = clerk.opened(sent.leads()).says("身份证背面.pdf");
    let _ = holder.opened(mine).says("身份证背面.pdf");
    for (who, status) in [("holder", 200), ("township-clerk", 200)] {
        assert_eq!(login(who).get(&paper).status, status, "{who}");
    }
    for who in ["clerk-elsewhere", "finance", "supervisor"] {
        assert_eq!(login(who).get(&paper).status, 404, "{who}");
    }
    assert_eq!(Client::new(&world).get(&paper).status, 404, "a visitor");
    // What was checked stays as it was checked.
    let _ = clerk.does(&page, &page, &[("result", "pass"), ("note", "身份证扫描件，与本人一致")]);
    let closed = holder.post(mine, &[("_csrf".to_owned(), holder.token())]);
    assert_eq!(closed.status, 422, "{}", closed.text());
    let _ = holder.opened(mine).says("身份已核验");
}

#[test]
fn who_types_a_number_as_a_login_leaves_none_in_the_tables() {
    let world = World::open();
    let admin = people::admin(&world);
    let new = NewStaff { account: "13874612345".into(), name: "周工".into(), address: "13874600001".into() };
    assert!(matches!(staff::create(&world.app, &admin, &new), Err(Stop::Refused(Refusal::Fields { .. }))));
    let visitor = Client::new(&world);
    for number in [NUMBER, "13874612345", "6222021234561235"] {
        let typed = [("account", number), ("password", "Wrong-1234567")];
        let _ = visitor.submit("/login", "/login", &typed).refused(422, "账号或密码不正确");
        let typed = [("account", number), ("code", "AAAA-BBBB-CCCC-DDDD"), ("password", PASSWORD), ("again", PASSWORD)];
        let _ = visitor.submit("/reset", "/reset", &typed).refused(422, "账号或重置码不正确");
    }
    let mut engine = Engine::connect(world.place());
    let mut kept = engine.values("SELECT name AS value FROM throttles");
    kept.extend(engine.values("SELECT detail AS value FROM security_log"));
    for number in [&NUMBER.to_lowercase(), "13874612345", "6222021234561235"] {
        assert!(kept.iter().all(|text| !text.contains(number)), "{number}: {kept:?}");
    }
    assert_eq!(kept.iter().filter(|text| text.starts_with("login:（号码")).count(), 3, "each still waits on its own");
}

fn waits<T: std::fmt::Debug>(answer: Result<T, Stop>) -> bool {
    matches!(answer, Err(Stop::Refused(Refusal::TooMany { .. })))
}

#[test]
fn s061_who_tries_too_often_to_register_or_to_set_up_waits() {
    let world = World::open();
    let (empty, ip) = (Registration::default(), "192.0.2.7");
    for n in 0..30 {
        assert!(!waits(parties::register_from(&world.app, &empty, ip)), "{n}");
    }
    assert!(waits(parties::register_from(&world.app, &empty, ip)));
    assert!(!waits(parties::register_from(&world.app, &empty, "192.0.2.8")), "another address");
    let first = NewStaff { account: "admin".into(), name: "周工".into(), address: "13874600001".into() };
    let redeem = || staff::redeem_setup_code_from(&world.app, "AAAA-BBBB-CCCC-DDDD", &first, PASSWORD, ip);
    for n in 0..10 {
        assert!(!waits(redeem()), "{n}");
    }
    assert!(waits(redeem()));
}

#[test]
fn a_code_is_sent_ten_times_and_says_what_the_server_knows() {
    let world = World::open();
    let admin = people::admin(&world);
    let subject = nongquan::crypto::Hash([7; 32]);
    let made_up = stepup::ask(&world.app, &admin, "您的账户异常，请拨打", &subject);
    assert!(matches!(made_up, Err(Stop::Refused(Refusal::NotFound))));
    for n in 0..10 {
        assert!(stepup::ask(&world.app, &admin, "contract", &subject).is_ok(), "{n}");
    }
    assert!(waits(stepup::ask(&world.app, &admin, "contract", &subject)));
}
