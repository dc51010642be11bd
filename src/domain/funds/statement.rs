//! A bank statement as the bank's CSV export gives it. Either every row is understood or nothing is
//! imported and every faulty row is named.
//!
//! Columns, in any order: 流水号, 记账时间, 付款人户名, 付款人账号, 付款人开户行, 金额, 收款账号, 摘要; optional
//! 收支方向, 对方户名, 对方账号, 对方开户行. Other columns are ignored. UTF-8, with or without a byte order mark.
//!
//! Without a direction a line goes out when its amount is negative or the settlement account is the payer. The
//! eight columns name no payee then, only his account in 收款账号.

mod sample;

pub use sample::sample;

use super::payee::{BankParty, is_account};
use crate::base::money::half_width;
use crate::base::text::{self, TextError};
use crate::base::{Day, Fen, Instant};

/// Into or out of the settlement account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// 收入.
    In,
    /// 支出.
    Out,
}

/// One line of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// Line of the file, counted from 1 with the header.
    pub row: u64,
    /// The bank's serial; the idempotency key of the line.
    pub serial: String,
    /// When the bank booked it.
    pub booked: Instant,
    /// In or out.
    pub direction: Direction,
    /// How much; positive.
    pub amount: Fen,
    /// The other side. Name and account may be empty on the bank's own bookings (interest, charges).
    pub party: BankParty,
    /// The account of the exchange, or a bidder's sub-account of it.
    pub own_account: String,
    /// 摘要.
    pub remark: String,
}

/// What is wrong with one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// Line of the file, counted from 1; 0 when the whole file is meant.
    pub row: u64,
    /// The column, in Chinese as in the header; empty when the whole row is meant.
    pub column: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

impl RowError {
    fn new(row: u64, column: &'static str, message: impl Into<String>) -> RowError {
        RowError { row, column, message: message.into() }
    }

    /// `第 3 行“金额”：……`.
    pub fn zh(&self) -> String {
        match (self.row, self.column) {
            (0, _) => self.message.clone(),
            (row, "") => format!("第 {row} 行：{}", self.message),
            (row, column) => format!("第 {row} 行“{column}”：{}", self.message),
        }
    }
}

/// Largest file and most rows taken at once.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// Most rows taken at once.
pub const MAX_ROWS: usize = 50_000;
/// So many faults are listed; a file with more is the wrong file.
const MAX_ERRORS: usize = 200;

/// The columns understood.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Serial,
    Booked,
    PayerName,
    PayerAccount,
    PayerBank,
    OtherName,
    OtherAccount,
    OtherBank,
    Amount,
    Direction,
    Receiving,
    Remark,
}

const COLUMNS: [(Column, &str, bool); 12] = [
    (Column::Serial, "流水号", true),
    (Column::Booked, "记账时间", true),
    (Column::PayerName, "付款人户名", true),
    (Column::PayerAccount, "付款人账号", true),
    (Column::PayerBank, "付款人开户行", true),
    (Column::OtherName, "对方户名", false),
    (Column::OtherAccount, "对方账号", false),
    (Column::OtherBank, "对方开户行", false),
    (Column::Amount, "金额", true),
    (Column::Direction, "收支方向", false),
    (Column::Receiving, "收款账号", true),
    (Column::Remark, "摘要", true),
];

/// Reads a whole statement of the exchange's `settlement` account.
///
/// # Errors
/// Every faulty row, up to a bound; or one fault of the whole file.
pub fn parse(bytes: &[u8], settlement: &str) -> Result<Vec<StatementLine>, Vec<RowError>> {
    let whole = |message: &str| vec![RowError::new(0, "", message)];
    if bytes.len() > MAX_BYTES {
        return Err(whole("文件超过 10 MB，请按日期分成几个文件导入。"));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| whole("文件不是 UTF-8 编码，请在电子表格软件中另存为“CSV UTF-8”后重新导入。"))?;
    // With one kind of line end the reader counts lines as an editor shows them.
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.records();
    let header = match records.next() {
        Some(Ok(header)) => Header::read(&header)?,
        Some(Err(_)) | None => return Err(whole("文件是空的，没有可以导入的内容。")),
    };
    let (mut lines, mut errors) = (Vec::new(), Vec::new());
    for (index, record) in records.enumerate() {
        let Ok(record) = record else {
            errors.push(RowError::new(index as u64 + 2, "", "无法读取，请检查引号和逗号。"));
            break;
        };
        if lines.len() >= MAX_ROWS {
            return Err(whole("文件超过 50,000 行，请按日期分成几个文件导入。"));
        }
        let row = record.position().map_or(index as u64 + 2, csv::Position::line);
        match (Row { header: &header, record: &record, row, settlement }).line() {
            Ok(line) => lines.push(line),
            Err(mut found) => errors.append(&mut found),
        }
        if errors.len() >= MAX_ERRORS {
            break;
        }
    }
    errors.extend(repeated(&lines));
    errors.truncate(MAX_ERRORS);
    errors.sort_by_key(|error| error.row);
    match errors.is_empty() {
        false => Err(errors),
        // A day without movements: whether that tells anything is for the importer to judge.
        true => Ok(lines),
    }
}

