//! From the posted result to the archive.

use nongquan::domain::lot::Stage;

use super::{Pond, Winner, bidders, print};
use crate::support::{Client, papers};

/// The winner's name in the walk.
pub fn key(winner: Winner) -> &'static str {
    match winner {
        Winner::Member => "member",
        Winner::Outsider => "outsider",
    }
}

/// An objection and its answer, the end of the publicity, both signatures.
pub fn to_confirmation(pond: &mut Pond, winner: Winner) {
    let notice = Client::new(&pond.world).opened(&pond.public("/papers/F07.pdf"));
    let priority = match winner {
        Winner::Member => "以同等价格行使优先权，优先成交",
        Winner::Outsider => "有优先权人以同等价格行使优先权，后被更高报价超过",
    };
    print::holds(&notice, ["优先权行使".to_owned(), priority.to_owned()]);
    losers_are_told(pond, winner);
    object(pond);
    answer(pond, "no");
    end_publicity(pond);
    confirm(pond, key(winner));
}

/// The approvals that an outsider needs.
pub fn to_approval(pond: &mut Pond, winner: Winner) {
    if winner == Winner::Outsider {
        approve(pond);
    }
    assert_eq!(pond.lot().stage, Stage::ToSign);
}

/// Every bidder but the winner hears that he lost, and what becomes of his deposit; nobody hears who won.
fn losers_are_told(pond: &Pond, winner: Winner) {
    for who in bidders::BIDDERS {
        let told = pond.phones.messages(&pond.world, &pond.person(who).phone);
        let lost: Vec<&String> = told.iter().filter(|m| m.contains("您未成交")).collect();
        assert_eq!(lost.len(), usize::from(who != key(winner)), "{who}: {told:?}");
        let ends = pond.lot().publicity_ends.expect("a publicity").zh_end();
        let says = |words: &str| lost.iter().all(|m| m.contains(words));
        assert!(says(&pond.lot_no) && says(&ends) && says("保证金按公告载明的规则原路退回"), "{who}: {lost:?}");
        assert!(!lost.iter().any(|m| m.contains(&pond.person(key(winner)).name)), "{who}: {lost:?}");
    }
}

/// Somebody without an account objects; the clock stops.
pub fn object(pond: &Pond) {
    object_with_clicks(pond, 1);
}

/// The same with so many clicks on the button before the answer is there: one objection.
pub fn object_with_clicks(pond: &Pond, clicks: usize) {
    let before = pond.lot().publicity_ends.expect("a publicity");
    pond.wait_until(before.plus_ms(-86_400_000));
    let page = pond.public("/objection");
    let typed =
        [("name", "何大年"), ("contact", "界头村2组 13574609999"), ("content", "认为公示照片张贴位置不明显，请核实。")];
    let stranger = Client::new(&pond.world);
    stranger.finds(&[&pond.public("")], &page);
    let _ = stranger.submit(&page, &page, &[("name", "何大年")]).refused(422, "异议内容");
    // What everybody will read names nobody's number.
    let telling = [typed[0], typed[1], ("content", "李四（13574609998）说公示照片张贴位置不明显。")];
    let _ = stranger.submit(&page, &page, &telling).refused(422, "异议");
    assert!(pond.lot().objections.is_empty());
    let filled = stranger.opened(&page).fill(&page, &typed, &[]);
    let answers: Vec<String> = (0..clicks).map(|_| stranger.send(&filled).leads().to_owned()).collect();
    assert!(answers.iter().all(|to| *to == answers[0]), "{answers:?}");
    let lot = stranger.opened(&answers[0]).says("异议已经收到");
    assert_eq!(pond.lot().objections.len(), 1);
    assert!(!lot.body.contains("13574609999"), "the contact stays with the centre");
    assert_eq!(pond.lot().stage, Stage::ObjectionHandling);
    // The old end passes and nothing happens.
    pond.wait_until(before.plus_secs(60));
    assert_eq!(pond.lot().stage, Stage::ObjectionHandling);
    let orders = pond.browser("finance").opened("/desk/refunds");
    let _ = orders.says("已暂停（异议处理中）");
}

