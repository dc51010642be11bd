//! Sending what the outbox holds. A message is leased before it is sent, so that two processes
//! send it once; what fails for now is tried again, later each time, what fails for good is told to nobody twice.
//!
//! Mail and text messages are read and sent apart: a mail server that hangs keeps no signing code back.

use super::messages::{Secret, text_of};
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
/// Seconds until the second try; each further one waits twice as long.
const FIRST_WAIT_SECS: i64 = 30;
/// Seconds between two tries at most.
const MOST_WAIT_SECS: i64 = 60 * 60;
/// The same for a code: somebody sits before a page and waits for it.
const MOST_WAIT_FOR_CODE_SECS: i64 = 60;

/// A way out of the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Text messages.
    Sms,
    /// Mail.
    Mail,
}

impl Way {
    /// Both.
    pub const ALL: [Way; 2] = [Way::Sms, Way::Mail];

    fn channel(self) -> Channel {
        match self {
            Way::Sms => Channel::Sms,
            Way::Mail => Channel::Mail,
        }
    }
}

/// The ways out of the house; made once a process.
pub struct Senders {
    /// Mail.
    pub mail: Box<dyn Mailer>,
    /// Text messages.
    pub sms: Box<dyn SmsGateway>,
}

/// Sends what waits for one way; gives how many messages left. The first that cannot leave for now ends the round:
/// the way is closed to the others too, and each try may take long.
pub fn send_pending(app: &App, senders: &Senders, way: Way) -> Result<usize, Stop> {
    let start = app.clock.real();
    let waiting = app.store.read(|db| outbox::pending(db, way.channel(), start, ROUND))?;
    let mut left = 0;
    for message in waiting {
        let now = app.clock.real();
        let mine = app.store.write(|tx| Ok(tx.lease_message(message.id, now, now.plus_secs(LEASE_SECS))?))?;
        let Some(attempt) = mine else { continue };
        let outcome = if is_stale(app, &message) {
            Err(NotSent::Refused("验证码过期以前没有发出".into()))
        } else {
            send(app, senders, &message)
        };
        app.store.write(|tx| {
            match &outcome {
                Ok(()) => tx.message_sent(message.id, now)?,
                Err(NotSent::Refused(why)) => tx.message_failed(message.id, why)?,
                Err(NotSent::Later(why)) => {
                    let next = app.clock.real().plus_secs(wait_secs(&message, attempt));
                    tx.message_later(message.id, why, next)?;
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
            Err(why) => {
                tracing::warn!(id = %message.id, %why, "message did not leave");
                if matches!(why, NotSent::Later(_)) {
                    break;
                }
            }
        }
    }
    Ok(left)
}

/// Seconds until the next try after this one.
fn wait_secs(message: &OutMessage, attempt: i64) -> i64 {
    let most = if Secret::of_topic(&message.topic).is_some() { MOST_WAIT_FOR_CODE_SECS } else { MOST_WAIT_SECS };
    let doubled = u32::try_from(attempt.clamp(1, 16) - 1).unwrap_or(0);
    (FIRST_WAIT_SECS << doubled).min(most)
}

/// Whether it is a code that is worth nothing any more.
fn is_stale(app: &App, message: &OutMessage) -> bool {
    let life_ms = Secret::of_topic(&message.topic).map(|kind| kind.life_secs() * 1_000);
    life_ms.is_some_and(|life| app.clock.now().ms_since(message.created_at) > life) && !app.config.mode.is_demo()
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
const SMS_DAYS: i64 = 30;

/// Clears the folder of text messages: codes when they live no more and after a day at most, everything else after
/// a month. Whoever takes the messages from there comes more often than that.
pub fn clear_folder(app: &App) -> Result<usize, Stop> {
    let folder = crate::mail::sms::folder(&app.data);
    let fault = |e: std::io::Error| Fault::Files(format!("{}：{e}", folder.display()));
    let secs = |n: i64| std::time::Duration::from_secs(n.unsigned_abs());
    let shortest = Secret::ALL.into_iter().map(Secret::lies_secs).min().unwrap_or_default();
    let old = crate::mail::sms::older(&folder, secs(shortest)).map_err(fault)?;
    let mut cleared = 0;
    for some in old.chunks(200) {
        let ids: Vec<String> = some.iter().map(|m| m.id.clone()).collect();
        let topics = app.store.read(|db| outbox::topics(db, &ids))?;
        let most = |id: &str| {
            let code = topics.get(id).and_then(|topic| Secret::of_topic(topic));
            secs(code.map_or(SMS_DAYS * 24 * 60 * 60, Secret::lies_secs))
        };
        for message in some.iter().filter(|m| m.age > most(&m.id)) {
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
