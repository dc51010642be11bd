//! One form of each kind in the demonstration's county, and every field of it filled with what no field takes.

use std::collections::{BTreeMap, BTreeSet};

use nongquan::store::dump::TABLES;
use nongquan::web::routes;
use scraper::{ElementRef, Html};

use crate::store_contract::engine::Engine;
use crate::support::client::{Answer, Filled, css, untouched};
use crate::support::contents::contents;
use crate::support::links::{kind_of, route_of};
use crate::support::{Attachment, Client, World};

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

/// What is sent for a choice, and for a tick: nothing a page offers.
const NO_CHOICE: [(&str, &str); 1] = [("no choice of the page", "no-such-choice")];
const NO_TICK: [(&str, &str); 2] = [("a tick that says no", "no"), ("a tick that says nothing", "")];

/// What a field takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// Words.
    Text,
    /// A figure or a day.
    Figures,
    /// One of the page's choices.
    Choice,
    /// A tick.
    Tick,
    /// A password.
    Secret,
    /// A file.
    File,
}

/// A field somebody fills in.
struct Slot {
    name: String,
    takes: Takes,
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

/// What is tried in a field.
fn tries<'a>(field: &Slot, long: &'a str) -> Vec<(&'static str, &'a str)> {
    match field.takes {
        Takes::Choice => NO_CHOICE.to_vec(),
        Takes::Tick => NO_TICK.to_vec(),
        // What a password must be its owner hears where he sets it; too much of it is too much everywhere.
        Takes::Secret => vec![("too much", long)],
        Takes::File => vec![("a program that calls itself a PDF", "")],
        Takes::Text | Takes::Figures => {
            let figures = field.takes == Takes::Figures;
            let own = HOSTILE.iter().copied().filter(|(_, value)| figures || *value != "abc");
            own.chain([("too much", long)]).collect()
        }
    }
}

/// Every field of every kind of form says what it cannot take. Needs a county, which takes long to make, so the
/// walk over its pages ends with this.
pub fn s009_s019_every_field_says_what_it_cannot_take(
    world: &World,
    browsers: &BTreeMap<String, Client>,
    forms: &Forms,
) {
    let Forms { kinds: forms, seen } = forms;
    let mut engine = Engine::connect(world.place());
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for (kind, form) in forms {
        if kind.contains("/draft/") {
            // A page of a draft keeps what is sound: as it stands it is kept before anything hostile comes.
            let _ = browsers[&form.who].send(&with(&form.filled, "", ""));
        }
        let (before, held) = (rows(&mut engine), contents(world));
        for field in &form.boxes {
            let long = match field.takes {
                Takes::Secret => "Xin-Ming_Qiu2026!".repeat(100),
                Takes::Text | Takes::Figures | Takes::Choice | Takes::Tick | Takes::File => {
                    "很".repeat(field.most.map_or(5_000, |most| most + 1))
                }
            };
            for (what, value) in tries(field, &long) {
                tried += 1;
                let answer = browsers[&form.who].send(&tried_with(&form.filled, field, value));
                let about = format!("{kind} as “{}”, {} with {what}", form.who, field.name);
                wrong.extend(faults(&form.filled, field, value, &answer).into_iter().map(|f| format!("{about}: {f}")));
                let after = rows(&mut engine);
                let grown: Vec<&String> = after.iter().filter(|row| !before.contains(row)).collect();
                assert!(grown.is_empty(), "{about} was written: {grown:?}");
            }
        }
        let changed: Vec<(&str, u64)> = contents(world).into_iter().filter(|table| !held.contains(table)).collect();
        assert!(changed.is_empty(), "{kind} as “{}” changed rows: {changed:?}", form.who);
    }
    let all = routes::all().into_iter().filter(|r| r.method == "POST" && !r.path.starts_with("/demo"));
    let known = |path: &&str| seen.contains(path) || NOT_MET.iter().any(|(known, _)| known == path);
    let missing: Vec<&str> = all.map(|r| r.path).filter(|path| !known(path)).collect();
    wrong.extend(missing.into_iter().map(|path| format!("no form that leads to {path} was met")));
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(forms.len() > 25 && tried > 350, "{} forms, {tried} tries", forms.len());
}

