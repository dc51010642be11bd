//! Messages to people, written in the act's transaction.

use crate::context::{App, new_id};
use crate::crypto::seal::Aad;
use crate::domain::base::ids::{AccountId, LotId, MessageId, PartyId};
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
    if !found.address_sealed.is_empty() {
        let aad = Aad { table: "accounts", column: "address_sealed", row: &account.to_string() };
        let address = app.keys.sealer().open_text(&aad, &found.address_sealed).map_err(sealed)?;
        put(app, tx, Some(account), channel_of(&address), &address, say, false)?;
    }
    Ok(())
}

/// To the account that speaks for a party.
pub fn to_party(app: &App, tx: &mut Tx<'_>, party: PartyId, say: &Say<'_>) -> Result<(), Stop> {
    match accounts::of_party(tx, party)? {
        Some(account) => to_account(app, tx, account.id, say),
        None => Ok(()),
    }
}

/// By text message only, such as a one-time code; nothing of it stands in the inbox, and the outbox
/// holds it sealed until it left. Its topic is one of [`SECRET_TOPICS`].
pub fn secret(app: &App, tx: &mut Tx<'_>, account: AccountId, say: &Say<'_>) -> Result<bool, Stop> {
    let Some(found) = accounts::find(tx, account)? else { return Ok(false) };
    if found.address_sealed.is_empty() {
        return Ok(false);
    }
    let aad = Aad { table: "accounts", column: "address_sealed", row: &account.to_string() };
    let address = app.keys.sealer().open_text(&aad, &found.address_sealed).map_err(sealed)?;
    put(app, tx, Some(account), channel_of(&address), &address, say, true)?;
    Ok(true)
}

/// The topics of [`secret`] messages.
pub const SECRET_TOPICS: [&str; 2] = ["one_time_code", "password_reset"];

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
