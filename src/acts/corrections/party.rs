//! Corrections of a party, at the counter of its township or at the county's acceptance desk.

use serde_json::json;

use super::{Answer, Bank, LOOKED_AT, New, Sheet, Shown, Values, answered, put, redirect, sheet, shown, words};
use crate::acts::messages::Say;
use crate::acts::parties::{self as acts, sealing};
use crate::acts::{readdress, uploads};
use crate::context::App;
use crate::crypto::seal::Aad;
use crate::domain::actor::Actor;
use crate::domain::base::identity::{BankCard, Phone};
use crate::domain::base::ids::PartyId;
use crate::domain::base::text::{self, TextError};
use crate::domain::permit::Area;
use crate::domain::refusal::{FieldFault, Refusal};
use crate::files::Received;
use crate::store::accounts::{self, Account};
use crate::store::corrections;
use crate::store::documents::{Owner, Visibility};
use crate::store::parties::{self, Party};
use crate::store::{Read, Stop};

/// The scan's code among a party's papers.
const PAPER: &str = "correction";
/// The leaf of a correction that holds.
const CORRECTED: &str = "party.corrected";

/// What the clerk typed from the original; empty is as it was.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Mobile telephone.
    pub phone: String,
    /// Bank of the account.
    pub bank: String,
    /// Account number.
    pub account: String,
    /// Postal address.
    pub address: String,
    /// What he looked at.
    pub note: String,
}

fn gate(actor: &Actor) -> Result<(), Refusal> {
    if Area::CorrectParties.permits(actor) {
        Ok(())
    } else {
        Err(Refusal::NotYours { who: "乡镇服务站、受理登记岗".into() })
    }
}

fn within(actor: &Actor, party: Option<Party>) -> Result<Party, Refusal> {
    party.filter(|p| acts::reaches(actor, p)).ok_or(Refusal::NotFound)
}

fn account_of(db: &mut impl Read, party: PartyId) -> Result<Account, Stop> {
    let none = || Refusal::rule("NO_ACCOUNT", "这个主体没有账号，不能更正。", "");
    Ok(accounts::of_party(db, party)?.ok_or_else(none)?)
}

/// What stands there now.
fn current(app: &App, party: &Party) -> Result<Values, Stop> {
    let bank = acts::bank_account(app, party)?;
    Ok(Values {
        phone: Some(acts::phone(app, party)?),
        bank: Some(Bank { name: bank.bank, account: bank.account }),
        address: Some(party.address.clone()),
    })
}

/// The sheet of a party within the clerk's reach.
pub fn of_party(app: &App, actor: &Actor, id: PartyId) -> Result<Sheet, Stop> {
    gate(actor)?;
    let (party, account) = app.store.read(|db| Ok((parties::find(db, id)?, accounts::of_party(db, id)?)))?;
    let party = within(actor, party)?;
    let account = account.ok_or(Refusal::NotFound)?;
    let now = current(app, &party)?;
    app.store.read(|db| Ok(sheet(app, db, actor, &account, &now)))?
}

/// What waits for a second person within the clerk's reach, the oldest first.
pub fn waiting(app: &App, actor: &Actor) -> Result<Vec<Shown>, Stop> {
    gate(actor)?;
    app.store.read(|db| {
        let mut all = Vec::new();
        for stored in corrections::open(db, true)? {
            let Some(id) = stored.party else { continue };
            if parties::find(db, id)?.is_some_and(|p| acts::reaches(actor, &p)) {
                all.push(shown(app, db, actor, stored));
            }
        }
        Ok(all.into_iter().collect::<Result<Vec<_>, Stop>>())
    })?
}

fn needed(e: TextError, label: &str) -> String {
    if e == TextError::Empty { format!("请填写{label}") } else { e.zh() }
}

