//! One form of each kind in the demonstration's county, and every field of it filled with what no field takes.

use std::collections::BTreeMap;

use nongquan::store::dump::TABLES;
use scraper::{ElementRef, Html};

use crate::store_contract::engine::Engine;
use crate::support::client::{Answer, Filled, css, untouched};
use crate::support::links::kind_of;
use crate::support::{Client, World};

/// What is typed into one field; the last is wrong for figures and days alone.
const HOSTILE: [(&str, &str); 3] = [
    ("a mark that turns the writing around", "甲\u{202E}乙"),
    ("a control character", "甲\u{7}乙"),
    ("no figure and no day", "abc"),
];

/// A form as somebody found it.
struct Found {
    who: String,
    filled: Filled,
    boxes: Vec<Slot>,
}

/// A field somebody types into.
struct Slot {
    name: String,
    /// It asks for a figure or a day.
    figures: bool,
    /// What is typed is never shown again.
    secret: bool,
    /// Characters at most, where the page tells them.
    most: Option<usize>,
}

/// How many rows every table has.
fn rows(engine: &mut Engine) -> Vec<String> {
    let counts = TABLES.map(|t| format!("SELECT '{t} ' || CAST(count(*) AS TEXT) AS value FROM {t}"));
    engine.values(&counts.join(" UNION ALL "))
}

/// Every field of every kind of form says what it cannot take. Needs a county, which takes long to make, so the
/// walk over its pages ends with this.
pub fn s009_s019_every_field_says_what_it_cannot_take(
    world: &World,
    browsers: &BTreeMap<String, Client>,
    forms: &Forms,
) {
    let forms = &forms.0;
    let mut engine = Engine::connect(world.place());
    let before = rows(&mut engine);
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for (kind, form) in forms {
        for field in &form.boxes {
            let long = "很".repeat(field.most.map_or(5_000, |most| most + 1));
            let tries = HOSTILE.iter().copied().filter(|(_, value)| field.figures || *value != "abc");
            for (what, value) in tries.chain([("too much", long.as_str())]) {
                tried += 1;
                let answer = browsers[&form.who].send(&with(&form.filled, &field.name, value));
                let about = format!("{kind} as “{}”, {} with {what}", form.who, field.name);
                wrong.extend(faults(&form.filled, field, value, &answer).into_iter().map(|f| format!("{about}: {f}")));
                let after = rows(&mut engine);
                let grown: Vec<&String> = after.iter().filter(|row| !before.contains(row)).collect();
                assert!(grown.is_empty(), "{about} was written: {grown:?}");
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(forms.len() > 25 && tried > 250, "{} forms, {tried} tries", forms.len());
}

/// A form of every kind, each as the first saw it who could type into it.
#[derive(Default)]
pub struct Forms(BTreeMap<String, Found>);

impl Forms {
    /// Takes the forms of a page that were not seen before.
    pub fn take(&mut self, who: &str, page: &Answer, html: &Html) {
        let apart = ["/style", "/demo"].iter().any(|p| page.page.starts_with(p));
        if apart {
            return;
        }
        for form in html.select(&css("form[method=post]")) {
            keep(who, page, form, &mut self.0);
        }
    }

    /// Takes what another saw.
    pub fn join(&mut self, other: Forms) {
        for (kind, found) in other.0 {
            self.0.entry(kind).or_insert(found);
        }
    }
}

fn keep(who: &str, page: &Answer, form: ElementRef<'_>, forms: &mut BTreeMap<String, Found>) {
    let action = form.attr("action").unwrap_or_default();
    let boxes = "input[type=text], input[type=tel], input[type=date], input[type=datetime-local], textarea";
    let boxes: Vec<Slot> = form.select(&css(boxes)).filter_map(control).collect();
    if boxes.is_empty() || forms.contains_key(&kind_of(action)) {
        return;
    }
    let filled = Filled {
        page: page.page.clone(),
        action: action.to_owned(),
        multipart: form.attr("enctype").is_some(),
        fields: form.select(&css("input, select, textarea")).filter_map(untouched).collect(),
        files: Vec::new(),
    };
    forms.insert(kind_of(action), Found { who: who.to_owned(), filled, boxes });
}

/// A box as the page draws it.
fn control(e: ElementRef<'_>) -> Option<Slot> {
    let kind = e.attr("type").unwrap_or("text");
    let figures = e.attr("inputmode") == Some("decimal") || kind.starts_with("date");
    let hidden = e.attr("class")?.contains("input-code") || e.attr("autocomplete") == Some("one-time-code");
    let most = e.attr("maxlength").and_then(|n| n.parse().ok());
    Some(Slot { name: e.attr("name")?.to_owned(), figures, secret: hidden, most })
}

/// The form as it stood, with one field typed anew.
fn with(filled: &Filled, field: &str, value: &str) -> Filled {
    let mut filled = filled.clone();
    filled.fields.retain(|(name, _)| name != field);
    filled.fields.push((field.to_owned(), value.to_owned()));
    // Each try is a form of its own, as if the page had been opened anew.
    for (name, nonce) in &mut filled.fields {
        if name == "_form" {
            *nonce = nongquan::context::new_id().to_string();
        }
    }
    filled
}

/// What is wrong with the answer to one bad field.
fn faults(sent: &Filled, field: &Slot, value: &str, answer: &Answer) -> Vec<String> {
    if answer.status != 422 {
        return vec![format!("answers {} {:?}: {:.300}", answer.status, answer.location, answer.text())];
    }
    let name = field.name.as_str();
    let html = Html::parse_document(&answer.body);
    let mut faults = Vec::new();
    if html.select(&css("html[lang=zh-CN]")).count() != 1 || html.select(&css("h1")).count() != 1 {
        faults.push("is no page in Chinese with one heading".to_owned());
    }
    let has = |form: &ElementRef<'_>, name: &str| form.select(&css("[name]")).any(|e| e.attr("name") == Some(name));
    let forms = css("form[method=post]");
    let again = html.select(&forms);
    let Some(again) = again.filter(|f| f.attr("action") == Some(&sent.action)).find(|f| has(f, name)) else {
        faults.push(format!("does not show the form again: {:.300}", answer.text()));
        return faults;
    };
    let beside = format!("e-{name}");
    let said: String =
        html.select(&css(".field-error")).filter(|e| e.attr("id") == Some(&beside)).flat_map(|e| e.text()).collect();
    if !said.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
        faults.push(format!("says nothing beside the field: {:.300}", answer.text()));
    }
    let link = format!("#f-{name}");
    if !html.select(&css(".errors a[href]")).any(|a| a.attr("href") == Some(&link)) {
        faults.push("has no link to the field in the summary".to_owned());
    }
    let kept: Vec<(String, String)> = again.select(&css("input, select, textarea")).filter_map(untouched).collect();
    let own = |other: &str| other == name || other.starts_with('_');
    for (other, typed) in sent.fields.iter().filter(|(other, typed)| !own(other) && !typed.is_empty()) {
        if !kept.contains(&(other.clone(), typed.clone())) {
            faults.push(format!("lost {other}={typed}"));
        }
    }
    if !field.secret && !kept.iter().any(|(n, shown)| n == name && shown == value) {
        faults.push("does not show what was typed into it".to_owned());
    }
    faults
}
