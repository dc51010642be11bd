//! 更正联系方式和账户: a telephone, a bank account or an address that was mistyped, or is another by now. One who
//! saw the original proposes it, with a scan kept; another reads the scan and types the numbers himself; only where
//! both read the same it holds. The holder is told at the old address and at the new one.

mod party;
mod staff;

pub use party::{Seen, decide, of_party, propose, waiting};
pub use staff::{decide_for_staff, of_staff, propose_for_staff, waiting_staff};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::messages::{self, Say};
use super::parties::sealing;
use crate::context::App;
use crate::crypto::seal::Aad;
use crate::domain::actor::Actor;
use crate::domain::base::Instant;
use crate::domain::base::identity::{BankCard, mask};
use crate::domain::base::ids::{AccountId, DocumentId, PartyId};
use crate::domain::base::text::{self, TextError};
use crate::domain::refusal::{FieldFault, Refusal};
use crate::store::accounts::{self, Account};
use crate::store::corrections::{self, Status, StoredCorrection};
use crate::store::{Fault, Read, Stop, Tx};

/// Kinds of the leaves: a proposal, and its being sent back.
const PROPOSED: &str = "correction.proposed";
const REJECTED: &str = "correction.rejected";

/// What is said to who proposes without a word.
const LOOKED_AT: &str = "请写明核对了什么，例如“身份证和银行卡原件”";

/// What a correction is about; what stays as it is, is `None`. Only ever kept sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Values {
    /// Telephone; for staff a mail address too.
    phone: Option<String>,
    /// Bank and account number.
    bank: Option<Bank>,
    /// Postal address.
    address: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Bank {
    name: String,
    account: String,
}

impl Values {
    /// The masked values under their names.
    fn masked(&self) -> [(&'static str, Option<String>); 3] {
        [
            (PHONE, self.phone.as_deref().map(masked)),
            (BANK, self.bank.as_ref().map(|b| format!("{} {}", b.name, mask::bank_card(&b.account)))),
            (ADDRESS, self.address.clone()),
        ]
    }

    /// Salted commitments of what is set; no value stands in the journal.
    fn commitments(&self, app: &App, kind: &str, id: &str) -> Value {
        let bank = self.bank.as_ref().map(|b| format!("{}\n{}", b.name, b.account));
        let commit = |field: &str, value: Option<&str>| value.map(|v| app.keys.commit(&[kind, id, field], v).hex());
        json!({
            "phone": commit("phone", self.phone.as_deref()),
            "bank": commit("bank", bank.as_deref()),
            "address": commit("address", self.address.as_deref()),
        })
    }
}

const PHONE: &str = "手机号或邮箱";
const BANK: &str = "银行账户";
const ADDRESS: &str = "地址";

/// A telephone or mail address as staff see it.
fn masked(address: &str) -> String {
    if address.contains('@') { mask::email(address) } else { mask::phone(address) }
}

/// One value that changes, masked where it is a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub what: &'static str,
    /// What stands there.
    pub before: String,
    /// What shall stand there.
    pub after: String,
}

/// A correction as its pages show it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its id.
    pub id: uuid::Uuid,
    /// Whose; `None` for somebody who works here.
    pub party: Option<PartyId>,
    /// The account that the messages go to.
    pub account: AccountId,
    /// The holder's name.
    pub name: String,
    /// What changes.
    pub changes: Vec<Change>,
    /// Whether a telephone or mail address is among it.
    pub has_phone: bool,
    /// Whether a bank account is among it.
    pub has_bank: bool,
    /// What was looked at.
    pub note: String,
    /// The scan.
    pub document: Option<DocumentId>,
    /// What became of it.
    pub status: Status,
    /// Who proposed it.
    pub proposer: String,
    /// When.
    pub proposed_at: Instant,
    /// Who decided, and when.
    pub decided: Option<(String, Instant)>,
    /// Why it was sent back.
    pub decided_note: String,
    /// The reader proposed it himself.
    pub own: bool,
}

