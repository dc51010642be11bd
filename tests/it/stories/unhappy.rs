//! What goes wrong, and what the exchange does then.

use nongquan::domain::base::Fen;
use nongquan::domain::lot::{Signing, Stage};
use nongquan::store::lots;

use super::pond::{Point, Pond, Winner, bidders, deal, intake, money, print, review, room};
use crate::support::Client;
use crate::support::people::PASSWORD;

/// A double click has one effect and gives the same answer, whatever the form.
#[test]
fn the_same_form_sent_twice_is_one_act() {
    let mut pond = Pond::reach(Point::Peopled, Winner::Member);
    // Starting a project twice by a double click makes one project.
    let collective = pond.browser("collective");
    let start = collective.opened("/projects/new").fill("/projects", &[("variety", "0501")], &[]);
    let (first, second) = (collective.send(&start), collective.send(&start));
    assert_eq!(first.leads(), second.leads());
    assert_eq!(pond.world.app.store.read(|db| lots::all_ids(db)).unwrap().len(), 1);
    pond.case = first.leads().trim_end_matches("/draft").to_owned();
    intake::write(&pond);
    intake::hand_over_papers(&pond, &[]);
    // Handing in twice: one event.
    let page = pond.at("submission");
    let collective = pond.browser("collective");
    let submission = collective.opened(&page).fill(&page, &[("truth", "yes")], &[]);
    let (first, second) = (collective.send(&submission), collective.send(&submission));
    assert_eq!(first.leads(), second.leads());
    assert_eq!(pond.lot().seq, 1);
    pond.lot_no = pond.lot().lot_no.unwrap();
    review::to_publication(&mut pond);
    bidders::apply_and_pay(&mut pond);
    bidders::freeze_and_agree(&mut pond);
    room::schedule(&mut pond);
    room::open(&mut pond);
    // A bid confirmed twice is one bid with one receipt.
    let confirm = room::offer(&pond, "outsider", "600");
    let filled = confirm.fill(&pond.public("/bids"), &[], &[]);
    let (first, second) = (pond.browser("outsider").send(&filled), pond.browser("outsider").send(&filled));
    assert_eq!(first.leads(), second.leads());
    let _ = pond.browser("outsider").opened(second.leads()).says("没有重复报价");
    let record = Client::new(&pond.world).opened(&pond.public("/bids"));
    assert_eq!(record.text().matches("自由竞价").count(), 1, "{}", record.text());
    pond.sound();
}

/// Two clerks decide at once: one decision stands, the other reads who decided and when.
#[test]
fn the_second_of_two_clerks_reads_who_was_first() {
    let pond = Pond::reach(Point::Submitted, Winner::Member);
    let page = pond.at("first-review");
    let pass = [("decision", "pass"), ("opinion", "现场核实无误")];
    let reject = [("decision", "reject"), ("reason", "四至不清")];
    let one = pond.browser("clerk").opened(&page).fill(&page, &pass, &[]);
    let two = pond.browser("clerk2").opened(&page).fill(&page, &reject, &[]);
    let (a, b) = std::thread::scope(|scope| {
        let first = scope.spawn(|| pond.browser("clerk").send(&one));
        let second = scope.spawn(|| pond.browser("clerk2").send(&two));
        (first.join().unwrap(), second.join().unwrap())
    });
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "{} {}", a.text(), b.text());
    let loser = if a.status == 409 { a } else { b };
    let _ = loser.says("乡镇服务站").says("乡镇初审").says("2026年3月2日");
    assert_eq!(pond.lot().seq, 2, "one decision");
    pond.sound();
}

