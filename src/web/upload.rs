//! Forms with files: each part is taken in while it streams, and judged by its content.

use std::cell::Cell;
use std::rc::Rc;

use actix_multipart::{Field, Multipart};
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt};

use super::cx::Cx;
use super::error::{WebError, WebResult};
use super::post::token_fits;
use super::typed::Typed;
use crate::domain::refusal::{FieldFault, Refusal};
use crate::files::{FileRefusal, Incoming, NotTaken, Received, Slot};

/// Largest text field of a form with files, in bytes.
const TEXT_BYTES: usize = 256 * 1024;

/// One file of a submitted form.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The field's name.
    pub field: String,
    /// The kept file, or why it was not taken.
    pub outcome: Result<Received, FileRefusal>,
}

impl Upload {
    /// The kept file, or the message beside its field.
    pub fn received(&self) -> Result<&Received, Refusal> {
        self.outcome.as_ref().map_err(|e| Refusal::field(&self.field, e.zh()))
    }

    /// Why it was not taken, beside its field.
    pub fn fault(&self) -> Option<FieldFault> {
        self.outcome.as_ref().err().map(|e| FieldFault::new(&self.field, e.zh()))
    }
}

/// The faults of files that were not taken, and that the others are there: nobody has to send those again.
pub fn not_taken(files: &[Upload]) -> Option<Refusal> {
    let mut faults: Vec<FieldFault> = files.iter().filter_map(Upload::fault).collect();
    if faults.is_empty() {
        return None;
    }
    let kept: Vec<&str> = files.iter().filter_map(|f| f.outcome.as_ref().ok()).map(|f| f.name.as_str()).collect();
    if !kept.is_empty() {
        faults.push(FieldFault::new("", format!("其余 {} 份已经保存，不用再传：{}。", kept.len(), kept.join("、"))));
    }
    Some(Refusal::Fields { faults })
}

/// The files that were sound and go with a refused form all the same: a page cannot choose them again.
pub fn lost(files: &[Upload]) -> Vec<FieldFault> {
    let sound = files.iter().filter_map(|f| f.outcome.as_ref().ok().map(|r| (&f.field, &r.name)));
    sound.map(|(field, name)| FieldFault::new(field, format!("“{name}”没有保存，请重新选择文件。"))).collect()
}

/// A refusal that also says, beside their fields, which sound files must be chosen again.
pub fn choose_again(refusal: Refusal, lost: &[FieldFault]) -> Refusal {
    let mut faults = match refusal {
        Refusal::Fields { faults } => faults,
        Refusal::Rule { .. } if !lost.is_empty() => vec![FieldFault::new("", refusal.to_string())],
        other => return other,
    };
    for file in lost {
        if faults.iter().all(|known| known.field != file.field) {
            faults.push(file.clone());
        }
    }
    Refusal::Fields { faults }
}

/// The first file of a field, if one was chosen.
pub fn file<'a>(files: &'a [Upload], field: &str) -> Option<&'a Upload> {
    files.iter().find(|f| f.field == field)
}

/// What a field takes, by its name: `statement`, `scan`, `picture`, `table`; papers otherwise.
fn slot(field: &str, file_bytes: u64) -> Slot {
    let slot = match field.split('.').next().unwrap_or_default() {
        "statement" => Slot::STATEMENT,
        "scan" => Slot::SCAN,
        "picture" => Slot::PICTURE,
        "table" => Slot::TABLE,
        _ => Slot::PAPER,
    };
    slot.with_max_bytes(slot.max_bytes.min(file_bytes))
}

fn broken() -> WebError {
    WebError::BadBody("提交在传输中断开了，文件没有保存，请重新提交。".into())
}

/// Counts what arrives and stops the body at the limit, whoever is reading.
fn limited(
    payload: Payload,
    most: u64,
    over: Rc<Cell<bool>>,
) -> impl Stream<Item = Result<Bytes, PayloadError>> + 'static {
    let mut seen = 0u64;
    payload.map(move |piece| {
        let piece = piece?;
        seen = seen.saturating_add(piece.len() as u64);
        over.set(over.get() || seen > most);
        if over.get() { Err(PayloadError::Overflow) } else { Ok(piece) }
    })
}

/// Reads a multipart body. Files are taken from people who are logged in, on a form of theirs:
/// the token stands before the first file, so nobody else's bytes reach the disk.
pub async fn read(cx: &Cx, req: &HttpRequest, payload: Payload) -> WebResult<(Typed, Vec<Upload>)> {
    let limit = cx.app.config.uploads.request_bytes;
    let over = Rc::new(Cell::new(false));
    let mut form = (Typed::default(), Vec::new());
    let mut parts = Multipart::new(req.headers(), limited(payload, limit, over.clone()));
    while let Some(part) = parts.next().await {
        let taken = match part {
            Ok(part) => take(cx, part, &mut form).await,
            Err(_) => Err(broken()),
        };
        if over.get() {
            let most = limit / (1024 * 1024);
            return Err(WebError::BadBody(format!(
                "一次提交的内容合计超过 {most} MB，没有保存。请分几次上传，或者压缩后再提交。"
            )));
        }
        taken?;
    }
    Ok(form)
}

async fn take(cx: &Cx, mut part: Field, (typed, files): &mut (Typed, Vec<Upload>)) -> WebResult<()> {
    let name = part.name().unwrap_or_default().to_owned();
    let filename = part.content_disposition().and_then(|d| d.get_filename()).map(str::to_owned);
    let Some(given) = filename else {
        let mut text = Vec::new();
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(|_| broken())?;
            if text.len() + chunk.len() > TEXT_BYTES {
                return Err(WebError::BadBody("填写的内容太长，请缩短后重新提交。".into()));
            }
            text.extend_from_slice(&chunk);
        }
        typed.push(name, String::from_utf8_lossy(&text).into_owned());
        return Ok(());
    };
    if given.is_empty() {
        // A file field left empty arrives as a part without a name and without bytes.
        return drain(part).await;
    }
    if cx.signed.is_none() || !token_fits(cx, typed) {
        return Err(WebError::StaleForm);
    }
    let declared = part.content_type().map(ToString::to_string);
    let incoming = Incoming { name: &given, declared: declared.as_deref() };
    let slot = slot(&name, cx.app.config.uploads.file_bytes);
    // A part panics when it is asked for more after its end, and whoever takes files reads to the end.
    let mut part = part.fuse();
    let outcome = match cx.app.files.receive(&slot, incoming, &mut part).await {
        Ok(received) => Ok(received),
        Err(NotTaken::Refused(refusal)) => Err(refusal),
        Err(NotTaken::Fault(fault)) => return Err(WebError::Fault(fault.to_string())),
    };
    files.push(Upload { field: name, outcome });
    drain(part).await
}

/// Lets the rest of a part go by. A broken body gives its error again and again, so the first one ends it.
async fn drain<E>(mut part: impl Stream<Item = Result<Bytes, E>> + Unpin) -> WebResult<()> {
    while let Some(piece) = part.next().await {
        let _ = piece.map_err(|_| broken())?;
    }
    Ok(())
}
