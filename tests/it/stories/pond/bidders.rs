//! Bidders apply with papers and priority claim, are judged one by one, and pay their deposits.

use super::{Pond, money};
use crate::support::{Answer, Attachment, papers};

/// Bidders of the walk.
pub const BIDDERS: [&str; 3] = ["member", "outsider", "company"];

/// What every bidder declares.
pub const DECLARATIONS: [&str; 6] = ["truth", "notice", "capable", "no_collusion", "relation", "own_account"];

/// All apply, are judged, and pay.
pub fn apply_and_pay(pond: &mut Pond) {
    pond.wait_for(3, 6, 9, 0);
    for who in BIDDERS {
        apply(pond, who);
    }
    pond.wait_for(3, 9, 10, 0);
    for _ in BIDDERS {
        judge(pond);
    }
    let _ =
        pond.browser("qualification").does("/desk/qualification", "/desk/qualification", &[]).says("没有待审查的报名");
    pond.wait_for(3, 10, 9, 0);
    money::deposits(pond, &BIDDERS);
    for who in BIDDERS {
        let own = pond.browser(who).opened(&pond.public("/application"));
        assert_eq!(own.fact("保证金到账情况").as_deref(), Some("已到账"), "{}", own.text());
        assert_eq!(own.fact("报名状态").as_deref(), Some("资格已确认"));
    }
}

/// One bidder applies: a draft first, then handed in with papers.
pub fn apply(pond: &Pond, who: &str) {
    let page = pond.public("/application");
    let browser = pond.browser(who);
    browser.finds(&["/lots"], &pond.public(""));
    browser.finds(&[&pond.public("")], &page);
    let mut typed = vec![
        ("intended_use", "鱼类养殖"),
        ("plan", "投放草鱼、鲢鱼，增氧机常年值守，尾水经沉淀后排放"),
        ("member", if who == "member" { "yes" } else { "no" }),
        ("ability", "yes"),
        ("village_official", "no"),
        ("staff_or_relative", "no"),
        ("agent", "no"),
    ];
    if who == "member" {
        typed.extend([("priority", "P4"), ("priority_ground", "界头村集体经济组织成员，见成员证书")]);
    }
    // Saved first, so that the list of papers follows the answers.
    let save: Vec<(&str, &str)> = typed.iter().copied().chain([("then", "save")]).collect();
    let _ = browser.opened(browser.upload(&page, &page, &save, &[]).leads()).says("草稿已保存");
    let files = papers_of(who);
    let chosen: Vec<(&str, Attachment)> = files.iter().map(|(field, file)| (field.as_str(), file.clone())).collect();
    let mut all = vec![("then", "submit"), ("refund_account", "yes")];
    all.extend(DECLARATIONS.map(|d| (d, "yes")));
    let incomplete = browser.upload(&page, &page, &all, &chosen[..chosen.len() - 1]);
    let _ = incomplete.refused(422, "请上传");
    let sent = browser.upload(&page, &page, &all, &chosen);
    let _ = browser.opened(sent.leads()).says("报名已提交");
}

fn papers_of(who: &str) -> Vec<(String, Attachment)> {
    let keys: &[&str] = match who {
        "member" => &["r02", "r04", "r05", "r09"],
        "company" => &["r02", "r04", "r05", "r10", "r11"],
        _ => &["r02", "r04", "r05", "r10"],
    };
    let file = |key: &&str| (format!("paper.{key}"), papers::pdf(&format!("{key}.pdf"), &format!("{who} {key}")));
    keys.iter().map(file).collect()
}

/// The qualification post takes the next application and confirms it, membership and priority as proven.
pub fn judge(pond: &Pond) -> Answer {
    let browser = pond.browser("qualification");
    browser.finds(&["/desk"], "/desk/qualification");
    let taken = browser.submit("/desk/qualification", "/desk/qualification", &[]);
    let page = taken.leads().to_owned();
    let shown = browser.opened(&page);
    let member = shown.fact("核验为集体成员").as_deref() == Some("是");
    let mut typed = vec![("decision", "qualify"), ("member", if member { "yes" } else { "no" })];
    if shown.fact("主张的优先权").is_some_and(|claimed| claimed != "不主张") {
        typed.push(("priority", "yes"));
    }
    let today = pond.now().day().iso();
    typed.extend([("bans", "none"), ("bans_on", today.as_str())]);
    if shown.fact("类型").is_some_and(|kind| !kind.starts_with("个人")) {
        typed.extend([("company", "normal"), ("company_on", today.as_str())]);
    }
    browser.does(&page, &page, &typed).says("结论已作出")
}

/// The clock closes the listing, the list is frozen, everybody agrees to the rules.
pub fn freeze_and_agree(pond: &mut Pond) {
    close(pond);
    let _ = pond.act("qualification", "bidder-list", &[]).says("竞买人名单已确认");
    for who in BIDDERS {
        agree(pond, who);
    }
}

/// The listing's last instant passes.
pub fn close(pond: &Pond) {
    let closes = pond.lot().listing.expect("a listing").closes;
    let early = pond.at("bidder-list");
    let _ = pond.browser("qualification").opened(&early).says("现在不能办理");
    pond.wait_until(closes);
    let _ = crate::support::Client::new(&pond.world).opened(&pond.public("")).says("报名截止");
    pond.wait_for(3, 19, 9, 0);
}

/// One bidder agrees to the bidding rules.
pub fn agree(pond: &Pond, who: &str) {
    let page = pond.public("/agreement");
    let browser = pond.browser(who);
    browser.finds(&["/desk"], &page);
    let _ = browser.submit(&page, &page, &[]).refused(422, "请先阅读并勾选同意");
    let own = browser.does(&page, &page, &[("agreed", "yes")]).says("竞价须知已签署");
    let number = own.fact("竞买号").expect("a number from the frozen list on");
    assert!(number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()), "{number}");
}
