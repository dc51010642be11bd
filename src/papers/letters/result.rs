//! The result and what changes on the way to it (rulebook F07, F08, F14).

use serde::{Deserialize, Serialize};

use super::optional;
use crate::{Fact, Head, LetterPaper, Signature};

/// 结果公示 (F07). The caller masks natural persons (rulebook 9.6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultNotice {
    /// Notice number, exchange, day.
    pub head: Head,
    /// Project number.
    pub project_no: String,
    /// Lot number.
    pub lot_no: String,
    /// Name of the object.
    pub object: String,
    /// Category and variety.
    pub variety: String,
    /// Mode of transfer.
    pub mode: String,
    /// Trading method.
    pub method: String,
    /// Who gives.
    pub transferor: String,
    /// Who won.
    pub winner: String,
    /// Starting price with unit.
    pub start_price: String,
    /// Price reached with unit.
    pub deal_price: String,
    /// In all.
    pub total: String,
    /// Premium over the start price, or what was saved below it.
    pub gain: Fact,
    /// Term.
    pub term: Option<String>,
    /// Number of bidders who took part.
    pub bidders: String,
    /// Whether priority was exercised.
    pub priority: Option<String>,
    /// First and last day of publicity.
    pub publicity: String,
    /// Where to object.
    pub objection: String,
}

impl From<ResultNotice> for LetterPaper {
    fn from(letter: ResultNotice) -> LetterPaper {
        LetterPaper {
            paragraphs: vec!["下列标的已完成公开交易，现将结果公示如下，接受社会监督。".to_owned()],
            facts: vec![
                Fact::new("项目编号", letter.project_no),
                Fact::new("标的编号", letter.lot_no),
                Fact::new("标的名称", letter.object),
                Fact::new("交易品种", letter.variety),
                Fact::new("转出方式", letter.mode),
                Fact::new("交易方式", letter.method),
                Fact::new("转出方", letter.transferor),
                Fact::new("拟受让方", letter.winner),
                Fact::new("起始价", letter.start_price),
                Fact::new("成交价", letter.deal_price),
                Fact::new("成交总额", letter.total),
                letter.gain,
                optional("期限", &letter.term),
                Fact::new("参加竞价人数", letter.bidders),
                optional("优先权行使", &letter.priority),
                Fact::new("公示期", letter.publicity),
            ],
            after: vec![
                "公示期内对结果有异议的，可以实名书面提出，并说明事实、附上证据。收到异议后，公示期停止计算，在规定期限内书面答复。公示期满没有异议或者异议不成立的，本中心出具成交确认书。".to_owned(),
            ],
            contact: Some(format!("异议受理：{}", letter.objection)),
            ..LetterPaper::new(letter.head, "交易结果公示")
        }
    }
}

/// 成交确认书 (F08).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealConfirmation {
    /// Number, exchange, day.
    pub head: Head,
    /// Project number.
    pub project_no: String,
    /// Lot number.
    pub lot_no: String,
    /// Name of the object.
    pub object: String,
    /// Who gives.
    pub transferor: String,
    /// Who won.
    pub transferee: String,
    /// The winner's bidder number.
    pub bidder_no: String,
    /// Price with unit.
    pub deal_price: String,
    /// In all.
    pub total: String,
    /// The same in capitals.
    pub total_capitals: String,
    /// Term.
    pub term: Option<String>,
    /// How it is paid.
    pub payment: String,
    /// What becomes of the deposit.
    pub deposit: String,
    /// Last day to sign the contract.
    pub sign_until: String,
    /// Approval still needed before a contract (K70), a sentence.
    pub approval: Option<String>,
    /// Places to sign.
    pub signatures: Vec<Signature>,
    /// System time and digest.
    pub evidence: Vec<Fact>,
}

