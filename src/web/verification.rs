//! The check of identities at the counter.

pub(in crate::web) mod correction;
mod papers;
mod release;

use actix_web::{HttpResponse, web};

use super::cx::Cx;
use super::error::{WebError, WebResult};
use super::post::{Post, misfit};
use super::register::{with_refusal, with_typed};
use super::typed::Typed;
use super::ui::{Button, Cell, Facts, Field, Form, Heading, Link, NONCE_FIELD, Page, Panel, Rich, Row, Section, Table};
use crate::acts::corrections::{self, Shown as Correction};
use crate::acts::identity_desk::{self, Shown, Verification};
use crate::acts::identity_papers::{self, Document};
use crate::acts::parties::{self, PartyKind, Seen};
use crate::acts::passwords;
use crate::domain::base::ids::PartyId;
use crate::domain::refusal::Refusal;

crate::routes! {
    get "/desk/verification" => list;
    get "/desk/release" => release::page;
    get "/desk/verification/{party}" => show;
    get "/account/identity" => papers::own_page;
    post "/account/identity" => papers::own_upload;
    post "/desk/verification/search" => search;
    post "/desk/release" => release::submit;
    post "/desk/verification/{party}/papers" => papers::desk_upload;
    post "/desk/verification/{party}" => decide;
    post "/desk/verification/{party}/password" => order_password;
    get "/desk/verification/{party}/correction" => correction::page;
    post "/desk/verification/{party}/correction" => correction::propose;
    post "/desk/verification/{party}/correction/{id}" => correction::decide;
}

async fn list(cx: Cx) -> WebResult<HttpResponse> {
    let waiting = waiting(&cx).await?;
    cx.ok(&list_page(&cx, &waiting, &Typed::default(), None))
}

/// What waits at the desk: identities, and corrections for a second person.
type Desk = (Vec<Shown>, Vec<Correction>);

async fn waiting(cx: &Cx) -> WebResult<Desk> {
    let actor = cx.need_actor()?.clone();
    cx.run(move |app| Ok((identity_desk::waiting(app, &actor)?, corrections::waiting(app, &actor)?))).await
}

fn list_page(cx: &Cx, (waiting, corrections): &Desk, typed: &Typed, refusal: Option<&Refusal>) -> Page {
    let mut table =
        Table::new("等待核验的主体").columns(["名称", "类型", "所在地", "注册时间"]).empty("没有等待核验的主体。");
    for p in waiting {
        table = table.row(
            Row::new()
                .cell(Cell::new(Link::new(p.name.clone(), format!("/desk/verification/{}", p.id))))
                .cell(Cell::new(p.kind.zh()))
                .cell(Cell::new(p.place.clone()))
                .cell(Cell::new(p.created_at.zh())),
        );
    }
    cx.page("身份核验")
        .with(Heading::new("身份核验"))
        .with(table)
        .with(correction::table(corrections))
        .with(search_form(cx, typed, refusal))
        .with(Section::new("证件号码被他人注册").say(Link::new("凭原件作废未核验的注册", "/desk/release")))
}

fn search_form(cx: &Cx, typed: &Typed, refusal: Option<&Refusal>) -> Form {
    // The number goes in the body: addresses end up in logs.
    let form = Form::post("/desk/verification/search", cx.csrf())
        .title("查找已注册的主体")
        .intro("本人带证件到窗口，忘记账号、密码，或者要更正手机号、银行账户、地址的，从这里查找。")
        .field(Field::text("number", "身份证号或统一社会信用代码").autocomplete("off"))
        .submit("查找");
    with_refusal(with_typed(form, typed), refusal)
}

async fn search(post: Post) -> WebResult<HttpResponse> {
    let Post { cx, typed, .. } = post;
    let asker = cx.need_actor()?.clone();
    let waiting = waiting(&cx).await?;
    if let Some(refusal) = misfit(&cx, &typed, &list_page(&cx, &waiting, &typed, None)) {
        return cx.refuse(&refusal, &list_page(&cx, &waiting, &typed, Some(&refusal)));
    }
    let number = typed.text("number").to_owned();
    match cx.run(move |app| identity_desk::find(app, &asker, &number)).await {
        Ok(id) => Ok(cx.see_other(&format!("/desk/verification/{id}"))),
        Err(WebError::Refused(refusal)) => cx.refuse(&refusal, &list_page(&cx, &waiting, &typed, Some(&refusal))),
        Err(other) => Err(other),
    }
}

