//! One account: its posts, its logins, and what an administrator can do to it.

use actix_web::{HttpResponse, web};

use super::post_fields;
use crate::acts::posts::{self, Detail};
use crate::acts::{passwords, staff};
use crate::domain::actor::{Post as Held, Scope};
use crate::domain::base::ids::AccountId;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::web::cx::Cx;
use crate::web::error::{WebError, WebResult};
use crate::web::post::Post;
use crate::web::register::{with_refusal, with_typed};
use crate::web::typed::Typed;
use crate::web::ui::{
    Button, Cell, Facts, Form, Heading, Link, NONCE_FIELD, Page, Panel, Rich, Row, Section, Table, Weight,
};

fn id(path: &str) -> Result<AccountId, WebError> {
    path.parse().map_err(|_| WebError::Refused(Refusal::NotFound))
}

fn reach(post: &Held) -> String {
    match &post.scope {
        Scope::Own => "本人".into(),
        Scope::Village(place) => place.zh(),
        Scope::Township(code) => code.to_string(),
        Scope::Department(department) => department.zh().into(),
        Scope::County => "全县".into(),
    }
}

fn held(cx: &Cx, d: &Detail) -> Table {
    let table = Table::new("岗位").columns(["岗位", "管辖范围", "办理"]).empty("没有岗位，登录后只能看公开页面。");
    d.posts.iter().fold(table, |table, post| {
        let take = Button::post("撤销", format!("/admin/accounts/{}/revocation", d.id), cx.csrf())
            .with("role", post.role.code())
            .with(NONCE_FIELD, cx.nonce())
            .weight(Weight::Danger)
            .small()
            .about(post.role.zh())
            .confirm("撤销后立即生效，这个账号的全部登录会退出。确定吗？");
        let gives = cx.actor().is_some_and(|a| Area::GrantPosts.permits(a));
        let cell = if d.of_party || !gives { Cell::new("—") } else { Cell::actions([take.into()]) };
        table.row(Row::new().cell(post.role.zh()).cell(reach(post)).cell(cell))
    })
}

fn show(cx: &Cx, d: &Detail, typed: &Typed, refusal: Option<&Refusal>) -> Page {
    let to = |below: &str| format!("/admin/accounts/{}/{below}", d.id);
    let facts = Facts::new()
        .row("账号", Rich::new().code(d.login.clone()))
        .row("姓名", d.name.clone())
        .row("状态", if d.active { "正常" } else { "停用" })
        .row("正在登录", format!("{} 处", d.sessions));
    let mut page = cx.page("账号").with(Heading::new(d.name.clone()).kicker("账号与岗位"));
    // A refusal of a field stands in the form that has the field, and at the top where no form is drawn.
    let said = refusal.filter(|r| d.of_party || d.may_give.is_empty() || !matches!(r, Refusal::Fields { .. }));
    page = page.maybe(said.map(|r| Panel::error("没有办理").say(r.to_string())));
    page = page.with(facts).with(held(cx, d)).say(Link::new("返回账号与岗位", "/admin/accounts"));
    let mut more = Section::new("登录").say(
        Button::post("退出全部登录", to("sessions"), cx.csrf())
            .with(NONCE_FIELD, cx.nonce())
            .confirm("这个账号会在所有设备上退出登录，确定吗？"),
    );
    if cx.actor().is_some_and(|a| Area::ManageAccounts.permits(a)) {
        let (label, value) = if d.active { ("停用账号", "0") } else { ("启用账号", "1") };
        let button = Button::post(label, to("active"), cx.csrf()).with("active", value).with(NONCE_FIELD, cx.nonce());
        more = more.say(button.weight(Weight::Danger));
    }
    if d.of_party {
        let panel = Panel::info("权利人或竞买人的账号").say("岗位不能授予这样的账号；忘记密码由窗口核对证件后办理。");
        return page.with(more).with(panel);
    }
    more = more.say(Link::new("更正接收验证码的手机号或邮箱", to("address")));
    more = more.say(
        Button::post("发送密码重置码", to("password"), cx.csrf())
            .with(NONCE_FIELD, cx.nonce())
            .confirm("重置码会发到这个账号登记的手机或邮箱，由本人自己设定新密码。确定发送吗？"),
    );
    if d.may_give.is_empty() {
        let panel =
            Panel::info("岗位由安全管理员授予").say("建立账号和授予岗位由两个人办理，系统管理员不能授予或撤销岗位。");
        return page.with(more).with(panel);
    }
    let form = Form::post(to("posts"), cx.csrf())
        .nonce(cx.nonce())
        .title("授予另一个岗位")
        .intro("三类管理员各自独立，不能兼任，也不能兼任业务岗位。同一项目的审核与发布、资格审查与竞价组织、拟证与批准、制单与复核须由不同的人办理。")
        .fields(post_fields(cx, &d.may_give))
        .submit("授予岗位");
    let faults = refusal.filter(|r| matches!(r, Refusal::Fields { .. }));
    page.with(more).with(with_refusal(with_typed(form, typed), faults))
}

