//! `doctor`: is this machine ready, and if not, what to do.

mod database;

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use nongquan_papers::Papers;

use super::args::ServeArgs;
use crate::config::{Config, Database, Place};
use crate::crypto::keys::Keys;

#[derive(Args, Clone, Debug)]
pub(super) struct DoctorArgs {
    #[command(flatten)]
    serve: ServeArgs,
}

/// What one check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Good,
    /// Works, but somebody should look at it.
    Notice,
    Bad,
}

struct Finding {
    verdict: Verdict,
    subject: &'static str,
    text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.verdict {
            Verdict::Good => "通过",
            Verdict::Notice => "注意",
            Verdict::Bad => "失败",
        };
        write!(f, "[{mark}] {}：{}", self.subject, self.text)
    }
}

fn good(subject: &'static str, text: impl Into<String>) -> Finding {
    Finding { verdict: Verdict::Good, subject, text: text.into() }
}

fn notice(subject: &'static str, text: impl Into<String>) -> Finding {
    Finding { verdict: Verdict::Notice, subject, text: text.into() }
}

fn bad(subject: &'static str, text: impl Into<String>) -> Finding {
    Finding { verdict: Verdict::Bad, subject, text: text.into() }
}

pub(super) fn run(args: DoctorArgs) -> ExitCode {
    let config = match args.serve.config() {
        Ok(config) => config,
        Err(faults) => {
            for fault in faults.iter() {
                println!("{}", bad("设置", fault.to_string()));
            }
            return ExitCode::FAILURE;
        }
    };
    let findings = examine(&config);
    for finding in &findings {
        println!("{finding}");
    }
    let failed = findings.iter().filter(|f| f.verdict == Verdict::Bad).count();
    if failed == 0 {
        println!("检查完毕，可以启动。");
        ExitCode::SUCCESS
    } else {
        println!("检查完毕，有 {failed} 项需要先处理。");
        ExitCode::FAILURE
    }
}

fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = vec![good("设置", format!("监听 {}，对外网址 {}", config.listen, config.base_url))];
    findings.push(data_folder(&config.place));
    findings.extend(key_folder(&config.place));
    findings.push(fonts(config));
    findings.extend(database::examine(config));
    findings
}

/// Whether the data folder takes a file.
fn data_folder(place: &Place) -> Finding {
    let dir = &place.data;
    if !dir.exists() {
        return notice("数据文件夹", format!("{} 还不存在，第一次启动时创建。", dir.display()));
    }
    let probe = dir.join(".doctor-probe");
    match fs::write(&probe, b"probe").and_then(|()| fs::remove_file(&probe)) {
        Ok(()) => good("数据文件夹", format!("{} 可以写入。", dir.display())),
        Err(e) => bad(
            "数据文件夹",
            format!("{} 不能写入（{e}）。请把它交给运行本程序的用户：chown -R 用户 {}。", dir.display(), dir.display()),
        ),
    }
}

/// Whether the keys are all there, fit together, and are readable by this user only.
fn key_folder(place: &Place) -> Vec<Finding> {
    if is_empty(&place.keys) && !holds_data(place) {
        let text = format!("{} 里还没有密钥，第一次启动时生成。", place.keys.display());
        return vec![notice("密钥", text)];
    }
    let problems = Keys::problems(&place.keys, Some(&place.data));
    if problems.is_empty() {
        return vec![good("密钥", format!("{} 里的密钥齐全，只有本用户能读。", place.keys.display()))];
    }
    problems.into_iter().map(|problem| bad("密钥", problem)).collect()
}

/// Whether this installation was used before; then missing keys are lost keys.
fn holds_data(place: &Place) -> bool {
    match &place.database {
        Database::Sqlite(file) => file.exists(),
        Database::Postgres(_) => !is_empty(&place.data),
    }
}

/// Whether a folder is not there or has nothing in it; a container's volume is there from the beginning.
fn is_empty(dir: &Path) -> bool {
    fs::read_dir(dir).map_or(true, |mut entries| entries.next().is_none())
}

/// Whether the papers can be printed, common and rare characters alike.
fn fonts(config: &Config) -> Finding {
    let extra: Vec<_> = config.fonts.iter().cloned().collect();
    let papers = match Papers::load(&extra) {
        Ok(papers) => papers,
        Err(error) => return bad("字体", error.to_string()),
    };
    let missing = papers.missing_glyphs(SAMPLE);
    if missing.is_empty() {
        good("字体", "找到了打印文书的中文字体。")
    } else {
        let list: String = missing.into_iter().collect();
        bad("字体", format!("已有的字体缺少这些字：{list}。请安装 fonts-noto-cjk，或用 --fonts 指定字体文件夹。"))
    }
}

/// Characters that stand in every paper, and some that stand in the county's names.
const SAMPLE: &str =
    "农村产权流转交易鉴证书零壹贰叁肆伍陆柒捌玖拾佰仟万亿元整蓝山县塔峰镇祠堂圩镇浆洞瑶族乡犁头〔2026〕号㎡";
