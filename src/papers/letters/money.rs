//! Letters about money.

use serde::{Deserialize, Serialize};

use super::optional;
use crate::{Account, Column, Fact, Head, LetterPaper, Side, TablePaper};

/// 缴款通知书: what the winner has to pay, until when, to which account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentDemand {
    /// Number, exchange, day.
    pub head: Head,
    /// Who pays.
    pub to: String,
    /// Lot number.
    pub lot_no: String,
    /// Name of the object.
    pub object: String,
    /// Contract number.
    pub contract_no: String,
    /// What is due: name, how it is computed, amount.
    pub lines: Vec<DueLine>,
    /// Sum of the lines.
    pub sum: String,
    /// The same in capitals.
    pub sum_capitals: String,
    /// Deposit that counts towards it.
    pub offset: Option<String>,
    /// Last moment to pay.
    pub until: String,
    /// Where to.
    pub account: Account,
    /// What to write into the transfer.
    pub reference: String,
    /// Whom to ask.
    pub contact: String,
}

/// A sum due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueLine {
    /// Name.
    pub item: String,
    /// How it is computed, or its ground.
    pub basis: String,
    /// Amount.
    pub amount: String,
}

impl From<PaymentDemand> for LetterPaper {
    fn from(letter: PaymentDemand) -> LetterPaper {
        let columns = vec![
            Column::new("款项", 5, Side::Left),
            Column::new("计算依据", 9, Side::Left),
            Column::new("金额", 5, Side::Right),
        ];
        let rows = letter.lines.into_iter().map(|line| vec![line.item, line.basis, line.amount]).collect();
        let table =
            TablePaper::new(columns, rows).totalled(vec!["应付合计".to_owned(), letter.sum_capitals, letter.sum]);
        LetterPaper {
            to: Some(letter.to),
            paragraphs: vec![format!("按照合同约定，请你方在{}前支付下列款项，以到账时间为准。", letter.until)],
            facts: vec![
                Fact::new("标的编号", letter.lot_no),
                Fact::new("标的名称", letter.object),
                Fact::new("合同编号", letter.contract_no),
                Fact::new("收款户名", letter.account.name),
                Fact::new("开户银行", letter.account.bank),
                Fact::new("收款账号", letter.account.number),
                Fact::new("汇款附言", letter.reference),
                optional("已抵作价款的保证金", &letter.offset),
            ],
            table: Some(table),
            after: vec![
                "请从本人（本单位）账户汇款，并在附言中填写上列内容。平台不以电话、短信方式变更收款账户；对账户有疑问的，请先向本中心核实。".to_owned(),
            ],
            contact: Some(letter.contact),
            ..LetterPaper::new(letter.head, "缴款通知书")
        }
    }
}
