//! Registration and the check of identities. A checksum is not identity: every party starts
//! 未核验 and may only draft until a clerk has seen the original or a scan.

use serde_json::json;

use super::login;
use super::messages::{self, Say};
use crate::context::{App, new_id};
use crate::crypto::password_policy::{Profile, weaknesses};
use crate::crypto::seal::Aad;
use crate::domain::actor::{Actor, Post, Role, Scope};
use crate::domain::base::identity::{BankCard, CreditCode, Phone, ResidentId};
use crate::domain::base::ids::{AccountId, PartyId};
use crate::domain::base::text;
use crate::domain::funds::BankParty;
use crate::domain::permit::Area;
use crate::domain::refusal::{FieldFault, Refusal};
use crate::store::accounts::{self, Account};
pub use crate::store::parties::PartyKind;
use crate::store::parties::{self, Party, Verification};
use crate::store::{Fault, Read, Stop};

/// What is typed to register.
#[derive(Clone, Debug, Default)]
pub struct Registration {
    /// Kind's stored name.
    pub kind: String,
    /// Login.
    pub account: String,
    /// Password.
    pub password: String,
    /// Password again.
    pub again: String,
    /// Full name.
    pub name: String,
    /// ID number or credit code.
    pub number: String,
    /// Legal representative, for organisations and collectives.
    pub representative: String,
    /// Mobile telephone.
    pub phone: String,
    /// Bank of the account.
    pub bank: String,
    /// Account number.
    pub bank_account: String,
    /// Address.
    pub address: String,
    /// Township code.
    pub township: String,
    /// Village.
    pub village: String,
    /// Says to be a member of that village's collective.
    pub member: bool,
}

struct Checked {
    kind: PartyKind,
    login: String,
    name: String,
    number: String,
    representative: String,
    phone: String,
    bank: String,
    account: String,
    address: String,
}

fn check(app: &App, r: &Registration) -> Result<Checked, Refusal> {
    let mut faults = Vec::new();
    let mut say = |field: &str, message: String| faults.push(FieldFault::new(field, message));
    let kind = PartyKind::from_name(&r.kind);
    if kind.is_none() {
        say("kind", "请选择注册类型".into());
    }
    let kind = kind.unwrap_or(PartyKind::Person);
    let login = r.account.trim().to_lowercase();
    if let Some(fault) = login::login_fault(&login) {
        say("account", fault.into());
    }
    for weakness in weaknesses(Profile::Public, &r.password, &[&login, &r.phone, &r.number]) {
        say("password", weakness.zh().to_string());
    }
    if r.password != r.again {
        say("again", "两次输入的密码不一致".into());
    }
    let name = match kind {
        PartyKind::Person => text::person_name(&r.name),
        PartyKind::Organisation | PartyKind::Collective => text::organisation_name(&r.name),
    };
    let name = name.unwrap_or_else(|e| {
        say("name", e.zh());
        String::new()
    });
    let number = match kind {
        PartyKind::Person => ResidentId::parse(&r.number, app.clock.now().day())
            .map(|id| id.as_str().to_owned())
            .map_err(|e| e.zh().to_string()),
        PartyKind::Organisation | PartyKind::Collective => {
            CreditCode::parse(&r.number).map(|c| c.as_str().to_owned()).map_err(|e| e.zh().to_string())
        }
    };
    let number = number.unwrap_or_else(|e| {
        say("number", e);
        String::new()
    });
    let representative = if kind == PartyKind::Person {
        String::new()
    } else {
        text::person_name(&r.representative).unwrap_or_else(|e| {
            say("representative", e.zh());
            String::new()
        })
    };
    let phone = Phone::parse(&r.phone).map(|p| p.as_str().to_owned()).unwrap_or_else(|e| {
        say("phone", e.zh().to_string());
        String::new()
    });
    let account = BankCard::parse(&r.bank_account).map(|b| b.as_str().to_owned()).unwrap_or_else(|e| {
        say("bank_account", e.zh().to_string());
        String::new()
    });
    let bank = text::line(&r.bank, 60).unwrap_or_else(|e| {
        say("bank", e.zh());
        String::new()
    });
    let address = text::line(&r.address, 120).unwrap_or_else(|e| {
        say("address", e.zh());
        String::new()
    });
    let place = r
        .township
        .parse()
        .ok()
        .map(|code| app.market.divisions.place(code, Some(r.village.trim()).filter(|v| !v.is_empty())));
    match place {
        Some(Ok(_)) => {}
        Some(Err(_)) => say("village", "请选择所在的村或社区".into()),
        None => say("township", "请选择所在的乡镇".into()),
    }
    if faults.is_empty() {
        Ok(Checked { kind, login, name, number, representative, phone, bank, account, address })
    } else {
        Err(Refusal::Fields { faults })
    }
}

