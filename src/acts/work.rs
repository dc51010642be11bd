//! What waits for somebody: the permission table asked over the lots in the stages it names.

use super::chores::{self, Chore};
use crate::context::App;
use crate::domain::actor::Actor;
use crate::domain::base::Instant;
use crate::domain::base::ids::LotId;
use crate::domain::lot::{Act, Stage};
use crate::domain::permit::permit;
use crate::store::outbox;
/// A message as the inbox shows it.
pub use crate::store::outbox::OutMessage as Message;
use crate::store::views::work::{self, Waiting};
use crate::store::{Fault, Stop};

/// Something to do.
#[derive(Clone, Debug)]
pub struct Task {
    /// The lot.
    pub lot: LotId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub stage: Stage,
    /// What to do.
    pub act: Act,
    /// Until when.
    pub limit_at: Option<Instant>,
}

/// A lot of the caller's own.
#[derive(Clone, Debug)]
pub struct OwnLot {
    /// Its id.
    pub id: LotId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub stage: Stage,
}

/// A desk: what waits, and the caller's own lots.
#[derive(Clone, Debug)]
pub struct Desk {
    /// What waits, the most urgent first.
    pub todos: Vec<Task>,
    /// What waits beside the lots' own procedure.
    pub chores: Vec<Chore>,
    /// Own lots.
    pub own: Vec<OwnLot>,
}

/// Acts that are offered but wait for nobody in particular.
const NEVER_WAITING: [Act; 7] =
    [Act::Apply, Act::Object, Act::Withdraw, Act::Pause, Act::Submit, Act::Qualify, Act::UploadSigned];

/// The caller's desk.
pub fn desk(app: &App, actor: &Actor) -> Result<Desk, Stop> {
    let mut stages: Vec<Stage> = Act::ALL
        .iter()
        .filter(|a| a.roles().iter().any(|r| actor.has(*r)))
        .flat_map(|a| a.stages().iter().copied())
        .collect();
    stages.sort_unstable();
    stages.dedup();
    let (candidates, own) = app.store.read(|db| {
        let own = match actor.party {
            Some(party) => work::of_party(db, party, 200)?,
            None => Vec::new(),
        };
        let candidates = if stages.is_empty() { Vec::new() } else { work::in_stages(db, &stages, 300)? };
        Ok::<_, Fault>((candidates, own))
    })?;
    let mut todos: Vec<Task> = candidates.iter().chain(&own).flat_map(|w| tasks(actor, w)).collect();
    todos.sort_by_key(|t| (t.limit_at.is_none(), t.limit_at, t.lot, t.act));
    todos.dedup_by_key(|t| (t.lot, t.act));
    let own = own.into_iter().map(|w| OwnLot { id: w.lot.id, title: shown(&w), stage: w.lot.stage }).collect();
    let chores = chores::of(app, actor)?;
    Ok(Desk { todos, chores, own })
}

fn shown(w: &Waiting) -> String {
    if w.title.is_empty() { "（未填写标题的草稿）".to_owned() } else { w.title.clone() }
}

fn tasks(actor: &Actor, w: &Waiting) -> Vec<Task> {
    let departments = w.lot.departments();
    let case = w.lot.case(&departments);
    let side = actor.party.and_then(|p| w.lot.side(p));
    Act::ALL
        .iter()
        .filter(|act| !NEVER_WAITING.contains(act))
        .filter(|act| permit(**act, Some(actor), &case).is_ok() && w.lot.ready(**act, side))
        // A new text is possible until somebody signs, but nobody waits for it.
        .filter(|act| **act != Act::MakeContract || w.lot.contract.is_none())
        .map(|act| Task { lot: w.lot.id, title: shown(w), stage: w.lot.stage, act: *act, limit_at: w.limit_at })
        .collect()
}

/// The caller's messages; opening them marks them as read.
pub fn inbox(app: &App, actor: &Actor) -> Result<Vec<Message>, Stop> {
    let messages = app.store.read(|db| outbox::inbox(db, actor.account, 100))?;
    app.store.write(|tx| Ok(tx.read_inbox(actor.account, app.clock.now())?))?;
    Ok(messages)
}

/// The newest messages of everybody, for the demonstration only.
pub fn demo_outbox(app: &App) -> Result<Vec<Message>, Stop> {
    Ok(app.store.read(|db| outbox::newest(db, 100))?)
}
