#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::statement::*;
use crate::base::{Day, Fen};

const HEADER: &str = "流水号,记账时间,付款人户名,付款人账号,付款人开户行,金额,收款账号,摘要";
const WIDE: &str =
    "流水号,记账时间,收支方向,付款人户名,付款人账号,付款人开户行,对方户名,对方账号,金额,收款账号,摘要,余额";

fn parse(bytes: &[u8]) -> Result<Vec<StatementLine>, Vec<RowError>> {
    super::statement::parse(bytes, "88001")
}

fn file(rows: &[&str]) -> Vec<u8> {
    format!("{HEADER}\r\n{}\r\n", rows.join("\r\n")).into_bytes()
}

fn wide(rows: &[&str]) -> Vec<u8> {
    format!("{WIDE}\n{}\n", rows.join("\n")).into_bytes()
}

fn errors(bytes: &[u8]) -> Vec<String> {
    parse(bytes).unwrap_err().iter().map(RowError::zh).collect()
}

#[test]
fn a_plain_incoming_line() {
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    bytes.extend(file(&[
        "N2026112200001,2026-11-22 14:30:05,王小五,6222 0212 3456 1234,蓝山农商银行,\"8,000.00\",8800100001,保证金",
    ]));
    let lines = parse(&bytes).unwrap();
    let line = &lines[0];
    assert_eq!((lines.len(), line.row, line.serial.as_str()), (1, 2, "N2026112200001"));
    assert_eq!(line.booked, Day::ymd(2026, 11, 22).unwrap().at(14, 30).plus_secs(5));
    assert_eq!((line.direction, line.amount), (Direction::In, Fen::yuan(8000)));
    assert_eq!((line.party.name.as_str(), line.party.account.as_str()), ("王小五", "6222021234561234"));
    assert_eq!((line.own_account.as_str(), line.remark.as_str()), ("8800100001", "保证金"));
}

#[test]
fn outgoing_lines_by_column_or_by_sign() {
    let by_column =
        "B1,2026/11/25 09:00:00,支出,蓝山县农村产权交易中心,88001,,王小五,6222021234561234,8000,88001,退款,0";
    let by_sign = "B2,20261125090001,,,88001,,王小五,6222021234561234,-8000.00,,退款,0";
    let to_payee = "B3,2026-11-25T09:00:02,借,,88001,,王小五,,8000,6222021234561234,退款,0";
    for line in parse(&wide(&[by_column, by_sign, to_payee])).unwrap() {
        assert_eq!((line.direction, line.amount), (Direction::Out, Fen::yuan(8000)), "row {}", line.row);
        assert_eq!((line.party.account.as_str(), line.own_account.as_str()), ("6222021234561234", "88001"));
    }
}

#[test]
fn eight_columns_tell_what_goes_out_by_the_payer_or_the_sign() {
    let centre = "蓝山县农村产权交易中心";
    let by_payer = format!("B1,2026-11-25 09:00:00,{centre},880-01,,8000,6222021234561234,未成交 TK20261122000001");
    let by_sign = format!("B2,2026-11-25 09:00:01,{centre},,,-8000.00,6222021234561234,未成交");
    let both = format!("B3,2026-11-25 09:00:02,{centre},88001,,\"-8,000.00\",6222021234561234,未成交");
    for line in parse(&file(&[&by_payer, &both])).unwrap() {
        assert_eq!((line.direction, line.amount), (Direction::Out, Fen::yuan(8000)), "row {}", line.row);
        assert_eq!((line.party.name.as_str(), line.party.account.as_str()), ("", "6222021234561234"));
        assert!(line.own_account.starts_with("88"), "{}", line.own_account);
    }
    // Without any account of ours it is a line of an account that is not ours.
    let line = parse(&file(&[&by_sign])).unwrap().remove(0);
    assert_eq!((line.direction, line.own_account.as_str()), (Direction::Out, "6222021234561234"));
    // A bank that writes the other side as payer and tells by the sign.
    let from_theirs = parse(&file(&["B4,2026-11-25 09:00:03,王小五,6222021234561234,,-8000,88001,未成交"])).unwrap();
    assert_eq!((from_theirs[0].direction, from_theirs[0].own_account.as_str()), (Direction::Out, "88001"));
    assert_eq!(from_theirs[0].party.name, "王小五");
    // What the bank says of the direction stands above what the accounts say.
    let said = parse(&wide(&["B5,2026-11-25 09:00:04,收入,王小五,88001,,,,8000,88001,转存,0"])).unwrap();
    assert_eq!(said[0].direction, Direction::In);
}