async fn load(cx: &Cx, id: AccountId) -> WebResult<Detail> {
    let actor = cx.need_actor()?.clone();
    cx.run(move |app| posts::detail(app, &actor, id)).await
}

/// `GET /admin/accounts/{id}`
pub(super) async fn page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    cx.need_actor()?;
    let detail = load(&cx, id(&path)?).await?;
    cx.ok(&show(&cx, &detail, &Typed::default(), None))
}

/// Does one thing to the account and comes back to its page.
async fn act(
    post: Post,
    path: web::Path<String>,
    said: &'static str,
    act: impl FnOnce(
        &crate::context::App,
        &crate::domain::actor::Actor,
        AccountId,
        &Typed,
    ) -> Result<(), crate::store::Stop>
    + Send
    + 'static,
) -> WebResult<HttpResponse> {
    post.cx.need_actor()?;
    let id = id(&path)?;
    let detail = load(&post.cx, id).await?;
    post.act(
        move |app, actor, typed, _| {
            act(app, actor, id, typed)?;
            Ok((format!("/admin/accounts/{id}"), said.to_owned()))
        },
        move |cx, typed, refusal| Ok(show(cx, &detail, typed, Some(refusal))),
    )
    .await
}

/// `POST /admin/accounts/{id}/posts`
pub(super) async fn grant(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let give =
        |app: &_, actor: &_, id, typed: &Typed| posts::grant(app, actor, id, typed.text("role"), typed.text("scope"));
    act(post, path, "岗位已授予。", give).await
}

/// `POST /admin/accounts/{id}/revocation`
pub(super) async fn revoke(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    act(post, path, "岗位已撤销，该账号已退出登录。", |app, actor, id, typed| {
        posts::revoke(app, actor, id, typed.text("role"))
    })
    .await
}

/// `POST /admin/accounts/{id}/sessions`
pub(super) async fn end_sessions(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    act(post, path, "该账号已在所有设备上退出登录。", |app, actor, id, _| {
        posts::end_sessions(app, actor, id)
    })
    .await
}

/// `POST /admin/accounts/{id}/password`
pub(super) async fn order_password(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    act(post, path, "重置码已发送到该账号登记的手机或邮箱。", |app, actor, id, _| {
        passwords::order_for_staff(app, actor, id)
    })
    .await
}

/// `POST /admin/accounts/{id}/active`
pub(super) async fn active(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let said = if post.typed.text("active") == "1" {
        "账号已启用。"
    } else {
        "账号已停用，该账号已退出登录。"
    };
    act(post, path, said, |app, actor, id, typed| {
        staff::set_active(app, actor, id, typed.either("active", "停用或者启用", "1", "0")?)
    })
    .await
}