/// The values that differ from those that stand, or what is wrong with them.
fn read(seen: &Seen, now: &Values) -> Result<Values, Vec<FieldFault>> {
    let (mut after, mut faults) = (Values::default(), Vec::new());
    let mut say = |field: &str, message: String| faults.push(FieldFault::new(field, message));
    let same = "和现在登记的相同，不用更正";
    if !seen.phone.trim().is_empty() {
        match Phone::parse(&seen.phone) {
            Ok(phone) if !phone.is_mobile() => say("phone", "请填写能收短信的手机号".into()),
            Ok(phone) if now.phone.as_deref() == Some(phone.as_str()) => say("phone", same.into()),
            Ok(phone) => after.phone = Some(phone.as_str().to_owned()),
            Err(e) => say("phone", e.zh()),
        }
    }
    if !seen.bank.trim().is_empty() || !seen.account.trim().is_empty() {
        let name = text::line(&seen.bank, 60).map_err(|e| say("bank", needed(e, "开户行"))).ok();
        let account = BankCard::parse(&seen.account).map_err(|e| say("bank_account", e.zh())).ok();
        match name.zip(account).map(|(name, account)| Bank { name, account: account.as_str().to_owned() }) {
            Some(bank) if now.bank.as_ref() == Some(&bank) => say("bank_account", same.into()),
            Some(bank) => after.bank = Some(bank),
            None => {}
        }
    }
    match text::optional_line(&seen.address, 120) {
        Ok(Some(address)) if now.address.as_ref() == Some(&address) => say("address", same.into()),
        Ok(address) => after.address = address,
        Err(e) => say("address", e.zh()),
    }
    if faults.is_empty() && after == Values::default() {
        faults.push(FieldFault::new("phone", "请至少填写一项要更正的内容"));
    }
    if faults.is_empty() { Ok(after) } else { Err(faults) }
}

/// A clerk who sees the original proposes; the scan of it is kept.
pub fn propose(app: &App, actor: &Actor, id: PartyId, seen: &Seen, scan: &Received) -> Result<(), Stop> {
    gate(actor)?;
    let now = app.clock.now();
    app.store.write(|tx| {
        let party = within(actor, tx.claim_party(id)?)?;
        if party.is_released() {
            return Err(Refusal::rule("RELEASED", "这个注册已经作废，不能更正，请本人重新注册。", "").into());
        }
        let account = account_of(tx, id)?;
        let before = current(app, &party)?;
        let note = words(&seen.note, LOOKED_AT);
        let (after, note) = match (read(seen, &before), note) {
            (Ok(after), Ok(note)) => (after, note),
            (after, note) => {
                let faults = after.err().unwrap_or_default().into_iter().chain(note.err());
                return Err(Refusal::Fields { faults: faults.collect() }.into());
            }
        };
        tx.nested(|tx| {
            let owner = Owner::Party(id);
            let paper = uploads::attach(tx, owner, PAPER, scan, Visibility::Staff, Some(actor.account), now)?;
            let document = Some((paper, scan.content.hex()));
            let new = New { account: &account, party: Some(id), before: &before, after: &after, document, note };
            put(app, tx, actor, new, now)
        })
    })
}

/// Another clerk confirms what he read from the scan himself, or sends it back.
pub fn decide(app: &App, actor: &Actor, id: PartyId, correction: uuid::Uuid, answer: &Answer) -> Result<(), Stop> {
    gate(actor)?;
    let now = app.clock.now();
    app.store.write(|tx| {
        let mut party = within(actor, tx.claim_party(id)?)?;
        let stored = corrections::find(tx, correction)?.filter(|c| c.party == Some(id)).ok_or(Refusal::NotFound)?;
        let Some(after) = answered(app, tx, actor, &stored, answer, now)? else { return Ok(()) };
        let account = tx.claim_account(stored.account)?.ok_or(Refusal::NotFound)?;
        let row = id.to_string();
        let sealer = app.keys.sealer();
        let seal = |column: &str, value: &str| {
            sealer.seal(&Aad { table: "parties", column, row: &row }, value.as_bytes()).map_err(sealing)
        };
        let mut what = Vec::new();
        if let Some(phone) = &after.phone {
            party.phone_sealed = seal("phone_sealed", phone)?;
            what.push("手机号");
        }
        if let Some(bank) = &after.bank {
            party.bank_sealed = seal("bank_sealed", &format!("{}\n{}", bank.name, bank.account))?;
            party.bank_lookup = sealer.lookup("bank_account", &bank.account);
            what.push("银行账户");
        }
        if let Some(address) = &after.address {
            party.address.clone_from(address);
            what.push("地址");
        }
        tx.correct_party(&party)?;
        // What is said names no value: the old telephone may be a stranger's.
        let say = Say {
            topic: "correction",
            subject: "登记信息已更正".into(),
            body: format!(
                "【蓝山农权】您登记的{}已在窗口凭原件更正，由两名工作人员核对。如果不是您本人办理的，请立即联系乡镇服务站或县中心。",
                what.join("、")
            ),
            lot: None,
        };
        redirect(app, tx, &account, after.phone.as_deref(), &say)?;
        if after.bank.is_some() {
            readdress::releases(app, tx, &party)?;
        }
        let number = correction.to_string();
        let body = json!({
            "correction": number,
            "by": [stored.proposed_by.to_string(), actor.account.to_string()],
            "values": after.commitments(app, CORRECTED, &number),
        });
        tx.journal(now, CORRECTED, &row, body)?;
        Ok(())
    })
}
