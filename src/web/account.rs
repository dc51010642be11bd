//! Logging in and out, and the reading preference.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::cx::{Cx, LARGE_COOKIE};
use super::error::{WebError, WebResult, status};
use super::post::{Post, misfit};
use super::register::with_refusal;
use super::ui::{Field, Form, Page, href};
use crate::acts::login;
use crate::domain::refusal::Refusal;

crate::routes! {
    get "/login" => login_page;
    post "/login" => login_post;
    post "/logout" => logout_post;
    post "/preferences/large" => large_post;
}

#[derive(Deserialize)]
struct Back {
    back: Option<String>,
}

/// Only a path of this service is a place to come back to.
fn own_path(back: &str) -> &str {
    // Browsers drop tabs and line breaks from addresses, which would make `/\t/elsewhere` another site.
    let plain = !back.contains('\\') && !back.chars().any(char::is_control);
    if plain && back.starts_with('/') && !back.starts_with("//") { back } else { "/desk" }
}

fn page(cx: &Cx, account: &str, back: &str, refusal: Option<&Refusal>) -> Page {
    // Who is sent here from another page wonders why.
    let intro = if back == "/desk" {
        "权利人、竞买人和工作人员都从这里登录。第一次来，请先注册。"
    } else {
        "请登录后继续。长时间没有操作会自动退出，已经提交的内容都在。第一次来，请先注册。"
    };
    let mut form = Form::post("/login", cx.csrf())
        .page_title("登录")
        .intro(intro)
        .field(Field::text("account", "账号").value(account).autocomplete("username"))
        .field(Field::password("password", "密码").autocomplete("current-password"))
        .field(Field::hidden("back", back))
        .submit("登录")
        .link("注册新账号", "/register")
        .link("忘记密码", "/reset");
    if let Some(refusal) = refusal {
        form = match refusal {
            Refusal::Fields { .. } => with_refusal(form, Some(refusal)),
            other => form.error("account", other.to_string()),
        };
    }
    cx.page("登录").narrow().with(form)
}

async fn login_page(cx: Cx, query: web::Query<Back>) -> WebResult<HttpResponse> {
    let back = own_path(query.back.as_deref().unwrap_or("/desk")).to_owned();
    if cx.signed.is_some() {
        return Ok(cx.see_other(&back));
    }
    cx.ok(&page(&cx, "", &back, None))
}

async fn login_post(post: Post) -> WebResult<HttpResponse> {
    let Post { cx, typed, .. } = post;
    let (account, password, ip) = (typed.text("account").to_owned(), typed.raw("password").to_owned(), cx.ip.clone());
    let back = own_path(typed.text("back")).to_owned();
    if let Some(refusal) = misfit(&cx, &typed, &page(&cx, "", &back, None)) {
        return cx.answer(status(&refusal), &page(&cx, &account, &back, Some(&refusal)));
    }
    let before = cx.signed.clone();
    let opened = cx.run(move |app| {
        let token = login::login(app, &account, &password, &ip)?;
        // Whoever was logged in here before is not any more.
        before.map_or(Ok(()), |signed| login::logout(app, &signed))?;
        Ok(token)
    });
    match opened.await {
        Ok(token) => {
            let mut response = cx.see_other(&href(back));
            response.add_cookie(&cx.session_cookie(token.expose())).map_err(|e| WebError::Fault(e.to_string()))?;
            Ok(response)
        }
        Err(WebError::Refused(refusal)) => {
            let page = page(&cx, typed.text("account"), &back, Some(&refusal));
            cx.answer(status(&refusal), &page)
        }
        Err(other) => Err(other),
    }
}

async fn logout_post(post: Post) -> WebResult<HttpResponse> {
    let cx = post.cx;
    if let Some(signed) = cx.signed.clone() {
        cx.run(move |app| login::logout(app, &signed)).await?;
    }
    let mut response = cx.see_other_saying("/", "您已安全退出。");
    let mut gone = cx.session_cookie("");
    gone.make_removal();
    response.add_cookie(&gone).map_err(|e| WebError::Fault(e.to_string()))?;
    // On a shared computer nothing of the person stays behind.
    response
        .headers_mut()
        .insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

async fn large_post(post: Post) -> WebResult<HttpResponse> {
    let cx = &post.cx;
    let large = if post.typed.text("large") == "1" { "1" } else { "0" };
    let mut response = HttpResponse::build(StatusCode::SEE_OTHER)
        .insert_header(("location", href(own_path(post.typed.text("back")))))
        .finish();
    response.add_cookie(&cx.cookie(LARGE_COOKIE, large)).map_err(|e| WebError::Fault(e.to_string()))?;
    Ok(response)
}
