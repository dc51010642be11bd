//! Every layout of paper, and the template that sets it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    BidRecordPaper, CertificatePaper, ContractPaper, FormPaper, GeneralContractPaper, IntentionPaper, LetterPaper,
    NoticePaper, PapersError,
};

/// A filled paper. Serialised, it is the snapshot from which the PDF can be made again.
///
/// Eight layouts serve all forms of rulebook 8.1: letters and forms have typed structs (`CorrectionLetter`,
/// `RefundForm` and so on) that turn into a `Paper` by `Paper::from`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "paper", rename_all = "snake_case")]
pub enum Paper {
    /// 交易鉴证书, F11.
    Certificate(Box<CertificatePaper>),
    /// 经营权出租合同, F09.
    Contract(Box<ContractPaper>),
    /// Contracts of the other categories, F09.
    GeneralContract(Box<GeneralContractPaper>),
    /// 流转意向协议书.
    Intention(Box<IntentionPaper>),
    /// 挂牌公告, F03.
    Notice(Box<NoticePaper>),
    /// 竞价记录, F06.
    BidRecord(Box<BidRecordPaper>),
    /// Letters and announcements: F04, F05, F07, F08, F13, F14 and any other.
    Letter(Box<LetterPaper>),
    /// Forms, slips and lists: F01, F10, F12, F15, F16 and any other.
    Form(Box<FormPaper>),
}

macro_rules! into_paper {
    ($($variant:ident: $paper:ty;)*) => {
        $(impl From<$paper> for Paper {
            fn from(paper: $paper) -> Paper {
                Paper::$variant(Box::new(paper))
            }
        })*
    };
    ($variant:ident via $layout:ty: $($paper:ty),* $(,)?) => {
        $(impl From<$paper> for Paper {
            fn from(paper: $paper) -> Paper {
                Paper::$variant(Box::new(<$layout>::from(paper)))
            }
        })*
    };
}

into_paper! {
    Certificate: CertificatePaper;
    Contract: ContractPaper;
    GeneralContract: GeneralContractPaper;
    Intention: IntentionPaper;
    Notice: NoticePaper;
    BidRecord: BidRecordPaper;
    Letter: LetterPaper;
    Form: FormPaper;
}

into_paper! {
    Letter via LetterPaper:
    crate::AcceptanceLetter, crate::CorrectionLetter, crate::RejectionLetter, crate::ReviewOpinion,
    crate::RegistrationReceipt, crate::QualificationLetter, crate::BiddingLetter, crate::ResultNotice,
    crate::DealConfirmation, crate::StatusNotice, crate::PaymentDemand, crate::ObjectionAnswer,
}

into_paper! {
    Form via FormPaper:
    crate::ApplicationForm, crate::CertificationForm, crate::RefundForm, crate::ReceiptForm, crate::DeliveryForm,
    crate::BidderForm, crate::HandoverForm, crate::ApprovalForm, crate::ArchiveIndex,
}

/// A typst source of this crate.
pub(crate) struct Template {
    pub(crate) path: &'static str,
    source: &'static str,
    /// Title of the paper when its data carry none.
    name: &'static str,
}

macro_rules! templates {
    ($($id:ident $file:literal $name:literal;)*) => {
        $(static $id: Template = Template {
            path: concat!("/", $file),
            source: include_str!(concat!("../../templates/papers/", $file)),
            name: $name,
        };)*
        /// Every source typst may read.
        static ALL: &[&Template] = &[$(&$id),*];
    };
}

templates! {
    BASE "base.typ" "";
    CLAUSES "clauses.typ" "";
    CERTIFICATE "certificate.typ" "农村产权交易鉴证书";
    LEASE "lease.typ" "经营权出租合同";
    GENERAL "general_contract.typ" "交易合同";
    INTENTION "intention.typ" "流转意向协议书";
    NOTICE "notice.typ" "交易公告";
    BID_RECORD "bid_record.typ" "网络竞价记录";
    LETTER "letter.typ" "通知书";
    FORM "form.typ" "表";
}

impl Template {
    /// Path and text of every source typst may read.
    pub(crate) fn sources() -> impl Iterator<Item = (&'static str, &'static str)> {
        ALL.iter().map(|template| (template.path, template.source))
    }

    pub(crate) fn fault(&self, reason: &str) -> PapersError {
        PapersError::Typesetting { paper: self.path, reason: reason.to_owned() }
    }
}

impl Paper {
    pub(crate) fn template(&self) -> &'static Template {
        match self {
            Paper::Certificate(_) => &CERTIFICATE,
            Paper::Contract(_) => &LEASE,
            Paper::GeneralContract(_) => &GENERAL,
            Paper::Intention(_) => &INTENTION,
            Paper::Notice(_) => &NOTICE,
            Paper::BidRecord(_) => &BID_RECORD,
            Paper::Letter(_) => &LETTER,
            Paper::Form(_) => &FORM,
        }
    }

    /// The data for the template: the paper's fields and `name`, its title.
    pub(crate) fn data(&self) -> Result<Value, serde_json::Error> {
        let mut data = match self {
            Paper::Certificate(paper) => serde_json::to_value(paper)?,
            Paper::Contract(paper) => serde_json::to_value(paper)?,
            Paper::GeneralContract(paper) => serde_json::to_value(paper)?,
            Paper::Intention(paper) => serde_json::to_value(paper)?,
            Paper::Notice(paper) => serde_json::to_value(paper)?,
            Paper::BidRecord(paper) => serde_json::to_value(paper)?,
            Paper::Letter(paper) => serde_json::to_value(paper)?,
            Paper::Form(paper) => serde_json::to_value(paper)?,
        };
        if data["name"].is_null() {
            data["name"] = self.template().name.into();
        }
        Ok(data)
    }

    /// What the QR code says, where the paper has one.
    pub(crate) fn qr_text(&self) -> Option<&str> {
        match self {
            Paper::Certificate(paper) => Some(&paper.verify_url),
            Paper::Contract(_)
            | Paper::GeneralContract(_)
            | Paper::Intention(_)
            | Paper::Notice(_)
            | Paper::BidRecord(_)
            | Paper::Letter(_)
            | Paper::Form(_) => None,
        }
    }
}
