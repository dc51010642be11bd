//! Something with the centre's seal on it: receipt, result, certificate.

use askama::Template;
use askama::filters::HtmlSafe;
use qrcode::{Color, EcLevel, QrCode};

use super::block::{Block, Blocks};
use super::rich::Rich;

/// A paper as it looks when printed.
#[derive(Debug, Template)]
#[template(path = "kit/paper.html")]
pub struct Paper {
    title: String,
    number: Rich,
    blocks: Blocks,
    sign: Vec<String>,
    seal: Option<(String, String)>,
    qr: Option<(usize, String)>,
    qr_say: String,
}

impl Paper {
    /// Title and number.
    pub fn new(title: impl Into<String>, number: impl Into<Rich>) -> Paper {
        Paper {
            title: title.into(),
            number: number.into(),
            blocks: Blocks::default(),
            sign: Vec::new(),
            seal: None,
            qr: None,
            qr_say: String::new(),
        }
    }

    /// Adds a block.
    #[must_use]
    pub fn with(mut self, block: impl Into<Block>) -> Paper {
        self.blocks.push(block);
        self
    }

    /// A line of the signature, such as the centre's name or the date.
    #[must_use]
    pub fn sign(mut self, line: impl Into<String>) -> Paper {
        self.sign.push(line.into());
        self
    }

    /// A drawn seal: the words around and the word within. It is a picture, not a signature, and says so to a screen reader.
    #[must_use]
    pub fn seal(mut self, around: impl Into<String>, within: impl Into<String>) -> Paper {
        self.seal = Some((around.into(), within.into()));
        self
    }

    /// A QR code of a text, and what it leads to. A text too long for a code shows none.
    #[must_use]
    pub fn qr(mut self, text: &str, say: impl Into<String>) -> Paper {
        self.qr = qr_path(text);
        self.qr_say = say.into();
        self
    }
}

impl HtmlSafe for Paper {}

/// Modules a side and one path of all dark modules.
fn qr_path(text: &str) -> Option<(usize, String)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = code.width();
    let mut path = String::new();
    for (i, color) in code.to_colors().iter().enumerate() {
        if *color == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", i % side + 4, i / side + 4));
        }
    }
    Some((side + 8, path))
}
