//! First review, acceptance, consultation, opinion, review: one form each, facts beside it.

use actix_web::{HttpResponse, web};

use super::facts;
use super::load::{File, file, lot_id, with_refusal};
use crate::acts::review::{self, Acceptance};
use crate::domain::category::Department;
use crate::domain::lot::intake::{FirstDecision, ReviewDecision};
use crate::domain::lot::{Act, Opinion};
use crate::domain::refusal::Refusal;
use crate::store::views::cases::Document;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::typed::Typed;
use crate::web::ui::{Choice, Columns, Field, Form, Heading, Page, Rich, Section};

/// A form page: the case's facts on one side, the form on the other.
pub(super) fn act_page(cx: &Cx, file: &File, act: Act, form: Form) -> Page {
    let lot = file.lot();
    let mut columns = Columns::new().main(Section::card(act.zh()).with(form));
    if let Some(terms) = &file.terms {
        columns = columns
            .main(Section::card("标的").with(facts::object(terms, lot, &file.variety.name, &file.case.transferor.name)))
            .main(Section::card("价格与期限").with(facts::price(terms)).with(facts::money(terms)));
    }
    if let Some(checked) = &file.checked {
        columns = columns.main(Section::card("规则检查").with(facts::findings(&checked.findings)));
    }
    let title = |d: &Document| facts::paper_title(Some(&file.variety), &d.code);
    columns = columns.aside(Section::card("材料").with(facts::docs(file.case.documents.iter(), title)));
    let kicker = lot.lot_no.clone().unwrap_or_default();
    cx.page(act.zh()).with(Heading::new(file.title()).kicker(kicker).tag(facts::stage_tag(lot))).with(columns)
}

fn form(cx: &Cx, file: &File, act: Act) -> Form {
    let id = file.lot().id;
    Form::post(format!("/cases/{id}/{}", act.path()), cx.csrf())
        .nonce(cx.nonce())
        .link("返回案卷", format!("/cases/{id}"))
}

fn filled(form: Form, again: Option<(&Typed, &Refusal)>) -> Form {
    let Some((typed, refusal)) = again else { return form };
    let values: Vec<(&str, &str)> = typed.iter().collect();
    with_refusal(form.fill(&values), refusal)
}

async fn open(cx: &Cx, id: &str, act: Act) -> WebResult<File> {
    let file = file(cx, lot_id(id)?).await?;
    file.may(cx, act)?;
    Ok(file)
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect()
}

fn decision(yes: &str, no: &str) -> Field {
    let choices = [
        Choice::new("pass", yes),
        Choice::new("correct", "一次性告知补正").hint("把需要补正的内容一次列全，每行一条。"),
        Choice::new("reject", no),
    ];
    Field::radio("decision", "决定", choices)
}

fn to_correct() -> Field {
    let items = Field::textarea("items", "需要补正的内容").hint("告知补正时填写，每行一条。");
    items.limit(2000).when("decision", &["correct"])
}

fn first_form(cx: &Cx, file: &File, again: Option<(&Typed, &Refusal)>) -> Page {
    let asked = review::township_asked(&file.variety, file.lot());
    let mut form = form(cx, file, Act::FirstReview).field(decision("初审通过", "退回")).field(
        Field::textarea("opinion", "初审意见和现场核实情况")
            .hint("通过时填写。")
            .limit(1000)
            .when("decision", &["pass"]),
    );
    if !asked.is_empty() {
        let words = format!("通过时填写。这个品种须征求乡镇意见：{}。", asked.join("、"));
        let field = Field::textarea("township", "乡镇意见").hint(words).limit(1000);
        form = form.field(field.when("decision", &["pass"]));
    }
    let form = form
        .field(to_correct())
        .field(Field::textarea("reason", "退回的理由").hint("退回时填写。").limit(1000).when("decision", &["reject"]))
        .submit("作出初审决定");
    act_page(cx, file, Act::FirstReview, filled(form, again))
}

/// `GET /cases/{id}/first-review`
pub async fn first_page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let file = open(&cx, &path, Act::FirstReview).await?;
    cx.ok(&first_form(&cx, &file, None))
}

