//! File names: shown to people, never used as a path.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::kind::FileKind;
use super::refusal::FileRefusal;

const MAX_CHARS: usize = 100;

/// The name as it is kept and shown: without folders, control and direction characters, cut to
/// 100 characters before the ending, with the content's ending where it had none.
pub fn display_name(given: &str, kind: FileKind) -> Result<String, FileRefusal> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or(given);
    let clean: String = last.chars().filter(|c| !is_hidden(*c)).collect();
    let clean = clean.trim().trim_matches('.');
    let (stem, ending) = match clean.rsplit_once('.') {
        Some((stem, ending)) if !stem.trim().is_empty() => (stem.trim(), ending.to_ascii_lowercase()),
        _ => (clean, kind.endings().first().copied().unwrap_or_default().to_owned()),
    };
    let stem: String = stem.chars().take(MAX_CHARS).collect();
    if stem.is_empty() { Err(FileRefusal::BadName) } else { Ok(format!("{stem}.{ending}")) }
}

/// Control characters, and those that turn the writing direction or have no width.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
        || matches!(c, '"' | '<' | '>' | '|' | '?' | '*' | ':')
}

/// RFC 8187 leaves these unescaped.
const ATTR: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// The Content-Disposition header for a file (RFC 6266, RFC 8187). `inline` only for what a page
/// shows itself.
pub fn disposition(name: &str, inline: bool) -> String {
    let how = if inline { "inline" } else { "attachment" };
    let ascii: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect();
    format!("{how}; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(name, ATTR))
}
