//! 异议答复书 (rulebook F17): the written answer that lets the clock run again.

use serde::{Deserialize, Serialize};

use crate::{Fact, Head, LetterPaper};

/// The answer to an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionAnswer {
    /// Number, exchange, day.
    pub head: Head,
    /// Who objected.
    pub to: String,
    /// Lot number.
    pub lot_no: String,
    /// Name of the object.
    pub object: String,
    /// When the objection arrived.
    pub received: String,
    /// What was objected to.
    pub objection: String,
    /// What was found, paragraph by paragraph.
    pub findings: Vec<String>,
    /// 成立, 部分成立 or 不成立.
    pub conclusion: String,
    /// What follows for the publicity period or the result.
    pub consequence: String,
    /// Where to complain next, and until when.
    pub remedy: String,
}

impl From<ObjectionAnswer> for LetterPaper {
    fn from(letter: ObjectionAnswer) -> LetterPaper {
        LetterPaper {
            to: Some(letter.to),
            paragraphs: vec!["你方对下列标的提出的异议，本中心已经核查，现书面答复如下。".to_owned()],
            facts: vec![
                Fact::new("标的编号", letter.lot_no),
                Fact::new("标的名称", letter.object),
                Fact::new("收到异议时间", letter.received),
                Fact::new("异议事项", letter.objection),
                Fact::new("核查结论", letter.conclusion),
                Fact::new("后续处理", letter.consequence),
            ],
            after: vec!["核查情况：".to_owned()],
            items: letter.findings,
            ending: Some(letter.remedy),
            ..LetterPaper::new(letter.head, "异议答复书")
        }
    }
}
