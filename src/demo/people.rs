//! One account for every role, and verified parties to list and to bid. Names are invented; ID
//! numbers have valid check digits under the unassigned area code 431199.

use serde::{Deserialize, Serialize};

use crate::acts::login;
use crate::acts::parties::{self, Registration};
use crate::acts::staff::{self, NewStaff};
use crate::context::App;
use crate::domain::actor::{Actor, Reach, Role};
use crate::domain::base::ids::AccountId;
use crate::store::{Stop, accounts};

/// The password of every demonstration account.
const PASSWORD: &str = "Yintang-Zhuwa-58-Fengche";

/// An account of the demonstration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccount {
    /// What it can do.
    pub role: String,
    /// Its person's name.
    pub name: String,
    /// Login.
    pub account: String,
    /// Password.
    pub password: String,
}

fn shown(role: &str, name: &str, account: &str) -> DemoAccount {
    DemoAccount { role: role.into(), name: name.into(), account: account.into(), password: PASSWORD.into() }
}

/// Township and village of the demonstration's parties: a real place of the gazette.
const TOWNSHIP: &str = "431127100";
const VILLAGE: &str = "总市村";

const STAFF_NAMES: [&str; 20] = [
    "",
    "周晓勤",
    "吴立新",
    "陈受理",
    "李明审",
    "黄公布",
    "唐资格",
    "雷竞芳",
    "盘鉴之",
    "郑清算",
    "冯立档",
    "蒋县山",
    "谢监农",
    "罗察远",
    "文中介",
    "邓银行",
    "许评标",
    "彭系统",
    "曾安全",
    "欧审计",
];

struct PartySeed {
    role: &'static str,
    kind: &'static str,
    account: &'static str,
    name: &'static str,
    number: &'static str,
    representative: &'static str,
    phone: &'static str,
    bank_account: &'static str,
    member: bool,
}

/// A collective that lists, a member who bids with priority, an outsider, and a company.
const PARTIES: [PartySeed; 4] = [
    PartySeed {
        role: "村集体（转出方）",
        kind: "collective",
        account: "zongshi",
        name: "蓝山县塔峰镇总市村股份经济合作联合社",
        number: "N2431127MF12345675",
        representative: "何福生",
        phone: "13800000101",
        bank_account: "8201000000000101",
        member: false,
    },
    PartySeed {
        role: "竞买人（本集体成员）",
        kind: "person",
        account: "member",
        name: "何秋生",
        number: "",
        representative: "",
        phone: "13800000102",
        bank_account: "6228000000000102",
        member: true,
    },
    PartySeed {
        role: "竞买人（外村）",
        kind: "person",
        account: "outsider",
        name: "雷远航",
        number: "",
        representative: "",
        phone: "13800000103",
        bank_account: "6228000000000103",
        member: false,
    },
    PartySeed {
        role: "竞买人（企业）",
        kind: "organisation",
        account: "company",
        name: "蓝山县舜水生态农业有限公司",
        number: "91431127MA4L12346X",
        representative: "成国栋",
        phone: "13800000104",
        bank_account: "8201000000000104",
        member: false,
    },
];

/// An ID number under 431199 born on this day, with its check character (rulebook 11.1).
fn resident_id(birth: &str, sequence: &str) -> String {
    let body = format!("431199{birth}{sequence}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(b, w)| u32::from(b - b'0') * w).sum();
    let check = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    format!("{body}{}", check[(sum % 11) as usize])
}

/// Makes all accounts; the first administrator redeems a set-up code as in real service.
pub(super) fn seed(app: &App) -> Result<Vec<DemoAccount>, Stop> {
    let mut made = Vec::new();
    let code = staff::make_setup_code(app)?;
    let first = new_staff("admin", "管理员", Role::SystemAdmin, "13800000001");
    let admin = actor(app, staff::redeem_setup_code(app, &code, &first)?)?;
    made.push(shown(Role::SystemAdmin.zh(), "管理员", "admin"));
    for (at, role) in Role::ALL.iter().enumerate() {
        if matches!(role, Role::Holder | Role::SystemAdmin) {
            continue;
        }
        let name = STAFF_NAMES.get(at).copied().unwrap_or("工作人员");
        let login = role.code().replace('_', "-");
        staff::create(app, &admin, &new_staff(&login, name, *role, &format!("138000002{at:02}")))?;
        made.push(shown(role.zh(), name, &login));
    }
    let second = new_staff("finance-2", "郑复核", Role::Finance, "13800000301");
    staff::create(app, &admin, &second)?;
    made.push(shown("资金结算岗（复核）", "郑复核", "finance-2"));
    let clerk = actor(app, by_login(app, "acceptance")?)?;
    for (at, p) in PARTIES.iter().enumerate() {
        let number = if p.number.is_empty() {
            resident_id(&format!("1985061{at}"), &format!("00{at}"))
        } else {
            p.number.to_owned()
        };
        let id = parties::register(app, &registration(p, number))?;
        if let Some(party) = actor(app, id)?.party {
            parties::verify(app, &clerk, party, true, p.member, "演示：已核对证件原件")?;
        }
        made.push(shown(p.role, p.name, p.account));
    }
    Ok(made)
}

fn registration(p: &PartySeed, number: String) -> Registration {
    let text = str::to_owned;
    Registration {
        kind: text(p.kind),
        account: text(p.account),
        password: text(PASSWORD),
        again: text(PASSWORD),
        name: text(p.name),
        number,
        representative: text(p.representative),
        phone: text(p.phone),
        bank: text("蓝山农村商业银行"),
        bank_account: text(p.bank_account),
        address: text("湖南省永州市蓝山县塔峰镇总市村"),
        township: text(TOWNSHIP),
        village: text(VILLAGE),
        member: p.member,
    }
}

fn new_staff(account: &str, name: &str, role: Role, address: &str) -> NewStaff {
    let scope = match role.reach() {
        Reach::Village => format!("{TOWNSHIP}/{VILLAGE}"),
        Reach::Township => TOWNSHIP.to_owned(),
        Reach::Department => "agriculture".to_owned(),
        Reach::Own | Reach::County => String::new(),
    };
    NewStaff {
        account: account.to_owned(),
        password: PASSWORD.to_owned(),
        name: name.to_owned(),
        address: address.to_owned(),
        role: role.code().to_owned(),
        scope,
    }
}

fn by_login(app: &App, login: &str) -> Result<AccountId, Stop> {
    let found = app.store.read(|db| accounts::by_login(db, login))?;
    Ok(found.ok_or(crate::domain::refusal::Refusal::NotFound)?.id)
}

fn actor(app: &App, id: AccountId) -> Result<Actor, Stop> {
    login::actor_of(app, id)
}
