//! `serve`: the real service.

use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::args::ServeArgs;
use super::say;
#[cfg(feature = "test-clock")]
use crate::clock::DemoClock;
use crate::clock::{Clock, MachineClock};
use crate::config::Config;
use crate::context::App;
use crate::domain::base::Instant;
use crate::store::{Fault, accounts};
use crate::{boot, jobs, web};

#[derive(Args, Clone, Debug)]
pub(super) struct Serve {
    #[command(flatten)]
    serve: ServeArgs,
    /// 只用于测试：业务时间从这一刻（1970 年起的微秒）开始
    #[cfg(feature = "test-clock")]
    #[arg(long, value_name = "微秒", hide = true)]
    clock_at: Option<i64>,
}

impl Serve {
    /// The machine's clock; a test's program may start at another time.
    #[cfg(feature = "test-clock")]
    fn clock(&self) -> Arc<dyn Clock> {
        match self.clock_at {
            Some(micros) => Arc::new(DemoClock::new(Instant::from_micros(micros), 1)),
            None => Arc::new(MachineClock),
        }
    }

    /// The machine's clock.
    #[cfg(not(feature = "test-clock"))]
    fn clock(&self) -> Arc<dyn Clock> {
        Arc::new(MachineClock)
    }
}

pub(super) fn run(args: Serve) -> ExitCode {
    let clock = args.clock();
    let config = match args.serve.config() {
        Ok(config) => config,
        Err(faults) => return say::faults(&faults),
    };
    say::done(start(config, clock))
}

fn start(mut config: Config, clock: Arc<dyn Clock>) -> Result<(), Fault> {
    crate::telemetry::start("info");
    let listener = listen(&mut config)?;
    let app = Arc::new(boot::open(config, clock)?);
    greet(&app)?;
    let running = jobs::start(&app, Instant::from_micros(0))?;
    let served = web::server::run(app, listener, workers());
    drop(running);
    served.map_err(|e| Fault::Setup(format!("网页服务中断：{e}")))
}

/// Takes the address; says who else may have it.
pub(super) fn listen(config: &mut Config) -> Result<TcpListener, Fault> {
    let refused = |e: std::io::Error| {
        Fault::Setup(format!("地址 {} 不能监听：{e}。请换一个端口，或停止占用它的程序。", config.listen))
    };
    let listener = TcpListener::bind(config.listen).map_err(refused)?;
    let taken = listener.local_addr().map_err(refused)?;
    config.listens_on(taken);
    Ok(listener)
}

/// Threads that answer requests.
pub(super) fn workers() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 8)
}

fn greet(app: &App) -> Result<(), Fault> {
    println!("农权平台已启动：{}（监听 {}）", app.config.base_url, app.config.listen);
    if app.store.read(|db| accounts::count(db))? == 0 {
        println!("还没有任何账号。请在本机另开一个窗口，用同样的 --data、--database-url、--keys 运行：");
        println!("    nongquan admin setup-code");
        println!("然后在浏览器打开 {}/setup，用得到的初始化码建立第一个系统管理员。", app.config.base_url);
    }
    Ok(())
}
