//! Forms with files: each part is taken in while it streams, and judged by its content.

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use futures_util::StreamExt;

use super::cx::Cx;
use super::error::{WebError, WebResult};
use super::typed::Typed;
use crate::domain::refusal::Refusal;
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

/// Reads a multipart body.
pub async fn read(cx: &Cx, req: &HttpRequest, payload: Payload) -> WebResult<(Typed, Vec<Upload>)> {
    let broken = || WebError::BadBody("提交在传输中断开了，文件没有保存，请重新提交。".into());
    let mut typed = Typed::default();
    let mut files = Vec::new();
    let mut parts = Multipart::new(req.headers(), payload);
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(|_| broken())?;
        let name = part.name().unwrap_or_default().to_owned();
        let filename = part.content_disposition().and_then(|d| d.get_filename()).map(str::to_owned);
        match filename {
            None => {
                let mut text = Vec::new();
                while let Some(chunk) = part.next().await {
                    let chunk = chunk.map_err(|_| broken())?;
                    if text.len() + chunk.len() > TEXT_BYTES {
                        return Err(WebError::BadBody("填写的内容太长，请缩短后重新提交。".into()));
                    }
                    text.extend_from_slice(&chunk);
                }
                typed.push(name, String::from_utf8_lossy(&text).into_owned());
            }
            // A file field left empty arrives as a part without a name and without bytes.
            Some(given) if given.is_empty() => while part.next().await.is_some() {},
            Some(given) => {
                let declared = part.content_type().map(ToString::to_string);
                let incoming = Incoming { name: &given, declared: declared.as_deref() };
                let slot = slot(&name, cx.app.config.uploads.file_bytes);
                let outcome = match cx.app.files.receive(&slot, incoming, &mut part).await {
                    Ok(received) => Ok(received),
                    Err(NotTaken::Refused(refusal)) => Err(refusal),
                    Err(NotTaken::Fault(fault)) => return Err(WebError::Fault(fault.to_string())),
                };
                while part.next().await.is_some() {}
                files.push(Upload { field: name, outcome });
            }
        }
    }
    Ok((typed, files))
}
