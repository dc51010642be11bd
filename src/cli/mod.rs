//! The command line: what is typed, and which act or service answers.
//!
//! To add a command: a file with its arguments and a `run` function, a variant in
//! [`Command`], an arm in [`run`]. Help texts are Chinese; `zh` turns clap's own
//! words Chinese as well.

mod admin;
mod args;
mod backup;
mod bench;
mod demo;
mod doctor;
mod journal;
mod ledger;
mod migrate;
mod restore;
mod say;
mod serve;
mod verify;
mod zh;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub use args::{DemoArgs, PlaceArgs, ServeArgs};

/// What was typed.
#[derive(Debug, Parser)]
#[command(name = "nongquan", version, about = "农权：县级农村产权流转交易平台")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 启动正式服务
    Serve(Box<serve::Serve>),
    /// 启动演示县：虚构的人物，每个岗位一个账号
    Demo(Box<demo::DemoCommand>),
    /// 把数据库升级到本程序的结构
    Migrate(Box<migrate::Migrate>),
    /// 系统管理：生成初始化码
    Admin(Box<admin::Admin>),
    /// 核对记录：日志、标的、竞价、结果、鉴证书、资金、文件是否被改动过
    Verify(Box<verify::Verify>),
    /// 账簿：试算平衡
    Ledger(Box<ledger::Ledger>),
    /// 日志：导出成任何人都能核对的文件
    Journal(Box<journal::Journal>),
    /// 备份：数据库、文件、公钥，服务可以不停
    Backup(Box<backup::Backup>),
    /// 从备份恢复到空的地方，恢复后自动核对
    Restore(Box<restore::Restore>),
    /// 测量速度：报价、核对、页面，各与同一台机器上的下限相比
    Bench(Box<bench::Bench>),
    /// 检查设置、文件夹、密钥、字体，告诉您该怎么办
    Doctor(Box<doctor::DoctorArgs>),
}

/// The whole command line as clap sees it, in Chinese.
pub fn command() -> clap::Command {
    zh::localized(Cli::command())
}

/// Reads the words (the program's name first) and does what they say.
/// Exit codes: 0 done, 1 failed or refused, 2 not understood.
pub fn main(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    match command().try_get_matches_from(words).and_then(|m| Cli::from_arg_matches(&m)) {
        Ok(cli) => run(cli),
        Err(error) => zh::explain(&error),
    }
}

fn run(cli: Cli) -> ExitCode {
    match cli.command {
        Command::Serve(args) => serve::run(*args),
        Command::Demo(args) => demo::run(*args),
        Command::Migrate(args) => migrate::run(*args),
        Command::Admin(args) => admin::run(*args),
        Command::Verify(args) => verify::run(*args),
        Command::Ledger(args) => ledger::run(*args),
        Command::Journal(args) => journal::run(*args),
        Command::Backup(args) => backup::run(*args),
        Command::Restore(args) => restore::run(*args),
        Command::Bench(args) => bench::run(*args),
        Command::Doctor(args) => doctor::run(*args),
    }
}
