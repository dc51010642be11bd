//! Turns a case takes on its way: a room that is paused, papers that are corrected, applications that are
//! taken back, an officer who writes for a farmer.

use nongquan::domain::lot::Stage;
use nongquan::store::bids;
use scraper::Html;

use super::pond::{Point, Pond, Winner, bidders, intake, money, print, room};
use crate::support::client::css;
use crate::support::people::PASSWORD;
use crate::support::{Answer, Client, papers};

/// The value of the option with these words.
fn option(page: &Answer, field: &str, words: &str) -> String {
    let html = Html::parse_document(&page.body);
    let options = css(&format!("select[name='{field}'] option"));
    let found = html.select(&options).find(|o| o.text().collect::<String>().contains(words));
    found.and_then(|o| o.attr("value")).unwrap_or_else(|| panic!("{field}: {words}: {}", page.text())).to_owned()
}

/// Two freeze the room on a printed ground; nothing counts meanwhile; all of the lost time is given back.
#[test]
fn a_room_is_paused_by_two_and_gives_the_lost_time_back() {
    let pond = Pond::reach(Point::RoomOpen, Winner::Member);
    pond.wait_secs(60);
    let _ = room::stands(&pond, "outsider", "600");
    let before = room::deadline(&pond);
    let page = pond.at("pause");
    let bidding = pond.browser("bidding");
    let why = "机房停电，备用电源未能启动";
    let alone = [("ground", "power"), ("reason", why)];
    assert_eq!(bidding.submit(&page, &page, &alone).status, 422, "one is not enough");
    let telling = [
        ("ground", "power"),
        ("reason", "请联系李四13574609998"),
        ("second_account", "director"),
        ("second_password", PASSWORD),
    ];
    assert_eq!(bidding.submit(&page, &page, &telling).status, 422, "no telephone in a public reason");
    let with = |who: &'static str, password: &'static str| {
        [("ground", "power"), ("reason", why), ("second_account", who), ("second_password", password)]
    };
    assert_eq!(bidding.submit(&page, &page, &with("bidding", PASSWORD)).status, 422, "not the same person twice");
    assert_eq!(bidding.submit(&page, &page, &with("director", "Wrong-Password9!")).status, 422);
    assert_eq!(bidding.submit(&page, &page, &with("finance", PASSWORD)).status, 422, "not any post");
    assert_eq!(pond.lot().stage, Stage::FreeBidding);
    let _ = bidding.does(&page, &page, &with("director", PASSWORD)).says("竞价已暂停");
    assert_eq!(pond.lot().stage, Stage::BiddingPaused);
    let visitor = Client::new(&pond.world);
    let _ = visitor.opened(&pond.public("/room")).says("暂停").says(why);
    let company = pond.browser("company");
    let fields = [("_csrf", company.token()), ("kind", "raise".to_owned()), ("amount", "620".to_owned())];
    let direct = company.post(&pond.public("/bids"), &fields.map(|(n, v)| (n.to_owned(), v)));
    assert!(matches!(direct.status, 409 | 422), "{}: {}", direct.status, direct.text());
    // The old deadline passes and nothing closes.
    pond.wait_secs(15 * 60);
    let _ = pond.act("bidding", "resumption", &[]).says("已公布恢复");
    pond.wait_secs(60);
    assert_eq!(pond.lot().stage, Stage::FreeBidding);
    let after = room::deadline(&pond);
    assert!(after >= before.plus_secs(15 * 60), "{} is not given back: {}", before.zh(), after.zh());
    let _ = room::stands(&pond, "company", "620");
    let _ = visitor.opened(&pond.public("/room")).says("暂停与恢复记录").says(why);
    pond.wait_until(room::deadline(&pond));
    room::close_alone(&pond);
    assert_eq!(pond.lot().stage, Stage::Publicity);
    // The bid record tells the pause, and by a digest that the two bidders sat at different places or the same.
    let record = visitor.opened(&pond.public("/papers/F06.pdf"));
    let session = pond.lot().session.expect("a session").room;
    let made = pond.world.app.store.read(|db| bids::of_room(db, session)).expect("bids");
    assert!(made.iter().all(|b| b.source.len() == 8 && b.source == made[0].source), "{made:?}");
    print::holds(&record, ["暂停和恢复", why, &made[0].source].map(str::to_owned));
    pond.sound();
}

