//! Where the codes of somebody who works here go: one administrator proposes another address, the other confirms it.

use actix_web::{HttpResponse, web};

use crate::acts::corrections::{self, Sheet, Shown};
use crate::domain::base::ids::AccountId;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::web::cx::Cx;
use crate::web::error::{WebError, WebResult};
use crate::web::post::Post;
use crate::web::register::{with_refusal, with_typed};
use crate::web::typed::Typed;
use crate::web::ui::{Cell, Field, Form, Heading, Link, Page, Panel, Row, Table};
use crate::web::verification::correction::{answer, answer_form, answered, past, sheet};

/// What waits for the security administrator, for the list of accounts; nothing where nothing waits.
pub(super) fn table(waiting: &[Shown]) -> Option<Table> {
    if waiting.is_empty() {
        return None;
    }
    let rows = waiting.iter().map(|c| {
        Row::new()
            .cell(Cell::new(Link::new(c.name.clone(), format!("/admin/accounts/{}/address", c.account))))
            .cell(c.proposer.clone())
            .cell(c.proposed_at)
            .cell(if c.own { "等待安全管理员复核" } else { "待复核" })
    });
    Some(Table::new("等待复核的联系方式更正").columns(["姓名", "提出人", "提出时间", "办理"]).rows(rows))
}

fn proposal(cx: &Cx, id: AccountId) -> Form {
    Form::post(format!("/admin/accounts/{id}/address"), cx.csrf())
        .nonce(cx.nonce())
        .title("提出更正")
        .intro("由安全管理员向本人核实后确认；确认以前，验证码仍发往现在登记的地址。")
        .field(Field::text("address", "新的手机号或邮箱").hint("接收激活码、验证码和通知"))
        .field(Field::text("note", "核对了什么").limit(200).hint("例如：本人当面申请，换了手机号"))
        .submit("提出更正")
}

fn show(cx: &Cx, id: AccountId, s: &Sheet, again: Option<(&Typed, &Refusal)>) -> Page {
    let may = |area: Area| cx.actor().is_some_and(|actor| area.permits(actor));
    let filled = |form: Form| match again {
        Some((typed, refusal)) => with_refusal(with_typed(form, typed), Some(refusal)),
        None => form,
    };
    let page = cx.page("更正联系方式").narrow();
    let page = sheet(page.with(Heading::new("更正联系方式").kicker(s.name.clone())), s);
    let said = || again.map(|(_, refusal)| Panel::error("没有办理").say(refusal.to_string()));
    let page = match &s.open {
        Some(c) if may(Area::ConfirmStaff) && !c.own => {
            let to = format!("/admin/accounts/{id}/address/{}", c.id);
            page.with(filled(answer_form(cx, to, c, "本人所说的号码")))
        }
        Some(_) => page.maybe(said()).with(Panel::info("等待安全管理员复核").say("由安全管理员向本人核实后确认。")),
        None if may(Area::CorrectStaff) => page.with(filled(proposal(cx, id))),
        None => page.maybe(said()).with(Panel::info("没有等待复核的更正").say("更正由系统管理员提出。")),
    };
    past(page, s).say(Link::new("返回账号", format!("/admin/accounts/{id}")))
}

async fn load(cx: &Cx, path: &str) -> WebResult<(AccountId, Sheet)> {
    let actor = cx.need_actor()?.clone();
    let id: AccountId = path.parse().map_err(|_| WebError::Refused(Refusal::NotFound))?;
    Ok((id, cx.run(move |app| corrections::of_staff(app, &actor, id)).await?))
}

/// `GET /admin/accounts/{id}/address`
pub(super) async fn page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let (id, sheet) = load(&cx, &path).await?;
    cx.ok(&show(&cx, id, &sheet, None))
}

/// `POST /admin/accounts/{id}/address`
pub(super) async fn propose(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let (id, sheet) = load(&post.cx, &path).await?;
    post.act(
        move |app, actor, typed, _| {
            corrections::propose_for_staff(app, actor, id, typed.text("address"), typed.text("note"))?;
            Ok((format!("/admin/accounts/{id}/address"), "更正已提出，请安全管理员复核。".to_owned()))
        },
        move |cx, typed, refusal| Ok(show(cx, id, &sheet, Some((typed, refusal)))),
    )
    .await
}

/// `POST /admin/accounts/{id}/address/{correction}`
pub(super) async fn decide(post: Post, path: web::Path<(String, String)>) -> WebResult<HttpResponse> {
    let (account, correction) = path.into_inner();
    let (id, sheet) = load(&post.cx, &account).await?;
    let correction: uuid::Uuid = correction.parse().map_err(|_| WebError::Refused(Refusal::NotFound))?;
    post.act(
        move |app, actor, typed, _| {
            let answer = answer(typed)?;
            corrections::decide_for_staff(app, actor, id, correction, &answer)?;
            Ok((format!("/admin/accounts/{id}/address"), answered(&answer).to_owned()))
        },
        move |cx, typed, refusal| Ok(show(cx, id, &sheet, Some((typed, refusal)))),
    )
    .await
}