impl From<DealConfirmation> for LetterPaper {
    fn from(letter: DealConfirmation) -> LetterPaper {
        let mut after = vec![format!(
            "请双方在{}前凭本确认书签订合同，合同的标的、价款、期限和用途应当与公告和成交结果一致。无正当理由逾期不签订的，按公告的约定承担责任。",
            letter.sign_until
        )];
        after.extend(letter.approval);
        LetterPaper {
            paragraphs: vec!["下列标的经公开交易并公示结果，公示期满没有尚未处理的异议，成交结果现予确认。".to_owned()],
            facts: vec![
                Fact::new("项目编号", letter.project_no),
                Fact::new("标的编号", letter.lot_no),
                Fact::new("标的名称", letter.object),
                Fact::new("转出方", letter.transferor),
                Fact::new("受让方", letter.transferee),
                Fact::new("竞买号", letter.bidder_no),
                Fact::new("成交价", letter.deal_price),
                Fact::new("成交总额", letter.total),
                Fact::new("成交总额大写", letter.total_capitals),
                optional("期限", &letter.term),
                Fact::new("价款支付", letter.payment),
                Fact::new("保证金的处理", letter.deposit),
            ],
            after,
            signatures: letter.signatures,
            evidence: letter.evidence,
            ..LetterPaper::new(letter.head, "成交确认书")
        }
    }
}

/// What a status notice announces (F14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StatusChange {
    /// Terms of a published lot change.
    Amended,
    /// The listing runs longer.
    Extended,
    /// Trading is suspended.
    Suspended,
    /// Trading resumes.
    Resumed,
    /// The project ends without a deal.
    Terminated,
    /// Nobody, or nobody at the price.
    Failed,
    /// The transferor withdraws.
    Withdrawn,
}

impl StatusChange {
    fn title(self) -> &'static str {
        match self {
            StatusChange::Amended => "变更公告",
            StatusChange::Extended => "延期公告",
            StatusChange::Suspended => "中止交易公告",
            StatusChange::Resumed => "恢复交易公告",
            StatusChange::Terminated => "终结交易公告",
            StatusChange::Failed => "流标公告",
            StatusChange::Withdrawn => "撤回公告",
        }
    }

    fn opening(self) -> &'static str {
        match self {
            StatusChange::Amended => "下列标的的公告内容发生变更，现补充公告如下。",
            StatusChange::Extended => "下列标的按公告载明的规则延长公告期，交易条件不变。",
            StatusChange::Suspended => "下列标的因出现应当中止的情形，自本公告发布之时起中止交易。",
            StatusChange::Resumed => "下列标的的中止原因已经消除，现恢复交易。",
            StatusChange::Terminated => "下列标的因出现应当终结的情形，交易终结。",
            StatusChange::Failed => "下列标的在本轮公开交易中未能成交。",
            StatusChange::Withdrawn => "下列标的经转出方申请、本中心同意，予以撤回。",
        }
    }
}

/// 变更、延期、中止、恢复、终结、流标、撤回公告 (F14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusNotice {
    /// Notice number, exchange, day.
    pub head: Head,
    /// What is announced.
    pub change: StatusChange,
    /// Project number.
    pub project_no: String,
    /// Lot number.
    pub lot_no: String,
    /// Name of the object.
    pub object: String,
    /// Number of the notice this refers to.
    pub notice_no: String,
    /// Why.
    pub reason: String,
    /// What changes, item by item.
    pub details: Vec<String>,
    /// What becomes of deposits.
    pub deposits: String,
    /// What comes next, and when.
    pub next: String,
    /// Whom to ask.
    pub contact: String,
}

impl From<StatusNotice> for LetterPaper {
    fn from(letter: StatusNotice) -> LetterPaper {
        let after = if letter.details.is_empty() { vec![] } else { vec!["具体事项如下：".to_owned()] };
        LetterPaper {
            paragraphs: vec![letter.change.opening().to_owned()],
            facts: vec![
                Fact::new("项目编号", letter.project_no),
                Fact::new("标的编号", letter.lot_no),
                Fact::new("标的名称", letter.object),
                Fact::new("原公告编号", letter.notice_no),
                Fact::new("原因", letter.reason),
                Fact::new("保证金的处理", letter.deposits),
                Fact::new("后续安排", letter.next),
            ],
            after,
            items: letter.details,
            contact: Some(letter.contact),
            ..LetterPaper::new(letter.head, letter.change.title())
        }
    }
}
