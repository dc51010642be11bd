//! The page of one step: the deal's facts, what belongs to the step, and its form.

use actix_web::HttpResponse;

use super::perform::perform;
use super::step::Step;
use super::steps;
use crate::acts::contract::Dues;
use crate::acts::deal::{self, Deal, both};
use crate::acts::objection::PublicObjection;
use crate::acts::{archive, certificate, contract, delivery, handover, objection, papers};
use crate::context::App;
use crate::crypto::suite::Hash;
use crate::domain::actor::Actor;
use crate::domain::base::ids::LotId;
use crate::domain::category::Registration;
use crate::domain::permit::is_theirs;
use crate::domain::refusal::Refusal;
use crate::store::Stop;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::stepup::code_form;
use crate::web::typed::Typed;
use crate::web::ui::{Facts, Field, Form, Heading, Link, Page, Panel, Section};

/// Everything the page of a step shows.
pub(super) struct Sheet {
    pub(super) deal: Deal,
    pub(super) actor: Actor,
    pub(super) hash: Option<Hash>,
    pub(super) objections: Vec<PublicObjection>,
    pub(super) dues: Option<Dues>,
    pub(super) departments: Vec<Registration>,
    pub(super) lines: Vec<archive::Line>,
}

fn load(app: &App, actor: &Actor, id: LotId, step: Step, strict: bool) -> Result<Sheet, Stop> {
    // A second click must still get the first one's answer, so only the form page asks for the act.
    let deal = if strict { deal::for_act(app, actor, id, step.act())? } else { deal::for_reader(app, actor, id)? };
    let concerned = deal.lot.departments();
    is_theirs(step.act(), Some(actor), &deal.lot.case(&concerned))?;
    let ready = strict || step.act().stages().contains(&deal.lot.stage);
    let hash = match step {
        Step::Confirm if ready => Some(papers::confirmation_hash(app, &deal)?),
        Step::Sign if ready => deal.lot.contract.as_ref().and_then(|_| contract::contract_hash(&deal.lot).ok()),
        Step::Issue if ready && deal.lot.certificate.number.is_some() => Some(certificate::draft_hash(app, &deal)?),
        Step::Deliver if ready => Some(delivery::hash(app, &deal)?),
        Step::Confirm | Step::Sign | Step::Issue | Step::Deliver => None,
        Step::Answer
        | Step::Approve
        | Step::Contract
        | Step::Scan
        | Step::Check
        | Step::Authenticate
        | Step::Apply
        | Step::Draft
        | Step::HandOver
        | Step::Register
        | Step::Archive => None,
    };
    Ok(Sheet {
        hash,
        objections: if step == Step::Answer { objection::list(app, id)? } else { Vec::new() },
        dues: if step == Step::Authenticate { contract::dues(app, &deal).ok() } else { None },
        departments: if step == Step::HandOver { handover::departments(&deal) } else { Vec::new() },
        lines: if matches!(step, Step::Archive | Step::HandOver) { archive::lines(app, &deal)? } else { Vec::new() },
        actor: actor.clone(),
        deal,
    })
}

/// The lot's id out of the address.
pub(super) fn lot_id(text: &str) -> WebResult<LotId> {
    text.parse().map_err(|_| Refusal::NotFound.into())
}

/// `GET /cases/{id}/{step}`
pub(super) async fn show(cx: Cx, path: &str, step: Step) -> WebResult<HttpResponse> {
    let (actor, id) = (cx.need_actor()?.clone(), lot_id(path)?);
    let sheet = cx.run(move |app| load(app, &actor, id, step, true)).await?;
    cx.ok(&page(&cx, &sheet, step, None))
}

/// `POST /cases/{id}/{step}`
pub(super) async fn submit(post: Post, path: &str, step: Step) -> WebResult<HttpResponse> {
    let (actor, id) = (post.cx.need_actor()?.clone(), lot_id(path)?);
    let sheet = post.cx.run(move |app| load(app, &actor, id, step, false)).await?;
    post.gated(id, step.act())
        .act(
            move |app, actor, typed, files| {
                perform(app, actor, id, step, typed, &files)?;
                Ok((format!("/cases/{id}"), step.done().to_owned()))
            },
            move |cx, typed, refusal| Ok(page(cx, &sheet, step, Some((typed, refusal)))),
        )
        .await
}

/// The facts that every page of the deal repeats.
pub(super) fn facts(deal: &Deal) -> Facts {
    let mut facts = Facts::new().two_columns().row("标的编号", deal.lot_no());
    if let Some(terms) = &deal.lot.terms {
        facts = facts
            .row("流转方式", terms.mode.zh())
            .row("数量", deal.quantity())
            .row("期限", deal.term().unwrap_or_else(|| "无期限".into()))
            .row("用途", terms.planned_use.clone())
            .row("坐落", deal.location());
    }
    facts = facts.row("转出方", deal.transferor.card.name.clone());
    if let (Some(outcome), Some(winner)) = (&deal.lot.outcome, &deal.transferee) {
        facts = facts
            .row("受让方", format!("{}（竞买号{}）", winner.card.name, outcome.bidder_no))
            .row("成交价", deal.deal_price().unwrap_or_default())
            .strong("成交总额", both(outcome.total));
    }
    facts
}

fn page(cx: &Cx, sheet: &Sheet, step: Step, again: Option<(&Typed, &Refusal)>) -> Page {
    let id = sheet.deal.lot.id;
    let here = format!("/cases/{id}/{}", step.act().path());
    let title = sheet.deal.lot.terms.as_ref().map(|t| t.title.clone()).unwrap_or_default();
    let mut page = cx
        .page(step.act().zh())
        .with(Heading::new(step.act().zh()).kicker(title).lead(step.lead()))
        .with(Section::card("成交情况").with(facts(&sheet.deal)))
        .extend(steps::blocks(sheet, step));
    let side = sheet.actor.party.and_then(|p| sheet.deal.lot.side(p));
    if again.is_none() && !sheet.deal.lot.ready(step.act(), side, &[]) {
        let back = Link::new("返回案卷", format!("/cases/{id}"));
        return page.with(Panel::info("现在不用办理").say(step.not_ready(&sheet.deal.lot)).next(back));
    }
    if let (Some(purpose), Some(hash)) = (step.purpose(), &sheet.hash) {
        page = page.with(Section::card("第一步：获取验证码").with(code_form(cx, purpose, hash, &here)));
    }
    let mut form = Form::post(&here, cx.csrf()).nonce(cx.nonce()).title(form_title(step)).submit(step.button());
    form = form.fields(steps::fields(sheet, step));
    if step.purpose().is_some() {
        form = form
            .field(Field::password("password", "登录密码"))
            .field(Field::code("code", "验证码").hint("先点上面的“获取验证码”，10分钟内有效。"));
    }
    if step == Step::Issue {
        form = form.also("退回修改", "return", "1");
    }
    form = form.link("返回案卷", format!("/cases/{id}"));
    if let Some((typed, refusal)) = again {
        let kept: Vec<(&str, &str)> = typed.iter().collect();
        form = refused(form.fill(&kept), refusal);
    }
    page.with(form)
}

fn form_title(step: Step) -> &'static str {
    if step.purpose().is_some() { "第二步：签署" } else { step.act().zh() }
}

/// Puts a refusal onto a form.
pub(super) fn refused(form: Form, refusal: &Refusal) -> Form {
    match refusal {
        Refusal::Fields { faults } => form.errors(faults.iter().map(|f| (f.field.clone(), f.message.clone()))),
        other => form.error("", other.to_string()),
    }
}
