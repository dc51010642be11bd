//! Messages to people, written in the act's transaction.

use crate::context::{App, new_id};
use crate::crypto::seal::Aad;
use crate::domain::base::ids::{AccountId, LotId, MessageId, PartyId};
use crate::store::accounts::Account;
use crate::store::outbox::{Channel, OutMessage};
use crate::store::{Fault, Stop, Tx, accounts};

/// What to say.
#[derive(Clone, Debug)]
pub struct Say<'a> {
    /// A stable word for the kind of message.
    pub topic: &'a str,
    /// Subject line.
    pub subject: String,
    /// Text.
    pub body: String,
    /// The lot it is about.
    pub lot: Option<LotId>,
}

/// To an account: its inbox, and its telephone as a text message when it has one.
pub fn to_account(app: &App, tx: &mut Tx<'_>, account: AccountId, say: &Say<'_>) -> Result<(), Stop> {
    let Some(found) = accounts::find(tx, account)? else { return Ok(()) };
    put(app, tx, Some(account), Channel::Inbox, "", say, false)?;
    let address = address_of(app, &found)?;
    if !address.is_empty() {
        to_address(app, tx, account, &address, say)?;
    }
    Ok(())
}

/// To a telephone or mail address alone, such as one that an account has no more.
pub fn to_address(app: &App, tx: &mut Tx<'_>, account: AccountId, address: &str, say: &Say<'_>) -> Result<(), Stop> {
    put(app, tx, Some(account), channel_of(address), address, say, false)
}

/// To the account that speaks for a party.
pub fn to_party(app: &App, tx: &mut Tx<'_>, party: PartyId, say: &Say<'_>) -> Result<(), Stop> {
    match accounts::of_party(tx, party)? {
        Some(account) => to_account(app, tx, account.id, say),
        None => Ok(()),
    }
}

/// A code that only its receiver may read. Whoever adds a kind says how long it lives: nothing of it is kept, sent
/// or left lying for longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secret {
    /// 验证码, to sign with.
    OneTimeCode,
    /// 密码重置码.
    PasswordReset,
    /// 账号激活码.
    Activation,
}

/// Seconds for which a code lies in the folder of text messages at most: whoever takes them comes more often.
const LIES_SECS: i64 = 24 * 60 * 60;

impl Secret {
    /// Every kind.
    pub const ALL: [Secret; 3] = [Secret::OneTimeCode, Secret::PasswordReset, Secret::Activation];

    /// The stable word for its messages.
    pub fn topic(self) -> &'static str {
        match self {
            Secret::OneTimeCode => "one_time_code",
            Secret::PasswordReset => "password_reset",
            Secret::Activation => "activation",
        }
    }

    /// The kind whose messages carry this word.
    pub fn of_topic(topic: &str) -> Option<Secret> {
        Secret::ALL.into_iter().find(|kind| kind.topic() == topic)
    }

    /// Seconds for which it can be used; afterwards it is not even sent.
    pub fn life_secs(self) -> i64 {
        match self {
            Secret::OneTimeCode => 10 * 60,
            Secret::PasswordReset => 24 * 60 * 60,
            // A new colleague may be away.
            Secret::Activation => 7 * 24 * 60 * 60,
        }
    }

    /// Seconds for which it may lie in the folder of text messages.
    pub fn lies_secs(self) -> i64 {
        self.life_secs().min(LIES_SECS)
    }
}

/// To the account's telephone or mail only; nothing of it stands in the inbox, and the outbox holds it sealed until
/// it left. `false` where no address is known.
pub fn secret(
    app: &App,
    tx: &mut Tx<'_>,
    account: AccountId,
    kind: Secret,
    subject: &str,
    body: String,
) -> Result<bool, Stop> {
    let Some(found) = accounts::find(tx, account)? else { return Ok(false) };
    if found.address_sealed.is_empty() {
        return Ok(false);
    }
    let address = address_of(app, &found)?;
    let say = Say { topic: kind.topic(), subject: subject.to_owned(), body, lot: None };
    put(app, tx, Some(account), channel_of(&address), &address, &say, true)?;
    Ok(true)
}

/// The telephone number or mail address of an account, in clear; empty where none is known.
pub(super) fn address_of(app: &App, account: &Account) -> Result<String, Stop> {
    if account.address_sealed.is_empty() {
        return Ok(String::new());
    }
    let aad = Aad { table: "accounts", column: "address_sealed", row: &account.id.to_string() };
    app.keys.sealer().open_text(&aad, &account.address_sealed).map_err(sealed)
}

/// What a message says. A secret is unsealed, and empty once it left.
pub fn text_of(app: &App, message: &OutMessage) -> Result<String, Fault> {
    if message.body_sealed.is_empty() {
        return Ok(message.body.clone());
    }
    let aad = Aad { table: "outbox", column: "body_sealed", row: &message.id.to_string() };
    let opened = app.keys.sealer().open_text(&aad, &message.body_sealed);
    opened.map_err(|e| Fault::Inconsistent(format!("seal: {e}")))
}

fn channel_of(address: &str) -> Channel {
    if address.contains('@') { Channel::Mail } else { Channel::Sms }
}

fn put(
    app: &App,
    tx: &mut Tx<'_>,
    account: Option<AccountId>,
    channel: Channel,
    address: &str,
    say: &Say<'_>,
    secret: bool,
) -> Result<(), Stop> {
    let id = MessageId(new_id());
    let seal = |column: &str, text: &str| {
        if text.is_empty() {
            return Ok(String::new());
        }
        app.keys.sealer().seal(&Aad { table: "outbox", column, row: &id.to_string() }, text.as_bytes()).map_err(sealed)
    };
    let address_sealed = seal("address_sealed", address)?;
    let (body, body_sealed) =
        if secret { (String::new(), seal("body_sealed", &say.body)?) } else { (say.body.clone(), String::new()) };
    tx.enqueue(&OutMessage {
        id,
        channel,
        account,
        address_sealed,
        topic: say.topic.to_owned(),
        subject: say.subject.clone(),
        body,
        body_sealed,
        lot: say.lot,
        created_at: app.clock.now(),
        sent: false,
        read_at: None,
    })?;
    Ok(())
}

fn sealed<E: std::fmt::Display>(e: E) -> Stop {
    Stop::Fault(Fault::Inconsistent(format!("seal: {e}")))
}