/// Who, which act, what is sent, and the status it earns.
type Try = (&'static str, &'static str, &'static [(&'static str, &'static str)], u16);

/// Steps out of turn by direct post: refused, nothing moves.
#[test]
fn steps_out_of_turn_are_refused() {
    let pond = Pond::reach(Point::Submitted, Winner::Member);
    let before = pond.lot();
    let on_log = || {
        let log = pond.browser("auditor").opened("/admin/security-log").text();
        (log.matches("越权或越序办理被拒").count(), log)
    };
    let (earlier, _) = on_log();
    let tries: [Try; 9] = [
        ("acceptance", "acceptance", &[("decision", "pass")], 409),
        ("review", "review", &[("decision", "pass"), ("opinion", "好")], 409),
        ("publication", "publication", &[], 409),
        ("certify", "contract", &[], 409),
        ("director", "certificate-approval", &[("password", PASSWORD), ("code", "123456")], 409),
        ("archive", "archive", &[], 409),
        ("collective", "submission", &[("truth", "yes")], 409),
        ("supervisor", "first-review", &[("decision", "pass"), ("opinion", "好")], 403),
        ("company", "first-review", &[("decision", "pass"), ("opinion", "好")], 404),
    ];
    for (who, act, typed, status) in tries {
        let answer = pond.post(who, act, typed);
        assert_eq!(answer.status, status, "{who} {act}: {}", answer.text());
    }
    assert_eq!(pond.lot(), before, "nothing moved");
    // Nothing typed: whoever comes out of turn hears that, not what his form lacks.
    let empty: [(&str, &str); 8] = [
        ("review", "review"),
        ("clerk", "approval"),
        ("review", "objection-answer"),
        ("bidding", "pause"),
        ("bidding", "session"),
        ("certify", "handover"),
        ("certify", "signed-check"),
        ("certify", "signed-scan"),
    ];
    for (who, act) in empty {
        let answer = pond.post(who, act, &[]);
        assert_eq!(answer.status, 409, "{who} {act}: {}", answer.text());
    }
    for act in ["pause", "resumption", "negotiation"] {
        assert_eq!(pond.browser("bidding").get(&pond.at(act)).status, 409, "no form of {act} stands open");
    }
    // What was only mistyped is nobody's business.
    assert_eq!(pond.post("clerk", "first-review", &[]).status, 422);
    let (noted, log) = on_log();
    assert_eq!(noted, earlier + tries.len() + empty.len(), "each try is on the security log: {log}");
    // The same step twice from two pages: the second is told what happened.
    let page = pond.at("first-review");
    let pass = [("decision", "pass"), ("opinion", "现场核实无误")];
    let clerk = pond.browser("clerk");
    let (one, two) = (clerk.opened(&page).fill(&page, &pass, &[]), clerk.opened(&page).fill(&page, &pass, &[]));
    assert_eq!(clerk.send(&one).status, 303);
    let _ = clerk.send(&two).refused(409, "待受理");
    pond.sound();
}

/// A step twice, one against a rule and a bid by somebody who is no bidder: all on the security log, the bid
/// without its lot.
#[test]
fn what_the_rules_refuse_is_on_the_security_log() {
    let pond = Pond::reach(Point::RoomOpen, Winner::Member);
    let count = || {
        let log = pond.browser("auditor").opened("/admin/security-log").text();
        (log.matches("越权或越序办理被拒").count(), log)
    };
    let (before, _) = count();
    // A bid from inside the room that is too low stands in the room's own record.
    let _ = room::offer(&pond, "outsider", "1").refused(422, "元");
    assert_eq!(count().0, before);
    let collective = pond.browser("collective");
    for (confirm, seen) in [("", ""), ("1", "0")] {
        let typed = [("amount", "600"), ("kind", "raise"), ("confirm", confirm), ("seen_seq", seen)];
        let token = [("_csrf", collective.token())];
        let fields = typed.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        let fields: Vec<_> = token.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).chain(fields).collect();
        let answer = collective.post(&pond.public("/bids"), &fields);
        assert!(answer.status >= 400, "{}", answer.text());
    }
    let (after, log) = count();
    assert_eq!(after, before + 2, "{log}");
    assert!(log.contains("/bids") && !log.contains(&pond.lot_no), "the log names no bidder's lot: {log}");
    pond.sound();
}

/// One bidder alone: he makes his offer in the room and gets the pond at it.
#[test]
fn a_sole_bidder_gets_it_at_his_offer() {
    let pond = Pond::reach(Point::Listed, Winner::Member);
    pond.wait_for(3, 6, 9, 0);
    bidders::apply(&pond, "outsider");
    let _ = bidders::judge(&pond);
    money::deposits(&pond, &["outsider"]);
    bidders::close(&pond);
    let _ = pond.act("qualification", "bidder-list", &[]);
    bidders::agree(&pond, "outsider");
    let session = pond.at("session");
    let _ = pond.browser("bidding").does(&session, &session, &[]);
    let starts = pond.lot().session.unwrap().starts;
    pond.wait_until(starts.plus_secs(60));
    let _ = room::stands(&pond, "outsider", "610");
    pond.wait_until(room::deadline(&pond));
    room::close_alone(&pond);
    assert_eq!(pond.lot().stage, Stage::Publicity);
    assert_eq!(pond.lot().outcome.unwrap().price, Fen::yuan(610));
    pond.sound();
}

