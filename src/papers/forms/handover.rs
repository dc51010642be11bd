//! 交割单 (rulebook F15) and 变更登记移交清单 (F16).

use serde::{Deserialize, Serialize};

use super::optional;
use crate::{Asset, Column, Fact, FormPaper, FormSection, Head, Opinion, Side, Signature, TablePaper};

/// Delivery of the object on site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryForm {
    /// Number, exchange, day.
    pub head: Head,
    /// Lot number.
    pub lot_no: String,
    /// Contract number.
    pub contract_no: String,
    /// Who gives.
    pub transferor: String,
    /// Who receives.
    pub transferee: String,
    /// Name of the object.
    pub object: String,
    /// Where it lies.
    pub location: String,
    /// Quantity as measured.
    pub quantity: String,
    /// How the boundary was shown.
    pub boundary: String,
    /// Condition.
    pub condition: String,
    /// When it was handed over.
    pub delivered: String,
    /// Things handed over along with it.
    pub assets: Vec<Asset>,
    /// Photos and maps, by name.
    pub evidence: Vec<String>,
    /// What was left open, or that nothing was.
    pub remarks: String,
    /// Both sides, and a witness.
    pub signatures: Vec<Signature>,
}

impl From<DeliveryForm> for FormPaper {
    fn from(form: DeliveryForm) -> FormPaper {
        let facts = vec![
            Fact::new("标的编号", form.lot_no),
            Fact::new("合同编号", form.contract_no),
            Fact::new("移交方", form.transferor),
            Fact::new("接收方", form.transferee),
            Fact::new("标的名称", form.object),
            Fact::new("坐落", form.location),
            Fact::new("交付数量", form.quantity),
            Fact::new("界址确认", form.boundary),
            Fact::new("现状", form.condition),
            Fact::new("交付时间", form.delivered),
            Fact::new("附图和照片", form.evidence.join("；")),
            Fact::new("备注", form.remarks),
        ];
        let columns = vec![
            Column::new("名称", 5, Side::Left),
            Column::new("数量", 3, Side::Center),
            Column::new("状况", 6, Side::Left),
            Column::new("处理约定", 6, Side::Left),
        ];
        let rows = form.assets.into_iter().map(|a| vec![a.name, a.quantity, a.state, a.treatment]).collect();
        FormPaper {
            sections: vec![
                FormSection::facts("一、交付情况", facts),
                FormSection::table("二、一并移交的资产", TablePaper::new(columns, rows)),
            ],
            undertaking_title: "双方确认".to_owned(),
            undertaking: vec![
                "双方已到现场核对标的、界址和资产，上述记录与现场情况一致，标的自签署之时起交由接收方占有、使用。"
                    .to_owned(),
            ],
            signatures: form.signatures,
            ..FormPaper::new(form.head, "标的交割单")
        }
    }
}

/// The package for the registering department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverForm {
    /// Number, exchange, day.
    pub head: Head,
    /// The department.
    pub department: String,
    /// Project number.
    pub project_no: String,
    /// Lot number.
    pub lot_no: String,
    /// Certificate number.
    pub certificate_no: String,
    /// Name of the object.
    pub object: String,
    /// What is to be registered or filed.
    pub matter: String,
    /// Who gives.
    pub transferor: String,
    /// Who receives.
    pub transferee: String,
    /// The papers.
    pub papers: Vec<HandoverLine>,
    /// Digest of the manifest of the electronic package.
    pub manifest_digest: String,
    /// Last day for the answer.
    pub answer_until: Option<String>,
    /// The department's answer; blank until it comes.
    pub answer: Opinion,
    /// Who hands over and who receives.
    pub signatures: Vec<Signature>,
}

/// A paper of the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverLine {
    /// Name.
    pub name: String,
    /// Number.
    pub number: String,
    /// Pages.
    pub pages: String,
    /// Digest of the file.
    pub digest: String,
}

impl From<HandoverForm> for FormPaper {
    fn from(form: HandoverForm) -> FormPaper {
        let facts = vec![
            Fact::new("接收部门", form.department),
            Fact::new("办理事项", form.matter),
            Fact::new("项目编号", form.project_no),
            Fact::new("标的编号", form.lot_no),
            Fact::new("鉴证书编号", form.certificate_no),
            Fact::new("标的名称", form.object),
            Fact::new("转出方", form.transferor),
            Fact::new("受让方", form.transferee),
            optional("回复期限", &form.answer_until),
            Fact::new("电子包清单摘要（SM3）", form.manifest_digest),
        ];
        let columns = vec![
            Column::new("序号", 2, Side::Center),
            Column::new("材料名称", 6, Side::Left),
            Column::new("编号", 7, Side::Left),
            Column::new("页数", 2, Side::Center),
            Column::new("文件摘要（SM3）", 9, Side::Left),
        ];
        let row = |(i, p): (usize, HandoverLine)| vec![(i + 1).to_string(), p.name, p.number, p.pages, p.digest];
        let table = TablePaper::new(columns, form.papers.into_iter().enumerate().map(row).collect());
        FormPaper {
            sections: vec![FormSection::facts("一、移交事项", facts), FormSection::table("二、材料清单", table)],
            opinions: vec![form.answer],
            signatures: form.signatures,
            ..FormPaper::new(form.head, "变更登记材料移交清单")
        }
    }
}
