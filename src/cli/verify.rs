//! `verify`: whether the record still is what was recorded.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::args::PlaceArgs;
use super::say;
use crate::acts::verify::{self, Checked, Given, Report};
use crate::boot;
use crate::config::Place;
use crate::crypto::journal::SignedHead;
use crate::crypto::keys::{Keys, PublicBundle};
use crate::crypto::suite::Suite;
use crate::files::FileStore;
use crate::store::Fault;

#[derive(Args, Clone, Debug)]
pub(super) struct Verify {
    /// 数据文件夹；SQLite 数据库文件 nongquan.db 也在里面（默认 data）
    #[arg(long, value_name = "文件夹", env = "NONGQUAN_DATA")]
    data: Option<PathBuf>,
    /// PostgreSQL 地址 postgres://…；不写就用数据文件夹里的 SQLite
    #[arg(long, value_name = "地址", env = "DATABASE_URL")]
    database_url: Option<String>,
    /// 密钥文件夹；不写就用“数据文件夹名-keys”
    #[arg(long, value_name = "文件夹", env = "NONGQUAN_KEYS")]
    keys: Option<PathBuf>,
    /// 只核对这个导出的日志文件，不看数据库
    #[arg(long, value_name = "文件")]
    journal: Option<PathBuf>,
    /// 只核对这个标的，重新运行它的竞价
    #[arg(long, value_name = "标的编号")]
    lot: Option<String>,
    /// 核对一份报价回执
    #[arg(long, value_name = "文件")]
    receipt: Option<PathBuf>,
    /// 核对一份鉴证书（公开接口给出的 JSON）
    #[arg(long, value_name = "文件")]
    certificate: Option<PathBuf>,
    /// 自己保存的签名树头；日志必须是它的延续
    #[arg(long, value_name = "文件")]
    checkpoint: Option<PathBuf>,
    /// 可信的公钥文件 public-keys.json
    #[arg(long, value_name = "文件")]
    public_keys: Option<PathBuf>,
}

pub(super) fn run(args: Verify) -> ExitCode {
    match work(&args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(stop) => stop,
    }
}

/// Whether everything fits.
fn work(args: &Verify) -> Result<bool, ExitCode> {
    let place = if reads_database(args) { Some(place(args)?) } else { None };
    verified(args, place.as_ref()).map_err(|fault| say::done(Err(fault)))
}

/// A file alone is checked where a log file, or trusted keys and nothing else, are named.
fn reads_database(args: &Verify) -> bool {
    let single = args.receipt.is_some() || args.certificate.is_some();
    let alone = single && args.public_keys.is_some() && args.data.is_none() && args.database_url.is_none();
    args.journal.is_none() && !alone
}

fn place(args: &Verify) -> Result<Place, ExitCode> {
    let place = PlaceArgs {
        data: args.data.clone().unwrap_or_else(|| "data".into()),
        database_url: args.database_url.clone(),
        keys: args.keys.clone(),
    };
    place.reading().map_err(|faults| say::faults(&faults))
}

fn verified(args: &Verify, place: Option<&Place>) -> Result<bool, Fault> {
    let trusted: Option<PublicBundle> = args.public_keys.as_deref().map(read_json).transpose()?;
    let head: Option<SignedHead> = args.checkpoint.as_deref().map(read_json).transpose()?;
    let lot = args.lot.as_deref();
    let (mut green, mut log, mut public) = (true, None, trusted.clone());
    if let Some(path) = &args.journal {
        let file = BufReader::new(File::open(path).map_err(|e| unreadable(path, &e))?);
        let (report, checked) = verify::journal_file(file, trusted.as_ref(), head.as_ref(), lot)?;
        green = tell(&report);
        log = checked;
    } else if let Some(place) = place {
        println!("核对的数据库：{}", place.database);
        let (report, checked, keys) = database(place, trusted, head.as_ref(), lot)?;
        green = tell(&report);
        log = checked;
        public = Some(keys);
    }
    let public = public.or_else(|| log.as_ref().map(|l| l.public.clone())).unwrap_or(PublicBundle { keys: vec![] });
    for (path, check) in singles(args) {
        let text = std::fs::read_to_string(path).map_err(|e| unreadable(path, &e))?;
        green &= tell(&check(&text, &public, log.as_ref())?);
    }
    Ok(green)
}

type Check = fn(&str, &PublicBundle, Option<&Checked>) -> Result<Report, Fault>;

fn singles(args: &Verify) -> Vec<(&Path, Check)> {
    let receipt = args.receipt.as_deref().map(|path| (path, verify::receipt as Check));
    let certificate = args.certificate.as_deref().map(|path| (path, verify::certificate as Check));
    receipt.into_iter().chain(certificate).collect()
}

/// Verifies the database of a place; also what `restore` ends with.
pub(super) fn database(
    place: &Place,
    trusted: Option<PublicBundle>,
    checkpoint: Option<&SignedHead>,
    lot: Option<&str>,
) -> Result<(Report, Option<Checked>, PublicBundle), Fault> {
    let store = boot::open_existing(&place.database)?;
    let keys = place.keys.is_dir().then(|| Keys::load(&place.keys, Suite::Intl));
    let keys = keys.transpose().map_err(|e| Fault::Setup(e.to_string()))?;
    let public = match (trusted, &keys) {
        (Some(trusted), _) => trusted,
        (None, Some(keys)) => keys.public_bundle(),
        (None, None) => read_json(&place.data.join(PublicBundle::FILE)).map_err(|_| no_keys(place))?,
    };
    let kept = place.data.join("files");
    let sealer = keys.as_ref().map(|k| k.sealer());
    let files = kept.is_dir().then(|| FileStore::with(&kept, sealer)).transpose();
    let files = files.map_err(|e| Fault::Files(e.to_string()))?;
    let given = Given { public: &public, keys: keys.as_ref(), files: files.as_ref(), checkpoint, lot };
    let (report, checked) = verify::database(&store, &given)?;
    Ok((report, checked, public))
}

fn no_keys(place: &Place) -> Fault {
    Fault::Setup(format!(
        "没有公钥，签名不能核对：{} 不存在，{} 里也没有 {}。请用 --keys 或 --public-keys 指定。",
        place.keys.display(),
        place.data.display(),
        PublicBundle::FILE
    ))
}

fn unreadable(path: &Path, e: &std::io::Error) -> Fault {
    Fault::Setup(format!("文件 {} 读不了：{e}。", path.display()))
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Fault> {
    let text = std::fs::read_to_string(path).map_err(|e| unreadable(path, &e))?;
    serde_json::from_str(&text).map_err(|e| Fault::Setup(format!("文件 {} 的格式不对：{e}。", path.display())))
}

/// Prints what was counted and found; says whether all is well.
pub(super) fn tell(report: &Report) -> bool {
    let counted = report.counted.iter().map(|(what, n)| format!("{what} {n}")).collect::<Vec<_>>().join("，");
    if !counted.is_empty() {
        println!("已核对：{counted}。");
    }
    for note in &report.notes {
        println!("说明：{note}");
    }
    for broken in &report.broken {
        eprintln!("不符：{}。", broken.to_string().trim_end_matches('。'));
    }
    if report.is_green() {
        println!("核对通过，记录完整。");
    } else {
        eprintln!(
            "核对没有通过，共 {} 处。请停止使用这份数据，保留现场，与备份和已公布的树头比对。",
            report.broken.len()
        );
    }
    report.is_green()
}