/// Tries from one address to register before it waits: several people share one.
const ADDRESS_TRIES: i64 = 30;

/// Registers somebody who came by a page: tries are counted by address, so that nobody fills the register or asks
/// through a list of numbers who is in it.
pub fn register_from(app: &App, r: &Registration, ip: &str) -> Result<AccountId, Stop> {
    let key = format!("register-ip:{ip}");
    login::wait(app, &key)?;
    login::count(app, &key, ADDRESS_TRIES)?;
    register(app, r)
}

/// Registers a party with its login.
pub fn register(app: &App, r: &Registration) -> Result<AccountId, Stop> {
    let c = check(app, r)?;
    let (party, account) = (PartyId(new_id()), AccountId(new_id()));
    let sealer = app.keys.sealer();
    let row = party.to_string();
    let seal = |column: &str, value: &str| {
        sealer.seal(&Aad { table: "parties", column, row: &row }, value.as_bytes()).map_err(sealing)
    };
    let lookup = sealer.lookup("id_number", &c.number);
    let now = app.clock.now();
    let stored = Party {
        id: party,
        kind: c.kind,
        name: c.name.clone(),
        id_sealed: seal("id_sealed", &c.number)?,
        id_lookup: lookup.clone(),
        phone_sealed: seal("phone_sealed", &c.phone)?,
        bank_sealed: seal("bank_sealed", &format!("{}\n{}", c.bank, c.account))?,
        bank_lookup: sealer.lookup("bank_account", &c.account),
        representative: c.representative,
        address: c.address,
        township: r.township.clone(),
        village: r.village.trim().to_owned(),
        member: r.member,
        verification: Verification::Unverified,
        verification_note: String::new(),
        agreed_electronic_at: None,
        created_at: now,
    };
    let login = Account {
        id: account,
        login: c.login.clone(),
        password_hash: app.keys.passwords().hash(&r.password).map_err(sealing)?,
        name: c.name,
        party: Some(party),
        address_sealed: sealer
            .seal(&Aad { table: "accounts", column: "address_sealed", row: &account.to_string() }, c.phone.as_bytes())
            .map_err(sealing)?,
        active: true,
        created_at: now,
    };
    let done = app.store.write(|tx| {
        free(tx, &c.login, &lookup)?;
        tx.insert_party(&stored)?;
        tx.insert_account(&login)?;
        tx.grant_post(new_id(), account, &Post { role: Role::Holder, scope: Scope::Own }, None, now)?;
        tx.journal(now, "party.registered", &party.to_string(), json!({ "kind": c.kind.name() }))?;
        Ok(())
    });
    match done {
        // Somebody registered the same between our look and our writing: the second look tells which.
        Err(Stop::Fault(Fault::Duplicate(what))) => {
            app.store.write(|tx| free(tx, &c.login, &lookup))?;
            Err(Fault::Duplicate(what).into())
        }
        done => done.map(|()| account),
    }
}

/// Nobody has this login or this ID yet.
fn free(db: &mut impl Read, login: &str, id_lookup: &str) -> Result<(), Stop> {
    if accounts::by_login(db, login)?.is_some() {
        return Err(super::staff::login_taken().into());
    }
    if parties::by_lookup(db, id_lookup)?.is_some() {
        // Who registered is not told; the counter decides by the original whose number it is.
        let message = "这个证件号码已经注册过。忘记了账号，或者不是您本人注册的，请带身份证原件（单位带登记证书原件）\
                       到乡镇服务站：核对后可以查询账号，或者作废原来的注册，由您重新注册。";
        return Err(Refusal::field("number", message).into());
    }
    Ok(())
}

