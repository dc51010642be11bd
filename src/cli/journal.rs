//! `journal`: the log as a file that anybody can check.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::args::PlaceArgs;
use super::say;
use crate::acts::checkpoint;
use crate::boot;
use crate::clock::machine_now;
use crate::crypto::keys::Keys;
use crate::crypto::suite::Suite;
use crate::store::Fault;

#[derive(Args, Clone, Debug)]
pub(super) struct Journal {
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Debug, Subcommand)]
enum Command {
    /// 导出全部日志，连同签名树头和公钥；用 verify --journal 核对
    Export(Export),
}

#[derive(Args, Clone, Debug)]
struct Export {
    #[command(flatten)]
    place: PlaceArgs,
    /// 写到这个文件；已有的文件不会被覆盖
    #[arg(long, value_name = "文件")]
    to: PathBuf,
}

pub(super) fn run(args: Journal) -> ExitCode {
    let Command::Export(args) = args.command;
    let place = match args.place.reading() {
        Ok(place) => place,
        Err(faults) => return say::faults(&faults),
    };
    let to = args.to;
    let work = || -> Result<(), Fault> {
        let store = boot::open_existing(&place.database)?;
        let keys = Keys::load(&place.keys, Suite::Intl).map_err(|e| Fault::Setup(e.to_string()))?;
        let cannot = |e: std::io::Error| Fault::Setup(format!("文件 {} 写不了：{e}。", to.display()));
        let file = File::create_new(&to).map_err(cannot)?;
        let mut out = BufWriter::new(file);
        let written =
            checkpoint::export(&store, &keys, machine_now(), &mut out).map_err(say::stopped).and_then(|size| {
                out.flush().and_then(|()| out.get_ref().sync_all()).map_err(cannot)?;
                Ok(size)
            });
        match written {
            Ok(size) => {
                println!("已导出日志 {size} 条到 {}。核对：nongquan verify --journal {}", to.display(), to.display())
            }
            Err(fault) => {
                let _ = fs::remove_file(&to);
                return Err(fault);
            }
        }
        Ok(())
    };
    say::done(work())
}
