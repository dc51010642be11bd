//! The HTTP service: routes, headers, limits.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::{Server, Service as _};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{App as Http, Either, HttpMessage, HttpRequest, HttpResponse, HttpServer, ResponseError, web};

use super::api::problem::ApiError;
use super::cx::SentBy;
use super::error::{self, WebError};
use super::{api, headers, routes};
use crate::acts::posts;
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
                let stamp = clock.clock.now();
                // The place in the lane goes with the stamp: nothing closes the room before the bid was looked at.
                let place = bids_for(req.method(), req.path()).map(|lot| clock.hub.lane().enter(lot, stamp));
                req.extensions_mut().insert(ReceivedAt(stamp));
                if let Some(place) = place {
                    req.extensions_mut().insert(place);
                }
                let tls = clock.config.base_url.is_https().then_some(headers::HSTS);
                let answer = match no_text(req.path(), req.query_string()) {
                    Some(refused) => Either::Left(req.into_response(refused)),
                    None => Either::Right(service.call(req)),
                };
                let told = clock.clone();
                async move {
                    let mut response = match answer {
                        Either::Left(refused) => refused,
                        Either::Right(answer) => answer.await?,
                    };
                    response = error::dress(response).await;
                    for (name, value) in headers::PAGE.into_iter().chain(tls) {
                        let name = HeaderName::from_static(name);
                        if !response.headers().contains_key(&name) {
                            response.headers_mut().insert(name, HeaderValue::from_static(value));
                        }
                    }
                    let marked = response.response().extensions().contains::<error::Refused>();
                    refused_post(&told, response.request(), response.status(), marked).await;
                    Ok(response)
                }
            })
            .app_data(web::QueryConfig::default().error_handler(|_, _| bad_address().into()))
            .app_data(web::PathConfig::default().error_handler(|_, _| bad_address().into()))
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

/// Serves until the function that is told is called: for measurements of this process by itself.
pub fn run_telling(
    app: std::sync::Arc<App>,
    listener: TcpListener,
    workers: usize,
    tell: std::sync::mpsc::Sender<Box<dyn FnOnce() + Send>>,
) -> std::io::Result<()> {
    actix_web::rt::System::new().block_on(async move {
        let server = serve(web::Data::from(app), listener, workers)?;
        let handle = server.handle();
        // The order to stop is given when the future is made.
        let _ = tell.send(Box::new(move || drop(handle.stop(false))));
        server.await
    })
}

/// Serves until the process is told to stop (SIGTERM or Ctrl-C), then lets running requests end.
pub fn run(app: std::sync::Arc<App>, listener: TcpListener, workers: usize) -> std::io::Result<()> {
    actix_web::rt::System::new().block_on(async move { serve(web::Data::from(app), listener, workers)?.await })
}

/// The number of the lot that a request bids for.
fn bids_for<'p>(method: &Method, path: &'p str) -> Option<&'p str> {
    let lot = path.strip_prefix("/lots/")?.strip_suffix("/bids")?;
    (method == Method::POST && !lot.contains('/')).then_some(lot)
}

/// The address carries something that cannot be; the library would say so in English.
fn bad_address() -> WebError {
    WebError::BadBody("网址中的参数不正确，请从页面上的链接重新进入。".into())
}

/// The answer to an address with NUL in it, which no database keeps as text. The open interface
/// names the parameter itself.
fn no_text(path: &str, query: &str) -> Option<HttpResponse> {
    const NUL: &str = "%00";
    let api = api::owns(path);
    if path.contains(NUL) {
        let unknown = || WebError::Refused(Refusal::NotFound).error_response();
        return Some(if api { ApiError::not_found().error_response() } else { unknown() });
    }
    (!api && query.contains(NUL)).then(|| bad_address().error_response())
}

/// Notes the refusal of a form that somebody signed in has sent: without being allowed, out of turn, against
/// a rule, or for a case that is not his; not what was mistyped. Bids that the room refuses stand in its own
/// record, those of somebody who is no bidder here.
async fn refused_post(app: &web::Data<App>, req: &HttpRequest, status: StatusCode, marked: bool) {
    let by_status = matches!(
        status,
        StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::CONFLICT | StatusCode::TOO_MANY_REQUESTS
    );
    let bid = req.path().ends_with("/bids");
    let in_room = bid && !matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND) && !marked;
    if req.method() != Method::POST || !(by_status || marked) || in_room {
        return;
    }
    let Some(SentBy(account)) = req.extensions().get().copied() else { return };
    let (app, path) = (app.clone(), noted_path(req.path()));
    let noted = web::block(move || posts::note_refused(&app, account, &path, status.as_u16())).await;
    match noted {
        Ok(Ok(())) => {}
        Ok(Err(stop)) => tracing::error!(?stop, "a refusal is not on the security log"),
        Err(gone) => tracing::error!(%gone, "a refusal is not on the security log"),
    }
}

/// The path as the security log keeps it. Which lot somebody applies for is nobody's to read there: on the routes
/// of bidders its number is left out.
fn noted_path(path: &str) -> String {
    let lot = path.strip_prefix("/lots/").and_then(|rest| rest.split_once('/'));
    let path = match lot {
        Some((_, below)) => format!("/lots/…/{below}"),
        None => path.to_owned(),
    };
    path.chars().take(200).collect()
}

/// No route answers: the address is unknown, or it is known but not for this method.
async fn nothing_here(req: HttpRequest) -> HttpResponse {
    let methods = routes::methods_of(req.path());
    let known = !methods.is_empty() && !methods.contains(&req.method().as_str());
    if api::owns(req.path()) {
        return if known { ApiError::Method.error_response() } else { ApiError::not_found().error_response() };
    }
    let mut response = WebError::Refused(Refusal::NotFound).error_response();
    if known && let Ok(allow) = HeaderValue::from_str(&methods.join(", ")) {
        *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}
