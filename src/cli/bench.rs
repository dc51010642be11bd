//! `bench`: the promises about speed, each as a ratio to a floor measured in the same run on the
//! same disk: a slow machine moves both.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::say;
use crate::acts::bidding::{self, BidAnswer, BidOrder, Wanted};
use crate::acts::scheduling::{self, Plan};
use crate::acts::verify::{self, Given};
use crate::acts::{application, clock, login};
use crate::clock::{HandClock, machine_now};
use crate::config::{Config, DemoSettings};
use crate::context::{App, new_id};
use crate::crypto::sign;
use crate::crypto::suite::sm3;
use crate::domain::actor::Actor;
use crate::domain::auction;
use crate::domain::lot::{Lot, Stage};
use crate::store::{Fault, Stop, accounts, bids, journal, lots, rooms};
use crate::{boot, demo, web};

/// Bids, commits and requests of one measurement.
const ROUNDS: usize = 100;

#[derive(Args, Clone, Debug)]
pub(super) struct Bench {
    /// 在这个文件夹里建临时数据；要测哪块磁盘就写哪块磁盘上的文件夹
    #[arg(long, value_name = "文件夹", default_value = ".")]
    dir: PathBuf,
}

/// One promise.
struct Measure {
    what: &'static str,
    floor: &'static str,
    ours_us: i64,
    floor_us: i64,
    /// How many floors it may take.
    promise: i64,
}

impl Measure {
    /// Ten times the ratio, so that no float is needed.
    fn tenths(&self) -> i64 {
        self.ours_us * 10 / self.floor_us.max(1)
    }

    fn kept(&self) -> bool {
        self.tenths() <= self.promise * 10
    }
}

pub(super) fn run(args: Bench) -> ExitCode {
    match measure(&args.dir) {
        Ok(measures) => tell(&measures),
        Err(stop) => say::done(Err(say::stopped(stop))),
    }
}

