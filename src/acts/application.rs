//! Bidders apply, correct, withdraw and agree to the rules (rulebook 2.3 T08a).
//!
//! **Invariant**: none of these acts leaves a trace in the lot's events or in the public journal;
//! each is an entry of the lot's sealed sublog (architecture 7).

use serde_json::{Value, json};

use super::frozen;
use crate::context::{App, new_id};
use crate::crypto::seal::Aad;
use crate::crypto::token;
use crate::domain::actor::Actor;
use crate::domain::application::{Application, Body, Status};
use crate::domain::base::Instant;
use crate::domain::base::ids::{ApplicationId, LotId, PartyId};
use crate::domain::category::{DocRule, Side, Variety};
use crate::domain::funds::payout::PayoutCause;
use crate::domain::lot::{Act, Lot, Stage};
use crate::domain::permit::permit;
use crate::domain::refusal::{FieldFault, Refusal};
use crate::store::documents::{self, Owner};
use crate::store::parties::{self, PartyKind};
use crate::store::{Fault, Stop, Tx, applications};

/// Writes an entry of the lot's sealed sublog. The lot is claimed.
pub fn note(app: &App, tx: &mut Tx<'_>, lot: LotId, at: Instant, kind: &str, facts: Value) -> Result<(), Stop> {
    let text = json!({ "id": new_id().to_string(), "kind": kind, "at": at.rfc3339(), "facts": facts }).to_string();
    let aad = Aad { table: "sublog", column: "sealed", row: &lot.to_string() };
    let sealed = app.keys.sealer().seal(&aad, text.as_bytes()).map_err(sealing)?;
    tx.append_sublog(lot, at, &sealed, &text)?;
    Ok(())
}

/// A fault of sealing.
pub fn sealing<E: std::fmt::Display>(e: E) -> Fault {
    Fault::Inconsistent(format!("seal: {e}"))
}

/// The papers asked for in this case, and whether each is required.
pub fn papers(variety: &Variety, body: &Body, organisation: bool) -> Vec<(DocRule, bool)> {
    let facts = body.doc_facts(organisation);
    // The application form and the deposit's receipt are made here: nobody uploads them.
    let own = |d: &&DocRule| !matches!(d.code.name(), "R01" | "R03" | "R08");
    variety.checklist(Side::Transferee, facts).filter(own).map(|d| (d.clone(), d.must(facts))).collect()
}

fn own_party(actor: &Actor) -> Result<PartyId, Stop> {
    actor.party.ok_or_else(|| Refusal::NotYours { who: "登录的意向受让方".into() }.into())
}

/// The account that deposits and prices are paid to, in words.
pub fn settlement(app: &App) -> String {
    app.config.county.settlement.as_ref().map_or_else(|| "待公布，请联系县中心".to_owned(), |s| s.zh())
}

/// The remark that tells the bank's lines apart: sixteen digits, or the number of a sub-account where the
/// bank gives them out.
fn sub_account() -> Result<String, Stop> {
    let mut digits = String::from("8888");
    for _ in 0..3 {
        let part = token::below(10_000).map_err(|e| Fault::Setup(e.to_string()))?;
        digits.push_str(&format!("{part:04}"));
    }
    Ok(digits)
}

fn begin(actor: &Actor, party: PartyId, lot: LotId, body: Body, now: Instant) -> Result<Application, Stop> {
    Ok(Application {
        id: ApplicationId(new_id()),
        lot,
        party,
        account: actor.account,
        status: Status::Draft,
        body,
        sub_account: sub_account()?,
        reviewer: None,
        reason: String::new(),
        priority_rank: None,
        outsider: true,
        bidder_no: None,
        agreed_at: None,
        submitted_at: None,
        decided_at: None,
        created_at: now,
        correct_by: None,
    })
}

/// Saves the draft, or what is corrected; makes the application at the first time. A correction may be
/// worked on until the list is frozen, and handed in within its limit.
pub fn save(app: &App, actor: &Actor, lot: LotId, body: Body) -> Result<ApplicationId, Stop> {
    let party = own_party(actor)?;
    on_own(app, actor, lot, |tx, lot, now| match applications::of_party(tx, lot.id, party)? {
        None => {
            must_be_open(lot)?;
            let new = begin(actor, party, lot.id, body, now)?;
            tx.insert_application(&new)?;
            Ok(new.id)
        }
        Some(old) => {
            if old.status != Status::Correction {
                must_be_open(lot)?;
            }
            let edited = old.edit(body)?;
            tx.update_application(&edited)?;
            Ok(edited.id)
        }
    })
}

fn must_be_open(lot: &Lot) -> Result<(), Refusal> {
    lot.expect(&[Stage::Listed, Stage::Extended])
}

