//! Cursors: where the next page begins. Opaque to callers, so that the order can change; never
//! trusted, because callers can write them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::problem::ApiError;

/// The cursor that stands for this key.
pub fn make(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(key)
}

/// The key behind a cursor.
pub fn read(cursor: &str) -> Result<String, ApiError> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    bytes.and_then(|b| String::from_utf8(b).ok()).ok_or_else(unknown)
}

/// The cursor leads nowhere.
pub fn unknown() -> ApiError {
    ApiError::parameter("cursor", "不是本接口给出的游标，请从第一页重新读取")
}

/// Cuts what is one longer than a page; gives the page and whether there is more.
pub fn cut<T>(mut items: Vec<T>, page: usize) -> (Vec<T>, bool) {
    let more = items.len() > page;
    items.truncate(page);
    (items, more)
}
