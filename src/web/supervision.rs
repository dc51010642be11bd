//! The registrants of a lot, behind glass for the supervisor.

use actix_web::{HttpResponse, web};

use super::cx::Cx;
use super::error::{WebError, WebResult};
use super::post::{Begun, Post, begin, end, misfit};
use super::register::with_refusal;
use super::typed::Typed;
use super::ui::{Field, Form, Heading, Link, NONCE_FIELD, Page, Panel, Rich, Row, Table};
use crate::acts::supervision;
use crate::domain::base::ids::LotId;
use crate::domain::lot::Lot;
use crate::domain::refusal::Refusal;

crate::routes! {
    get "/cases/{id}/registrants" => ask;
    post "/cases/{id}/registrants" => show;
}

fn id(path: &str) -> Result<LotId, WebError> {
    path.parse().map_err(|_| WebError::Refused(Refusal::NotFound))
}

fn form(cx: &Cx, lot: &Lot, typed: &Typed, refusal: Option<&Refusal>) -> Page {
    let form = Form::post(format!("/cases/{}/registrants", lot.id), cx.csrf())
        .nonce(cx.nonce())
        .page_title("查阅报名情况")
        .intro("竞价结束前，报名人数和身份对所有人保密。监督机关因履行职责需要查阅的，须写明事由和依据。您的账号、时间和事由会永久记录：公开日志写入一条，安全日志记下事由原文。")
        .field(Field::fixed("标的", lot.terms.as_ref().map(|t| t.title.clone()).unwrap_or_default()))
        .field(Field::textarea("reason", "查阅事由和依据").rows(4).limit(500).hint("例如：受理某某投诉（登记号），核查是否串通报名"))
        .submit("记录事由并查阅")
        .link("返回案卷", format!("/cases/{}", lot.id));
    let kept: Vec<(&str, &str)> = typed.iter().collect();
    cx.page("查阅报名情况").narrow().with(with_refusal(form.fill(&kept), refusal))
}

async fn ask(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let (actor, id) = (cx.need_actor()?.clone(), id(&path)?);
    let lot = cx.run(move |app| supervision::behind_glass(app, &actor, id)).await?;
    cx.ok(&form(&cx, &lot, &Typed::default(), None))
}

async fn show(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let Post { cx, typed, .. } = post;
    let (actor, id) = (cx.need_actor()?.clone(), id(&path)?);
    let asker = actor.clone();
    let lot = cx.run(move |app| supervision::behind_glass(app, &asker, id)).await?;
    if let Some(refusal) = misfit(&cx, &typed, &form(&cx, &lot, &typed, None)) {
        return cx.refuse(&refusal, &form(&cx, &lot, &typed, Some(&refusal)));
    }
    let reason = typed.text("reason").to_owned();
    // A double click is one look with one record; the same form sent later is another look.
    let (mine, again) = match begin(&cx, &typed).await? {
        Begun::Mine(form) => (form, false),
        Begun::Done(_) => {
            let form = typed.text(NONCE_FIELD).to_owned();
            (String::new(), cx.run(move |app| supervision::just_looked(app, &form)).await?)
        }
    };
    let read = cx
        .run(move |app| match again {
            true => supervision::look_again(app, &actor, id),
            false => supervision::break_glass(app, &actor, id, &reason),
        })
        .await;
    end(&cx, mine, read.is_ok().then_some(cx.path.as_str())).await?;
    let (lot, all) = match read {
        Ok(read) => read,
        Err(WebError::Refused(refusal)) => {
            return cx.refuse(&refusal, &form(&cx, &lot, &typed, Some(&refusal)));
        }
        Err(other) => return Err(other),
    };
    let rows = all.iter().map(|r| {
        Row::new()
            .cell(r.name.clone())
            .cell(r.kind)
            .cell(r.status)
            .cell(r.submitted_at.map_or_else(|| "—".into(), |at| Rich::new().time(at)))
            .cell(r.deposit)
            .cell(if r.bidder_no.is_empty() { "—".to_owned() } else { r.bidder_no.clone() })
    });
    let table = Table::new("报名情况")
        .columns(["名称", "类型", "报名状态", "提交时间", "保证金", "竞买号"])
        .rows(rows)
        .empty("还没有人报名。");
    let page = cx
        .page("报名情况")
        .with(Heading::new("报名情况").kicker(lot.lot_no.clone().unwrap_or_default()))
        .with(
            Panel::attention("本次查阅已经记录")
                .say("离开本页后再看须重新写明事由。请勿外传，泄露报名情况要依法追究责任。"),
        )
        .with(table)
        .say(Link::new("返回案卷", format!("/cases/{}", lot.id)));
    cx.ok(&page)
}
