//! The HTTP service: routes, headers, limits.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::{Server, Service as _};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{App as Http, HttpServer, web};

use super::error::WebError;
use super::{headers, routes};
use crate::context::App;
use crate::domain::refusal::Refusal;

/// The stamp of a request's arrival, taken before anything else is done with it: it decides
/// whether a bid was in time (rulebook 0.4).
#[derive(Clone, Copy, Debug)]
pub struct ReceivedAt(pub crate::domain::base::Instant);

/// Binds the routes to a listener. The caller runs the returned server.
pub fn serve(app: web::Data<App>, listener: TcpListener, workers: usize) -> std::io::Result<Server> {
    let server = HttpServer::new(move || {
        let clock = app.clone();
        Http::new()
            .app_data(app.clone())
            .wrap_fn(move |req, service| {
                use actix_web::HttpMessage;
                req.extensions_mut().insert(ReceivedAt(clock.clock.now()));
                let answer = service.call(req);
                async move {
                    let mut response = answer.await?;
                    for (name, value) in headers::PAGE {
                        let name = HeaderName::from_static(name);
                        if !response.headers().contains_key(&name) {
                            response.headers_mut().insert(name, HeaderValue::from_static(value));
                        }
                    }
                    Ok(response)
                }
            })
            .configure(routes::configure)
            .default_service(web::to(nothing_here))
    })
    .workers(workers)
    .client_request_timeout(Duration::from_secs(15))
    .keep_alive(Duration::from_secs(30))
    .shutdown_timeout(5)
    .listen(listener)?
    .run();
    Ok(server)
}

/// Serves until the process is told to stop (SIGTERM or Ctrl-C), then lets running requests end.
pub fn run(app: std::sync::Arc<App>, listener: TcpListener, workers: usize) -> std::io::Result<()> {
    actix_web::rt::System::new().block_on(async move { serve(web::Data::from(app), listener, workers)?.await })
}

async fn nothing_here() -> Result<actix_web::HttpResponse, WebError> {
    Err(WebError::Refused(Refusal::NotFound))
}
