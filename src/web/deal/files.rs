//! Papers as downloads, printed when somebody first asks for them.

use actix_web::{HttpResponse, web};

use super::sheet::lot_id;
use crate::acts::papers;
use crate::web::cx::Cx;
use crate::web::error::WebResult;

fn pdf(bytes: Vec<u8>, name: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header(("content-disposition", format!("inline; filename=\"{name}.pdf\"")))
        .insert_header(("cache-control", "no-store"))
        .body(bytes)
}

/// `GET /lots/{lot_no}/notice.pdf`
pub(super) async fn notice(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let lot_no = path.into_inner();
    Ok(pdf(cx.run(move |app| papers::public(app, &lot_no, "F03")).await?, "notice"))
}

/// `GET /lots/{lot_no}/papers/{code}.pdf`
pub(super) async fn public(cx: Cx, path: web::Path<(String, String)>) -> WebResult<HttpResponse> {
    let (lot_no, code) = path.into_inner();
    let wanted = code.clone();
    let bytes = cx.run(move |app| papers::public(app, &lot_no, &wanted)).await?;
    Ok(pdf(bytes, &code))
}

/// `GET /cases/{id}/papers/{code}.pdf`
pub(super) async fn internal(cx: Cx, path: web::Path<(String, String)>) -> WebResult<HttpResponse> {
    let (id, code) = path.into_inner();
    let (actor, id, wanted) = (cx.need_actor()?.clone(), lot_id(&id)?, code.clone());
    let bytes = cx.run(move |app| papers::internal(app, &actor, id, &wanted)).await?;
    Ok(pdf(bytes, &code))
}
