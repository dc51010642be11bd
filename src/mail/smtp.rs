//! Mail through a server.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::{SmtpTransport, Transport};

use super::message::sender;
use super::{Mailer, Message, NotSent};

/// A server that hangs must not hold the outbox.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Sends by SMTP, with TLS by rustls as the URL says.
pub struct SmtpMailer {
    transport: SmtpTransport,
    from: Mailbox,
}

impl std::fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpMailer").field("from", &self.from).finish_non_exhaustive()
    }
}

impl SmtpMailer {
    /// From `smtps://user:password@host:465`, `smtp://host:587?tls=required` (STARTTLS) or, for a
    /// catcher on the same machine, `smtp://host:1025`.
    pub fn new(url: &str, from: &str) -> Result<SmtpMailer, NotSent> {
        // The URL holds a password, so the library's message, which may quote it, is not passed on.
        let builder = SmtpTransport::from_url(url).map_err(|_| NotSent::Refused("邮件服务器地址无效".into()))?;
        Ok(SmtpMailer { transport: builder.timeout(Some(TIMEOUT)).build(), from: sender(from)? })
    }

    /// Whether the server answers; for `doctor`.
    pub fn probe(&self) -> Result<(), NotSent> {
        match self.transport.test_connection() {
            Ok(true) => Ok(()),
            Ok(false) => Err(NotSent::Later("邮件服务器没有应答".into())),
            Err(e) => Err(NotSent::Later(e.to_string())),
        }
    }
}

impl Mailer for SmtpMailer {
    fn send(&self, message: &Message) -> Result<(), NotSent> {
        let mail = message.build(&self.from)?;
        match self.transport.send(&mail) {
            Ok(_) => Ok(()),
            Err(e) if e.is_permanent() => Err(NotSent::Refused(e.to_string())),
            Err(e) => Err(NotSent::Later(e.to_string())),
        }
    }
}