/// The centre answers in public.
pub fn answer(pond: &Pond, sustained: &str) {
    let page = pond.at("objection-answer");
    let browser = pond.browser("review");
    pond.is_offered("review", "objection-answer");
    let which = pond.lot().objections[0].id.to_string();
    let text = "经调取公示首日、末日照片并到村核实，张贴于村务公开栏，位置明显。";
    let telling = [("objection", which.as_str()), ("sustained", sustained), ("answer", "已电话13574609998核实。")];
    assert_eq!(browser.submit(&page, &page, &telling).status, 422, "no telephone in a public answer");
    let typed = [("objection", which.as_str()), ("sustained", sustained), ("answer", text)];
    let _ = browser.does(&page, &page, &typed).says("答复已经公开");
    let public = Client::new(&pond.world).opened(&pond.public("")).says(text);
    assert!(!public.text().contains("何大年") && public.text().contains("何"), "the objector is masked");
}

/// The rest of the publicity runs out.
pub fn end_publicity(pond: &Pond) {
    let ends = pond.lot().publicity_ends.expect("a publicity");
    assert!(ends > pond.now());
    pond.wait_until(ends);
    assert_eq!(pond.lot().stage, Stage::Confirmation);
}

/// Both sign the confirmation on screen.
pub fn confirm(pond: &Pond, winner: &str) {
    for who in ["collective", winner] {
        let _ = pond.browser(who).opened("/desk").says("签署成交确认书");
        print::of_the_deal(pond, who, &pond.at("papers/F08.pdf"), &[]);
        let code = pond.ask_code(who, "confirmation");
        let (here, password) = (pond.at("confirmation"), crate::support::people::PASSWORD);
        let without = [("password", password), ("code", code.as_str())];
        let _ = pond.browser(who).submit(&here, &here, &without).refused(422, "请先勾选同意采用电子形式");
        let with = [("password", password), ("code", code.as_str()), ("agree", "yes")];
        let _ = pond.act(who, "confirmation", &with).says("您已签署成交确认书");
    }
}

/// The township's approval and the licence, each by its own office, with number and day.
pub fn approve(pond: &Pond) {
    assert_eq!(pond.lot().stage, Stage::Approval);
    let _ = pond.browser("certify").get(&pond.at("contract")).refused(409, "待审批");
    for (paper, start) in [("papers/YX.pdf", b"%PDF"), ("papers/SP.pdf", b"%PDF")] {
        assert!(pond.browser("clerk").opened(&pond.at(paper)).bytes.starts_with(start));
    }
    file_intention(pond);
    let day = pond.now().day().iso();
    let before = pond.now().day().plus(-60).iso();
    let early = [("kind", "township"), ("granted", "yes"), ("day", before.as_str()), ("number", "塔政批〔2026〕1号")];
    let here = pond.at("approval");
    let _ = pond.browser("clerk").submit(&here, &here, &early).refused(422, "不能早于成交结果产生之日");
    for (who, kind, number) in
        [("clerk", "township", "塔政批〔2026〕12号"), ("agriculture", "commercial_capital", "蓝农许〔2026〕3号")]
    {
        let _ = pond.browser(who).opened("/desk").says("登记审批决定");
        let blank = [("kind", kind), ("granted", "yes"), ("day", day.as_str())];
        let _ = pond.browser(who).submit(&here, &here, &blank).refused(422, "文号");
        let typed = [("kind", kind), ("granted", "yes"), ("day", day.as_str()), ("number", number)];
        let _ = pond.act(who, "approval", &typed).says("审批决定已经登记").says(number);
    }
}

