//! The three administrators, passwords, and the fee table under four eyes: each by its pages.

use nongquan::acts::finance;
use nongquan::acts::work::demo_outbox;
use nongquan::domain::actor::Role;
use nongquan::domain::base::{Day, Fen};
use nongquan::domain::funds::fee::{FeeBase, RawTable, Slice};
use nongquan::store::{accounts, journal, settings};

use super::store_contract::engine::Engine;
use super::support::people::{PASSWORD, TOWNSHIP, VILLAGE};
use super::support::{Client, World, people};

const NEW_PASSWORD: &str = "Yintang-Zhuwa-58-Fengche";

/// The id of a login.
fn id_of(world: &World, login: &str) -> String {
    world.app.store.read(|db| accounts::by_login(db, login)).unwrap().expect("the account").id.to_string()
}

fn kinds(world: &World) -> Vec<String> {
    let leaves = world.app.store.read(|db| journal::leaves_after(db, 0, 1000)).unwrap();
    leaves.into_iter().map(|l| l.kind).collect()
}

/// The newest reset code that was sent to anybody.
fn reset_code(world: &World) -> String {
    let sent = demo_outbox(&world.app).unwrap();
    let (_, message) = sent.iter().find(|(_, m)| m.topic == "password_reset").expect("a code was sent");
    message.body.split("重置码 ").nth(1).unwrap().chars().take(19).collect()
}

#[test]
fn posts_are_given_and_taken_and_end_at_once() {
    let world = World::open();
    let admin = people::admin(&world);
    for role in [Role::SecurityAdmin, Role::Review, Role::Auditor] {
        people::staff(&world, &admin, role);
    }
    people::person(&world, "holder", "李春生", "43112719800101001X", "6222021234561235");
    let security = Client::new(&world).login("security-admin", PASSWORD);
    let review = Client::new(&world).login("review", PASSWORD);
    let page = format!("/admin/accounts/{}", id_of(&world, "review"));
    let (posts, take) = (format!("{page}/posts"), format!("{page}/revocation"));

    assert_eq!(security.get("/desk/verification").status, 403);
    assert_eq!(review.get("/desk/verification").status, 403);
    let given = security.submit(&page, &posts, &[("role", "acceptance"), ("scope", "")]);
    assert_eq!(given.leads(), page);
    assert_eq!(review.get("/desk/verification").status, 200, "a post counts from the next request on");

    let twice = security.submit(&page, &posts, &[("role", "acceptance"), ("scope", "")]);
    assert_eq!(twice.status, 422);
    let admin_too = security.submit(&page, &posts, &[("role", "auditor"), ("scope", "")]);
    assert_eq!(admin_too.status, 422);
    assert!(admin_too.text().contains("不能再任“安全审计员”"), "{}", admin_too.text());
    let township = security.submit(&page, &posts, &[("role", "township_clerk"), ("scope", "")]);
    assert!(township.status == 422 && township.text().contains("管辖范围"), "{}", township.text());

    assert_eq!(security.submit(&page, &take, &[("role", "acceptance")]).leads(), page);
    assert_eq!(review.get("/desk/verification").leads().split('?').next(), Some("/login"), "logged out at once");
    let again = Client::new(&world).login("review", PASSWORD);
    assert_eq!(again.get("/desk/verification").status, 403);

    // Nobody does it to himself, and holders of rights get no posts.
    let own = format!("/admin/accounts/{}", id_of(&world, "security-admin"));
    let refused = security.submit(&own, &format!("{own}/posts"), &[("role", "security_admin"), ("scope", "")]);
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("不能给自己"), "{}", refused.text());
    let holder = format!("/admin/accounts/{}", id_of(&world, "holder"));
    assert!(!security.get(&holder).body.contains("授予另一个岗位"));
    let token = ("_csrf".to_owned(), security.token());
    let forced = security.post(&format!("{holder}/posts"), &[token, ("role".to_owned(), "finance".to_owned())]);
    assert_eq!(forced.status, 422, "{}", forced.text());
    let kinds = kinds(&world);
    assert_eq!(kinds.iter().filter(|k| *k == "post.revoked").count(), 1);
}

