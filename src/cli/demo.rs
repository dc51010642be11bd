//! `demo`: a demonstration county in the browser.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;

use super::args::DemoArgs;
use super::{say, serve};
use crate::clock::DemoClock;
use crate::config::{Config, Mode};
use crate::context::App;
use crate::domain::base::Instant;
use crate::store::{Fault, Stop};
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

fn start(mut config: Config) -> Result<(), Fault> {
    crate::telemetry::start("warn");
    let listener = serve::listen(&mut config)?;
    let speed = match config.mode {
        Mode::Demo(demo) => demo.speed,
        Mode::Serve => 1,
    };
    let morning = demo::first_morning()?;
    let clock = Arc::new(DemoClock::new(morning, speed));
    clock.set_barrier(Some(morning));
    let app = Arc::new(boot::open(config, clock.clone())?);
    let people = demo::open(&app)?;
    let url = &app.config.base_url;
    println!("演示县已启动：{url}（业务时间从 2026年3月2日 9:00 开始，等待加速 {speed} 倍，竞价时 1 倍）");
    println!(
        "从这里开始：{url}/demo，列出每个岗位的账号和可以做的事，账号也在 {}：",
        app.data.join("demo-accounts.json").display()
    );
    for p in &people {
        println!("    {}  {}  账号 {}  密码 {}", p.role, p.name, p.account, p.password);
    }
    println!("短信和邮件不会发出，验证码在：{url}/demo/outbox");
    // While the seed lives in the weeks before, business time stands by at 1×.
    let seeding = Arc::new(AtomicBool::new(true));
    let pacemaker = demo::Pacemaker::start(&app, &clock, speed, seeding.clone())?;
    let running = jobs::start(&app, morning)?;
    let robots = demo::Robots::start(&app, &clock, speed, seeding.clone())?;
    let stop = Arc::new(AtomicBool::new(false));
    let filling = fill(app.clone(), seeding, stop.clone())?;
    let served = web::server::run(app, listener, serve::workers());
    stop.store(true, Ordering::Relaxed);
    let _ = filling.join();
    drop((robots, running, pacemaker));
    served.map_err(|e| Fault::Setup(format!("网页服务中断：{e}")))
}

/// Makes the rest of the county while pages are served.
fn fill(app: Arc<App>, seeding: Arc<AtomicBool>, stop: Arc<AtomicBool>) -> Result<std::thread::JoinHandle<()>, Fault> {
    let work = move || {
        match demo::fill(&app, || !stop.load(Ordering::Relaxed)) {
            Ok(failures) => {
                for (key, why) in failures {
                    tracing::error!(key, why, "a project of the demonstration could not be made");
                }
            }
            Err(stop) => tracing::error!(?stop, "the demonstration could not be made"),
        }
        // Whatever an interrupted seed left behind in the past is settled now.
        if let Err(stop) = crate::acts::clock::settle_due_since(&app, Instant::from_micros(0)) {
            let (Stop::Refused(_) | Stop::Fault(_)) = &stop;
            tracing::error!(?stop, "leftovers of the seed could not be settled");
        }
        seeding.store(false, Ordering::Relaxed);
    };
    let thread = std::thread::Builder::new().name("demo-seed".into()).spawn(work);
    thread.map_err(|e| Fault::Setup(format!("后台线程不能启动：{e}")))
}
