//! The service fee's table: proposed by one, approved by another.

use actix_web::{HttpResponse, web};

use crate::acts::desk::Setting;
use crate::acts::{desk, finance};
use crate::domain::base::Fen;
use crate::domain::base::text::half_width_digits;
use crate::domain::funds::fee::{FeeBase, RawTable, Slice};
use crate::domain::refusal::Refusal;
use crate::store::Stop;
use crate::web::bidder::told;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::typed::{Reading, Typed};
use crate::web::ui::{Button, Cell, Choice, Field, Form, Heading, Page, Panel, Rich, Row, Table, Weight};

fn form(cx: &Cx) -> Form {
    Form::post("/admin/fees", cx.csrf())
        .nonce(cx.nonce())
        .title("提出收费标准")
        .intro("由另一人批准后生效。没有生效的标准时，服务费为 0，显示待确认。")
        .field(Field::text("approval", "批准文件名称和文号").limit(120))
        .field(Field::date("effective_from", "施行日期"))
        .field(Field::radio(
            "base",
            "计费基数",
            [Choice::new("total", "成交总额"), Choice::new("first_year", "首年价款")],
        ))
        .field(
            Field::textarea("slices", "分档")
                .rows(5)
                .hint("每行一档：金额上限（元），费率（万分之几）。最后一档上限写“以上”。例如 100000,120"),
        )
        .field(Field::money("minimum", "最低收费"))
        .field(Field::money("cap", "最高收费").optional())
        .submit("提出")
}

fn rows(cx: &Cx, settings: &[Setting]) -> Vec<Row> {
    let me = cx.actor().map(|a| a.account);
    let action = |s: &Setting| -> Vec<Rich> {
        if s.status != "proposed" {
            return Vec::new();
        }
        if me == Some(s.proposed_by) {
            return vec!["等待另一人批准".into()];
        }
        let post = |label: &str, value: &str, weight| -> Rich {
            Button::post(label, format!("/admin/fees/{}", s.id), cx.csrf())
                .with("approve", value)
                .with("_form", cx.nonce())
                .weight(weight)
                .small()
                .into()
        };
        vec![post("批准", "yes", Weight::Primary), post("不批准", "no", Weight::Danger)]
    };
    let state = |s: &Setting| match s.status.as_str() {
        "proposed" => "待批准",
        "approved" => "已批准",
        _ => "未批准",
    };
    settings
        .iter()
        .map(|s| {
            Row::new()
                .cell(s.document.clone())
                .cell(s.effective_from.clone())
                .cell(s.proposed_at)
                .cell(state(s))
                .cell(Cell::actions(action(s)))
        })
        .collect()
}

fn show(cx: &Cx, settings: &[Setting], form: Form) -> Page {
    cx.page("收费标准")
        .with(Heading::new("收费标准"))
        .with(
            Table::new("已提出的标准")
                .columns(["批准文件", "施行日期", "提出时间", "状态", "办理"])
                .rows(rows(cx, settings))
                .empty("还没有收费标准，服务费待确认。"),
        )
        .with(form)
}

async fn load(cx: &Cx) -> WebResult<Vec<Setting>> {
    let actor = cx.need_actor()?.clone();
    cx.run(move |app| desk::fees(app, &actor)).await
}

/// The tables so far.
pub async fn page(cx: Cx) -> WebResult<HttpResponse> {
    let settings = load(&cx).await?;
    cx.ok(&show(&cx, &settings, form(&cx)))
}

fn slices(text: &str) -> Result<Vec<Slice>, String> {
    let bad = |n: usize| format!("第 {} 行应为“金额上限，费率”，例如 100000,120", n + 1);
    text.lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .enumerate()
        .map(|(n, line)| {
            let (up_to, rate) = line.split_once([',', '，']).ok_or_else(|| bad(n))?;
            let up_to = match up_to.trim() {
                "以上" => None,
                amount => Some(Fen::parse(amount).map_err(|_| bad(n))?),
            };
            Ok(Slice { up_to, rate_bp: half_width_digits(rate.trim()).parse().map_err(|_| bad(n))? })
        })
        .collect()
}

fn read(typed: &Typed) -> Result<RawTable, Stop> {
    let mut reading = Reading::default();
    let approval = reading.text(typed, "approval", "批准文件名称和文号", 120);
    let from = reading.day(typed, "effective_from", "施行日期");
    let base = reading.choice(typed, "base", "计费基数", |t| match t {
        "total" => Some(FeeBase::Total),
        "first_year" => Some(FeeBase::FirstYear),
        _ => None,
    });
    let minimum = reading.money(typed, "minimum");
    let cap = if typed.text("cap").is_empty() { None } else { Some(reading.money(typed, "cap")) };
    let slices = slices(typed.raw("slices")).unwrap_or_else(|fault| {
        reading.fault("slices", fault);
        Vec::new()
    });
    reading.finish()?;
    let (Some(effective_from), Some(base)) = (from, base) else { return Err(Refusal::NotFound.into()) };
    Ok(RawTable { approval, effective_from, base, slices, minimum, cap })
}

/// Proposes a table.
pub async fn propose(post: Post) -> WebResult<HttpResponse> {
    let settings = load(&post.cx).await?;
    post.act(
        |app, actor, typed, _| {
            finance::propose(app, actor, read(typed)?)?;
            Ok(("/admin/fees".to_owned(), "已提出，等待另一人批准。".to_owned()))
        },
        move |cx, typed, refusal| Ok(show(cx, &settings, told(form(cx), typed, refusal))),
    )
    .await
}

/// Approves or rejects one.
pub async fn decide(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id: uuid::Uuid = path.parse().map_err(|_| Refusal::NotFound)?;
    let settings = load(&post.cx).await?;
    post.act(
        move |app, actor, typed, _| {
            finance::decide(app, actor, id, typed.either("approve", "批准或者不批准", "yes", "no")?)?;
            Ok(("/admin/fees".to_owned(), "已办理。".to_owned()))
        },
        move |cx, _, refusal| Ok(show(cx, &settings, form(cx)).first(Panel::error("没有办理").say(refusal.to_string()))),
    )
    .await
}
