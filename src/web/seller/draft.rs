//! The draft's task list and its pages, one topic each.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::topics;
use crate::acts::intake;
use crate::domain::base::ids::LotId;
use crate::domain::category::DecisionWhen;
use crate::domain::listing::{Draft, Topic};
use crate::domain::lot::Act;
use crate::domain::refusal::{FieldFault, Refusal};
use crate::web::case::load::{File, file, lot_id, with_refusal};
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::typed::Typed;
use crate::web::ui::{Action, Actions, Button, Form, Heading, Page, Panel, TaskList, Weight};

/// The topics this variety asks about.
pub fn asked(file: &File) -> Vec<Topic> {
    let needs = file.variety.decision.when != DecisionWhen::Never;
    Topic::ALL.iter().copied().filter(|t| needs || *t != Topic::Decision).collect()
}

/// `GET /cases/{id}/draft`
pub async fn tasks(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let file = file(&cx, lot_id(&path)?).await?;
    file.may(&cx, Act::EditDraft)?;
    let id = file.lot().id;
    let base = format!("/cases/{id}/draft");
    let mut list = TaskList::new();
    for topic in asked(&file) {
        let to = format!("{base}/{}", topic.name());
        let faults: Vec<&str> = faults_of(&file.faults, topic).map(|f| f.message.as_str()).collect();
        let started = file.draft.keys().any(|k| k.starts_with(topic.letter()));
        list = match (started, faults.len()) {
            (_, 0) => list.done(topic.zh(), to, "已填好"),
            (true, n) => list.faulty(topic.zh(), to, format!("还有 {n} 处要补充或改正：{}", faults.join(""))),
            (false, _) => list.open(topic.zh(), to, "还没有填"),
        };
    }
    let papers = format!("{base}/papers");
    list = match &file.checked {
        Some(checked) if checked.missing.is_empty() => list.done("材料", papers, "必需的材料都已上传"),
        Some(checked) => list.faulty("材料", papers, format!("还缺：{}", checked.missing.join("、"))),
        None => list.open("材料", papers, "按清单逐项上传"),
    };
    list = match &file.terms {
        Some(_) => list.open("核对并提交", format!("/cases/{id}/submission"), "核对全部内容后提交乡镇服务站"),
        None => list.later("核对并提交", "各页填好后才能提交"),
    };
    let mut kicker = format!("{} · {}", file.variety.name, file.lot().place.zh());
    if cx.actor().and_then(|a| a.party) != Some(file.lot().transferor) {
        // Who writes for another must see for whom.
        kicker = format!("{kicker} · 权利人：{}", file.case.transferor.name);
    }
    let mut page = cx.page("填写转出申请").with(
        Heading::new(file.title())
            .kicker(kicker)
            .lead("按顺序或不按顺序都可以，填过的内容随时保存，换一台手机也能接着填。"),
    );
    if !file.lot().correction.is_empty() {
        let items =
            file.lot().correction.iter().fold(Panel::attention("一次性告知：需要补正"), |p, i| p.say(i));
        page = page.with(items);
    }
    let add = Button::post("再增加一个标的", format!("/cases/{id}/lots"), cx.csrf()).with("_form", cx.nonce());
    let others = file
        .case
        .siblings
        .iter()
        .map(|(id, title)| Action::link(format!("打开：{title}"), format!("/cases/{id}"), Weight::Plain));
    page = page.with(list).with(
        Actions::new(
            std::iter::once(Action::post(add).say("同一项目分几个标的时使用，内容从这个标的复制。")).chain(others),
        )
        .title("同一项目的其他标的"),
    );
    cx.ok(&page)
}

fn faults_of(faults: &[FieldFault], topic: Topic) -> impl Iterator<Item = &FieldFault> {
    faults.iter().filter(move |f| Topic::of(&f.field) == Some(topic))
}

/// Pairs for filling a form: ticks are taken apart again.
pub fn pairs(draft: &Draft) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (name, value) in draft {
        if name == "c.priority" {
            all.extend(value.split(',').map(|v| (name.clone(), v.to_owned())));
        } else {
            all.push((name.clone(), value.clone()));
        }
    }
    all
}

fn topic_page(
    cx: &Cx,
    file: &File,
    topic: Topic,
    draft: &Draft,
    faults: &[FieldFault],
    refusal: Option<&Refusal>,
) -> Page {
    let id = file.lot().id;
    let all = asked(file);
    let at = all.iter().position(|t| *t == topic).map_or(1, |i| i + 1);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let base = format!("/cases/{id}/draft");
    let own: Vec<(String, String)> =
        pairs(draft).into_iter().filter(|(name, _)| name.starts_with(topic.letter())).collect();
    let mut form = Form::post(format!("{base}/{}", topic.name()), cx.csrf())
        .nonce(cx.nonce())
        .page_title(topic.zh())
        .step(count(at), count(all.len()), topic.zh())
        .fields(topics::fields(topic, &file.variety))
        .submit("保存并继续")
        .also("保存，回到任务清单", "then", "list")
        .link("不保存，返回清单", &base)
        .autosave(format!("{base}/{}/autosave", topic.name()));
    if !own.is_empty() {
        form = form.fill(&own);
    }
    form = form.errors(faults.iter().map(|f| (f.field.as_str(), f.message.as_str())));
    if let Some(refusal) = refusal {
        form = with_refusal(form, refusal);
    }
    cx.page(topic.zh()).narrow().with(form)
}

