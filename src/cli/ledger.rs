//! `ledger`: the books on the command line.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::args::PlaceArgs;
use super::say;
use crate::acts::finance::{self, Trial};
use crate::boot;
use crate::config::Place;
use crate::domain::base::Fen;
use crate::store::Fault;

#[derive(Args, Clone, Debug)]
pub(super) struct Ledger {
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Debug, Subcommand)]
enum Command {
    /// 试算平衡：列出每个账户的余额，合计应当是零
    TrialBalance(TrialBalance),
}

#[derive(Args, Clone, Debug)]
struct TrialBalance {
    #[command(flatten)]
    place: PlaceArgs,
}

pub(super) fn run(args: Ledger) -> ExitCode {
    let Command::TrialBalance(args) = args.command;
    let place = match args.place.reading() {
        Ok(place) => place,
        Err(faults) => return say::faults(&faults),
    };
    match trial(&place) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => say::done(Err(fault)),
    }
}

/// Prints the trial balance; says whether it is in order.
pub(super) fn trial(place: &Place) -> Result<bool, Fault> {
    let store = boot::open_existing(&place.database)?;
    Ok(tell(&store.snapshot(|db| finance::trial(db))?))
}

fn tell(trial: &Trial) -> bool {
    for (account, fen) in &trial.accounts {
        println!("{}\t{}\t{fen}", account.zh(), account.code());
    }
    for (name, sum, accounts) in &trial.kinds {
        println!("小计\t{name}（{accounts} 个账户）\t{sum}");
    }
    println!("合计\t{}", trial.total);
    let mut good = trial.total == Fen::ZERO;
    if !good {
        eprintln!("试算不平衡，差额 {}。请立即停止办理，运行 nongquan verify 查明是哪一笔分录。", trial.total);
    }
    for (account, fen) in trial.wrong_side() {
        good = false;
        eprintln!("账户 {}（{}）的余额 {fen} 在不应有的一边。", account.zh(), account.code());
    }
    if good {
        println!("试算平衡。");
    }
    good
}
