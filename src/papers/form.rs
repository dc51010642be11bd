//! Forms: one layout for applications, approval sheets, slips and lists. The typed forms in `forms/` fill it.

use serde::{Deserialize, Serialize};

use crate::{Fact, Head, Signature, TablePaper};

/// A form. Empty parts leave no trace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormPaper {
    /// Number, organ, day.
    pub head: Head,
    /// Title.
    pub name: String,
    /// Sections in order.
    pub sections: Vec<FormSection>,
    /// Boxes for organs.
    pub opinions: Vec<Opinion>,
    /// Heading over the undertaking.
    pub undertaking_title: String,
    /// What the signer promises.
    pub undertaking: Vec<String>,
    /// Places to sign.
    pub signatures: Vec<Signature>,
    /// Small print under the signatures.
    pub statement: Option<String>,
}

impl FormPaper {
    /// An empty form with a title.
    pub fn new(head: Head, name: impl Into<String>) -> FormPaper {
        FormPaper {
            head,
            name: name.into(),
            sections: Vec::new(),
            opinions: Vec::new(),
            undertaking_title: String::new(),
            undertaking: Vec::new(),
            signatures: Vec::new(),
            statement: None,
        }
    }
}

/// A part of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormSection {
    /// Heading; may be empty.
    pub heading: String,
    /// Text.
    pub paragraphs: Vec<String>,
    /// Labelled values.
    pub facts: Vec<Fact>,
    /// A table.
    pub table: Option<TablePaper>,
}

impl FormSection {
    /// A section of labelled values.
    pub fn facts(heading: &str, facts: Vec<Fact>) -> FormSection {
        FormSection { heading: heading.to_owned(), facts, ..FormSection::default() }
    }

    /// A section with a table.
    pub fn table(heading: &str, table: TablePaper) -> FormSection {
        FormSection { heading: heading.to_owned(), table: Some(table), ..FormSection::default() }
    }

    /// A section of text.
    pub fn text(heading: &str, paragraphs: Vec<String>) -> FormSection {
        FormSection { heading: heading.to_owned(), paragraphs, ..FormSection::default() }
    }
}

/// An organ's opinion. With an empty text the box is printed for writing by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// Label, such as 乡镇服务站初审意见.
    pub organ: String,
    /// The opinion.
    pub text: String,
    /// Who signed.
    pub signer: String,
    /// When.
    pub date: String,
}

impl Opinion {
    /// A box still to be filled.
    pub fn blank(organ: impl Into<String>) -> Opinion {
        Opinion { organ: organ.into(), text: String::new(), signer: String::new(), date: String::new() }
    }
}