/// A bidder is asked to correct, corrects, and is confirmed; another takes the application back and gets
/// the deposit, and may apply again.
#[test]
fn bidders_correct_and_take_back() {
    let pond = Pond::reach(Point::Listed, Winner::Member);
    pond.wait_for(3, 6, 9, 0);
    bidders::apply(&pond, "outsider");
    let reviewer = pond.browser("qualification");
    let page = reviewer.submit("/desk/qualification", "/desk/qualification", &[]).leads().to_owned();
    let _ = reviewer.submit(&page, &page, &[("decision", "correct")]).refused(422, "补正");
    let wanted = "经营计划没有写明尾水处理办法，请补充。";
    let _ = reviewer.does(&page, &page, &[("decision", "correct"), ("reason", wanted)]).says("结论已作出");
    let own = pond.public("/application");
    let outsider = pond.browser("outsider");
    let _ = outsider.opened(&own).says("补正").says(wanted);
    let told = pond.phones.messages(&pond.world, &pond.person("outsider").phone);
    assert!(told.iter().any(|m| m.contains("尾水处理办法")), "{told:?}");
    let corrected = "投放草鱼、鲢鱼；尾水经三级沉淀和人工湿地处理后排放";
    let sent = outsider.upload(&own, &own, &[("plan", corrected), ("then", "submit")], &[]);
    let _ = outsider.opened(sent.leads()).says("报名已提交");
    let page = reviewer.submit("/desk/qualification", "/desk/qualification", &[]).leads().to_owned();
    let _ = reviewer.opened(&page).says("人工湿地");
    // Nobody is confirmed while a question is open, or by a look from before he applied.
    let qualify = [("decision", "qualify"), ("member", "no")];
    let _ = reviewer.opened(&page).says("尚未查询").says("禁入名单尚未查询");
    let _ = reviewer.submit(&page, &page, &qualify).refused(422, "请先查明禁入和失信名单");
    let with = |day: &'static str| [qualify[0], qualify[1], ("bans", "none"), ("bans_on", day)];
    let _ = reviewer.submit(&page, &page, &with("")).refused(422, "请填写名单查询日期");
    let _ = reviewer.submit(&page, &page, &with("2026-03-05")).refused(422, "查询日期应在报名提交之日");
    let _ = reviewer.submit(&page, &page, &with("2026-03-07")).refused(422, "查询日期应在报名提交之日");
    let banned = [qualify[0], qualify[1], ("bans", "banned"), ("bans_on", "2026-03-06"), ("bans_to", "2026-12-31")];
    let _ = reviewer.submit(&page, &page, &banned).refused(422, "期限至 2026年12月31日");
    let _ = reviewer.does(&page, &page, &with("2026-03-06")).says("结论已作出");
    money::deposits(&pond, &["outsider"]);

    bidders::apply(&pond, "company");
    money::deposits(&pond, &["company"]);
    let (back, company) = (format!("{own}/withdrawal"), pond.browser("company"));
    let _ = company.does(&own, &back, &[]).says("报名已撤回").says("已撤回");
    let text = String::from_utf8(money::send_all(&pond).bytes).unwrap();
    assert!(text.contains(&pond.person("company").account), "{text}");
    money::pay_out(&pond, &text);
    // What he wrote and handed in is still there.
    let mut again =
        vec![("intended_use", "鱼类养殖"), ("plan", "投放草鱼"), ("then", "submit"), ("refund_account", "yes")];
    again.extend([("member", "no"), ("ability", "yes"), ("village_official", "no")]);
    again.extend([("staff_or_relative", "no"), ("agent", "no")]);
    again.extend(bidders::DECLARATIONS.map(|d| (d, "yes")));
    let sent = company.upload(&own, &own, &again, &[]);
    let _ = company.opened(sent.leads()).says("报名已提交");
    let _ = bidders::judge(&pond);
    // The first deposit went back; the second is found by its code like the first, and puts him on the list.
    let _ = company.opened(&own).says("未到账");
    money::deposits(&pond, &["company"]);
    assert_eq!(company.opened(&own).fact("保证金到账情况").as_deref(), Some("已到账"));
    // Confirmed and on the list, he can no longer withdraw by himself.
    assert_eq!(company.get(&own).status, 200);
    assert!(!company.opened(&own).text().contains("撤回报名"));
    bidders::close(&pond);
    let _ = pond.act("qualification", "bidder-list", &[]).says("竞买人名单已确认");
    for who in ["outsider", "company"] {
        bidders::agree(&pond, who);
    }
    // A refused try is on the security log, but not for which lot: that would tell who means to bid.
    let transferor = pond.browser("collective");
    let try_it = [("_csrf".to_owned(), transferor.token()), ("then".to_owned(), "save".to_owned())];
    assert_eq!(transferor.post(&own, &try_it).status, 403);
    let log = pond.browser("auditor").opened("/admin/security-log").text();
    assert!(log.contains("/lots/…/application") && !log.contains(&pond.lot_no), "{log}");
    pond.sound();
}