/// The rows of another account than the exchange's own: `ours` knows the settlement account and the sub-accounts
/// given out. Money that stands elsewhere is not held here (rulebook 5.1).
pub fn foreign(lines: &[StatementLine], ours: impl Fn(&str) -> bool) -> Vec<RowError> {
    let strange = lines.iter().filter(|line| !ours(&line.own_account));
    let named = strange.map(|line| {
        let column = match line.direction {
            Direction::In => "收款账号",
            Direction::Out => "付款人账号",
        };
        let message = format!("账号 {} 不是交易资金结算账户，请核对导出的账户。", line.own_account);
        RowError::new(line.row, column, message)
    });
    named.take(MAX_ERRORS).collect()
}

/// What of a line differs from the one imported earlier under the same serial: it is another payment then, or
/// a changed file, and neither may be passed over.
pub fn differs(line: &StatementLine, earlier: (Instant, Direction, Fen, &str)) -> Option<RowError> {
    let (booked, direction, amount, own_account) = earlier;
    let column = if line.amount != amount {
        "金额"
    } else if line.booked != booked {
        "记账时间"
    } else if line.direction != direction {
        "收支方向"
    } else if line.own_account != own_account {
        "收款账号"
    } else {
        return None;
    };
    let message = format!("流水号 {} 以前导入过，但内容不同，请向银行核实。", line.serial);
    Some(RowError::new(line.row, column, message))
}

/// A serial that stands twice in one file.
fn repeated(lines: &[StatementLine]) -> Vec<RowError> {
    let mut first = std::collections::BTreeMap::new();
    let mut errors = Vec::new();
    for line in lines {
        match first.entry(&line.serial) {
            std::collections::btree_map::Entry::Vacant(free) => drop(free.insert(line.row)),
            std::collections::btree_map::Entry::Occupied(taken) => {
                let message = format!("与第 {} 行的流水号重复，请核对文件。", taken.get());
                errors.push(RowError::new(line.row, "流水号", message));
            }
        }
    }
    errors
}

/// Where each column stands.
struct Header {
    places: [Option<usize>; COLUMNS.len()],
    width: usize,
}

impl Header {
    fn read(record: &csv::StringRecord) -> Result<Header, Vec<RowError>> {
        let mut places = [None; COLUMNS.len()];
        let mut errors = Vec::new();
        for (place, name) in record.iter().enumerate() {
            if let Some(at) = COLUMNS.iter().position(|(_, known, _)| *known == name.trim())
                && places[at].replace(place).is_some()
            {
                errors.push(RowError::new(1, COLUMNS[at].1, "这一列出现了两次，请删除一列。"));
            }
        }
        for (at, (_, name, required)) in COLUMNS.iter().enumerate() {
            if *required && places[at].is_none() {
                errors.push(RowError::new(1, name, "表头缺少这一列，请按导入模板整理后重新导入。"));
            }
        }
        if errors.is_empty() { Ok(Header { places, width: record.len() }) } else { Err(errors) }
    }
}

struct Row<'a> {
    header: &'a Header,
    record: &'a csv::StringRecord,
    row: u64,
    settlement: &'a str,
}

