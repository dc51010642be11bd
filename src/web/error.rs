//! Answers when something is refused or broken: a page in Chinese that says what happened
//! and what to do next. Details of a fault go to the log, never to the page.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpResponse, ResponseError};
use askama::Template;

use super::ui::{Chrome, Link, Page, Panel};
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
        WebError::Fault(fault.to_string())
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
        let page = Page::new(Chrome::new(title, Instant::default()))
            .with(Panel::error(title).leading().say(text).next(Link::new("返回首页", "/")));
        let body = page.render().unwrap_or_default();
        HttpResponse::build(self.status_code())
            .content_type("text/html; charset=utf-8")
            .insert_header((header::CACHE_CONTROL, super::headers::NO_STORE))
            .body(body)
    }
}
