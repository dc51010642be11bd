//! The statement that finance clerks fill in by hand.

use super::{COLUMNS, Column};

/// A file to fill in: every column, and one row that shows how, told to be an example. Its account is nobody's, so
/// that it is refused when it is left in.
pub fn sample() -> String {
    let cell = |column: Column| match column {
        Column::Serial => "0000000000000001",
        Column::Booked => "2026-01-05 10:30:00",
        Column::PayerName => "示例付款人（导入前请删除本行）",
        Column::PayerAccount => "0000000000000002",
        Column::PayerBank => "示例银行",
        Column::OtherName | Column::OtherAccount | Column::OtherBank => "",
        Column::Amount => "1000.00",
        Column::Direction => "收入",
        Column::Receiving => "0000000000000003",
        Column::Remark => "示例：转账附言码",
    };
    let row = |cells: Vec<&str>| cells.join(",") + "\r\n";
    let (names, cells) = COLUMNS.iter().map(|(column, name, _)| (*name, cell(*column))).unzip();
    format!("\u{FEFF}{}{}", row(names), row(cells))
}
