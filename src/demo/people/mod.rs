//! The people of the demonstration county, made through the same acts as in real service: the
//! first administrator by a set-up code, staff by the administrator, parties by themselves and
//! verified at a counter.

mod numbers;
mod table;

use std::collections::BTreeMap;

use crate::acts::demonstration::DemoAccount;
use crate::acts::login;
use crate::acts::parties::{self, Registration};
use crate::acts::posts;
use crate::acts::staff::{self, NewStaff};
use crate::acts::{messages, passwords};
use crate::context::App;
use crate::domain::actor::{Actor, Reach, Role, Scope};
use crate::domain::base::ids::AccountId;
use crate::domain::category::Department;
use crate::domain::gazette::Place;
use crate::store::{Fault, Stop, accounts, outbox};

use table::{Desk, Kind, PartyRow, StaffRow};
pub(super) use table::{TOWNSHIP, VILLAGE};

/// The password of every demonstration account.
pub(super) const PASSWORD: &str = "Yintang-Zhuwa-58-Fengche";
/// The parties that bid by themselves.
pub(super) const ROBOTS: [&str; 3] = ["robot-1", "robot-2", "robot-3"];

const BANK: &str = "蓝山农村商业银行";

/// Everybody who has an account, by login.
#[derive(Default)]
pub(super) struct People {
    by_login: BTreeMap<String, Actor>,
}

impl People {
    /// Reads everybody of the tables who is there already.
    pub(super) fn load(app: &App) -> Result<People, Stop> {
        let mut people = People::default();
        let staff = table::STAFF.iter().chain(table::MORE_STAFF).map(|(login, ..)| *login);
        let parties = table::PARTIES.iter().chain(table::MORE_PARTIES).map(|(login, ..)| *login);
        for name in staff.chain(parties).chain(["admin"]) {
            if let Some(account) = app.store.read(|db| accounts::by_login(db, name))? {
                people.by_login.insert(name.to_owned(), login::actor_of(app, account.id)?);
            }
        }
        Ok(people)
    }

    /// Whose login this is.
    pub(super) fn get(&self, login: &str) -> Result<&Actor, Stop> {
        self.by_login.get(login).ok_or_else(|| Fault::Inconsistent(format!("demo account {login} is missing")).into())
    }

    /// The service station of a place.
    pub(super) fn station(&self, place: &Place) -> Result<&Actor, Stop> {
        let here = |a: &&Actor| a.reaches(Role::TownshipClerk, place, &[]);
        let missing = || Fault::Inconsistent(format!("no station for {}", place.zh()));
        Ok(self.by_login.values().find(here).ok_or_else(missing)?)
    }

    /// The desk of a department.
    pub(super) fn department(&self, department: Department) -> Result<&Actor, Stop> {
        let there = |a: &&Actor| a.posts.iter().any(|p| p.scope == Scope::Department(department));
        let missing = || Fault::Inconsistent(format!("no desk for {}", department.zh()));
        Ok(self.by_login.values().find(there).ok_or_else(missing)?)
    }
}

/// Whether an account is one of those that the program prints when it starts.
pub(super) fn is_first(login: &str) -> bool {
    let staff = table::STAFF.iter().map(|(login, ..)| *login);
    let parties = table::PARTIES.iter().map(|(login, ..)| *login).filter(|login| !ROBOTS.contains(login));
    staff.chain(parties).chain(["admin"]).any(|first| first == login)
}

/// Makes the accounts of the start page and of the first room. Gives all that are listed.
pub(super) fn first(app: &App) -> Result<Vec<DemoAccount>, Stop> {
    let mut made = Vec::new();
    let code = staff::make_setup_code(app)?;
    staff::redeem_setup_code(app, &code, &new_staff("admin", "管理员", 1), PASSWORD)?;
    made.push(shown(Role::SystemAdmin.zh().to_owned(), "管理员", "admin"));
    // Who gives the posts is there before anybody gets one.
    take_on(app, &SECURITY, 100 + table::STAFF.len())?;
    hire(app, table::STAFF, 100, &mut made)?;
    enrol(app, table::PARTIES, 0, &mut made)?;
    Ok(made)
}