#[test]
fn db06_the_three_administrators_keep_apart() {
    let world = World::open();
    let admin = people::admin(&world);
    for role in [Role::SecurityAdmin, Role::Auditor] {
        people::staff(&world, &admin, role);
    }
    let system = Client::new(&world).login("admin", PASSWORD);
    let security = Client::new(&world).login("security-admin", PASSWORD);
    let auditor = Client::new(&world).login("auditor", PASSWORD);
    let answers = |path: &str| [&system, &security, &auditor].map(|c| c.get(path).status);
    assert_eq!(answers("/admin/accounts"), [200, 200, 403]);
    assert_eq!(answers("/admin/accounts/new"), [200, 403, 403]);
    assert_eq!(answers("/admin/fees"), [200, 403, 403]);
    assert_eq!(answers("/admin/security-log"), [403, 200, 200]);
    assert_eq!(answers("/desk/finance"), [403, 403, 403], "no administrator sees business");
    assert_eq!(auditor.get("/admin").leads(), "/admin/security-log");
    let _ = Client::new(&world).submit("/login", "/login", &[("account", "nobody"), ("password", "Wrong-1234567")]);
    let log = auditor.get("/admin/security-log");
    assert!(log.text().contains("登录失败") && log.text().contains("nobody"), "{}", log.text());
    assert!(!log.body.contains("Wrong-1234567"));
}

#[test]
fn s077_who_is_stopped_is_out_at_once() {
    let world = World::open();
    let admin = people::admin(&world);
    people::staff(&world, &admin, Role::Review);
    let system = Client::new(&world).login("admin", PASSWORD);
    let review = Client::new(&world).login("review", PASSWORD);
    assert_eq!(review.get("/desk").status, 200);
    let page = format!("/admin/accounts/{}", id_of(&world, "review"));
    let _ = system.submit(&page, &format!("{page}/sessions"), &[]).leads();
    assert_eq!(review.get("/desk").status, 303);
    let review = Client::new(&world).login("review", PASSWORD);
    let _ = system.submit(&page, &format!("{page}/active"), &[]).leads();
    assert_eq!(review.get("/desk").status, 303);
    let refused = review.submit("/login", "/login", &[("account", "review"), ("password", PASSWORD)]);
    assert_eq!(refused.status, 422, "{}", refused.text());
    let _ = system.submit(&page, &format!("{page}/active"), &[]).leads();
    let _ = Client::new(&world).login("review", PASSWORD);
}

#[test]
fn s058_a_password_is_changed_with_the_old_one() {
    let world = World::open();
    people::person(&world, "holder", "李春生", "43112719800101001X", "6222021234561235");
    let here = Client::new(&world).login("holder", PASSWORD);
    let elsewhere = Client::new(&world).login("holder", PASSWORD);
    let page = "/account/password";
    let change = |old: &str, new: &str, again: &str| {
        here.submit(page, page, &[("old", old), ("password", new), ("again", again)])
    };
    let wrong = change("nonsense", NEW_PASSWORD, NEW_PASSWORD);
    assert!(wrong.status == 422 && wrong.text().contains("现在的密码不正确"), "{}", wrong.text());
    assert!(!wrong.body.contains(NEW_PASSWORD), "passwords never come back");
    assert!(change(PASSWORD, "12345678", "12345678").status == 422, "a weak one");
    assert!(change(PASSWORD, NEW_PASSWORD, PASSWORD).text().contains("不一致"));
    assert!(change(PASSWORD, PASSWORD, PASSWORD).text().contains("相同"));
    assert_eq!(change(PASSWORD, NEW_PASSWORD, NEW_PASSWORD).leads(), "/desk");
    assert_eq!(here.get("/desk").status, 200, "who changed it stays");
    assert_eq!(elsewhere.get("/desk").status, 303, "everybody else is out");
    let old = Client::new(&world).submit("/login", "/login", &[("account", "holder"), ("password", PASSWORD)]);
    assert_eq!(old.status, 422);
    let _ = Client::new(&world).login("holder", NEW_PASSWORD);
    let told = demo_outbox(&world.app).unwrap();
    assert!(told.iter().any(|(_, m)| m.topic == "password"), "s064: the person is told");
    assert!(kinds(&world).contains(&"account.password".to_owned()));
}

