//! Qualification one case at a time, the bidder list and the session.

mod lookups;

use actix_web::{HttpResponse, web};

use super::bidder::told;
use super::cx::Cx;
use super::error::WebResult;
use super::post::Post;
use super::typed::Reading;
use super::ui::{
    Check, Checklist, Choice, Doc, Docs, Facts, Field, Form, Heading, Page, Panel, Section, Verdict, Weight,
    parse_moment,
};
use crate::acts::applicant::Known;
use crate::acts::desk;
use crate::acts::desk::Document;
use crate::acts::desk::Party;
use crate::acts::qualification::{self, Found};
use crate::acts::scheduling;
use crate::domain::application::{Application, Status};
use crate::domain::base::ids::{ApplicationId, LotId};
use crate::domain::eligibility::{self, Finding, LookedUp};
use crate::domain::lot::{Act, Lot};
use crate::domain::refusal::Refusal;
use crate::domain::rulebook::Rules;

crate::routes! {
    get "/desk/qualification" => desk_page;
    post "/desk/qualification" => take;
    get "/applications/{id}" => case_page;
    post "/applications/{id}" => decide;
    get "/cases/{id}/bidder-list" => list_page;
    post "/cases/{id}/bidder-list" => freeze;
    get "/cases/{id}/session" => session_page;
    post "/cases/{id}/session" => schedule;
}

fn take_form(cx: &Cx) -> Form {
    Form::post("/desk/qualification", cx.csrf())
        .intro("每次只能领取一份。办完这一份才能领取下一份，报名人数和名单在竞价结束前不公开。")
        .submit("领取下一份报名")
}

async fn desk_page(cx: Cx) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?;
    if !actor.has(crate::domain::actor::Role::Qualification) {
        return Err(Refusal::NotYours { who: "资格审查岗".into() }.into());
    }
    cx.ok(&cx.page("资格审查").narrow().with(Heading::new("资格审查")).with(take_form(&cx)))
}

async fn take(post: Post) -> WebResult<HttpResponse> {
    post.act(
        |app, actor, _, _| {
            Ok(match qualification::take_next(app, actor)? {
                Some(id) => (format!("/applications/{id}"), "已领取一份报名。".to_owned()),
                None => ("/desk/qualification".to_owned(), "现在没有待审查的报名。".to_owned()),
            })
        },
        |cx, typed, refusal| {
            Ok(cx.page("资格审查").with(Heading::new("资格审查")).with(told(take_form(cx), typed, refusal)))
        },
    )
    .await
}

struct Case {
    application: Application,
    lot: Lot,
    party: Party,
    papers: Vec<Document>,
    known: Known,
    looked_up: LookedUp,
}

fn parse<T: std::str::FromStr>(text: &str) -> WebResult<T> {
    text.parse().map_err(|_| Refusal::NotFound.into())
}

async fn load(cx: &Cx, id: ApplicationId) -> WebResult<Case> {
    let actor = cx.need_actor()?.clone();
    cx.run(move |app| {
        let seen = qualification::seen(app, &actor, id)?;
        let papers = desk::papers_of(app, &seen.application)?;
        let qualification::Seen { application, lot, party, known, looked_up } = seen;
        Ok(Case { application, lot, party, papers, known, looked_up })
    })
    .await
}

fn answer(value: Option<bool>) -> &'static str {
    match value {
        Some(true) => "是",
        Some(false) => "否",
        None => "未填写",
    }
}

fn check(f: &Finding) -> Check {
    let verdict = match f.verdict {
        eligibility::Verdict::Pass => Verdict::Pass,
        eligibility::Verdict::Warn => Verdict::Warn,
        eligibility::Verdict::Fail => Verdict::Fail,
        eligibility::Verdict::Manual => Verdict::Manual,
    };
    Check::new(f.rule.zh(), verdict).why(f.explanation.clone()).cite(f.citation())
}

fn show(cx: &Cx, case: &Case) -> Page {
    let a = &case.application;
    let body = &a.body;
    let title = case.lot.terms.as_ref().map(|t| t.title.clone()).unwrap_or_default();
    let mut who = Facts::new();
    for (label, value) in desk::applicant_facts(&case.party) {
        who = who.row(label, value);
    }
    let what = Facts::new()
        .row("拟定用途", body.intended_use.clone())
        .row("经营计划", body.plan.clone())
        .row("申报为本集体成员", answer(body.answers.member))
        .row("具有经营能力", answer(body.answers.ability))
        .row("集体干部或其近亲属", answer(body.answers.village_official))
        .row("交易服务人员或其近亲属", answer(body.answers.staff_or_relative))
        .row("主张的优先权", body.priority.map_or("不主张", |p| p.zh()))
        .row("优先权依据", body.priority_ground.clone());
    let papers = case.papers.iter().map(|d| {
        let size = u64::try_from(d.size_bytes).unwrap_or(0);
        Doc::new(
            d.name.clone(),
            d.media_type.rsplit('/').next().unwrap_or_default().to_uppercase(),
            format!("/documents/{}", d.id),
        )
        .size(size)
    });
    cx.page("资格审查")
        .with(
            Heading::new("资格审查").kicker(case.lot.lot_no.clone().unwrap_or_default()).lead(title).tag(a.status.zh()),
        )
        .with(Section::card("申请人").with(who))
        .with(Section::card("申请内容").with(what))
        .with(Section::new("材料").with(Docs::new(papers).empty("没有上传材料。")))
        .with(Section::new("规则核对").with(Checklist::new(case.known.findings.iter().map(check))))
}

