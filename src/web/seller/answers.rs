//! Check your answers, hand in, take back.

use actix_web::{HttpResponse, web};

use super::draft::asked;
use crate::acts::intake;
use crate::domain::lot::Act;
use crate::domain::refusal::Refusal;
use crate::web::case::facts;
use crate::web::case::load::{File, file, lot_id, with_refusal};
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::typed::Typed;
use crate::web::ui::{Confirm, Facts, Field, Form, Heading, Link, Page, Panel, Section, Weight};

fn answers_page(cx: &Cx, file: &File, refusal: Option<&Refusal>) -> Page {
    let id = file.lot().id;
    let mut page = cx.page("核对并提交").with(
        Heading::new("核对并提交")
            .kicker(file.title())
            .lead("请逐项核对。提交后由乡镇服务站初审，提交的内容会作为转出申请书存档。"),
    );
    for topic in asked(file) {
        let to = format!("/cases/{id}/draft/{}", topic.name());
        // In the order in which the page of the topic asks.
        let own = super::topics::fields(topic, &file.variety).into_iter().filter_map(|field| {
            let value = file.draft.get(&field.name).filter(|v| !v.trim().is_empty())?;
            Some((field.kind.said(value), field.label))
        });
        let rows = own.fold(Facts::new(), |f, (said, label)| f.row(label, said));
        page = page.with(Section::card(topic.zh()).link(Link::new("修改", to)).with(rows));
    }
    if let Some(terms) = &file.terms {
        page = page.with(Section::card("按填写内容算出").with(facts::price(terms)).with(facts::money(terms)));
        page = page.maybe(file.checked.as_ref().map(|c| Section::card("规则检查").with(facts::findings(&c.findings))));
    } else {
        let list = file.faults.iter().fold(Panel::attention("还不能提交"), |p, f| p.say(&f.message));
        return page.with(list.next(Link::new("返回任务清单", format!("/cases/{id}/draft"))));
    }
    if let Some(checked) = file.checked.as_ref().filter(|c| !c.missing.is_empty()) {
        let text = format!("还缺必需的材料：{}。", checked.missing.join("、"));
        page = page.with(
            Panel::attention("材料不齐").say(text).next(Link::new("去上传", format!("/cases/{id}/draft/papers"))),
        );
    }
    let mut form = Form::post(format!("/cases/{id}/submission"), cx.csrf())
        .nonce(cx.nonce())
        .field(Field::agree("truth", "以上内容和材料真实、完整、合法，如有虚假，愿意承担由此造成的损失。"))
        .submit("提交申请")
        .link("返回任务清单", format!("/cases/{id}/draft"));
    if let Some(refusal) = refusal {
        form = with_refusal(form, refusal);
    }
    page.with(
        Confirm::new("提交转出申请", form).below().warning("提交后不能再改；需要补正的，乡镇服务站会一次性告知。"),
    )
}

/// `GET /cases/{id}/submission`
pub async fn page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let file = file(&cx, lot_id(&path)?).await?;
    file.may(&cx, Act::EditDraft)?;
    cx.ok(&answers_page(&cx, &file, None))
}

/// `POST /cases/{id}/submission`
pub async fn submit(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = lot_id(&path)?;
    let file = file(&post.cx, id).await?;
    file.is_theirs(&post.cx, Act::Submit)?;
    post.gated(id, Act::Submit)
        .act(
            move |app, actor, typed, _| {
                if !typed.ticked("truth") {
                    return Err(Refusal::field("truth", "请先确认内容真实。").into());
                }
                intake::submit(app, actor, id)?;
                Ok((format!("/cases/{id}"), "申请已提交，等待乡镇服务站初审。".into()))
            },
            |cx, _, refusal| Ok(answers_page(cx, &file, Some(refusal))),
        )
        .await
}

fn withdrawal_page(cx: &Cx, file: &File, again: Option<(&Typed, &Refusal)>) -> Page {
    let id = file.lot().id;
    let mut form = Form::post(format!("/cases/{id}/withdrawal"), cx.csrf())
        .nonce(cx.nonce())
        .field(Field::textarea("reason", "撤回的原因").limit(500))
        .submit("撤回申请")
        .weight(Weight::Danger)
        .link("不撤回，返回", format!("/cases/{id}"));
    if let Some((typed, refusal)) = again {
        form = with_refusal(form.fill(&[("reason", typed.raw("reason"))]), refusal);
    }
    cx.page("撤回申请").narrow().with(
        Confirm::new("撤回申请", form)
            .facts(Facts::new().row("项目", file.title()).row("现在处于", file.lot().stage.zh()))
            .warning("撤回后这份申请就此结束，需要时可以重新申请。"),
    )
}

/// `GET /cases/{id}/withdrawal`
pub async fn withdrawal(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let file = file(&cx, lot_id(&path)?).await?;
    file.may(&cx, Act::Withdraw)?;
    cx.ok(&withdrawal_page(&cx, &file, None))
}

/// `POST /cases/{id}/withdrawal`
pub async fn withdraw(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = lot_id(&path)?;
    let file = file(&post.cx, id).await?;
    file.is_theirs(&post.cx, Act::Withdraw)?;
    post.gated(id, Act::Withdraw)
        .act(
            move |app, actor, typed, _| {
                intake::withdraw(app, actor, id, typed.text("reason"))?;
                Ok((format!("/cases/{id}"), "申请已撤回。".into()))
            },
            |cx, typed, refusal| Ok(withdrawal_page(cx, &file, Some((typed, refusal)))),
        )
        .await
}
