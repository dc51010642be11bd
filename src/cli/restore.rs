//! `restore`: a backup into an empty place, then the proof that it is whole.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::args::PlaceArgs;
use super::{ledger, say, verify};
use crate::acts::backup;
use crate::boot;
use crate::config::{Database, Place};
use crate::crypto::keyfile;
use crate::store::{self, Fault, Store};

#[derive(Args, Clone, Debug)]
pub(super) struct Restore {
    #[command(flatten)]
    place: PlaceArgs,
    /// 备份所在的文件夹
    #[arg(long, value_name = "文件夹")]
    from: PathBuf,
    /// 私钥的备份；不写就要在启动前自己放好密钥文件夹
    #[arg(long, value_name = "文件夹")]
    keys_from: Option<PathBuf>,
}

pub(super) fn run(args: Restore) -> ExitCode {
    let place = match args.place.place() {
        Ok(place) => place,
        Err(faults) => return say::faults(&faults),
    };
    match work(&place, &args.from, args.keys_from.as_deref()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => say::done(Err(fault)),
    }
}

fn work(place: &Place, from: &Path, keys_from: Option<&Path>) -> Result<bool, Fault> {
    must_be_free(place, keys_from.is_some())?;
    let manifest = backup::check(from)?;
    println!(
        "备份清单相符：{} 制作，日志 {} 条，根 {}。",
        manifest.made_at, manifest.journal_size, manifest.journal_root
    );
    let make_folder = || {
        std::fs::create_dir_all(&place.data)
            .map_err(|e| Fault::Setup(format!("数据文件夹 {} 建不了：{e}。", place.data.display())))
    };
    // The file of SQLite stands in the folder; for a server nothing is made before it was looked at.
    if matches!(place.database, Database::Sqlite(_)) {
        make_folder()?;
    }
    let store = Store::open(&boot::location(&place.database)?)?;
    if !store::tables(&store)?.is_empty() {
        return Err(in_use(&place.database));
    }
    make_folder()?;
    let outcome = fill(&store, &manifest, from, place);
    drop(store);
    if outcome.is_err() {
        eprintln!("恢复没有完成。目标里可能留有不完整的内容，请清空后重新恢复。");
    }
    let (rows, files) = outcome?;
    println!("已恢复 {rows} 行、{files} 个文件。");
    if let Some(keys_from) = keys_from {
        keyfile::copy(keys_from, &place.keys).map_err(|e| Fault::Setup(e.to_string()))?;
        println!("私钥已放到 {}。", place.keys.display());
    } else {
        println!("启动服务之前，请把私钥放到 {}。", place.keys.display());
    }
    let (report, _, _) = verify::database(place, None, None, None)?;
    let green = verify::tell(&report);
    let balanced = ledger::trial(place)?;
    Ok(green && balanced)
}

fn fill(store: &Store, manifest: &backup::Manifest, from: &Path, place: &Place) -> Result<(u64, u64), Fault> {
    store::migrate(store)?;
    let rows = backup::load_rows(from, manifest, store)?;
    let files = backup::load_files(from, manifest, &place.data)?;
    Ok((rows, files))
}

fn in_use(database: &Database) -> Fault {
    Fault::Setup(format!("{database} 里已有内容，恢复只写进空的数据库，没有改动任何数据。请换一个。"))
}

fn must_be_free(place: &Place, with_keys: bool) -> Result<(), Fault> {
    let used = |dir: &Path| {
        Fault::Setup(format!("文件夹 {} 不是空的，恢复没有改动任何内容。请换一个空文件夹。", dir.display()))
    };
    if !backup::is_free(&place.data) {
        return Err(used(&place.data));
    }
    if with_keys && !backup::is_free(&place.keys) {
        return Err(used(&place.keys));
    }
    Ok(())
}
