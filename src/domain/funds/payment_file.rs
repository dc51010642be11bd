//! The file of payments that goes to the bank. The same orders give the same bytes, whenever and as
//! often as it is downloaded.

use super::payout::PayoutOrder;
use crate::base::Fen;

/// A payment file cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaymentFileError {
    /// No orders.
    #[error("没有可以导出的付款单。")]
    Empty,
    /// An order stands in it twice.
    #[error("付款单 {0} 重复，没有生成付款文件。")]
    Twice(String),
    /// The text could not be written.
    #[error("付款文件无法生成，请联系系统管理员。")]
    Write,
}

/// A payment file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentFile {
    /// CSV in UTF-8 with a byte order mark and CRLF line ends.
    pub bytes: Vec<u8>,
    /// The sum of all payments.
    pub total: Fen,
    /// How many payments.
    pub count: usize,
}

/// Writes the orders in the order of their numbers.
pub fn render(orders: &[PayoutOrder]) -> Result<PaymentFile, PaymentFileError> {
    let mut sorted: Vec<&PayoutOrder> = orders.iter().collect();
    sorted.sort_by_key(|order| order.no);
    if sorted.is_empty() {
        return Err(PaymentFileError::Empty);
    }
    if let Some(pair) = sorted.windows(2).find(|pair| pair[0].no == pair[1].no) {
        return Err(PaymentFileError::Twice(pair[0].no.to_string()));
    }
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{FEFF}".as_bytes().to_vec());
    let header = ["序号", "付款单号", "收款人户名", "收款人账号", "收款人开户行", "金额", "用途"];
    writer.write_record(header).map_err(|_| PaymentFileError::Write)?;
    for (i, order) in sorted.iter().enumerate() {
        let row = [
            (i + 1).to_string(),
            order.no.to_string(),
            neutral(&order.payee.name),
            neutral(&order.payee.account),
            neutral(&order.payee.bank),
            order.amount.decimal(),
            format!("{} {}", order.cause.zh(), order.no),
        ];
        writer.write_record(row).map_err(|_| PaymentFileError::Write)?;
    }
    let bytes = writer.into_inner().map_err(|_| PaymentFileError::Write)?;
    Ok(PaymentFile { bytes, total: sorted.iter().map(|order| order.amount).sum(), count: sorted.len() })
}

/// A cell that a spreadsheet would run as a formula is set behind an apostrophe; control characters
/// become blanks (checklist S007).
pub fn neutral(cell: &str) -> String {
    let clean: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let first = clean.trim_start().chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') => format!("'{}", clean.trim_start()),
        Some(_) | None => clean,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::base::Day;
    use crate::base::ids::{AccountId, PaymentFileId, RefundId};
    use crate::base::numbering::RefundNo;
    use crate::funds::payee::BankParty;
    use crate::funds::payout::PayoutCause;
    use uuid::Uuid;

    fn order(serial: u32, name: &str, fen: i64) -> PayoutOrder {
        let day = Day::ymd(2026, 11, 22).unwrap();
        let payee =
            BankParty {
                name: name.to_owned(), account: "6222021234561234".to_owned(), bank: "农商行,蓝山".to_owned()
            };
        let id = RefundId(Uuid::from_u128(u128::from(serial)));
        let no = RefundNo::new(day, serial).unwrap();
        PayoutOrder::refund(id, no, PayoutCause::NotWon, Fen(fen), payee, day).unwrap()
    }

    #[test]
    fn the_file_to_the_byte() {
        let file = render(&[order(2, "李四", 5), order(1, "王小五", 800_000)]).unwrap();
        let expected = "\u{FEFF}序号,付款单号,收款人户名,收款人账号,收款人开户行,金额,用途\r\n\
            1,TK20261122000001,王小五,6222021234561234,\"农商行,蓝山\",8000.00,未成交 TK20261122000001\r\n\
            2,TK20261122000002,李四,6222021234561234,\"农商行,蓝山\",0.05,未成交 TK20261122000002\r\n";
        assert_eq!(String::from_utf8(file.bytes).unwrap(), expected);
        assert_eq!((file.total, file.count), (Fen(800_005), 2));
    }

    #[test]
    fn the_same_orders_give_the_same_bytes() {
        let orders = [order(1, "王小五", 1), order(2, "李四", 2), order(3, "赵六", 3)];
        let mut turned = orders.to_vec();
        turned.reverse();
        let first = render(&orders).unwrap();
        assert_eq!(first, render(&turned).unwrap());
        let later = orders.map(|order| {
            let maker = AccountId(Uuid::from_u128(1));
            let checked = order.make(maker).unwrap().check(AccountId(Uuid::from_u128(2))).unwrap();
            checked.send(PaymentFileId(Uuid::from_u128(3))).unwrap().0
        });
        assert_eq!(first, render(&later).unwrap(), "download after sending");
    }

    #[test]
    fn s007_cells_are_no_formulas() {
        for cell in ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", " =1", "\t=1", "\r=1", "＝1"] {
            assert!(neutral(cell).starts_with('\''), "{cell:?}");
        }
        assert_eq!(neutral("王小五"), "王小五");
        let file = render(&[order(1, "=cmd|' /C calc'!A0", 1)]).unwrap();
        assert!(String::from_utf8(file.bytes).unwrap().contains(",'=cmd"));
    }

    #[test]
    fn empty_and_double_files_are_refused() {
        assert_eq!(render(&[]), Err(PaymentFileError::Empty));
        let twice = render(&[order(1, "王小五", 1), order(1, "王小五", 1)]);
        assert_eq!(twice, Err(PaymentFileError::Twice("TK20261122000001".to_owned())));
    }
}