impl Row<'_> {
    fn line(&self) -> Result<StatementLine, Vec<RowError>> {
        if self.record.len() != self.header.width {
            let message = format!("应有 {} 列，实际有 {} 列。", self.header.width, self.record.len());
            return Err(vec![RowError::new(self.row, "", message)]);
        }
        let mut errors = Vec::new();
        let mut keep = |result: Result<String, RowError>| result.map_err(|e| errors.push(e)).unwrap_or_default();
        let serial = keep(self.code(Column::Serial, true, 64));
        let payer = BankParty {
            name: keep(self.text(Column::PayerName, 120)),
            account: keep(self.code(Column::PayerAccount, false, 40)),
            bank: keep(self.text(Column::PayerBank, 120)),
        };
        let other = BankParty {
            name: keep(self.text(Column::OtherName, 120)),
            account: keep(self.code(Column::OtherAccount, false, 40)),
            bank: keep(self.text(Column::OtherBank, 120)),
        };
        let receiving = keep(self.code(Column::Receiving, false, 40));
        let remark = keep(self.text(Column::Remark, 300));
        let booked = self.booked().map_err(|e| errors.push(e));
        let amount = self.amount(is_account(&payer.account, self.settlement)).map_err(|e| errors.push(e));
        let (Ok(booked), Ok((direction, amount)), true) = (booked, amount, errors.is_empty()) else {
            return Err(errors);
        };
        let (party, own_account) = sides(direction, payer, other, receiving, self.settlement);
        if own_account.is_empty() {
            return Err(vec![RowError::new(self.row, "收款账号", "请填写本中心账户的账号。")]);
        }
        Ok(StatementLine { row: self.row, serial, booked, direction, amount, party, own_account, remark })
    }

    fn cell(&self, column: Column) -> (&'static str, &str) {
        let at = COLUMNS.iter().position(|(c, ..)| *c == column).unwrap_or_default();
        (COLUMNS[at].1, self.header.places[at].and_then(|place| self.record.get(place)).unwrap_or_default())
    }

    fn text(&self, column: Column, max: usize) -> Result<String, RowError> {
        let (name, cell) = self.cell(column);
        let kept = text::optional_line(cell, max).map_err(|e| RowError::new(self.row, name, e.zh()))?;
        Ok(kept.unwrap_or_default())
    }

    fn code(&self, column: Column, required: bool, max: usize) -> Result<String, RowError> {
        let (name, cell) = self.cell(column);
        let error = |message: &str| RowError::new(self.row, name, message);
        let code = match text::code(cell) {
            Err(TextError::Empty) if !required => return Ok(String::new()),
            other => other.map_err(|e| error(&e.zh()))?,
        };
        if code.contains("E+") {
            return Err(error("号码被电子表格改成了科学计数法，请把该列设为文本格式后重新导出。"));
        }
        if code.len() > max || !code.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_/.".contains(&b)) {
            return Err(error("只能由数字、字母和连字符组成，请核对。"));
        }
        Ok(code)
    }

    fn booked(&self) -> Result<Instant, RowError> {
        let (name, cell) = self.cell(Column::Booked);
        let example = "请填写到秒的记账时间，例如 2026-11-22 14:30:05。";
        text::check_chars(cell, false).map_err(|e| RowError::new(self.row, name, e.zh()))?;
        booking_time(cell).ok_or_else(|| RowError::new(self.row, name, example))
    }

    /// The amount and where it goes; `we_pay` where the settlement account is the payer.
    fn amount(&self, we_pay: bool) -> Result<(Direction, Fen), RowError> {
        let (name, cell) = self.cell(Column::Amount);
        let error = |message: &str| RowError::new(self.row, name, message);
        text::check_chars(cell, false).map_err(|e| error(&e.zh()))?;
        let typed: String = cell.trim().chars().map(half_width).collect();
        let (negative, digits) = match typed.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, typed.strip_prefix('+').unwrap_or(&typed)),
        };
        let amount = Fen::parse(digits).map_err(|e| error(e.zh()))?;
        if amount == Fen::ZERO {
            return Err(error("金额应大于 0。"));
        }
        let direction = match (self.direction()?, negative) {
            (Some(Direction::In), true) => return Err(error("收入的金额不能为负数，请核对收支方向。")),
            (Some(direction), _) => direction,
            (None, true) => Direction::Out,
            (None, false) if we_pay => Direction::Out,
            (None, false) => Direction::In,
        };
        Ok((direction, amount))
    }

    fn direction(&self) -> Result<Option<Direction>, RowError> {
        let (name, cell) = self.cell(Column::Direction);
        match cell.trim() {
            "" => Ok(None),
            "收" | "收入" | "入" | "入账" | "贷" | "贷方" => Ok(Some(Direction::In)),
            "支" | "支出" | "出" | "出账" | "借" | "借方" => Ok(Some(Direction::Out)),
            _ => Err(RowError::new(self.row, name, "请填写“收入”或“支出”。")),
        }
    }
}

/// Who is on the other side and which account is ours. On outgoing lines 收款账号 may be the payee's,
/// and ours is then the payer's; or the bank writes every movement with the other side as payer and tells by the
/// sign that money went out.
fn sides(
    direction: Direction,
    payer: BankParty,
    other: BankParty,
    receiving: String,
    settlement: &str,
) -> (BankParty, String) {
    let other_given = !other.name.is_empty() || !other.account.is_empty();
    let from_their_side = is_account(&receiving, settlement) && !is_account(&payer.account, settlement);
    match direction {
        Direction::In => (if other_given { other } else { payer }, receiving),
        Direction::Out if from_their_side && !other_given => (payer, receiving),
        Direction::Out => {
            let own = if payer.account.is_empty() { receiving.clone() } else { payer.account };
            let account = if other.account.is_empty() && receiving != own { receiving } else { other.account };
            (BankParty { account, ..other }, own)
        }
    }
}

/// `2026-11-22 14:30:05`, also with `/`, `T`, full-width characters or as fourteen digits.
fn booking_time(cell: &str) -> Option<Instant> {
    let text: String = cell.trim().chars().map(|c| half_width(c).to_ascii_uppercase()).collect();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (day, time) = if digits.len() == 14 && digits == text {
        let day = Day::parse(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..8]))?;
        (day, format!("{}:{}:{}", &text[8..10], &text[10..12], &text[12..]))
    } else {
        let (day, time) = text.split_once([' ', 'T'])?;
        (Day::parse(day)?, time.trim().to_owned())
    };
    let parts: Vec<&str> = time.split(':').collect();
    let [hour, minute, second] = parts[..] else { return None };
    let number = |part: &str, max: u32| {
        let ok = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        ok.then(|| part.parse::<u32>().ok()).flatten().filter(|n| *n <= max)
    };
    let (hour, minute, second) = (number(hour, 23)?, number(minute, 59)?, number(second, 59)?);
    Some(day.at(hour, minute).plus_secs(i64::from(second)))
}