fn topic_of(name: &str) -> Result<Topic, Refusal> {
    name.parse().map_err(|_| Refusal::NotFound)
}

/// `GET /cases/{id}/draft/{topic}`
pub async fn page(cx: Cx, path: web::Path<(String, String)>) -> WebResult<HttpResponse> {
    let (id, topic) = path.into_inner();
    let topic = topic_of(&topic)?;
    let file = file(&cx, lot_id(&id)?).await?;
    file.may(&cx, Act::EditDraft)?;
    let started = file.draft.keys().any(|k| k.starts_with(topic.letter()));
    let faults: Vec<FieldFault> = if started { faults_of(&file.faults, topic).cloned().collect() } else { Vec::new() };
    cx.ok(&topic_page(&cx, &file, topic, &file.draft, &faults, None))
}

/// What was typed on a topic's page, taken apart: what is kept, and what cannot be.
struct Sorted {
    /// Everything as it was typed, to be shown again.
    shown: Draft,
    /// The answers that can be kept.
    kept: BTreeMap<String, String>,
    /// What is wrong with the others.
    bad: Vec<FieldFault>,
}

impl Sorted {
    /// By the topic's own fields: what no field of the page asks for is no part of the application.
    fn of(typed: &Typed, topic: Topic, file: &File) -> Sorted {
        let form = Form::post("", "").fields(topics::fields(topic, &file.variety));
        let bad = form.faults(|name| typed.all(name));
        let asked = topics::fields(topic, &file.variety);
        let own = asked.iter().filter(|f| !typed.all(&f.name).is_empty());
        let shown: Draft = own.map(|f| (f.name.clone(), typed.all(&f.name).join(","))).collect();
        let good = shown.iter().filter(|(name, _)| bad.iter().all(|f| f.field != **name));
        let kept = good.map(|(name, value)| (name.clone(), value.clone())).collect();
        Sorted { shown, kept, bad }
    }

    fn left(&self) -> BTreeSet<String> {
        self.bad.iter().map(|f| f.field.clone()).collect()
    }
}

/// Keeps what can be kept; gives what was typed with the faults of the rest.
async fn keep(post: &Post, id: LotId, topic: Topic) -> WebResult<Sorted> {
    let file = file(&post.cx, id).await?;
    file.may(&post.cx, Act::EditDraft)?;
    let sorted = Sorted::of(&post.typed, topic, &file);
    let (actor, kept, left) = (post.cx.need_actor()?.clone(), sorted.kept.clone(), sorted.left());
    post.cx.run(move |app| intake::save(app, &actor, id, topic, &kept, &left)).await?;
    Ok(sorted)
}

/// `POST /cases/{id}/draft/{topic}`: what can be an answer is kept even when the rules want more; what cannot
/// is shown again beside its message and is not kept (docs/decisions/0012).
pub async fn save(post: Post, path: web::Path<(String, String)>) -> WebResult<HttpResponse> {
    let (id, topic) = path.into_inner();
    let (id, topic) = (lot_id(&id)?, topic_of(&topic)?);
    let cx = &post.cx;
    let sorted = keep(&post, id, topic).await?;
    let file = file(cx, id).await?;
    let missing = faults_of(&file.faults, topic).filter(|f| sorted.bad.iter().all(|bad| bad.field != f.field));
    if !sorted.bad.is_empty() {
        let said = format!("标出的 {} 处没有保存，请改正后再保存；其余已填的内容已经保存。", sorted.bad.len());
        let mut faults: Vec<FieldFault> = sorted.bad.iter().chain(missing).cloned().collect();
        faults.push(FieldFault::new("", said));
        let page = topic_page(cx, &file, topic, &sorted.shown, &faults, None);
        return cx.answer(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    if post.typed.text("then") == "list" {
        return Ok(cx.see_other_saying(&format!("/cases/{id}/draft"), "已保存。"));
    }
    let mut faults: Vec<FieldFault> = missing.cloned().collect();
    if !faults.is_empty() && sorted.shown.values().any(|v| !v.trim().is_empty()) {
        faults.push(FieldFault::new("", "已填的内容已经保存；标出的各项还要补充或改正，才能提交申请。"));
        let page = topic_page(cx, &file, topic, &file.draft, &faults, None);
        return cx.answer(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let all = asked(&file);
    let next = all.iter().position(|t| *t == topic).and_then(|i| all.get(i + 1));
    let to = match next {
        Some(next) => format!("/cases/{id}/draft/{}", next.name()),
        None => format!("/cases/{id}/draft/papers"),
    };
    Ok(cx.see_other_saying(&to, "已保存。"))
}

/// `POST /cases/{id}/draft/{topic}/autosave`: the same without a page.
pub async fn autosave(post: Post, path: web::Path<(String, String)>) -> WebResult<HttpResponse> {
    let (id, topic) = path.into_inner();
    let (id, topic) = (lot_id(&id)?, topic_of(&topic)?);
    let sorted = keep(&post, id, topic).await?;
    if sorted.bad.is_empty() {
        Ok(HttpResponse::NoContent().finish())
    } else {
        Err(Refusal::Fields { faults: sorted.bad }.into())
    }
}
