//! Accounts and posts of staff, and the security log: the pages of the three administrators.

mod account;
mod log;

use actix_web::HttpResponse;

use super::cx::Cx;
use super::error::WebResult;
use super::post::Post;
use super::register::{with_refusal, with_typed};
use super::typed::Typed;
use super::ui::{Cell, Field, Form, Heading, Link, Page, Rich, Row, Table};
use crate::acts::staff::{self, NewStaff};
use crate::domain::actor::Role;
use crate::domain::category::Department;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;

crate::routes! {
    get "/admin" => home;
    get "/admin/accounts" => list;
    get "/admin/accounts/new" => new_page;
    post "/admin/accounts" => create;
    get "/admin/accounts/{id}" => account::page;
    post "/admin/accounts/{id}/active" => account::active;
    post "/admin/accounts/{id}/posts" => account::grant;
    post "/admin/accounts/{id}/revocation" => account::revoke;
    post "/admin/accounts/{id}/sessions" => account::end_sessions;
    post "/admin/accounts/{id}/password" => account::order_password;
    get "/admin/security-log" => log::page;
}

/// Each of the three administrators begins where his own work is.
async fn home(cx: Cx) -> WebResult<HttpResponse> {
    let auditor = Area::ReadSecurityLog.permits(cx.need_actor()?) && !Area::ManagePosts.permits(cx.need_actor()?);
    Ok(cx.see_other(if auditor { "/admin/security-log" } else { "/admin/accounts" }))
}

/// What a post can be limited to, to choose from.
fn scopes(cx: &Cx) -> Vec<(String, String)> {
    let mut scopes = vec![(String::new(), "（全县岗位不用选）".to_owned())];
    scopes.extend(
        Department::ALL.iter().filter(|d| d.has_desk()).map(|d| (d.name().to_owned(), format!("部门：{}", d.zh()))),
    );
    for t in cx.app.market.divisions.townships() {
        scopes.push((t.code.to_string(), format!("乡镇：{}", t.name)));
        scopes.extend(
            t.villages.iter().map(|v| (format!("{}/{}", t.code, v.name), format!("村：{} {}", t.name, v.name))),
        );
    }
    scopes
}

/// The fields of a post, one of these.
fn post_fields(cx: &Cx, roles: &[Role]) -> [Field; 2] {
    [
        Field::select("role", "岗位", roles.iter().map(|r| (r.code(), r.zh()))),
        Field::select("scope", "管辖范围", scopes(cx))
            .hint("乡镇服务站选乡镇，村级信息员选村，监管部门选部门")
            .optional(),
    ]
}

async fn list(cx: Cx) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let may_make = Area::ManageAccounts.permits(&actor);
    let accounts = cx.run(move |app| staff::list(app, &actor)).await?;
    let row = |a: &staff::Listed| {
        Row::new()
            .cell(Cell::new(Link::new(a.name.clone(), format!("/admin/accounts/{}", a.id))))
            .cell(Cell::new(Rich::new().code(a.login.clone())))
            .cell(Cell::new(if a.posts.is_empty() { "没有岗位".to_owned() } else { a.posts.clone() }))
            .cell(Cell::new(if a.active { "正常" } else { "停用" }))
    };
    // Some dozens of posts are looked after here; the holders of rights are thousands.
    let (holders, staff): (Vec<_>, Vec<_>) = accounts.iter().partition(|a| a.posts == Role::Holder.zh());
    let table = |caption: &str, accounts: Vec<&staff::Listed>, none: &str| {
        let caption = format!("{caption}（{} 个）", accounts.len());
        Table::new(caption).columns(["姓名", "账号", "岗位", "状态"]).rows(accounts.into_iter().map(row)).empty(none)
    };
    let mut page = cx.page("账号与岗位").with(Heading::new("账号与岗位"));
    if may_make {
        page = page.say(Link::new("新建工作人员账号", "/admin/accounts/new"));
    }
    cx.ok(&page.with(table("工作人员", staff, "还没有工作人员账号。")).with(table(
        "权利人和竞买人",
        holders,
        "还没有人注册。",
    )))
}

fn form(cx: &Cx, typed: &Typed, refusal: Option<&Refusal>) -> Page {
    let form = Form::post("/admin/accounts", cx.csrf())
        .nonce(cx.nonce())
        .page_title("新建工作人员账号")
        .intro("激活码发到登记的手机或邮箱，由本人自己设定密码；岗位由安全管理员在账号页面授予。")
        .field(Field::text("account", "账号"))
        .field(Field::text("name", "姓名"))
        .field(Field::text("address", "手机号或邮箱").hint("接收激活码、验证码和通知"))
        .submit("建立账号")
        .link("返回账号列表", "/admin/accounts");
    cx.page("新建工作人员账号").narrow().with(with_refusal(with_typed(form, typed), refusal))
}

async fn new_page(cx: Cx) -> WebResult<HttpResponse> {
    if !Area::ManageAccounts.permits(cx.need_actor()?) {
        return Err(Refusal::NotYours { who: Role::SystemAdmin.zh().into() }.into());
    }
    cx.ok(&form(&cx, &Typed::default(), None))
}

async fn create(post: Post) -> WebResult<HttpResponse> {
    post.act(
        |app, actor, typed, _| {
            let new = NewStaff {
                account: typed.text("account").to_owned(),
                name: typed.text("name").to_owned(),
                address: typed.text("address").to_owned(),
            };
            staff::create(app, actor, &new)?;
            Ok(("/admin/accounts".to_owned(), "账号已建立，激活码已发出；请安全管理员授予岗位。".to_owned()))
        },
        |cx, typed, refusal| Ok(form(cx, typed, Some(refusal))),
    )
    .await
}
