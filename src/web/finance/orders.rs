//! Refund and release orders, made by one and checked by another; payment files.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::inquiry;
use super::lines::tabs;
use crate::acts::desk::{self, DeskOrder, DeskOrders, Leaf, Pages};
use crate::acts::payouts::{self, Step};
use crate::domain::base::ids::{PaymentFileId, RefundId};
use crate::domain::funds::PauseReason;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::ui::{
    Button, Cell, Column, Heading, Light, Link, NONCE_FIELD, Page, Pager, Panel, Rich, Row, Section, Table, Weight,
};

/// Which pages of the lists are open, as the address carries it.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct Query {
    page: Option<String>,
    done: Option<String>,
    files: Option<String>,
}

impl Query {
    fn pages(&self) -> Pages {
        let page = |typed: &Option<String>| {
            typed.as_deref().and_then(|typed| typed.trim().parse().ok()).unwrap_or(1).clamp(1, 10_000)
        };
        Pages { open: page(&self.page), done: page(&self.done), files: page(&self.files) }
    }

    /// Whether a page is asked for that is no number.
    fn is_odd(&self) -> bool {
        [&self.page, &self.done, &self.files].into_iter().flatten().any(|typed| typed.trim().parse::<usize>().is_err())
    }
}

/// The way through a list, where it has more than one page; the other lists go back to their first.
fn pager<T>(leaf: &Leaf<T>, name: &str) -> Option<Pager> {
    let to = |page: usize| format!("/desk/refunds?{name}={page}");
    let previous = (leaf.page > 1).then(|| to(leaf.page - 1));
    let next = leaf.more.then(|| to(leaf.page + 1));
    (leaf.more || leaf.page > 1).then(|| Pager::new(format!("第 {} 页", leaf.page)).previous(previous).next(next))
}

fn paged<T>(table: Table, leaf: &Leaf<T>, name: &str) -> Table {
    match pager(leaf, name) {
        Some(pager) => table.pager(pager),
        None => table,
    }
}

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
    let may = cx.actor().is_some_and(|a| Area::Money.permits(a));
    let state = o.file.iter().fold(Cell::new(desk::state_zh(&o.order)), |cell, (id, number)| {
        if may { cell.and(Link::new(number.clone(), file_at(id))) } else { cell.and(number.clone()) }
    });
    Row::new()
        .light(light)
        .cell(Cell::new(o.order.number.clone()).and(o.lot_no.clone()))
        .cell(o.order.cause.zh())
        .cell(Cell::new(o.order.payee_name.clone()).and(o.account.clone()))
        .cell(o.order.amount)
        .cell(o.order.due_at)
        .cell(o.pauses.iter().fold(state, |cell, p| cell.and(inquiry::said(p))))
}

fn file_at(id: &PaymentFileId) -> String {
    format!("/desk/refunds/files/{id}")
}

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

fn show(cx: &Cx, all: &DeskOrders) -> Page {
    let may = cx.actor().is_some_and(|a| Area::Money.permits(a));
    let open = Table::new("退款和划转")
        .note("一人制单、另一人复核，导出付款文件交银行；银行流水中出现对应支出才算完成。")
        .columns(columns(true))
        .rows(all.open.rows.iter().map(|o| row(cx, o).cell(Cell::actions(actions(cx, o)))))
        .empty("没有等待办理的付款单。");
    let mut page =
        cx.page("付款单").with(Heading::new("付款单")).with(tabs("/desk/refunds")).with(paged(open, &all.open, "page"));
    if may && all.checked > 0 {
        let make = Button::post("生成付款文件", "/desk/refunds/files", cx.csrf())
            .with(NONCE_FIELD, cx.nonce())
            .weight(Weight::Primary);
        let say = format!("把全部已复核的付款单（{}笔）生成一个付款文件。", all.checked);
        page = page.with(Section::new("付款文件").say(say).say(make));
    }
    let done = Table::new("最近完成的")
        .columns(columns(false))
        .rows(all.done.rows.iter().map(|o| row(cx, o)))
        .empty("还没有完成的付款单。");
    let rows = all.files.rows.iter().map(|f| {
        let number: Rich =
            if may { Link::new(f.number.clone(), file_at(&f.id)).into() } else { f.number.clone().into() };
        Row::new().cell(number).cell(f.made_at).cell(f.sm3.chars().take(16).collect::<String>())
    });
    let files =
        Table::new("已生成的付款文件").columns(["文件编号", "生成时间", "校验值"]).rows(rows).empty("还没有付款文件。");
    page.with(paged(done, &all.done, "done")).with(paged(files, &all.files, "files"))
}

async fn load(cx: &Cx, pages: Pages) -> WebResult<DeskOrders> {
    let actor = cx.need_actor()?.clone();
    cx.run(move |app| desk::orders(app, &actor, pages)).await
}

/// All orders.
pub async fn page(cx: Cx, query: web::Query<Query>) -> WebResult<HttpResponse> {
    let orders = load(&cx, query.pages()).await?;
    let page = show(&cx, &orders);
    cx.ok(&if query.is_odd() {
        page.first(Panel::attention("没有这一页").say("页码应为数字，现在显示的是第一页。"))
    } else {
        page
    })
}

fn refused(cx: &Cx, orders: &DeskOrders, refusal: &Refusal) -> Page {
    show(cx, orders).first(Panel::error("没有办理").say(refusal.to_string()))
}

/// One step of an order.
pub async fn step(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id: RefundId = path.parse().map_err(|_| Refusal::NotFound)?;
    let orders = load(&post.cx, Pages::default()).await?;
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
        move |cx, _, refusal| Ok(refused(cx, &orders, refusal)),
    )
    .await
}

/// Makes a payment file of everything checked.
pub async fn make_file(post: Post) -> WebResult<HttpResponse> {
    let orders = load(&post.cx, Pages::default()).await?;
    post.act(
        |app, actor, _, _| {
            payouts::make_file(app, actor)?;
            Ok(("/desk/refunds".to_owned(), "付款文件已生成，请下载后交银行。".to_owned()))
        },
        move |cx, _, refusal| Ok(refused(cx, &orders, refusal)),
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
