//! Agreement to the bidding rules of a lot.

use actix_web::{HttpResponse, web};

use super::told;
use crate::acts::{application, desk, papers};
use crate::domain::refusal::Refusal;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::ui::{Field, Form, Heading, Page, Panel, Section};

fn build(cx: &Cx, own: &desk::Own) -> (Page, Form) {
    let no = own.lot.lot_no.clone().unwrap_or_default();
    let page = cx
        .page("竞价须知")
        .narrow()
        .with(Heading::new("竞价须知").kicker(no.clone()))
        .with(papers::bidding_rules(&own.rules).into_iter().fold(Section::new("竞价规则"), |s, rule| s.say(rule)));
    let form = Form::post(format!("/lots/{no}/agreement"), cx.csrf())
        .nonce(cx.nonce())
        .field(Field::agree("agreed", "已阅读并同意竞价须知和公告载明的全部交易规则。"))
        .submit("签署竞价须知")
        .link("返回我的报名", format!("/lots/{no}/application"));
    (page, form)
}

/// The rules, with a form while they are not agreed to.
pub async fn page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let no = path.into_inner();
    let own = cx.run(move |app| desk::own(app, &actor, &no)).await?;
    let (page, form) = build(&cx, &own);
    let page = match own.application.as_ref().and_then(|a| a.agreed_at) {
        Some(at) => page.with(Panel::success("已签署").say(format!("您已于{}签署竞价须知。", at.zh()))),
        None => page.with(form),
    };
    cx.ok(&page)
}

/// Agrees.
pub async fn send(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let actor = post.cx.need_actor()?.clone();
    let no = path.into_inner();
    let own = {
        let no = no.clone();
        post.cx.run(move |app| desk::own(app, &actor, &no)).await?
    };
    let lot = own.lot.id;
    post.act(
        move |app, actor, typed, _| {
            if typed.text("agreed") != "yes" {
                return Err(Refusal::field("agreed", "请先阅读并勾选同意").into());
            }
            application::agree(app, actor, lot)?;
            Ok((format!("/lots/{no}/application"), "竞价须知已签署。".to_owned()))
        },
        move |cx, typed, refusal| {
            let (page, form) = build(cx, &own);
            Ok(page.with(told(form, typed, refusal)))
        },
    )
    .await
}
