//! Freezing a room and letting it go on (rulebook 3.9).

use actix_web::{HttpResponse, web};

use crate::acts::bidding::{self, PauseOrder};
use crate::domain::auction::FreezeGround;
use crate::domain::base::ids::LotId;
use crate::domain::lot::{Act, Lot};
use crate::domain::permit::{is_theirs, permit};
use crate::domain::refusal::Refusal;
use crate::store::Stop;
use crate::store::views::room;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::typed::Typed;
use crate::web::ui::{Choice, Facts, Field, Form, Page, Panel, parse_moment};

pub(super) fn id(text: &str) -> Result<LotId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// The lot, when the act is open to the caller now: for the form's page.
pub(super) async fn open(cx: &Cx, text: &str, act: Act) -> WebResult<Lot> {
    let lot = case(cx, text, act).await?;
    let departments = lot.departments();
    permit(act, cx.actor(), &lot.case(&departments))?;
    Ok(lot)
}

/// The lot, for whose act it is.
pub(super) async fn case(cx: &Cx, text: &str, act: Act) -> WebResult<Lot> {
    let actor = cx.need_actor()?.clone();
    let id = id(text)?;
    cx.run(move |app| {
        let lot = app.store.read(|db| room::lot(db, id))?.ok_or(Refusal::NotFound)?;
        let departments = lot.departments();
        is_theirs(act, Some(&actor), &lot.case(&departments))?;
        Ok(lot)
    })
    .await
}

pub(super) fn with(form: Form, typed: Option<&Typed>, refusal: Option<&Refusal>) -> Form {
    let mut form = form;
    if let Some(typed) = typed {
        form = form.fill(&typed.iter().collect::<Vec<_>>());
    }
    match refusal {
        None => form,
        Some(Refusal::Fields { faults }) => form.errors(faults.iter().map(|f| (f.field.clone(), f.message.clone()))),
        Some(other) => form.error("", other.to_string()),
    }
}

fn pause_form(cx: &Cx, id: &str, typed: Option<&Typed>, refusal: Option<&Refusal>) -> Page {
    let grounds = FreezeGround::ALL.into_iter().filter(|g| !g.is_automatic());
    let form = Form::post(format!("/cases/{id}/pause"), cx.csrf())
        .nonce(cx.nonce())
        .page_title("暂停竞价")
        .intro("只有公告载明的事由可以暂停竞价，须两人同时确认。暂停不改变已接受的报价，也不能提前结束竞价；恢复时损失的时间全部补足。")
        .field(Field::radio("ground", "暂停事由", grounds.map(|g| Choice::new(ground_code(g), g.zh()))))
        .field(Field::textarea("reason", "情况说明").hint("立即向社会公开，不要写个人信息。").limit(200))
        .field(Field::text("second_account", "第二人账号").hint("另一位竞价组织岗或中心主任。").group("第二人确认", "请第二人在本机输入自己的账号和密码。"))
        .field(Field::password("second_password", "第二人密码"))
        .submit("立即暂停")
        .link("返回", format!("/cases/{id}"));
    cx.page("暂停竞价").narrow().with(with(form, typed, refusal))
}

/// `GET /cases/{id}/pause`
pub(super) async fn pause_page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    open(&cx, &path, Act::Pause).await?;
    cx.ok(&pause_form(&cx, &path, None, None))
}

/// `POST /cases/{id}/pause`
pub(super) async fn pause_post(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let text = path.into_inner();
    let lot = case(&post.cx, &text, Act::Pause).await?.id;
    let (again, address) = (text.clone(), post.cx.ip.clone());
    post.gated(lot, Act::Pause)
        .act(
            move |app, actor, typed, _| {
                let ground = FreezeGround::ALL.into_iter().find(|g| ground_code(*g) == typed.text("ground"));
                let order = PauseOrder {
                    ground: ground.ok_or_else(|| Refusal::field("ground", "请选择公告载明的暂停事由"))?,
                    reason: reason(typed)?,
                    second: (typed.text("second_account").to_owned(), typed.raw("second_password").to_owned()),
                    address,
                };
                bidding::pause(app, actor, lot, &order)?;
                Ok((format!("/cases/{text}"), "竞价已暂停，事由已经公开。".to_owned()))
            },
            move |cx, typed, refusal| Ok(pause_form(cx, &again, Some(typed), Some(refusal))),
        )
        .await
}

fn reason(typed: &Typed) -> Result<String, Refusal> {
    let mut reading = crate::web::typed::Reading::default();
    let reason = reading.text(typed, "reason", "情况说明", 200);
    reading.finish()?;
    Ok(reason)
}

fn ground_code(ground: FreezeGround) -> &'static str {
    match ground {
        FreezeGround::HeartbeatGap => "heartbeat",
        FreezeGround::BidPathUnhealthy => "bid_path",
        FreezeGround::LaneSilent => "lane",
        FreezeGround::PowerFailure => "power",
        FreezeGround::NetworkFailure => "network",
        FreezeGround::SystemFailure => "system",
        FreezeGround::Attack => "attack",
        FreezeGround::DataError => "data",
    }
}

fn resume_form(cx: &Cx, lot: &Lot, typed: Option<&Typed>, refusal: Option<&Refusal>) -> Page {
    let form = Form::post(format!("/cases/{}/resumption", lot.id), cx.csrf())
        .nonce(cx.nonce())
        .page_title("恢复竞价")
        .intro("中断不超过一小时的可以直接恢复；超过的须提前 24 小时公告。自由竞价补足损失的时间；限时竞价先有准备时间，再重新开始完整的一轮。")
        .field(Field::datetime("at", "恢复时间").optional().hint("不填就在规则允许的最早时间恢复。"))
        .submit("公布恢复时间")
        .link("返回", format!("/cases/{}", lot.id));
    cx.page("恢复竞价")
        .narrow()
        .with(Panel::attention("本场竞价正在暂停").say(lot.terms.as_ref().map_or("", |t| t.title.as_str())))
        .with(Facts::new().row("阶段", lot.stage.zh()))
        .with(with(form, typed, refusal))
}

/// `GET /cases/{id}/resumption`
pub(super) async fn resume_page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let lot = open(&cx, &path, Act::Resume).await?;
    cx.ok(&resume_form(&cx, &lot, None, None))
}

/// `POST /cases/{id}/resumption`
pub(super) async fn resume_post(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let lot = case(&post.cx, &path, Act::Resume).await?;
    let id = lot.id;
    post.gated(id, Act::Resume)
        .act(
            move |app, actor, typed, _| -> Result<(String, String), Stop> {
                let at = match typed.text("at") {
                    "" => None,
                    text => Some(
                        parse_moment(text)
                            .ok_or_else(|| Refusal::field("at", "时间不存在或格式不对，例如 2026-11-23 09:30"))?,
                    ),
                };
                let continues = bidding::resume(app, actor, id, at)?;
                Ok((format!("/cases/{id}"), format!("已公布恢复，下一时点：{}。", continues.zh_secs())))
            },
            move |cx, typed, refusal| Ok(resume_form(cx, &lot, Some(typed), Some(refusal))),
        )
        .await
}
