//! Searches and filters, which come by address: what cannot be looked for is told beside its field, and no list is
//! shown as if it had been looked for.

use nongquan::domain::actor::Role;
use scraper::Html;

use crate::support::client::{Answer, css};
use crate::support::{Client, World, people};

/// Where somebody can look something up, and as whom.
const PAGES: [(&str, &str); 5] = [
    ("/", "visitor"),
    ("/lots", "visitor"),
    ("/results", "visitor"),
    ("/verify", "visitor"),
    ("/desk/cases", "acceptance"),
];

/// Addresses of pages that follow nothing.
const NOWHERE: [(&str, &str); 6] = [
    ("/lots?after=XYZ", "visitor"),
    ("/lots?order=closing&after=%07", "visitor"),
    ("/results?after=nothing", "visitor"),
    ("/desk/cases?page=abc", "acceptance"),
    ("/desk?page=%E4%B8%80", "acceptance"),
    ("/admin/security-log?before=x", "auditor"),
];

/// Addresses that nothing here leads to, and that no filter reads.
const BROKEN: [&str; 4] =
    ["/lots?q=a&q=b", "/journal?before=abc", "/journal?before=-1", "/results?township=1&township=2"];

fn percent(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// The words beside a field.
fn beside(answer: &Answer, name: &str) -> String {
    let html = Html::parse_document(&answer.body);
    let said = css(".field-error");
    let id = format!("e-{name}");
    html.select(&said).filter(|e| e.attr("id") == Some(&id)).flat_map(|e| e.text()).collect()
}

/// Where a page's searches lead: the address, a field, and whether it has choices.
fn searches(page: &Answer) -> Vec<(String, String, bool)> {
    let html = Html::parse_document(&page.body);
    let (forms, fields) = (css("form[method=get]"), css("input[name], select[name]"));
    let mut all = Vec::new();
    for form in html.select(&forms) {
        for field in form.select(&fields) {
            let name = field.attr("name").unwrap().to_owned();
            all.push((form.attr("action").unwrap().to_owned(), name, field.value().name() == "select"));
        }
    }
    all
}

#[test]
fn s009_what_cannot_be_looked_for_is_told() {
    let world = World::open();
    let admin = people::admin(&world);
    let client = |who: &str| Client::new(&world).login(who, people::PASSWORD);
    for role in [Role::Acceptance, Role::Auditor] {
        people::staff(&world, &admin, role);
    }
    let browsers =
        [("visitor", Client::new(&world)), ("acceptance", client("acceptance")), ("auditor", client("auditor"))];
    let browser = |who: &str| &browsers.iter().find(|(name, _)| *name == who).unwrap().1;
    let long = "很".repeat(500);
    let texts = ["甲\u{202E}乙", "甲\u{7}乙", &long, "一 二 三 四 五 六"];
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for (page, who) in PAGES {
        for (action, name, choices) in searches(&browser(who).opened(page)) {
            let values: &[&str] = if choices { &["no-such-choice", "甲\u{7}乙", &long] } else { &texts };
            for value in values {
                tried += 1;
                let path = format!("{action}?{name}={}", percent(value));
                let answer = browser(who).get(&path);
                let about = format!("{action}, {name} as {value:.20?}");
                if !matches!(answer.status, 200 | 422) {
                    wrong.push(format!("{about}: answers {}", answer.status));
                    continue;
                }
                let said = beside(&answer, &name);
                if !said.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
                    wrong.push(format!("{about}: says nothing beside the field: {:.200}", answer.text()));
                }
                let html = Html::parse_document(&answer.body);
                if html.select(&css(".filters-on a")).count() > 0 {
                    wrong.push(format!("{about}: is shown as a filter in force"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 40, "{tried}");
    for (path, who) in NOWHERE {
        let _ = browser(who).opened(path).says("没有这一页");
    }
    for path in BROKEN {
        let answer = browser("visitor").get(path);
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
        let html = Html::parse_document(&answer.body);
        assert_eq!(html.select(&css("html[lang=zh-CN] h1")).count(), 1, "{path}: {}", answer.text());
    }
}
