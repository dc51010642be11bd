//! `demo`: a demonstration county in the browser.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::args::DemoArgs;
use super::{say, serve};
use crate::clock::DemoClock;
use crate::config::{Config, Mode};
use crate::domain::base::Day;
use crate::store::{Fault, accounts};
use crate::{boot, demo, jobs, web};

#[derive(Args, Clone, Debug)]
pub(super) struct DemoCommand {
    #[command(flatten)]
    demo: DemoArgs,
}

pub(super) fn run(args: DemoCommand) -> ExitCode {
    let config = match args.demo.config() {
        Ok(config) => config,
        Err(faults) => return say::faults(&faults),
    };
    say::done(start(config))
}

fn start(config: Config) -> Result<(), Fault> {
    crate::telemetry::start("warn");
    let listener = serve::listen(&config)?;
    let speed = match config.mode {
        Mode::Demo(demo) => demo.speed,
        Mode::Serve => 1,
    };
    // Monday 2 March 2026: a confirmed working day, whatever the wall clock says.
    let day = Day::ymd(2026, 3, 2).ok_or_else(|| Fault::Setup("演示日期无效".into()))?;
    let clock = Arc::new(DemoClock::new(day.at(9, 0), speed));
    let app = Arc::new(boot::open(config, clock)?);
    let people =
        if app.store.read(|db| accounts::count(db))? == 0 { demo::seed(&app)? } else { demo::accounts(&app.data)? };
    println!("演示县已启动：{}（业务时间从 2026年3月2日 9:00 开始，等待加速 {speed} 倍）", app.config.base_url);
    println!(
        "登录页：{}/login，账号如下（也在 {}）：",
        app.config.base_url,
        app.data.join("demo-accounts.json").display()
    );
    for p in &people {
        println!("    {}  {}  账号 {}  密码 {}", p.role, p.name, p.account, p.password);
    }
    println!("短信和邮件不会发出，验证码在：{}/demo/outbox", app.config.base_url);
    let running = jobs::start(&app, day.at(0, 0))?;
    let served = web::server::run(app, listener, serve::workers());
    drop(running);
    served.map_err(|e| Fault::Setup(format!("网页服务中断：{e}")))
}
