//! Tables to import: CSV in the encodings Chinese banks write, and XLSX that is
//! no bomb and has no macros.

use std::borrow::Cow;
use std::io::Cursor;

use encoding_rs::{GB18030, UTF_8, UTF_16LE};
use zip::ZipArchive;

use super::kind::FileKind;
use super::refusal::FileRefusal;

const MAX_ENTRIES: usize = 2_000;
const MAX_UNPACKED: u128 = 100 << 20;

/// Text of a CSV file: UTF-8, UTF-16 with its mark (Excel's "Unicode text"), or GB18030.
/// Refuses control characters and what is a page rather than a table.
pub fn decode_text(bytes: &[u8]) -> Result<Cow<'_, str>, FileRefusal> {
    let encoding = if bytes.starts_with(&[0xFF, 0xFE]) {
        UTF_16LE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        GB18030
    };
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    if broken || text.contains(control) || text.trim_start().starts_with('<') || text.trim().is_empty() {
        Err(FileRefusal::NotText)
    } else {
        Ok(text)
    }
}

/// Whether a ZIP file is a workbook, wherever its parts stand in it.
pub fn is_workbook(bytes: &[u8]) -> bool {
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(|zip| zip.index_for_name("xl/workbook.xml").is_some())
}

/// Looks at the directory of a workbook without unpacking it.
pub fn check_xlsx(bytes: &[u8]) -> Result<(), FileRefusal> {
    let damaged = |_| FileRefusal::Damaged(FileKind::Xlsx);
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(FileRefusal::Hidden(FileKind::Xlsx));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if zip.len() > MAX_ENTRIES || zip.decompressed_size().is_none_or(|size| size > MAX_UNPACKED) {
        return Err(FileRefusal::UnpacksTooBig);
    }
    if zip.has_overlapping_files().map_err(damaged)? {
        return Err(FileRefusal::Damaged(FileKind::Xlsx));
    }
    let names: Vec<String> = zip.file_names().filter_map(Result::ok).map(Cow::into_owned).collect();
    let has = |name: &str| names.iter().any(|n| n == name);
    if names.len() < zip.len() || !has("[Content_Types].xml") || !has("xl/workbook.xml") {
        return Err(FileRefusal::Damaged(FileKind::Xlsx));
    }
    if names.iter().any(|n| n.starts_with('/') || n.contains('\\') || n.split('/').any(|part| part == "..")) {
        return Err(FileRefusal::Hidden(FileKind::Xlsx));
    }
    if names.iter().any(|n| n.to_ascii_lowercase().ends_with("vbaproject.bin")) {
        return Err(FileRefusal::Macros);
    }
    Ok(())
}