/// No decision is recorded before the intention agreement that both signed is in the file.
pub fn file_intention(pond: &Pond) {
    let _ = pond.browser("clerk").opened(&pond.at("approval")).says("流转意向协议书还没有上传");
    let day = pond.now().day().iso();
    let typed = [("kind", "township"), ("granted", "yes"), ("day", day.as_str()), ("number", "塔政批〔2026〕12号")];
    let _ = pond.post("clerk", "approval", &typed).refused(422, "还没有双方签署的流转意向协议书");
    let clerk = pond.browser("clerk");
    let _ = clerk.opened("/desk").says("登记线下签署的文书");
    let here = pond.at("signed-scan");
    let scan = [("scan", papers::jpeg("意向协议.jpg"))];
    let _ = clerk.opened(clerk.upload(&here, &here, &[], &scan).leads()).says("扫描件已经上传");
    let _ = clerk.opened(&pond.case).says("签署流转意向协议书的扫描件");
}

/// The contract that was made: signed by both on screen, authenticated.
pub fn to_contract(pond: &mut Pond, winner: Winner) {
    for who in ["collective", key(winner)] {
        let page = pond.browser(who).opened(&pond.at("signature"));
        let contract = &page.links("/documents/")[0];
        print::of_the_deal(pond, who, contract, &[print::SIZE, "界头村", "鱼类养殖"]);
        print::of_the_object(pond, who, contract);
        let _ = pond.sign(who, "signature", &[]).says("您已签署合同");
    }
    authenticate(pond);
}

/// The certifying post makes the contract.
pub fn make(pond: &Pond) {
    let _ = pond.browser("collective").opened(&pond.at("signature")).says("合同还没有生成");
    let _ = pond.act("certify", "contract", &[]).says("合同已经生成");
    let _ = pond.browser("certify").opened(&pond.at("authentication")).says("双方还没有都签署合同");
    let _ = pond.post("certify", "authentication", &[]).refused(422, "双方还没有都签署合同");
}

/// The certifying post authenticates the signed contract.
pub fn authenticate(pond: &Pond) {
    let _ = pond.browser("certify").opened(&pond.at("authentication")).says("首期价款");
    let _ = pond.act("certify", "authentication", &[]).says("合同已经鉴证备案");
    assert_eq!(pond.lot().stage, Stage::AwaitingPayment);
}

/// The present paper signed by hand: the scan is uploaded by one and checked by another.
pub fn sign_on_paper(pond: &Pond) {
    let here = pond.at("signed-scan");
    let scan = [("scan", papers::jpeg("扫描件.jpg"))];
    let certify = pond.browser("certify");
    pond.is_offered("certify", "signed-scan");
    let _ = certify.opened(certify.upload(&here, &here, &[], &scan).leads()).says("等待另一人复核");
    let check = pond.at("signed-check");
    let _ = certify.get(&check).refused(403, "岗位分离");
    let second = pond.browser("certify2");
    pond.is_offered("certify2", "signed-check");
    let _ = second.submit(&check, &check, &[("accepted", "no")]).refused(422, "写明");
    let _ = second.does(&check, &check, &[("accepted", "no"), ("note", "第3页缺转出方签章")]).says("复核结果已经登记");
    let _ = certify.opened(certify.upload(&here, &here, &[], &scan).leads()).says("等待另一人复核");
    // What the second clerk has before him is not what waits by now.
    let open = second.opened(&check).fill(&check, &[("accepted", "yes")], &[]);
    let other = [("scan", papers::pdf("重扫.pdf", "Another scan"))];
    let _ = certify.opened(certify.upload(&here, &here, &[], &other).leads()).says("等待另一人复核");
    let _ = second.send(&open).refused(422, "扫描件在您打开本页以后已经换过");
    let _ = second.does(&check, &check, &[("accepted", "yes")]).says("复核结果已经登记");
}

/// The winner applies for the certificate.
pub fn apply_for_certificate(pond: &Pond, winner: Winner) {
    let _ = pond.act(key(winner), "certificate-application", &[]).says("申请已经提交");
}

