//! What can go wrong between a filled paper and its PDF.

/// A paper that could not be made. The texts are shown to staff and to operators as they are.
#[derive(Debug, thiserror::Error)]
pub enum PapersError {
    /// No Chinese font was found; nothing can be printed.
    #[error(
        "没有找到打印文书所需的中文字体（Noto Serif CJK SC），已查找：{searched}。请安装：apt-get install fonts-noto-cjk，或在配置中指明字体所在文件夹。"
    )]
    NoFont {
        /// The folders that were searched, for the operator.
        searched: String,
    },
    /// The fonts lack these characters. A paper with an empty box in a name would be a wrong legal document.
    #[error("文书中有字体不能打印的字符：{}。请核对录入内容，或安装含有这些字的字体后重新出具。", list(.0))]
    MissingGlyphs(Vec<char>),
    /// The data do not fit into the QR code.
    #[error("二维码内容过长，不能生成：{0}。")]
    Qr(String),
    /// The typesetting failed; a fault of the program, not of the person.
    #[error("文书排版失败（{paper}）：{reason}。")]
    Typesetting {
        /// Which template.
        paper: &'static str,
        /// What typst reported.
        reason: String,
    },
}

/// Each character with its code point, because what cannot be printed often cannot be read either.
fn list(chars: &[char]) -> String {
    chars.iter().map(|c| format!("「{c}」（U+{:04X}）", u32::from(*c))).collect::<Vec<_>>().join("、")
}
