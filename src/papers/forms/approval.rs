//! The approval sheet of commercial capital (rulebook 6.5, state K70).

use serde::{Deserialize, Serialize};

use super::party;
use crate::{Column, Fact, FormPaper, FormSection, Head, Opinion, Party, Side, Signature, TablePaper};

/// 社会资本流转取得土地经营权审批表.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalForm {
    /// Number, exchange, day.
    pub head: Head,
    /// Who applies: the transferee.
    pub applicant: Party,
    /// Who gives.
    pub transferor: String,
    /// Lot number.
    pub lot_no: String,
    /// Number of the intention agreement.
    pub intention_no: String,
    /// Where the land lies.
    pub location: String,
    /// Area with unit, and other area of the same applicant that counts.
    pub area: String,
    /// Kind of land.
    pub land: String,
    /// Term.
    pub term: String,
    /// Price.
    pub price: String,
    /// Business plan in short.
    pub plan: String,
    /// Farming ability, credit and means.
    pub ability: String,
    /// Risk guarantee.
    pub risk: String,
    /// Which level decides, with the threshold.
    pub level: String,
    /// Papers attached, by name.
    pub papers: Vec<String>,
    /// Opinions of the collective, the township, the departments, the deciding authority.
    pub opinions: Vec<Opinion>,
    /// The applicant's signature.
    pub signatures: Vec<Signature>,
}

impl From<ApprovalForm> for FormPaper {
    fn from(form: ApprovalForm) -> FormPaper {
        let land = vec![
            Fact::new("转出方", form.transferor),
            Fact::new("标的编号", form.lot_no),
            Fact::new("流转意向协议书", form.intention_no),
            Fact::new("坐落", form.location),
            Fact::new("面积", form.area),
            Fact::new("土地类型", form.land),
            Fact::new("流转期限", form.term),
            Fact::new("价格", form.price),
            Fact::new("经营项目规划", form.plan),
            Fact::new("经营能力和资信", form.ability),
            Fact::new("风险保障", form.risk),
            Fact::new("审批层级", form.level),
        ];
        let columns = vec![Column::new("序号", 1, Side::Center), Column::new("材料名称", 9, Side::Left)];
        let row = |(i, name): (usize, String)| vec![(i + 1).to_string(), name];
        let papers = TablePaper::new(columns, form.papers.into_iter().enumerate().map(row).collect());
        FormPaper {
            sections: vec![
                FormSection::facts("一、申请人", party("名称（姓名）", &form.applicant)),
                FormSection::facts("二、流转情况", land),
                FormSection::table("三、申请材料", papers),
            ],
            opinions: form.opinions,
            signatures: form.signatures,
            ..FormPaper::new(form.head, "社会资本流转取得土地经营权审批表")
        }
    }
}