/// Drawn up, approved by the director, verified by anybody.
pub fn to_certificate(pond: &mut Pond, winner: Winner) {
    let _ = pond.act("certify", "certificate", &[]).says("等待中心主任批准");
    let here = pond.at("certificate-approval");
    pond.is_offered("director", "certificate-approval");
    let director = pond.browser("director");
    let _ = director.submit(&here, &here, &[("return", "1")]).refused(422, "写明理由");
    let typed = [("return", "1"), ("reason", "坐落与公告不一致，请核对")];
    let _ = director.does(&here, &here, &typed);
    let _ = pond.act("certify", "certificate", &[]).says("等待中心主任批准");
    let _ = pond.sign("director", "certificate-approval", &[]).says("鉴证书的决定已经登记");
    assert_eq!(pond.lot().stage, Stage::Certified);
    verify_in_public(pond, winner);
}

/// Anybody looks the certificate up; who holds the check code asks for a name.
fn verify_in_public(pond: &Pond, winner: Winner) {
    let number = pond.lot().certificate.number.expect("a number");
    let stranger = Client::new(&pond.world);
    let typed: String = number
        .chars()
        .map(|c| {
            if c == '〔' {
                '['
            } else if c == '〕' {
                ']'
            } else {
                c
            }
        })
        .collect();
    let query = percent_encoding(&typed);
    let page = stranger.get(&format!("/verify?number={query}"));
    let path = page.leads().to_owned();
    let shown = stranger.opened(&path).says("鉴证书有效").says("32.6亩");
    let person = pond.person(key(winner));
    assert!(!shown.body.contains(&person.name) && !shown.body.contains(&person.number), "parties are masked");
    // The code stands on the parties' paper only.
    let code = print::certificate(pond, winner);
    let ask = |code: &str, name: &str| stranger.submit(&path, &path, &[("code", code), ("name", name)]);
    let _ = ask(&code, &person.name).refused(200, "姓名相符");
    let _ = ask(&code, "王不是").refused(200, "姓名不符");
    let _ = ask("AAAA-AAAA-AAAA", &person.name).refused(422, "校验码不正确");
    let _ = stranger
        .get("/verify?number=%E6%B9%98%E8%93%9D%E5%86%9C%E9%89%B4%5B2026%5D99999%E5%8F%B7")
        .refused(200, "没有查到");
    let _ = stranger.opened(&pond.public("")).says(&number);
    print::certificate_is_checked(pond, &path);
}

fn percent_encoding(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// Delivered and handed over.
pub fn to_hand_over(pond: &mut Pond, winner: Winner) {
    for (who, note) in [("collective", "已清塘，钥匙两把移交"), (key(winner), "")] {
        let _ = pond.sign(who, "delivery", &[("note", note)]).says("您已签署交割单");
    }
    assert_eq!(pond.lot().stage, Stage::Delivered);
    let _ = pond.act("certify", "handover", &[]).says("材料已经移交");
}

/// Registered and archived.
pub fn to_archive(pond: &mut Pond, _: Winner) {
    let page = pond.browser("station").opened(&pond.at("registration"));
    let package = page.links("/documents/");
    let zip = pond.browser("station").opened(&package[0]);
    assert!(zip.bytes.starts_with(b"PK"), "{}", zip.media_type);
    let answer = [("registrable", "yes"), ("number", "蓝农合备〔2026〕0012号"), ("note", "已备案")];
    let _ = pond.act("station", "registration", &answer).says("办理结果已经登记").says("县农村经营服务站");
    let _ = pond.browser("archive").opened(&pond.at("archive")).says("卷内材料").says("申请　流转方案：流转方案.pdf");
    let done = pond.act("archive", "archive", &[]).says("案卷已经归档");
    assert_eq!(pond.lot().stage, Stage::Archived);
    let file_no = pond.lot().file_no.expect("a file number");
    assert!(file_no.ends_with("-0001"), "the first file of the year: {file_no}");
    let _ = done.says(&file_no);
    print::archive_is_counted(pond);
    print::the_application_stays_with_its_side(pond);
}
