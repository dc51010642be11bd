//! Static assets, the health checks and the living style page.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::assets::serve as asset;
use super::cx::Cx;
use super::error::{WebError, WebResult};
use super::shell::chrome;
use super::ui::style;
use crate::domain::refusal::Refusal;

crate::routes! {
    get "/healthz" => health;
    get "/readyz" => ready;
    get "/assets/{hash}/{name}" => asset;
    get "/style" => overview;
    get "/style/hall" => hall;
    get "/style/{name}" => specimen;
}

/// The living style page.
async fn overview(cx: Cx) -> WebResult<HttpResponse> {
    show(&cx, "")
}

/// One of its whole pages.
async fn specimen(cx: Cx, name: web::Path<String>) -> WebResult<HttpResponse> {
    show(&cx, &name)
}

fn show(cx: &Cx, name: &str) -> WebResult<HttpResponse> {
    let page = style::page(name, chrome(cx, "样式总览")).ok_or(WebError::Refused(Refusal::NotFound))?;
    cx.ok(&page)
}

#[derive(Deserialize)]
struct Turn {
    turn: Option<usize>,
}

/// A turn of the hall screen's specimen.
async fn hall(turn: web::Query<Turn>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(style::hall(turn.turn.unwrap_or(1)).html())
}

/// The process is alive.
async fn health() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// The process can serve: the database answers.
async fn ready(cx: Cx) -> WebResult<HttpResponse> {
    // A connection is tried before it is handed out.
    cx.run(|app| Ok(app.store.read(|_| Ok(()))?)).await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"))
}