/// Nobody bids: the room fails and every deposit goes back.
#[test]
fn a_room_without_bids_fails_and_refunds() {
    let mut pond = Pond::reach(Point::RoomOpen, Winner::Member);
    pond.wait_until(room::deadline(&pond));
    room::close_alone(&pond);
    assert_eq!(pond.lot().stage, Stage::FailedNoBid);
    let record = Client::new(&pond.world).opened(&pond.public("/papers/F06.pdf"));
    print::holds(&record, ["无报价", "流拍"].map(str::to_owned));
    let _ = Client::new(&pond.world).opened(&pond.public("")).says("没有有效报价");
    refund_all(&mut pond, 3);
}

/// Nobody applies: the listing fails by the clock.
#[test]
fn a_listing_without_applicants_fails() {
    let pond = Pond::reach(Point::Listed, Winner::Member);
    let closes = pond.lot().listing.unwrap().closes;
    pond.wait_until(closes);
    assert_eq!(pond.lot().stage, Stage::FailedNoApplicant);
    let _ = Client::new(&pond.world).opened(&pond.public("")).says("没有意向受让方报名");
    pond.proven();
}

/// A deposit booked at the deadline is late: not on the list, and the money goes back.
#[test]
fn a_late_deposit_is_no_deposit() {
    let pond = Pond::reach(Point::Listed, Winner::Member);
    pond.wait_for(3, 6, 9, 0);
    for who in ["member", "outsider"] {
        bidders::apply(&pond, who);
        let _ = bidders::judge(&pond);
    }
    money::deposits(&pond, &["member"]);
    let late = money::deposit_of(&pond, "outsider");
    let closes = pond.lot().listing.unwrap().closes;
    pond.wait_until(closes);
    let file = money::statement(&pond, &[late]);
    let finance = money::import(&pond, &file).says("导入1笔，其中自动匹配0笔");
    assert!(!finance.text().contains(&pond.lot_no), "the finance post learns no lot");
    let _ = pond.act("qualification", "bidder-list", &[]);
    let own = pond.browser("outsider").opened(&pond.public("/application"));
    let _ = own.says("未在截止时间前足额交纳保证金");
    // The money goes back the way it came.
    let line = pond.browser("finance").opened("/desk/finance").links("/desk/finance/lines/").remove(0);
    let back = format!("{line}/return");
    let _ = pond.browser("finance").does(&line, &back, &[]).says("已开具退款单");
    let text = String::from_utf8(money::send_all(&pond).bytes).unwrap();
    assert!(text.contains(&pond.person("outsider").account), "{text}");
    money::pay_out(&pond, &text);
    pond.sound();
}

/// A sustained objection voids the result; everybody gets the deposit back, the winner too.
#[test]
fn a_sustained_objection_voids_the_result() {
    let mut pond = Pond::reach(Point::Posted, Winner::Member);
    deal::object_with_clicks(&pond, 2);
    deal::answer(&pond, "yes");
    assert_eq!(pond.lot().stage, Stage::Annulled);
    let _ = Client::new(&pond.world).opened(&pond.public("")).says("异议成立，成交无效");
    refund_all(&mut pond, 3);
}

/// The authority refuses without anybody's fault: the deal ends, the winner's deposit goes back whole.
#[test]
fn a_refused_approval_ends_the_deal_with_full_refund() {
    let mut pond = Pond::reach(Point::Posted, Winner::Outsider);
    deal::end_publicity(&pond);
    deal::confirm(&pond, "outsider");
    deal::file_intention(&pond);
    let here = pond.at("approval");
    let day = pond.now().day().iso();
    let typed = [("kind", "township"), ("granted", "no"), ("day", day.as_str()), ("number", "塔政批〔2026〕13号")];
    let _ = pond.browser("clerk").submit(&here, &here, &typed).refused(422, "请写明理由");
    let with: Vec<(&str, &str)> = typed.iter().copied().chain([("note", "与村庄规划不符")]).collect();
    let _ = pond.act("clerk", "approval", &with);
    assert_eq!(pond.lot().stage, Stage::Terminated);
    let _ = pond.browser("outsider").opened(&pond.case).says("未获批准").says("保证金全额退还");
    let _ = pond.browser("certify").get(&pond.at("contract")).refused(409, "终结");
    refund_all(&mut pond, 3);
}

