//! Money: bank statements in, orders out, everything proven by the bank's own lines.

use super::{Pond, Winner, bidders, deal, people};
use crate::support::client::css;
use crate::support::{Answer, Attachment};

const HEADER: &str =
    "流水号,记账时间,收支方向,付款人户名,付款人账号,付款人开户行,对方户名,对方账号,对方开户行,金额,收款账号,摘要";

/// One line of the bank.
pub struct Line {
    /// Into the settlement account.
    pub incoming: bool,
    /// The other side's name.
    pub name: String,
    /// Its account.
    pub account: String,
    /// Yuan with two decimals.
    pub amount: String,
    /// The account paid into.
    pub own: String,
    /// What the payer wrote.
    pub remark: String,
}

impl Line {
    fn csv(&self, serial: &str, at: &str) -> String {
        let bank = people::BANK;
        if self.incoming {
            let Line { name, account, amount, own, remark, .. } = self;
            format!("{serial},{at},收入,{name},{account},{bank},,,,{amount},{own},{remark}")
        } else {
            let Line { name, account, amount, own, remark, .. } = self;
            format!("{serial},{at},支出,蓝山县农村产权交易中心,{own},,{name},{account},{bank},{amount},,{remark}")
        }
    }
}

/// The bank's file of these lines, booked now.
pub fn statement(pond: &Pond, lines: &[Line]) -> Attachment {
    let at = pond.now().china().format("%Y-%m-%d %H:%M:%S").to_string();
    let rows: Vec<String> = lines.iter().map(|line| line.csv(&pond.serial(), &at)).collect();
    let text = format!("\u{FEFF}{HEADER}\r\n{}\r\n", rows.join("\r\n"));
    Attachment::new("流水.csv", text.into_bytes())
}

/// Imports a statement through the page.
pub fn import(pond: &Pond, file: &Attachment) -> Answer {
    let finance = pond.browser("finance");
    let files = [("statement", file.clone())];
    finance.finds(&["/desk"], "/desk/finance");
    let sent = finance.upload("/desk/finance", "/desk/finance/statements", &[], &files);
    if sent.status == 303 { finance.opened(sent.leads()) } else { sent }
}

/// The centre's account, as pages and notice name it.
pub const SETTLEMENT: &str = "82010100000000018";

/// What the deposit of a bidder must look like at the bank, as the bidder's own page tells it.
pub fn deposit_of(pond: &Pond, who: &str) -> Line {
    let own = pond.browser(who).opened(&pond.public("/application"));
    assert!(own.fact("收款账户").is_some_and(|account| account.contains(SETTLEMENT)), "{}", own.text());
    let amount = own.fact("应交保证金").expect("the sum").replace([',', ' ', '元'], "");
    let person = pond.person(who);
    Line {
        incoming: true,
        name: person.name.clone(),
        account: person.account.clone(),
        amount,
        own: SETTLEMENT.to_owned(),
        remark: format!("保证金 {}", own.fact("转账附言码").expect("the remark")),
    }
}

/// These bidders pay; the statement is imported twice and taken once.
pub fn deposits(pond: &Pond, who: &[&str]) {
    let lines: Vec<Line> = who.iter().map(|who| deposit_of(pond, who)).collect();
    let file = statement(pond, &lines);
    let n = who.len();
    let _ = import(pond, &file).says(&format!("导入{n}笔，其中自动匹配{n}笔"));
    let again = import(pond, &file);
    let _ = again.says(&format!("另有{n}笔以前导入过"));
}

/// The winner pays what the page asks, to the account it names.
pub fn pay_the_price(pond: &mut Pond, winner: Winner) {
    let who = deal::key(winner);
    let person = pond.person(who);
    let told = pond.phones.messages(&pond.world, &person.phone);
    assert!(told.iter().any(|m| m.contains("付款")), "{told:?}");
    // The winner's desk leads to the section that says what to pay, until when and where to.
    let desk = pond.browser(who).opened("/desk").says("支付成交价款");
    let due = pond.lot().payment.expect("a payment").due;
    let desk = desk.says(&format!("{}前付款", due.zh_end()));
    assert!(desk.links(&pond.case).contains(&format!("{}#payment", pond.case)), "{:?}", desk.links(&pond.case));
    let case = pond.browser(who).opened(&pond.case);
    assert!(case.body.contains("id=\"payment\""));
    let amount = case.fact("还应付款").expect("the sum").replace([',', ' ', '元'], "");
    // 730 or 740 yuan for 32.6 mu, the first year, less the deposit.
    let first = match winner {
        Winner::Member => "21842",
        Winner::Outsider => "22168",
    };
    assert_eq!(amount, first);
    let line = Line {
        incoming: true,
        name: person.name.clone(),
        account: person.account.clone(),
        amount,
        own: SETTLEMENT.to_owned(),
        remark: format!("价款{}", case.fact("转账附言码").expect("the remark")),
    };
    let _ = import(pond, &statement(pond, &[line])).says("自动匹配1笔");
    let _ = pond.browser(who).opened("/desk").says("申请交易鉴证");
}

