//! Text messages. There is one way out so far: a folder from which the county's
//! operator, or a modem, takes them (docs/operating).

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

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

impl SmsFolder {
    /// Makes the folder if it is not there.
    pub fn new(dir: &Path) -> Result<SmsFolder, NotSent> {
        std::fs::create_dir_all(dir).map_err(|e| not_writable(dir, &e))?;
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
