//! Everybody arrives: the first administrator by the set-up code, staff whose accounts he makes, whose posts the
//! security administrator gives and whose passwords they set themselves; parties that register, and the check of
//! their identities.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicU32;

use nongquan::acts::staff::make_setup_code;

use super::Pond;
use crate::support::people::PASSWORD;
use crate::support::{Client, Phones, World, numbers};

/// Somebody with a browser and a telephone.
pub struct Person {
    /// Full name.
    pub name: String,
    /// Mobile number.
    pub phone: String,
    /// ID number or credit code; empty for staff.
    pub number: String,
    /// Own bank account; empty for staff.
    pub account: String,
    /// Logged in.
    pub browser: Client,
}

/// The bank everybody is with.
pub const BANK: &str = "蓝山农商银行塔峰支行";
/// The township.
pub const TOWNSHIP: &str = "431127100";

/// Key and login, name, role, scope.
const STAFF: [(&str, &str, &str, &str); 19] = [
    ("clerk", "唐小站", "township_clerk", TOWNSHIP),
    ("clerk2", "唐二站", "township_clerk", TOWNSHIP),
    ("acceptance", "陈受理", "acceptance", ""),
    ("review", "沈审核", "review", ""),
    ("publication", "方发布", "publication", ""),
    ("qualification", "齐资格", "qualification", ""),
    ("bidding", "金竞价", "bidding", ""),
    ("certify", "郑鉴证", "certification", ""),
    ("certify2", "郑复核", "certification", ""),
    ("finance", "钱制单", "finance", ""),
    ("finance2", "钱复核", "finance", ""),
    ("archive", "安档案", "archive", ""),
    ("director", "雷主任", "director", ""),
    ("agriculture", "农业局", "department", "agriculture"),
    ("water", "水利局", "department", "water"),
    ("station", "农经站", "department", "rural_station"),
    ("supervisor", "纪监督", "supervisor", ""),
    ("officer", "谢信息", "info_officer", "431127100/界头村"),
    ("auditor", "申审计", "auditor", ""),
];

/// Opens an empty exchange and brings everybody in.
pub fn arrive() -> Pond {
    let world = World::open();
    let phones = Phones::new(&world);
    let mut people = BTreeMap::new();
    people.insert("admin", administrator(&world));
    let security =
        Hired { login: SECURITY, name: "曾安全", phone: "13974600020", role: "security_admin", scope: "" };
    let admin = &people["admin"].browser;
    let person = staff(&world, &phones, admin, admin, &security);
    people.insert(SECURITY, person);
    for (i, (login, name, role, scope)) in STAFF.iter().enumerate() {
        let phone = format!("139746{:05}", i + 1);
        let hired = Hired { login, name, phone: &phone, role, scope };
        let person = staff(&world, &phones, &people["admin"].browser, &people[SECURITY].browser, &hired);
        people.insert(*login, person);
    }
    for party in parties() {
        people.insert(party.login, register(&world, &party));
    }
    let pond = Pond { world, phones, people, case: String::new(), lot_no: String::new(), serials: AtomicU32::new(0) };
    check_identities(&pond);
    pond
}

fn administrator(world: &World) -> Person {
    let code = make_setup_code(&world.app).expect("nobody is there yet");
    let (login, name, phone) = ("admin", "周管理", "13974600000");
    let typed =
        [("setup_code", code.as_str()), ("account", login), ("password", PASSWORD), ("name", name), ("address", phone)];
    let visitor = Client::new(world);
    let _ = visitor.does("/setup", "/setup", &typed).says("管理员账号已建立");
    // The code is used up.
    let again = [("account", "other"), ("setup_code", code.as_str())];
    let all: Vec<(&str, &str)> =
        typed.iter().copied().filter(|(n, _)| !again.iter().any(|(a, _)| a == n)).chain(again).collect();
    let _ = visitor.submit("/setup", "/setup", &all).refused(422, "初始化码不正确或已用过");
    person(name, phone, Client::new(world).login(login, PASSWORD))
}

fn person(name: &str, phone: &str, browser: Client) -> Person {
    Person { name: name.to_owned(), phone: phone.to_owned(), number: String::new(), account: String::new(), browser }
}

/// Somebody who comes to work here.
pub struct Hired<'a> {
    /// Login; short ones are made longer.
    pub login: &'a str,
    /// Full name.
    pub name: &'a str,
    /// Mobile number.
    pub phone: &'a str,
    /// Role's stored name.
    pub role: &'a str,
    /// Its reach, as the form has it.
    pub scope: &'a str,
}

/// Key and login of who gives the posts.
pub const SECURITY: &str = "security-admin";

