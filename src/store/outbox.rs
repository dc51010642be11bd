//! The outbox: every message leaves through a row written in the act's own transaction, so that
//! nothing is sent for what did not happen, and nothing that happened goes unsaid.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::outbox;
use super::{Fault, Read, Tx, stored, stored_id};
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, LotId, MessageId};

/// The way a message takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Text message.
    Sms,
    /// Mail.
    Mail,
    /// The account's own inbox on the platform.
    Inbox,
}

impl Channel {
    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            Channel::Sms => "sms",
            Channel::Mail => "mail",
            Channel::Inbox => "inbox",
        }
    }

    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        match self {
            Channel::Sms => "短信",
            Channel::Mail => "邮件",
            Channel::Inbox => "站内消息",
        }
    }

    fn from_name(name: &str) -> Option<Channel> {
        [Channel::Sms, Channel::Mail, Channel::Inbox].into_iter().find(|c| c.name() == name)
    }
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutMessage {
    /// Its id; the receiver's side may drop a second copy by it.
    pub id: MessageId,
    /// The way.
    pub channel: Channel,
    /// To whom, where it is somebody with a login.
    pub account: Option<AccountId>,
    /// Number or mail address, sealed under (outbox, address_sealed, id); empty for the inbox.
    pub address_sealed: String,
    /// A stable word for the kind of message.
    pub topic: String,
    /// Subject line.
    pub subject: String,
    /// Text; empty where it is a secret.
    pub body: String,
    /// A secret text, sealed under (outbox, body_sealed, id); empty once it left or was given up.
    pub body_sealed: String,
    /// The lot it is about.
    pub lot: Option<LotId>,
    /// When it was written.
    pub created_at: Instant,
    /// Sent, or for the inbox: stands there.
    pub sent: bool,
    /// Read at, for the inbox.
    pub read_at: Option<Instant>,
}

type Row = (
    String,
    String,
    Option<String>,
    String,
    String,
    String,
    String,
    Option<String>,
    NaiveDateTime,
    String,
    i64,
    String,
    Option<NaiveDateTime>,
    Option<NaiveDateTime>,
    Option<NaiveDateTime>,
    String,
);

fn message(row: Row) -> Result<OutMessage, Fault> {
    let (
        id,
        channel,
        account,
        address_sealed,
        topic,
        subject,
        body,
        lot,
        created,
        status,
        _,
        _,
        _,
        _,
        read,
        body_sealed,
    ) = row;
    Ok(OutMessage {
        id: stored_id("outbox.id", &id)?,
        channel: stored("outbox.channel", Channel::from_name(&channel), &channel)?,
        account: account.map(|a| stored_id("outbox.account_id", &a)).transpose()?,
        address_sealed,
        topic,
        subject,
        body,
        body_sealed,
        lot: lot.map(|l| stored_id("outbox.lot_id", &l)).transpose()?,
        created_at: Instant::from_utc(created),
        sent: status == "sent",
        read_at: read.map(Instant::from_utc),
    })
}

/// Messages of one way that may be sent now, codes first, then the oldest. One that somebody is sending, or whose
/// next try is later, is left out: were it counted, what cannot leave would keep back what can.
pub fn pending(db: &mut impl Read, way: Channel, now: Instant, limit: i64) -> Result<Vec<OutMessage>, Fault> {
    let rows: Vec<Row> = outbox::table
        .filter(outbox::status.eq("pending"))
        .filter(outbox::channel.eq(way.name()))
        .filter(outbox::lease_until.is_null().or(outbox::lease_until.lt(now.utc())))
        .order((outbox::body_sealed.eq(""), outbox::created_at, outbox::id))
        .limit(limit)
        .load(db.conn())?;
    rows.into_iter().map(message).collect()
}

/// How many are still to be sent.
pub fn pending_count(db: &mut impl Read) -> Result<i64, Fault> {
    Ok(outbox::table.filter(outbox::status.eq("pending")).count().get_result(db.conn())?)
}

/// The newest messages of all channels, for the demonstration's outbox page.
pub fn newest(db: &mut impl Read, limit: i64) -> Result<Vec<OutMessage>, Fault> {
    let rows: Vec<Row> =
        outbox::table.order((outbox::created_at.desc(), outbox::id.desc())).limit(limit).load(db.conn())?;
    rows.into_iter().map(message).collect()
}

/// The last message to an account on a topic.
pub fn last_of(db: &mut impl Read, account: AccountId, topic: &str) -> Result<Option<OutMessage>, Fault> {
    let row: Option<Row> = outbox::table
        .filter(outbox::account_id.eq(account.to_string()))
        .filter(outbox::topic.eq(topic))
        .order(outbox::id.desc())
        .first(db.conn())
        .optional()?;
    row.map(message).transpose()
}

