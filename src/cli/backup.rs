//! `backup`: a copy of everything of record, made while the service runs.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::args::PlaceArgs;
use super::say;
use crate::acts::backup;
use crate::boot;
use crate::clock::machine_now;
use crate::config::Place;
use crate::crypto::keyfile;
use crate::crypto::keys::Keys;
use crate::crypto::suite::Suite;
use crate::files::FileStore;
use crate::store::Fault;

#[derive(Args, Clone, Debug)]
pub(super) struct Backup {
    #[command(flatten)]
    place: PlaceArgs,
    /// 备份写到这个文件夹；必须是空的或还不存在
    #[arg(long, value_name = "文件夹")]
    to: PathBuf,
    /// 同时把私钥抄到另一个文件夹，交给另一个人用另一种介质保管
    #[arg(long, value_name = "文件夹")]
    keys_to: Option<PathBuf>,
}

pub(super) fn run(args: Backup) -> ExitCode {
    match args.place.reading() {
        Ok(place) => say::done(work(&place, &args.to, args.keys_to.as_deref())),
        Err(faults) => say::faults(&faults),
    }
}

fn work(place: &Place, to: &Path, keys_to: Option<&Path>) -> Result<(), Fault> {
    if let Some(keys_to) = keys_to {
        if keys_to.starts_with(to) || to.starts_with(keys_to) {
            return Err(Fault::Setup("私钥不能和备份放在一起：--keys-to 与 --to 不能互相包含。".into()));
        }
        if !backup::is_free(keys_to) {
            return Err(Fault::Setup(format!("文件夹 {} 不是空的，请另选一个放私钥。", keys_to.display())));
        }
    }
    let store = boot::open_existing(&place.database)?;
    let keys = Keys::load(&place.keys, Suite::Intl).map_err(|e| Fault::Setup(e.to_string()))?;
    let kept = place.data.join("files");
    let files = kept.is_dir().then(|| FileStore::open(&kept, keys.sealer())).transpose();
    let files = files.map_err(|e| Fault::Files(e.to_string()))?;
    let made = backup::make(&store, files.as_ref(), &keys.public_bundle(), to, machine_now())?;
    let rows: u64 = made.tables.iter().map(|t| t.rows).sum();
    println!("已备份到 {}：{rows} 行，{} 个文件，日志 {} 条。", to.display(), made.files.len(), made.journal_size);
    println!("清单哈希（SM3）：{}。请另处记下，恢复时核对。", backup::manifest_hash(to)?);
    match keys_to {
        Some(keys_to) => {
            keyfile::copy(&place.keys, keys_to).map_err(|e| Fault::Setup(e.to_string()))?;
            println!("私钥已抄到 {}，请与备份分开保管。", keys_to.display());
        }
        None => println!(
            "私钥不在备份里，请另用 --keys-to 抄一份，与备份分开保管；没有私钥，备份里的个人信息和文件都打不开。"
        ),
    }
    Ok(())
}
