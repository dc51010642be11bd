//! Official letters and announcements: one layout for all of them. The typed letters in `letters/` fill it.

use serde::{Deserialize, Serialize};

use crate::{Fact, Head, Signature, TablePaper};

/// A letter. Parts stand on the paper in the order of the fields; empty ones leave no trace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPaper {
    /// Number, organ, day.
    pub head: Head,
    /// Title.
    pub name: String,
    /// Addressee; absent for an announcement.
    pub to: Option<String>,
    /// Opening paragraphs.
    pub paragraphs: Vec<String>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// A table.
    pub table: Option<TablePaper>,
    /// Paragraphs after facts and table.
    pub after: Vec<String>,
    /// Numbered items.
    pub items: Vec<String>,
    /// Last sentence.
    pub ending: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// Places to sign, besides the organ's own.
    pub signatures: Vec<Signature>,
    /// System time, digests, journal index.
    pub evidence: Vec<Fact>,
}

impl LetterPaper {
    /// An empty letter with a title.
    pub fn new(head: Head, name: impl Into<String>) -> LetterPaper {
        LetterPaper {
            head,
            name: name.into(),
            to: None,
            paragraphs: Vec::new(),
            facts: Vec::new(),
            table: None,
            after: Vec::new(),
            items: Vec::new(),
            ending: None,
            contact: None,
            signatures: Vec::new(),
            evidence: Vec::new(),
        }
    }
}
