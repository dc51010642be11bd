//! Letters to bidders (rulebook F04, F05, and the receipt for a registration).

use serde::{Deserialize, Serialize};

use super::optional;
use crate::{Fact, Head, LetterPaper};

/// 竞买报名回执. It names one registration only, never how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationReceipt {
    /// Number, exchange, day.
    pub head: Head,
    /// The applicant.
    pub to: String,
    /// Lot number.
    pub lot_no: String,
    /// Name of the object.
    pub object: String,
    /// When the application arrived.
    pub received: String,
    /// Papers received, by name.
    pub papers: Vec<String>,
    /// Priority claimed.
    pub priority: Option<String>,
    /// Deposit with account and reference to write into the transfer.
    pub deposit: String,
    /// When the deposit must have arrived.
    pub deposit_deadline: String,
    /// Digest of the application as received.
    pub digest: String,
    /// Whom to ask.
    pub contact: String,
}

impl From<RegistrationReceipt> for LetterPaper {
    fn from(letter: RegistrationReceipt) -> LetterPaper {
        LetterPaper {
            to: Some(letter.to),
            paragraphs: vec![
                "你方对下列标的的竞买报名已经收到。本回执只表示报名材料已经提交，不表示竞买资格已经确认。".to_owned(),
            ],
            facts: vec![
                Fact::new("标的编号", letter.lot_no),
                Fact::new("标的名称", letter.object),
                Fact::new("报名时间", letter.received),
                optional("主张的优先权", &letter.priority),
                Fact::new("交易保证金", letter.deposit),
                Fact::new("到账截止时间", letter.deposit_deadline),
            ],
            after: vec!["已收到下列材料：".to_owned()],
            items: letter.papers,
            ending: Some(
                "保证金应当从报名人本人（本单位）的账户转出，以到账时间为准。请妥善保管本回执，并对报名情况保密。"
                    .to_owned(),
            ),
            contact: Some(letter.contact),
            evidence: vec![Fact::new("报名材料摘要（SM3）", letter.digest)],
            ..LetterPaper::new(letter.head, "竞买报名回执")
        }
    }
}

/// 资格确认通知书 or 不予确认通知书 (F04).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualificationLetter {
    /// Number, exchange, day.
    pub head: Head,
    /// The applicant.
    pub to: String,
    /// Lot number.
    pub lot_no: String,
    /// Name of the object.
    pub object: String,
    /// The decision.
    pub decision: Qualification,
    /// How to object, with phone and time.
    pub objection: String,
}

/// The decision on an applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Qualification {
    /// Confirmed.
    Confirmed {
        /// Deposit with the time it arrived.
        deposit: String,
        /// Priority recognised.
        priority: Option<String>,
        /// When the room opens, or that a bidding letter follows.
        session: String,
    },
    /// Refused.
    Refused {
        /// Grounds, each with the condition that is not met.
        grounds: Vec<String>,
        /// What becomes of a deposit already paid.
        deposit: String,
    },
}

impl From<QualificationLetter> for LetterPaper {
    fn from(letter: QualificationLetter) -> LetterPaper {
        let mut facts = vec![Fact::new("标的编号", letter.lot_no), Fact::new("标的名称", letter.object)];
        let (name, opening, after, items) = match letter.decision {
            Qualification::Confirmed { deposit, priority, session } => {
                facts.push(Fact::new("交易保证金", deposit));
                facts.push(optional("确认的优先权", &priority));
                facts.push(Fact::new("竞价安排", session));
                (
                    "资格确认通知书",
                    "经审核，你方符合公告载明的受让方条件，交易保证金已按时足额到账，确认你方取得下列标的的竞买资格。",
                    vec![],
                    vec![],
                )
            }
            Qualification::Refused { grounds, deposit } => {
                facts.push(Fact::new("已交保证金", deposit));
                (
                    "资格不予确认通知书",
                    "经审核，你方不符合下列标的公告载明的条件，竞买资格不予确认。",
                    vec!["理由如下：".to_owned()],
                    grounds,
                )
            }
        };
        LetterPaper {
            to: Some(letter.to),
            paragraphs: vec![opening.to_owned()],
            facts,
            after,
            items,
            ending: Some(letter.objection),
            ..LetterPaper::new(letter.head, name)
        }
    }
}

/// 竞价通知书 (F05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BiddingLetter {
    /// Number, exchange, day.
    pub head: Head,
    /// The bidder.
    pub to: String,
    /// Lot number.
    pub lot_no: String,
    /// Name of the object.
    pub object: String,
    /// The bidder's number for this lot.
    pub bidder_no: String,
    /// When the room opens.
    pub opens: String,
    /// Starting price with unit.
    pub start_price: String,
    /// Step with its largest multiple.
    pub step: String,
    /// Free phase.
    pub free_period: String,
    /// Limited phase.
    pub limited_period: String,
    /// Priority recognised for this bidder.
    pub priority: Option<String>,
    /// Address of the room.
    pub room: String,
    /// Whom to call while the room is open.
    pub contact: String,
}

impl From<BiddingLetter> for LetterPaper {
    fn from(letter: BiddingLetter) -> LetterPaper {
        LetterPaper {
            to: Some(letter.to),
            paragraphs: vec!["你方已取得下列标的的竞买资格，请按本通知参加网络竞价。".to_owned()],
            facts: vec![
                Fact::new("标的编号", letter.lot_no),
                Fact::new("标的名称", letter.object),
                Fact::new("竞买号", letter.bidder_no),
                Fact::new("竞价开始时间", letter.opens),
                Fact::new("起始价", letter.start_price),
                Fact::new("加价（减价）幅度", letter.step),
                Fact::new("自由报价期", letter.free_period),
                Fact::new("限时报价期", letter.limited_period),
                optional("确认的优先权", &letter.priority),
                Fact::new("竞价地址", letter.room),
            ],
            after: vec!["参加竞价时请注意：".to_owned()],
            items: bidding_rules(),
            contact: Some(letter.contact),
            ..LetterPaper::new(letter.head, "竞价通知书")
        }
    }
}

fn bidding_rules() -> Vec<String> {
    [
        "报价时间以平台服务器收到的时间为准，请提前登录并检查网络和设备。",
        "每次报价须核对数字和大写金额后确认，报价一经确认不得修改或者撤回，平台出具带签名的报价回执。",
        "首次报价不得低于（反向竞价不得高于）起始价；已经是当前最优报价人的，不再接受其自行加价。",
        "竞价过程只显示竞买号，任何人不得打听、泄露竞买人的身份和人数，不得串通。",
        "因平台故障中断的，按公告规则顺延或者恢复，以平台公示为准；因自身设备、网络原因不能报价的，后果自负。",
    ]
    .map(str::to_owned)
    .to_vec()
}
