//! What waits for somebody that is not a step of a lot's own procedure: identities to check, money
//! to book and to pay out, applications to qualify, the caller's own applications, settings that
//! need a second person.

use crate::context::App;
use crate::domain::actor::{Actor, Role};
use crate::domain::application::{Application, Status};
use crate::domain::base::Instant;
use crate::domain::base::ids::LotId;
use crate::domain::lot::{Lot, Stage};
use crate::domain::permit::Area;
use crate::store::holds::{self, HoldStatus};
use crate::store::views::work;
use crate::store::{Fault, Read, Stop, applications, bank, lots, refunds, settings};

use super::{corrections, identity_desk};

/// What kind of chore waits. Pages turn it into words and an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Parties whose identity is to be checked.
    Verify(usize),
    /// Corrections of parties that somebody else proposed.
    Correct(usize),
    /// Corrections of staff that somebody else proposed.
    CorrectStaff(usize),
    /// Bank lines that matched nothing.
    Suspense(usize),
    /// Payment orders to prepare.
    Make(usize),
    /// Payment orders somebody else prepared and that wait for a second hand.
    Check(usize),
    /// Checked orders that are not in a payment file yet.
    Send(usize),
    /// Orders in a payment file whose bank line has not arrived.
    AwaitBank(usize),
    /// An application waits for the qualification post. How many there are nobody learns.
    Qualify,
    /// A fee table that somebody else proposed.
    FeeTable,
    /// Cases in which somebody is late, for the director and the supervisor.
    Late(usize),
    /// The caller's own application.
    Own(Own, String),
    /// The price and the fee of the lot that the caller won.
    PayPrice(LotId),
}

/// What a bidder has to do next; the lot's number stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// Finish and hand in.
    Finish,
    /// Correct what the reviewer asked for.
    Correct,
    /// Pay the deposit.
    Pay,
    /// Agree to the bidding rules.
    Agree,
    /// The session is announced.
    Attend,
    /// The session runs.
    Bid,
}

/// Something that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chore {
    /// What.
    pub what: What,
    /// About what, in words; empty when the kind says all.
    pub about: String,
    /// Until when.
    pub limit_at: Option<Instant>,
}

fn chore(what: What, limit_at: Option<Instant>) -> Chore {
    Chore { what, about: String::new(), limit_at }
}

/// Everything of this kind that waits for the caller.
pub fn of(app: &App, actor: &Actor) -> Result<Vec<Chore>, Stop> {
    let (mut all, now) = (Vec::new(), app.clock.now());
    if Area::VerifyParties.permits(actor) {
        let waiting = identity_desk::waiting(app, actor)?.len();
        if waiting > 0 {
            all.push(chore(What::Verify(waiting), None));
        }
    }
    if Area::CorrectParties.permits(actor) {
        let others = corrections::waiting(app, actor)?.iter().filter(|c| !c.own).count();
        all.extend((others > 0).then(|| chore(What::Correct(others), None)));
    }
    if Area::ConfirmStaff.permits(actor) {
        let others = corrections::waiting_staff(app, actor)?.iter().filter(|c| !c.own).count();
        all.extend((others > 0).then(|| chore(What::CorrectStaff(others), None)));
    }
    all.extend(app.store.read(|db| {
        let mut all = Vec::new();
        if Area::Money.permits(actor) {
            money(db, actor, &mut all)?;
        }
        let waits = |db: &mut _| -> Result<bool, Fault> {
            Ok(!applications::of_reviewer(db, actor.account, now)?.is_empty()
                || applications::next_unassigned(db, Role::Qualification.code(), now)?.is_some())
        };
        if actor.has(Role::Qualification) && waits(db)? {
            all.push(chore(What::Qualify, None));
        }
        if Area::ManageSettings.permits(actor) {
            let proposed = settings::of_name(db, super::finance::FEE_TABLE)?;
            if proposed.iter().any(|s| s.status == "proposed" && s.proposed_by != actor.account) {
                all.push(chore(What::FeeTable, None));
            }
        }
        if actor.has(Role::Director) || Area::Supervise.permits(actor) {
            let late = work::late(db, app.clock.now(), 500)?;
            if let Some(first) = late.first() {
                all.push(chore(What::Late(late.len()), Some(*first)));
            }
        }
        if let Some(party) = actor.party {
            for a in applications::all_of_party(db, party)? {
                let Some(stored) = lots::find(db, a.lot)? else { continue };
                all.extend(own(db, &a, &stored.lot)?);
            }
        }
        Ok::<_, Fault>(all)
    })?);
    Ok(all)
}

fn money(db: &mut impl Read, actor: &Actor, all: &mut Vec<Chore>) -> Result<(), Fault> {
    let suspense = bank::lines(db, Some("unmatched"), 500)?.len();
    if suspense > 0 {
        all.push(chore(What::Suspense(suspense), None));
    }
    for status in ["due", "made", "checked", "sent"] {
        let orders = refunds::with_status(db, status, 500)?;
        let mine = orders.iter().filter(|o| status != "made" || o.maker != Some(actor.account));
        let first = mine.clone().map(|o| o.due_at).min();
        let count = mine.count();
        if count == 0 {
            continue;
        }
        let what = match status {
            "due" => What::Make(count),
            "made" => What::Check(count),
            "checked" => What::Send(count),
            _ => What::AwaitBank(count),
        };
        all.push(chore(what, first));
    }
    Ok(())
}

/// What the bidder has to do for this application, if anything.
fn own(db: &mut impl Read, a: &Application, lot: &Lot) -> Result<Option<Chore>, Fault> {
    let won = lot.outcome.as_ref().is_some_and(|o| o.application == a.id);
    if let (Stage::AwaitingPayment, true, Some(payment)) = (lot.stage, won, &lot.payment) {
        let about = lot.terms.as_ref().map(|t| t.title.clone()).unwrap_or_default();
        return Ok(Some(Chore { what: What::PayPrice(lot.id), about, limit_at: Some(payment.due) }));
    }
    let closes = lot.listing.as_ref().map(|l| l.closes);
    let starts = lot.session.as_ref().map(|s| s.starts);
    let open = lot.stage.takes_applications();
    let mut held = || -> Result<bool, Fault> {
        Ok(holds::of_application(db, a.id)?.is_some_and(|h| h.status == HoldStatus::Held))
    };
    let next = match a.status {
        Status::Draft if open => Some((Own::Finish, closes)),
        Status::Correction if open || lot.stage == Stage::Qualifying => Some((Own::Correct, a.correct_by)),
        Status::Submitted | Status::Qualified if open => (!held()?).then_some((Own::Pay, closes)),
        Status::Qualified if a.bidder_no.is_some() => match lot.stage {
            Stage::Qualified if a.agreed_at.is_none() => Some((Own::Agree, None)),
            Stage::Scheduled if a.agreed_at.is_none() => Some((Own::Agree, starts)),
            Stage::Scheduled => Some((Own::Attend, starts)),
            stage if stage.in_session() => Some((Own::Bid, None)),
            _ => None,
        },
        Status::Draft
        | Status::Submitted
        | Status::Correction
        | Status::Qualified
        | Status::Refused
        | Status::Withdrawn => None,
    };
    let title = lot.terms.as_ref().map(|t| t.title.clone()).unwrap_or_default();
    let number = lot.lot_no.clone().unwrap_or_default();
    Ok(next.map(|(what, limit_at)| Chore { what: What::Own(what, number), about: title, limit_at }))
}
