//! `doctor`: is this machine ready, and if not, what to do.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::args::ServeArgs;
use crate::config::{Config, Place};

#[derive(Args, Clone, Debug)]
pub(super) struct DoctorArgs {
    #[command(flatten)]
    serve: ServeArgs,
}

/// What one check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Good,
    /// Works, but somebody should look at it.
    Notice,
    Bad,
}

struct Finding {
    verdict: Verdict,
    subject: &'static str,
    text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.verdict {
            Verdict::Good => "通过",
            Verdict::Notice => "注意",
            Verdict::Bad => "失败",
        };
        write!(f, "[{mark}] {}：{}", self.subject, self.text)
    }
}

fn good(subject: &'static str, text: impl Into<String>) -> Finding {
    Finding { verdict: Verdict::Good, subject, text: text.into() }
}

fn notice(subject: &'static str, text: impl Into<String>) -> Finding {
    Finding { verdict: Verdict::Notice, subject, text: text.into() }
}

fn bad(subject: &'static str, text: impl Into<String>) -> Finding {
    Finding { verdict: Verdict::Bad, subject, text: text.into() }
}

pub(super) fn run(args: DoctorArgs) -> ExitCode {
    let config = match args.serve.config() {
        Ok(config) => config,
        Err(faults) => {
            for fault in faults.iter() {
                println!("{}", bad("设置", fault.to_string()));
            }
            return ExitCode::FAILURE;
        }
    };
    let findings = examine(&config);
    for finding in &findings {
        println!("{finding}");
    }
    let failed = findings.iter().filter(|f| f.verdict == Verdict::Bad).count();
    if failed == 0 {
        println!("检查完毕，可以启动。");
        ExitCode::SUCCESS
    } else {
        println!("检查完毕，有 {failed} 项需要先处理。");
        ExitCode::FAILURE
    }
}

fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = vec![good("设置", format!("监听 {}，对外网址 {}", config.listen, config.base_url))];
    findings.push(data_folder(&config.place));
    findings.extend(key_folder(&config.place));
    findings.push(database_route(config));
    findings
}

/// Whether the data folder takes a file.
fn data_folder(place: &Place) -> Finding {
    let dir = &place.data;
    if !dir.exists() {
        return notice("数据文件夹", format!("{} 还不存在，第一次启动时创建。", dir.display()));
    }
    let probe = dir.join(".doctor-probe");
    match fs::write(&probe, b"probe").and_then(|()| fs::remove_file(&probe)) {
        Ok(()) => good("数据文件夹", format!("{} 可以写入。", dir.display())),
        Err(e) => bad(
            "数据文件夹",
            format!("{} 不能写入（{e}）。请把它交给运行本程序的用户：chown -R 用户 {}。", dir.display(), dir.display()),
        ),
    }
}

/// Whether only the owner can read the keys.
fn key_folder(place: &Place) -> Vec<Finding> {
    let dir = &place.keys;
    if !dir.exists() {
        return vec![notice("密钥文件夹", format!("{} 还不存在，第一次启动时创建并生成密钥。", dir.display()))];
    }
    let mut open = Vec::new();
    let mut files = 0usize;
    match fs::read_dir(dir) {
        Ok(entries) => {
            for path in entries.flatten().map(|e| e.path()).filter(|p| p.is_file()) {
                files += 1;
                if path.extension().is_none_or(|e| e != "pub") && readable_by_others(&path) {
                    open.push(path.display().to_string());
                }
            }
        }
        Err(e) => return vec![bad("密钥文件夹", format!("{} 打不开（{e}）。", dir.display()))],
    }
    let mut findings = Vec::new();
    if readable_by_others(dir) {
        findings.push(bad(
            "密钥文件夹",
            format!("{} 能被其他用户打开。请执行 chmod 700 {}。", dir.display(), dir.display()),
        ));
    }
    if open.is_empty() {
        findings.push(good("密钥", format!("{} 里有 {files} 个文件，私钥只有本用户能读。", dir.display())));
    } else {
        findings.push(bad("密钥", format!("这些私钥能被其他用户读取，请执行 chmod 600：{}", open.join("、"))));
    }
    findings
}

#[cfg(unix)]
fn readable_by_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|m| m.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn readable_by_others(_: &Path) -> bool {
    false
}

/// Whether the way to the database may be overheard.
fn database_route(config: &Config) -> Finding {
    let database = &config.place.database;
    if database.is_unprotected() {
        notice("数据库", format!("{database}：到服务器的连接没有要求加密，请在地址后面加上 ?sslmode=verify-full。"))
    } else {
        good("数据库", database.to_string())
    }
}