/// Forms that nobody meets on a page, and why.
const NOT_MET: [(&str, &str); 5] = [
    ("/cases/{id}/contract", "a button alone, and the county's contracts are made before anybody walks"),
    ("/cases/{id}/certificate", "a button alone, likewise"),
    ("/cases/{id}/draft/{topic}/autosave", "a script sends it; tests/it/bad_input/drafts.rs asks it"),
    (
        "/desk/verification/{party}/correction/{id}",
        "nobody in the county was mistyped; tests/it/corrections.rs answers it wrongly in every way",
    ),
    ("/admin/accounts/{id}/address/{correction}", "likewise"),
];

/// A form of every kind, each as the first saw it who could type into it, and where all forms lead.
#[derive(Default)]
pub struct Forms {
    kinds: BTreeMap<String, Found>,
    seen: BTreeSet<&'static str>,
}

impl Forms {
    /// Takes the forms of a page that were not seen before.
    pub fn take(&mut self, who: &str, page: &Answer, html: &Html) {
        let apart = ["/style", "/demo"].iter().any(|p| page.page.starts_with(p));
        if apart {
            return;
        }
        for form in html.select(&css("form[method=post]")) {
            self.seen.extend(route_of("POST", form.attr("action").unwrap_or_default()));
            keep(who, page, form, &mut self.kinds);
        }
    }

    /// Takes what another saw.
    pub fn join(&mut self, other: Forms) {
        for (kind, found) in other.kinds {
            self.kinds.entry(kind).or_insert(found);
        }
        self.seen.extend(other.seen);
    }
}

fn keep(who: &str, page: &Answer, form: ElementRef<'_>, forms: &mut BTreeMap<String, Found>) {
    let action = form.attr("action").unwrap_or_default();
    let boxes = "input[type=text], input[type=tel], input[type=date], input[type=datetime-local], textarea, select, \
                 input[type=radio], input[type=checkbox], input[type=password], input[type=file]";
    let mut boxes: Vec<Slot> = form.select(&css(boxes)).filter_map(control).collect();
    boxes.dedup_by(|one, other| one.name == other.name);
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
    let name = e.attr("name")?.to_owned();
    let takes = match (e.value().name(), kind) {
        ("select", _) | (_, "radio") => Takes::Choice,
        (_, "password") => Takes::Secret,
        (_, "file") => Takes::File,
        // A declaration stands alone; the boxes of a group are numbered.
        (_, "checkbox") if e.attr("id") == Some(&format!("f-{name}")) => Takes::Tick,
        (_, "checkbox") => Takes::Choice,
        (_, kind) if e.attr("inputmode") == Some("decimal") || kind.starts_with("date") => Takes::Figures,
        _ => Takes::Text,
    };
    let class = e.attr("class").unwrap_or_default();
    let secret = class.contains("input-code") || e.attr("autocomplete") == Some("one-time-code");
    let most = e.attr("maxlength").and_then(|n| n.parse().ok());
    Some(Slot { name, takes, secret, most })
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

/// The form as it stood, with what is tried in one field.
fn tried_with(filled: &Filled, field: &Slot, value: &str) -> Filled {
    if field.takes != Takes::File {
        return with(filled, &field.name, value);
    }
    let mut tried = with(filled, "", "");
    tried.fields.retain(|(name, _)| !name.is_empty());
    tried.files.push((field.name.clone(), Attachment::new("文件.pdf", b"MZ\x90\x00".repeat(40))));
    tried
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
    let links = [format!("#f-{name}"), format!("#f-{name}-0")];
    if !html.select(&css(".errors a[href]")).any(|a| a.attr("href").is_some_and(|to| links.iter().any(|l| l == to))) {
        faults.push("has no link to the field in the summary".to_owned());
    }
    let kept: Vec<(String, String)> = again.select(&css("input, select, textarea")).filter_map(untouched).collect();
    let own = |other: &str| other == name || other.starts_with('_');
    for (other, typed) in sent.fields.iter().filter(|(other, typed)| !own(other) && !typed.is_empty()) {
        if !kept.contains(&(other.clone(), typed.clone())) {
            faults.push(format!("lost {other}={typed}"));
        }
    }
    // What no page offers cannot be shown as chosen.
    let typed = matches!(field.takes, Takes::Text | Takes::Figures);
    if typed && !field.secret && !kept.iter().any(|(n, shown)| n == name && shown == value) {
        faults.push("does not show what was typed into it".to_owned());
    }
    faults
}
