//! What pages owe whoever reads them, apart from any one story.

use nongquan::domain::actor::Role;
use nongquan::domain::lot::{Phase, Stage, due};
use scraper::Html;

use super::support::client::{Answer, css};
use super::support::{Client, World, people};

/// Whether the page has what a selector finds.
fn has(answer: &Answer, selector: &str) -> bool {
    Html::parse_document(&answer.body).select(&css(selector)).next().is_some()
}

/// The true time is somewhere on the page, and nowhere the time of nobody.
fn tells_the_time(answer: &Answer) -> bool {
    has(answer, "time[data-clock]") && !answer.body.contains("1970")
}

/// A refused or missing page stands in the shell of who asked: his name, the true time, the way on.
#[test]
fn an_error_page_stands_in_its_readers_shell() {
    let world = World::open();
    let stranger = Client::new(&world);
    let missing = stranger.get("/lots/nothing-here");
    assert_eq!(missing.status, 404);
    let text = missing.text();
    assert!(text.contains("没有找到") && text.contains("0746-2210000"), "{text}");
    assert!(tells_the_time(&missing) && has(&missing, "nav.mainnav a[href='/lots']"));

    let admin = people::admin(&world);
    let account = people::staff(&world, &admin, Role::Acceptance);
    let clerk = Client::new(&world).login(&account, people::PASSWORD);
    let refused = clerk.get("/admin/security-log");
    assert_eq!(refused.status, 403);
    let refused = refused.says("不能办理");
    assert!(
        tells_the_time(&refused) && has(&refused, "main a[href='/desk']") && has(&refused, "form[action='/logout']")
    );
    // The switch of the error page works like that of any other.
    let shown = Html::parse_document(&refused.body);
    let token =
        shown.select(&css("form[action='/preferences/large'] input[name=_csrf]")).next().and_then(|i| i.attr("value"));
    let fields =
        [("_csrf", token.expect("a token")), ("back", "/"), ("large", "1")].map(|(n, v)| (n.to_owned(), v.to_owned()));
    assert_eq!(clerk.post("/preferences/large", &fields).leads(), "/");
    assert!(clerk.get("/nothing").body.contains("class=\"large\""));

    // An address that cannot be is refused before any route; its page is dressed all the same.
    let odd = clerk.get("/lots/a%00b");
    assert!(odd.status == 404 && has(&odd, "form[action='/logout']"));
}

/// Every rule in force is on the public page, in words: no key and no stored word shows through.
#[test]
fn every_rule_is_published_in_words() {
    let world = World::open();
    let answer = Client::new(&world).get("/rules");
    let text = answer.text();
    let rules = &world.app.market.rules;
    for (key, _, meta) in rules.entries() {
        assert!(text.contains(&meta.label), "{key}: {} is missing", meta.label);
        assert!(!text.contains(key), "{key} shows through");
    }
    assert_eq!(answer.page().select(&css("tbody tr")).count(), rules.entries().count());
    assert!(!text.contains("P4") && !text.contains('['), "stored words show through");
}

/// The public chart shows every stage's limit and whether it is always passed, from the table that binds the desks.
#[test]
fn the_chart_is_the_table_of_stages() {
    let world = World::open();
    let page = Client::new(&world).get("/process").page();
    let (steps, name, limit) = (css(".flow-step"), css(".flow-name"), css(".flow-limit"));
    for stage in Stage::ALL.iter().filter(|s| s.phase() != Phase::Ended) {
        let says = |step: &scraper::ElementRef<'_>, what| -> String {
            step.select(what).flat_map(|e| e.text()).collect::<String>().trim().to_owned()
        };
        let step = page.select(&steps).find(|step| says(step, &name) == stage.zh());
        let step = step.unwrap_or_else(|| panic!("{} is missing", stage.zh()));
        let course = due::course(*stage, &world.app.market.rules);
        assert_eq!(says(&step, &limit), course.span().map(due::Span::zh).unwrap_or_default(), "{}", stage.zh());
        assert_eq!(step.value().classes().any(|c| c == "flow-off"), course.sometimes, "{}", stage.zh());
    }
}

/// A filter that asks for what is no choice says so beside itself and filters nothing.
#[test]
fn a_filter_says_what_it_does_not_know() {
    let world = World::open();
    let stranger = Client::new(&world);
    for (page, name) in [
        ("/lots?category=abc", "category"),
        ("/lots?stage=nowhere", "stage"),
        ("/lots?township=1", "township"),
        ("/lots?mode=gift&q=%E5%A1%98", "mode"),
        ("/results?category=99", "category"),
    ] {
        let answer = stranger.opened(page);
        assert!(has(&answer, &format!("#e-{name}")), "{page}: {}", answer.text());
        let chips = css(".filters-on a");
        let html = Html::parse_document(&answer.body);
        let chips: Vec<String> = html.select(&chips).map(|a| a.text().collect()).collect();
        assert!(chips.iter().all(|chip| chip.contains('塘')), "{page}: {chips:?}");
    }
    let admin = people::admin(&world);
    let account = people::staff(&world, &admin, Role::Acceptance);
    let clerk = Client::new(&world).login(&account, people::PASSWORD);
    for page in ["/desk?page=abc", "/desk?own=-1", "/desk/cases?page=abc"] {
        let _ = clerk.opened(page).says("没有这一页");
    }
    let odd = clerk.opened("/desk/cases?township=abc&phase=never&late=9");
    for name in ["township", "phase", "late"] {
        assert!(has(&odd, &format!("#e-{name}")), "{name}: {}", odd.text());
    }
}

/// Who has no act yet reads on his desk what he can see now.
#[test]
fn a_desk_without_acts_says_so() {
    let world = World::open();
    let admin = people::admin(&world);
    for (role, words) in [(Role::Agency, "中介机构"), (Role::Bank, "金融机构"), (Role::Expert, "评标专家")]
    {
        let account = people::staff(&world, &admin, role);
        let desk = Client::new(&world).login(&account, people::PASSWORD).opened("/desk");
        let _ = desk.says(&format!("{words}的工作台")).says("现在可以查看公开的公告");
    }
}
