//! A submitted form: read within limits, checked for its token, files kept aside.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse};
use futures_util::StreamExt;

use super::cx::Cx;
use super::error::{WebError, WebResult};
use super::typed::Typed;
use super::ui::{CSRF_FIELD, NONCE_FIELD, Page};
use super::upload::{self, Upload};
use crate::acts::clock;
use crate::context::App;
use crate::domain::actor::Actor;
use crate::domain::base::ids::{AccountId, LotId};
use crate::domain::lot::Act;
use crate::domain::refusal::{FieldFault, Refusal};
use crate::store::forms::Turn;
use crate::store::{Fault, Stop};

/// Largest body of a form without files, in bytes.
const FORM_BYTES: usize = 512 * 1024;

/// A submitted form whose token was right.
pub struct Post {
    /// The request.
    pub cx: Cx,
    /// What was typed.
    pub typed: Typed,
    /// Files, kept already; those that no act takes are swept away after an hour.
    pub files: Vec<Upload>,
    gate: Option<(LotId, Act)>,
}

impl FromRequest for Post {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = WebResult<Post>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let req = req.clone();
        let payload = payload.take();
        Box::pin(async move { Post::read(&req, payload).await })
    }
}

impl Post {
    async fn read(req: &HttpRequest, mut payload: Payload) -> WebResult<Post> {
        let cx = Cx::read(req).await?;
        same_origin(&cx, req)?;
        let (typed, files) = if req.content_type().eq_ignore_ascii_case("multipart/form-data") {
            upload::read(&cx, req, payload).await?
        } else if !req.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            // Other sites can send plain text without asking first; no form of ours does.
            return Err(WebError::StaleForm);
        } else {
            let mut body = BytesMut::new();
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(|_| WebError::BadBody("提交在传输中断开了，请重新提交。".into()))?;
                if body.len() + chunk.len() > FORM_BYTES {
                    return Err(WebError::BadBody("填写的内容太长，请缩短后重新提交。".into()));
                }
                body.extend_from_slice(&chunk);
            }
            (Typed::parse(&body), Vec::new())
        };
        if !token_fits(&cx, &typed) {
            return Err(WebError::StaleForm);
        }
        Ok(Post { cx, typed, files, gate: None })
    }

    /// The act of a case that this form is for: whether it is open to the caller now is asked before any field
    /// is judged, so that who comes out of turn hears that and nothing else.
    #[must_use]
    pub fn gated(mut self, lot: LotId, act: Act) -> Post {
        self.gate = Some((lot, act));
        self
    }

    /// Does an act once: the same form sent twice has one effect and the same answer.
    ///
    /// `act` gives where to go next and what to say there; `again` makes the page to show when
    /// the act is refused for what was typed.
    pub async fn act(
        self,
        act: impl FnOnce(&App, &Actor, &Typed, Vec<Upload>) -> Result<(String, String), Stop> + Send + 'static,
        again: impl Fn(&Cx, &Typed, &Refusal) -> WebResult<Page>,
    ) -> WebResult<HttpResponse> {
        let faults = self.files.iter().filter_map(Upload::fault).collect();
        self.act_unless(Files::AllOrNone(faults), act, again).await
    }

    /// The same for an act that takes some files even when others were not taken, and tells of those itself.
    pub async fn act_on_any_file(
        self,
        act: impl FnOnce(&App, &Actor, &Typed, Vec<Upload>) -> Result<(String, String), Stop> + Send + 'static,
        again: impl Fn(&Cx, &Typed, &Refusal) -> WebResult<Page>,
    ) -> WebResult<HttpResponse> {
        self.act_unless(Files::AnySound, act, again).await
    }

    async fn act_unless(
        self,
        taken: Files,
        act: impl FnOnce(&App, &Actor, &Typed, Vec<Upload>) -> Result<(String, String), Stop> + Send + 'static,
        again: impl Fn(&Cx, &Typed, &Refusal) -> WebResult<Page>,
    ) -> WebResult<HttpResponse> {
        let Post { cx, typed, files, gate } = self;
        let actor = cx.need_actor()?.clone();
        let lost = upload::lost(&files);
        // An act that keeps what is sound tells itself of the rest.
        let (mut faults, keeps) = match taken {
            Files::AllOrNone(faults) => (faults, false),
            Files::AnySound => (Vec::new(), true),
        };
        let form = match begin(&cx, &typed).await? {
            Begun::Done(location) => return Ok(cx.see_other(&location)),
            Begun::Mine(form) => form,
        };
        if let Some((lot, act)) = gate {
            let asker = actor.clone();
            match cx.run(move |app| clock::open_to(app, &asker, lot, act)).await {
                Ok(()) => {}
                Err(WebError::Refused(refusal)) if refusal != Refusal::NotFound => {
                    end(&cx, form, None).await?;
                    return cx.refuse(&refusal, &again(&cx, &typed, &refusal)?);
                }
                Err(other) => {
                    end(&cx, form, None).await?;
                    return Err(other);
                }
            }
        }
        let drawn = again(&cx, &typed, &Refusal::Fields { faults: Vec::new() });
        if let Ok(page) = drawn {
            faults.extend(misfits(&cx, &typed, &page));
        }
        if !faults.is_empty() {
            let refusal = upload::choose_again(Refusal::Fields { faults }, &lost);
            end(&cx, form, None).await?;
            return cx.refuse(&refusal, &again(&cx, &typed, &refusal)?);
        }
        let work = {
            let typed = typed.clone();
            move |app: &App| {
                let done = act(app, &actor, &typed, files);
                if !form.is_empty() {
                    app.store.write(|tx| match &done {
                        Ok((location, _)) => Ok(tx.finish_form(&form, location)?),
                        Err(_) => Ok(tx.put_form_down(&form)?),
                    })?;
                }
                done
            }
        };
        match cx.run(work).await {
            Ok((location, said)) => Ok(cx.see_other_saying(&location, &said)),
            Err(WebError::Refused(Refusal::NotFound)) => Err(Refusal::NotFound.into()),
            Err(WebError::Refused(refusal)) => {
                let refusal = if keeps { refusal } else { upload::choose_again(refusal, &lost) };
                let page = again(&cx, &typed, &refusal)?;
                cx.refuse(&refusal, &page)
            }
            Err(other) => Err(other),
        }
    }
}

