//! Text messages. There is one way out so far: a folder from which the county's
//! operator, or a modem, takes them (docs/operating).

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::NotSent;

/// A text message to one phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sms {
    /// Outbox id; becomes the file's name.
    pub id: String,
    /// Mobile number of eleven digits.
    pub phone: String,
    /// Text, signature included.
    pub text: String,
}

/// Something that sends text messages. Blocking; called by the outbox worker.
pub trait SmsGateway: Send + Sync {
    /// Sends one message; the same id twice must not reach the phone twice.
    fn send(&self, sms: &Sms) -> Result<(), NotSent>;
}

/// Writes each message as `<id>.json` with mode 0600, complete or not at all.
#[derive(Clone, Debug)]
pub struct SmsFolder {
    dir: PathBuf,
}

/// Where text messages lie in a data folder.
pub fn folder(data: &Path) -> PathBuf {
    data.join("sms")
}

/// A message that nobody took from the folder yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lying {
    /// Its outbox id.
    pub id: String,
    /// Its file.
    pub path: PathBuf,
    /// How long it has been lying there.
    pub age: Duration,
}

/// The messages, whole or half written, that have been lying in the folder for longer than `age`,
/// by the file system's clock; none when there is no folder.
pub fn older(dir: &Path, age: Duration) -> std::io::Result<Vec<Lying>> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let now = tempfile::tempfile_in(dir)?.metadata()?.modified()?;
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let ours = path.extension().is_some_and(|e| e == "json" || e == "part");
        let Some(id) = path.file_stem().filter(|_| ours).map(|s| s.to_string_lossy().into_owned()) else { continue };
        // Whoever takes messages may take this one meanwhile.
        let Ok(written) = std::fs::metadata(&path).and_then(|m| m.modified()) else { continue };
        let lying = now.duration_since(written).unwrap_or_default();
        if lying > age {
            found.push(Lying { id, path, age: lying });
        }
    }
    Ok(found)
}

impl SmsFolder {
    /// Makes the folder, mode 0700, if it is not there.
    pub fn new(dir: &Path) -> Result<SmsFolder, NotSent> {
        super::private_folder(dir).map_err(|e| not_writable(dir, &e))?;
        Ok(SmsFolder { dir: dir.to_owned() })
    }
}

impl SmsGateway for SmsFolder {
    fn send(&self, sms: &Sms) -> Result<(), NotSent> {
        check(sms)?;
        let fault = |e: std::io::Error| not_writable(&self.dir, &e);
        let (whole, part) = (self.dir.join(format!("{}.json", sms.id)), self.dir.join(format!("{}.part", sms.id)));
        if whole.exists() {
            return Ok(());
        }
        // A part left by a crash is written anew.
        match std::fs::remove_file(&part) {
            Err(e) if e.kind() != ErrorKind::NotFound => return Err(fault(e)),
            _ => {}
        }
        let json = serde_json::to_vec_pretty(sms).map_err(|e| NotSent::Refused(e.to_string()))?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part).map_err(fault)?;
        file.write_all(&json).and_then(|()| file.sync_all()).map_err(fault)?;
        std::fs::rename(&part, &whole).map_err(fault)
    }
}

fn check(sms: &Sms) -> Result<(), NotSent> {
    let id_ok = !sms.id.is_empty() && sms.id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let phone_ok = sms.phone.len() == 11 && sms.phone.starts_with('1') && sms.phone.bytes().all(|b| b.is_ascii_digit());
    if !phone_ok {
        Err(NotSent::Refused("手机号码无效".into()))
    } else if !id_ok || sms.text.is_empty() || sms.text.chars().any(|c| c.is_control() && c != '\n') {
        Err(NotSent::Refused("短信内容无效".into()))
    } else {
        Ok(())
    }
}

fn not_writable(dir: &Path, e: &std::io::Error) -> NotSent {
    NotSent::Later(format!("短信文件夹 {} 不能写入（{e}）", dir.display()))
}
