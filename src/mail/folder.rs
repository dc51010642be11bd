//! Mail into a folder, one `.eml` file each.

use std::path::Path;

use lettre::message::Mailbox;
use lettre::{FileTransport, Transport};

use super::message::sender;
use super::{Mailer, Message, NotSent};

/// Writes mails where another program, or a person, picks them up.
#[derive(Debug)]
pub struct FolderMailer {
    transport: FileTransport,
    from: Mailbox,
}

impl FolderMailer {
    /// Makes the folder, mode 0700, if it is not there.
    pub fn new(dir: &Path, from: &str) -> Result<FolderMailer, NotSent> {
        let fault = |e: std::io::Error| NotSent::Later(format!("邮件文件夹 {} 不能写入（{e}）", dir.display()));
        super::private_folder(dir).map_err(fault)?;
        Ok(FolderMailer { transport: FileTransport::new(dir), from: sender(from)? })
    }
}

impl Mailer for FolderMailer {
    fn send(&self, message: &Message) -> Result<(), NotSent> {
        let mail = message.build(&self.from)?;
        self.transport.send(&mail).map(|_| ()).map_err(|e| NotSent::Later(e.to_string()))
    }
}
