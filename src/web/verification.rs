//! The check of identities at the counter.

use actix_web::{HttpResponse, web};

use super::cx::Cx;
use super::error::{WebError, WebResult};
use super::post::Post;
use super::register::{with_refusal, with_typed};
use super::typed::Typed;
use super::ui::{Cell, Facts, Field, Form, Heading, Link, Page, Row, Table};
use crate::acts::identity_desk::{self, Shown};
use crate::acts::parties::{self, PartyKind};
use crate::domain::base::ids::PartyId;
use crate::domain::refusal::Refusal;

crate::routes! {
    get "/desk/verification" => list;
    get "/desk/verification/{party}" => show;
    post "/desk/verification/{party}" => decide;
}

async fn list(cx: Cx) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let waiting = cx.run(move |app| identity_desk::waiting(app, &actor)).await?;
    let mut table =
        Table::new("等待核验的主体").columns(["名称", "类型", "所在地", "注册时间"]).empty("没有等待核验的主体。");
    for p in waiting {
        table = table.row(
            Row::new()
                .cell(Cell::new(Link::new(p.name, format!("/desk/verification/{}", p.id))))
                .cell(Cell::new(p.kind.zh()))
                .cell(Cell::new(p.place))
                .cell(Cell::new(p.created_at.zh())),
        );
    }
    cx.ok(&cx.page("身份核验").with(Heading::new("身份核验")).with(table))
}

fn page(cx: &Cx, p: &Shown, typed: &Typed, refusal: Option<&Refusal>) -> Page {
    let facts = Facts::new()
        .row("名称", p.name.clone())
        .row("类型", p.kind.zh())
        .row("证件号码", p.id_no.clone())
        .row("法定代表人", if p.representative.is_empty() { "—".to_owned() } else { p.representative.clone() })
        .row("手机", p.phone.clone())
        .row("所在地", p.place.clone())
        .row("核验状态", p.verification.zh());
    // Only a person can be a member of a collective.
    let person = p.kind == PartyKind::Person;
    let facts = if person { facts.row("自称本集体成员", if p.member { "是" } else { "否" }) } else { facts };
    let membership = person.then(|| Field::agree("member", "已凭成员名册或成员证明确认为本集体成员").optional());
    let form = Form::post(format!("/desk/verification/{}", p.id), cx.csrf())
        .nonce(cx.nonce())
        .title("核验结论")
        .field(Field::radio("result", "结论", [("pass", "与原件一致，核验通过"), ("fail", "不通过")]))
        .fields(membership)
        .field(Field::text("note", "核对了什么").hint("例如：身份证原件；营业执照和法定代表人授权书原件"))
        .submit("提交核验结论");
    cx.page("身份核验").with(Heading::new("身份核验")).with(facts).with(with_refusal(with_typed(form, typed), refusal))
}

async fn show(cx: Cx, id: web::Path<String>) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let id: PartyId = id.parse().map_err(|_| WebError::Refused(Refusal::NotFound))?;
    let shown = cx.run(move |app| identity_desk::show(app, &actor, id)).await?;
    cx.ok(&page(&cx, &shown, &Typed::default(), None))
}

async fn decide(post: Post, id: web::Path<String>) -> WebResult<HttpResponse> {
    let id: PartyId = id.parse().map_err(|_| WebError::Refused(Refusal::NotFound))?;
    let actor = post.cx.need_actor()?.clone();
    let shown = post.cx.run(move |app| identity_desk::show(app, &actor, id)).await?;
    post.act(
        move |app, actor, typed, _| {
            let pass = match typed.text("result") {
                "pass" => true,
                "fail" => false,
                _ => return Err(Refusal::field("result", "请选择核验结论").into()),
            };
            parties::verify(app, actor, id, pass, typed.has("member"), typed.text("note"))?;
            Ok(("/desk/verification".to_owned(), "核验结论已登记。".to_owned()))
        },
        |cx, typed, refusal| Ok(page(cx, &shown, typed, Some(refusal))),
    )
    .await
}