/// How an act takes the files of its form.
enum Files {
    /// Only when all could be taken; these could not.
    AllOrNone(Vec<FieldFault>),
    /// Those that could be taken, whatever became of the others.
    AnySound,
}

/// What no act may see, as the form on `page` that was sent here judges it: hidden characters, too much
/// text, no figure in a field for figures.
fn misfits(cx: &Cx, typed: &Typed, page: &Page) -> Vec<FieldFault> {
    let path = cx.path.split('?').next().unwrap_or_default();
    page.faults(path, |name| typed.all(name))
}

/// The refusal of a form that does not go through [`Post::act`]; `None` when every field can be read.
pub fn misfit(cx: &Cx, typed: &Typed, page: &Page) -> Option<Refusal> {
    let faults = misfits(cx, typed, page);
    (!faults.is_empty()).then_some(Refusal::Fields { faults })
}

/// How long a second click waits for the first one's answer.
const WAITS: u32 = 100;
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(100);
/// A form that was in hand for longer was left by a crash.
const ABANDONED_SECS: i64 = 60;

/// A form at its first click, or at a later one.
#[derive(Debug)]
pub enum Begun {
    /// It is in hand now; to be told to [`end`]. Empty for a form without an id.
    Mine(String),
    /// It went through before, and its answer led here.
    Done(String),
}

/// Takes a form in hand, for handlers whose answer is not that of [`Post::act`]. Visitors have forms too.
pub async fn begin(cx: &Cx, typed: &Typed) -> WebResult<Begun> {
    let account = cx.actor().map_or(AccountId(uuid::Uuid::nil()), |actor| actor.account);
    Ok(match turn(cx, account, typed.text(NONCE_FIELD)).await? {
        Turn::Done(location) => Begun::Done(location),
        Turn::Mine => Begun::Mine(typed.text(NONCE_FIELD).to_owned()),
        Turn::Foreign => Begun::Mine(String::new()),
        Turn::Busy => return Err(Refusal::TooMany { wait_secs: 5 }.into()),
    })
}

/// Remembers where a form in hand led, or puts it down so that it can be corrected and sent again.
pub async fn end(cx: &Cx, form: String, location: Option<&str>) -> WebResult<()> {
    let location = location.map(str::to_owned);
    if form.is_empty() {
        return Ok(());
    }
    cx.run(move |app| {
        app.store.write(|tx| match &location {
            Some(location) => Ok(tx.finish_form(&form, location)?),
            None => Ok(tx.put_form_down(&form)?),
        })
    })
    .await
}

/// Whose turn it is with this form. Forms without an id are nobody's: their act alone decides.
async fn turn(cx: &Cx, account: AccountId, form: &str) -> WebResult<Turn> {
    if form.is_empty() {
        return Ok(Turn::Foreign);
    }
    for _ in 0..WAITS {
        let (form, path) = (form.to_owned(), cx.path.clone());
        let taken = cx.run(move |app| {
            let now = app.clock.real();
            let taken =
                app.store.write(|tx| Ok(tx.take_form(&form, account, &path, now, now.plus_secs(-ABANDONED_SECS))?));
            match taken {
                // The other click was faster by a hair.
                Err(Stop::Fault(Fault::Duplicate(_))) => Ok(Turn::Busy),
                other => other,
            }
        });
        match taken.await? {
            Turn::Busy => actix_web::rt::time::sleep(PAUSE).await,
            settled => return Ok(settled),
        }
    }
    Ok(Turn::Busy)
}

/// Whether the form carries the token of this session, or of this visitor.
pub(super) fn token_fits(cx: &Cx, typed: &Typed) -> bool {
    crate::crypto::mac::same(typed.raw(CSRF_FIELD).as_bytes(), cx.csrf().as_bytes())
}

/// Browsers say where a form came from; another site's is refused before its token is looked at.
fn same_origin(cx: &Cx, req: &HttpRequest) -> WebResult<()> {
    let said = |name: &str| req.headers().get(name).map(|v| v.to_str().unwrap_or("?"));
    let site = matches!(said("sec-fetch-site"), None | Some("same-origin" | "none"));
    let host = said("host").unwrap_or_default();
    let own = |origin: &str| {
        origin == cx.app.config.base_url.origin() || origin.split_once("://").is_some_and(|(_, rest)| rest == host)
    };
    if site && said("origin").is_none_or(own) { Ok(()) } else { Err(WebError::StaleForm) }
}