/// The topics of the messages of these ids.
pub fn topics(db: &mut impl Read, ids: &[String]) -> Result<HashMap<String, String>, Fault> {
    let rows: Vec<(String, String)> =
        outbox::table.filter(outbox::id.eq_any(ids)).select((outbox::id, outbox::topic)).load(db.conn())?;
    Ok(rows.into_iter().collect())
}

/// An account's inbox, newest first.
pub fn inbox(db: &mut impl Read, account: AccountId, limit: i64) -> Result<Vec<OutMessage>, Fault> {
    let rows: Vec<Row> = outbox::table
        .filter(outbox::account_id.eq(account.to_string()))
        .filter(outbox::channel.eq("inbox"))
        .order((outbox::created_at.desc(), outbox::id.desc()))
        .limit(limit)
        .load(db.conn())?;
    rows.into_iter().map(message).collect()
}

impl Tx<'_> {
    /// Writes a message. Inbox messages stand at once; others wait for the sender.
    pub fn enqueue(&mut self, m: &OutMessage) -> Result<(), Fault> {
        let status = if m.channel == Channel::Inbox { "sent" } else { "pending" };
        diesel::insert_into(outbox::table)
            .values((
                outbox::id.eq(m.id.to_string()),
                outbox::channel.eq(m.channel.name()),
                outbox::account_id.eq(m.account.map(|a| a.to_string())),
                outbox::address_sealed.eq(&m.address_sealed),
                outbox::topic.eq(&m.topic),
                outbox::subject.eq(&m.subject),
                outbox::body.eq(&m.body),
                outbox::body_sealed.eq(&m.body_sealed),
                outbox::lot_id.eq(m.lot.map(|l| l.to_string())),
                outbox::created_at.eq(m.created_at.utc()),
                outbox::status.eq(status),
                outbox::attempts.eq(0),
                outbox::last_error.eq(""),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Leases a pending message for sending and gives the number of this try; `None` when somebody else has it.
    pub fn lease_message(&mut self, id: MessageId, now: Instant, until: Instant) -> Result<Option<i64>, Fault> {
        let attempts = diesel::update(
            outbox::table
                .find(id.to_string())
                .filter(outbox::status.eq("pending"))
                .filter(outbox::lease_until.is_null().or(outbox::lease_until.lt(now.utc()))),
        )
        .set((outbox::lease_until.eq(until.utc()), outbox::attempts.eq(outbox::attempts + 1)))
        .returning(outbox::attempts)
        .get_result(self.conn)
        .optional()?;
        Ok(attempts)
    }

    /// The message went out.
    pub fn message_sent(&mut self, id: MessageId, at: Instant) -> Result<(), Fault> {
        diesel::update(outbox::table.find(id.to_string()))
            .set((outbox::status.eq("sent"), outbox::sent_at.eq(at.utc())))
            .execute(self.conn)?;
        Ok(())
    }

    /// The message did not go out and never will.
    pub fn message_failed(&mut self, id: MessageId, why: &str) -> Result<(), Fault> {
        diesel::update(outbox::table.find(id.to_string()))
            .set((outbox::status.eq("failed"), outbox::last_error.eq(why)))
            .execute(self.conn)?;
        Ok(())
    }

    /// The message did not go out; nobody tries again before `next`.
    pub fn message_later(&mut self, id: MessageId, why: &str, next: Instant) -> Result<(), Fault> {
        diesel::update(outbox::table.find(id.to_string()))
            .set((outbox::lease_until.eq(next.utc()), outbox::last_error.eq(why)))
            .execute(self.conn)?;
        Ok(())
    }

    /// Takes the text out of a message that left or was given up: a code is nobody's any more.
    pub fn forget_secret(&mut self, id: MessageId) -> Result<(), Fault> {
        diesel::update(outbox::table.find(id.to_string()).filter(outbox::body_sealed.ne("")))
            .set(outbox::body_sealed.eq(""))
            .execute(self.conn)?;
        Ok(())
    }

    /// Marks an account's inbox as read.
    pub fn read_inbox(&mut self, account: AccountId, at: Instant) -> Result<(), Fault> {
        diesel::update(
            outbox::table
                .filter(outbox::account_id.eq(account.to_string()))
                .filter(outbox::channel.eq("inbox"))
                .filter(outbox::read_at.is_null()),
        )
        .set(outbox::read_at.eq(at.utc()))
        .execute(self.conn)?;
        Ok(())
    }
}
