//! 受让申请书 (rulebook F02).

use serde::{Deserialize, Serialize};

use super::application::{Attachment, attachments};
use super::{optional, party};
use crate::{Column, Fact, FormPaper, FormSection, Head, Party, Side, Signature, TablePaper};

/// An application to take part as a bidder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BidderForm {
    /// Application number, exchange, day.
    pub head: Head,
    /// Notice number.
    pub notice_no: String,
    /// Lot number.
    pub lot_no: String,
    /// Name of the object.
    pub object: String,
    /// Who applies.
    pub applicant: Party,
    /// 农户, 家庭农场, 合作社, 企业 or other; whether a member of the collective.
    pub membership: String,
    /// Intended use and plan.
    pub plan: String,
    /// Each condition of the notice with the answer.
    pub answers: Vec<Fact>,
    /// Priority claimed, with its proof.
    pub priority: Option<String>,
    /// Joint members: name and share. Empty for a single applicant.
    pub members: Vec<Fact>,
    /// Own account from which the deposit is paid and to which it returns.
    pub account: String,
    /// What the applicant declares, as accepted on screen.
    pub declarations: Vec<String>,
    /// Papers attached.
    pub attachments: Vec<Attachment>,
    /// The applicant's signature.
    pub signatures: Vec<Signature>,
}

impl From<BidderForm> for FormPaper {
    fn from(form: BidderForm) -> FormPaper {
        let mut applicant = party("名称（姓名）", &form.applicant);
        applicant.push(Fact::new("申请人类别", form.membership));
        let lot = vec![
            Fact::new("公告编号", form.notice_no),
            Fact::new("标的编号", form.lot_no),
            Fact::new("标的名称", form.object),
            Fact::new("拟用途和经营计划", form.plan),
            optional("主张的优先权", &form.priority),
            Fact::new("保证金退款账户", form.account),
        ];
        let mut sections = vec![
            FormSection::facts("一、申请人", applicant),
            FormSection::facts("二、申请受让的标的", lot),
            FormSection::table("三、对受让方条件的说明", pairs("公告条件", "申请人说明", form.answers)),
        ];
        if !form.members.is_empty() {
            sections.push(FormSection::table("联合体成员", pairs("成员", "份额和分工", form.members)));
        }
        sections.push(FormSection::table("申请材料", attachments(form.attachments)));
        FormPaper {
            sections,
            undertaking_title: "申请人声明".to_owned(),
            undertaking: form.declarations,
            signatures: form.signatures,
            ..FormPaper::new(form.head, "农村产权受让申请书")
        }
    }
}

fn pairs(left: &str, right: &str, facts: Vec<Fact>) -> TablePaper {
    let columns = vec![Column::new(left, 1, Side::Left), Column::new(right, 1, Side::Left)];
    TablePaper::new(columns, facts.into_iter().map(|f| vec![f.0, f.1]).collect())
}