/// Makes everybody else; who is there already stays as he is.
pub(super) fn rest(app: &App) -> Result<Vec<DemoAccount>, Stop> {
    let mut made = Vec::new();
    hire(app, table::MORE_STAFF, 200, &mut made)?;
    enrol(app, table::MORE_PARTIES, 100, &mut made)?;
    Ok(made)
}

fn known(app: &App, login: &str) -> Result<bool, Stop> {
    Ok(app.store.read(|db| accounts::by_login(db, login))?.is_some())
}

fn by_login(app: &App, login: &str) -> Result<AccountId, Stop> {
    let found = app.store.read(|db| accounts::by_login(db, login))?;
    Ok(found.ok_or_else(|| Fault::Inconsistent(format!("demo account {login} is missing")))?.id)
}

fn shown(role: String, name: &str, account: &str) -> DemoAccount {
    DemoAccount { role, name: name.into(), account: account.into(), password: PASSWORD.into() }
}

fn hire(app: &App, rows: &[StaffRow], from: usize, made: &mut Vec<DemoAccount>) -> Result<(), Stop> {
    for (at, row) in rows.iter().enumerate() {
        take_on(app, row, from + at)?;
        let (login, name, desk) = row;
        let role = match desk {
            Desk::Post(role) if *login == "finance-2" => format!("{}（复核）", role.zh()),
            Desk::Post(role) => role.zh().to_owned(),
            Desk::Station(township) => format!("{}（{township}）", Role::TownshipClerk.zh()),
            Desk::Line(department) => format!("{}（{}）", Role::Department.zh(), department.zh()),
        };
        made.push(shown(role, name, login));
    }
    Ok(())
}

/// The row of the security administrator, who gives all posts but his own.
const SECURITY: StaffRow = ("security-admin", "曾安全", Desk::Post(Role::SecurityAdmin));

/// One of the staff: the account by the system administrator, the post by the security administrator, the password
/// by its holder with the code on his telephone. What is done already stays.
fn take_on(app: &App, row: &StaffRow, at: usize) -> Result<(), Stop> {
    let (login, name, desk) = row;
    let admin = login::actor_of(app, by_login(app, "admin")?)?;
    if !known(app, login)? {
        staff::create(app, &admin, &new_staff(login, name, at))?;
    }
    let id = by_login(app, login)?;
    if app.store.read(|db| accounts::posts_of(db, id))?.is_empty() {
        let giver = if *login == SECURITY.0 { admin } else { login::actor_of(app, by_login(app, SECURITY.0)?)? };
        let (role, scope) = post_of(app, desk)?;
        posts::grant(app, &giver, id, role.code(), &scope)?;
    }
    if app.store.read(|db| accounts::find(db, id))?.is_some_and(|a| a.is_activated()) {
        return Ok(());
    }
    let sent = app.store.read(|db| outbox::last_of(db, id, "activation"))?;
    let body = sent.map(|m| messages::text_of(app, &m)).transpose()?.unwrap_or_default();
    let code: String = body.split("激活码 ").nth(1).unwrap_or_default().chars().take(CODE_CHARS).collect();
    let typed = passwords::Typed { password: PASSWORD.to_owned(), again: PASSWORD.to_owned() };
    passwords::redeem(app, login, &code, &typed, "127.0.0.1")
}

/// Characters of an activation code with its dashes.
const CODE_CHARS: usize = 19;

