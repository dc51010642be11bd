//! The bank did not carry an order out: one says so with a reason, another confirms it.

use actix_web::{HttpResponse, web};

use crate::acts::desk;
use crate::acts::payouts::{self, Unpaid};
use crate::domain::base::ids::RefundId;
use crate::domain::refusal::Refusal;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::register::with_refusal;
use crate::web::typed::Typed;
use crate::web::ui::{Button, Link};
use crate::web::ui::{Confirm, Facts, Field, Form, Heading, NONCE_FIELD, Page, Panel, Rich, Section, Weight};

type Shown = (desk::StoredOrder, String);

fn show(cx: &Cx, id: RefundId, (o, by): &Shown, again: Option<(&Typed, &Refusal)>) -> Page {
    let mut facts = Facts::new()
        .row("单号", o.number.as_str())
        .row("原因", o.cause.zh())
        .row("收款人", o.payee_name.as_str())
        .row("金额", Rich::new().money(o.amount, "元"))
        .row("状态", desk::state_zh(o));
    if !by.is_empty() {
        facts = facts.row("登记人", by.as_str()).row("银行未执行的原因", o.unpaid_words.as_str());
    }
    let mut page = cx
        .page("银行未执行")
        .with(Heading::new("银行未执行").kicker(o.number.clone()))
        .with(Section::card("付款单").with(facts));
    let action = format!("/desk/refunds/{id}/unpaid");
    let reported = o.status == "sent" && o.unpaid_by.is_some();
    if o.status == "sent" && !reported {
        let form = Form::post(action, cx.csrf())
            .nonce(cx.nonce())
            .field(
                Field::textarea("reason", "银行答复")
                    .rows(3)
                    .limit(300)
                    .hint("写明银行怎么说、依据什么。例如：柜台退票，账户状态异常，回单编号"),
            )
            .submit_as("then", "report")
            .submit("登记银行未执行")
            .link("返回付款单", "/desk/refunds");
        let form = match again {
            Some((typed, refusal)) => with_refusal(form.fill(&[("reason", typed.raw("reason"))]), Some(refusal)),
            None => form,
        };
        return page.with(Confirm::new("登记银行未执行", form).below().binding(
            "登记后由另一人复核，复核通过才重新付款。银行流水中以后出现这笔支出的，付款单自动办结，不再付款。",
        ));
    }
    if let Some((_, refusal)) = again {
        page = page.first(Panel::error("没有办理").say(refusal.to_string()));
    }
    if !reported {
        return page.with(
            Panel::info("不需要办理")
                .say("这份付款单不在等待银行执行。")
                .next(Link::new("返回付款单", "/desk/refunds")),
        );
    }
    let button = |label: &str, then: &str, weight: Weight| {
        Button::post(label, action.clone(), cx.csrf()).with("then", then).with(NONCE_FIELD, cx.nonce()).weight(weight)
    };
    let mut section = Section::new("复核").say("请向银行核实后再复核。复核人不能是登记人。");
    if cx.actor().map(|a| a.account) != o.unpaid_by {
        section = section.say(button("确认银行未执行", "confirm", Weight::Danger));
    }
    page.with(section.say(button("撤销登记", "drop", Weight::Secondary)))
}

async fn load(cx: &Cx, path: &str) -> WebResult<(RefundId, Shown)> {
    let id: RefundId = path.parse().map_err(|_| Refusal::NotFound)?;
    let actor = cx.need_actor()?.clone();
    Ok((id, cx.run(move |app| payouts::one(app, &actor, id)).await?))
}

/// `GET /desk/refunds/{id}/unpaid`
pub async fn page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let (id, found) = load(&cx, &path).await?;
    cx.ok(&show(&cx, id, &found, None))
}

/// `POST /desk/refunds/{id}/unpaid`
pub async fn send(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let (id, found) = load(&post.cx, &path).await?;
    post.act(
        move |app, actor, typed, _| {
            let (said, told) = match typed.text("then") {
                "report" => (Unpaid::Report(typed.raw("reason").to_owned()), "已登记，等待另一人复核。"),
                "confirm" => (Unpaid::Confirm, "已确认银行未执行，付款单重新办理。"),
                "drop" => (Unpaid::Drop, "登记已撤销。"),
                _ => return Err(Refusal::NotFound.into()),
            };
            payouts::unpaid(app, actor, id, &said)?;
            Ok(("/desk/refunds".to_owned(), told.to_owned()))
        },
        move |cx, typed, refusal| Ok(show(cx, id, &found, Some((typed, refusal)))),
    )
    .await
}