fn tell(measures: &[Measure]) -> ExitCode {
    for m in measures {
        let (whole, tenth) = (m.tenths() / 10, m.tenths() % 10);
        let verdict = if m.kept() { "达到" } else { "没有达到" };
        println!(
            "{}：{} 微秒；{}：{} 微秒；比值 {whole}.{tenth}，承诺不超过 {}，{verdict}。",
            m.what, m.ours_us, m.floor, m.floor_us, m.promise
        );
    }
    if cfg!(debug_assertions) {
        println!("说明：这是未优化的程序，比值不作数；请用 cargo build --release 的程序测量。");
        return ExitCode::SUCCESS;
    }
    if measures.iter().all(Measure::kept) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn measure(dir: &Path) -> Result<Vec<Measure>, Stop> {
    let place = tempfile::tempdir_in(dir)
        .map_err(|e| Fault::Setup(format!("文件夹 {} 里建不了临时数据：{e}。", dir.display())))?;
    let clock = Arc::new(HandClock::new(demo::first_morning()?));
    let app = Arc::new(boot::open(settings(place.path())?, clock.clone())?);
    demo::open(&app)?;
    let (lot, bidders) = open_room(&app, &clock)?;
    let commit = each(|n| app.store.write(|tx| Ok(tx.set_meta("bench", &n.to_string())?)))?;
    let bid = each(|n| {
        clock.set(app.clock.now().plus_secs(1));
        place_bid(&app, &lot, &bidders[n % 2])
    })?;
    let mut measures = vec![Measure {
        what: "一次报价（判定、落库、日志、签名回执）",
        floor: "同一数据库一次落盘提交",
        ours_us: bid,
        floor_us: commit,
        promise: 6,
    }];
    measures.push(verification(&app)?);
    measures.push(pages(&app)?);
    Ok(measures)
}

fn settings(dir: &Path) -> Result<Config, Fault> {
    let settings = DemoSettings {
        data: dir.join("data"),
        database_url: None,
        keys: None,
        listen: "127.0.0.1:0".to_owned(),
        speed: 1,
        public: false,
        catalog: None,
        fonts: None,
    };
    Config::demo(settings).map_err(|faults| {
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Fault::Setup(all.join("\n"))
    })
}

/// Microseconds for one, the mean of many.
fn each<T>(mut act: impl FnMut(usize) -> Result<T, Stop>) -> Result<i64, Stop> {
    let before = machine_now();
    for n in 0..ROUNDS {
        act(n)?;
    }
    Ok((machine_now().micros() - before.micros()) / i64::try_from(ROUNDS).unwrap_or(1))
}

fn missing(what: &str) -> Stop {
    Fault::Inconsistent(format!("bench: no {what}")).into()
}

/// The demonstration's first lot with its room open, and two of its bidders.
fn open_room(app: &App, clock: &HandClock) -> Result<(Lot, [Actor; 2]), Stop> {
    let lot = app.store.read(|db| lots::in_stage(db, Stage::Qualified))?.into_iter().next();
    let lot = lot.ok_or_else(|| missing("lot"))?;
    let organiser = app.store.read(|db| accounts::by_login(db, "bidding"))?.ok_or_else(|| missing("organiser"))?;
    let organiser = login::actor_of(app, organiser.id)?;
    let mut bidders = Vec::new();
    for bidder in app.store.read(|db| bids::bidders(db, lot.id))? {
        let actor = login::actor_of(app, bidder.account)?;
        application::agree(app, &actor, lot.id)?;
        bidders.push(actor);
    }
    let starts = app.clock.now().plus_secs(5);
    scheduling::schedule(app, &organiser, lot.id, Plan { starts, free_minutes: 3, limited_seconds: 60 })?;
    clock.set(starts);
    let lot = clock::settle_lot(app, lot.id, starts)?;
    let two = <[Actor; 2]>::try_from(bidders.into_iter().take(2).collect::<Vec<_>>());
    Ok((lot, two.map_err(|_| missing("two bidders"))?))
}

fn place_bid(app: &App, lot: &Lot, bidder: &Actor) -> Result<(), Stop> {
    let room = lot.session.as_ref().map(|s| s.room).ok_or_else(|| missing("room"))?;
    let room = app.store.read(|db| rooms::find(db, room))?.ok_or_else(|| missing("room"))?.room;
    let price = auction::next_amounts(&room).choices.first().copied().ok_or_else(|| missing("price"))?;
    let order = BidOrder {
        wanted: Wanted::Raise(price.decimal()),
        seen_seq: None,
        confirmed_big: true,
        idempotency_key: new_id().to_string(),
        received: app.clock.now(),
        address: String::new(),
    };
    let lot_no = lot.lot_no.as_deref().unwrap_or_default();
    match bidding::place(app, bidder, lot_no, &order)? {
        BidAnswer::Accepted(_) => Ok(()),
        BidAnswer::Refused(refusal) => Err(missing(refusal.code())),
    }
}

/// The whole verification against the cryptography that it cannot do without: SM3 over every leaf
/// and kept file, one SM2 check a receipt.
fn verification(app: &App) -> Result<Measure, Stop> {
    let public = app.keys.public_bundle();
    let given = Given { public: &public, keys: Some(&app.keys), files: Some(&app.files), checkpoint: None, lot: None };
    let before = machine_now();
    let (report, _) = verify::database(&app.store, &given)?;
    let ours_us = machine_now().micros() - before.micros();
    if let Some(broken) = report.broken.first() {
        return Err(Fault::Inconsistent(broken.to_string()).into());
    }
    let leaves = app.store.read(|db| journal::leaves_after(db, 0, i64::MAX))?;
    let kept = app.files.list().map_err(|e| Fault::Files(e.to_string()))?;
    let mut files = Vec::new();
    for hash in kept {
        files.extend(app.files.get(&hash).map_err(|e| Fault::Files(e.to_string()))?);
    }
    let signature = app.keys.receipt().sign(b"bench").map_err(|e| Fault::Setup(e.to_string()))?;
    let before = machine_now();
    let mut last = sm3(&[]);
    for leaf in &leaves {
        last = sm3(&[last.bytes(), leaf.body.as_bytes()]);
    }
    for bytes in &files {
        last = sm3(&[last.bytes(), bytes]);
    }
    let genuine =
        (0..report.count("报价和回执")).all(|_| sign::verify(app.keys.receipt().public_pem(), b"bench", &signature));
    let floor_us = machine_now().micros() - before.micros();
    if !genuine || last == sm3(&[]) {
        return Err(missing("floor"));
    }
    Ok(Measure { what: "全库核对", floor: "其中不可少的 SM3 和 SM2 运算", ours_us, floor_us, promise: 8 })
}

/// The portal's list against the least the same server answers.
fn pages(app: &Arc<App>) -> Result<Measure, Stop> {
    let setup = |e: std::io::Error| Fault::Setup(format!("本机端口不能使用：{e}"));
    let listener = TcpListener::bind("127.0.0.1:0").map_err(setup)?;
    let address = listener.local_addr().map_err(setup)?;
    let (tell, told) = std::sync::mpsc::channel();
    let served = app.clone();
    let thread = std::thread::spawn(move || web::server::run_telling(served, listener, 1, tell));
    let handle = told.recv().map_err(|_| missing("server"))?;
    let floor_us = each(|_| Ok(fetch(address, "/healthz")?));
    let ours_us = each(|_| Ok(fetch(address, "/lots")?));
    handle();
    let _ = thread.join();
    Ok(Measure {
        what: "项目列表页",
        floor: "同一服务最简单的回答（/healthz）",
        ours_us: ours_us?,
        floor_us: floor_us?,
        promise: 20,
    })
}

/// One request on a connection of its own.
fn fetch(address: std::net::SocketAddr, path: &str) -> Result<(), Fault> {
    let cannot = |e: std::io::Error| Fault::Setup(format!("{path}：{e}"));
    let mut stream = TcpStream::connect(address).map_err(cannot)?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).map_err(cannot)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).map_err(cannot)?;
    if answer.starts_with(b"HTTP/1.1 200") { Ok(()) } else { Err(Fault::Setup(format!("{path} 没有正常回答"))) }
}
