//! 农村产权转出交易申请书 (rulebook F01).

use serde::{Deserialize, Serialize};

use super::{optional, owned, party};
use crate::{Column, Fact, FormPaper, FormSection, Head, Opinion, Party, Side, Signature, TablePaper};

/// An application to list a right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationForm {
    /// Application number, exchange, day.
    pub head: Head,
    /// Who gives.
    pub transferor: Party,
    /// Owner of the title, when it is someone else.
    pub title_owner: Option<String>,
    /// Category and variety.
    pub variety: String,
    /// Name of the object.
    pub object: String,
    /// Scale with unit.
    pub quantity: String,
    /// Where it lies.
    pub location: String,
    /// 四至.
    pub bounds: Option<String>,
    /// Kind of title.
    pub title_kind: String,
    /// 集体 or 个人.
    pub ownership: String,
    /// Title number.
    pub title_no: Option<String>,
    /// Organ that confirmed the title.
    pub title_organ: Option<String>,
    /// Body that approved the transfer, with decision and votes.
    pub approved_by: String,
    /// Present use.
    pub present_use: String,
    /// Mortgage, lease, seizure, or that there is none.
    pub encumbrances: String,
    /// Further facts of the variety.
    pub further: Vec<Fact>,
    /// Plots or items.
    pub parcels: Option<TablePaper>,
    /// Listing price with unit.
    pub price: String,
    /// What the price rests on.
    pub price_basis: String,
    /// Term.
    pub term: Option<String>,
    /// Mode of transfer.
    pub mode: String,
    /// Trading method.
    pub method: String,
    /// Listing period asked for.
    pub listing_period: String,
    /// Households involved.
    pub households: Option<String>,
    /// Whether this is a further transfer by a transferee.
    pub retransfer: String,
    /// Whether the project is also sent to a platform above the county.
    pub upper_level: String,
    /// Conditions for transferees.
    pub conditions: Vec<String>,
    /// Papers attached: name, pages or size, note.
    pub attachments: Vec<Attachment>,
    /// The station's opinion.
    pub station: Opinion,
    /// The centre's opinion.
    pub centre: Opinion,
    /// The applicant's signature.
    pub signatures: Vec<Signature>,
}

/// A paper attached to an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Name.
    pub name: String,
    /// Kind and size.
    pub size: String,
    /// Start of its digest, or a note.
    pub digest: String,
}

impl From<ApplicationForm> for FormPaper {
    fn from(form: ApplicationForm) -> FormPaper {
        let mut sections = vec![
            FormSection::facts("一、转出方", party("名称（姓名）", &form.transferor)),
            object(&form),
            FormSection::facts("三、交易意向", wishes(&form)),
        ];
        if !form.conditions.is_empty() {
            let lines = form.conditions.iter().enumerate().map(|(i, c)| format!("{}. {c}", i + 1)).collect();
            sections.push(FormSection::text("四、对受让方的条件", lines));
        }
        sections.push(FormSection::table("申请材料", attachments(form.attachments)));
        FormPaper {
            sections,
            opinions: vec![form.station, form.centre],
            undertaking_title: "转出方承诺".to_owned(),
            undertaking: owned(&[
                "所填内容和所交材料真实、完整、合法，标的权属清楚，没有隐瞒的争议、查封或者权利负担。",
                "已经依法履行内部决策和公示程序，知悉并遵守农村产权流转交易规则和服务收费办法。",
                "公告发布后不擅自变更或者撤回；违反承诺给他人造成损失的，依法承担责任。",
            ]),
            signatures: form.signatures,
            ..FormPaper::new(form.head, "农村产权转出交易申请书")
        }
    }
}

fn object(form: &ApplicationForm) -> FormSection {
    let mut facts = vec![
        Fact::new("标的名称", form.object.clone()),
        Fact::new("交易品种", form.variety.clone()),
        Fact::new("数量（规模）", form.quantity.clone()),
        Fact::new("坐落", form.location.clone()),
        optional("四至", &form.bounds),
        Fact::new("产权类型", form.title_kind.clone()),
        Fact::new("权属", form.ownership.clone()),
        optional("所有权人", &form.title_owner),
        optional("权证编号", &form.title_no),
        optional("确权机构", &form.title_organ),
        Fact::new("转出批准机构和决议", form.approved_by.clone()),
        Fact::new("现状用途", form.present_use.clone()),
        Fact::new("权利负担", form.encumbrances.clone()),
    ];
    facts.extend(form.further.iter().cloned());
    FormSection { table: form.parcels.clone(), ..FormSection::facts("二、标的", facts) }
}

fn wishes(form: &ApplicationForm) -> Vec<Fact> {
    vec![
        Fact::new("转出方式", form.mode.clone()),
        Fact::new("交易方式", form.method.clone()),
        Fact::new("挂牌价", form.price.clone()),
        Fact::new("定价依据", form.price_basis.clone()),
        optional("转出期限", &form.term),
        Fact::new("公告期", form.listing_period.clone()),
        optional("涉及农户数", &form.households),
        Fact::new("是否再次流转", form.retransfer.clone()),
        Fact::new("是否报上级平台", form.upper_level.clone()),
    ]
}

pub(super) fn attachments(list: Vec<Attachment>) -> TablePaper {
    let columns = vec![
        Column::new("序号", 2, Side::Center),
        Column::new("材料名称", 10, Side::Left),
        Column::new("类型和大小", 5, Side::Center),
        Column::new("摘要或者备注", 6, Side::Left),
    ];
    let row = |(i, a): (usize, Attachment)| vec![(i + 1).to_string(), a.name, a.size, a.digest];
    TablePaper::new(columns, list.into_iter().enumerate().map(row).collect())
}
