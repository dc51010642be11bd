//! How answers go out: readable by every site without credentials (they are open data), revalidated
//! by their hash, never bound to a session.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;

use super::problem::{ApiError, ApiResult};
use super::shapes::Problem;
use crate::crypto::suite::sm3;
use crate::web::error::WebError;

/// How long an answer may be used without asking again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fresh {
    /// Ask every time; the hash saves the transfer when nothing changed.
    Ask,
    /// Changes with a new version of the program at most: an hour.
    Hour,
    /// Never changes: a full page of the append-only journal, a proof for a given size.
    Forever,
}

impl Fresh {
    const fn header(self) -> &'static str {
        match self {
            Fresh::Ask => "public, no-cache",
            Fresh::Hour => "public, max-age=3600",
            Fresh::Forever => "public, max-age=31536000, immutable",
        }
    }
}

fn open(response: &mut HttpResponseBuilder) {
    response
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header(("cross-origin-resource-policy", "cross-origin"));
}

/// An answer, or 304 when the caller has it already.
pub fn json<T: Serialize>(req: &HttpRequest, fresh: Fresh, body: &T) -> ApiResult {
    let text = serde_json::to_string(body).map_err(|e| ApiError::Web(WebError::Fault(e.to_string())))?;
    let tag = format!("\"{}\"", &sm3(&[text.as_bytes()]).hex()[..32]);
    let known = req.headers().get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let same = known.split(',').any(|t| t.trim().trim_start_matches("W/") == tag || t.trim() == "*");
    let mut response = HttpResponse::build(if same { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    open(&mut response);
    response.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, fresh.header()));
    if same {
        return Ok(response.finish());
    }
    Ok(response.content_type("application/json; charset=utf-8").body(text))
}

/// A problem.
pub fn problem(status: StatusCode, problem: &Problem) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    open(&mut response);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.insert_header((header::ALLOW, "GET, HEAD"));
    }
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/problem+json; charset=utf-8")
        .body(serde_json::to_string(problem).unwrap_or_default())
}
