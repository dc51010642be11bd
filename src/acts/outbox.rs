//! Sending what the outbox holds. A message is leased before it is sent, so that two processes
//! send it once; what fails for now is tried again, what fails for good is told to nobody twice.

use super::messages::{SECRET_TOPICS, text_of};
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
/// No code lives longer, in milliseconds: one that could not be sent until then is given up.
const SECRET_LIFE_MS: i64 = 24 * 60 * 60 * 1_000;

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
        let outcome = if is_stale(app, &message) {
            Err(NotSent::Refused("验证码过期以前没有发出".into()))
        } else {
            send(app, senders, &message)
        };
        app.store.write(|tx| {
            match &outcome {
                Ok(()) => tx.message_sent(message.id, now)?,
                Err(NotSent::Refused(why)) => tx.message_failed(message.id, why, true)?,
                Err(NotSent::Later(why)) => {
                    tx.message_failed(message.id, why, false)?;
                    return Ok(());
                }
            }
            // The demonstration shows its messages on a page of its own and sends none.
            if !app.config.mode.is_demo() {
                tx.forget_secret(message.id)?;
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

fn is_stale(app: &App, message: &OutMessage) -> bool {
    SECRET_TOPICS.contains(&message.topic.as_str())
        && app.clock.now().ms_since(message.created_at) > SECRET_LIFE_MS
        && !app.config.mode.is_demo()
}

fn send(app: &App, senders: &Senders, message: &OutMessage) -> Result<(), NotSent> {
    let id = message.id.to_string();
    let address = || {
        let aad = Aad { table: "outbox", column: "address_sealed", row: &id };
        app.keys.sealer().open_text(&aad, &message.address_sealed).map_err(|e| NotSent::Refused(e.to_string()))
    };
    let text = || text_of(app, message).map_err(|e| NotSent::Refused(e.to_string()));
    match message.channel {
        Channel::Inbox => Ok(()),
        Channel::Mail => senders.mail.send(&Message {
            id: id.clone(),
            to: address()?,
            subject: message.subject.clone(),
            body: text()?,
        }),
        Channel::Sms => senders.sms.send(&Sms { id: id.clone(), phone: address()?, text: text()? }),
    }
}

/// Days for which the folder of text messages keeps what is no code.
const SMS_DAYS: u32 = 30;

/// Clears the folder of text messages: codes when no code lives any more, everything else after a
/// month. Whoever takes the messages from there comes more often than daily.
pub fn clear_folder(app: &App) -> Result<usize, Stop> {
    use std::time::Duration;
    let folder = crate::mail::sms::folder(&app.data);
    let fault = |e: std::io::Error| Fault::Files(format!("{}：{e}", folder.display()));
    let day = Duration::from_millis(SECRET_LIFE_MS.unsigned_abs());
    let old = crate::mail::sms::older(&folder, day).map_err(fault)?;
    let mut cleared = 0;
    for some in old.chunks(200) {
        let ids: Vec<String> = some.iter().map(|m| m.id.clone()).collect();
        let codes = app.store.read(|db| outbox::on_topics(db, &ids, &SECRET_TOPICS))?;
        let due = |m: &&crate::mail::sms::Lying| codes.contains(&m.id) || m.age > day * SMS_DAYS;
        for message in some.iter().filter(due) {
            match std::fs::remove_file(&message.path) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(fault(e).into()),
                _ => cleared += 1,
            }
        }
    }
    Ok(cleared)
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
        Box::new(crate::mail::sms::SmsFolder::new(&crate::mail::sms::folder(&app.data)).map_err(setup)?)
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
