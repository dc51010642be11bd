//! The application form and the applicant's own status page.

use actix_web::{HttpResponse, web};

use super::{read, told};
use crate::acts::application;
use crate::acts::desk::HoldStatus;
use crate::acts::desk::{self, Own};
use crate::domain::application::{Application, Body, Declaration, Status};
use crate::domain::base::Instant;
use crate::domain::lot::Stage;
use crate::domain::refusal::Refusal;
use crate::store::Stop;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::typed::Typed;
use crate::web::ui::{Button, Choice, Facts, Field, Form, Heading, Link, Page, Panel, Row, Section, Table, Weight};
use crate::web::upload::{choose_again, lost, not_taken};

async fn load(cx: &Cx, lot_no: &str) -> WebResult<Own> {
    let actor = cx.need_actor()?.clone();
    let no = lot_no.to_owned();
    cx.run(move |app| desk::own(app, &actor, &no)).await
}

/// The form while it can be changed, the status otherwise.
pub async fn page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let own = load(&cx, &path).await?;
    cx.ok(&show(&cx, &own))
}

fn editable(own: &Own, now: Instant) -> bool {
    let open = matches!(own.lot.stage, Stage::Listed | Stage::Extended);
    match &own.application {
        None => open,
        Some(a) if a.status == Status::Correction => (open || own.lot.stage == Stage::Qualifying) && !a.overdue(now),
        Some(a) => open && a.editable(),
    }
}

fn head(cx: &Cx, own: &Own) -> Page {
    let title = own.lot.terms.as_ref().map(|t| t.title.clone()).unwrap_or_default();
    cx.page("报名").with(Heading::new("报名").kicker(own.lot.lot_no.clone().unwrap_or_default()).lead(title))
}

fn show(cx: &Cx, own: &Own) -> Page {
    let page = head(cx, own);
    let verified = cx.actor().is_some_and(|a| a.verified);
    if !verified {
        return page.with(
            Panel::attention("身份还没有核验")
                .say("通过身份核验后才能报名。请带证件原件到乡镇服务站办理，或等待工作人员核对您上传的扫描件。"),
        );
    }
    let page = match &own.application {
        Some(a) => status(cx, page, own, a),
        None => page,
    };
    if editable(own, cx.now()) {
        let body = own.application.as_ref().map(|a| a.body.clone()).unwrap_or_default();
        page.with(form(cx, own, &body))
    } else if own.application.is_none() {
        page.with(Panel::empty("现在不能报名").say("该标的不在报名期内，请关注其他公告。"))
    } else {
        page
    }
}

fn status(cx: &Cx, page: Page, own: &Own, a: &Application) -> Page {
    let no = own.lot.lot_no.clone().unwrap_or_default();
    let mut facts = Facts::new().strong("报名状态", a.status.zh());
    if !a.reason.is_empty() {
        facts = facts.row("审查意见", a.reason.clone());
    }
    if let Some(by) = a.correct_by {
        facts = facts.strong("补正期限", by).hint("期限届满没有提交补正的，不予确认。");
    }
    if let Some(terms) = &own.lot.terms {
        facts = facts.row("应交保证金", terms.deposit);
    }
    facts = facts.row("收款账户", application::settlement(&cx.app));
    facts = facts
        .strong("转账附言码", a.sub_account.clone())
        .hint("转账时把这16位数字写在附言（用途）栏，银行到账后按它自动登记到您的名下。");
    if let Some(listing) = &own.lot.listing {
        facts = facts.row("报名和保证金截止时间", listing.closes).hint("保证金须在截止前到账，以银行记账时间为准。");
    }
    facts = facts.row("保证金到账情况", own.deposit.map_or("未到账", HoldStatus::zh));
    facts = facts.row("退回账户", own.account.clone()).hint("只退回付款的原账户，户名须为本人（本单位）。");
    if let Some(n) = a.bidder_no {
        facts = facts.strong("竞买号", n.to_string());
    }
    facts = facts.row("竞价须知", if a.agreed_at.is_some() { "已签署" } else { "未签署" });
    let mut section = Section::card("我的报名").with(facts);
    if a.status == Status::Qualified && a.agreed_at.is_none() {
        let link = Link::new("阅读并签署竞价须知", format!("/lots/{no}/agreement")).button(Weight::Primary);
        section = section.say(crate::web::ui::Rich::from(link));
    }
    if a.bidder_no.is_some() && own.lot.session.is_some() {
        let link = Link::new("进入竞价大厅", format!("/lots/{no}/room")).button(Weight::Secondary);
        section = section.say(crate::web::ui::Rich::from(link));
    }
    let mut page = page.with(section);
    if !own.orders.is_empty() {
        let rows = own.orders.iter().map(|(number, cause, amount, state)| {
            Row::new().cell(number.as_str()).cell(*cause).cell(*amount).cell(state.as_str())
        });
        page = page.with(Table::new("退款").columns(["退款单号", "原因", "金额", "状态"]).rows(rows));
    }
    let may_withdraw = matches!(a.status, Status::Draft | Status::Submitted | Status::Correction)
        && matches!(own.lot.stage, Stage::Listed | Stage::Extended | Stage::Qualifying);
    if may_withdraw {
        let button = Button::post("撤回报名", format!("/lots/{no}/application/withdrawal"), cx.csrf())
            .with("_form", cx.nonce())
            .weight(Weight::Danger)
            .confirm("撤回后保证金原路退回，截止前可以重新报名。确定撤回吗？");
        page = page.with(Section::new("撤回报名").say("资格确认前可以撤回，保证金原路退回。").say(button));
    }
    page
}

