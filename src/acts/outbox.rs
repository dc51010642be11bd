//! Sending what the outbox holds. A message is leased before it is sent, so that two processes
//! send it once; what fails for now is tried again, what fails for good is told to nobody twice.

use crate::context::App;
use crate::crypto::seal::Aad;
use crate::mail::sms::{Sms, SmsGateway};
use crate::mail::{Mailer, Message, NotSent};
use crate::store::outbox::{self, Channel, OutMessage};
use crate::store::{Fault, Stop};

/// How long a sender may take before another process tries, in seconds.
const LEASE_SECS: i64 = 60;
/// Messages of one round.
const ROUND: i64 = 50;

/// The ways out of the house; made once a process.
pub struct Senders {
    /// Mail.
    pub mail: Box<dyn Mailer>,
    /// Text messages.
    pub sms: Box<dyn SmsGateway>,
}

/// Sends what waits; gives how many messages left.
pub fn send_pending(app: &App, senders: &Senders) -> Result<usize, Stop> {
    let waiting = app.store.read(|db| outbox::pending(db, ROUND))?;
    let mut left = 0;
    for message in waiting {
        let now = app.clock.real();
        let mine = app.store.write(|tx| Ok(tx.lease_message(message.id, now, now.plus_secs(LEASE_SECS))?))?;
        if !mine {
            continue;
        }
        let outcome = send(app, senders, &message);
        app.store.write(|tx| {
            match &outcome {
                Ok(()) => tx.message_sent(message.id, now)?,
                Err(NotSent::Refused(why)) => tx.message_failed(message.id, why, true)?,
                Err(NotSent::Later(why)) => tx.message_failed(message.id, why, false)?,
            }
            Ok(())
        })?;
        match outcome {
            Ok(()) => left += 1,
            Err(why) => tracing::warn!(id = %message.id, %why, "message did not leave"),
        }
    }
    Ok(left)
}

fn send(app: &App, senders: &Senders, message: &OutMessage) -> Result<(), NotSent> {
    let id = message.id.to_string();
    let address = || {
        let aad = Aad { table: "outbox", column: "address_sealed", row: &id };
        app.keys.sealer().open_text(&aad, &message.address_sealed).map_err(|e| NotSent::Refused(e.to_string()))
    };
    match message.channel {
        Channel::Inbox => Ok(()),
        Channel::Mail => senders.mail.send(&Message {
            id: id.clone(),
            to: address()?,
            subject: message.subject.clone(),
            body: message.body.clone(),
        }),
        Channel::Sms => senders.sms.send(&Sms { id: id.clone(), phone: address()?, text: message.body.clone() }),
    }
}

/// The ways out that the settings name: mail by server, folder or nowhere; text messages into a
/// folder beside the data, nowhere in the demonstration.
pub fn senders(app: &App) -> Result<Senders, Fault> {
    use crate::config::Mail;
    use crate::mail::{FolderMailer, MemoryMailer, SmtpMailer};
    let setup = |e: NotSent| Fault::Setup(e.to_string());
    let mail: Box<dyn Mailer> = match &app.config.mail {
        Mail::Off => Box::new(MemoryMailer::default()),
        Mail::Smtp { url, from } => Box::new(SmtpMailer::new(url, from).map_err(setup)?),
        Mail::Folder { dir, from } => Box::new(FolderMailer::new(dir, from).map_err(setup)?),
    };
    let sms: Box<dyn SmsGateway> = if app.config.mode.is_demo() {
        Box::new(Nowhere)
    } else {
        Box::new(crate::mail::sms::SmsFolder::new(&app.data.join("sms")).map_err(setup)?)
    };
    Ok(Senders { mail, sms })
}

/// Text messages of the demonstration: they stand on its outbox page only.
struct Nowhere;

impl SmsGateway for Nowhere {
    fn send(&self, _: &Sms) -> Result<(), NotSent> {
        Ok(())
    }
}
