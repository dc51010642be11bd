//! `migrate`: brings the database to the program's schema, as every start does.

use std::process::ExitCode;

use clap::Args;

use super::args::PlaceArgs;
use super::say;
use crate::store::{Fault, Store};
use crate::{boot, store};

#[derive(Args, Clone, Debug)]
pub(super) struct Migrate {
    #[command(flatten)]
    place: PlaceArgs,
}

pub(super) fn run(args: Migrate) -> ExitCode {
    let place = match args.place.place() {
        Ok(place) => place,
        Err(faults) => return say::faults(&faults),
    };
    let work = || -> Result<(), Fault> {
        if let crate::config::Database::Sqlite(_) = place.database {
            std::fs::create_dir_all(&place.data).map_err(|e| Fault::Files(e.to_string()))?;
        }
        let store = Store::open(&boot::location(&place.database)?)?;
        let report = store::migrate(&store)?;
        if report.applied.is_empty() {
            println!("数据库已经是最新结构：{}", place.database);
        } else {
            println!("数据库已升级：{}（{}）", place.database, report.applied.join("、"));
        }
        Ok(())
    };
    say::done(work())
}
