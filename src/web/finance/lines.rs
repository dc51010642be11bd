//! Bank statements and their lines.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use crate::acts::desk::{self, DeskLine};
use crate::acts::{bank, payouts, suspense};
use crate::domain::base::ids::BankLineId;
use crate::domain::funds::statement;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::web::bidder::told;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::typed::Typed;
use crate::web::ui::{
    Button, Cell, Facts, Field, Form, Heading, Link, Page, Rich, Row, Section, Table, Tabs, Weight, parse_moment,
};
use crate::web::upload;

/// Where a statement to fill in lies.
const SAMPLE: &str = "/desk/finance/statement-sample.csv";

/// The desk's own tabs.
pub fn tabs(at: &str) -> Tabs {
    let mut tabs = Tabs::new("资金结算");
    for (label, to) in [("银行流水", "/desk/finance"), ("付款单", "/desk/refunds"), ("账簿", "/desk/ledger")] {
        tabs = tabs.tab(label, to, to == at);
    }
    tabs
}

fn import_form(cx: &Cx) -> Form {
    Form::post("/desk/finance/statements", cx.csrf())
        .nonce(cx.nonce())
        .title("导入银行流水")
        .intro("CSV 文件，列名：流水号、记账时间、付款人户名、付款人账号、付款人开户行、金额、收款账号、摘要；没有收支方向的，金额为负数或者付款人账号是交易资金结算账户的按支出；支出没有对方户名的，按收款账号、金额和摘要中的付款单号核对。只能导入交易资金结算账户的流水。有一行不对就整份不导入；已导入过的流水号自动跳过，内容不同的不导入。")
        .field(Field::file("statement", "流水文件", ".csv", 5).hint(Rich::new().link("下载示例文件（含表头和一行示例）", SAMPLE)))
        .field(
            Field::datetime("through", "流水截至时间")
                .optional()
                .hint("北京时间，银行出具流水时截至的时刻；不填按最后一笔的记账时间。报名截止后须有截至该时刻的流水，才能确认竞买人名单。"),
        )
        .submit("导入流水")
}

/// Remarks of matched deposits may name a lot, so they are not shown.
fn remark(line: &DeskLine) -> String {
    if line.line.status == "matched" { String::new() } else { line.line.remark.clone() }
}

fn status_zh(status: &str) -> &'static str {
    match status {
        "unmatched" => "待处理",
        "matched" => "已匹配",
        "returning" => "退回中",
        "returned" => "已退回",
        _ => "",
    }
}

fn row(line: &DeskLine, linked: bool) -> Row {
    let l = &line.line;
    let serial: Rich = if linked {
        Link::new(l.serial.clone(), format!("/desk/finance/lines/{}", l.id)).into()
    } else {
        l.serial.clone().into()
    };
    Row::new()
        .cell(serial)
        .cell(l.booked_at)
        .cell(if l.outgoing { "支出" } else { "收入" })
        .cell(Cell::new(l.name.clone()).and(line.account.clone()))
        .cell(l.amount)
        .cell(l.own_account.clone())
        .cell(Cell::new(status_zh(&l.status)).and(l.matched_to.clone()).and(remark(line)))
}

const COLUMNS: [&str; 7] = ["流水号", "记账时间", "收支", "对方", "金额", "本方账号", "处理情况"];

async fn build(cx: &Cx) -> WebResult<(Vec<DeskLine>, Vec<DeskLine>)> {
    let actor = cx.need_actor()?.clone();
    cx.run(move |app| desk::lines(app, &actor)).await
}

fn show(cx: &Cx, open: &[DeskLine], all: &[DeskLine], form: Option<Form>) -> Page {
    cx.page("资金结算")
        .with(Heading::new("资金结算"))
        .with(tabs("/desk/finance"))
        .maybe(form)
        .with(
            Table::new("待处理的流水")
                .columns(COLUMNS)
                .rows(open.iter().map(|l| row(l, true)))
                .empty("没有待处理的流水。"),
        )
        .with(
            Table::new("最近的流水")
                .columns(COLUMNS)
                .rows(all.iter().map(|l| row(l, false)))
                .empty("还没有导入过流水。"),
        )
}

/// The desk.
pub async fn page(cx: Cx) -> WebResult<HttpResponse> {
    let (open, all) = build(&cx).await?;
    let form = cx.actor().is_some_and(|a| Area::Money.permits(a)).then(|| import_form(&cx));
    cx.ok(&show(&cx, &open, &all, form))
}

/// A statement to fill in, for who imports them.
pub async fn sample(cx: Cx) -> WebResult<HttpResponse> {
    payouts::need_money(cx.need_actor()?)?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"statement-sample.csv\""))
        .body(statement::sample()))
}

