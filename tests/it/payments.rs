//! Payments at the desk: a file all or not at all, done by the bank's lines in whichever form, and found again.

use nongquan::acts::payouts::{self, Step};
use nongquan::acts::refunds::{self as acts, New};
use nongquan::acts::{application, bank};
use nongquan::context::{App, new_id};
use nongquan::domain::actor::Role;
use nongquan::domain::base::Fen;
use nongquan::domain::base::ids::{PaymentFileId, RefundId};
use nongquan::domain::funds::{Account, BankParty, PayoutCause};
use nongquan::store::refunds::{StoredFile, StoredOrder};
use nongquan::store::{Stop, ledger, refunds};

use super::proof::world::{balanced, exchange, green};
use super::store_contract::engine::Engine;
use super::stories::pond::{Point, Pond, Winner, money};
use super::support::market::Market;
use super::support::people::actor;
use super::support::{Attachment, Place};

fn orders(app: &App, status: &str) -> Vec<StoredOrder> {
    app.store.read(|db| refunds::with_status(db, status, 100)).expect("read")
}

/// Where one order of many cannot be sent, no file is made and none of the others leaves.
#[test]
fn a_refused_payment_file_leaves_nothing() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 3);
    let lot = market.listed(&app);
    market.applied(&app, lot, &market.bidders);
    let paid = market.deposits(&app, lot, &market.bidders);
    bank::import(&app, market.post(Role::Finance), "流水.csv", paid.as_bytes()).expect("imported");
    for bidder in &market.bidders {
        application::withdraw(&app, bidder, lot).expect("taken back");
    }
    let (maker, checker) = (market.post(Role::Finance).clone(), market.second(&app, Role::Finance));
    for order in orders(&app, "due") {
        payouts::step(&app, &maker, order.id, Step::Make).expect("made");
        payouts::step(&app, &checker, order.id, Step::Check).expect("checked");
    }
    let checked = orders(&app, "checked");
    assert_eq!(checked.len(), 3);
    // One fen more than is owed: the ledger refuses the middle one after the first was written.
    let (owed, id) = (checked[1].amount.0, checked[1].id);
    let mut engine = Engine::connect(&place);
    let set = |fen: i64| format!("UPDATE refunds SET amount_fen = {fen} WHERE id = '{id}'");
    engine.run(&set(owed + 1)).expect("by hand");
    let refused = payouts::make_file(&app, &maker);
    assert!(matches!(refused, Err(Stop::Refused(_))), "{refused:?}");
    assert!(app.store.read(|db| refunds::files(db, 0, 9)).expect("read").is_empty(), "no file");
    assert_eq!(orders(&app, "checked").len(), 3, "nothing left");
    let in_transit = Account::PayoutInTransit(checked[0].id);
    assert_eq!(app.store.read(|db| ledger::balance(db, in_transit)).expect("read"), Fen::ZERO);
    engine.run(&set(owed)).expect("put back");
    payouts::make_file(&app, &maker).expect("sent");
    let file = app.store.read(|db| refunds::files(db, 0, 9)).expect("read").remove(0);
    assert!(file.number.ends_with("0001"), "the refused one drew no number: {}", file.number);
    green(&app);
}

