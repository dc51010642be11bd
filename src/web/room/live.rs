//! The live stream: a rendered fragment for every change, the latest state wins. What everybody
//! gets is rendered once; a bidder's own box travels on that bidder's connection alone.

use std::time::Duration;

use actix_web::http::{Method, header};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::stream;
use tokio::sync::watch;
use tokio::time::Instant as Tick;

use super::{Hall, blocks};
use crate::context::App;
use crate::domain::base::ids::LotId;
use crate::domain::refusal::Refusal;
use crate::store::views::room::pulse;
use crate::web::cx::Cx;
use crate::web::error::WebResult;

/// Something is sent at least this often, so that proxies keep the stream and the page knows it lives.
const PING: Duration = Duration::from_secs(8);
/// How often a process looks for changes that another process made.
const LOOK: Duration = Duration::from_secs(1);
/// A stream ends after this long; the browser comes again with its session checked anew.
const LONGEST: Duration = Duration::from_secs(300);
/// Milliseconds until a browser reconnects.
const RETRY_MS: u32 = 3_000;

/// The boxes as this watcher sees them, with the state they show. `None` when they are the ones `sent` already.
async fn render(cx: &Cx, lot_no: &str, sent: &str) -> WebResult<Option<(String, String)>> {
    let (lot, state) = look(cx, lot_no).await?;
    if state == sent {
        return Ok(None);
    }
    let own = |hall: &Hall| blocks::seat(hall, &cx.csrf(), cx.now()).map(|b| b.to_string()).unwrap_or_default();
    // What all share is read from the database once for each change, whoever comes first.
    if let Some(shared) = cx.app.hub.fragment(lot, &state) {
        let seat = Hall::own_place(cx, lot_no).await?.map(|hall| own(&hall)).unwrap_or_default();
        return Ok(Some((state, format!("{shared}{seat}"))));
    }
    let hall = Hall::load(cx, lot_no).await?;
    let state = hall.view.pulse.clone();
    let shared: String = blocks::public(&hall, cx.now()).iter().map(ToString::to_string).collect();
    cx.app.hub.keep_fragment(lot, &state, &shared);
    let seat = own(&hall);
    Ok(Some((state, format!("{shared}{seat}"))))
}

/// `GET /lots/{lot_no}/room/fragment`: the boxes alone, for pages whose stream is broken.
pub(super) async fn fragment(cx: Cx, lot_no: web::Path<String>) -> WebResult<HttpResponse> {
    let html = render(&cx, &lot_no, "").await?.map(|(_, html)| html).unwrap_or_default();
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, crate::web::headers::NO_STORE))
        .body(html))
}

/// What the page that opens a stream shows.
#[derive(serde::Deserialize)]
pub(super) struct Page {
    #[serde(default)]
    seen: String,
}

struct Watch {
    cx: Cx,
    lot_no: String,
    receiver: watch::Receiver<u64>,
    sent: String,
    first: bool,
    ends: Tick,
}

/// `GET /lots/{lot_no}/events`
pub(super) async fn events(
    cx: Cx,
    req: HttpRequest,
    lot_no: web::Path<String>,
    page: web::Query<Page>,
) -> WebResult<HttpResponse> {
    let lot_no = lot_no.into_inner();
    let (lot, state) = look(&cx, &lot_no).await?;
    if req.method() == Method::HEAD {
        // A stream's head is all there is; nobody waits for its end.
        return Ok(HttpResponse::Ok().content_type("text/event-stream; charset=utf-8").finish());
    }
    let (receiver, looks) = cx.app.hub.subscribe(lot);
    if looks {
        actix_web::rt::spawn(look_for_changes(cx.app.clone(), lot, lot_no.clone(), state));
    }
    let watch = Watch { cx, lot_no, receiver, sent: page.into_inner().seen, first: true, ends: Tick::now() + LONGEST };
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, crate::web::headers::NO_STORE))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(stream::unfold(watch, next)))
}

async fn look(cx: &Cx, lot_no: &str) -> WebResult<(LotId, String)> {
    let lot_no = lot_no.to_owned();
    cx.run(move |app| Ok(app.store.read(|db| pulse(db, &lot_no))?.ok_or(Refusal::NotFound)?)).await
}

/// The next piece of the stream: a fragment when something changed, else a ping.
async fn next(mut watch: Watch) -> Option<(Result<Bytes, actix_web::Error>, Watch)> {
    if Tick::now() >= watch.ends {
        return None;
    }
    if watch.first {
        watch.first = false;
        let piece = piece(&mut watch).await.unwrap_or_default();
        return Some((Ok(Bytes::from(format!("retry: {RETRY_MS}\n{piece}"))), watch));
    }
    let text = match tokio::time::timeout(PING, watch.receiver.changed()).await {
        Ok(Ok(())) => {
            watch.receiver.borrow_and_update();
            piece(&mut watch).await
        }
        // Without the sender the stream still pings; a broken one ends and is opened again.
        Ok(Err(_)) => return None,
        Err(_) => None,
    };
    Some((Ok(Bytes::from(text.unwrap_or_else(|| "event: ping\ndata: 1\n\n".to_owned()))), watch))
}

async fn piece(watch: &mut Watch) -> Option<String> {
    let (state, html) = render(&watch.cx, &watch.lot_no, &watch.sent).await.ok()??;
    watch.sent = state;
    let lines: String = html.lines().map(|line| format!("data: {line}\n")).collect();
    Some(format!("event: fragment\n{lines}\n"))
}

/// While somebody watches here, what another process changed is found within a second.
async fn look_for_changes(app: web::Data<App>, lot: LotId, lot_no: String, state: String) {
    let mut state = state;
    while app.hub.looks_on(lot) {
        tokio::time::sleep(LOOK).await;
        let (of, no) = (app.clone(), lot_no.clone());
        let seen = web::block(move || of.store.read(|db| pulse(db, &no))).await;
        if let Ok(Ok(Some((_, newer)))) = seen
            && newer != state
        {
            state = newer;
            app.hub.changed(lot);
        }
    }
}
