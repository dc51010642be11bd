//! 退款单 (rulebook F12) and 收据.

use serde::{Deserialize, Serialize};

use super::optional;
use crate::{Fact, FormPaper, FormSection, Head, Signature};

/// A refund order with its two pairs of eyes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundForm {
    /// Number TK..., exchange, day.
    pub head: Head,
    /// Project number.
    pub project_no: String,
    /// Lot number.
    pub lot_no: String,
    /// Who paid.
    pub payer: String,
    /// Account it goes back to, masked by the caller where the reader is not a party.
    pub account: String,
    /// Bank of that account.
    pub bank: String,
    /// Deposit paid.
    pub paid: String,
    /// Kept back.
    pub deducted: String,
    /// Ground for keeping back.
    pub ground: Option<String>,
    /// Returned, in figures.
    pub returned: String,
    /// The same in capitals.
    pub returned_capitals: String,
    /// Reason code with its meaning.
    pub reason: String,
    /// Last day to return.
    pub due: String,
    /// Who made the order, and when.
    pub maker: String,
    /// Who checked it, and when.
    pub checker: Option<String>,
    /// Number of the payment file and its line.
    pub batch: Option<String>,
    /// Bank serial of the outgoing line.
    pub bank_serial: Option<String>,
    /// When the bank posted it.
    pub posted: Option<String>,
}

impl From<RefundForm> for FormPaper {
    fn from(form: RefundForm) -> FormPaper {
        let order = vec![
            Fact::new("项目编号", form.project_no),
            Fact::new("标的编号", form.lot_no),
            Fact::new("原付款人", form.payer),
            Fact::new("退回账户", form.account),
            Fact::new("开户银行", form.bank),
            Fact::new("原交金额", form.paid),
            Fact::new("扣除金额", form.deducted),
            optional("扣除依据", &form.ground),
            Fact::new("退款金额", form.returned),
            Fact::new("退款金额大写", form.returned_capitals),
            Fact::new("退款事由", form.reason),
            Fact::new("应退期限", form.due),
        ];
        let handling = vec![
            Fact::new("制单", form.maker),
            optional("复核", &form.checker),
            optional("付款文件", &form.batch),
            optional("银行流水号", &form.bank_serial),
            optional("银行入账时间", &form.posted),
        ];
        FormPaper {
            sections: vec![FormSection::facts("", order), FormSection::facts("办理情况", handling)],
            statement: Some("款项只退回原付款账户；以银行对账单上的付款记录为退款完成的依据。".to_owned()),
            ..FormPaper::new(form.head, "交易保证金退款单")
        }
    }
}

/// A receipt for money that stands in a bank statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptForm {
    /// Number, exchange, day.
    pub head: Head,
    /// Who paid.
    pub payer: String,
    /// Lot number.
    pub lot_no: String,
    /// Name of the object.
    pub object: String,
    /// What for.
    pub item: String,
    /// Amount in figures.
    pub amount: String,
    /// The same in capitals.
    pub capitals: String,
    /// Account that received it.
    pub account: String,
    /// Bank serial.
    pub bank_serial: String,
    /// When it was booked.
    pub booked: String,
    /// Who handled it.
    pub handler: String,
    /// Places to sign.
    pub signatures: Vec<Signature>,
}

impl From<ReceiptForm> for FormPaper {
    fn from(form: ReceiptForm) -> FormPaper {
        let facts = vec![
            Fact::new("付款人", form.payer),
            Fact::new("标的编号", form.lot_no),
            Fact::new("标的名称", form.object),
            Fact::new("款项", form.item),
            Fact::new("金额", form.amount),
            Fact::new("金额大写", form.capitals),
            Fact::new("收款账户", form.account),
            Fact::new("银行流水号", form.bank_serial),
            Fact::new("到账时间", form.booked),
            Fact::new("经办", form.handler),
        ];
        FormPaper {
            sections: vec![FormSection::facts("", facts)],
            signatures: form.signatures,
            statement: Some("本收据根据银行对账单记录出具，不作为税务发票使用。".to_owned()),
            ..FormPaper::new(form.head, "收款收据")
        }
    }
}
