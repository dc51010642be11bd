//! Objecting to a posted result, without a login, and the public list of objections and answers.

use actix_web::{HttpResponse, web};

use super::sheet::refused;
use crate::acts::deal;
use crate::acts::objection::{self, Filing, PublicObjection};
use crate::domain::lot::Stage;
use crate::domain::refusal::Refusal;
use crate::web::cx::Cx;
use crate::web::error::{WebError, WebResult};
use crate::web::post::{Begun, Post, begin, end, misfit};
use crate::web::typed::{Reading, Typed};
use crate::web::ui::{Block, Facts, Field, Form, Link, Page, Section};

fn form_page(cx: &Cx, lot_no: &str, title: &str, again: Option<(&Typed, &Refusal)>) -> Page {
    let mut form = Form::post(format!("/lots/{lot_no}/objection"), cx.csrf())
        .nonce(cx.nonce())
        .page_title("提出异议")
        .intro(format!("对标的“{title}”（{lot_no}）的成交结果有异议的，可以实名书面提出。异议内容和县中心的答复会公开，姓名隐去部分，联系方式不公开。"))
        .field(Field::text("name", "您的姓名或者单位名称").limit(60).autocomplete("name"))
        .field(Field::text("contact", "联系电话或者地址").hint("只用于核实和送达答复，不公开。").limit(100))
        .field(Field::textarea("content", "异议的事实、理由和证据").limit(2000).rows(8))
        .submit("提交异议")
        .link("返回标的页面", format!("/lots/{lot_no}"));
    if let Some((typed, refusal)) = again {
        let kept: Vec<(&str, &str)> = typed.iter().collect();
        form = refused(form.fill(&kept), refusal);
    }
    cx.page("提出异议").narrow().with(form)
}

async fn title_of(cx: &Cx, lot_no: &str) -> WebResult<(String, bool)> {
    let lot_no = lot_no.to_owned();
    let deal = cx.run(move |app| deal::read_public(app, &lot_no)).await?;
    let open = matches!(deal.lot.stage, Stage::Publicity | Stage::ObjectionHandling);
    Ok((deal.lot.terms.map(|t| t.title).unwrap_or_default(), open))
}

/// `GET /lots/{lot_no}/objection`
pub(super) async fn page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let (title, open) = title_of(&cx, &path).await?;
    if !open {
        let text = "这个标的现在不在结果公示期，不能在线提出异议。可以电话或者到县中心反映。";
        return Err(Refusal::rule("NOT_IN_PUBLICITY", text, "").into());
    }
    cx.ok(&form_page(&cx, &path, &title, None))
}

fn read(typed: &Typed, ip: &str) -> Result<Filing, Refusal> {
    let mut reading = Reading::default();
    let filing = Filing {
        name: reading.text(typed, "name", "姓名或者单位名称", 60),
        contact: reading.text(typed, "contact", "联系电话或者地址", 100),
        content: reading.text(typed, "content", "异议内容", 2000),
        ip: ip.to_owned(),
    };
    reading.finish()?;
    Ok(filing)
}

/// `POST /lots/{lot_no}/objection`
pub(super) async fn file(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let Post { cx, typed, .. } = post;
    let lot_no = path.into_inner();
    let (title, _) = title_of(&cx, &lot_no).await?;
    if let Some(refusal) = misfit(&cx, &typed, &form_page(&cx, &lot_no, &title, None)) {
        return cx.refuse(&refusal, &form_page(&cx, &lot_no, &title, Some((&typed, &refusal))));
    }
    let mine = match begin(&cx, &typed).await? {
        Begun::Mine(form) => form,
        Begun::Done(location) => return Ok(cx.see_other(&location)),
    };
    let outcome = match read(&typed, &cx.ip) {
        Err(refusal) => Err(WebError::Refused(refusal)),
        Ok(filing) => {
            let (actor, lot_no) = (cx.actor().cloned(), lot_no.clone());
            cx.run(move |app| objection::file(app, actor.as_ref(), &lot_no, filing)).await
        }
    };
    let there = format!("/lots/{lot_no}");
    end(&cx, mine, outcome.is_ok().then_some(&there)).await?;
    match outcome {
        Ok(_) => Ok(cx.see_other_saying(&there, "异议已经收到，公示暂停计时，答复会在本页公开。")),
        Err(WebError::Refused(refusal)) => {
            cx.refuse(&refusal, &form_page(&cx, &lot_no, &title, Some((&typed, &refusal))))
        }
        Err(other) => Err(other),
    }
}

/// The objections of a lot with their answers, for the lot's public page; `open` offers the form.
pub fn objections_block(lot_no: &str, objections: &[PublicObjection], open: bool) -> Option<Block> {
    if objections.is_empty() && !open {
        return None;
    }
    let mut section = Section::new("异议和答复").id("objections");
    if open {
        section = section.link(Link::new("提出异议", format!("/lots/{lot_no}/objection")));
    }
    if objections.is_empty() {
        section = section.say("公示期内还没有收到异议。");
    }
    for o in objections {
        let mut facts =
            Facts::new().row("异议人", o.name.clone()).row("提出时间", o.filed_at).row("异议内容", o.content.clone());
        facts = match &o.answer {
            None => facts.row("答复", format!("将在{}前答复", o.due_at.zh_end())),
            Some((text, sustained, at)) => {
                facts.row("结论", objection::conclusion_zh(*sustained)).row("答复", text.clone()).row("答复时间", *at)
            }
        };
        section = section.with(facts);
    }
    Some(section.into())
}