/// The eight columns that every bank has name no payee and no direction; the refunds end by them all the same.
#[test]
fn a_statement_of_eight_columns_ends_the_refunds() {
    let pond = Pond::reach(Point::Posted, Winner::Member);
    let sent = String::from_utf8(money::send_all(&pond).bytes).expect("text");
    let paid: Vec<Vec<&str>> = sent.lines().skip(1).map(|row| row.split(',').collect()).collect();
    assert_eq!(paid.len(), 2, "{sent}");
    let header = "流水号,记账时间,付款人户名,付款人账号,付款人开户行,金额,收款账号,摘要";
    let own = format!("蓝山县农村产权交易中心,{},", money::SETTLEMENT);
    let line = |n: usize, amount: String, before: i64| {
        let at = pond.now().plus_secs(-before).china().format("%Y-%m-%d %H:%M:%S").to_string();
        format!("{},{at},{own},{amount},{},{}", pond.serial(), paid[n][3], paid[n][6])
    };
    let rows = [header.to_owned(), line(0, paid[0][5].to_owned(), 60), line(1, format!("-{}", paid[1][5]), 0)];
    let done = money::import(&pond, &Attachment::new("流水.csv", rows.join("\r\n").into_bytes()));
    let _ = done.says("导入2笔，其中自动匹配2笔");
    for who in ["company", "outsider"] {
        let _ = pond.browser(who).opened(&pond.public("/application")).says("已完成");
    }
    // The one that the bank paid last stands on top.
    let desk = pond.browser("finance").opened("/desk/refunds").text();
    let (first, last) = (desk.find(paid[0][1]).expect("shown"), desk.find(paid[1][1]).expect("shown"));
    assert!(last < first, "{desk}");
    pond.sound();
}

/// However many came after: every file and every order is reached by going on, and an order leads to its file.
#[test]
fn what_is_old_is_still_reached() {
    let pond = Pond::reach(Point::Posted, Winner::Member);
    let file = money::send_all(&pond);
    let (app, browser) = (&pond.world.app, pond.browser("finance"));
    let old = app.store.read(|db| refunds::files(db, 0, 1)).expect("read").remove(0);
    let link = format!("/desk/refunds/files/{}", old.id);
    let clerk = actor(app, "finance").account;
    let payee =
        BankParty { name: "王小五".into(), account: "6222021234561234".into(), bank: "蓝山农商银行".into() };
    let added = app.store.write(|tx| {
        for n in 1..=85 {
            let (id, made_at) = (PaymentFileId(new_id()), pond.now().plus_secs(n));
            let newer = StoredFile { id, number: format!("FK{n}"), sm3: "0".repeat(64), content: Vec::new(), made_at };
            tx.insert_payment_file(&newer, clerk)?;
            let new = New { id: RefundId(new_id()), kind: "excess", lot: None, application: None, line: None };
            acts::insert(app, tx, new, PayoutCause::Unmatched, Fen::yuan(n), &payee, 3, pond.now())?;
        }
        Ok::<_, Stop>(())
    });
    added.expect("inserted");
    let mut found = (Vec::new(), Vec::new());
    for (name, prefix, all) in
        [("files", "/desk/refunds/files/", &mut found.0), ("page", "/desk/refunds/", &mut found.1)]
    {
        let mut next = Some("/desk/refunds".to_owned());
        while let Some(at) = next {
            let page = browser.opened(&at);
            match name {
                "files" => all.extend(page.links(prefix)),
                _ => {
                    let text = page.text();
                    let words = text.split_whitespace().filter(|w| w.starts_with("TK"));
                    all.extend(words.map(|w| w.chars().take(16).collect::<String>()));
                }
            }
            let number = at.rsplit_once('=').map_or(1, |(_, n)| n.parse().expect("a page")) + 1;
            let forward = format!("/desk/refunds?{name}={number}");
            next = page.links("/desk/refunds?").contains(&forward).then_some(forward);
        }
    }
    let (mut files, mut numbers) = found;
    files.sort();
    files.dedup();
    assert_eq!(files.len(), 86, "every file");
    assert!(files.contains(&link));
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 87, "every order: {numbers:?}");
    // The orders that were sent stand on the last page and lead to the file they left in.
    assert!(!browser.opened("/desk/refunds").links("/desk/refunds/files/").contains(&link));
    assert!(browser.opened("/desk/refunds?page=3").links("/desk/refunds/files/").contains(&link));
    assert_eq!(browser.opened(&link).bytes, file.bytes, "byte for byte");
    let _ = browser.opened("/desk/refunds?done=zwei").says("没有这一页");
    // Who may read the money without paying it out sees the number and no link.
    let read = pond.browser("director").opened("/desk/refunds?page=3").says(&old.number);
    assert!(read.links("/desk/refunds/files/").is_empty());
    balanced(app);
}
