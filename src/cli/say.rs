//! How commands tell what came of them.

use std::process::ExitCode;

use crate::config::Faults;
use crate::store::{Fault, Stop};

/// All faults of the settings.
pub(super) fn faults(faults: &Faults) -> ExitCode {
    for fault in faults.iter() {
        eprintln!("{fault}");
    }
    ExitCode::FAILURE
}

/// Success, or what went wrong and what to do.
pub(super) fn done(outcome: Result<(), Fault>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{}", words(&fault));
            ExitCode::FAILURE
        }
    }
}

/// The refusal of an act as a fault of the command.
pub(super) fn stopped(stop: Stop) -> Fault {
    match stop {
        Stop::Refused(refusal) => Fault::Setup(refusal.to_string()),
        Stop::Fault(fault) => fault,
    }
}

fn words(fault: &Fault) -> String {
    match fault {
        Fault::Setup(text) => text.clone(),
        Fault::Database(detail) | Fault::Duplicate(detail) => format!("数据库出错：{detail}"),
        Fault::Inconsistent(detail) => format!("数据库里的内容前后矛盾：{detail}。请运行 nongquan verify 查明位置。"),
        Fault::Files(detail) => format!("文件读写出错：{detail}"),
        Fault::Papers(detail) => format!("文书生成出错：{detail}"),
    }
}
