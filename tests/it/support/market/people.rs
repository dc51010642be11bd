//! The staff and the parties of a market.

use nongquan::acts::parties::{self, Registration};
use nongquan::context::App;
use nongquan::domain::actor::Actor;

use crate::support::numbers::{credit_code, resident};
use crate::support::people::{PASSWORD, TOWNSHIP, VILLAGE, actor};

/// Registers a party and has it verified.
pub fn enrol(app: &App, clerk: &Actor, typed: &Registration) -> Actor {
    parties::register(app, typed).unwrap_or_else(|stop| panic!("{}: {stop:?}", typed.account));
    let party = actor(app, &typed.account).party.expect("a party");
    let seen = parties::Seen {
        pass: true, member: typed.member, authority: true, note: "证件原件核对一致".to_owned()
    };
    parties::verify(app, clerk, party, &seen).expect("verified");
    actor(app, &typed.account)
}

/// The collective of 界头村.
pub fn collective() -> Registration {
    Registration {
        kind: "collective".to_owned(),
        name: "蓝山县塔峰镇界头村股份经济合作联合社".to_owned(),
        number: credit_code("N2", "MF000001"),
        representative: "李长根".to_owned(),
        bank_account: "820100000000001".to_owned(),
        member: false,
        ..person_like("collective")
    }
}

/// The `n`-th bidder; the first is a member.
pub fn person(n: usize) -> Registration {
    Registration {
        name: format!("盘{}", ["大山", "小河", "长林", "石生", "青云", "福田"][n % 6]),
        number: resident("19820316", &format!("{:03}", n + 1)),
        bank_account: format!("6230900000000{n:04}"),
        member: n == 0,
        ..person_like(&format!("bidder-{n}"))
    }
}

fn person_like(login: &str) -> Registration {
    Registration {
        kind: "person".to_owned(),
        account: login.to_owned(),
        password: PASSWORD.to_owned(),
        again: PASSWORD.to_owned(),
        name: String::new(),
        number: String::new(),
        representative: String::new(),
        phone: "13874612345".to_owned(),
        bank: "蓝山农商银行塔峰支行".to_owned(),
        bank_account: String::new(),
        address: "塔峰镇界头村1组".to_owned(),
        township: TOWNSHIP.to_owned(),
        village: VILLAGE.to_owned(),
        member: false,
    }
}
