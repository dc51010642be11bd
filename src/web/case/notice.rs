//! The notice's text, its confirmation by the transferor, its publication by the centre.

use actix_web::{HttpResponse, web};

use super::load::{File, file, lot_id, with_refusal};
use crate::acts::publication;
use crate::crypto::suite::Hash;
use crate::domain::base::Day;
use crate::domain::listing::notice::Notice;
use crate::domain::lot::Act;
use crate::domain::refusal::Refusal;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::stepup::code_form;
use crate::web::typed::Typed;
use crate::web::ui::{Block, Confirm, Facts, Field, Form, Heading, Page, Panel, Rich, Section, Weight};

/// A notice as blocks: every page that shows it shows this.
pub fn blocks(notice: &Notice) -> Vec<Block> {
    let mut all: Vec<Block> = vec![Rich::from(notice.intro.as_str()).into()];
    for chapter in &notice.chapters {
        let rows = chapter.lines.iter().fold(Facts::new(), |f, l| f.row(&l.label, l.value.as_str()));
        all.push(Section::card(&chapter.title).with(rows).into());
    }
    all
}

async fn text(cx: &Cx, file: &File) -> WebResult<(Notice, Hash)> {
    let lot = file.lot().clone();
    let made =
        cx.run(move |app| app.store.read(|db| Ok(publication::notice_of(app, db, &lot))).map_err(Into::into)).await?;
    Ok(made?)
}

fn confirm_form(cx: &Cx, file: &File, notice: &Notice, hash: &Hash, refusal: Option<&Refusal>) -> Page {
    let id = file.lot().id;
    let here = format!("/cases/{id}/notice-confirmation");
    let ask = code_form(cx, publication::CONFIRM, hash, &here);
    let mut form = Form::post(&here, cx.csrf())
        .nonce(cx.nonce())
        .field(Field::hidden("hash", hash.hex()))
        .field(Field::password("password", "登录密码"))
        .field(Field::code("code", "验证码").hint("先点上面的“获取验证码”，10 分钟内有效。"))
        .submit("确认公告文本")
        .link("返回案卷", format!("/cases/{id}"));
    if let Some(refusal) = refusal {
        form = with_refusal(form, refusal);
    }
    cx.page("确认公告文本")
        .with(
            Heading::new(notice.title.as_str())
                .kicker("待确认的公告文本")
                .lead("发布后即对外公开并产生约束力，请逐项核对。"),
        )
        .extend(blocks(notice))
        .with(Section::card("第一步：获取验证码").with(ask))
        .with(
            Confirm::new("第二步：确认", form)
                .below()
                .facts(Facts::new().row("文本校验值（SM3）", Rich::new().code(hash.hex())))
                .binding("确认即表示同意按以上文本发布。公告的起止时间由县中心在发布时按工作日历填写。"),
        )
}

/// `GET /cases/{id}/notice-confirmation`
pub async fn confirm_page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let file = file(&cx, lot_id(&path)?).await?;
    file.may(&cx, Act::ConfirmNotice)?;
    let (notice, hash) = text(&cx, &file).await?;
    cx.ok(&confirm_form(&cx, &file, &notice, &hash, None))
}

fn read_hash(typed: &Typed) -> Result<Hash, Refusal> {
    let changed = || Refusal::rule("NOTICE_CHANGED", "公告文本有变化，请重新核对后确认。", "");
    let bytes = hex::decode(typed.text("hash")).map_err(|_| changed())?;
    Ok(Hash(bytes.try_into().map_err(|_| changed())?))
}

/// `POST /cases/{id}/notice-confirmation`
pub async fn confirm(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = lot_id(&path)?;
    let file = file(&post.cx, id).await?;
    file.may(&post.cx, Act::ConfirmNotice)?;
    let (notice, hash) = text(&post.cx, &file).await?;
    post.act(
        move |app, actor, typed, _| {
            let shown = read_hash(typed)?;
            publication::confirm(app, actor, id, &shown, typed.raw("password"), typed.text("code"))?;
            Ok((format!("/cases/{id}"), "公告文本已确认，等待县中心发布。".into()))
        },
        |cx, _, refusal| Ok(confirm_form(cx, &file, &notice, &hash, Some(refusal))),
    )
    .await
}

fn publish_form(cx: &Cx, file: &File, notice: &Notice, hash: &Hash, again: Option<(&Typed, &Refusal)>) -> Page {
    let lot = file.lot();
    let id = lot.id;
    let mut page = cx.page("发布挂牌公告").with(Heading::new(notice.title.as_str()).kicker("发布挂牌公告"));
    match lot.notice_confirmed.as_deref() {
        None => page = page.with(Panel::attention("转出方还没有确认").say("转出方确认公告文本后才能发布。")),
        Some(confirmed) if confirmed != hash.hex() => {
            page = page
                .with(Panel::attention("文本有变化").say("现在的文本与转出方确认的不一致，平台会请转出方重新确认。"));
        }
        Some(_) => page = page.with(Panel::success("转出方已确认").say("文本与转出方确认的一致。")),
    }
    let mut form = Form::post(format!("/cases/{id}/publication"), cx.csrf())
        .nonce(cx.nonce())
        .submit("发布公告")
        .weight(Weight::Seal)
        .link("返回案卷", format!("/cases/{id}"));
    let mut rows = Facts::new().row("公告开始", "发布的时刻");
    match publication::length(&cx.app, lot, cx.now()) {
        Ok((length, closes)) => {
            rows = rows
                .row("公告期", format!("不少于 {}（{}）", length.zh(), length.reason))
                .row("最早截止", Rich::new().time(closes));
            let hint = "按工作日历建议的最早一天；可以改晚，必须是工作日，当日下班时间截止。";
            form = form.field(Field::date("closes", "截止日").value(closes.day().iso()).hint(hint));
        }
        Err(refusal) => page = page.with(Panel::error("不能排定截止日").say(refusal.to_string())),
    }
    if let Some((typed, refusal)) = again {
        form = with_refusal(form.fill(&[("closes", typed.text("closes"))]), refusal);
    }
    page.extend(blocks(notice)).with(
        Confirm::new("发布", form)
            .below()
            .facts(rows.row("文本校验值（SM3）", Rich::new().code(hash.hex())))
            .binding("发布后立即公开，规则和品种定义随公告冻结，不能撤销。"),
    )
}

/// `GET /cases/{id}/publication`
pub async fn publish_page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let file = file(&cx, lot_id(&path)?).await?;
    file.may(&cx, Act::Publish)?;
    let (notice, hash) = text(&cx, &file).await?;
    cx.ok(&publish_form(&cx, &file, &notice, &hash, None))
}

/// `POST /cases/{id}/publication`
pub async fn publish(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = lot_id(&path)?;
    let file = file(&post.cx, id).await?;
    file.may(&post.cx, Act::Publish)?;
    let (notice, hash) = text(&post.cx, &file).await?;
    post.act(
        move |app, actor, typed, _| {
            let typed = typed.text("closes");
            let last = match (typed, Day::parse(typed)) {
                ("", _) => None,
                (_, Some(day)) => Some(day),
                (_, None) => return Err(Refusal::field("closes", "请填写存在的日期，例如 2026-12-04。").into()),
            };
            let lot_no = publication::publish(app, actor, id, last)?;
            Ok((format!("/lots/{lot_no}"), "挂牌公告已发布。".into()))
        },
        |cx, typed, refusal| Ok(publish_form(cx, &file, &notice, &hash, Some((typed, refusal)))),
    )
    .await
}
