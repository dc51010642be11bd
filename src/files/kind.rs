//! Kinds of files the exchange takes, told by content.

use super::refusal::FileRefusal;
use super::slot::Slot;
use super::{image, pdf, table};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// Portable document.
    Pdf,
    /// Photograph.
    Jpeg,
    /// Screenshot or scan.
    Png,
    /// Spreadsheet.
    Xlsx,
    /// Table as text.
    Csv,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [FileKind; 5] = [FileKind::Pdf, FileKind::Jpeg, FileKind::Png, FileKind::Xlsx, FileKind::Csv];

    /// Name for people and for the database.
    pub const fn code(self) -> &'static str {
        match self {
            FileKind::Pdf => "pdf",
            FileKind::Jpeg => "jpeg",
            FileKind::Png => "png",
            FileKind::Xlsx => "xlsx",
            FileKind::Csv => "csv",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<FileKind> {
        FileKind::ALL.into_iter().find(|k| k.code() == code)
    }

    /// Name in messages.
    pub const fn zh(self) -> &'static str {
        match self {
            FileKind::Pdf => "PDF",
            FileKind::Jpeg => "JPG 图片",
            FileKind::Png => "PNG 图片",
            FileKind::Xlsx => "XLSX 表格",
            FileKind::Csv => "CSV 表格",
        }
    }

    /// Content-Type when served.
    pub const fn mime(self) -> &'static str {
        match self {
            FileKind::Pdf => "application/pdf",
            FileKind::Jpeg => "image/jpeg",
            FileKind::Png => "image/png",
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileKind::Csv => "text/csv; charset=utf-8",
        }
    }

    /// Endings a name may have, the usual one first.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            FileKind::Pdf => &["pdf"],
            FileKind::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            FileKind::Png => &["png"],
            FileKind::Xlsx => &["xlsx"],
            FileKind::Csv => &["csv", "txt"],
        }
    }

    /// What browsers say of such a file.
    const fn declared(self) -> &'static [&'static str] {
        match self {
            FileKind::Pdf => &["application/pdf", "application/x-pdf"],
            FileKind::Jpeg => &["image/jpeg", "image/jpg", "image/pjpeg"],
            FileKind::Png => &["image/png", "image/x-png"],
            FileKind::Xlsx => &["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
            // Windows with Excel calls a CSV file an Excel file.
            FileKind::Csv => &["text/csv", "text/plain", "application/csv", "application/vnd.ms-excel"],
        }
    }
}

/// What the content is, after a look through the whole of it: type, completeness, size of
/// pictures, nothing active and nothing hidden (checklist S048 to S051).
pub fn judge(bytes: &[u8], slot: &Slot) -> Result<FileKind, FileRefusal> {
    if bytes.is_empty() {
        return Err(FileRefusal::Empty);
    }
    let found = match infer::get(bytes).map(|t| t.extension()) {
        Some("zip") if table::is_workbook(bytes) => Some("xlsx"),
        other => other,
    };
    let wrong = FileRefusal::WrongKind { found, allowed: slot.kinds };
    let kind = match found {
        Some("pdf") => FileKind::Pdf,
        Some("jpg") => FileKind::Jpeg,
        Some("png") => FileKind::Png,
        Some("xlsx") => FileKind::Xlsx,
        Some(_) => return Err(wrong),
        None if bytes.starts_with(b"%PDF-") => FileKind::Pdf,
        None if slot.kinds.contains(&FileKind::Csv) => FileKind::Csv,
        None => return Err(wrong),
    };
    if !slot.kinds.contains(&kind) {
        return Err(wrong);
    }
    match kind {
        FileKind::Pdf => pdf::check(bytes)?,
        FileKind::Jpeg => image::check_jpeg(bytes, slot.max_megapixels)?,
        FileKind::Png => image::check_png(bytes, slot.max_megapixels)?,
        FileKind::Xlsx => table::check_xlsx(bytes)?,
        FileKind::Csv => table::decode_text(bytes).map(|_| ())?,
    }
    Ok(kind)
}

/// Holds the name's ending and the browser's word against the content.
pub fn agree(kind: FileKind, name: &str, declared: Option<&str>) -> Result<(), FileRefusal> {
    let mismatch = |said: &str| FileRefusal::Mismatch { content: kind, said: said.to_owned() };
    if let Some((_, ending)) = name.rsplit_once('.') {
        let ending = ending.to_ascii_lowercase();
        if !kind.endings().contains(&ending.as_str()) {
            return Err(mismatch(&ending));
        }
    }
    let declared = declared.map(|d| d.split(';').next().unwrap_or(d).trim().to_ascii_lowercase());
    match declared.as_deref() {
        None | Some("" | "application/octet-stream") => Ok(()),
        Some(d) if kind.declared().contains(&d) => Ok(()),
        Some(d) => Err(mismatch(d)),
    }
}
