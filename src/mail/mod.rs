//! Messages leave through here and nowhere else: the outbox worker takes a row,
//! sends it, and records the answer (architecture 8).
//!
//! Mail goes by SMTP or into a folder. Text messages go into a folder: a gateway
//! needs the county's contract with an operator and takes its place behind
//! [`sms::SmsGateway`].

mod folder;
mod memory;
mod message;
pub mod sms;
mod smtp;

pub use folder::FolderMailer;
pub use memory::MemoryMailer;
pub use message::{BadMessage, Message};
pub use smtp::SmtpMailer;

/// Makes a folder that nobody else looks into; one that is there keeps its permissions, which
/// somebody may have set for the program that takes messages.
fn private_folder(dir: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

/// Why a message did not leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// Will never leave as it is: bad address, or refused for good by the server.
    #[error("无法送达：{0}")]
    Refused(String),
    /// The server or the network failed; try again later.
    #[error("暂时无法发送：{0}")]
    Later(String),
}

/// Something that sends mail. Blocking; called by the outbox worker.
pub trait Mailer: Send + Sync {
    /// Sends one message. The same message may come twice after a crash; its Message-ID is made
    /// from its outbox id, so that the receiving side can tell.
    fn send(&self, message: &Message) -> Result<(), NotSent>;
}
