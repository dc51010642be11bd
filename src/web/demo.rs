//! The demonstration's outbox: messages go nowhere, so they are shown. Real service answers 404.

use actix_web::HttpResponse;

use super::cx::Cx;
use super::error::WebResult;
use super::ui::{Entry, Heading, History};
use crate::acts::work;
use crate::domain::refusal::Refusal;

crate::routes! {
    get "/demo/outbox" => outbox;
}

async fn outbox(cx: Cx) -> WebResult<HttpResponse> {
    if !cx.app.config.mode.is_demo() {
        return Err(Refusal::NotFound.into());
    }
    let all = cx.run(work::demo_outbox).await?;
    let entries = all.into_iter().map(|m| Entry::new(m.created_at, m.subject, m.channel.zh()).more(m.body));
    let heading = Heading::new("演示发件箱");
    cx.ok(&cx
        .page("演示发件箱")
        .with(heading)
        .say("演示不发送短信和邮件，验证码和通知都在这里。")
        .with(History::new(entries)))
}