/// `POST /cases/{id}/first-review`
pub async fn first(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = lot_id(&path)?;
    let file = file(&post.cx, id).await?;
    file.is_theirs(&post.cx, Act::FirstReview)?;
    post.gated(id, Act::FirstReview)
        .act(
            move |app, actor, typed, _| {
                let decision = match typed.text("decision") {
                    "pass" => FirstDecision::Pass {
                        opinion: typed.text("opinion").to_owned(),
                        township: typed.text("township").to_owned(),
                    },
                    "correct" => FirstDecision::Correct { items: lines(typed.raw("items")) },
                    "reject" => FirstDecision::Reject { reason: typed.text("reason").to_owned() },
                    _ => return Err(Refusal::field("decision", "请选择一个决定。").into()),
                };
                review::first_review(app, actor, id, decision)?;
                Ok((format!("/cases/{id}"), "初审决定已登记，并已通知转出方。".into()))
            },
            |cx, typed, refusal| Ok(first_form(cx, &file, Some((typed, refusal)))),
        )
        .await
}

fn accept_form(cx: &Cx, file: &File, again: Option<(&Typed, &Refusal)>) -> Page {
    let form = form(cx, file, Act::Accept)
        .field(decision("受理", "不予受理"))
        .field(to_correct())
        .field(
            Field::textarea("reason", "不予受理的理由")
                .hint("不予受理时填写。")
                .limit(1000)
                .when("decision", &["reject"]),
        )
        .submit("登记");
    act_page(cx, file, Act::Accept, filled(form, again))
}

/// `GET /cases/{id}/acceptance`
pub async fn accept_page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let file = open(&cx, &path, Act::Accept).await?;
    cx.ok(&accept_form(&cx, &file, None))
}

/// `POST /cases/{id}/acceptance`
pub async fn accept(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = lot_id(&path)?;
    let file = file(&post.cx, id).await?;
    file.is_theirs(&post.cx, Act::Accept)?;
    post.gated(id, Act::Accept)
        .act(
            move |app, actor, typed, _| {
                let decision = match typed.text("decision") {
                    "pass" => Acceptance::Accept,
                    "correct" => Acceptance::Correct(lines(typed.raw("items"))),
                    "reject" => Acceptance::Refuse(typed.text("reason").to_owned()),
                    _ => return Err(Refusal::field("decision", "请选择一个决定。").into()),
                };
                review::accept(app, actor, id, decision)?;
                Ok((format!("/cases/{id}"), "受理决定已登记。".into()))
            },
            |cx, typed, refusal| Ok(accept_form(cx, &file, Some((typed, refusal)))),
        )
        .await
}

fn consult_form(cx: &Cx, file: &File, again: Option<(&Typed, &Refusal)>) -> Page {
    let lot = file.lot();
    let must = review::must_consult(&file.variety, lot);
    let desks = Department::ALL.iter().filter(|d| d.has_desk() && !lot.was_asked(**d));
    let choices: Vec<Choice> = desks
        .map(|d| {
            let about = file.variety.consult.iter().find(|c| c.department == *d);
            let choice = Choice::new(d.name(), d.zh());
            about.map_or(choice.clone(), |c| choice.hint(&c.about))
        })
        .collect();
    let form = form(cx, file, Act::Consult)
        .field(
            Field::checkboxes("department", "征求哪些部门的意见", choices)
                .values(must.iter().filter(|d| !lot.was_asked(**d)).map(|d| d.name()))
                .hint("已按品种目录预选还没有征求意见的部门。"),
        )
        .submit("发起部门会审");
    act_page(cx, file, Act::Consult, filled(form, again))
}

/// `GET /cases/{id}/consultation`
pub async fn consult_page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let file = open(&cx, &path, Act::Consult).await?;
    cx.ok(&consult_form(&cx, &file, None))
}

/// `POST /cases/{id}/consultation`
pub async fn consult(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = lot_id(&path)?;
    let file = file(&post.cx, id).await?;
    file.is_theirs(&post.cx, Act::Consult)?;
    post.gated(id, Act::Consult)
        .act(
            move |app, actor, typed, _| {
                let mut departments: Vec<Department> = Vec::new();
                for name in typed.all("department") {
                    let read = name.parse::<Department>().ok().filter(|d| d.has_desk());
                    let department = read.ok_or_else(|| Refusal::field("department", "请从列出的部门中选择。"))?;
                    if !departments.contains(&department) {
                        departments.push(department);
                    }
                }
                if departments.is_empty() {
                    return Err(Refusal::field("department", "请至少选择一个会审部门。").into());
                }
                review::consult(app, actor, id, departments)?;
                Ok((format!("/cases/{id}"), "已发起部门会审。".into()))
            },
            |cx, typed, refusal| Ok(consult_form(cx, &file, Some((typed, refusal)))),
        )
        .await
}