#[test]
fn incoming_lines_of_the_wide_form() {
    let other = "B1,2026-11-25 09:00:00,收入,,,,王小五,6222021234561234,8000,88001,保证金,0";
    let payer = "B2,2026-11-25 09:00:00,收,王小五,6222021234561234,,,,8000,88001,保证金,0";
    for line in parse(&wide(&[other, payer])).unwrap() {
        assert_eq!((line.direction, line.party.name.as_str()), (Direction::In, "王小五"));
        assert_eq!(line.own_account, "88001");
    }
}

#[test]
fn every_faulty_row_is_named_and_nothing_is_imported() {
    let found = errors(&file(&[
        "B1,2026-11-22 14:30:05,王小五,6222021234561234,,8000,88001,好的一行",
        "B2,2026-11-22,王小五,6222021234561234,,8000,88001,",
        "B3,2026-11-22 14:30:05,王小五,6222021234561234,,8000.005,88001,",
        ",2026-11-22 14:30:05,王小五,6.22202E+15,,8000,88001,",
        "B5,2026-11-22 14:30:05,王小五,6222021234561234,,0,88001,",
        "B6,2026-11-22 14:30:05,王小五,6222021234561234,,8000",
        "B1,2026-11-22 14:30:05,王小五,6222021234561234,,8000,88001,重复",
        "B8,2026-11-22 24:00:00,王\u{202E}五,6222021234561234,,八千,,",
    ]));
    assert_eq!(
        found,
        [
            "第 3 行“记账时间”：请填写到秒的记账时间，例如 2026-11-22 14:30:05。",
            "第 4 行“金额”：金额最多保留两位小数（精确到分）",
            "第 5 行“流水号”：请填写此项。",
            "第 5 行“付款人账号”：号码被电子表格改成了科学计数法，请把该列设为文本格式后重新导出。",
            "第 6 行“金额”：金额应大于 0。",
            "第 7 行：应有 8 列，实际有 6 列。",
            "第 8 行“流水号”：与第 2 行的流水号重复，请核对文件。",
            "第 9 行“付款人户名”：内容含有看不见的字符或改变文字方向的字符，请删除后重新手工填写。",
            "第 9 行“记账时间”：请填写到秒的记账时间，例如 2026-11-22 14:30:05。",
            "第 9 行“金额”：金额只能填写数字，例如 1200 或 1,200.50",
        ]
    );
}

#[test]
fn direction_and_sign_must_agree() {
    let row = |direction: &str, amount: &str| {
        wide(&[&format!("B1,2026-11-25 09:00:00,{direction},,,,王小五,622202123456,{amount},88001,,")])
    };
    assert_eq!(errors(&row("收入", "-5")), ["第 2 行“金额”：收入的金额不能为负数，请核对收支方向。"]);
    assert_eq!(errors(&row("转", "5")), ["第 2 行“收支方向”：请填写“收入”或“支出”。"]);
    assert_eq!(parse(&row("支出", "-5")).unwrap()[0].amount, Fen::yuan(5));
    assert_eq!(parse(&row("", "+5")).unwrap()[0].direction, Direction::In);
}

#[test]
fn rows_of_another_account_and_changed_rows_are_named() {
    let lines = parse(&file(&[
        "B1,2026-11-22 14:30:05,王小五,6222021234561234,,8000,88001,",
        "B2,2026-11-22 14:30:05,王小五,6222021234561234,,8000,99009,",
    ]))
    .unwrap();
    let strange = foreign(&lines, |own| own == "88001");
    let told: Vec<String> = strange.iter().map(RowError::zh).collect();
    assert_eq!(told, ["第 3 行“收款账号”：账号 99009 不是交易资金结算账户，请核对导出的账户。"]);
    let one = &lines[0];
    let known = (one.booked, one.direction, one.amount, one.own_account.as_str());
    assert_eq!(differs(one, known), None);
    for (changed, column) in [
        ((one.booked, one.direction, Fen::yuan(1), "88001"), "金额"),
        ((one.booked.plus_secs(1), one.direction, one.amount, "88001"), "记账时间"),
        ((one.booked, Direction::Out, one.amount, "88001"), "收支方向"),
        ((one.booked, one.direction, one.amount, "88002"), "收款账号"),
    ] {
        let told = differs(one, changed).unwrap().zh();
        assert!(told.starts_with(&format!("第 2 行“{column}”")), "{told}");
    }
    // The database keeps one line a serial, whatever the account.
    let twice = errors(&file(&[
        "B1,2026-11-22 14:30:05,王小五,6222021234561234,,8000,88001,",
        "B1,2026-11-22 14:30:05,王小五,6222021234561234,,8000,88002,",
    ]));
    assert_eq!(twice, ["第 3 行“流水号”：与第 2 行的流水号重复，请核对文件。"]);
}

