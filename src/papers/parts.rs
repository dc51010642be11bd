//! The pieces papers are made of.

use serde::{Deserialize, Serialize};

/// What every paper carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The paper's own number (rulebook 8.2); stands in the header of each page.
    pub number: String,
    /// The issuing organ, such as 蓝山县农村产权交易中心.
    pub organ: String,
    /// The day of issue as printed, such as 2026年11月22日.
    pub date: String,
    /// Demo data: every page carries a watermark.
    pub demo: bool,
}

/// A label and its value. An empty value leaves the row out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact(pub String, pub String);

impl Fact {
    /// A labelled value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Fact {
        Fact(label.into(), value.into())
    }
}

/// How a table column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Text.
    Left,
    /// Codes and dates.
    Center,
    /// Figures.
    Right,
}

/// A table column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Heading.
    pub label: String,
    /// Width in proportion to the other columns; at least 1.
    pub share: u32,
    /// Alignment of the body cells.
    pub side: Side,
}

impl Column {
    /// A column.
    pub fn new(label: impl Into<String>, share: u32, side: Side) -> Column {
        Column { label: label.into(), share: share.max(1), side }
    }
}

/// A table that may run over pages; its heading repeats. Rows shorter or longer than the columns are padded or cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TablePaper {
    /// Text above the table.
    pub caption: Option<String>,
    /// Columns, left to right.
    pub columns: Vec<Column>,
    /// Body.
    pub rows: Vec<Vec<String>>,
    /// A last row in bold.
    pub total: Option<Vec<String>>,
}

impl TablePaper {
    /// A table without caption and total.
    pub fn new(columns: Vec<Column>, rows: Vec<Vec<String>>) -> TablePaper {
        let width = columns.len();
        let rows = rows.into_iter().map(|row| fit(row, width)).collect();
        TablePaper { caption: None, columns, rows, total: None }
    }

    /// With a caption.
    pub fn captioned(self, caption: impl Into<String>) -> TablePaper {
        TablePaper { caption: Some(caption.into()), ..self }
    }

    /// With a last row in bold.
    pub fn totalled(self, total: Vec<String>) -> TablePaper {
        let width = self.columns.len();
        TablePaper { total: Some(fit(total, width)), ..self }
    }
}

fn fit(mut row: Vec<String>, width: usize) -> Vec<String> {
    row.resize(width, String::new());
    row
}

/// A side of the deal. Optional fields that are absent leave no trace on the paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Full name.
    pub name: String,
    /// Kind, such as 农户, 农村集体经济组织, 有限责任公司.
    pub kind: Option<String>,
    /// What the number is: 公民身份号码 or 统一社会信用代码.
    pub id_label: String,
    /// The number, in full or masked as the caller decides.
    pub id_number: String,
    /// Legal representative or person in charge.
    pub representative: Option<String>,
    /// Registered capital, for companies.
    pub capital: Option<String>,
    /// Agent with power of attorney.
    pub agent: Option<String>,
    /// Home or seat.
    pub address: Option<String>,
    /// Phone.
    pub phone: Option<String>,
}

/// A place to sign. With `signed` empty a line for hand signature and seal is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Role, such as 出租方（甲方）.
    pub role: String,
    /// Name of the party; printed above the line.
    pub name: String,
    /// What stands before the line: 签名（盖章）, 经办人, 法定代表人或者代理人.
    pub sign_label: String,
    /// Lines about a signature already given: who, when, how (on screen or scan), digest of what was signed.
    pub signed: Vec<String>,
}
