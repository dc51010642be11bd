//! Style sheet, scripts and pictures, inside the binary.
//!
//! One hash over all of them stands in every URL (`/assets/{hash}/app.css`), so that browsers keep them for a year and
//! relative addresses between them hold. An unknown hash is not found, never a stale file.

use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use sha2::{Digest, Sha256};

use super::headers::IMMUTABLE;

/// A file that browsers fetch.
struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: Vec<u8>,
}

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// The style sheet's parts in cascade order; tokens come first.
const STYLE: [&str; 10] = [
    include_str!("../../assets/css/tokens.css"),
    include_str!("../../assets/css/base.css"),
    include_str!("../../assets/css/layout.css"),
    include_str!("../../assets/css/form.css"),
    include_str!("../../assets/css/table.css"),
    include_str!("../../assets/css/case.css"),
    include_str!("../../assets/css/market.css"),
    include_str!("../../assets/css/room.css"),
    include_str!("../../assets/css/style.css"),
    include_str!("../../assets/css/print.css"),
];

/// First-party modules, by name.
const SCRIPTS: [(&str, &str); 7] = [
    ("app.js", include_str!("../../assets/js/app.js")),
    ("countdown.js", include_str!("../../assets/js/countdown.js")),
    ("live.js", include_str!("../../assets/js/live.js")),
    ("dialog.js", include_str!("../../assets/js/dialog.js")),
    ("autosave.js", include_str!("../../assets/js/autosave.js")),
    ("upload.js", include_str!("../../assets/js/upload.js")),
    ("aloud.js", include_str!("../../assets/js/aloud.js")),
];

const PICTURES: [(&str, &str); 3] = [
    ("favicon.svg", include_str!("../../assets/img/favicon.svg")),
    ("chevron.svg", include_str!("../../assets/img/chevron.svg")),
    ("hills.svg", include_str!("../../assets/img/hills.svg")),
];

struct Shelf {
    hash: String,
    assets: Vec<Asset>,
}

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let text = |kind| move |(name, body): &(&'static str, &str)| Asset { name, kind, bytes: body.as_bytes().to_vec() };
    let mut assets = vec![Asset { name: "app.css", kind: CSS, bytes: without_comments(&STYLE.concat()).into_bytes() }];
    assets.extend(SCRIPTS.iter().map(text(JS)));
    assets.extend(PICTURES.iter().map(text(SVG)));
    let mut digest = Sha256::new();
    for asset in &assets {
        digest.update(asset.name.as_bytes());
        digest.update(&asset.bytes);
    }
    let hash = hex::encode(digest.finalize()).chars().take(16).collect();
    Shelf { hash, assets }
});

/// The style sheet without comments and indentation: a fifth smaller on a slow line.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start..].split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// The address of an asset, such as `/assets/0f3a…/app.css`.
pub fn url(name: &str) -> String {
    format!("/assets/{}/{name}", SHELF.hash)
}

/// The bytes of an asset and their content type; `None` for a name that is not shipped.
pub fn find(name: &str) -> Option<(&'static [u8], &'static str)> {
    SHELF.assets.iter().find(|asset| asset.name == name).map(|asset| (asset.bytes.as_slice(), asset.kind))
}

/// `GET /assets/{hash}/{name}`.
pub async fn serve(path: web::Path<(String, String)>) -> HttpResponse {
    let (hash, name) = path.into_inner();
    match find(&name) {
        Some((bytes, kind)) if hash == SHELF.hash => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, kind))
            .insert_header((CACHE_CONTROL, IMMUTABLE))
            .insert_header(("x-content-type-options", "nosniff"))
            .insert_header(("cross-origin-resource-policy", "same-origin"))
            .body(bytes),
        _ => HttpResponse::NotFound().insert_header((CACHE_CONTROL, "no-store")).finish(),
    }
}

/// Registers the asset route.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/assets/{hash}/{name}", web::get().to(serve));
}
