//! An exported log, checked from the file alone.

use std::io::BufRead;

use super::log::{Index, Walk, Walked, place};
use super::{Checked, Report, Trouble, broken, ensure, transcript};
use crate::crypto::journal::export::{self, FORMAT, Line, Unreadable};
use crate::crypto::journal::{Leaf, SignedHead};
use crate::crypto::keys::PublicBundle;
use crate::store::Fault;

/// Checks an exported log: leaves, signed heads, and every room by the engine. `trusted` are keys
/// from elsewhere; without them the file's own are taken, and the report says so.
///
/// # Errors
/// The file cannot be read at all.
pub fn journal_file(
    input: impl BufRead,
    trusted: Option<&PublicBundle>,
    checkpoint: Option<&SignedHead>,
    lot: Option<&str>,
) -> Result<(Report, Option<Checked>), Fault> {
    let mut report = Report::default();
    let (walked, public) = match walk(input, trusted, checkpoint) {
        Ok(whole) => whole,
        Err(trouble) => {
            report.take(Err(trouble))?;
            return Ok((report, None));
        }
    };
    report.take(Ok(vec![("日志叶", walked.size), ("签名树头", walked.heads)]))?;
    if walked.unsigned > 0 {
        report.notes.push(format!("文件末尾 {} 条叶还没有签名的树头覆盖。", walked.unsigned));
    }
    if trusted.is_none() {
        let own = public.keys.iter().filter(|k| k.purpose == "journal").map(|k| k.key_id.as_str());
        let ids = own.collect::<Vec<_>>().join("、");
        report.notes.push(format!("公钥取自文件本身（日志公钥 {ids}），请与交易中心公布的公钥核对。"));
    }
    let named = lot.map(|no| of_lot(&walked.index, no).ok_or(no)).transpose();
    match named {
        Ok(only) => {
            report.take(transcript::all(&walked.index, only))?;
        }
        Err(no) => {
            report.take(Err(broken(format!("标的 {no}"), "日志里没有这个标的")))?;
        }
    }
    Ok((report, Some(Checked { index: walked.index, public })))
}

/// The id of the lot that the journal calls so.
fn of_lot<'a>(index: &'a Index, no: &str) -> Option<&'a str> {
    let named = |leaves: &[super::log::Indexed]| leaves.iter().any(|l| l.leaf.subject == no);
    index.lots.iter().find(|(_, leaves)| named(leaves)).map(|(id, _)| id.as_str())
}

fn unreadable(e: Unreadable) -> Trouble {
    match e {
        Unreadable::Io(e) => Trouble::Fault(Fault::Files(e.to_string())),
        Unreadable::Line { line, why } => broken(format!("文件第 {line} 行"), format!("不是 {FORMAT} 格式（{why}）")),
    }
}

fn walk(
    input: impl BufRead,
    trusted: Option<&PublicBundle>,
    checkpoint: Option<&SignedHead>,
) -> Result<(Walked, PublicBundle), Trouble> {
    let mut lines = export::read(input);
    let public = match lines.next().transpose().map_err(unreadable)? {
        Some(Line::Begin { format, keys }) if format == FORMAT => trusted.cloned().unwrap_or(keys),
        Some(_) | None => return Err(broken("文件第 1 行", format!("不是 {FORMAT} 的开头"))),
    };
    let mut walk = Walk::new(&public, checkpoint);
    let mut ended = None;
    for line in lines {
        let line = line.map_err(unreadable)?;
        if ended.is_some() {
            return Err(broken("文件结尾", "结束行之后还有内容"));
        }
        match line {
            Line::Leaf { index, hash, leaf } => {
                let leaf = Leaf::from_value(leaf).map_err(|e| broken(place(index, ""), e.to_string()))?;
                walk.leaf(index, &hash, leaf)?;
            }
            Line::Head { head } => walk.head(&head)?,
            Line::End { size } => ended = Some(size),
            Line::Begin { .. } => return Err(broken("文件", "中间又出现开头行")),
        }
    }
    let walked = walk.finish()?;
    ensure(
        ended == Some(walked.size),
        || "文件结尾".into(),
        || match ended {
            Some(size) => format!("写着共 {size} 条，实际 {} 条", walked.size),
            None => "没有结束行，文件不完整，请重新下载".to_owned(),
        },
    )?;
    Ok((walked, public))
}
