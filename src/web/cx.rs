//! The request as every page sees it: who asks, from where, with which session, and how to answer.

use std::future::Future;
use std::pin::Pin;

use actix_web::cookie::{Cookie, SameSite, time::Duration as CookieAge};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use askama::Template;

use super::error::{self, WebError, WebResult};
use super::shell;
use super::ui::{Mood, Page};
use crate::acts::login::{self, Signed};
use crate::context::App;
use crate::crypto::token::Token;
use crate::domain::actor::Actor;
use crate::domain::base::Instant;
use crate::domain::base::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::store::Stop;

/// The session cookie; over TLS under a name that browsers take from this very host only.
const SESSION_COOKIE: &str = "nq_session";
const SESSION_COOKIE_TLS: &str = "__Host-nq_session";
/// The cookie of a visitor who has not logged in; only forms need it.
pub const VISITOR_COOKIE: &str = "nq_visitor";
const FLASH_COOKIE: &str = "nq_flash";
/// Remembers the large version (关怀版).
pub const LARGE_COOKIE: &str = "nq_large";

/// The request's context.
#[derive(Clone)]
pub struct Cx {
    /// The exchange.
    pub app: web::Data<App>,
    /// The session, when somebody is logged in.
    pub signed: Option<Signed>,
    /// The visitor's token for forms without login.
    visitor: String,
    fresh_visitor: bool,
    /// Path with query.
    pub path: String,
    /// The address the request came from, as the trusted proxies tell it.
    pub ip: String,
    /// Large version.
    pub large: bool,
    flash: Option<String>,
}

impl FromRequest for Cx {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = WebResult<Cx>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move { Cx::read(&req).await })
    }
}

/// Whether the answer is a page that somebody looks at. A script that follows a form's redirect only wants
/// to know where it leads: the message waits for the page itself.
fn is_looked_at(req: &HttpRequest) -> bool {
    req.headers().get("sec-fetch-dest").is_none_or(|dest| dest != "empty")
}

/// Who sent a request, for the log of what was refused.
#[derive(Clone, Copy, Debug)]
pub struct SentBy(pub AccountId);

impl Cx {
    /// Reads cookies and session of a request.
    pub async fn read(req: &HttpRequest) -> WebResult<Cx> {
        let app = req.app_data::<web::Data<App>>().cloned().ok_or(WebError::Misconfigured)?;
        let token = req.cookie(session_name(&app)).and_then(|c| Token::parse(c.value()));
        let signed = match token {
            None => None,
            Some(token) => {
                let app = app.clone();
                web::block(move || login::resume(&app, &token)).await.map_err(|_| WebError::Overloaded)??
            }
        };
        if let Some(signed) = &signed {
            req.extensions_mut().insert(SentBy(signed.actor.account));
        }
        let visitor = req.cookie(VISITOR_COOKIE).and_then(|c| Token::parse(c.value()));
        let fresh_visitor = visitor.is_none();
        let visitor = match visitor {
            Some(token) => token.expose().to_owned(),
            None => Token::random().map_err(|e| WebError::Fault(e.to_string()))?.expose().to_owned(),
        };
        Ok(Cx {
            ip: super::peer::address(req, &app.config.proxies),
            large: req.cookie(LARGE_COOKIE).is_some_and(|c| c.value() == "1"),
            flash: req.cookie(FLASH_COOKIE).filter(|_| is_looked_at(req)).map(|c| c.value().to_owned()),
            path: req.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
            signed,
            visitor,
            fresh_visitor,
            app,
        })
    }

    /// The caller, when logged in.
    pub fn actor(&self) -> Option<&Actor> {
        self.signed.as_ref().map(|s| &s.actor)
    }

    /// The caller, or the way to the login page.
    pub fn need_actor(&self) -> WebResult<&Actor> {
        self.actor().ok_or_else(|| WebError::LoginFirst { back: self.path.clone() })
    }

    /// Business time.
    pub fn now(&self) -> Instant {
        self.app.clock.now()
    }

    /// The token that this caller's forms must carry.
    pub fn csrf(&self) -> String {
        match &self.signed {
            Some(s) => s.csrf.clone(),
            None => hex::encode(self.app.keys.csrf().tag("visitor", &[self.visitor.as_bytes()])),
        }
    }

    /// A nonce for a new form.
    pub fn nonce(&self) -> String {
        crate::context::new_id().to_string()
    }

    /// Runs blocking work (database, hashing, papers) off the event loop.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> Result<T, Stop> + Send + 'static,
    ) -> WebResult<T> {
        let app = self.app.clone();
        Ok(web::block(move || work(&app)).await.map_err(|_| WebError::Overloaded)??)
    }

    /// A page in its shell, with a title.
    pub fn page(&self, title: &str) -> Page {
        Page::new(shell::chrome(self, title))
    }

    /// Answers with a page.
    pub fn ok(&self, page: &impl Template) -> WebResult<HttpResponse> {
        self.answer(actix_web::http::StatusCode::OK, page)
    }

    /// Answers with a page and a status.
    pub fn answer(&self, status: actix_web::http::StatusCode, page: &impl Template) -> WebResult<HttpResponse> {
        let html = page.render().map_err(|e| WebError::Fault(e.to_string()))?;
        let mut response = HttpResponse::build(status);
        response.content_type("text/html; charset=utf-8");
        response.insert_header((header::CACHE_CONTROL, super::headers::NO_STORE));
        if self.fresh_visitor && self.signed.is_none() {
            response.cookie(self.cookie(VISITOR_COOKIE, &self.visitor));
        }
        if self.flash.is_some() {
            let mut gone = self.cookie(FLASH_COOKIE, "");
            gone.make_removal();
            response.cookie(gone);
        }
        Ok(response.body(html))
    }

    /// Answers a form with the page that tells why it was refused, under the refusal's status.
    pub fn refuse(&self, refusal: &Refusal, page: &impl Template) -> WebResult<HttpResponse> {
        let mut response = self.answer(error::status(refusal), page)?;
        if let Some(mark) = error::Refused::of(refusal) {
            response.extensions_mut().insert(mark);
        }
        Ok(response)
    }

    /// Leads on to another page after a form (303).
    pub fn see_other(&self, to: &str) -> HttpResponse {
        HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
    }

    /// Leads on with a message that the next page shows once.
    pub fn see_other_saying(&self, to: &str, said: &str) -> HttpResponse {
        let text = percent_encoding::utf8_percent_encode(said, percent_encoding::NON_ALPHANUMERIC).to_string();
        let mut flash = self.cookie(FLASH_COOKIE, &text);
        flash.set_max_age(CookieAge::seconds(60));
        HttpResponse::SeeOther().insert_header((header::LOCATION, to)).cookie(flash).finish()
    }

    /// The message the page before left.
    pub fn flash(&self) -> Option<(Mood, String)> {
        let text = self.flash.as_ref()?;
        Some((Mood::Success, percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()))
    }

    /// The cookie that carries the session's token.
    pub fn session_cookie(&self, token: &str) -> Cookie<'static> {
        self.cookie(session_name(&self.app), token)
    }

    /// A cookie with the attributes all of ours have.
    pub fn cookie<'c>(&self, name: &'c str, value: &str) -> Cookie<'c> {
        Cookie::build(name, value.to_owned())
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.app.config.base_url.is_https())
            .finish()
    }
}

fn session_name(app: &App) -> &'static str {
    if app.config.base_url.is_https() { SESSION_COOKIE_TLS } else { SESSION_COOKIE }
}
