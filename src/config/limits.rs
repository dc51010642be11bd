//! How long a login lasts, how big a file may be, how often a check code may be mistyped.

use std::time::Duration;

use super::fault::{Fault, fault};

/// How long a login of one kind of account lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lasting {
    /// Ends after this long without a request.
    pub idle: Duration,
    /// Ends after this long in any case.
    pub whole: Duration,
}

/// Session lengths (rulebook-independent; always real time, never the demo clock).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sessions {
    /// Centre, township, department, supervisor and administrator accounts.
    pub staff: Lasting,
    /// Farmers, collectives, bidders.
    pub public: Lasting,
}

impl Sessions {
    /// Staff 15 minutes idle and 8 hours; everyone else 30 minutes and 12 hours.
    pub const DEFAULT: Sessions = Sessions { staff: lasting(15, 480), public: lasting(30, 720) };

    /// From minutes `(idle, whole)`: 5 to 240 idle, at most 24 hours whole.
    pub(super) fn new(staff: (u32, u32), public: (u32, u32)) -> Result<Sessions, Fault> {
        for (setting, (idle, whole)) in
            [("NONGQUAN_STAFF_IDLE_MINUTES", staff), ("NONGQUAN_PUBLIC_IDLE_MINUTES", public)]
        {
            if !(5..=240).contains(&idle) || whole < idle || whole > 1440 {
                return Err(fault(
                    setting,
                    format!("登录时限不合理：闲置 {idle} 分钟，最长 {whole} 分钟"),
                    "闲置填 5 至 240 分钟，最长不短于闲置，也不超过 1440 分钟",
                ));
            }
        }
        Ok(Sessions { staff: lasting(staff.0, staff.1), public: lasting(public.0, public.1) })
    }
}

const fn lasting(idle_minutes: u32, whole_minutes: u32) -> Lasting {
    Lasting {
        idle: Duration::from_secs(idle_minutes as u64 * 60),
        whole: Duration::from_secs(whole_minutes as u64 * 60),
    }
}

/// How big an upload may be, in bytes. Enforced while the bytes stream in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uploads {
    /// One file.
    pub file_bytes: u64,
    /// One request with all its files.
    pub request_bytes: u64,
}

const MIB: u64 = 1024 * 1024;

impl Uploads {
    /// 20 MiB a file, 60 MiB a request.
    pub const DEFAULT: Uploads = Uploads { file_bytes: 20 * MIB, request_bytes: 60 * MIB };

    /// From MiB: 1 to 200 a file, the request at least as big, at most 500.
    pub(super) fn new(file_mb: u32, request_mb: u32) -> Result<Uploads, Fault> {
        if !(1..=200).contains(&file_mb) || request_mb < file_mb || request_mb > 500 {
            return Err(fault(
                "NONGQUAN_UPLOAD_FILE_MB",
                format!("上传限制不合理：单个文件 {file_mb} MB，一次提交 {request_mb} MB"),
                "单个文件填 1 至 200，一次提交不小于单个文件，也不超过 500",
            ));
        }
        Ok(Uploads { file_bytes: u64::from(file_mb) * MIB, request_bytes: u64::from(request_mb) * MIB })
    }
}

/// Wrong check codes from one address within a quarter of an hour before it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckCodes {
    /// For one certificate.
    pub of_one: i64,
    /// For all certificates together.
    pub of_all: i64,
}

impl CheckCodes {
    /// Several people share an address, so that it may err more often than on one certificate.
    const WIDER: i64 = 5;

    /// Ten for one certificate.
    pub const DEFAULT: CheckCodes = CheckCodes::wrong(10);

    const fn wrong(of_one: i64) -> CheckCodes {
        CheckCodes { of_one, of_all: of_one * CheckCodes::WIDER }
    }

    /// From wrong codes for one certificate: 3 to 100.
    pub(super) fn new(of_one: u32) -> Result<CheckCodes, Fault> {
        if !(3..=100).contains(&of_one) {
            return Err(fault(
                "NONGQUAN_CHECK_CODE_FAILURES",
                format!("校验码错误次数 {of_one} 不在 3 至 100 之间"),
                "填写同一地址对同一份鉴证书 15 分钟内可以输错几次，例如 10",
            ));
        }
        Ok(CheckCodes::wrong(i64::from(of_one)))
    }
}