/// Every open order: made by one, checked by another, sent, paid by the bank.
pub fn settle_everything(pond: &mut Pond, winner: Winner) {
    let losers: Vec<&str> = bidders::BIDDERS.into_iter().filter(|b| *b != deal::key(winner)).collect();
    let file = send_all(pond);
    let text = String::from_utf8(file.bytes.clone()).expect("text");
    for who in losers.iter().chain(["collective"].iter()) {
        let person = pond.person(who);
        assert!(text.contains(&person.name) && text.contains(&person.account), "{who}: {text}");
    }
    let winner = pond.person(deal::key(winner));
    assert!(!text.contains(&winner.name), "the winner's deposit became price: {text}");
    pay_out(pond, &text);
    for who in losers {
        let own = pond.browser(who).opened(&pond.public("/application"));
        let _ = own.says("已完成");
    }
}

/// Makes and checks every order that waits and sends them in one file, which is the same at every download.
pub fn send_all(pond: &Pond) -> Answer {
    let (maker, checker) = (pond.browser("finance"), pond.browser("finance2"));
    for (who, step) in [(maker, "make"), (checker, "check")] {
        who.finds(&["/desk"], "/desk/refunds");
        loop {
            let page = who.opened("/desk/refunds");
            let Some(action) = page.action_of("step", step) else { break };
            let sent = who.send(&page.fill(&action, &[("step", step)], &[]));
            let _ = who.opened(sent.leads()).says("已办理");
        }
        // Whoever made an order does not check it.
        assert_eq!(maker.opened("/desk/refunds").action_of("step", "check"), None);
    }
    let _ = maker.does("/desk/refunds", "/desk/refunds/files", &[]).says("付款文件已生成");
    let link = newest_file(&maker.opened("/desk/refunds"));
    let first = maker.opened(&link);
    pond.wait_secs(600);
    let second = checker.opened(&link);
    assert_eq!(first.bytes, second.bytes, "byte for byte");
    assert!(first.media_type.starts_with("text/csv"), "{}", first.media_type);
    first
}

/// The link to the payment file that was made last: on top of the last table of the orders' page.
pub fn newest_file(page: &Answer) -> String {
    let (html, tables, links) = (page.page(), css("table"), css("a[href^=\"/desk/refunds/files/\"]"));
    let files = html.select(&tables).next_back().expect("the table of files");
    let link = files.select(&links).next().and_then(|a| a.attr("href"));
    link.unwrap_or_else(|| panic!("no payment file: {}", page.text())).to_owned()
}

/// The bank pays what stands in the file, and its lines are imported.
pub fn pay_out(pond: &Pond, file: &str) {
    let rows: Vec<Vec<&str>> =
        file.trim_start_matches('\u{FEFF}').lines().skip(1).map(|row| row.split(',').collect()).collect();
    let lines: Vec<Line> = rows
        .iter()
        .map(|row| Line {
            incoming: false,
            name: row[2].to_owned(),
            account: row[3].to_owned(),
            amount: row[5].to_owned(),
            own: SETTLEMENT.to_owned(),
            remark: row[6].to_owned(),
        })
        .collect();
    let n = lines.len();
    let done = import(pond, &statement(pond, &lines));
    let _ = done.says(&format!("导入{n}笔，其中自动匹配{n}笔"));
    let page = pond.browser("finance").opened("/desk/refunds").text();
    for open in ["待制单", "待复核", "待发送", "已发送银行", "已暂停"] {
        assert!(!page.contains(open), "{open}: {page}");
    }
}
