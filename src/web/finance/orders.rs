//! Refund and release orders, made by one and checked by another; payment files.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::inquiry;
use super::lines::tabs;
use crate::acts::desk::StoredFile;
use crate::acts::desk::{self, DeskOrder};
use crate::acts::payouts::{self, Step};
use crate::domain::base::ids::{PaymentFileId, RefundId};
use crate::domain::funds::PauseReason;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::ui::{
    Button, Cell, Column, Heading, Light, Link, NONCE_FIELD, Page, Panel, Rich, Row, Section, Table, Weight,
};

fn button(cx: &Cx, o: &DeskOrder, label: &str, step: &str, weight: Weight) -> Rich {
    Button::post(label, format!("/desk/refunds/{}/step", o.order.id), cx.csrf())
        .with("step", step)
        .with(NONCE_FIELD, cx.nonce())
        .weight(weight)
        .small()
        .about(o.order.number.clone())
        .into()
}

fn actions(cx: &Cx, o: &DeskOrder) -> Vec<Rich> {
    let inquires = cx.actor().is_some_and(|a| Area::RefundInquiry.permits(a));
    let asked = o.pauses.iter().any(|p| p.reason == PauseReason::Inquiry);
    let label = if asked { "解除调查暂停" } else { "调查暂停" };
    let mut all = steps(cx, o);
    if inquires && matches!(o.order.status.as_str(), "due" | "paused" | "made" | "checked") {
        all.push(Link::new(label, format!("/desk/refunds/{}/inquiry", o.order.id)).into());
    }
    all
}

fn steps(cx: &Cx, o: &DeskOrder) -> Vec<Rich> {
    let Some(actor) = cx.actor().filter(|a| Area::Money.permits(a)) else { return Vec::new() };
    match o.order.status.as_str() {
        "due" => vec![button(cx, o, "制单", "make", Weight::Primary)],
        "made" if o.order.maker == Some(actor.account) => vec!["等待另一人复核".into()],
        "made" => {
            vec![button(cx, o, "复核通过", "check", Weight::Primary), button(cx, o, "退回制单", "back", Weight::Danger)]
        }
        "sent" => {
            let label = if o.order.unpaid_by.is_some() { "复核银行未执行" } else { "银行未执行" };
            vec![Link::new(label, format!("/desk/refunds/{}/unpaid", o.order.id)).into()]
        }
        _ => Vec::new(),
    }
}

fn row(cx: &Cx, o: &DeskOrder) -> Row {
    let late = cx.now() >= o.order.due_at && matches!(o.order.status.as_str(), "due" | "made" | "checked");
    let light = if late { Light::Red } else { Light::Green };
    Row::new()
        .light(light)
        .cell(Cell::new(o.order.number.clone()).and(o.lot_no.clone()))
        .cell(o.order.cause.zh())
        .cell(Cell::new(o.order.payee_name.clone()).and(o.account.clone()))
        .cell(o.order.amount)
        .cell(o.order.due_at)
        .cell(o.pauses.iter().fold(Cell::new(desk::state_zh(&o.order)), |cell, p| cell.and(inquiry::said(p))))
}

const DONE: &str = "done";

/// The columns of orders, with what can be done about those that wait.
fn columns(open: bool) -> Vec<Column> {
    let mut all = vec![
        Column::new("单号"),
        Column::new("原因"),
        Column::new("收款人"),
        Column::numeric("金额"),
        Column::new("期限"),
        Column::new("状态"),
    ];
    if open {
        all.push(Column::new("办理"));
    }
    all
}

fn show(cx: &Cx, orders: &[DeskOrder], files: &[StoredFile]) -> Page {
    let may = cx.actor().is_some_and(|a| Area::Money.permits(a));
    let ready = orders.iter().any(|o| o.order.status == "checked");
    let mut page = cx.page("付款单").with(Heading::new("付款单")).with(tabs("/desk/refunds")).with(
        Table::new("退款和划转")
            .note("一人制单、另一人复核，导出付款文件交银行；银行流水中出现对应支出才算完成。")
            .columns(columns(true))
            .rows(
                orders
                    .iter()
                    .filter(|o| o.order.status != DONE)
                    .map(|o| row(cx, o).cell(Cell::actions(actions(cx, o)))),
            )
            .empty("没有等待办理的付款单。"),
    );
    if may && ready {
        let make = Button::post("生成付款文件", "/desk/refunds/files", cx.csrf())
            .with(NONCE_FIELD, cx.nonce())
            .weight(Weight::Primary);
        page = page.with(Section::new("付款文件").say("把全部已复核的付款单生成一个付款文件。").say(make));
    }
    let rows = files.iter().map(|f| {
        let number: Rich = if may {
            Link::new(f.number.clone(), format!("/desk/refunds/files/{}", f.id)).into()
        } else {
            f.number.clone().into()
        };
        Row::new().cell(number).cell(f.made_at).cell(f.sm3.chars().take(16).collect::<String>())
    });
    page.with(
        Table::new("最近完成的")
            .columns(columns(false))
            .rows(orders.iter().filter(|o| o.order.status == DONE).map(|o| row(cx, o)))
            .empty("还没有完成的付款单。"),
    )
    .with(
        Table::new("已生成的付款文件").columns(["文件编号", "生成时间", "校验值"]).rows(rows).empty("还没有付款文件。"),
    )
}

async fn load(cx: &Cx) -> WebResult<(Vec<DeskOrder>, Vec<StoredFile>)> {
    let actor = cx.need_actor()?.clone();
    cx.run(move |app| desk::orders(app, &actor)).await
}

/// All orders.
pub async fn page(cx: Cx) -> WebResult<HttpResponse> {
    let (orders, files) = load(&cx).await?;
    cx.ok(&show(&cx, &orders, &files))
}

fn refused(cx: &Cx, orders: &[DeskOrder], files: &[StoredFile], refusal: &Refusal) -> Page {
    show(cx, orders, files).first(Panel::error("没有办理").say(refusal.to_string()))
}

/// One step of an order.
pub async fn step(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id: RefundId = path.parse().map_err(|_| Refusal::NotFound)?;
    let (orders, files) = load(&post.cx).await?;
    post.act(
        move |app, actor, typed, _| {
            let step = match typed.text("step") {
                "make" => Step::Make,
                "check" => Step::Check,
                "back" => Step::SendBack,
                _ => return Err(Refusal::NotFound.into()),
            };
            payouts::step(app, actor, id, step)?;
            Ok(("/desk/refunds".to_owned(), "已办理。".to_owned()))
        },
        move |cx, _, refusal| Ok(refused(cx, &orders, &files, refusal)),
    )
    .await
}

/// Makes a payment file of everything checked.
pub async fn make_file(post: Post) -> WebResult<HttpResponse> {
    let (orders, files) = load(&post.cx).await?;
    post.act(
        |app, actor, _, _| {
            payouts::make_file(app, actor)?;
            Ok(("/desk/refunds".to_owned(), "付款文件已生成，请下载后交银行。".to_owned()))
        },
        move |cx, _, refusal| Ok(refused(cx, &orders, &files, refusal)),
    )
    .await
}

/// The file's bytes, the same at every download.
pub async fn file(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id: PaymentFileId = path.parse().map_err(|_| Refusal::NotFound)?;
    let actor = cx.need_actor()?.clone();
    let file = cx.run(move |app| payouts::file(app, &actor, id)).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.csv\"", file.number)))
        .body(file.content))
}
