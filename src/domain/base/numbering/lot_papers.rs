//! Numbers of what hangs on a lot: rounds, contracts, notices, the other papers of its deal.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{LotNo, NumberError, number};

/// A listing round of a lot: `…-01/R2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoundNo {
    pub(super) lot: LotNo,
    pub(super) round: u8,
}

impl fmt::Display for RoundNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/R{}", self.lot, self.round)
    }
}

impl FromStr for RoundNo {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let (lot, round) = text.split_once("/R").ok_or(NumberError::Form)?;
        if round.starts_with('0') {
            return Err(NumberError::Form);
        }
        let round = u8::try_from(number(round, round.len().clamp(1, 2))?).map_err(|_| NumberError::Form)?;
        lot.parse::<LotNo>()?.round(round)
    }
}

/// 合同编号: `…-01H01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContractNo {
    pub(super) lot: LotNo,
    pub(super) serial: u8,
}

impl fmt::Display for ContractNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}H{:02}", self.lot, self.serial)
    }
}

impl FromStr for ContractNo {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let (lot, serial) = text.rsplit_once('H').ok_or(NumberError::Form)?;
        let serial = u8::try_from(number(serial, 2)?).map_err(|_| NumberError::Form)?;
        lot.parse::<LotNo>()?.contract(serial)
    }
}

/// The kinds of public notice, each with the letter its number carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// 挂牌公告.
    Listing,
    /// 变更公告.
    Amendment,
    /// 延期公告.
    Extension,
    /// 中止公告.
    Suspension,
    /// 恢复公告.
    Resumption,
    /// 终结公告.
    Termination,
    /// 流标公告.
    Failure,
    /// 结果公示.
    Result,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [NoticeKind; 8] = [
        NoticeKind::Listing,
        NoticeKind::Amendment,
        NoticeKind::Extension,
        NoticeKind::Suspension,
        NoticeKind::Resumption,
        NoticeKind::Termination,
        NoticeKind::Failure,
        NoticeKind::Result,
    ];

    /// The letter in the number. Resumption is F (复): the rulebook's H is taken by contracts, and two
    /// papers of one lot must never share a number.
    pub fn letter(self) -> char {
        match self {
            NoticeKind::Listing => 'G',
            NoticeKind::Amendment => 'B',
            NoticeKind::Extension => 'Y',
            NoticeKind::Suspension => 'Z',
            NoticeKind::Resumption => 'F',
            NoticeKind::Termination => 'J',
            NoticeKind::Failure => 'L',
            NoticeKind::Result => 'S',
        }
    }

    /// The title of such a notice.
    pub fn zh(self) -> &'static str {
        match self {
            NoticeKind::Listing => "挂牌公告",
            NoticeKind::Amendment => "变更公告",
            NoticeKind::Extension => "延期公告",
            NoticeKind::Suspension => "中止公告",
            NoticeKind::Resumption => "恢复公告",
            NoticeKind::Termination => "终结公告",
            NoticeKind::Failure => "流标公告",
            NoticeKind::Result => "结果公示",
        }
    }
}

/// 公告号: `…-01G01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NoticeNo {
    pub(super) lot: LotNo,
    pub(super) kind: NoticeKind,
    pub(super) serial: u8,
}

impl NoticeNo {
    /// What kind of notice it is.
    pub fn kind(self) -> NoticeKind {
        self.kind
    }
}

impl fmt::Display for NoticeNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{:02}", self.lot, self.kind.letter(), self.serial)
    }
}

impl FromStr for NoticeNo {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let at = text.len().checked_sub(3).filter(|at| text.is_char_boundary(*at)).ok_or(NumberError::Form)?;
        let (lot, tail) = text.split_at(at);
        let letter = tail.chars().next().ok_or(NumberError::Form)?;
        let kind = NoticeKind::ALL.into_iter().find(|k| k.letter() == letter).ok_or(NumberError::Form)?;
        let serial = u8::try_from(number(&tail[letter.len_utf8()..], 2)?).map_err(|_| NumberError::Form)?;
        lot.parse::<LotNo>()?.notice(kind, serial)
    }
}

/// The papers of a lot that are no notice and no contract, each with the letters its number carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LotPaper {
    /// 成交确认书.
    Confirmation,
    /// 竞价记录.
    BidRecord,
    /// 异议答复书, one for each objection.
    ObjectionAnswer,
    /// 流转意向协议书.
    Intention,
    /// 社会资本流转取得土地经营权审批表.
    Approval,
    /// 交割单.
    Delivery,
    /// 变更登记材料移交清单.
    Handover,
}

impl LotPaper {
    /// Every kind.
    pub const ALL: [LotPaper; 7] = [
        LotPaper::Confirmation,
        LotPaper::BidRecord,
        LotPaper::ObjectionAnswer,
        LotPaper::Intention,
        LotPaper::Approval,
        LotPaper::Delivery,
        LotPaper::Handover,
    ];

    /// The letters in the number. The intention agreement has two of them: Y alone is the extension notice's.
    pub fn letters(self) -> &'static str {
        match self {
            LotPaper::Confirmation => "Q",
            LotPaper::BidRecord => "P",
            LotPaper::ObjectionAnswer => "YD",
            LotPaper::Intention => "YX",
            LotPaper::Approval => "SP",
            LotPaper::Delivery => "D",
            LotPaper::Handover => "YJ",
        }
    }
}

/// The number of such a paper: `…-01Q01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LotPaperNo {
    pub(super) lot: LotNo,
    pub(super) paper: LotPaper,
    pub(super) serial: u8,
}

impl LotPaperNo {
    /// What kind of paper it is.
    pub fn paper(self) -> LotPaper {
        self.paper
    }
}

impl fmt::Display for LotPaperNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{:02}", self.lot, self.paper.letters(), self.serial)
    }
}

impl FromStr for LotPaperNo {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let at = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at)).ok_or(NumberError::Form)?;
        let (head, serial) = text.split_at(at);
        let lot = head.trim_end_matches(|c: char| c.is_ascii_uppercase());
        let letters = &head[lot.len()..];
        let paper = LotPaper::ALL.into_iter().find(|p| p.letters() == letters).ok_or(NumberError::Form)?;
        let serial = u8::try_from(number(serial, 2)?).map_err(|_| NumberError::Form)?;
        lot.parse::<LotNo>()?.paper(paper, serial)
    }
}
