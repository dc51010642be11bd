//! Every route of the service in one list, so that the permission matrix can walk it and a new
//! route without a row fails a test.

use actix_web::guard;
use actix_web::web::{self, ServiceConfig};

/// A route: method and path pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Path with `{placeholders}`.
    pub path: &'static str,
}

/// Declares a module's routes: the list for the tests and the registration are one text.
#[macro_export]
macro_rules! routes {
    ($($method:ident $path:literal => $handler:path;)+) => {
        /// The routes of this module.
        pub const ROUTES: &[$crate::web::routes::Route] = &[
            $($crate::web::routes::Route {
                method: $crate::web::routes::method_name(stringify!($method)),
                path: $path,
            }),+
        ];

        /// Registers them.
        pub fn configure(config: &mut actix_web::web::ServiceConfig) {
            $(config.route($path, $crate::web::routes::answering(stringify!($method)).to($handler));)+
        }
    };
}

/// `get` to `GET`.
pub const fn method_name(name: &'static str) -> &'static str {
    match name.as_bytes() {
        b"get" => "GET",
        b"post" => "POST",
        _ => "OTHER",
    }
}

/// A route for a method; what can be read can be asked for its head too.
pub fn answering(method: &str) -> actix_web::Route {
    match method {
        "get" => web::route().guard(guard::Any(guard::Get()).or(guard::Head())),
        _ => web::post(),
    }
}

/// The methods that an address answers, for who asked with another one.
pub fn methods_of(path: &str) -> Vec<&'static str> {
    let fits = |pattern: &str| {
        let (mut asked, mut known) = (path.split('/'), pattern.split('/'));
        loop {
            match (asked.next(), known.next()) {
                (None, None) => return true,
                (Some(a), Some(k)) if a == k || (k.starts_with('{') && !a.is_empty()) => {}
                (_, _) => return false,
            }
        }
    };
    let mut all: Vec<&str> = Vec::new();
    for route in self::all().into_iter().filter(|r| fits(r.path)) {
        all.extend(if route.method == "GET" { &["GET", "HEAD"][..] } else { &["POST"][..] });
    }
    all.sort_unstable();
    all.dedup();
    all
}

macro_rules! modules {
    ($($module:ident),+ $(,)?) => {
        /// All routes, in order of module.
        pub fn all() -> Vec<Route> {
            [$(super::$module::ROUTES),+].concat()
        }

        /// Registers all routes.
        pub fn configure(config: &mut ServiceConfig) {
            $(super::$module::configure(config);)+
        }
    };
}

modules!(
    demo,
    account,
    assets_route,
    bidder,
    qualification,
    finance,
    room,
    admin,
    register,
    stepup,
    verification,
    work,
    caselist,
    case,
    portal,
    api,
    journal,
    password,
    supervision,
    seller,
    deal
);