/// A holder with what stands there now, masked, and his corrections.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The holder's name.
    pub name: String,
    /// What stands there now.
    pub now: Vec<(&'static str, String)>,
    /// The one that waits for a second person.
    pub open: Option<Shown>,
    /// Those that were decided, the newest first.
    pub past: Vec<Shown>,
}

/// What the second person reads from the original and types himself.
#[derive(Clone, Debug, Default)]
pub struct Again {
    /// Telephone or mail address.
    pub phone: String,
    /// Bank account number.
    pub account: String,
}

impl Again {
    /// Whether he read the same numbers.
    fn agrees(&self, after: &Values) -> Result<(), Refusal> {
        let differs = "与提出人录入的不一致，请照原件核对；确认是录错的，请退回";
        let mut faults = Vec::new();
        if let Some(phone) = &after.phone {
            match super::staff::address(&self.phone) {
                Ok(read) if read == *phone => {}
                Ok(_) => faults.push(FieldFault::new("again_phone", differs)),
                Err(fault) => faults.push(FieldFault::new("again_phone", fault.message)),
            }
        }
        if let Some(bank) = &after.bank {
            match BankCard::parse(&self.account) {
                Ok(read) if read.as_str() == bank.account => {}
                Ok(_) => faults.push(FieldFault::new("again_account", differs)),
                Err(e) => faults.push(FieldFault::new("again_account", e.zh())),
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::Fields { faults }) }
    }
}

/// The second person's answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// He read the same from the original.
    Confirm(Again),
    /// It is not so, for this reason.
    SendBack(String),
}

fn seal(app: &App, id: uuid::Uuid, column: &str, values: &Values) -> Result<String, Stop> {
    let text = serde_json::to_string(values).map_err(sealing)?;
    let aad = Aad { table: "corrections", column, row: &id.to_string() };
    app.keys.sealer().seal(&aad, text.as_bytes()).map_err(sealing)
}

fn open(app: &App, id: uuid::Uuid, column: &str, sealed: &str) -> Result<Values, Stop> {
    let aad = Aad { table: "corrections", column, row: &id.to_string() };
    let text = app.keys.sealer().open_text(&aad, sealed).map_err(sealing)?;
    Ok(serde_json::from_str(&text).map_err(|e| Fault::Inconsistent(format!("corrections.{column}: {e}")))?)
}

/// What the proposer says he looked at, or why something is sent back; `empty` is said where nothing is.
fn words(typed: &str, empty: &str) -> Result<String, FieldFault> {
    let said = |e: TextError| if e == TextError::Empty { empty.to_owned() } else { e.zh() };
    text::line(typed, 200).map_err(|e| FieldFault::new("note", said(e)))
}

/// What is proposed by whom, before it has an id.
struct New<'a> {
    account: &'a Account,
    party: Option<PartyId>,
    before: &'a Values,
    after: &'a Values,
    document: Option<(DocumentId, String)>,
    note: String,
}

/// Writes a proposal. The caller has claimed the holder, so that one at a time waits.
fn put(app: &App, tx: &mut Tx<'_>, actor: &Actor, new: New<'_>, now: Instant) -> Result<(), Stop> {
    let waits = corrections::of_account(tx, new.account.id)?.into_iter().find(|c| c.status == Status::Proposed);
    if let Some(first) = waits {
        return Err(super::decided::already(tx, Some(first.proposed_by), first.proposed_at)?.into());
    }
    let id = crate::context::new_id();
    let (document, scan) = new.document.unzip();
    tx.propose_correction(&StoredCorrection {
        id,
        party: new.party,
        account: new.account.id,
        before_sealed: seal(app, id, "before_sealed", new.before)?,
        after_sealed: seal(app, id, "after_sealed", new.after)?,
        document,
        note: new.note,
        status: Status::Proposed,
        proposed_by: actor.account,
        proposed_at: now,
        decided: None,
        decided_note: String::new(),
    })?;
    let row = id.to_string();
    let subject = new.party.map_or_else(|| new.account.id.to_string(), |p| p.to_string());
    let body = json!({
        "correction": row,
        "by": actor.account.to_string(),
        "scan": scan,
        "values": new.after.commitments(app, PROPOSED, &row),
    });
    tx.journal(now, PROPOSED, &subject, body)?;
    Ok(())
}