fn yes_no(name: &str, label: &str, value: Option<bool>) -> Field {
    let field = Field::radio(name, label, [Choice::new("yes", "是"), Choice::new("no", "否")]);
    match value {
        Some(true) => field.value("yes"),
        Some(false) => field.value("no"),
        None => field,
    }
}

fn form(cx: &Cx, own: &Own, body: &Body) -> Form {
    let no = own.lot.lot_no.clone().unwrap_or_default();
    let a = &body.answers;
    let mut form = Form::post(format!("/lots/{no}/application"), cx.csrf())
        .nonce(cx.nonce())
        .title("受让申请")
        .intro("可以先保存草稿。提交后由一名资格审查人员单独审查，其他人看不到您的报名。")
        .field(Field::fixed("申请人", own.name.clone()))
        .field(Field::textarea("intended_use", "拟定用途").rows(3).limit(300).value(&body.intended_use))
        .field(Field::textarea("plan", "经营计划").rows(5).limit(2_000).optional().value(&body.plan))
        .field(yes_no("member", "是否为标的所在集体经济组织成员", a.member).group("资格情况", "审查人员会逐项核对。"))
        .field(yes_no("ability", "是否具有相应的经营能力", a.ability))
        .field(yes_no("village_official", "是否为标的所在集体的干部或其近亲属", a.village_official))
        .field(yes_no("staff_or_relative", "是否为交易服务人员或其近亲属", a.staff_or_relative))
        .field(yes_no("agent", "是否委托他人办理", a.agent));
    let offered = own.lot.terms.as_ref().map(|t| t.priority.clone()).unwrap_or_default();
    if !offered.is_empty() {
        let mut choices = vec![Choice::new("", "不主张优先权")];
        choices.extend(offered.iter().map(|c| Choice::new(c.name(), c.zh()).hint(format!("证明：{}", c.proof()))));
        let chosen = body.priority.map_or("", |c| c.name());
        form = form
            .field(Field::radio("priority", "主张的优先权", choices).value(chosen).optional().group("优先权", ""))
            .field(Field::text("priority_ground", "主张的依据").limit(500).optional().value(&body.priority_ground));
    }
    for (i, (paper, must)) in own.papers.iter().enumerate() {
        let mut field = Field::file(format!("paper.{}", paper.key), paper.title.clone(), ".pdf,.jpg,.jpeg,.png", 20);
        if let Some(have) = own.have.iter().find(|d| d.code == paper.key) {
            field = field.have(have.name.clone()).optional();
        } else if !must {
            field = field.optional();
        }
        if i == 0 {
            field = field.group("材料", "先保存一次，材料清单会按您的情况更新。");
        }
        form = form.field(field);
    }
    let account = Field::agree("refund_account", format!("保证金退回本人账户：{}，由付款账户原路退回。", own.account));
    let account = if body.refund_account_confirmed { account.value("yes") } else { account };
    form = form.field(account.group("声明与保证", ""));
    for d in Declaration::ALL {
        let field = Field::agree(d.name(), d.zh());
        let ticked = body.declarations.iter().any(|t| t == d.name());
        form = form.field(if ticked { field.value("yes") } else { field });
    }
    form.submit("提交报名")
        .submit_as("then", "submit")
        .also("保存草稿", "then", "save")
        .link("返回公告", format!("/lots/{no}"))
}

/// Saves, keeps the papers, and hands in when asked to.
pub async fn send(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let no = path.into_inner();
    let own = load(&post.cx, &no).await?;
    let lot = own.lot.id;
    let back = format!("/lots/{no}/application");
    post.act_on_any_file(
        move |app, actor, typed, files| {
            let body = read::body(typed).map_err(|stop| match stop {
                Stop::Refused(refusal) => Stop::Refused(choose_again(refusal, &lost(&files))),
                other => other,
            })?;
            if let (Some(refusal), true) = (not_taken(&files), files.iter().all(|f| f.outcome.is_err())) {
                return Err(refusal.into());
            }
            application::save(app, actor, lot, body)?;
            for file in &files {
                if let (Ok(received), Some(key)) = (&file.outcome, file.field.strip_prefix("paper.")) {
                    application::attach(app, actor, lot, key, received)?;
                }
            }
            // What is sound is kept even when another file was not.
            if let Some(refusal) = not_taken(&files) {
                return Err(refusal.into());
            }
            if typed.text("then") == "submit" {
                application::submit(app, actor, lot)?;
                return Ok((back, "报名已提交，请按时交纳保证金。".to_owned()));
            }
            Ok((back, "草稿已保存。".to_owned()))
        },
        move |cx, typed, refusal| Ok(again(cx, &own, typed, refusal)),
    )
    .await
}

fn again(cx: &Cx, own: &Own, typed: &Typed, refusal: &Refusal) -> Page {
    let body = read::body(typed).unwrap_or_default();
    head(cx, own).with(told(form(cx, own, &body), typed, refusal))
}

/// Takes the application back.
pub async fn withdraw(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let no = path.into_inner();
    let own = load(&post.cx, &no).await?;
    let lot = own.lot.id;
    let back = format!("/lots/{no}/application");
    post.act(
        move |app, actor, _, _| -> Result<(String, String), Stop> {
            application::withdraw(app, actor, lot)?;
            Ok((back, "报名已撤回。".to_owned()))
        },
        move |cx, _, refusal| Ok(show(cx, &own).with(Panel::error("没有撤回").say(refusal.to_string()))),
    )
    .await
}
