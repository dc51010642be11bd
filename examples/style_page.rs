//! Serves the living style page alone, with the security headers of the real pages, to look at while changing it:
//! `cargo run --example style_page -- 127.0.0.1:8099`, then `/style` or `/style?large`.

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use nongquan::domain::base::Day;
use nongquan::web::{assets, headers, ui};

async fn show(request: HttpRequest) -> HttpResponse {
    let name = request.match_info().get("name").unwrap_or_default().to_owned();
    let now = Day::ymd(2026, 11, 23).map(|day| day.at(9, 30)).unwrap_or_default();
    let chrome = ui::Chrome::new("", now).csrf("style").large(request.query_string().contains("large"));
    let Some(page) = ui::style::page(&name, chrome) else { return HttpResponse::NotFound().finish() };
    let mut answer = HttpResponse::Ok();
    for header in headers::page_headers() {
        answer.insert_header(header);
    }
    answer.content_type("text/html; charset=utf-8").body(page.html())
}

async fn hall(query: web::Query<std::collections::HashMap<String, usize>>) -> HttpResponse {
    let turn = query.get("turn").copied().unwrap_or(1);
    let mut answer = HttpResponse::Ok();
    for header in headers::page_headers() {
        answer.insert_header(header);
    }
    answer.content_type("text/html; charset=utf-8").body(ui::style::hall(turn).html())
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let listen = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8099".to_owned());
    println!("http://{listen}/style");
    let app = || {
        App::new()
            .configure(assets::routes)
            .route("/style", web::get().to(show))
            .route("/style/hall", web::get().to(hall))
            .route("/style/{name}", web::get().to(show))
    };
    HttpServer::new(app).workers(1).bind(listen)?.run().await
}
