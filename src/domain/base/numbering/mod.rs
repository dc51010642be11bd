//! Numbers printed on papers (rulebook 8.2). Unique, never reused, gaps allowed; the serial comes from
//! the store in the transaction that uses it. The prefix tells a scan which paper it is.
//!
//! | number | form |
//! |---|---|
//! | acceptance 受理号 | `SL` unit 9, day 8, serial 4: `SL431127102202611220001` |
//! | project 项目编号 | `LSNC431127102-01-202611-0007` |
//! | lot 标的编号 | project + `-01` |
//! | round 轮次 | lot + `/R2` |
//! | contract 合同编号 | lot + `H01` |
//! | notice 公告号 | lot + type letter + 2 |
//! | other papers of a lot | lot + letters + 2: `Q01` confirmation, `YD01` answer to an objection |
//! | filing 合同备案号 | `BA` unit 9, day 8, serial 4 |
//! | file 档号 | `DA` unit 9, `-` year `-` serial 4: `DA431127102-2026-0001` |
//! | payment file 付款文件 | `FK` day 8, serial 4 to 6 |
//! | certificate 鉴证书编号 | `湘蓝农鉴〔2026〕00012号`, in addresses `XLNJ-2026-00012` |
//! | refund 退款单号 | `TK` day 8, serial 6 |

mod deal;
mod desk;
mod lot_papers;
mod project;
#[cfg(test)]
mod tests;

use super::{Day, TownshipCode};
pub use deal::{AcceptanceNo, CertificateNo, RefundNo};
pub use desk::{ArchiveNo, FilingNo, PaymentFileNo};
pub use lot_papers::{ContractNo, LotPaper, LotPaperNo, NoticeKind, NoticeNo, RoundNo};
pub use project::{LotNo, ProjectNo};

/// Why a number was not made or not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// The text is not a number of this kind.
    #[error("编号格式不正确，请按文书上的编号完整填写。")]
    Form,
    /// The serial is 0 or needs more digits than the number has room for.
    #[error("编号的流水号已经用完或者无效，请联系系统管理员。")]
    Serial,
}

/// Serde as the printed form, checked when read.
macro_rules! as_text {
    ($($name:ident),+) => {$(
        impl TryFrom<String> for $name {
            type Error = NumberError;
            fn try_from(text: String) -> Result<Self, NumberError> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(number: $name) -> String {
                number.to_string()
            }
        }
    )+};
}
as_text!(
    AcceptanceNo,
    ProjectNo,
    LotNo,
    RoundNo,
    ContractNo,
    NoticeNo,
    LotPaperNo,
    CertificateNo,
    RefundNo,
    FilingNo,
    ArchiveNo,
    PaymentFileNo
);

/// Exactly `width` ASCII digits.
fn digits(text: &str, width: usize) -> Option<u32> {
    (text.len() == width && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn number(text: &str, width: usize) -> Result<u32, NumberError> {
    digits(text, width).ok_or(NumberError::Form)
}

fn compact_day(text: &str) -> Result<Day, NumberError> {
    let n = number(text, 8)?;
    let year = i32::try_from(n / 10_000).map_err(|_| NumberError::Form)?;
    Day::ymd(year, n / 100 % 100, n % 100).filter(|d| d.year() >= 1000).ok_or(NumberError::Form)
}

fn in_range(serial: u32, max: u32) -> Result<u32, NumberError> {
    if (1..=max).contains(&serial) { Ok(serial) } else { Err(NumberError::Serial) }
}

fn unit(text: &str) -> Result<TownshipCode, NumberError> {
    text.parse().map_err(|_| NumberError::Form)
}
