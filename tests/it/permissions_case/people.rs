//! Everybody who asks: the people of the pond, and those who have no part in it.

use std::collections::BTreeMap;

use crate::stories::pond::{Pond, people};
use crate::support::people as registered;
use crate::support::{Client, numbers, papers};

/// The table's names. `outsider` wins and `member` loses; `stranger` is registered and does nothing; `water` is
/// consulted, `agriculture` licenses, `station` registers, `forestry` is never asked; `bank` stands for agencies
/// and experts too, who have no act yet (decision 0013).
pub const WHO: [&str; 26] = [
    "visitor",
    "collective",
    "outsider",
    "member",
    "stranger",
    "officer",
    "clerk",
    "clerk-elsewhere",
    "acceptance",
    "review",
    "publication",
    "qualification",
    "bidding",
    "certify",
    "finance",
    "archive",
    "director",
    "agriculture",
    "water",
    "station",
    "forestry",
    "supervisor",
    "bank",
    "admin",
    "security-admin",
    "auditor",
];

/// Login, name, role and scope of those who are hired for this.
const HIRED: [(&str, &str, &str, &str); 3] = [
    ("clerk-elsewhere", "毛外站", "township_clerk", "431127102"),
    ("forestry", "林业局", "department", "forestry"),
    ("bank", "银行员", "bank", ""),
];

/// Those who have no part in the case.
pub struct More(BTreeMap<&'static str, Client>);

/// Brings them in. A newcomer registers and hands in a scan of his card, and nobody checks it.
pub fn arrive(pond: &Pond) -> More {
    let (world, admin, giver) = (&pond.world, pond.browser("admin"), pond.browser(people::SECURITY));
    let mut all = BTreeMap::from([("visitor", Client::new(world))]);
    for (i, (login, name, role, scope)) in HIRED.into_iter().enumerate() {
        let phone = format!("139746999{i:02}");
        let hired = people::Hired { login, name, phone: &phone, role, scope };
        all.insert(login, people::staff(world, &pond.phones, admin, giver, &hired).browser);
    }
    for (login, name, number, bank) in [
        ("stranger", "何无关", numbers::resident("19900101", "003"), "6222021234561250"),
        ("newcomer", "何新来", numbers::resident("19910101", "005"), "6222021234561268"),
    ] {
        registered::person(world, login, name, &number, bank);
        all.insert(login, Client::new(world).login(login, registered::PASSWORD));
        if login == "stranger" {
            people::check_identities(pond);
        }
    }
    let page = "/account/identity";
    let scan = [("paper.identity", papers::jpeg("身份证.jpg"))];
    let _ = all["newcomer"].upload(page, page, &[], &scan).leads();
    let fees = [
        ("approval", "蓝发改价〔2026〕3号"),
        ("effective_from", "2026-12-01"),
        ("base", "total"),
        ("slices", "以上，80"),
        ("minimum", "100"),
    ];
    let _ = admin.submit("/admin/fees", "/admin/fees", &fees).leads();
    More(all)
}

/// Everybody's browser.
pub struct Everybody<'a> {
    pond: &'a Pond,
    more: &'a More,
}

impl<'a> Everybody<'a> {
    /// The people of the pond and the others.
    pub fn of(pond: &'a Pond, more: &'a More) -> Everybody<'a> {
        Everybody { pond, more }
    }

    /// Somebody's.
    pub fn client(&self, who: &str) -> &Client {
        self.more.0.get(who).unwrap_or_else(|| self.pond.browser(who))
    }
}