fn form(cx: &Cx, case: &Case) -> Form {
    let mut form = Form::post(format!("/applications/{}", case.application.id), cx.csrf())
        .nonce(cx.nonce())
        .title("审查结论")
        .field(Field::radio(
            "member",
            "核实的成员身份",
            [Choice::new("yes", "本集体成员"), Choice::new("no", "非本集体成员")],
        ));
    if let Some(class) = case.application.body.priority {
        form = form.field(Field::radio(
            "priority",
            format!("优先权（{}）是否成立", class.zh()),
            [Choice::new("yes", "成立"), Choice::new("no", "不成立")],
        ));
    }
    form = lookups::fields(&case.known.asked, &case.known.ties, &case.looked_up).into_iter().fold(form, Form::field);
    form.field(Field::radio(
        "decision",
        "结论",
        [
            Choice::new("qualify", "确认资格"),
            Choice::new("correct", "要求补正").hint("一次告知全部需要补正的内容；逾期没有补正的，可以不予确认"),
            Choice::new("refuse", "不予确认").hint("必须写明理由"),
        ],
    ))
    .field(Field::textarea("reason", "理由或补正内容").rows(4).limit(500).optional())
    .submit("作出结论")
    .weight(Weight::Seal)
}

/// What is left when no correction came in time.
fn lapsed_form(cx: &Cx, case: &Case) -> Form {
    let by = case.application.correct_by.map_or_else(String::new, |by| by.zh());
    Form::post(format!("/applications/{}", case.application.id), cx.csrf())
        .nonce(cx.nonce())
        .title("补正期限已过")
        .intro(format!(
            "要求补正的内容：{}。期限{by}已满，申请人没有提交补正，可以不予确认。",
            case.application.reason.trim_end_matches('。')
        ))
        .field(Field::radio("decision", "结论", [Choice::new("refuse", "不予确认").hint("必须写明理由")]))
        .field(Field::textarea("reason", "理由").rows(4).limit(500))
        .submit("作出结论")
        .weight(Weight::Seal)
}

async fn case_page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let case = load(&cx, parse(&path)?).await?;
    let page = show(&cx, &case);
    let page = if case.application.overdue(cx.now()) {
        page.with(lapsed_form(&cx, &case))
    } else if case.application.status == Status::Submitted {
        page.with(form(&cx, &case))
    } else {
        page
    };
    cx.ok(&page)
}

async fn decide(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id: ApplicationId = parse(&path)?;
    let case = load(&post.cx, id).await?;
    let claimed = case.application.body.priority.is_some();
    let asked = case.known.asked.clone();
    post.act(
        move |app, actor, typed, _| {
            let mut reading = Reading::default();
            let yes = |text: &str| match text {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            };
            let decision = reading.choice(typed, "decision", "结论", |text| match text {
                "qualify" => Some(qualification::Choice::Qualify),
                "correct" => Some(qualification::Choice::Correct),
                "refuse" => Some(qualification::Choice::Refuse),
                _ => None,
            });
            let qualifies = decision == Some(qualification::Choice::Qualify);
            let member = if qualifies { reading.choice(typed, "member", "核实的成员身份", yes) } else { None };
            let priority = if qualifies && claimed {
                reading.choice(typed, "priority", "优先权是否成立", yes)
            } else {
                None
            };
            let reason = reading.optional(typed, "reason", "理由", 500);
            let looked_up = lookups::read(&mut reading, typed, &asked);
            reading.finish()?;
            let decision = decision.unwrap_or(qualification::Choice::Correct);
            let (member, priority) = (member == Some(true), priority == Some(true));
            let found = Found { decision, member, priority, reason, looked_up };
            qualification::decide(app, actor, id, &found)?;
            Ok(("/desk/qualification".to_owned(), "结论已作出，申请人会收到通知。".to_owned()))
        },
        move |cx, typed, refusal| {
            let form = if case.application.overdue(cx.now()) { lapsed_form(cx, &case) } else { form(cx, &case) };
            Ok(show(cx, &case).with(told(form, typed, refusal)))
        },
    )
    .await
}

async fn lot(cx: &Cx, id: LotId, act: Act) -> WebResult<Lot> {
    Ok(lot_and_rules(cx, id, act).await?.0)
}