#[test]
fn s066_who_forgot_the_password_sets_a_new_one_by_a_code_that_nobody_else_sees() {
    let world = World::open();
    let admin = people::admin(&world);
    for role in [Role::TownshipClerk, Role::Acceptance] {
        people::staff(&world, &admin, role);
    }
    people::person(&world, "holder", "李春生", "43112719800101001X", "6222021234561235");
    let clerk = Client::new(&world).login("township-clerk", PASSWORD);
    let holder = Client::new(&world).login("holder", PASSWORD);
    let search = |number: &str| clerk.submit("/desk/verification", "/desk/verification/search", &[("number", number)]);
    assert_eq!(search("431127197512150028").status, 422, "nobody registered with it");
    let found = search("４３１１２７ 198001010 01x");
    let page = found.leads().to_owned();
    assert!(clerk.get(&page).text().contains("holder"), "who forgot his login hears it at the counter");
    let ordered = clerk.submit(&page, &format!("{page}/password"), &[]);
    let code = reset_code(&world);
    let said = clerk.get(ordered.leads());
    assert!(said.text().contains("重置码已发送") && !said.body.contains(&code), "{}", said.text());

    let visitor = Client::new(&world);
    let reset = |account: &str, code: &str, password: &str| {
        let typed = [("account", account), ("code", code), ("password", password), ("again", password)];
        visitor.submit("/reset", "/reset", &typed)
    };
    let wrong = reset("holder", "AAAA-BBBB-CCCC-DDDD", NEW_PASSWORD);
    let unknown = reset("stranger", "AAAA-BBBB-CCCC-DDDD", NEW_PASSWORD);
    assert_eq!((wrong.status, unknown.status), (422, 422));
    let said = |a: &super::support::client::Answer| a.text().contains("账号或重置码不正确");
    assert!(said(&wrong) && said(&unknown), "s065: nobody learns whether the account exists");
    assert_eq!(reset("holder", &code, "12345678").status, 422);
    assert_eq!(reset("holder", &code.to_lowercase(), NEW_PASSWORD).leads(), "/login");
    assert_eq!(reset("holder", &code, "Another-Long_Pass77").status, 422, "once");
    assert_eq!(holder.get("/desk").status, 303, "all sessions ended");
    let _ = Client::new(&world).login("holder", NEW_PASSWORD);
}

