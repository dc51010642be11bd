//! 卷内目录 (rulebook 9.7): one file a project, in the order of the business.

use serde::{Deserialize, Serialize};

use super::optional;
use crate::{Column, Fact, FormPaper, FormSection, Head, Side, Signature, TablePaper};

/// The list of a closed file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveIndex {
    /// File number, exchange, day of closing.
    pub head: Head,
    /// Title of the file.
    pub title: String,
    /// Project number.
    pub project_no: String,
    /// Lot number.
    pub lot_no: String,
    /// How long it is kept.
    pub retention: String,
    /// First and last day of the papers.
    pub period: String,
    /// Box or shelf of papers kept on paper.
    pub place: Option<String>,
    /// The papers.
    pub lines: Vec<ArchiveLine>,
    /// Digest over the list.
    pub digest: String,
    /// Who put the file together and who checked it.
    pub signatures: Vec<Signature>,
}

/// A paper of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveLine {
    /// Part of the file, such as 申请, 审核, 公告.
    pub part: String,
    /// Name.
    pub name: String,
    /// Number.
    pub number: String,
    /// Day.
    pub date: String,
    /// Pages.
    pub pages: String,
    /// Digest of the file.
    pub digest: String,
}

impl From<ArchiveIndex> for FormPaper {
    fn from(form: ArchiveIndex) -> FormPaper {
        let count = form.lines.len();
        let facts = vec![
            Fact::new("案卷题名", form.title),
            Fact::new("项目编号", form.project_no),
            Fact::new("标的编号", form.lot_no),
            Fact::new("起止日期", form.period),
            Fact::new("保管期限", form.retention),
            Fact::new("件数", format!("{count}件")),
            optional("纸质材料存放", &form.place),
            Fact::new("目录摘要（SM3）", form.digest),
        ];
        let columns = vec![
            Column::new("序号", 4, Side::Center),
            Column::new("类别", 5, Side::Center),
            Column::new("文件名称", 13, Side::Left),
            Column::new("文号（编号）", 15, Side::Left),
            Column::new("日期", 11, Side::Center),
            Column::new("页数", 4, Side::Center),
            Column::new("摘要（SM3）", 11, Side::Left),
        ];
        let row = |(i, l): (usize, ArchiveLine)| {
            vec![(i + 1).to_string(), l.part, l.name, l.number, l.date, l.pages, l.digest]
        };
        let table = TablePaper::new(columns, form.lines.into_iter().enumerate().map(row).collect());
        FormPaper {
            sections: vec![FormSection::facts("", facts), FormSection::table("", table)],
            signatures: form.signatures,
            ..FormPaper::new(form.head, "卷内目录")
        }
    }
}