fn opine_form(cx: &Cx, file: &File, again: Option<(&Typed, &Refusal)>) -> Page {
    let mine = cx.actor().map(review::desks).unwrap_or_default();
    let waiting = |o: &&Opinion| o.answer.is_none() && mine.contains(&o.department);
    let choices: Vec<Choice> = file
        .lot()
        .opinions
        .iter()
        .filter(waiting)
        .map(|o| Choice::new(o.department.name(), o.department.zh()))
        .collect();
    let only = choices.first().map(|c| c.value.clone()).unwrap_or_default();
    let form = form(cx, file, Act::Opine)
        .field(Field::select("department", "部门", choices).value(only))
        .field(Field::radio("agrees", "意见", [("yes", "同意流转"), ("no", "不同意流转")]))
        .field(Field::textarea("opinion", "会审意见").limit(1000))
        .submit("出具意见");
    act_page(cx, file, Act::Opine, filled(form, again))
}

/// `GET /cases/{id}/opinion`
pub async fn opine_page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let file = open(&cx, &path, Act::Opine).await?;
    cx.ok(&opine_form(&cx, &file, None))
}

/// `POST /cases/{id}/opinion`
pub async fn opine(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = lot_id(&path)?;
    let file = file(&post.cx, id).await?;
    file.is_theirs(&post.cx, Act::Opine)?;
    post.gated(id, Act::Opine)
        .act(
            move |app, actor, typed, _| {
                let department =
                    typed.text("department").parse().map_err(|_| Refusal::field("department", "请选择部门。"))?;
                let agrees = match typed.text("agrees") {
                    "yes" => true,
                    "no" => false,
                    _ => return Err(Refusal::field("agrees", "请选择同意或不同意。").into()),
                };
                review::opine(app, actor, id, department, agrees, typed.text("opinion"))?;
                Ok((format!("/cases/{id}"), "会审意见已登记。".into()))
            },
            |cx, typed, refusal| Ok(opine_form(cx, &file, Some((typed, refusal)))),
        )
        .await
}

fn review_form(cx: &Cx, file: &File, again: Option<(&Typed, &Refusal)>) -> Page {
    let mut decision = Field::radio("decision", "决定", [("pass", "审核通过"), ("reject", "审核不通过")]);
    let must = review::must_consult(&file.variety, file.lot());
    let left: Vec<&str> = must.iter().filter(|d| !file.lot().was_asked(**d)).map(|d| d.zh()).collect();
    if !left.is_empty() {
        let words = format!("审核通过之前，须先征求{}的意见：", left.join("、"));
        let to = format!("/cases/{}/{}", file.lot().id, Act::Consult.path());
        decision = decision.hint(Rich::new().text(words).link(Act::Consult.zh(), to).text("。"));
    }
    let form = form(cx, file, Act::Review)
        .field(decision)
        .field(
            Field::textarea("opinion", "审核意见")
                .hint("通过时填写。须人工核实的检查项，请写明核实结论。")
                .limit(1000)
                .when("decision", &["pass"]),
        )
        .field(
            Field::textarea("reason", "不通过的理由").hint("不通过时填写。").limit(1000).when("decision", &["reject"]),
        )
        .submit("作出审核决定");
    act_page(cx, file, Act::Review, filled(form, again))
}

/// `GET /cases/{id}/review`
pub async fn review_page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let file = open(&cx, &path, Act::Review).await?;
    cx.ok(&review_form(&cx, &file, None))
}

/// `POST /cases/{id}/review`
pub async fn decide(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = lot_id(&path)?;
    let file = file(&post.cx, id).await?;
    file.is_theirs(&post.cx, Act::Review)?;
    post.gated(id, Act::Review)
        .act(
            move |app, actor, typed, _| {
                let decision = match typed.text("decision") {
                    "pass" => ReviewDecision::Approve { opinion: typed.text("opinion").to_owned() },
                    "reject" => ReviewDecision::Reject { reason: typed.text("reason").to_owned() },
                    _ => return Err(Refusal::field("decision", "请选择一个决定。").into()),
                };
                review::review(app, actor, id, decision)?;
                Ok((format!("/cases/{id}"), "审核决定已登记。".into()))
            },
            |cx, typed, refusal| Ok(review_form(cx, &file, Some((typed, refusal)))),
        )
        .await
}
