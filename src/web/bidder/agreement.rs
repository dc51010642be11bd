//! Agreement to the bidding rules of a lot.

use actix_web::{HttpResponse, web};

use super::told;
use crate::acts::{application, desk};
use crate::domain::refusal::Refusal;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::ui::{Field, Form, Heading, Page, Panel, Section};

fn build(cx: &Cx, own: &desk::Own) -> (Page, Form) {
    let no = own.lot.lot_no.clone().unwrap_or_default();
    let rules = &own.rules;
    let page = cx
        .page("竞价须知")
        .narrow()
        .with(Heading::new("竞价须知").kicker(no.clone()))
        .with(
            Section::new("竞价规则")
                .say(format!(
                    "竞价分自由竞价和限时竞价两个阶段。自由竞价{}分钟；限时竞价每轮{}秒，有新的有效报价即重新计时，一轮内无人报价则结束。具体时长以竞价通知为准。",
                    rules.bid.free_minutes, rules.bid.limited_seconds
                ))
                .say("报价以服务器收到的时间为准。报价一经确认不能撤回，系统出具带签名的回执。")
                .say("优先权人可以在同等价格下行使优先权，行使后其他竞买人可以继续加价。")
                .say("竞买号只有本人知道。不得串通报价，不得扰乱竞价秩序。")
                .say("遇系统故障，按公告载明的规则暂停和恢复竞价，已确认的报价有效。"),
        );
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
