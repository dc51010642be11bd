//! Style sheet, scripts and pictures, inside the binary.
//!
//! One hash over all of them stands in every URL (`/assets/{hash}/app.css`), so that browsers keep them for a year and
//! relative addresses between them hold. An unknown hash is not found, never a stale file.

use std::io::Write;
use std::sync::LazyLock;

use actix_web::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use actix_web::{HttpRequest, HttpResponse, web};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::headers::IMMUTABLE;

/// A file that browsers fetch.
struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: Vec<u8>,
    zipped: Vec<u8>,
}

impl Asset {
    fn new(name: &'static str, kind: &'static str, text: &str) -> Asset {
        let bytes = text.as_bytes().to_vec();
        let zipped = zip(&bytes).unwrap_or_default();
        Asset { name, kind, bytes, zipped }
    }
}

/// Packed once at the start; on a village's line the style sheet is a quarter then.
fn zip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    packer.finish()
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

/// The hall screen has a sheet of its own.
const HALL: [&str; 2] = [include_str!("../../assets/css/tokens.css"), include_str!("../../assets/css/hall.css")];

/// First-party modules, by name.
const SCRIPTS: [(&str, &str); 9] = [
    ("hall.js", include_str!("../../assets/js/hall.js")),
    ("app.js", include_str!("../../assets/js/app.js")),
    ("countdown.js", include_str!("../../assets/js/countdown.js")),
    ("live.js", include_str!("../../assets/js/live.js")),
    ("dialog.js", include_str!("../../assets/js/dialog.js")),
    ("autosave.js", include_str!("../../assets/js/autosave.js")),
    ("upload.js", include_str!("../../assets/js/upload.js")),
    ("when.js", include_str!("../../assets/js/when.js")),
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
    let text = |kind| move |(name, body): &(&'static str, &str)| Asset::new(name, kind, body);
    let mut assets = vec![
        Asset::new("app.css", CSS, &without_comments(&STYLE.concat())),
        Asset::new("hall.css", CSS, &without_comments(&HALL.concat())),
    ];
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

/// The bytes of an asset packed with gzip.
pub fn find_zipped(name: &str) -> Option<&'static [u8]> {
    SHELF.assets.iter().find(|asset| asset.name == name).map(|asset| asset.zipped.as_slice()).filter(|z| !z.is_empty())
}

/// `GET /assets/{hash}/{name}`.
pub async fn serve(path: web::Path<(String, String)>, request: HttpRequest) -> HttpResponse {
    let (hash, name) = path.into_inner();
    match find(&name) {
        Some((bytes, kind)) if hash == SHELF.hash => {
            let mut answer = HttpResponse::Ok();
            answer
                .insert_header((CONTENT_TYPE, kind))
                .insert_header((CACHE_CONTROL, IMMUTABLE))
                .insert_header((VARY, "accept-encoding"))
                .insert_header(("x-content-type-options", "nosniff"))
                .insert_header(("cross-origin-resource-policy", "same-origin"));
            match find_zipped(&name).filter(|_| takes_gzip(&request)) {
                Some(zipped) => answer.insert_header((CONTENT_ENCODING, "gzip")).body(zipped),
                None => answer.body(bytes),
            }
        }
        _ => HttpResponse::NotFound().insert_header((CACHE_CONTROL, "no-store")).finish(),
    }
}

/// Whether the browser unpacks gzip; a refusal by `q=0` counts.
fn takes_gzip(request: &HttpRequest) -> bool {
    let offered = request.headers().get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    offered.split(',').map(str::trim).any(|part| {
        let (name, quality) = part.split_once(';').unwrap_or((part, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

/// Registers the asset route.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/assets/{hash}/{name}", web::get().to(serve));
}
