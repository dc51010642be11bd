//! Why a file is not taken, in words that say what to do next.

use super::kind::FileKind;

/// The file itself is at fault; the person can mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileRefusal {
    /// No file was chosen, or it has no bytes.
    Empty,
    /// Larger than this many bytes; reading stopped there.
    TooBig(u64),
    /// The connection ended before the file did.
    Interrupted,
    /// The end of the file is missing.
    CutOff(FileKind),
    /// The content is of another kind; what it seems to be, and what is taken here.
    WrongKind {
        /// Short name of what was found, where known.
        found: Option<&'static str>,
        /// What the place accepts.
        allowed: &'static [FileKind],
    },
    /// The name's ending or the browser's word says something else than the content.
    Mismatch {
        /// What the content is.
        content: FileKind,
        /// What the name or the browser says.
        said: String,
    },
    /// Damaged inside.
    Damaged(FileKind),
    /// A second file of another kind hides in it.
    Hidden(FileKind),
    /// PDF with scripts or actions.
    ActiveContent,
    /// PDF with a password or restrictions.
    Encrypted,
    /// Spreadsheet with macros.
    Macros,
    /// More pixels than this many million.
    TooManyPixels(u64),
    /// Unpacks to more than a spreadsheet may.
    UnpacksTooBig,
    /// Text in an unknown encoding or with control characters.
    NotText,
    /// The file name holds nothing usable.
    BadName,
}

impl FileRefusal {
    /// What to tell the person.
    pub fn zh(&self) -> String {
        match self {
            FileRefusal::Empty => "没有收到文件内容，请重新选择文件。".into(),
            FileRefusal::TooBig(max) => format!("文件超过 {}，请压缩图片或拆分后再上传。", size_zh(*max)),
            FileRefusal::Interrupted => "上传中断，文件没有保存，请重新上传。".into(),
            FileRefusal::CutOff(kind) => format!("{}文件不完整，结尾缺失，请重新导出或拍摄后再上传。", kind.zh()),
            FileRefusal::WrongKind { found, allowed } => wrong_kind(*found, allowed),
            FileRefusal::Mismatch { content, said } => {
                format!("文件内容是{}，但名称或类型写的是“{said}”，请改正扩展名后再上传。", content.zh())
            }
            FileRefusal::Damaged(kind) => format!("{}文件已损坏，无法读取，请重新导出或拍摄后再上传。", kind.zh()),
            FileRefusal::Hidden(kind) => {
                format!("{}文件里夹带了其他类型的内容，请截图或重新导出后再上传。", kind.zh())
            }
            FileRefusal::ActiveContent => "PDF 中含有脚本或自动执行的动作，请用“打印为 PDF”另存后再上传。".into(),
            FileRefusal::Encrypted => "PDF 设有密码或使用限制，请用“打印为 PDF”另存为不加密的文件后再上传。".into(),
            FileRefusal::Macros => "表格中含有宏，请另存为不含宏的 XLSX 文件后再上传。".into(),
            FileRefusal::TooManyPixels(max) => {
                format!("图片超过 {max} 百万像素，请在手机相机中调低分辨率，或缩小后再上传。")
            }
            FileRefusal::UnpacksTooBig => "表格解压后过大，请删去多余的工作表和图片后再上传。".into(),
            FileRefusal::NotText => "读不出文字，请将表格另存为 CSV（UTF-8）后再上传。".into(),
            FileRefusal::BadName => "文件名无法使用，请改成普通的中文、字母或数字后再上传。".into(),
        }
    }

    /// Stable code for the API and the log.
    pub const fn code(&self) -> &'static str {
        match self {
            FileRefusal::Empty => "FILE_EMPTY",
            FileRefusal::TooBig(_) => "FILE_TOO_BIG",
            FileRefusal::Interrupted => "FILE_INTERRUPTED",
            FileRefusal::CutOff(_) => "FILE_CUT_OFF",
            FileRefusal::WrongKind { .. } => "FILE_WRONG_KIND",
            FileRefusal::Mismatch { .. } => "FILE_MISMATCH",
            FileRefusal::Damaged(_) => "FILE_DAMAGED",
            FileRefusal::Hidden(_) => "FILE_HIDDEN_CONTENT",
            FileRefusal::ActiveContent => "FILE_ACTIVE_CONTENT",
            FileRefusal::Encrypted => "FILE_ENCRYPTED",
            FileRefusal::Macros => "FILE_MACROS",
            FileRefusal::TooManyPixels(_) => "FILE_TOO_MANY_PIXELS",
            FileRefusal::UnpacksTooBig => "FILE_UNPACKS_TOO_BIG",
            FileRefusal::NotText => "FILE_NOT_TEXT",
            FileRefusal::BadName => "FILE_BAD_NAME",
        }
    }
}

fn size_zh(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MB", bytes >> 20) } else { format!("{} KB", bytes >> 10) }
}

fn wrong_kind(found: Option<&str>, allowed: &[FileKind]) -> String {
    let allowed: Vec<&str> = allowed.iter().map(|k| k.zh()).collect();
    let allowed = allowed.join("、");
    match found {
        Some("heif" | "heic") => format!(
            "这是苹果手机的 HEIC 照片，这里只收 {allowed}。请在“设置→相机→格式”中选“兼容性最佳”后重拍，或截图后上传。"
        ),
        Some("doc" | "docx") => format!("这是 Word 文档，这里只收 {allowed}。请另存为 PDF 后再上传。"),
        Some(found) => format!("这是 {} 文件，这里只收 {allowed}，请转换后再上传。", found.to_uppercase()),
        None => format!("认不出这个文件的类型，这里只收 {allowed}，请转换后再上传。"),
    }
}

/// The machine is at fault: disk, permissions, object store.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    /// Reading or writing failed.
    #[error("{what}: {source}")]
    Io {
        /// What was being done.
        what: &'static str,
        /// Why it failed.
        source: std::io::Error,
    },
    /// The store of files failed.
    #[error("file store: {0}")]
    Store(#[from] object_store::Error),
    /// A kept file no longer has the bytes it was stored with.
    #[error("file {0} was altered in the store")]
    Altered(crate::crypto::Hash),
    /// A kept file is sealed, and the store was opened without its key.
    #[error("file {0} is sealed and the seal key is not here")]
    Locked(crate::crypto::Hash),
    /// A file could not be sealed, or was sealed with a key that is not in the key folder.
    #[error("file: {0}")]
    Seal(crate::crypto::CryptoFault),
}

/// Why an upload was not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// The file is at fault.
    Refused(FileRefusal),
    /// The machine is at fault.
    Fault(FileFault),
}

impl From<FileRefusal> for NotTaken {
    fn from(refusal: FileRefusal) -> NotTaken {
        NotTaken::Refused(refusal)
    }
}

impl From<FileFault> for NotTaken {
    fn from(fault: FileFault) -> NotTaken {
        NotTaken::Fault(fault)
    }
}
