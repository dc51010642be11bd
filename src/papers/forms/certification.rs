//! 交易鉴证申请表 (rulebook F10).

use serde::{Deserialize, Serialize};

use super::{owned, party};
use crate::{Column, Fact, FormPaper, FormSection, Head, Opinion, Party, Side, Signature, TablePaper};

/// An application for the certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificationForm {
    /// Number, exchange, day.
    pub head: Head,
    /// Project number.
    pub project_no: String,
    /// Lot number.
    pub lot_no: String,
    /// Contract number.
    pub contract_no: String,
    /// Day the contract was signed.
    pub contract_date: String,
    /// Who gives.
    pub transferor: Party,
    /// Who receives.
    pub transferee: Party,
    /// Name of the object.
    pub object: String,
    /// Quantity with unit.
    pub quantity: String,
    /// Price in all, with capitals.
    pub price: String,
    /// Proof of payment.
    pub payment_proof: String,
    /// Proof of the service fee, or that none is charged.
    pub fee_proof: String,
    /// What it is for: registration, loan, subsidy.
    pub purpose: String,
    /// Each thing checked by the applicant, with yes or no in words.
    pub checks: Vec<Fact>,
    /// Opinions of issuing and approving posts.
    pub opinions: Vec<Opinion>,
    /// The applicant's signature.
    pub signatures: Vec<Signature>,
}

impl From<CertificationForm> for FormPaper {
    fn from(form: CertificationForm) -> FormPaper {
        let deal = vec![
            Fact::new("项目编号", form.project_no),
            Fact::new("标的编号", form.lot_no),
            Fact::new("标的名称", form.object),
            Fact::new("数量", form.quantity),
            Fact::new("合同编号", form.contract_no),
            Fact::new("合同签订日期", form.contract_date),
            Fact::new("成交金额", form.price),
            Fact::new("价款支付凭证", form.payment_proof),
            Fact::new("服务费凭证", form.fee_proof),
            Fact::new("鉴证用途", form.purpose),
        ];
        let columns = vec![Column::new("核对事项", 12, Side::Left), Column::new("申请人核对结果", 5, Side::Center)];
        let checks = TablePaper::new(columns, form.checks.into_iter().map(|f| vec![f.0, f.1]).collect());
        FormPaper {
            sections: vec![
                FormSection::facts("一、交易情况", deal),
                FormSection::facts("二、转出方", party("名称（姓名）", &form.transferor)),
                FormSection::facts("三、受让方", party("名称（姓名）", &form.transferee)),
                FormSection::table("四、申请人自查", checks),
            ],
            opinions: form.opinions,
            undertaking_title: "申请人声明".to_owned(),
            undertaking: owned(&[
                "上述内容真实，合同双方对交易没有争议。知悉鉴证书证明交易过程和结果，不代替权属登记；因提供虚假材料取得的鉴证书将被撤销。",
            ]),
            signatures: form.signatures,
            ..FormPaper::new(form.head, "农村产权交易鉴证申请表")
        }
    }
}
