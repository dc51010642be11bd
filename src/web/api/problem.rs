//! What the JSON interface answers when it cannot answer: `application/problem+json` (RFC 9457), in
//! Chinese, with every parameter's fault at once.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use super::shapes::{ParameterFault, Problem};
use crate::domain::refusal::Refusal;
use crate::store::{Fault, Stop};
use crate::web::error::{WebError, status};

/// Why a request to the interface was not answered.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// Parameters that cannot be: each with what is wrong.
    #[error("bad parameters")]
    Parameters(Vec<(String, String)>),
    /// The address has answers, but not to this method.
    #[error("method")]
    Method,
    /// Everything else, as on pages.
    #[error("{0}")]
    Web(WebError),
}

/// What handlers give.
pub type ApiResult = Result<HttpResponse, ApiError>;

impl ApiError {
    /// One parameter is wrong.
    pub fn parameter(name: &str, message: impl Into<String>) -> ApiError {
        ApiError::Parameters(vec![(name.to_owned(), message.into())])
    }

    /// There is no such thing, or nobody may know of it.
    pub fn not_found() -> ApiError {
        ApiError::Web(WebError::Refused(Refusal::NotFound))
    }
}

impl From<Stop> for ApiError {
    fn from(stop: Stop) -> ApiError {
        ApiError::Web(stop.into())
    }
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> ApiError {
        ApiError::Web(fault.into())
    }
}

impl From<WebError> for ApiError {
    fn from(error: WebError) -> ApiError {
        ApiError::Web(error)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            ApiError::Parameters(_) => StatusCode::BAD_REQUEST,
            ApiError::Method => StatusCode::METHOD_NOT_ALLOWED,
            ApiError::Web(error) => error.status_code(),
        }
    }

    fn error_response(&self) -> HttpResponse {
        let (title, detail) = match self {
            ApiError::Parameters(_) => (
                "参数不正确",
                "请求的参数不正确，见 errors 中逐项说明；各参数的写法见 /api/v1/openapi.json。".to_owned(),
            ),
            ApiError::Method => ("不支持的方法", "公开接口只能用 GET 读取。".to_owned()),
            ApiError::Web(WebError::Refused(Refusal::NotFound)) => {
                ("没有找到", "没有这个编号的公开信息，请核对编号。".to_owned())
            }
            ApiError::Web(WebError::Refused(refusal)) => ("不能办理", refusal.to_string()),
            ApiError::Web(WebError::Overloaded) => ("暂时繁忙", "系统暂时繁忙，请稍后再试。".to_owned()),
            ApiError::Web(other) => {
                tracing::error!(detail = %other, "request failed");
                ("系统故障", "系统出现故障，请稍后再试；如果仍然不行，请联系县中心。".to_owned())
            }
        };
        let errors = match self {
            ApiError::Parameters(faults) => faults.clone(),
            ApiError::Method | ApiError::Web(_) => Vec::new(),
        };
        let code = match self {
            ApiError::Web(WebError::Refused(refusal)) => status(refusal),
            other => other.status_code(),
        };
        let problem = Problem {
            r#type: "about:blank".into(),
            title: title.into(),
            status: u32::from(code.as_u16()),
            detail,
            errors: errors.into_iter().map(|(parameter, message)| ParameterFault { parameter, message }).collect(),
        };
        super::reply::problem(code, &problem)
    }
}