fn post_of(app: &App, desk: &Desk) -> Result<(Role, String), Stop> {
    Ok(match desk {
        Desk::Station(township) => (Role::TownshipClerk, place(app, township, "")?.township().to_string()),
        Desk::Line(department) => (Role::Department, department.name().to_owned()),
        Desk::Post(role) => {
            let home = place(app, TOWNSHIP, VILLAGE)?.township();
            let scope = match role.reach() {
                Reach::Village => format!("{home}/{VILLAGE}"),
                Reach::Township => home.to_string(),
                Reach::Own | Reach::County | Reach::Department => String::new(),
            };
            (*role, scope)
        }
    })
}

fn new_staff(login: &str, name: &str, at: usize) -> NewStaff {
    NewStaff { account: login.to_owned(), name: name.to_owned(), address: format!("13800000{at:03}") }
}

/// A place of the gazette; no village stands for the township-level unit.
pub(super) fn place(app: &App, township: &str, village: &str) -> Result<Place, Stop> {
    let village = Some(village).filter(|v| !v.is_empty());
    let found = app.market.divisions.place_named(township, village);
    Ok(found.map_err(|e| Fault::Inconsistent(e.to_string()))?)
}

fn enrol(app: &App, rows: &[PartyRow], from: usize, made: &mut Vec<DemoAccount>) -> Result<(), Stop> {
    let clerk = login::actor_of(app, by_login(app, "acceptance")?)?;
    for (at, row) in rows.iter().enumerate() {
        let new = registration(app, row, from + at)?;
        if !known(app, row.0)? {
            parties::register(app, &new)?;
        }
        let actor = login::actor_of(app, by_login(app, row.0)?)?;
        if let Some(party) = actor.party.filter(|_| !actor.verified) {
            let seen = parties::Seen {
                pass: true,
                member: new.member,
                authority: true,
                note: "证件原件与本人（单位）核对一致".to_owned(),
            };
            parties::verify(app, &clerk, party, &seen)?;
        }
        made.push(shown(role_of(row), &new.name, row.0));
    }
    Ok(())
}

fn role_of((login, kind, _, township, village): &PartyRow) -> String {
    match kind {
        _ if ROBOTS.contains(login) => "竞买人（自动报价）".to_owned(),
        Kind::Collective => format!("村集体（转出方，{township}{village}）"),
        Kind::Member => format!("农户、竞买人（{township}{village}集体成员）"),
        Kind::Person => "竞买人（外村）".to_owned(),
        Kind::Organisation => "单位（转出方、竞买人）".to_owned(),
    }
}

fn registration(app: &App, row: &PartyRow, n: usize) -> Result<Registration, Stop> {
    let (login, kind, name, township, village) = *row;
    let place = place(app, township, village)?;
    let person = matches!(kind, Kind::Member | Kind::Person);
    let collective = kind == Kind::Collective;
    let number = match kind {
        Kind::Member | Kind::Person => numbers::resident(n, app.clock.now().day())?,
        Kind::Collective | Kind::Organisation => numbers::credit(n, collective)?,
    };
    let address = format!("湖南省永州市蓝山县{}", place.zh());
    let full = match kind {
        Kind::Collective => format!("蓝山县{}股份经济合作联合社", place.zh()),
        Kind::Member | Kind::Person | Kind::Organisation => name.to_owned(),
    };
    let representative = match kind {
        Kind::Collective => name.to_owned(),
        Kind::Organisation => ["成国栋", "谢长青", "雷正平", "彭晓峰"][n % 4].to_owned(),
        Kind::Member | Kind::Person => String::new(),
    };
    let text = str::to_owned;
    Ok(Registration {
        kind: text(if collective {
            "collective"
        } else if person {
            "person"
        } else {
            "organisation"
        }),
        account: text(login),
        password: text(PASSWORD),
        again: text(PASSWORD),
        name: full,
        number,
        representative,
        phone: format!("13900000{n:03}"),
        bank: text(BANK),
        bank_account: if person { format!("6230900000000{n:04}") } else { format!("820100000000{n:04}") },
        address,
        township: place.township().to_string(),
        village: text(village),
        member: kind == Kind::Member,
    })
}