/// Takes the second person's answer: the values where he confirms, nothing where he sends it back.
fn answered(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    stored: &StoredCorrection,
    answer: &Answer,
    now: Instant,
) -> Result<Option<Values>, Stop> {
    if let Some((who, at)) = stored.decided {
        return Err(super::decided::already(tx, Some(who), at)?.into());
    }
    if stored.proposed_by == actor.account {
        return Err(Refusal::SameHand { did: "提出更正".into() }.into());
    }
    let after = open(app, stored.id, "after_sealed", &stored.after_sealed)?;
    let (status, note, values) = match answer {
        Answer::Confirm(again) => {
            again.agrees(&after)?;
            (Status::Confirmed, String::new(), Some(after))
        }
        Answer::SendBack(why) => {
            let why = words(why, "请写明退回原因").map_err(|fault| Refusal::Fields { faults: vec![fault] })?;
            (Status::Rejected, why, None)
        }
    };
    if !tx.decide_correction(stored.id, status, actor.account, now, &note)? {
        return Err(Fault::Inconsistent(format!("correction {} was decided under a claim", stored.id)).into());
    }
    if values.is_none() {
        let body = json!({ "correction": stored.id.to_string(), "by": actor.account.to_string() });
        let subject = stored.party.map_or_else(|| stored.account.to_string(), |p| p.to_string());
        tx.journal(now, REJECTED, &subject, body)?;
    }
    Ok(values)
}

/// Turns an account's messages to another address: codes on their way to the old one are void, and both are told.
fn redirect(app: &App, tx: &mut Tx<'_>, account: &Account, address: Option<&str>, say: &Say<'_>) -> Result<(), Stop> {
    // To the inbox and the address that still stands.
    messages::to_account(app, tx, account.id, say)?;
    let Some(address) = address else { return Ok(()) };
    let aad = Aad { table: "accounts", column: "address_sealed", row: &account.id.to_string() };
    let sealed = app.keys.sealer().seal(&aad, address.as_bytes()).map_err(sealing)?;
    tx.set_address(account.id, &sealed)?;
    tx.void_codes(account.id, app.clock.real())?;
    messages::to_address(app, tx, account.id, address, say)
}

fn shown(app: &App, db: &mut impl Read, actor: &Actor, c: StoredCorrection) -> Result<Shown, Stop> {
    let before = open(app, c.id, "before_sealed", &c.before_sealed)?.masked();
    let after = open(app, c.id, "after_sealed", &c.after_sealed)?;
    let changes = before.into_iter().zip(after.masked()).filter_map(|((what, before), (_, after))| {
        Some(Change { what, before: before.unwrap_or_default(), after: after? })
    });
    let mut name =
        |id: AccountId| -> Result<String, Fault> { Ok(accounts::find(db, id)?.map(|a| a.name).unwrap_or_default()) };
    let decided = match c.decided {
        Some((who, at)) => Some((name(who)?, at)),
        None => None,
    };
    Ok(Shown {
        id: c.id,
        party: c.party,
        account: c.account,
        name: name(c.account)?,
        changes: changes.collect(),
        has_phone: after.phone.is_some(),
        has_bank: after.bank.is_some(),
        note: c.note,
        document: c.document,
        status: c.status,
        proposer: name(c.proposed_by)?,
        proposed_at: c.proposed_at,
        decided,
        decided_note: c.decided_note,
        own: c.proposed_by == actor.account,
    })
}

/// The sheet of an account whose values stand so now.
fn sheet(app: &App, db: &mut impl Read, actor: &Actor, account: &Account, now: &Values) -> Result<Sheet, Stop> {
    let (mut open, mut past) = (None, Vec::new());
    for stored in corrections::of_account(db, account.id)? {
        let shown = shown(app, db, actor, stored)?;
        match shown.status {
            Status::Proposed => open = Some(shown),
            Status::Confirmed | Status::Rejected => past.push(shown),
        }
    }
    let now = now.masked().into_iter().filter_map(|(what, value)| Some((what, value?))).collect();
    Ok(Sheet { name: account.name.clone(), now, open, past })
}
