//! Answers when something is refused or broken: a page in Chinese that says what happened
//! and what to do next. Details of a fault go to the log, never to the page.

use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpResponse, ResponseError};
use askama::Template;

use super::cx::Cx;
use super::ui::{Chrome, Link, Page, Panel, Rich};
use crate::domain::base::Instant;
use crate::domain::refusal::{HttpClass, Refusal};
use crate::store::{Fault, Stop};

/// Why a page could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// Refused.
    #[error("{0}")]
    Refused(Refusal),
    /// Log in first, then come back.
    #[error("login first")]
    LoginFirst {
        /// Where to come back to.
        back: String,
    },
    /// The form's token does not belong to this session.
    #[error("stale form")]
    StaleForm,
    /// The body is too big or cut off.
    #[error("{0}")]
    BadBody(String),
    /// Something broke.
    #[error("{0}")]
    Fault(String),
    /// The blocking pool is gone.
    #[error("overloaded")]
    Overloaded,
    /// The service was put together wrongly.
    #[error("misconfigured")]
    Misconfigured,
}

/// Marks the answer to a form that was refused for more than what was typed in it: the security log keeps it.
#[derive(Clone, Copy, Debug)]
pub struct Refused;

impl Refused {
    /// The mark of this refusal; `None` for faults beside fields, which anybody makes while typing.
    pub fn of(refusal: &Refusal) -> Option<Refused> {
        (!matches!(refusal, Refusal::Fields { .. })).then_some(Refused)
    }
}

/// What handlers give.
pub type WebResult<T> = Result<T, WebError>;

impl From<Stop> for WebError {
    fn from(stop: Stop) -> WebError {
        match stop {
            Stop::Refused(refusal) => WebError::Refused(refusal),
            Stop::Fault(fault) => fault.into(),
        }
    }
}

impl From<Refusal> for WebError {
    fn from(refusal: Refusal) -> WebError {
        WebError::Refused(refusal)
    }
}

impl From<Fault> for WebError {
    fn from(fault: Fault) -> WebError {
        match fault {
            // Two wrote the same at one moment, and a unique key let one through: nothing is broken.
            Fault::Duplicate(what) => {
                tracing::warn!(%what, "the same was written at the same moment");
                let message = "刚刚已有人提交了同样的内容，您的操作没有生效。请刷新页面看结果，需要时再办理。";
                WebError::Refused(Refusal::rule("SAME_MOMENT", message, ""))
            }
            fault => WebError::Fault(fault.to_string()),
        }
    }
}

/// The status of a refusal.
pub fn status(refusal: &Refusal) -> StatusCode {
    match refusal.http() {
        HttpClass::NotFound => StatusCode::NOT_FOUND,
        HttpClass::Forbidden => StatusCode::FORBIDDEN,
        HttpClass::Conflict => StatusCode::CONFLICT,
        HttpClass::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
        HttpClass::TooMany => StatusCode::TOO_MANY_REQUESTS,
    }
}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        match self {
            WebError::Refused(refusal) => status(refusal),
            WebError::LoginFirst { .. } => StatusCode::SEE_OTHER,
            WebError::StaleForm => StatusCode::FORBIDDEN,
            WebError::BadBody(_) => StatusCode::BAD_REQUEST,
            WebError::Overloaded => StatusCode::SERVICE_UNAVAILABLE,
            WebError::Fault(_) | WebError::Misconfigured => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let (title, text) = match self {
            WebError::LoginFirst { back } => {
                let back = percent_encoding::utf8_percent_encode(back, percent_encoding::NON_ALPHANUMERIC);
                return HttpResponse::SeeOther()
                    .insert_header((header::LOCATION, format!("/login?back={back}")))
                    .finish();
            }
            WebError::Refused(refusal @ Refusal::NotFound) => ("没有找到", refusal.to_string()),
            WebError::Refused(refusal) => ("不能办理", refusal.to_string()),
            WebError::StaleForm => {
                ("页面已过期", "这个表单不属于您现在的登录，可能是登录已超时或在别处重新登录过。请返回上一页刷新后再提交，您填写的内容没有生效。".to_owned())
            }
            WebError::BadBody(text) => ("提交不完整", text.clone()),
            WebError::Overloaded => ("暂时繁忙", "系统暂时繁忙，请稍后再试。您的操作没有生效。".to_owned()),
            WebError::Fault(detail) => {
                tracing::error!(%detail, "request failed");
                ("系统故障", "系统出现故障，您的操作没有生效。请稍后再试；如果仍然不行，请联系县中心。".to_owned())
            }
            WebError::Misconfigured => ("系统故障", "系统没有正确启动，请联系县中心。".to_owned()),
        };
        let told = Told { title, text };
        // Bare, for when the request itself cannot be read; `dress` puts it into its reader's shell.
        let page = told.page(Page::new(Chrome::new(title, Instant::default())), None);
        let body = page.render().unwrap_or_default();
        let mut response = HttpResponse::build(self.status_code())
            .content_type("text/html; charset=utf-8")
            .insert_header((header::CACHE_CONTROL, super::headers::NO_STORE))
            .body(body);
        response.extensions_mut().insert(told);
        if let WebError::Refused(refusal) = self
            && let Some(mark) = Refused::of(refusal)
        {
            response.extensions_mut().insert(mark);
        }
        response
    }
}

/// What an error page says; travels with the answer until the reader's shell is around it.
#[derive(Clone, Debug)]
struct Told {
    title: &'static str,
    text: String,
}

impl Told {
    fn page(&self, page: Page, cx: Option<&Cx>) -> Page {
        let mut panel = Panel::error(self.title).leading().say(self.text.as_str());
        if let Some(phone) = cx.and_then(|cx| cx.app.config.county.phone.as_deref()) {
            panel = panel.say(Rich::new().text("需要帮忙，请在工作时间拨打县中心电话 ").text(phone).text("。"));
        }
        if cx.is_some_and(|cx| cx.actor().is_some()) {
            panel = panel.next(Link::new("回到我的工作台", "/desk"));
        }
        page.with(panel.next(Link::new("返回首页", "/")).next(Link::new("看项目公告", "/lots")))
    }
}

/// Puts an error page into the shell of who asked: navigation, name, the true time, the large version.
pub async fn dress(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let told = response.response().extensions().get::<Told>().cloned();
    let Some(told) = told else { return response };
    // Whatever keeps the shell from being made, the bare page stands.
    let Ok(cx) = Cx::read(response.request()).await else { return response };
    let page = told.page(cx.page(told.title), Some(&cx));
    let Ok(mut dressed) = cx.answer(response.status(), &page) else { return response };
    if let Some(mark) = response.response().extensions().get::<Refused>() {
        dressed.extensions_mut().insert(*mark);
    }
    for (name, value) in response.headers() {
        if !dressed.headers().contains_key(name) {
            dressed.headers_mut().insert(name.clone(), value.clone());
        }
    }
    ServiceResponse::new(response.request().clone(), dressed)
}
