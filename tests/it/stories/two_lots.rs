//! A project of two lots, both published; duties are kept apart for the project and not only for a lot.

use nongquan::domain::lot::Stage;

use super::pond::{Point, Pond, Winner, intake, people};
use crate::support::Client;
use crate::support::people::PASSWORD;

/// Gives somebody another post.
fn post_for(pond: &Pond, name: &str, role: &str) {
    let giver = pond.browser(people::SECURITY);
    let page = giver.opened("/admin/accounts").link_saying(name).expect("an account");
    let _ = giver.does(&page, &format!("{page}/posts"), &[("role", role), ("scope", "")]).says("岗位已授予");
}

/// From the township to the notice that waits for its publication; reviewed by `reviewer`.
fn to_publish(pond: &Pond, reviewer: &str) {
    let pass = [("decision", "pass"), ("opinion", "已到现场核实，四至与图纸一致。")];
    let _ = pond.act("clerk", "first-review", &pass);
    let _ = pond.act("acceptance", "acceptance", &[("decision", "pass")]);
    let _ = pond.act(reviewer, "consultation", &[]);
    let _ = pond.act("water", "opinion", &[("agrees", "yes"), ("opinion", "不承担公共防洪任务，同意流转。")]);
    let _ = pond.act(reviewer, "review", &pass).says("待发布");
    let (here, code) = (pond.at("notice-confirmation"), pond.ask_code("collective", "notice-confirmation"));
    let _ = pond.browser("collective").does(&here, &here, &[("password", PASSWORD), ("code", &code)]);
}

#[test]
fn both_lots_of_a_project_are_published_by_a_hand_that_reviewed_neither() {
    let mut pond = Pond::reach(Point::Peopled, Winner::Member);
    intake::start(&mut pond);
    intake::write(&pond);
    intake::hand_over_papers(&pond, &[]);
    let collective = pond.browser("collective");
    let sent = collective.submit(&pond.at("draft"), &pond.at("lots"), &[]);
    let (first, second) = (pond.case.clone(), sent.leads().trim_end_matches("/draft").to_owned());
    assert_ne!(first, second);
    let _ = collective.opened(&format!("{first}/draft")).says("同一项目的其他标的");
    // Texts and papers came along; what is another pond is written anew.
    let page = format!("{second}/draft/object");
    let typed = [("o.title", "塔峰镇界头村后背塘五年承包经营"), ("o.quantity", "8.4")];
    let _ = collective.does(&page, &page, &typed).says("已保存");
    for case in [&first, &second] {
        let page = format!("{case}/submission");
        let _ = collective.does(&page, &page, &[("truth", "yes")]).says("等待乡镇服务站初审");
    }
    pond.wait_for(3, 2, 10, 0);
    post_for(&pond, &pond.person("publication").name, "review");
    post_for(&pond, &pond.person("bidding").name, "publication");
    let mut numbers = Vec::new();
    for (case, reviewer) in [(&first, "review"), (&second, "publication")] {
        pond.case = case.clone();
        to_publish(&pond, reviewer);
        numbers.push(pond.lot().lot_no.expect("a number"));
    }
    assert_eq!(numbers[0].rsplit_once('-').unwrap().0, numbers[1].rsplit_once('-').unwrap().0, "one project");
    // Who reviewed the second lot publishes neither of them: not his own, and not its sister.
    for case in [&second, &first] {
        pond.case = case.clone();
        let answer = pond.post("publication", "publication", &[]);
        assert_eq!(answer.status, 403, "{}", answer.text());
        assert!(answer.text().contains("审核"), "{}", answer.text());
        assert_eq!(pond.browser("publication").get(&pond.at("publication")).status, 403);
        assert_eq!(pond.lot().stage, Stage::ToPublish);
    }
    let desk = pond.browser("publication").opened("/desk");
    assert!(desk.links(&format!("{first}/publication")).is_empty(), "nothing waits for him: {}", desk.text());
    let visitor = Client::new(&pond.world);
    for (case, number) in [(&first, &numbers[0]), (&second, &numbers[1])] {
        pond.case = case.clone();
        let _ = pond.act("bidding", "publication", &[]).says("挂牌公告已发布");
        let _ = visitor.opened(&format!("/lots/{number}")).says("塔峰镇界头村");
    }
    pond.lot_no = numbers.remove(0);
    pond.sound();
}

/// From the first security administrator on, who makes accounts gives no post.
#[test]
fn who_makes_accounts_gives_no_post() {
    let pond = Pond::reach(Point::Peopled, Winner::Member);
    let admin = pond.browser("admin");
    let page = admin.opened("/admin/accounts").link_saying("钱复核").expect("an account");
    let _ = admin.opened(&page).says("岗位由安全管理员授予");
    let token = ("_csrf".to_owned(), admin.token());
    let forced = admin.post(&format!("{page}/posts"), &[token, ("role".to_owned(), "director".to_owned())]);
    assert_eq!(forced.status, 403, "{}", forced.text());
}