/// The contract is signed on paper; two clerks look at the scan.
#[test]
fn a_contract_signed_on_paper_is_checked_by_two() {
    let mut pond = Pond::reach(Point::Confirmed, Winner::Member);
    deal::make(&pond);
    deal::sign_on_paper(&pond);
    deal::authenticate(&pond);
    money::pay_the_price(&mut pond, Winner::Member);
    pond.sound();
}

/// Who declines electronic form signs confirmation and delivery note by hand; who agreed signs on screen.
#[test]
fn confirmation_and_delivery_are_signed_on_paper() {
    let mut pond = Pond::reach(Point::Posted, Winner::Member);
    deal::end_publicity(&pond);
    let _ = pond.sign("member", "confirmation", &[("agree", "yes")]).says("您已签署成交确认书");
    let _ = pond.browser("certify").opened(&pond.at("signed-scan")).says("成交确认书").says("转出方");
    deal::sign_on_paper(&pond);
    let lot = pond.lot();
    assert_eq!(lot.stage, Stage::ToSign);
    assert!(matches!(lot.confirmation.transferor, Some((_, Signing::Paper { .. }))), "{:?}", lot.confirmation);
    assert!(matches!(lot.confirmation.transferee, Some((_, Signing::Screen { .. }))), "{:?}", lot.confirmation);
    deal::make(&pond);
    deal::sign_on_paper(&pond);
    deal::authenticate(&pond);
    money::pay_the_price(&mut pond, Winner::Member);
    deal::apply_for_certificate(&pond, Winner::Member);
    deal::to_certificate(&mut pond, Winner::Member);
    deal::sign_on_paper(&pond);
    assert_eq!(pond.lot().stage, Stage::Delivered);
    let file = pond.browser("collective").opened(&pond.case);
    let _ = file.says("签署成交确认书的扫描件").says("签署交割单的扫描件");
    pond.sound();
}

/// The bank did not carry out a payment: the order goes the whole way again.
#[test]
fn a_payment_that_the_bank_rejects_goes_out_again() {
    let mut pond = Pond::reach(Point::RoomOpen, Winner::Member);
    pond.wait_until(room::deadline(&pond));
    room::close_alone(&pond);
    let _ = money::send_all(&pond);
    let (finance, finance2) = (pond.browser("finance"), pond.browser("finance2"));
    let sent: Vec<String> = finance.opened("/desk/refunds").links("/desk/refunds/");
    let sent: Vec<&String> = sent.iter().filter(|l| l.ends_with("/unpaid")).collect();
    assert_eq!(sent.len(), 3);
    for page in sent {
        let _ = finance.submit(page, page, &[("then", "report")]).refused(422, "请填写");
        let why = [("then", "report"), ("reason", "柜台退票，户名有误，回单0312")];
        let _ = finance.does(page, page, &why).says("等待另一人复核").says("银行未执行，待复核");
        assert_eq!(finance.opened(page).action_of("then", "confirm"), None, "not by himself");
        let shown = finance2.opened(page).says("柜台退票");
        let action = shown.action_of("then", "confirm").expect("to be confirmed");
        let again = finance2.send(&shown.fill(&action, &[("then", "confirm")], &[]));
        let _ = finance2.opened(again.leads()).says("付款单重新办理");
    }
    let _ = finance.opened("/desk/refunds").says("待制单");
    refund_all(&mut pond, 3);
}

/// Every open order is made, checked, sent and paid; then the whole world is proven.
fn refund_all(pond: &mut Pond, n: usize) {
    let text = String::from_utf8(money::send_all(pond).bytes).unwrap();
    assert_eq!(text.lines().count(), n + 1, "{text}");
    money::pay_out(pond, &text);
    pond.proven();
}