/// The centre sends the application back once with everything it lacks; taken back by its owner it ends.
#[test]
fn the_centre_asks_for_corrections_and_the_owner_takes_it_back() {
    let pond = Pond::reach(Point::Submitted, Winner::Member);
    let pass = [("decision", "pass"), ("opinion", "已到现场核实。")];
    let _ = pond.act("clerk", "first-review", &pass);
    let here = pond.at("acceptance");
    let acceptance = pond.browser("acceptance");
    assert_eq!(acceptance.submit(&here, &here, &[("decision", "correct")]).status, 422, "it must say what");
    let items = [("decision", "correct"), ("items", "成员大会决议缺到会人签名页\n现状照片请补拍进水口")];
    let _ = pond.act("acceptance", "acceptance", &items).says("受理决定已登记");
    let collective = pond.browser("collective");
    let _ = collective.opened(&pond.case).says("成员大会决议缺到会人签名页").says("现状照片请补拍进水口");
    let _ = collective.opened("/desk").says("补正");
    let page = pond.at("draft/papers");
    let again = [("paper.t04", papers::pdf("成员大会决议（补签）.pdf", "Decision with signatures"))];
    let _ = collective.opened(collective.upload(&page, &page, &[], &again).leads()).says("已上传 1 份材料");
    let _ = pond.act("collective", "submission", &[("truth", "yes")]);
    let _ = acceptance.opened(&pond.case).says("成员大会决议（补签）.pdf");
    assert_eq!(pond.post("clerk", "withdrawal", &[("reason", "不办了")]).status, 403, "the owner alone");
    let leave = pond.at("withdrawal");
    assert_eq!(collective.submit(&leave, &leave, &[]).status, 422, "a reason is needed");
    let _ = pond.act("collective", "withdrawal", &[("reason", "村里决定自养一年")]).says("申请已撤回");
    assert_eq!(pond.lot().stage, Stage::Withdrawn);
    assert_eq!(pond.post("acceptance", "acceptance", &[("decision", "pass")]).status, 409);
    pond.sound();
}

/// The village's officer writes for a farmer who signed a letter, and for nobody else.
#[test]
fn an_officer_writes_for_a_farmer() {
    let mut pond = Pond::reach(Point::Peopled, Winner::Member);
    let officer = pond.browser("officer");
    let form = officer.opened("/projects/new").says("村级信息员帮办");
    let farmer = option(&form, "party", "李春生");
    assert!(!form.body.contains("盘三妹"), "she is of another village");
    let place = option(&form, "place", "界头村");
    let typed = [("place", place.as_str()), ("party", farmer.as_str()), ("variety", "0101")];
    assert_eq!(officer.upload("/projects/new", "/projects", &typed, &[]).status, 422, "without a letter");
    let letter = [("paper.t08", papers::pdf("授权委托书.pdf", "Letter of authority"))];
    let sent = officer.upload("/projects/new", "/projects", &typed, &letter);
    let tasks = sent.leads().to_owned();
    pond.case = tasks.trim_end_matches("/draft").to_owned();
    let officer = pond.browser("officer");
    let _ = officer.opened(&tasks).says("李春生");
    let page = pond.at("draft/object");
    let _ = officer.does(&page, &page, &[("o.title", "界头村2组李家水田经营权"), ("then", "list")]).says("已保存");
    let _ = officer.opened("/desk").says("界头村2组李家水田经营权");
    // The farmer sees it as his own; others do not see it at all.
    let _ = pond.browser("member").opened("/desk").says("界头村2组李家水田经营权");
    assert_eq!(pond.browser("outsider").get(&tasks).status, 404);
    assert_eq!(pond.browser("collective").get(&tasks).status, 404);
    let page = pond.at("submission");
    let _ = officer.opened(&page).says("还不能提交");
    assert_eq!(pond.post("officer", "submission", &[("truth", "yes")]).status, 422);
    assert_eq!(pond.lot().stage, Stage::Draft);
    pond.sound();
}

/// What the collective wrote before the browser broke down is there when it comes back.
#[test]
fn what_was_written_is_there_again() {
    let mut pond = Pond::reach(Point::Peopled, Winner::Member);
    intake::start(&mut pond);
    let page = pond.at("draft/object");
    let typed = [("o.title", "门口塘"), ("o.location", "3组，村委会东侧"), ("o.quantity", "三十二亩六分")];
    let _ = pond.browser("collective").submit(&page, &page, &typed);
    let again = Client::new(&pond.world).login("collective", PASSWORD);
    let shown = again.opened(&page);
    assert!(shown.body.contains("门口塘") && shown.body.contains("3组，村委会东侧"), "{}", shown.text());
    // What is no quantity was told at once, and is not kept (decision 0012).
    assert!(!shown.body.contains("三十二亩六分"), "{}", shown.text());
    pond.sound();
}
