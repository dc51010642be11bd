//! 挂牌公告 (rulebook F03).

use serde::{Deserialize, Serialize};

use crate::{Fact, Head};

/// A chapter of the notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeChapter {
    /// Its heading, numbered.
    pub title: String,
    /// Its lines.
    pub facts: Vec<Fact>,
}

/// The published notice of a lot, word for word as the transferor confirmed it and as its page shows it:
/// the paper adds no sentence of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticePaper {
    /// Notice number, exchange, day of publication.
    pub head: Head,
    /// Title, such as 塔峰镇某村水田经营权出租公告.
    pub name: String,
    /// Opening paragraph.
    pub intro: String,
    /// What publication added: number, round, period, deadline.
    pub publication: Vec<Fact>,
    /// The confirmed text.
    pub chapters: Vec<NoticeChapter>,
    /// SM3 of the confirmed text, as the journal holds it.
    pub digest: String,
}
