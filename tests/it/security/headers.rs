//! Headers of every answer, and where they must differ.

use nongquan::web::routes;

use super::{get_as, log_in, send, with_holder};
use crate::support::World;

/// Every address a visitor may ask, with placeholders filled by something unknown.
fn addresses() -> Vec<String> {
    let all = routes::all().into_iter().filter(|r| r.method == "GET" && !r.path.ends_with("/events"));
    let fill = |p: &str| {
        p.split('/').map(|part| if part.starts_with('{') { "unknown" } else { part }).collect::<Vec<_>>().join("/")
    };
    let mut all: Vec<String> = all.map(|r| fill(r.path)).collect();
    all.extend(
        ["/nothing", "/api/nothing", "/desk/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/lots/%00"]
            .map(str::to_owned),
    );
    all
}

#[test]
fn s033_s034_every_answer_carries_the_policy() {
    let world = World::open();
    for path in addresses() {
        let answer = send(&world, "GET", &path, &[], "");
        let policy = answer.header("content-security-policy");
        for rule in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
    }
}

#[test]
fn s040_every_body_says_what_it_is() {
    let world = World::open();
    for path in addresses() {
        let answer = send(&world, "GET", &path, &[], "");
        if !answer.body.is_empty() {
            let kind = answer.header("content-type");
            assert!(kind.contains("charset=utf-8") || kind.starts_with("application/pdf"), "{path}: {kind}");
        }
    }
}

#[test]
fn s130_no_answer_tells_of_the_inside() {
    let world = World::open();
    for path in addresses() {
        let answer = send(&world, "GET", &path, &[], "");
        assert!(answer.status < 500, "{path}: {}", answer.status);
        for word in ["panicked", "diesel", "SELECT ", "stack backtrace", "src/", "deserialize", "actix"] {
            assert!(!answer.body.contains(word), "{path} says {word}");
        }
    }
}

#[test]
fn s107_nothing_says_what_runs_here() {
    let world = World::open();
    for path in ["/", "/nothing", "/api/v1/lots", "/healthz"] {
        let answer = send(&world, "GET", path, &[], "");
        assert_eq!(answer.header("server"), "");
        assert_eq!(answer.header("x-powered-by"), "");
    }
}

#[test]
fn s110_private_pages_are_kept_by_nobody() {
    let world = with_holder();
    let session = log_in(&world, "holder", "");
    for path in ["/desk", "/desk/messages", "/desk/applications", "/projects/new", "/account/password", "/"] {
        let page = get_as(&world, &session, path);
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
    }
    // A made-up ending does not turn a private page into a public file.
    for path in ["/desk/x.css", "/desk.css", "/desk/messages/logo.png", "/account/password.js"] {
        assert_eq!(get_as(&world, &session, path).status, 404, "{path}");
    }
}

#[test]
fn s032_only_open_data_is_for_every_site() {
    let world = World::open();
    let origins = ["https://evil.example", "null", "https://nq.example.cn.evil.example"];
    for path in addresses() {
        for origin in origins {
            let answer = send(&world, "GET", &path, &[("origin", origin)], "");
            let allowed = answer.header("access-control-allow-origin");
            let open = path.starts_with("/api") || path == "/keys.json";
            assert_eq!(allowed, if open { "*" } else { "" }, "{path} for {origin}");
            assert_eq!(answer.header("access-control-allow-credentials"), "", "{path}");
        }
    }
}

#[test]
fn s037_other_sites_cannot_load_our_pages() {
    let world = World::open();
    for path in ["/", "/login", "/lots", "/verify"] {
        assert_eq!(send(&world, "GET", path, &[], "").header("cross-origin-resource-policy"), "same-origin", "{path}");
    }
}

#[test]
fn s038_s111_pages_load_nothing_from_elsewhere() {
    let world = World::open();
    for path in addresses() {
        let answer = send(&world, "GET", &path, &[], "");
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let html = scraper::Html::parse_document(&answer.body);
        let loading = crate::support::client::css("script[src], link[href], img[src], iframe[src]");
        for e in html.select(&loading) {
            let to = e.attr("src").or_else(|| e.attr("href")).unwrap_or_default();
            assert!(to.starts_with('/') && !to.starts_with("//") || to.starts_with("data:"), "{path} loads {to}");
        }
        let inline = crate::support::client::css("script:not([src]), style");
        assert_eq!(html.select(&inline).count(), 0, "{path} has inline script or style");
    }
}
