//! Static assets, the health checks and the living style page.

use actix_web::HttpResponse;

use super::cx::Cx;
use super::error::WebResult;

crate::routes! {
    get "/healthz" => health;
    get "/readyz" => ready;
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
