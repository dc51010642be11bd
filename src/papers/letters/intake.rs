//! Letters of intake and review (rulebook F13).

use serde::{Deserialize, Serialize};

use super::optional;
use crate::{Column, Fact, Head, LetterPaper, Side, TablePaper};

/// 受理通知书.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptanceLetter {
    /// Acceptance number SL..., exchange, day.
    pub head: Head,
    /// The applicant.
    pub to: String,
    /// Application number.
    pub application_no: String,
    /// Project number given on acceptance.
    pub project_no: String,
    /// Name of the object.
    pub object: String,
    /// Category and variety.
    pub variety: String,
    /// Papers received, by name.
    pub received: Vec<String>,
    /// Day by which the review ends.
    pub review_until: String,
    /// Whom to ask.
    pub contact: String,
}

impl From<AcceptanceLetter> for LetterPaper {
    fn from(letter: AcceptanceLetter) -> LetterPaper {
        LetterPaper {
            to: Some(letter.to),
            paragraphs: vec![
                "你方提交的农村产权转出交易申请，经核对属于本中心受理范围，申请材料齐全，现予受理。".to_owned(),
            ],
            facts: vec![
                Fact::new("申请编号", letter.application_no),
                Fact::new("项目编号", letter.project_no),
                Fact::new("标的名称", letter.object),
                Fact::new("交易品种", letter.variety),
                Fact::new("审核期限", format!("{}前", letter.review_until)),
            ],
            after: vec!["已收到下列材料：".to_owned()],
            items: letter.received,
            ending: Some(
                "审核期间需要补充材料或者征求主管部门意见的，另行通知，所需时间按规定不计入审核期限。".to_owned(),
            ),
            contact: Some(letter.contact),
            ..LetterPaper::new(letter.head, "受理通知书")
        }
    }
}

/// 补正告知书: all gaps, told once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionLetter {
    /// Number, organ that asks (station or centre), day.
    pub head: Head,
    /// The applicant.
    pub to: String,
    /// Application number.
    pub application_no: String,
    /// Name of the object.
    pub object: String,
    /// Each gap with what is asked for.
    pub gaps: Vec<Gap>,
    /// Last day to hand in.
    pub until: String,
    /// Which round of correction, such as 第1次.
    pub round: String,
    /// Whom to ask.
    pub contact: String,
}

/// A gap in an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Paper or field.
    pub item: String,
    /// What is wrong.
    pub problem: String,
    /// What to hand in.
    pub remedy: String,
}

impl From<CorrectionLetter> for LetterPaper {
    fn from(letter: CorrectionLetter) -> LetterPaper {
        let columns = vec![
            Column::new("序号", 2, Side::Center),
            Column::new("材料或者事项", 5, Side::Left),
            Column::new("存在的问题", 7, Side::Left),
            Column::new("补正要求", 7, Side::Left),
        ];
        let row = |(i, gap): (usize, Gap)| vec![(i + 1).to_string(), gap.item, gap.problem, gap.remedy];
        let rows = letter.gaps.into_iter().enumerate().map(row).collect();
        LetterPaper {
            to: Some(letter.to),
            paragraphs: vec!["你方的交易申请需要补正。为避免多次往返，现将全部需要补正的内容一次告知如下。".to_owned()],
            facts: vec![
                Fact::new("申请编号", letter.application_no),
                Fact::new("标的名称", letter.object),
                Fact::new("补正次数", letter.round),
                Fact::new("补正期限", format!("{}前", letter.until)),
            ],
            table: Some(TablePaper::new(columns, rows)),
            after: vec![
                "请在期限内登录平台提交补正材料，也可以到乡镇农村产权交易服务站由工作人员协助办理。逾期未补正的，申请作退回处理；退回后可以重新申请。".to_owned(),
            ],
            contact: Some(letter.contact),
            ..LetterPaper::new(letter.head, "补正告知书")
        }
    }
}

/// 不予受理（退回）告知书.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectionLetter {
    /// Number, organ, day.
    pub head: Head,
    /// The applicant.
    pub to: String,
    /// Application number.
    pub application_no: String,
    /// Name of the object.
    pub object: String,
    /// Grounds, each with its citation.
    pub grounds: Vec<String>,
    /// Where to turn instead, if the law names a place.
    pub redirect: Option<String>,
    /// How to object.
    pub objection: String,
}

impl From<RejectionLetter> for LetterPaper {
    fn from(letter: RejectionLetter) -> LetterPaper {
        LetterPaper {
            to: Some(letter.to),
            paragraphs: vec!["你方提交的交易申请经审查不符合受理条件，决定不予受理，申请予以退回。".to_owned()],
            facts: vec![
                Fact::new("申请编号", letter.application_no),
                Fact::new("标的名称", letter.object),
                optional("建议办理途径", &letter.redirect),
            ],
            after: vec!["理由和依据如下：".to_owned()],
            items: letter.grounds,
            ending: Some(letter.objection),
            ..LetterPaper::new(letter.head, "不予受理告知书")
        }
    }
}

/// 审核意见书: findings of a first review, a centre review or a department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewOpinion {
    /// Number, reviewing organ, day.
    pub head: Head,
    /// Which review, such as 乡镇初审, 县中心审核, 部门会审.
    pub stage: String,
    /// Project or application number.
    pub project_no: String,
    /// Name of the object.
    pub object: String,
    /// The applicant.
    pub applicant: String,
    /// Each rule with its finding.
    pub findings: Vec<FindingLine>,
    /// 通过, 不通过 and so on.
    pub outcome: String,
    /// The opinion in words.
    pub opinion: String,
    /// Who reviewed (post or name).
    pub reviewer: String,
    /// Who approved, where four eyes are needed.
    pub approver: Option<String>,
}

/// A rule's finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingLine {
    /// Rule code.
    pub rule: String,
    /// What was checked.
    pub subject: String,
    /// 符合, 不符合, 提示 or 人工认定.
    pub verdict: String,
    /// Explanation with citation.
    pub note: String,
}

impl From<ReviewOpinion> for LetterPaper {
    fn from(letter: ReviewOpinion) -> LetterPaper {
        let columns = vec![
            Column::new("规则", 3, Side::Center),
            Column::new("审核内容", 8, Side::Left),
            Column::new("结论", 4, Side::Center),
            Column::new("说明", 9, Side::Left),
        ];
        let row = |f: FindingLine| vec![f.rule, f.subject, f.verdict, f.note];
        let rows = letter.findings.into_iter().map(row).collect();
        LetterPaper {
            facts: vec![
                Fact::new("审核环节", letter.stage),
                Fact::new("项目（申请）编号", letter.project_no),
                Fact::new("标的名称", letter.object),
                Fact::new("申请人", letter.applicant),
                Fact::new("审核结论", letter.outcome),
                Fact::new("审核人", letter.reviewer),
                optional("审批人", &letter.approver),
            ],
            table: Some(TablePaper::new(columns, rows).captioned("逐项审核情况")),
            after: vec![format!("审核意见：{}", letter.opinion)],
            ..LetterPaper::new(letter.head, "审核意见书")
        }
    }
}
