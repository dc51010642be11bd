//! Accounts and posts of staff.

use actix_web::{HttpResponse, web};

use super::cx::Cx;
use super::error::{WebError, WebResult};
use super::post::Post;
use super::register::{with_refusal, with_typed};
use super::typed::Typed;
use super::ui::{Button, Cell, Field, Form, Heading, Link, Page, Row, Table};
use crate::acts::staff::{self, NewStaff};
use crate::domain::actor::Role;
use crate::domain::base::ids::AccountId;
use crate::domain::category::Department;
use crate::domain::refusal::Refusal;

crate::routes! {
    get "/admin" => home;
    get "/admin/accounts" => list;
    get "/admin/accounts/new" => new_page;
    post "/admin/accounts" => create;
    post "/admin/accounts/{id}/active" => active;
}

async fn home(cx: Cx) -> WebResult<HttpResponse> {
    cx.need_actor()?;
    Ok(cx.see_other("/admin/accounts"))
}

async fn list(cx: Cx) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let accounts = cx.run(move |app| staff::list(app, &actor)).await?;
    let mut table = Table::new("账号与岗位").columns(["账号", "姓名", "岗位", "状态", "操作"]).empty("还没有账号。");
    for a in accounts {
        let toggle = if a.active { "停用" } else { "启用" };
        let button = Button::post(toggle, format!("/admin/accounts/{}/active", a.id), cx.csrf())
            .with("active", if a.active { "0" } else { "1" })
            .small();
        table = table.row(
            Row::new()
                .cell(Cell::new(a.login))
                .cell(Cell::new(a.name))
                .cell(Cell::new(a.posts))
                .cell(Cell::new(if a.active { "正常" } else { "停用" }))
                .cell(Cell::new(button)),
        );
    }
    let page = cx
        .page("账号与岗位")
        .with(Heading::new("账号与岗位"))
        .say(Link::new("新建工作人员账号", "/admin/accounts/new"))
        .with(table);
    cx.ok(&page)
}

fn form(cx: &Cx, typed: &Typed, refusal: Option<&Refusal>) -> Page {
    let roles = Role::ALL.iter().filter(|r| **r != Role::Holder).map(|r| (r.code(), r.zh()));
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
    let form = Form::post("/admin/accounts", cx.csrf())
        .nonce(cx.nonce())
        .page_title("新建工作人员账号")
        .field(Field::text("account", "账号"))
        .field(Field::text("name", "姓名"))
        .field(Field::text("address", "手机号或邮箱").hint("接收验证码和通知"))
        .field(Field::select("role", "岗位", roles))
        .field(
            Field::select("scope", "管辖范围", scopes)
                .hint("乡镇服务站选乡镇，村级信息员选村，监管部门选部门")
                .optional(),
        )
        .field(Field::new_password("password", "初始密码"))
        .submit("建立账号")
        .link("返回账号列表", "/admin/accounts");
    cx.page("新建工作人员账号").narrow().with(with_refusal(with_typed(form, typed), refusal))
}

async fn new_page(cx: Cx) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    cx.run(move |app| staff::list(app, &actor).map(|_| ())).await?;
    cx.ok(&form(&cx, &Typed::default(), None))
}

async fn create(post: Post) -> WebResult<HttpResponse> {
    post.act(
        |app, actor, typed, _| {
            let new = NewStaff {
                account: typed.text("account").to_owned(),
                password: typed.raw("password").to_owned(),
                name: typed.text("name").to_owned(),
                address: typed.text("address").to_owned(),
                role: typed.text("role").to_owned(),
                scope: typed.text("scope").to_owned(),
            };
            staff::create(app, actor, &new)?;
            Ok(("/admin/accounts".to_owned(), "账号已建立。".to_owned()))
        },
        |cx, typed, refusal| Ok(form(cx, typed, Some(refusal))),
    )
    .await
}

async fn active(post: Post, id: web::Path<String>) -> WebResult<HttpResponse> {
    let id: AccountId = id.parse().map_err(|_| WebError::Refused(Refusal::NotFound))?;
    let Post { cx, typed, .. } = post;
    let actor = cx.need_actor()?.clone();
    let active = typed.text("active") == "1";
    cx.run(move |app| staff::set_active(app, &actor, id, active)).await?;
    Ok(cx.see_other_saying("/admin/accounts", if active { "账号已启用。" } else { "账号已停用。" }))
}
