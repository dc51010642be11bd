//! The number of who stands at the counter was registered by somebody else.

use actix_web::HttpResponse;

use crate::acts::identity_desk;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::register::{with_refusal, with_typed};
use crate::web::typed::Typed;
use crate::web::ui::{Confirm, Field, Form, Page};

fn show(cx: &Cx, typed: &Typed, refusal: Option<&Refusal>) -> Page {
    // The number goes in the body: addresses end up in logs.
    let form = Form::post("/desk/release", cx.csrf())
        .nonce(cx.nonce())
        .field(Field::text("number", "身份证号或统一社会信用代码").autocomplete("off"))
        .field(Field::text("note", "核对了什么").hint("例如：身份证原件，本人到场"))
        .field(Field::agree("seen", "已核对证件原件与持证人一致，持证人声明原来的注册不是本人所为。"))
        .submit("作废原来的注册")
        .link("返回身份核验", "/desk/verification");
    let form = with_refusal(with_typed(form, typed), refusal);
    cx.page("作废注册").narrow().with(
        Confirm::new("作废未核验的注册", form)
            .warning("作废后，原来的账号不能再登录，号码可以由持证人重新注册。已经核验过的主体不能在这里作废。"),
    )
}

fn gate(cx: &Cx) -> WebResult<()> {
    if Area::VerifyParties.permits(cx.need_actor()?) {
        Ok(())
    } else {
        Err(Refusal::NotYours { who: "乡镇服务站、受理登记岗".into() }.into())
    }
}

/// `GET /desk/release`
pub(super) async fn page(cx: Cx) -> WebResult<HttpResponse> {
    gate(&cx)?;
    cx.ok(&show(&cx, &Typed::default(), None))
}

/// `POST /desk/release`
pub(super) async fn submit(post: Post) -> WebResult<HttpResponse> {
    gate(&post.cx)?;
    post.act(
        |app, actor, typed, _| {
            if !typed.ticked("seen") {
                return Err(Refusal::field("seen", "请先核对证件原件").into());
            }
            identity_desk::release(app, actor, typed.text("number"), typed.text("note"))?;
            Ok(("/desk/verification".to_owned(), "原来的注册已作废，请持证人重新注册。".to_owned()))
        },
        |cx, typed, refusal| Ok(show(cx, typed, Some(refusal))),
    )
    .await
}
