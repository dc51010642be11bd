//! 更正联系方式和账户 at the counter: proposed by one by the original, confirmed by another.

use actix_web::{HttpResponse, web};

use crate::acts::corrections::{self, Again, Answer, Seen, Sheet, Shown};
use crate::domain::base::ids::PartyId;
use crate::domain::refusal::Refusal;
use crate::store::Stop;
use crate::web::cx::Cx;
use crate::web::error::{WebError, WebResult};
use crate::web::post::Post;
use crate::web::register::{with_refusal, with_typed};
use crate::web::typed::Typed;
use crate::web::ui::{Cell, Facts, Field, Form, Heading, Link, Page, Panel, Rich, Row, Section, Table};
use crate::web::upload;

/// What waits for a second person, for the desk's first page.
pub(super) fn table(waiting: &[Shown]) -> Table {
    let rows = waiting.iter().filter_map(|c| {
        let what: Vec<&str> = c.changes.iter().map(|change| change.what).collect();
        let to = format!("/desk/verification/{}/correction", c.party?);
        Some(
            Row::new()
                .cell(Cell::new(Link::new(c.name.clone(), to)))
                .cell(what.join("、"))
                .cell(c.proposer.clone())
                .cell(c.proposed_at)
                .cell(if c.own { "等待另一人复核" } else { "待您复核" }),
        )
    });
    Table::new("等待复核的更正")
        .columns(["名称", "更正内容", "提出人", "提出时间", "办理"])
        .rows(rows)
        .empty("没有等待复核的更正。")
}

/// A correction in words, with its scan; numbers are masked.
fn facts(c: &Shown) -> Facts {
    let mut facts = Facts::new();
    for change in &c.changes {
        let before = if change.before.is_empty() { "（没有登记）" } else { change.before.as_str() };
        facts = facts.row(change.what, format!("{before} → {}", change.after));
    }
    facts = facts.row("核对了什么", c.note.clone()).row("提出", format!("{}，{}", c.proposer, c.proposed_at.zh()));
    if let Some(document) = c.document {
        facts = facts.row("原件扫描件", Rich::new().link("查看扫描件", format!("/documents/{document}")));
    }
    if let Some((who, at)) = &c.decided {
        let said = if c.decided_note.is_empty() { "复核一致" } else { "退回" };
        facts = facts.row(said, format!("{who}，{}", at.zh()));
    }
    if !c.decided_note.is_empty() {
        facts = facts.row("退回原因", c.decided_note.clone());
    }
    facts
}

/// The second person's form. What he reads himself is compared with what was proposed.
pub(in crate::web) fn answer_form(cx: &Cx, to: String, c: &Shown, source: &str) -> Form {
    let mut form = Form::post(to, cx.csrf())
        .nonce(cx.nonce())
        .title("复核")
        .intro(format!("复核人不能是提出人。请照{source}自己再录入一遍，两次一致才能确认。"))
        .field(Field::radio("result", "复核结论", [("confirm", "与原件一致，确认更正"), ("back", "不一致，退回")]));
    if c.has_phone {
        let field = Field::text("again_phone", "再录入一遍手机号或邮箱").hint("确认时填写").autocomplete("off");
        form = form.field(field.when("result", &["confirm"]));
    }
    if c.has_bank {
        let field = Field::text("again_account", "再录入一遍银行账号").hint("确认时填写").autocomplete("off");
        form = form.field(field.when("result", &["confirm"]));
    }
    let why = Field::text("note", "退回原因").limit(200).hint("退回时填写").when("result", &["back"]);
    form.field(why).submit("提交复核结论")
}

/// What the second person typed.
pub(in crate::web) fn answer(typed: &Typed) -> Result<Answer, Stop> {
    let text = |name: &str| typed.text(name).to_owned();
    Ok(match typed.either("result", "复核结论", "confirm", "back")? {
        true => Answer::Confirm(Again { phone: text("again_phone"), account: text("again_account") }),
        false => Answer::SendBack(text("note")),
    })
}

/// What stands there, what waits, and what was decided.
pub(in crate::web) fn sheet(page: Page, s: &Sheet) -> Page {
    let now = s.now.iter().fold(Facts::new(), |facts, (what, value)| facts.row(*what, value.clone()));
    let page = page.with(Section::card("现在登记的").with(now));
    page.maybe(s.open.as_ref().map(|c| Section::card("等待复核的更正").with(facts(c))))
}

/// What was decided before.
pub(in crate::web) fn past(page: Page, s: &Sheet) -> Page {
    s.past.iter().fold(page, |page, c| page.with(Section::card("以前的更正").with(facts(c))))
}