async fn lot_and_rules(cx: &Cx, id: LotId, act: Act) -> WebResult<(Lot, Rules)> {
    let actor = cx.need_actor()?.clone();
    cx.run(move |app| {
        let (lot, rules) = desk::case_by_its_rules(app, id)?;
        let departments = lot.departments();
        match crate::domain::permit::permit(act, Some(&actor), &lot.case(&departments)) {
            Ok(()) | Err(Refusal::WrongStage { .. } | Refusal::SameHand { .. }) => Ok((lot, rules)),
            Err(other) => Err(other.into()),
        }
    })
    .await
}

fn head(cx: &Cx, lot: &Lot, title: &str) -> Page {
    let name = lot.terms.as_ref().map(|t| t.title.clone()).unwrap_or_default();
    cx.page(title)
        .narrow()
        .with(Heading::new(title).kicker(lot.lot_no.clone().unwrap_or_default()).lead(name).tag(lot.stage.zh()))
}

fn list_form(cx: &Cx, lot: &Lot) -> Form {
    Form::post(format!("/cases/{}/bidder-list", lot.id), cx.csrf())
        .nonce(cx.nonce())
        .intro("报名截止且全部报名审查完毕后确认。系统按资格结论和保证金到账情况生成名单并随机分配竞买号，名单在竞价结束前不公开。")
        .submit("确认竞买人名单")
        .weight(Weight::Seal)
        .link("返回案卷", format!("/cases/{}", lot.id))
}

async fn list_page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let lot = lot(&cx, parse(&path)?, Act::Freeze).await?;
    let page = head(&cx, &lot, "确认竞买人名单");
    let page = if Act::Freeze.stages().contains(&lot.stage) {
        page.with(list_form(&cx, &lot))
    } else {
        page.with(Panel::empty("现在不能办理").say("名单在报名截止后、竞价安排前确认。"))
    };
    cx.ok(&page)
}

async fn freeze(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id: LotId = parse(&path)?;
    let lot = lot(&post.cx, id, Act::Freeze).await?;
    post.gated(id, Act::Freeze)
        .act(
            move |app, actor, _, _| {
                qualification::freeze(app, actor, id)?;
                Ok((format!("/cases/{id}"), "竞买人名单已确认。".to_owned()))
            },
            move |cx, typed, refusal| {
                Ok(head(cx, &lot, "确认竞买人名单").with(told(list_form(cx, &lot), typed, refusal)))
            },
        )
        .await
}

fn session_form(cx: &Cx, lot: &Lot, rules: &Rules) -> Form {
    let now = cx.now();
    let plan = scheduling::default_plan(&cx.app, rules, now).ok();
    let starts = plan.map_or_else(String::new, |p| p.starts.china().format("%Y-%m-%dT%H:%M").to_string());
    Form::post(format!("/cases/{}/session", lot.id), cx.csrf())
        .nonce(cx.nonce())
        .intro(format!("竞价须提前{}个工作日通知全部竞买人。", rules.bid.notice_wd))
        .field(Field::datetime("starts", "开始时间").value(starts).hint("北京时间。"))
        .field(Field::number("free_minutes", "自由竞价时间").unit("分钟").value(rules.bid.free_minutes.to_string()))
        .field(
            Field::number("limited_seconds", "限时竞价每轮")
                .unit("秒")
                .value(rules.bid.limited_seconds.to_string())
                .hint("两个时长按公告载明的执行。"),
        )
        .submit("安排竞价场次")
        .link("返回案卷", format!("/cases/{}", lot.id))
}

async fn session_page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let (lot, rules) = lot_and_rules(&cx, parse(&path)?, Act::Schedule).await?;
    let page = head(&cx, &lot, "安排竞价场次");
    let page = if Act::Schedule.stages().contains(&lot.stage) {
        page.with(session_form(&cx, &lot, &rules))
    } else {
        page.with(Panel::empty("现在不能办理").say("竞买人名单确认后才能安排竞价场次。"))
    };
    cx.ok(&page)
}

async fn schedule(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id: LotId = parse(&path)?;
    let (lot, rules) = lot_and_rules(&post.cx, id, Act::Schedule).await?;
    post.gated(id, Act::Schedule)
        .act(
            move |app, actor, typed, _| {
                let mut reading = Reading::default();
                let starts = reading.choice(typed, "starts", "开始时间，例如 2026-11-25 09:30", parse_moment);
                let free_minutes = reading.number(typed, "free_minutes", "自由竞价时间", 1, 1_440);
                let limited_seconds = reading.number(typed, "limited_seconds", "限时竞价每轮", 1, 600);
                reading.finish()?;
                let starts = starts.unwrap_or_else(|| app.clock.now());
                scheduling::schedule(app, actor, id, scheduling::Plan { starts, free_minutes, limited_seconds })?;
                Ok((format!("/cases/{id}"), "竞价场次已安排，竞买人会收到竞价通知。".to_owned()))
            },
            move |cx, typed, refusal| {
                Ok(head(cx, &lot, "安排竞价场次").with(told(session_form(cx, &lot, &rules), typed, refusal)))
            },
        )
        .await
}
