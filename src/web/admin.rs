//! Accounts and posts of staff, and the security log: the pages of the three administrators.

mod account;
mod address;
mod log;

use actix_web::{HttpResponse, web};

use super::cx::Cx;
use super::error::WebResult;
use super::post::{Post, misfit};
use super::register::{with_refusal, with_typed};
use super::typed::Typed;
use super::ui::{Cell, Field, Form, Heading, Link, Page, Pager, Rich, Row, Table};
use crate::acts::corrections;
use crate::acts::staff::{self, NewStaff, Sought};
use crate::domain::actor::Role;
use crate::domain::base::identity::mask;
use crate::domain::category::Department;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;

crate::routes! {
    get "/admin" => home;
    get "/admin/accounts" => list;
    get "/admin/accounts/new" => new_page;
    post "/admin/accounts" => create;
    post "/admin/accounts/search" => search;
    get "/admin/accounts/{id}" => account::page;
    post "/admin/accounts/{id}/active" => account::active;
    post "/admin/accounts/{id}/posts" => account::grant;
    post "/admin/accounts/{id}/revocation" => account::revoke;
    post "/admin/accounts/{id}/sessions" => account::end_sessions;
    post "/admin/accounts/{id}/password" => account::order_password;
    get "/admin/accounts/{id}/address" => address::page;
    post "/admin/accounts/{id}/address" => address::propose;
    post "/admin/accounts/{id}/address/{correction}" => address::decide;
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

/// Which holders the list shows, as the address carries it.
#[derive(Clone, Debug, Default, serde::Deserialize)]
struct Query {
    q: Option<String>,
    page: Option<String>,
}

impl Query {
    fn sought(&self) -> Result<Sought, Refusal> {
        staff::sought(self.q.as_deref().unwrap_or_default())
    }

    fn page(&self) -> u32 {
        self.page.as_deref().and_then(|p| p.trim().parse().ok()).unwrap_or(1).clamp(1, 10_000)
    }
}

/// The address of a page of the list. A name stands in it as the list shows it.
fn page_of(of: &Sought, page: u32) -> String {
    let shown = shown(of);
    let q = percent_encoding::utf8_percent_encode(&shown, percent_encoding::NON_ALPHANUMERIC);
    match (shown.is_empty(), page) {
        (true, 1) => "/admin/accounts".to_owned(),
        (true, page) => format!("/admin/accounts?page={page}"),
        (false, 1) => format!("/admin/accounts?q={q}"),
        (false, page) => format!("/admin/accounts?q={q}&page={page}"),
    }
}

/// What is sought, as its field shows it.
fn shown(of: &Sought) -> String {
    match of {
        Sought::All => String::new(),
        Sought::Login(part) => part.clone(),
        Sought::Name(first) => mask::person_name(&first.to_string()),
    }
}

async fn list(cx: Cx, query: web::Query<Query>) -> WebResult<HttpResponse> {
    let (sought, page, typed) = match query.sought() {
        Ok(sought) => (sought, query.page(), None),
        Err(refusal) => (Sought::All, 1, Some(refusal)),
    };
    let listing = load(&cx, &sought, page).await?;
    let body = list_page(&cx, &listing, &sought, page, &Typed::default(), typed.as_ref());
    match typed {
        None => cx.ok(&body),
        Some(refusal) => cx.refuse(&refusal, &body),
    }
}

/// What the list shows.
struct Listing {
    accounts: staff::Listing,
    corrections: Vec<corrections::Shown>,
}

async fn load(cx: &Cx, sought: &Sought, page: u32) -> WebResult<Listing> {
    let (actor, sought) = (cx.need_actor()?.clone(), sought.clone());
    cx.run(move |app| {
        let accounts = staff::list(app, &actor, &sought, page)?;
        Ok(Listing { accounts, corrections: corrections::waiting_staff(app, &actor)? })
    })
    .await
}

/// Looks for holders: the address that follows holds no more of a name than the list shows.
async fn search(post: Post) -> WebResult<HttpResponse> {
    let Post { cx, typed, .. } = post;
    let listing = load(&cx, &Sought::All, 1).await?;
    let page = |typed: &Typed, refusal: Option<&Refusal>| list_page(&cx, &listing, &Sought::All, 1, typed, refusal);
    let wanted = match misfit(&cx, &typed, &page(&typed, None)) {
        Some(refusal) => Err(refusal),
        None if typed.text("q").is_empty() => Err(Refusal::field("q", "请填账号或姓名的第一个字")),
        None => staff::sought(typed.text("q")),
    };
    match wanted {
        Ok(sought) => Ok(cx.see_other(&page_of(&sought, 1))),
        Err(refusal) => cx.refuse(&refusal, &page(&typed, Some(&refusal))),
    }
}

fn list_page(
    cx: &Cx,
    Listing { accounts: listing, corrections }: &Listing,
    sought: &Sought,
    page_no: u32,
    typed: &Typed,
    refusal: Option<&Refusal>,
) -> Page {
    let row = |a: &staff::Listed| {
        Row::new()
            .cell(Cell::new(Link::new(a.name.clone(), format!("/admin/accounts/{}", a.id))))
            .cell(Cell::new(Rich::new().code(a.login.clone())))
            .cell(Cell::new(if a.posts.is_empty() { "没有岗位".to_owned() } else { a.posts.clone() }))
            .cell(Cell::new(if a.active { "正常" } else { "停用" }))
    };
    let table = |caption: String, accounts: &[staff::Listed], none: &str| {
        Table::new(caption).columns(["姓名", "账号", "岗位", "状态"]).rows(accounts.iter().map(row)).empty(none)
    };
    let staff = table(format!("工作人员（{} 个）", listing.staff.len()), &listing.staff, "还没有工作人员账号。");
    let (caption, none) = match sought {
        Sought::All => ("权利人和竞买人", "还没有人注册。"),
        Sought::Login(_) | Sought::Name(_) => ("查到的权利人和竞买人", "没有查到，请换一个账号或姓氏。"),
    };
    let mut holders = table(format!("{caption}（{} 个）", listing.total), &listing.holders, none);
    if listing.more || page_no > 1 {
        let previous = (page_no > 1).then(|| page_of(sought, page_no - 1));
        let next = listing.more.then(|| page_of(sought, page_no + 1));
        holders = holders.pager(Pager::new(format!("第 {page_no} 页")).previous(previous).next(next));
    }
    let mut form = Form::post("/admin/accounts/search", cx.csrf())
        .title("查找权利人和竞买人")
        .field(Field::text("q", "账号或姓名").value(shown(sought)).limit(32).hint("填账号的一部分，或姓名的第一个字"))
        .submit("查找");
    if *sought != Sought::All {
        form = form.link("显示全部", "/admin/accounts");
    }
    let mut page = cx.page("账号与岗位").with(Heading::new("账号与岗位"));
    if cx.actor().is_some_and(|actor| Area::ManageAccounts.permits(actor)) {
        page = page.say(Link::new("新建工作人员账号", "/admin/accounts/new"));
    }
    let form = if refusal.is_some() { with_refusal(with_typed(form, typed), refusal) } else { form };
    page.maybe(address::table(corrections)).with(staff).with(form).with(holders)
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