#[test]
fn files_that_are_no_statement() {
    assert_eq!(errors(b""), ["文件是空的，没有可以导入的内容。"]);
    assert!(parse(HEADER.as_bytes()).unwrap().is_empty(), "a day without movements");
    assert!(errors(&[0xC1, 0xF7, 0xCB, 0xAE])[0].contains("UTF-8"), "GBK bytes");
    assert!(errors(b"PK\x03\x04")[0].contains("表头缺少这一列"));
    assert!(errors(b"%PDF-1.7\n1 0 obj")[0].contains("表头缺少这一列"));
    let twice = format!("{HEADER},金额\n");
    assert_eq!(errors(twice.as_bytes()), ["第 1 行“金额”：这一列出现了两次，请删除一列。"]);
    assert!(errors(&vec![b' '; MAX_BYTES + 1])[0].contains("10 MB"));
    let missing = errors("流水号,金额\nB1,5\n".as_bytes());
    assert!(missing.iter().any(|e| e.contains("“记账时间”：表头缺少这一列")), "{missing:?}");
}

#[test]
fn control_characters_are_refused_everywhere() {
    for row in [
        "B\u{0}1,2026-11-22 14:30:05,王,6222021234561234,,8000,88001,",
        "B1,2026-11-22 14:30:05\u{8},王,6222021234561234,,8000,88001,",
        "B1,2026-11-22 14:30:05,王,6222021234561234,,8000\u{7F},88001,",
        "B1,2026-11-22 14:30:05,王,6222021234561234,,8000,88001,\"两\n行\"",
        "B1,2026-11-22 14:30:05,王,6222021234561234,,8000,88001,\u{1B}[31m",
    ] {
        assert!(errors(&file(&[row]))[0].contains("控制字符"), "{row:?}");
    }
}

#[test]
fn a_wrong_file_does_not_list_thousands_of_faults() {
    let rows = vec!["x"; 5_000];
    assert_eq!(parse(&file(&rows)).unwrap_err().len(), 200);
}

#[test]
fn bank_charges_have_no_other_side() {
    let line = "B1,2026-11-25 09:00:00,支出,,,,,,12.5,88001,手续费,0";
    let line = parse(&wide(&[line])).unwrap().remove(0);
    assert_eq!((line.party.name.as_str(), line.own_account.as_str()), ("", "88001"));
    let nobody = "B1,2026-11-25 09:00:00,支出,,,,,,12.5,,手续费,0";
    assert_eq!(errors(&wide(&[nobody])), ["第 2 行“收款账号”：请填写本中心账户的账号。"]);
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut with_header = format!("{HEADER}\n").into_bytes();
        with_header.extend(&bytes);
        for attempt in [&bytes, &with_header] {
            match parse(attempt) {
                Ok(_) => {}
                Err(errors) => prop_assert!(!errors.is_empty()),
            }
        }
    }

    #[test]
    fn amounts_are_exact(fen in 1i64..=Fen::MAX.0) {
        let row = format!("B1,2026-11-22 14:30:05,王,622202123456,,{},88001,", Fen(fen).decimal());
        prop_assert_eq!(parse(&file(&[&row])).unwrap()[0].amount, Fen(fen));
    }
}

#[test]
fn the_sample_is_read_and_never_taken() {
    let sample = sample();
    let lines = parse(sample.as_bytes()).unwrap();
    let [line] = &lines[..] else { panic!("{lines:?}") };
    assert!(line.party.name.contains("示例") && line.remark.contains("示例"), "{line:?}");
    for column in ["流水号", "收支方向", "对方户名", "对方账号", "对方开户行", "摘要"] {
        assert!(sample.lines().next().unwrap().contains(column), "{column}");
    }
    assert_eq!(foreign(&lines, |own| own == "18431127000000001").len(), 1, "left in the file it is refused");
}
