//! An ordered inquiry into one payment: it waits, with a reason that its payee is told, and goes on with
//! another.

use actix_web::{HttpResponse, web};

use crate::acts::desk;
use crate::acts::pauses::{self, Inquired};
use crate::domain::base::ids::RefundId;
use crate::domain::refusal::Refusal;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::register::with_refusal;
use crate::web::typed::Typed;
use crate::web::ui::{Confirm, Facts, Field, Form, Heading, Link, Page, Panel, Rich, Row, Section, Table};

/// One line for a pause: the post, the name and the words.
pub fn said(pause: &pauses::Shown) -> String {
    let who = format!("{} {}", pause.ordered.post, pause.name);
    format!("{}，{}：{}", pause.reason.zh(), who.trim(), pause.ordered.words)
}

fn history(found: &Inquired) -> Table {
    let by = |post: &str, name: &str| format!("{post} {name}").trim().to_owned();
    let rows = found.pauses.iter().map(|p| {
        let row = Row::new()
            .cell(p.reason.zh())
            .cell(Rich::new().time(p.ordered.at))
            .cell(by(&p.ordered.post, &p.name))
            .cell(p.ordered.words.clone());
        match &p.lifted {
            Some((word, name)) => {
                row.cell(Rich::new().time(word.at)).cell(by(&word.post, name)).cell(word.words.clone())
            }
            None => row.cell("尚未解除").cell("—").cell("—"),
        }
    });
    Table::new("暂停记录")
        .columns(["原因", "暂停时间", "由谁决定", "理由", "解除时间", "由谁解除", "解除理由"])
        .rows(rows)
        .empty("这份付款单没有暂停过。")
}

fn show(cx: &Cx, id: RefundId, found: &Inquired, again: Option<(&Typed, &Refusal)>) -> Page {
    let o = &found.order;
    let mut facts = Facts::new()
        .row("单号", o.number.as_str())
        .row("原因", o.cause.zh())
        .row("收款人", o.payee_name.as_str())
        .row("金额", Rich::new().money(o.amount, "元"))
        .row("期限", Rich::new().time(o.due_at))
        .row("状态", desk::state_zh(o));
    if !found.lot_no.is_empty() {
        facts = facts.row("标的", Link::new(found.lot_no.clone(), format!("/lots/{}", found.lot_no)));
    }
    let mut page = cx
        .page("调查暂停付款")
        .with(Heading::new("调查暂停付款").kicker(o.number.clone()))
        .with(Section::card("付款单").with(facts));
    let (title, action, label, hint, binding) = if found.is_open() {
        (
            "解除暂停",
            format!("/desk/refunds/{id}/inquiry-end"),
            "解除调查暂停",
            "写明核实的结果，收款人会收到。",
            "解除后付款期限重新计算；还有其他原因的，付款单继续暂停。",
        )
    } else {
        (
            "暂停付款",
            format!("/desk/refunds/{id}/inquiry"),
            "决定调查并暂停付款",
            "写明因何事、依据什么暂停，收款人会收到。例如：收到串通报价的举报（登记号），须核实",
            "暂停后付款单退回制单前，解除以后重新制单、复核。您的账号、时间和理由永久记录，公开日志写入一条。",
        )
    };
    if found.can_wait() {
        let form = Form::post(action, cx.csrf())
            .nonce(cx.nonce())
            .field(Field::textarea("reason", "理由").rows(4).limit(500).hint(hint))
            .submit(label)
            .link("返回付款单", "/desk/refunds");
        let form = match again {
            Some((typed, refusal)) => with_refusal(form.fill(&[("reason", typed.raw("reason"))]), Some(refusal)),
            None => form,
        };
        page = page.with(Confirm::new(title, form).below().binding(binding));
    } else {
        page = page.with(Panel::info("不能暂停").say("付款单已经发送银行或者已经完成，不能再暂停。"));
        if let Some((_, refusal)) = again {
            page = page.first(Panel::error("没有办理").say(refusal.to_string()));
        }
    }
    page.with(history(found))
}

async fn load(cx: &Cx, path: &str) -> WebResult<(RefundId, Inquired)> {
    let id: RefundId = path.parse().map_err(|_| Refusal::NotFound)?;
    let actor = cx.need_actor()?.clone();
    Ok((id, cx.run(move |app| pauses::inquired(app, &actor, id)).await?))
}

/// `GET /desk/refunds/{id}/inquiry`
pub async fn page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let (id, found) = load(&cx, &path).await?;
    cx.ok(&show(&cx, id, &found, None))
}

/// `POST /desk/refunds/{id}/inquiry`
pub async fn order(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let (id, found) = load(&post.cx, &path).await?;
    post.act(
        move |app, actor, typed, _| {
            pauses::order_inquiry(app, actor, id, typed.raw("reason"))?;
            Ok((format!("/desk/refunds/{id}/inquiry"), "付款已暂停，理由已通知收款人。".to_owned()))
        },
        move |cx, typed, refusal| Ok(show(cx, id, &found, Some((typed, refusal)))),
    )
    .await
}

/// `POST /desk/refunds/{id}/inquiry-end`
pub async fn end(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let (id, found) = load(&post.cx, &path).await?;
    post.act(
        move |app, actor, typed, _| {
            pauses::end_inquiry(app, actor, id, typed.raw("reason"))?;
            Ok((format!("/desk/refunds/{id}/inquiry"), "调查暂停已解除，收款人已收到通知。".to_owned()))
        },
        move |cx, typed, refusal| Ok(show(cx, id, &found, Some((typed, refusal)))),
    )
    .await
}
