//! How messages leave the house.

use std::fmt;
use std::path::PathBuf;

use super::fault::{Fault, fault};

/// Where the outbox delivers to.
#[derive(Clone, PartialEq, Eq)]
pub enum Mail {
    /// Nowhere: messages stand in the outbox and on the in-app page only.
    Off,
    /// A mail server.
    Smtp {
        /// `smtp://` or `smtps://`, password included.
        url: String,
        /// The sender's address.
        from: String,
    },
    /// A folder that receives one file a message.
    Folder {
        /// The folder.
        dir: PathBuf,
        /// The sender's address.
        from: String,
    },
}

impl Mail {
    pub(super) fn choose(smtp: Option<String>, dir: Option<PathBuf>, from: Option<String>) -> Result<Mail, Fault> {
        let smtp = smtp.filter(|s| !s.trim().is_empty());
        let from = from.map(|f| f.trim().to_owned()).filter(|f| !f.is_empty());
        if let Some(address) = &from
            && (!address.contains('@') || address.chars().any(|c| c.is_control() || c.is_whitespace()))
        {
            return Err(fault(
                "NONGQUAN_MAIL_FROM",
                format!("“{address}”不是邮件地址"),
                "写发件人的邮件地址，不带姓名",
            ));
        }
        let sender =
            || from.clone().ok_or_else(|| fault("NONGQUAN_MAIL_FROM", "没有写发件人", "写发件人的邮件地址，不带姓名"));
        match (smtp, dir) {
            (Some(_), Some(_)) => Err(fault("NONGQUAN_MAIL_DIR", "邮件服务器和邮件文件夹只能选一个", "去掉其中一项")),
            (Some(url), None) if url.starts_with("smtp://") || url.starts_with("smtps://") => {
                Ok(Mail::Smtp { url, from: sender()? })
            }
            (Some(_), None) => Err(fault(
                "NONGQUAN_SMTP_URL",
                "只接受 smtp:// 或 smtps:// 开头的地址",
                "写成 smtps://用户:密码@主机:465",
            )),
            (None, Some(dir)) => Ok(Mail::Folder { dir, from: sender()? }),
            (None, None) => Ok(Mail::Off),
        }
    }
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mail::Off => f.write_str("Off"),
            Mail::Smtp { from, .. } => f.debug_struct("Smtp").field("from", from).finish_non_exhaustive(),
            Mail::Folder { dir, from } => f.debug_struct("Folder").field("dir", dir).field("from", from).finish(),
        }
    }
}
