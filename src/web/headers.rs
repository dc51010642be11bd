//! Response headers that every answer carries.

use actix_web::http::header::{HeaderName, HeaderValue};

/// Content security policy of every HTML answer: own origin only, no inline script or style, no framing, forms post home.
pub const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
                       form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Policy for stored files that a person opens directly: nothing in them runs.
pub const CSP_FILE: &str = "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'";

/// Cache rule of any page that belongs to a signed-in person.
pub const NO_STORE: &str = "no-store";

/// Cache rule of an asset whose URL carries the hash of its content.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// Headers for every HTML page, in the order they are sent.
pub const PAGE: [(&str, &str); 6] = [
    ("content-security-policy", CSP),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
];

/// Over TLS: browsers come by TLS only from now on.
pub const HSTS: (&str, &str) = ("strict-transport-security", "max-age=31536000; includeSubDomains");

/// [`PAGE`] as typed pairs, for a middleware that adds them where an answer does not set its own.
pub fn page_headers() -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    PAGE.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
}
