//! Stored documents.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use crate::acts::uploads;
use crate::domain::refusal::Refusal;
use crate::files::disposition;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::headers::{CSP_FILE, NO_STORE};

/// `GET /documents/{id}`: PDF and pictures open in the browser, everything else is saved.
pub async fn show(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = path.parse().map_err(|_| Refusal::NotFound)?;
    let actor = cx.actor().cloned();
    let (document, bytes) = cx.run(move |app| uploads::fetch(app, actor.as_ref(), id)).await?;
    let inline = matches!(document.media_type.as_str(), "application/pdf" | "image/jpeg" | "image/png");
    Ok(HttpResponse::Ok()
        .content_type(document.media_type.clone())
        .insert_header((header::CONTENT_SECURITY_POLICY, CSP_FILE))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, NO_STORE))
        .insert_header((header::CONTENT_DISPOSITION, disposition(&document.name, inline)))
        .body(bytes))
}
