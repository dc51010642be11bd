//! The code for step-up: a small form of its own, then back to what is to be signed.

use actix_web::HttpResponse;

use super::cx::Cx;
use super::error::{WebError, WebResult};
use super::post::{Begun, Post, begin, end};
use super::ui::{Field, Form, Weight};
use crate::acts::stepup;
use crate::crypto::suite::Hash;
use crate::domain::refusal::Refusal;

crate::routes! {
    post "/step-up/code" => code;
}

/// The form that asks for a code.
pub fn code_form(cx: &Cx, purpose: &str, subject: &Hash, back: &str) -> Form {
    Form::post("/step-up/code", cx.csrf())
        .nonce(cx.nonce())
        .intro("验证码发送到您登记的手机，10 分钟内有效，只能用于签署这份文本。")
        .field(Field::hidden("purpose", purpose))
        .field(Field::hidden("subject", subject.hex()))
        .field(Field::hidden("back", back))
        .submit("获取验证码")
        .weight(Weight::Secondary)
}

async fn code(post: Post) -> WebResult<HttpResponse> {
    let Post { cx, typed, .. } = post;
    let actor = cx.need_actor()?.clone();
    let subject: Hash = typed.text("subject").parse().map_err(|_| WebError::Refused(Refusal::NotFound))?;
    let purpose = typed.text("purpose").to_owned();
    let back = typed.text("back").to_owned();
    if !back.starts_with("/cases/") && !back.starts_with("/lots/") {
        return Err(Refusal::NotFound.into());
    }
    let mine = match begin(&cx, &typed).await? {
        Begun::Mine(form) => form,
        Begun::Done(location) => return Ok(cx.see_other(&location)),
    };
    let sent = cx.run(move |app| stepup::ask(app, &actor, &purpose, &subject)).await;
    end(&cx, mine, sent.is_ok().then_some(&super::ui::href(back.clone()))).await?;
    sent?;
    Ok(cx.see_other_saying(&super::ui::href(back), "验证码已发送，请查看手机短信。"))
}