/// Imports a statement.
pub async fn import(post: Post) -> WebResult<HttpResponse> {
    let (open, all) = build(&post.cx).await?;
    post.act(
        |app, actor, typed, files| {
            payouts::need_money(actor)?;
            let file = upload::file(&files, "statement")
                .ok_or_else(|| Refusal::field("statement", "请选择流水文件"))?
                .received()?;
            let bytes = app.files.get(&file.content).map_err(|e| crate::store::Fault::Files(e.to_string()))?;
            let bytes = bytes.ok_or_else(|| Refusal::field("statement", "文件没有保存成功，请重新上传"))?;
            let through = match typed.text("through") {
                "" => None,
                text => {
                    let words = "请填写日期和时间，例如 2026-11-25 17:00";
                    Some(parse_moment(text).ok_or_else(|| Refusal::field("through", words))?)
                }
            };
            let done = bank::import_through(app, actor, &file.name, &bytes, through)?;
            let said =
                format!("导入{}笔，其中自动匹配{}笔；另有{}笔以前导入过，已跳过。", done.new, done.matched, done.known);
            Ok(("/desk/finance".to_owned(), said))
        },
        move |cx, typed, refusal| Ok(show(cx, &open, &all, Some(told(import_form(cx), typed, refusal)))),
    )
    .await
}

fn line_show(cx: &Cx, line: &DeskLine, wrong: Option<(&Typed, &Refusal)>) -> Page {
    let l = &line.line;
    let facts = Facts::new()
        .row("流水号", l.serial.clone())
        .row("记账时间", l.booked_at)
        .row("收支", if l.outgoing { "支出" } else { "收入" })
        .row("对方户名", l.name.clone())
        .row("对方账号", line.account.clone())
        .row("金额", l.amount)
        .row("本方账号", l.own_account.clone())
        .row("摘要", remark(line))
        .strong("未匹配的原因", l.matched_to.clone());
    let mut page = cx.page("处理流水").narrow().with(Heading::new("处理流水").tag(status_zh(&l.status))).with(facts);
    if l.status != "unmatched" || !cx.actor().is_some_and(|a| Area::Money.permits(a)) {
        return page;
    }
    let (label, hint) = if l.outgoing {
        ("付款单号", "填写已发送银行的付款单号，例如 TK20261122000001。")
    } else {
        ("附言码", "填写付款人的转账附言码；户名、金额和时间仍须相符。")
    };
    let mut form = Form::post(format!("/desk/finance/lines/{}/match", l.id), cx.csrf())
        .nonce(cx.nonce())
        .title("人工认领")
        .field(Field::text("reference", label).hint(hint))
        .submit("认领");
    if let Some((typed, refusal)) = wrong {
        form = told(form, typed, refusal);
    }
    page = page.with(form);
    if !l.outgoing {
        let button = Button::post("原路退回", format!("/desk/finance/lines/{}/return", l.id), cx.csrf())
            .with("_form", cx.nonce())
            .weight(Weight::Danger)
            .confirm("按原付款账户退回这笔款项，确定吗？");
        page = page.with(Section::new("退回").say("无法核实的来款，退回付款账户。").say(button));
    }
    page
}

async fn load(cx: &Cx, id: BankLineId) -> WebResult<DeskLine> {
    let actor = cx.need_actor()?.clone();
    cx.run(move |app| desk::line(app, &actor, id)).await
}

fn parse(path: &str) -> WebResult<BankLineId> {
    path.parse().map_err(|_| Refusal::NotFound.into())
}

/// One line with what can be done.
pub async fn line_page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let line = load(&cx, parse(&path)?).await?;
    cx.ok(&line_show(&cx, &line, None))
}

/// Matches by hand.
pub async fn match_line(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = parse(&path)?;
    let line = load(&post.cx, id).await?;
    post.act(
        move |app, actor, typed, _| {
            suspense::match_by_hand(app, actor, id, typed.text("reference"))?;
            Ok(("/desk/finance".to_owned(), "流水已认领。".to_owned()))
        },
        move |cx, typed, refusal| Ok(line_show(cx, &line, Some((typed, refusal)))),
    )
    .await
}

/// Orders the money back.
pub async fn return_line(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = parse(&path)?;
    let line = load(&post.cx, id).await?;
    post.act(
        move |app, actor, _, _| {
            suspense::send_back(app, actor, id)?;
            Ok(("/desk/refunds".to_owned(), "已开具退款单。".to_owned()))
        },
        move |cx, typed, refusal| Ok(line_show(cx, &line, Some((typed, refusal)))),
    )
    .await
}
