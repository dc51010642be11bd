//! Buttons, ticks and hidden values that say neither one thing nor the other decide nothing.

use nongquan::domain::actor::Role;
use nongquan::store::accounts;

use crate::stories::pond::{Point, Pond, Winner, room};
use crate::support::client::{Answer, Filled};
use crate::support::{Client, World, people};

fn post(browser: &Client, path: &str, typed: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("_csrf".to_owned(), browser.token())];
    fields.extend(typed.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
    browser.post(path, &fields)
}

#[test]
fn a_button_that_says_neither_decides_nothing() {
    let world = World::open();
    let admin_is = people::admin(&world);
    people::staff(&world, &admin_is, Role::Director);
    let [system, director] = ["admin", "director"].map(|who| Client::new(&world).login(who, people::PASSWORD));
    let table = [
        ("approval", "蓝发改价〔2026〕3号"),
        ("effective_from", "2026-04-02"),
        ("base", "total"),
        ("slices", "以上，80"),
        ("minimum", "100"),
    ];
    let _ = system.submit("/admin/fees", "/admin/fees", &table).leads();
    let proposal = director.opened("/admin/fees").action_of("approve", "yes").expect("a button");
    for value in ["", "maybe", "YES"] {
        let _ = post(&director, &proposal, &[("approve", value)]).refused(422, "没有办理");
    }
    let _ = post(&director, &proposal, &[]).refused(422, "没有办理");
    let _ = director.opened("/admin/fees").says("待批准");
    // The account's switch likewise.
    let of = world.app.store.read(|db| accounts::by_login(db, "director")).unwrap().unwrap();
    let switch = format!("/admin/accounts/{}/active", of.id);
    let active = || world.app.store.read(|db| accounts::find(db, of.id)).unwrap().unwrap().active;
    for typed in [&[][..], &[("active", "")], &[("active", "off")]] {
        let _ = post(&system, &switch, typed).refused(422, "停用或者启用");
        assert!(active(), "{typed:?}");
    }
    assert_eq!(post(&system, &switch, &[("active", "0")]).status, 303);
    assert!(!active());
}

#[test]
fn consent_is_one_word_and_a_bid_says_which_price_it_saw() {
    let pond = Pond::reach(Point::RoomOpen, Winner::Member);
    pond.wait_secs(60);
    let outsider = pond.browser("outsider");
    let bids = pond.public("/bids");
    let confirm = room::offer(&pond, "outsider", "600").fill(&bids, &[], &[]);
    let with = |name: &str, value: Option<&str>| -> Filled {
        let mut filled = confirm.clone();
        filled.fields.retain(|(n, _)| n != name);
        filled.fields.extend(value.map(|v| (name.to_owned(), v.to_owned())));
        filled
    };
    for bad in [with("seen_seq", None), with("seen_seq", Some("x")), with("kind", Some("gift")), with("kind", None)] {
        let _ = outsider.send(&bad).refused(422, "没有报价");
    }
    assert!(Client::new(&pond.world).opened(&bids).text().matches("自由竞价").count() == 0, "no bid");
    let _ = outsider.opened(outsider.send(&confirm).leads()).says("报价已被接受");
    // A tick that is sent as anything but yes is none.
    let member = pond.browser("member");
    let big = room::offer(&pond, "member", "700").fill(&bids, &[], &[]);
    for value in ["no", "", "on"] {
        let mut bad = big.clone();
        bad.fields.push(("big".to_owned(), value.to_owned()));
        let _ = member.send(&bad).refused(422, "我已核对大写金额");
    }
}
