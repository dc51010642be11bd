//! Refunds that wait, for the three printed reasons and no other, each with its words; and go on.

use nongquan::domain::lot::Stage;

use super::pond::{Point, Pond, Winner, bidders, deal, intake, money, review, room};
use crate::support::{Answer, Client};

/// The orders' page as somebody sees it.
fn desk(pond: &Pond, who: &str) -> Answer {
    pond.browser(who).opened("/desk/refunds")
}

/// The inquiry's page of the order that pays this person.
fn inquiry(pond: &Pond, who: &str, payee: &str) -> String {
    let name = &pond.person(payee).name;
    let links = desk(pond, who).links("/desk/refunds/");
    let own = links.iter().filter(|l| l.ends_with("/inquiry"));
    let mut found = own.filter(|l| pond.browser(who).opened(l).fact("收款人").as_deref() == Some(name));
    found.next().unwrap_or_else(|| panic!("no order for {name}: {links:?}")).clone()
}

/// What this person's own page says of his refund.
fn own_state(pond: &Pond, who: &str) -> String {
    pond.browser(who).opened(&pond.public("/application")).text()
}

fn told(pond: &Pond, who: &str, words: &str) {
    let messages = pond.phones.messages(&pond.world, &pond.person(who).phone);
    assert!(messages.iter().any(|m| m.contains(words)), "{who} was not told {words}: {messages:?}");
}

/// The supervisor orders an inquiry into one loser's refund; the others' go on, an objection on top changes
/// nothing, and the payment goes on when the last reason ended.
#[test]
fn an_inquiry_holds_one_refund_until_it_is_lifted() {
    let pond = Pond::reach(Point::Posted, Winner::Member);
    let page = inquiry(&pond, "supervisor", "company");
    let lift = format!("{page}-end");
    // Nobody else orders one, and it needs its reason.
    for who in ["finance", "review", "company", "admin"] {
        assert_eq!(pond.browser(who).get(&page).status, 403, "{who}");
        let direct =
            [("_csrf".to_owned(), pond.browser(who).token()), ("reason".to_owned(), "无权办理的调查理由".repeat(2))];
        assert_eq!(pond.browser(who).post(&page, &direct).status, 403, "{who}");
    }
    let supervisor = pond.browser("supervisor");
    let _ = supervisor.submit(&page, &page, &[("reason", "有问题")]).refused(422, "至少 10 个字");
    let nothing =
        [("_csrf".to_owned(), supervisor.token()), ("reason".to_owned(), "没有暂停过的付款单不能解除".to_owned())];
    let _ = supervisor.post(&lift, &nothing).refused(422, "不能进行此操作");
    let why = "收到其与他人串通报价的实名举报（纪举2026-7），须核实";
    let shown = supervisor.does(&page, &page, &[("reason", why)]).says("付款已暂停").says("尚未解除").says(why);
    assert!(shown.fact("状态").is_some_and(|s| s == "已暂停（调查核实中）"), "{}", shown.text());
    told(&pond, "company", why);
    assert!(own_state(&pond, "company").contains(why), "{}", own_state(&pond, "company"));
    assert!(!own_state(&pond, "outsider").contains("暂停"), "only his");
    for who in ["finance", "director", "supervisor"] {
        let supervisor = pond.person("supervisor").name.clone();
        let _ = desk(&pond, who).says("已暂停（调查核实中）").says(why).says(&supervisor);
        let _ = pond.browser(who).opened(&pond.case).says("暂停的付款").says(why);
    }
    for who in ["review", "collective", "member"] {
        let case = pond.browser(who).opened(&pond.case);
        assert!(!case.text().contains("暂停的付款"), "{who}: {}", case.text());
    }
    let public = Client::new(&pond.world).opened(&pond.public(""));
    assert!(!public.text().contains("举报"), "the public reads nothing of it");
    pond.sound();

    // An objection comes and goes; the inquiry still holds.
    deal::object(&pond);
    let _ = desk(&pond, "finance").says("已暂停（异议处理中、调查核实中）");
    deal::answer(&pond, "no");
    let _ = desk(&pond, "finance").says("已暂停（调查核实中）");
    told(&pond, "company", "仍因“调查核实中”暂停");
    told(&pond, "outsider", "付款继续办理");
    // The other one is paid; this one is not in the file.
    let file = String::from_utf8(money::send_all(&pond).bytes).expect("text");
    assert!(file.contains(&pond.person("outsider").account), "{file}");
    assert!(!file.contains(&pond.person("company").account), "{file}");

    // The director lifts it; the time is counted anew.
    let director = pond.browser("director");
    let outcome = "经核实举报不实，予以解除";
    let _ = director.submit(&page, &lift, &[("reason", "查完了")]).refused(422, "至少 10 个字");
    let lifted = director.does(&page, &lift, &[("reason", outcome)]).says("调查暂停已解除").says(outcome);
    assert_eq!(lifted.fact("状态").as_deref(), Some("待制单"));
    let rules = &pond.world.app.market.rules;
    let due = pond.world.app.market.calendar.add_working_days(pond.now().day(), rules.deposit.refund_wd);
    let due = due.expect("a calendar");
    assert!(lifted.fact("期限").is_some_and(|d| d.contains(&due.zh())), "{}: {:?}", due.zh(), lifted.fact("期限"));
    told(&pond, "company", outcome);
    let second = String::from_utf8(send_rest(&pond).bytes).expect("text");
    assert!(second.contains(&pond.person("company").account), "{second}");
    let _ = supervisor.opened(&page).says("不能暂停");
    let late = [("_csrf".to_owned(), supervisor.token()), ("reason".to_owned(), why.to_owned())];
    let _ = supervisor.post(&page, &late).refused(422, "不能进行此操作");
    pond.sound();
    deal::end_publicity(&pond);
}

