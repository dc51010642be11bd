//! A mail as the outbox holds it.

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message as Built};

use super::NotSent;

/// A plain-text mail to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Outbox id; becomes the Message-ID.
    pub id: String,
    /// Address of the receiver.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Text, lines ended by `\n`.
    pub body: String,
}

/// Why a message cannot be a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadMessage {
    /// No usable address; line breaks in it are an attempt to add headers.
    #[error("收件地址无效")]
    Address,
    /// A line break or control character in the subject.
    #[error("邮件标题含有换行或控制字符")]
    Subject,
    /// A control character in the text, or an id that cannot stand in a header.
    #[error("邮件内容含有控制字符")]
    Body,
}

impl Message {
    /// Checks what would break a header (checklist S013) and builds the mail.
    pub(super) fn build(&self, from: &Mailbox) -> Result<Built, NotSent> {
        let to = self.check().map_err(|e| NotSent::Refused(e.to_string()))?;
        let domain = from.email.domain();
        Built::builder()
            .message_id(Some(format!("<{}@{domain}>", self.id)))
            .from(from.clone())
            .to(to)
            .subject(&self.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(self.body.clone())
            .map_err(|e| NotSent::Refused(e.to_string()))
    }

    /// The receiver, when nothing in the message is out of order.
    pub fn check(&self) -> Result<Mailbox, BadMessage> {
        if self.subject.chars().any(char::is_control) {
            return Err(BadMessage::Subject);
        }
        let id_ok = !self.id.is_empty() && self.id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !id_ok || self.body.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(BadMessage::Body);
        }
        // An address alone: no display name, no list.
        let address = self.to.parse::<lettre::Address>().map_err(|_| BadMessage::Address)?;
        Ok(Mailbox::new(None, address))
    }
}

/// Reads the sender from the configuration.
pub(super) fn sender(from: &str) -> Result<Mailbox, NotSent> {
    from.parse().map_err(|_| NotSent::Refused(format!("发件地址“{from}”无效")))
}