#[test]
fn s066_a_reset_code_dies_after_five_wrong_tries() {
    let world = World::open();
    let admin = people::admin(&world);
    people::staff(&world, &admin, Role::Review);
    let system = Client::new(&world).login("admin", PASSWORD);
    let page = format!("/admin/accounts/{}", id_of(&world, "review"));
    let _ = system.submit(&page, &format!("{page}/password"), &[]).leads();
    let code = reset_code(&world);
    let visitor = Client::new(&world);
    let reset = |code: &str| {
        let typed = [("account", "review"), ("code", code), ("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];
        visitor.submit("/reset", "/reset", &typed)
    };
    for _ in 0..5 {
        assert_eq!(reset("AAAA-BBBB-CCCC-DDDD").status, 422);
    }
    assert_eq!(reset(&code).status, 422, "too late for the right one");
    let _ = Client::new(&world).login("review", PASSWORD);
}

#[test]
fn a_fee_is_charged_only_after_two_people_entered_the_table() {
    let world = World::open();
    let admin = people::admin(&world);
    people::staff(&world, &admin, Role::Director);
    let system = Client::new(&world).login("admin", PASSWORD);
    let director = Client::new(&world).login("director", PASSWORD);
    let table = |day: Day| world.app.store.read(|db| finance::table(&world.app, db, day)).unwrap();
    let day = |d| Day::ymd(2026, 4, d).unwrap();
    assert!(table(day(1)).is_none(), "nothing is charged without a table");
    assert!(system.get("/admin/fees").text().contains("服务费待确认"));
    let typed = [
        ("approval", "蓝发改价〔2026〕3号"),
        ("effective_from", "2026-04-02"),
        ("base", "total"),
        ("slices", "１０００００,120\r\n以上，80"),
        ("minimum", "100"),
        ("cap", "20000"),
    ];
    assert_eq!(system.submit("/admin/fees", "/admin/fees", &typed).leads(), "/admin/fees");
    assert!(table(day(3)).is_none(), "proposed is not in force");
    let proposal = {
        let page = director.get("/admin/fees");
        let html = page.page();
        let forms: Vec<String> = html
            .select(&super::support::client::css("form[method=post]"))
            .filter_map(|f| f.attr("action").map(str::to_owned))
            .filter(|a| a.starts_with("/admin/fees/"))
            .collect();
        forms[0].clone()
    };
    assert!(!system.get("/admin/fees").body.contains(&proposal), "who proposed has no button");
    let approve =
        |c: &Client| c.post(&proposal, &[("_csrf".to_owned(), c.token()), ("approve".to_owned(), "yes".to_owned())]);
    let own = approve(&system);
    assert!((400..500).contains(&own.status), "{}", own.text());
    assert!(table(day(3)).is_none());
    assert_eq!(approve(&director).leads(), "/admin/fees");
    assert!(table(day(1)).is_none(), "not before its first day");
    let table = table(day(2)).expect("in force");
    assert_eq!(table.terms().approval, "蓝发改价〔2026〕3号");
    assert_eq!(table.terms().cap, Some(Fen::yuan(20_000)));
    assert!((400..500).contains(&approve(&director).status), "once");
}

/// What applies is the table that began last, whichever was proposed last; of two that begin on one day, the one
/// that was approved later.
#[test]
fn the_fee_table_that_began_last_applies() {
    let world = World::open();
    let admin = people::admin(&world);
    people::staff(&world, &admin, Role::Director);
    let director = people::actor(&world.app, "director");
    let day = |d| Day::ymd(2026, 4, d).unwrap();
    let propose = |name: &str, from: Day| {
        world.clock.set(world.app.clock.now().plus_secs(60));
        let slices = vec![Slice { up_to: None, rate_bp: 100 }];
        let (approval, base) = (name.to_owned(), FeeBase::Total);
        let raw = RawTable { approval, effective_from: from, base, slices, minimum: Fen::ZERO, cap: None };
        finance::propose(&world.app, &admin, raw).unwrap();
        world.app.store.read(|db| settings::of_name(db, finance::FEE_TABLE)).unwrap()[0].id
    };
    let decide = |id, approve| {
        world.clock.set(world.app.clock.now().plus_secs(60));
        finance::decide(&world.app, &director, id, approve).unwrap();
    };
    let later = propose("自4月20日", day(20));
    let earlier = propose("自4月2日，后提出", day(2));
    let (one, two) = (propose("自4月25日，后批准", day(25)), propose("自4月25日，先批准", day(25)));
    decide(later, true);
    decide(earlier, true);
    decide(two, true);
    decide(one, true);
    decide(propose("自4月21日，未批准", day(21)), false);
    for (on, name) in [
        (1, None),
        (2, Some("自4月2日，后提出")),
        (19, Some("自4月2日，后提出")),
        (20, Some("自4月20日")),
        (24, Some("自4月20日")),
        (25, Some("自4月25日，后批准")),
    ] {
        let table = world.app.store.read(|db| finance::table(&world.app, db, day(on))).unwrap();
        assert_eq!(table.as_ref().map(|t| t.terms().approval.as_str()), name, "on {on} April");
    }
}

#[test]
fn the_counter_sees_its_own_township_only() {
    let world = World::open();
    let admin = people::admin(&world);
    for role in [Role::TownshipClerk, Role::Acceptance] {
        people::staff(&world, &admin, role);
    }
    people::person(&world, "holder", "李春生", "43112719800101001X", "6222021234561235");
    let clerk = Client::new(&world).login("township-clerk", PASSWORD);
    let list = clerk.get("/desk/verification");
    assert!(list.text().contains("李春生") && list.text().contains(VILLAGE), "{}", list.text());
    assert!(TOWNSHIP.starts_with("431127"));
    let other = nongquan::acts::parties::Registration {
        kind: "person".into(),
        account: "elsewhere".into(),
        password: PASSWORD.into(),
        again: PASSWORD.into(),
        name: "盘三妹".into(),
        number: "431127197512150028".into(),
        phone: "13874612346".into(),
        bank: "蓝山农商银行毛俊支行".into(),
        bank_account: "6222021234561243".into(),
        address: "毛俊村2组".into(),
        township: "431127102".into(),
        village: "毛俊村".into(),
        ..Default::default()
    };
    nongquan::acts::parties::register(&world.app, &other).unwrap();
    assert!(!clerk.get("/desk/verification").text().contains("盘三妹"));
    let found = clerk.submit("/desk/verification", "/desk/verification/search", &[("number", "431127197512150028")]);
    assert_eq!(found.status, 422, "nor by her number");
    let party = world.app.store.read(|db| accounts::by_login(db, "elsewhere")).unwrap().unwrap().party.unwrap();
    assert_eq!(clerk.get(&format!("/desk/verification/{party}")).status, 404);
    let acceptance = Client::new(&world).login("acceptance", PASSWORD);
    let page = acceptance.get(&format!("/desk/verification/{party}"));
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("431127197512150028") && !page.body.contains("13874612346"), "masked on screen");
}

/// However many holders registered, nobody who works here is beyond the end of the list, and a holder is found
/// without any number of his in an address.
#[test]
fn staff_are_listed_in_full_and_holders_page_by_page() {
    let world = World::open();
    let admin = people::admin(&world);
    people::hire(&world.app, &admin, "zz-last", Role::Review, "");
    people::person(&world, "pan-sanmei", "盘三妹", "43112719800101001X", "6222021234561235");
    let mut engine = Engine::connect(world.place());
    let seed = engine.values("SELECT party_id AS value FROM accounts WHERE login = 'pan-sanmei'").remove(0);
    let columns = "kind, name, id_sealed, phone_sealed, bank_sealed, bank_lookup, representative, address, township, \
                   village, member, verification, verification_note, created_at, version";
    for n in 0..520 {
        engine
            .run(&format!(
                "INSERT INTO parties (id, id_lookup, {columns}) \
                 SELECT 'a0000000-0000-7000-8000-{n:012}', 'x{n}', {columns} FROM parties WHERE id = '{seed}'; \
                 INSERT INTO accounts (id, login, password_hash, name, party_id, address_sealed, active, created_at, version) \
                 SELECT 'b0000000-0000-7000-8000-{n:012}', 'holder-{n:04}', '!', '李春生', \
                 'a0000000-0000-7000-8000-{n:012}', address_sealed, active, created_at, version \
                 FROM accounts WHERE login = 'pan-sanmei';"
            ))
            .unwrap();
    }
    let system = Client::new(&world).login("admin", PASSWORD);
    let page = system.opened("/admin/accounts").says("工作人员（3 个）").says("权利人和竞买人（521 个）");
    assert!(page.text().contains("zz-last") && page.text().contains("审核"), "{}", page.text());
    assert!(!page.body.contains("李春生"), "a holder's name is masked");
    let next = page.links("/admin/accounts?page=").remove(0);
    let _ = system.opened(&next).says("第 2 页").says("holder-0050");
    let _ = system.opened("/admin/accounts?page=99").says("工作人员（3 个）");

    let search = |q: &str| system.submit("/admin/accounts", "/admin/accounts/search", &[("q", q)]);
    let found = system.opened(search("HOLDER-0519").leads()).says("查到的权利人和竞买人（1 个）").says("holder-0519");
    assert!(found.text().contains("显示全部"));
    let by_name = search("盘三妹");
    assert!(!by_name.leads().contains("%E4%B8%89"), "{}", by_name.leads());
    let _ = system.opened(by_name.leads()).says("查到的权利人和竞买人（1 个）").says("盘**").says("pan-sanmei");
    let _ = system.opened(search("盘**").leads()).says("pan-sanmei");
    let _ = system.opened(search("王").leads()).says("没有查到");
    for number in ["43112719800101001X", "１３８７４６１２３４５", "6222021234561235"] {
        let _ = search(number).refused(422, "不能用证件号码");
    }
    let _ = search("").refused(422, "请填账号或姓名");
    let _ = system.get("/admin/accounts?q=13874612345").refused(422, "不能用证件号码");
}