/// Of two objections one is sustained: the deal is void, the other one is closed with it and its objector told,
/// and no refund stays behind.
#[test]
fn a_sustained_objection_closes_the_other_and_lets_the_refunds_go() {
    let pond = Pond::reach(Point::Posted, Winner::Member);
    deal::object(&pond);
    let page = pond.public("/objection");
    let second = [
        ("name", pond.person("company").name.as_str()),
        ("contact", "塔峰镇新建路8号"),
        ("content", "认为竞买人资格审查有遗漏，请核实。"),
    ];
    let _ = pond.browser("company").does(&page, &page, &second).says("异议已经收到");
    assert_eq!(pond.lot().objections.len(), 2);
    let _ = desk(&pond, "finance").says("已暂停（异议处理中）");
    deal::answer(&pond, "yes");
    let lot = pond.lot();
    assert_eq!((lot.stage, lot.objection_open()), (Stage::Annulled, false));
    let public = Client::new(&pond.world).opened(&pond.public(""));
    let public = public.says("异议成立，成交无效").says("因另案成立一并终结");
    assert!(!public.text().contains("前答复"), "nothing is promised any more: {}", public.text());
    told(&pond, "company", "因另案成立一并终结");
    told(&pond, "outsider", "付款继续办理");
    assert!(!desk(&pond, "finance").text().contains("已暂停"));
    let file = String::from_utf8(money::send_all(&pond).bytes).expect("text");
    assert_eq!(file.lines().count(), 4, "everybody gets the deposit back: {file}");
    money::pay_out(&pond, &file);
    pond.proven();
}

/// Makes, checks and sends what waits; gives the newest file.
fn send_rest(pond: &Pond) -> Answer {
    let (maker, checker) = (pond.browser("finance"), pond.browser("finance2"));
    for (who, step) in [(maker, "make"), (checker, "check")] {
        let page = who.opened("/desk/refunds");
        let action = page.action_of("step", step).unwrap_or_else(|| panic!("nothing to {step}"));
        let _ = who.send(&page.fill(&action, &[("step", step)], &[]));
    }
    let _ = maker.does("/desk/refunds", "/desk/refunds/files", &[]).says("付款文件已生成");
    maker.opened(&money::newest_file(&desk(pond, "finance")))
}

/// The notice printed that the runner-up stands by: his deposit stays until the winner has signed, the
/// others' go back as ever.
#[test]
fn the_runner_up_stands_by_where_the_notice_says_so() {
    let winner = Winner::Member;
    let mut pond = Pond::reach(Point::Peopled, winner);
    intake::start(&mut pond);
    intake::write(&pond);
    let topic = pond.at("draft/conditions");
    let _ = pond.browser("collective").does(&topic, &topic, &[("c.standby", "runner_up")]).says("已保存");
    intake::hand_over_papers(&pond, &[]);
    let page = pond.at("submission");
    let _ = pond.browser("collective").does(&page, &page, &[("truth", "yes")]).says("等待乡镇服务站初审");
    pond.lot_no = pond.lot().lot_no.expect("a number");
    review::to_publication(&mut pond);
    let notice = Client::new(&pond.world).opened(&pond.public(""));
    assert!(notice.fact("候补竞买人").is_some_and(|w| w.starts_with("设候补竞买人一名")), "{}", notice.text());
    bidders::apply_and_pay(&mut pond);
    bidders::freeze_and_agree(&mut pond);
    room::schedule(&mut pond);
    room::open(&mut pond);
    room::bid_to_the_end(&mut pond, winner);
    // The company bid 730 and was matched; the outsider stopped at 720.
    let _ = desk(&pond, "finance").says("已暂停（公告载明的候补规则）").says("按规则自动");
    told(&pond, "company", "公告载明设候补竞买人");
    assert!(own_state(&pond, "company").contains("保证金保留到受让方签订合同"));
    assert!(!own_state(&pond, "outsider").contains("暂停"), "only the best of the others");
    deal::to_confirmation(&mut pond, winner);
    assert_eq!(pond.lot().stage, Stage::ToSign);
    // The objection came and went; the standby still holds.
    let _ = desk(&pond, "finance").says("已暂停（公告载明的候补规则）");
    let file = String::from_utf8(money::send_all(&pond).bytes).expect("text");
    assert!(!file.contains(&pond.person("company").account), "{file}");
    deal::make(&pond);
    deal::to_contract(&mut pond, winner);
    told(&pond, "company", "受让方已经签订合同");
    assert!(!desk(&pond, "finance").text().contains("已暂停"));
    let file = String::from_utf8(send_rest(&pond).bytes).expect("text");
    assert!(file.contains(&pond.person("company").account), "{file}");
    pond.sound();
}