/// What a clerk saw when checking an identity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Originals and the account agree.
    pub pass: bool,
    /// Proven to be a member of the collective.
    pub member: bool,
    /// Who acts for an organisation showed that he may: its legal representative or his letter.
    pub authority: bool,
    /// What was looked at, or why it does not pass.
    pub note: String,
}

/// A clerk's check of an identity: township clerks in their township, the acceptance post everywhere.
pub fn verify(app: &App, actor: &Actor, id: PartyId, seen: &Seen) -> Result<(), Stop> {
    if !Area::VerifyParties.permits(actor) {
        return Err(Refusal::NotYours { who: "乡镇服务站、受理登记岗".into() }.into());
    }
    let Seen { pass, member, authority, ref note } = *seen;
    let note = note.trim();
    if note.is_empty() {
        let message = if pass {
            "请写明核对了什么，例如“身份证原件”"
        } else {
            "核验不通过必须写明原因"
        };
        return Err(Refusal::field("note", message).into());
    }
    let now = app.clock.now();
    app.store.write(|tx| {
        let party = tx.claim_party(id)?.ok_or(Refusal::NotFound)?;
        if !reaches(actor, &party) {
            return Err(Refusal::NotFound.into());
        }
        if party.verification == Verification::Verified {
            let (by, at) = parties::verified(tx, id)?.map_or((None, now), |(by, at)| (Some(by), at));
            return Err(super::decided::already(tx, by, at)?.into());
        }
        if pass && party.kind != PartyKind::Person && !authority {
            let words = "单位须有法定代表人证明或者授权委托书原件，核对后勾选；没有的不能通过";
            return Err(Refusal::field("authority", words).into());
        }
        if party.is_released() {
            return Err(Refusal::rule("RELEASED", "这个注册已经作废，不能再核验，请本人重新注册。", "").into());
        }
        let result = if pass { Verification::Verified } else { Verification::Rejected };
        tx.set_verification(id, result, member && pass, actor.account, now, note)?;
        messages::to_party(
            app,
            tx,
            id,
            &Say {
                topic: "verification",
                subject: format!("身份核验：{}", result.zh()),
                body: if pass {
                    "您的身份已核验通过，可以提交转出申请、报名和签署文件。".into()
                } else {
                    format!("您的身份核验没有通过：{note}。请备齐材料到乡镇服务站重新核验。")
                },
                lot: None,
            },
        )?;
        tx.journal(
            now,
            "party.verified",
            &id.to_string(),
            json!({ "result": result.name(), "member": member, "authority": authority }),
        )?;
        Ok(())
    })
}

/// Whether this clerk's posts reach the party.
pub fn reaches(actor: &Actor, party: &Party) -> bool {
    actor.posts.iter().any(|post| match (&post.role, &post.scope) {
        (Role::Acceptance, _) => true,
        (Role::TownshipClerk, Scope::Township(code)) => code.to_string() == party.township,
        _ => false,
    })
}

fn open(app: &App, party: &Party, column: &str, blob: &str) -> Result<String, Stop> {
    let row = party.id.to_string();
    app.keys.sealer().open_text(&Aad { table: "parties", column, row: &row }, blob).map_err(sealing)
}

/// The ID number or credit code in clear; for papers and checks only.
pub fn id_no(app: &App, party: &Party) -> Result<String, Stop> {
    open(app, party, "id_sealed", &party.id_sealed)
}

/// The telephone in clear.
pub fn phone(app: &App, party: &Party) -> Result<String, Stop> {
    open(app, party, "phone_sealed", &party.phone_sealed)
}

/// The party's own bank account.
pub fn bank_account(app: &App, party: &Party) -> Result<BankParty, Stop> {
    let text = open(app, party, "bank_sealed", &party.bank_sealed)?;
    let (bank, account) = text.split_once('\n').unwrap_or(("", &text));
    Ok(BankParty { name: party.name.clone(), account: account.to_owned(), bank: bank.to_owned() })
}

pub(super) fn sealing<E: std::fmt::Display>(e: E) -> Stop {
    Stop::Fault(Fault::Inconsistent(format!("seal: {e}")))
}
