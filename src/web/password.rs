//! Changing one's password, and setting a new one by a reset code.

use actix_web::HttpResponse;

use super::cx::Cx;
use super::error::{WebError, WebResult};
use super::post::{Begun, Post, begin, end, misfit};
use super::register::{with_refusal, with_typed};
use super::typed::Typed;
use super::ui::{Field, Form, Page};
use crate::acts::passwords;
use crate::domain::refusal::Refusal;

crate::routes! {
    get "/account/password" => change_page;
    post "/account/password" => change;
    get "/reset" => reset_page;
    post "/reset" => reset;
}

fn new_password(typed: &Typed) -> passwords::Typed {
    passwords::Typed { password: typed.raw("password").to_owned(), again: typed.raw("again").to_owned() }
}

fn change_form(cx: &Cx, refusal: Option<&Refusal>) -> Page {
    let form = Form::post("/account/password", cx.csrf())
        .nonce(cx.nonce())
        .page_title("修改密码")
        .intro("修改后，您在其他设备上的登录会全部退出。")
        .field(Field::password("old", "现在的密码").autocomplete("current-password"))
        .field(Field::new_password("password", "新密码"))
        .field(Field::new_password("again", "再输一次新密码"))
        .submit("修改密码")
        .link("返回工作台", "/desk");
    cx.page("修改密码").narrow().with(with_refusal(form, refusal))
}

async fn change_page(cx: Cx) -> WebResult<HttpResponse> {
    cx.need_actor()?;
    cx.ok(&change_form(&cx, None))
}

async fn change(post: Post) -> WebResult<HttpResponse> {
    let Post { cx, typed, .. } = post;
    let actor = cx.need_actor()?.clone();
    let session = cx.signed.as_ref().map(|s| s.token_hash.clone()).unwrap_or_default();
    if let Some(refusal) = misfit(&cx, &typed, &change_form(&cx, None)) {
        return cx.refuse(&refusal, &change_form(&cx, Some(&refusal)));
    }
    let (old, new) = (typed.raw("old").to_owned(), new_password(&typed));
    let mine = match begin(&cx, &typed).await? {
        Begun::Mine(form) => form,
        Begun::Done(location) => return Ok(cx.see_other(&location)),
    };
    let done = cx.run(move |app| passwords::change(app, &actor, &session, &old, &new)).await;
    end(&cx, mine, done.is_ok().then_some("/desk")).await?;
    match done {
        Ok(()) => Ok(cx.see_other_saying("/desk", "密码已修改，其他设备上的登录已全部退出。")),
        Err(WebError::Refused(refusal)) => cx.refuse(&refusal, &change_form(&cx, Some(&refusal))),
        Err(other) => Err(other),
    }
}

fn reset_form(cx: &Cx, typed: &Typed, refusal: Option<&Refusal>) -> Page {
    let form = Form::post("/reset", cx.csrf())
        .nonce(cx.nonce())
        .page_title("用重置码设定新密码")
        .intro("忘记密码，请带身份证件到乡镇服务站或县中心窗口，核对后系统会把重置码发到您登记的手机；工作人员请联系管理员。重置码24小时内有效，只能用一次。工作人员的新账号用短信或邮件里的激活码设定密码。")
        .field(Field::text("account", "账号").autocomplete("username"))
        .field(Field::text("code", "重置码或激活码").placeholder("XXXX-XXXX-XXXX-XXXX").autocomplete("one-time-code"))
        .field(Field::new_password("password", "新密码"))
        .field(Field::new_password("again", "再输一次新密码"))
        .submit("设定新密码")
        .link("返回登录", "/login");
    cx.page("设定新密码").narrow().with(with_refusal(with_typed(form, typed), refusal))
}

async fn reset_page(cx: Cx) -> WebResult<HttpResponse> {
    cx.ok(&reset_form(&cx, &Typed::default(), None))
}

async fn reset(post: Post) -> WebResult<HttpResponse> {
    let Post { cx, typed, .. } = post;
    if let Some(refusal) = misfit(&cx, &typed, &reset_form(&cx, &typed, None)) {
        return cx.refuse(&refusal, &reset_form(&cx, &typed, Some(&refusal)));
    }
    let (account, code, ip) = (typed.text("account").to_owned(), typed.text("code").to_owned(), cx.ip.clone());
    let new = new_password(&typed);
    let mine = match begin(&cx, &typed).await? {
        Begun::Mine(form) => form,
        Begun::Done(location) => return Ok(cx.see_other(&location)),
    };
    let done = cx.run(move |app| passwords::redeem(app, &account, &code, &new, &ip)).await;
    end(&cx, mine, done.is_ok().then_some("/login")).await?;
    match done {
        Ok(()) => Ok(cx.see_other_saying("/login", "新密码已设定，请登录。")),
        Err(WebError::Refused(refusal)) => cx.refuse(&refusal, &reset_form(&cx, &typed, Some(&refusal))),
        Err(other) => Err(other),
    }
}
