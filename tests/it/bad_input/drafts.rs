//! A page of a draft: what can be an answer is kept, what cannot is told and not kept, whichever button was pressed.

use crate::stories::pond::{Point, Pond, Winner, intake};
use crate::support::Client;
use crate::support::client::{Answer, css};

fn stored(pond: &Pond, name: &str) -> Option<String> {
    let id = pond.case.trim_start_matches("/cases/").parse().unwrap();
    let lot = pond.world.app.store.read(|db| nongquan::store::lots::find(db, id)).unwrap().unwrap();
    nongquan::acts::intake::read_draft(&lot.draft).unwrap().get(name).cloned()
}

fn shown(answer: &Answer, name: &str) -> String {
    let html = scraper::Html::parse_document(&answer.body);
    let field = html.select(&css(&format!("[name='{name}']"))).next().and_then(|e| e.attr("value"));
    field.unwrap_or_default().to_owned()
}

fn post(browser: &Client, path: &str, typed: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("_csrf".to_owned(), browser.token())];
    fields.extend(typed.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
    browser.post(path, &fields)
}

#[test]
fn s019_a_draft_never_keeps_what_is_no_answer() {
    let mut pond = Pond::reach(Point::Peopled, Winner::Member);
    intake::start(&mut pond);
    intake::write(&pond);
    let page = pond.at("draft/price");
    let collective = pond.browser("collective");
    for then in ["", "list"] {
        let step = if then.is_empty() { "20" } else { "30" };
        let mut typed = vec![("p.price", "abc"), ("p.step", step)];
        if !then.is_empty() {
            typed.push(("then", then));
        }
        let answer = collective.submit(&page, &page, &typed).refused(422, "标出的 1 处没有保存");
        assert!(!answer.text().contains("已保存。"), "{}", answer.text());
        assert_eq!(shown(&answer, "p.price"), "abc", "what was typed stays on the page");
        assert_eq!(stored(&pond, "p.price").as_deref(), Some("600"), "the stored price stays what it was");
        assert_eq!(stored(&pond, "p.step").as_deref(), Some(step), "what else was typed is kept");
    }
    // A choice that is none, by a form somebody made himself; what no field asks for is no part of it.
    let bad = [("p.unit", "yuan_per_moon"), ("p.price", "610"), ("p.made_up", "1")];
    let _ = post(collective, &page, &bad).refused(422, "请从列出的选项中选择");
    assert_eq!(stored(&pond, "p.unit").as_deref(), Some("yuan_per_mu_year"));
    assert_eq!(stored(&pond, "p.price").as_deref(), Some("610"));
    assert_eq!(stored(&pond, "p.made_up"), None);
    // Quantities and the variety's own figures are figures too.
    for (topic, field) in [("object", "o.quantity"), ("variety", "f.depth")] {
        let (page, before) = (pond.at(&format!("draft/{topic}")), stored(&pond, field));
        let _ = collective.submit(&page, &page, &[(field, "很多")]).refused(422, "只能填写数字");
        assert_eq!(stored(&pond, field), before);
    }
    let saved = post(collective, &format!("{page}/autosave"), &[("p.price", "x"), ("p.step", "40")]);
    assert_eq!(saved.status, 422, "{}", saved.text());
    assert_eq!(stored(&pond, "p.price").as_deref(), Some("610"));
    assert_eq!(stored(&pond, "p.step").as_deref(), Some("40"));
}