fn proposal(cx: &Cx, id: PartyId) -> Form {
    Form::post(format!("/desk/verification/{id}/correction"), cx.csrf())
        .nonce(cx.nonce())
        .title("提出更正")
        .intro("只填要更正的内容，其余留空。由另一名工作人员照扫描件复核后生效；更正账户后，还没有发送银行的价款划转改付新账户，退款仍退回原付款账户。")
        .field(Field::tel("phone", "新的手机号").optional())
        .field(Field::text("bank", "新的开户行").limit(60).optional())
        .field(Field::text("bank_account", "新的银行账号").hint("须是本人（本单位）的账户").optional())
        .field(Field::text("address", "新的详细地址").limit(120).optional())
        .field(Field::text("note", "核对了什么").limit(200).hint("例如：身份证和银行卡原件，本人到场"))
        .field(Field::file("scan", "原件扫描件", ".pdf,.jpg,.jpeg,.png", 20))
        .field(Field::agree("seen", "已核对原件，与到场的本人（经办人）一致。"))
        .submit("提出更正")
}

fn show(cx: &Cx, id: PartyId, s: &Sheet, again: Option<(&Typed, &Refusal)>) -> Page {
    let back = format!("/desk/verification/{id}");
    let filled = |form: Form| match again {
        Some((typed, refusal)) => with_refusal(with_typed(form, typed), Some(refusal)),
        None => form,
    };
    let page = cx.page("更正联系方式和账户").narrow();
    let page = sheet(page.with(Heading::new("更正联系方式和账户").kicker(s.name.clone())), s);
    let page = match &s.open {
        Some(c) if c.own => {
            let page = page.maybe(again.map(|(_, refusal)| Panel::error("没有办理").say(refusal.to_string())));
            page.with(Panel::info("等待另一人复核").say("更正由您提出，须由另一名工作人员照扫描件复核。"))
        }
        Some(c) => {
            let to = format!("/desk/verification/{id}/correction/{}", c.id);
            page.with(filled(answer_form(cx, to, c, "扫描件")))
        }
        None => page.with(filled(proposal(cx, id))),
    };
    past(page, s).say(Link::new("返回身份核验", back))
}

/// What the second person is told of the answer given, here and for staff.
pub(in crate::web) fn answered(answer: &Answer) -> &'static str {
    match answer {
        Answer::Confirm(_) => "更正已生效，已通知本人。",
        Answer::SendBack(_) => "更正已退回。",
    }
}

async fn load(cx: &Cx, path: &str) -> WebResult<(PartyId, Sheet)> {
    let actor = cx.need_actor()?.clone();
    let id: PartyId = path.parse().map_err(|_| WebError::Refused(Refusal::NotFound))?;
    Ok((id, cx.run(move |app| corrections::of_party(app, &actor, id)).await?))
}

/// `GET /desk/verification/{party}/correction`
pub(super) async fn page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let (id, sheet) = load(&cx, &path).await?;
    cx.ok(&show(&cx, id, &sheet, None))
}

/// `POST /desk/verification/{party}/correction`
pub(super) async fn propose(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let (id, sheet) = load(&post.cx, &path).await?;
    post.act(
        move |app, actor, typed, files| {
            if !typed.ticked("seen") {
                return Err(Refusal::field("seen", "请先核对原件").into());
            }
            let scan = upload::file(&files, "scan").ok_or_else(|| Refusal::field("scan", "请选择原件的扫描件"))?;
            let text = |name: &str| typed.text(name).to_owned();
            let seen = Seen {
                phone: text("phone"),
                bank: text("bank"),
                account: text("bank_account"),
                address: text("address"),
                note: text("note"),
            };
            corrections::propose(app, actor, id, &seen, scan.received()?)?;
            Ok((format!("/desk/verification/{id}/correction"), "更正已提出，请另一名工作人员复核。".to_owned()))
        },
        move |cx, typed, refusal| Ok(show(cx, id, &sheet, Some((typed, refusal)))),
    )
    .await
}

/// `POST /desk/verification/{party}/correction/{id}`
pub(super) async fn decide(post: Post, path: web::Path<(String, String)>) -> WebResult<HttpResponse> {
    let (party, correction) = path.into_inner();
    let (id, sheet) = load(&post.cx, &party).await?;
    let correction: uuid::Uuid = correction.parse().map_err(|_| WebError::Refused(Refusal::NotFound))?;
    post.act(
        move |app, actor, typed, _| {
            let answer = answer(typed)?;
            corrections::decide(app, actor, id, correction, &answer)?;
            Ok((format!("/desk/verification/{id}/correction"), answered(&answer).to_owned()))
        },
        move |cx, typed, refusal| Ok(show(cx, id, &sheet, Some((typed, refusal)))),
    )
    .await
}
