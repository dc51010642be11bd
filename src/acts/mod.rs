//! What people and the clock do. An act is one plain function: claim the aggregate, settle the
//! clock, ask the permission table, let the domain decide, record rows, journal and messages,
//! all in one transaction. The browser, the API, the clock worker and the command line call the
//! same functions.

pub mod applicant;
pub mod application;
pub mod approval;
pub mod archive;
pub mod backup;
pub mod bank;
mod bidder_news;
pub mod bidding;
pub mod caselist;
pub mod certificate;
pub mod checkpoint;
pub mod chores;
pub mod clock;
pub mod confirmation;
pub mod contract;
pub mod corrections;
pub mod deal;
mod decided;
pub mod delivery;
pub mod demo_bank;
pub mod demonstration;
pub mod desk;
pub mod effects;
pub mod finance;
pub mod frozen;
pub mod handover;
pub mod identity_desk;
pub mod identity_papers;
pub mod intake;
pub mod login;
pub mod messages;
pub mod negotiation;
pub mod objection;
pub mod outbox;
pub mod papers;
pub mod parties;
pub mod passwords;
pub mod pauses;
pub mod payouts;
pub mod posting;
pub mod posts;
pub mod publication;
pub mod qualification;
mod readdress;
pub mod record;
pub mod refunds;
pub mod review;
pub mod scan;
pub mod scheduling;
pub mod staff;
pub mod stepup;
pub mod supervision;
pub mod suspense;
pub mod uploads;
pub mod verify;
pub mod work;

use crate::context::App;
use crate::domain::actor::{Actor, Role, Scope};
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, LotId};
use crate::domain::category::Department;
use crate::domain::lot::{Act, Lot, LotEvent};
use crate::domain::permit::permit;
use crate::domain::refusal::Refusal;
use crate::store::{Stop, Tx, lots};

/// In whose name an act is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    /// The account; `None` for the clock.
    pub account: Option<AccountId>,
    /// As what, in Chinese.
    pub post: String,
    /// The act; `None` for the clock.
    pub act: Option<Act>,
}

impl Hand {
    /// The system's clock.
    pub fn clock() -> Hand {
        Hand { account: None, post: "系统时钟".into(), act: None }
    }

    /// A person doing an act, under the post that lets him.
    pub fn of(actor: &Actor, act: Act, lot: &Lot) -> Hand {
        let asked = lot.departments().into_iter().filter(|(of, _)| *of == act);
        let departments: Vec<Department> = asked.map(|(_, department)| department).collect();
        let by_post = act.roles().iter().find(|r| actor.reaches(**r, &lot.place, &departments));
        let post = match (by_post, actor.party.and_then(|p| lot.side(p))) {
            (Some(Role::Department), _) => department(actor, &departments),
            (Some(role), _) => role.zh().to_owned(),
            (None, Some(side)) => side.zh().to_owned(),
            (None, None) => "意向受让方".to_owned(),
        };
        Hand { account: Some(actor.account), post, act: Some(act) }
    }
}

/// The department that a post speaks for in a case.
fn department(actor: &Actor, departments: &[Department]) -> String {
    let own = actor.posts.iter().find_map(|post| match &post.scope {
        Scope::Department(d) if post.role == Role::Department && departments.contains(d) => Some(d.zh()),
        Scope::Department(_) | Scope::Own | Scope::Village(_) | Scope::Township(_) | Scope::County => None,
    });
    own.unwrap_or(Role::Department.zh()).to_owned()
}

/// Does the same for each; one that cannot be done does not hold up the others. Gives for how many there was
/// something to do.
///
/// # Errors
/// The last stop, after all had their turn.
pub(crate) fn each<T>(
    all: impl IntoIterator<Item = T>,
    mut act: impl FnMut(T) -> Result<bool, Stop>,
) -> Result<usize, Stop> {
    let (mut done, mut broken) = (0, None);
    for one in all {
        match act(one) {
            Ok(did) => done += usize::from(did),
            Err(stop) => broken = Some(stop),
        }
    }
    broken.map_or(Ok(done), Err)
}

/// One act on one lot. `decide` sees the lot with the clock settled and gives events and an answer.
///
/// # Errors
/// `Stop::Refused` with the permission's or the domain's refusal: what `decide` wrote is undone,
/// settled clock events stand. `Stop::Fault` when something broke: nothing stands.
pub fn on_lot<T>(
    app: &App,
    actor: Option<&Actor>,
    id: LotId,
    act: Act,
    decide: impl FnOnce(&mut Tx<'_>, &Lot, Instant) -> Result<(Vec<LotEvent>, T), Stop>,
) -> Result<T, Stop> {
    let now = app.clock.now();
    app.store.write(|tx| {
        let stored = tx.claim_lot(id)?.ok_or(Refusal::NotFound)?;
        let lot = clock::settle(app, tx, stored.lot, now)?;
        let departments = lot.departments();
        let allowed = permit(act, actor, &lot.case(&departments).beside(&lots::hands_elsewhere(tx, &lot)?));
        if let Err(refusal) = allowed {
            return Err(decided::by_whom(tx, id, actor, refusal)?.into());
        }
        let actor = actor.ok_or(Refusal::NotFound)?;
        if act.unlike().contains(&Act::Qualify) {
            qualification::not_reviewer(tx, id, actor.account)?;
        }
        let hand = Hand::of(actor, act, &lot);
        tx.nested(|tx| {
            let (events, answer) = decide(tx, &lot, now)?;
            record::lot_events(app, tx, lot.clone(), events, &hand, now)?;
            Ok(answer)
        })
    })
}
