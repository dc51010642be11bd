//! `admin`: what only somebody on the server may do.

use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::args::ServeArgs;
use super::say;
use crate::acts::staff;
use crate::boot;
use crate::clock::MachineClock;
use crate::store::Fault;

#[derive(Args, Clone, Debug)]
pub(super) struct Admin {
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Debug, Subcommand)]
enum Command {
    /// 生成一次性初始化码，用来建立系统管理员
    SetupCode(SetupCode),
}

#[derive(Args, Clone, Debug)]
struct SetupCode {
    #[command(flatten)]
    serve: ServeArgs,
}

pub(super) fn run(args: Admin) -> ExitCode {
    let Command::SetupCode(args) = args.command;
    let config = match args.serve.config() {
        Ok(config) => config,
        Err(faults) => return say::faults(&faults),
    };
    let base_url = config.base_url.clone();
    let work = || -> Result<(), Fault> {
        let app = boot::open(config, Arc::new(MachineClock))?;
        let code = staff::make_setup_code(&app).map_err(say::stopped)?;
        println!("初始化码：{code}");
        println!("只能用一次，之前的初始化码已作废。请打开 {base_url}/setup 使用。");
        Ok(())
    };
    say::done(work())
}