/// An act of an applicant on his own application: the lot is claimed and its clock settled. While the
/// list is not frozen he may correct, so this is wider than the stages of [`Act::Apply`].
fn on_own<T>(
    app: &App,
    actor: &Actor,
    id: LotId,
    decide: impl FnOnce(&mut Tx<'_>, &Lot, Instant) -> Result<T, Stop>,
) -> Result<T, Stop> {
    let now = app.clock.now();
    app.store.write(|tx| {
        let stored = tx.claim_lot(id)?.ok_or(Refusal::NotFound)?;
        let lot = super::clock::settle(app, tx, stored.lot, now)?;
        let departments = lot.departments();
        match permit(Act::Apply, Some(actor), &lot.case(&departments)) {
            // The stage is judged below, by what is done.
            Ok(()) | Err(Refusal::WrongStage { .. }) => {}
            Err(other) => return Err(other.into()),
        }
        tx.nested(|tx| decide(tx, &lot, now))
    })
}

/// Hands the application in, with every missing answer and paper told at once.
pub fn submit(app: &App, actor: &Actor, lot: LotId) -> Result<(), Stop> {
    let party = own_party(actor)?;
    on_own(app, actor, lot, |tx, lot, now| {
        let own = applications::of_party(tx, lot.id, party)?.ok_or(Refusal::NotFound)?;
        let organisation = parties::find(tx, party)?.is_some_and(|p| p.kind != PartyKind::Person);
        let have = documents::of(tx, Owner::Application(own.id))?;
        let missing: Vec<FieldFault> = papers(&frozen::variety(app, tx, lot)?, &own.body, organisation)
            .into_iter()
            .filter(|(d, must)| *must && !have.iter().any(|h| h.code == d.key))
            .map(|(d, _)| FieldFault::new(format!("paper.{}", d.key), format!("请上传{}", d.title)))
            .collect();
        own.body.complete(&lot.terms()?.priority, missing)?;
        let closes = lot.listing.as_ref().map_or(now, |l| l.closes);
        if own.status == Status::Correction {
            lot.expect(&[Stage::Listed, Stage::Extended, Stage::Qualifying])?;
        } else {
            must_be_open(lot)?;
        }
        let id = own.id;
        let handed_in = own.submit(now, closes)?;
        tx.update_application(&handed_in)?;
        note(app, tx, lot.id, now, "submitted", json!({ "application": id.to_string() }))?;
        super::messages::to_party(
            app,
            tx,
            party,
            &super::messages::Say {
                topic: "application_submitted",
                subject: "报名已提交".into(),
                body: format!(
                    "您的报名已提交，等待资格审查。请在{}前，以本人账户向交易资金结算账户（{}）足额交纳保证金 {}，转账附言写 {}。",
                    closes.zh(),
                    settlement(app),
                    lot.terms()?.deposit,
                    handed_in.sub_account
                ),
                lot: None,
            },
        )
    })
}

/// Takes the application back; free before the qualification is confirmed. A deposit that arrived
/// already is ordered back at once.
pub fn withdraw(app: &App, actor: &Actor, lot: LotId) -> Result<(), Stop> {
    let party = own_party(actor)?;
    on_own(app, actor, lot, |tx, lot, now| {
        lot.expect(&[Stage::Listed, Stage::Extended, Stage::Qualifying])?;
        let own = applications::of_party(tx, lot.id, party)?.ok_or(Refusal::NotFound)?;
        let gone = own.withdraw()?;
        tx.update_application(&gone)?;
        note(app, tx, lot.id, now, "withdrawn", json!({ "application": gone.id.to_string() }))?;
        super::refunds::order_back(app, tx, gone.id, PayoutCause::Withdrawn, now)?;
        Ok(())
    })
}

/// Agrees to the bidding rules of this lot; needed before the first bid.
pub fn agree(app: &App, actor: &Actor, lot: LotId) -> Result<(), Stop> {
    let party = own_party(actor)?;
    on_own(app, actor, lot, |tx, lot, now| {
        let own = applications::of_party(tx, lot.id, party)?.ok_or(Refusal::NotFound)?;
        let agreed = own.agree(now)?;
        tx.update_application(&agreed)?;
        note(app, tx, lot.id, now, "agreed", json!({ "application": agreed.id.to_string() }))?;
        Ok(())
    })
}

/// Keeps a paper of the own application: `key` is the paper's key in the variety.
pub fn attach(app: &App, actor: &Actor, lot: LotId, key: &str, file: &crate::files::Received) -> Result<(), Stop> {
    let party = own_party(actor)?;
    on_own(app, actor, lot, |tx, lot, now| {
        let own = applications::of_party(tx, lot.id, party)?.ok_or(Refusal::NotFound)?;
        if !own.editable() {
            return Err(Refusal::rule("APPLICATION_STATUS", "报名提交后不能再更换材料。", "").into());
        }
        if frozen::variety(app, tx, lot)?.document(key).is_none() {
            return Err(Refusal::field("paper", "没有这一项材料").into());
        }
        let new = documents::Document {
            id: crate::domain::base::ids::DocumentId(new_id()),
            owner: Owner::Application(own.id),
            code: key.to_owned(),
            name: file.name.clone(),
            media_type: file.kind.mime().to_owned(),
            size_bytes: i64::try_from(file.size).unwrap_or(i64::MAX),
            sm3: file.content.hex(),
            visibility: documents::Visibility::Staff,
            uploaded_by: Some(actor.account),
            uploaded_at: now,
            superseded_by: None,
        };
        tx.insert_document(&new)?;
        let earlier = documents::of(tx, Owner::Application(own.id))?;
        for old in earlier.iter().filter(|d| d.code == key && d.id != new.id) {
            tx.supersede_document(old.id, new.id)?;
        }
        Ok(())
    })
}