/// Somebody with a post: the account by one administrator, the post by another, the password by its holder.
pub fn staff(world: &World, phones: &Phones, admin: &Client, giver: &Client, hired: &Hired<'_>) -> Person {
    admin.finds(&["/admin/accounts"], "/admin/accounts/new");
    let Hired { login, name, phone, role, scope } = *hired;
    let login = if login.len() < 4 { format!("{login}-nq") } else { login.to_owned() };
    let typed = [("account", login.as_str()), ("name", name), ("address", phone)];
    let made = admin.does("/admin/accounts/new", "/admin/accounts", &typed).says("账号已建立").says(name);
    let page = made.link_saying(name).expect("the account's page");
    let post = [("role", role), ("scope", scope)];
    let _ = giver.does(&page, &format!("{page}/posts"), &post).says("岗位已授予");
    let code = phones.activation(world, phone);
    let browser = Client::new(world);
    let typed = [("account", login.as_str()), ("code", &code), ("password", PASSWORD), ("again", PASSWORD)];
    let _ = browser.does("/reset", "/reset", &typed).says("新密码已设定");
    person(name, phone, browser.login(&login, PASSWORD))
}

/// A party before it registers.
pub struct Party {
    login: &'static str,
    kind: &'static str,
    name: &'static str,
    number: String,
    representative: &'static str,
    phone: &'static str,
    account: &'static str,
    township: &'static str,
    village: &'static str,
    member: bool,
}

/// The collective, the member, the outsider and the company.
fn parties() -> [Party; 4] {
    [
        Party {
            login: "collective",
            kind: "collective",
            name: "蓝山县塔峰镇界头村股份经济合作社",
            number: numbers::credit_code("N2", "MF567890"),
            representative: "李长根",
            phone: "13574600001",
            account: "82010100000123456",
            township: TOWNSHIP,
            village: "界头村",
            member: false,
        },
        Party {
            login: "member",
            kind: "person",
            name: "李春生",
            number: numbers::resident("19800101", "001"),
            representative: "",
            phone: "13574600002",
            account: "6222021234561235",
            township: TOWNSHIP,
            village: "界头村",
            member: true,
        },
        Party {
            login: "outsider",
            kind: "person",
            name: "盘三妹",
            number: numbers::resident("19851112", "024"),
            representative: "",
            phone: "13574600003",
            account: "6222021234561243",
            township: "431127102",
            village: "毛俊村",
            member: false,
        },
        Party {
            login: "company",
            kind: "organisation",
            name: "蓝山县清源水产有限公司",
            number: numbers::credit_code("91", "MA4L1234"),
            representative: "赵清源",
            phone: "13574600004",
            account: "82010100000987654",
            township: TOWNSHIP,
            village: "界头村",
            member: false,
        },
    ]
}

fn register(world: &World, p: &Party) -> Person {
    let browser = Client::new(world);
    let mut typed = vec![
        ("kind", p.kind),
        ("name", p.name),
        ("number", p.number.as_str()),
        ("representative", p.representative),
        ("township", p.township),
        ("village", p.village),
        ("address", "1组12号"),
        ("phone", p.phone),
        ("bank", BANK),
        ("bank_account", p.account),
        ("account", p.login),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    if p.member {
        typed.push(("member", "yes"));
    }
    let desk = browser.does("/register", "/register", &typed);
    let _ = desk.says("注册成功").says("身份未核验");
    Person { number: p.number.clone(), account: p.account.to_owned(), ..person(p.name, p.phone, browser) }
}

/// The township's clerk checks his own people, the centre's acceptance post the others.
pub fn check_identities(pond: &Pond) {
    for who in ["clerk", "acceptance"] {
        let browser = pond.browser(who);
        browser.finds(&["/desk"], "/desk/verification");
        for page in browser.opened("/desk/verification").links("/desk/verification/") {
            let shown = browser.opened(&page);
            let mut typed = vec![("result", "pass"), ("note", "身份证件原件，与本人一致")];
            if shown.fact("自称本集体成员").as_deref() == Some("是") {
                typed.push(("member", "yes"));
            }
            if shown.body.contains("name=\"authority\"") {
                let _ = browser.submit(&page, &page, &typed).refused(422, "单位须有法定代表人证明或者授权委托书原件");
                typed.push(("authority", "yes"));
            }
            let _ = browser.does(&page, &page, &typed).says("核验结论已登记");
        }
    }
    for who in ["collective", "member", "outsider", "company"] {
        let desk = pond.browser(who).opened("/desk").text();
        assert!(!desk.contains("身份未核验"), "{who}: {desk}");
    }
}