async fn order_password(post: Post, id: web::Path<String>) -> WebResult<HttpResponse> {
    let actor = post.cx.need_actor()?.clone();
    let id: PartyId = id.parse().map_err(|_| WebError::Refused(Refusal::NotFound))?;
    let shown = post.cx.run(move |app| identity_desk::show(app, &actor, id)).await?;
    post.act(
        move |app, actor, _, _| {
            passwords::order_for_party(app, actor, id)?;
            Ok((format!("/desk/verification/{id}"), "重置码已发送到本人登记的手机。".to_owned()))
        },
        |cx, typed, refusal| {
            let said = Panel::error("没有办理").say(refusal.to_string());
            Ok(page(cx, &shown, &[], typed, None).with(said))
        },
    )
    .await
}

fn page(cx: &Cx, p: &Shown, have: &[Document], typed: &Typed, refusal: Option<&Refusal>) -> Page {
    let facts = Facts::new()
        .row("名称", p.name.clone())
        .row("类型", p.kind.zh())
        .row("证件号码", p.id_no.clone())
        .row("法定代表人", if p.representative.is_empty() { "—".to_owned() } else { p.representative.clone() })
        .row("手机", p.phone.clone())
        .row("所在地", p.place.clone())
        .row("账号", Rich::new().code(p.login.clone()))
        .row("核验状态", p.verification.zh());
    // Only a person can be a member of a collective.
    let person = p.kind == PartyKind::Person;
    let facts = if person { facts.row("自称本集体成员", if p.member { "是" } else { "否" }) } else { facts };
    let membership = person.then(|| Field::agree("member", "已凭成员名册或成员证明确认为本集体成员").optional());
    let authority = (!person)
        .then(|| Field::agree("authority", "已核对法定代表人证明或者授权委托书原件，经办人有权代表单位").optional());
    let reset =
        Section::new("忘记密码").say("核对证件原件与本人一致后，把重置码发到他登记的手机，由他自己设定新密码。").say(
            Button::post("发送密码重置码", format!("/desk/verification/{}/password", p.id), cx.csrf())
                .with(NONCE_FIELD, cx.nonce())
                .confirm("已核对证件原件，与本人一致。确定发送重置码吗？"),
        );
    let page =
        cx.page("身份核验").with(Heading::new("身份核验")).with(facts).with(papers::table(have, p.kind)).with(reset);
    let correct = Link::new("更正手机号、银行账户或地址", format!("/desk/verification/{}/correction", p.id));
    let page = page.with(Section::new("登记信息有误").say(correct));
    if p.verification == Verification::Verified {
        return page;
    }
    let form = Form::post(format!("/desk/verification/{}", p.id), cx.csrf())
        .nonce(cx.nonce())
        .title("核验结论")
        .field(Field::radio("result", "结论", [("pass", "与原件一致，核验通过"), ("fail", "不通过")]))
        .fields(membership)
        .fields(authority)
        .field(Field::text("note", "核对了什么").hint("例如：身份证原件；营业执照和法定代表人授权书原件"))
        .submit("提交核验结论");
    let scan = papers::form(cx, format!("/desk/verification/{}/papers", p.id), p.kind, have);
    page.with(with_refusal(with_typed(form, typed), refusal)).with(scan.title("上传窗口扫描的证件"))
}

/// The party and its papers, when the clerk's posts reach it.
async fn load(cx: &Cx, id: &str) -> WebResult<(Shown, Vec<Document>)> {
    let actor = cx.need_actor()?.clone();
    let id: PartyId = id.parse().map_err(|_| WebError::Refused(Refusal::NotFound))?;
    cx.run(move |app| Ok((identity_desk::show(app, &actor, id)?, identity_papers::at_desk(app, &actor, id)?))).await
}

async fn show(cx: Cx, id: web::Path<String>) -> WebResult<HttpResponse> {
    let (shown, have) = load(&cx, &id).await?;
    cx.ok(&page(&cx, &shown, &have, &Typed::default(), None))
}

async fn decide(post: Post, id: web::Path<String>) -> WebResult<HttpResponse> {
    let (shown, have) = load(&post.cx, &id).await?;
    let id = shown.id;
    post.act(
        move |app, actor, typed, _| {
            let pass = typed.either("result", "核验结论", "pass", "fail")?;
            let seen = Seen {
                pass,
                member: typed.ticked("member"),
                authority: typed.ticked("authority"),
                note: typed.text("note").to_owned(),
            };
            parties::verify(app, actor, id, &seen)?;
            Ok(("/desk/verification".to_owned(), "核验结论已登记。".to_owned()))
        },
        |cx, typed, refusal| Ok(page(cx, &shown, &have, typed, Some(refusal))),
    )
    .await
}
