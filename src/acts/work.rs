//! What waits for somebody: the permission table asked over the lots in the stages it names.

use super::chores::{self, Chore};
use super::review;
use crate::context::App;
use crate::domain::actor::{Actor, Scope};
use crate::domain::base::Instant;
use crate::domain::base::ids::{LotId, ProjectId};
use crate::domain::lot::{Act, Lot, Stage};
use crate::domain::permit::permit;
/// A message as the inbox shows it.
pub use crate::store::outbox::OutMessage as Message;
use crate::store::views::work::{self, Waiting, Within};
use crate::store::{Fault, Read, Stop, lots};
use crate::store::{accounts, outbox};

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
const NEVER_WAITING: [Act; 6] = [Act::Apply, Act::Object, Act::Withdraw, Act::Pause, Act::Submit, Act::Qualify];

/// Whether the act waits for its doer in this lot, beyond being possible.
fn waits(act: Act, lot: &Lot) -> bool {
    match act {
        // A new text is possible until somebody signs, but nobody waits for it.
        Act::MakeContract => lot.contract.is_none(),
        // Parties may sign on screen; the intention agreement alone must come in as a scan.
        Act::UploadSigned => lot.stage == Stage::Approval && lot.intention.is_none(),
        _ => !NEVER_WAITING.contains(&act),
    }
}

/// Lots read at once.
const BATCH: i64 = 500;

/// The caller's desk.
pub fn desk(app: &App, actor: &Actor) -> Result<Desk, Stop> {
    desk_in_batches(app, actor, BATCH)
}

/// The desk, reading so many lots at once. However many lots of others there are, nothing that waits for the
/// caller is left out.
pub fn desk_in_batches(app: &App, actor: &Actor, batch: i64) -> Result<Desk, Stop> {
    let (mut kept, mut own) = (Vec::new(), Vec::new());
    app.store.read(|db| {
        let mut todos: Vec<(ProjectId, Task)> = Vec::new();
        for (stages, within) in reach(actor) {
            all(
                batch,
                |after| work::in_stages(db, &stages, &within, after, batch),
                |w| todos.extend(tasks(app, actor, &w).map(|task| (w.lot.project, task))),
            )?;
        }
        if let Some(party) = actor.party {
            all(
                batch,
                |after| work::of_party(db, party, after, batch),
                |w| {
                    todos.extend(tasks(app, actor, &w).map(|task| (w.lot.project, task)));
                    own.push((w.lot.entered_at, OwnLot { id: w.lot.id, title: shown(&w), stage: w.lot.stage }));
                },
            )?;
        }
        let several = lots::projects_of_several(db)?;
        for (project, task) in todos {
            if !several.contains(&project) || open_beside(db, actor, &task)? {
                kept.push(task);
            }
        }
        Ok::<_, Fault>(())
    })?;
    let mut todos = kept;
    todos.sort_by_key(|t| (t.limit_at.is_none(), t.limit_at, t.lot, t.act));
    todos.dedup_by_key(|t| (t.lot, t.act));
    own.sort_by_key(|(entered, lot)| (std::cmp::Reverse(*entered), lot.id));
    let chores = chores::of(app, actor)?;
    Ok(Desk { todos, chores, own: own.into_iter().map(|(_, lot)| lot).collect() })
}

/// Reads batch after batch until one is not full.
fn all(
    batch: i64,
    mut read: impl FnMut(Option<LotId>) -> Result<Vec<Waiting>, Fault>,
    mut take: impl FnMut(Waiting),
) -> Result<(), Fault> {
    let full = usize::try_from(batch).unwrap_or(usize::MAX);
    let mut after = None;
    loop {
        let found = read(after)?;
        let (count, last) = (found.len(), found.last().map(|w| w.lot.id));
        found.into_iter().for_each(&mut take);
        if count < full {
            return Ok(());
        }
        after = last;
    }
}

/// For each post of the caller the stages in which it acts, and where. What no column tells, such as the
/// department asked, the permission table decides lot by lot.
fn reach(actor: &Actor) -> Vec<(Vec<Stage>, Within)> {
    let mut all: Vec<(Vec<Stage>, Within)> = Vec::new();
    for post in &actor.posts {
        let acts = Act::ALL.iter().filter(|a| a.roles().contains(&post.role) && !NEVER_WAITING.contains(a));
        let mut stages: Vec<Stage> = acts.flat_map(|a| a.stages().iter().copied()).collect();
        stages.sort_unstable();
        stages.dedup();
        let within = match &post.scope {
            Scope::Own | Scope::County | Scope::Department(_) => Within::County,
            Scope::Township(code) => Within::Township(code.to_string()),
            Scope::Village(place) => {
                Within::Village(place.township().to_string(), place.village().unwrap_or_default().to_owned())
            }
        };
        if !stages.is_empty() {
            all.push((stages, within));
        }
    }
    all
}

fn shown(w: &Waiting) -> String {
    if w.title.is_empty() { "（未填写标题的草稿）".to_owned() } else { w.title.clone() }
}

/// Whether a task stays open to the caller when the other lots of its project are looked at too.
fn open_beside(db: &mut impl Read, actor: &Actor, task: &Task) -> Result<bool, Fault> {
    let Some(stored) = lots::find(db, task.lot)? else { return Ok(false) };
    let (departments, elsewhere) = (stored.lot.departments(), lots::hands_elsewhere(db, &stored.lot)?);
    Ok(permit(task.act, Some(actor), &stored.lot.case(&departments).beside(&elsewhere)).is_ok())
}

fn tasks(app: &App, actor: &Actor, w: &Waiting) -> impl Iterator<Item = Task> {
    let must = app.market.catalog.get(w.lot.variety).map_or_else(Vec::new, |v| review::must_consult(v, &w.lot));
    let departments = w.lot.departments();
    let case = w.lot.case(&departments);
    let side = actor.party.and_then(|p| w.lot.side(p));
    Act::ALL
        .iter()
        .filter(|act| waits(**act, &w.lot))
        .filter(|act| permit(**act, Some(actor), &case).is_ok() && w.lot.ready(**act, side, &must))
        .map(|act| Task { lot: w.lot.id, title: shown(w), stage: w.lot.stage, act: *act, limit_at: w.limit_at })
        .collect::<Vec<_>>()
        .into_iter()
}

/// The caller's messages; opening them marks them as read.
pub fn inbox(app: &App, actor: &Actor) -> Result<Vec<Message>, Stop> {
    let messages = app.store.read(|db| outbox::inbox(db, actor.account, 100))?;
    app.store.write(|tx| Ok(tx.read_inbox(actor.account, app.clock.now())?))?;
    Ok(messages)
}

/// The newest messages of everybody, each with the name of the account it goes to, for the demonstration only.
pub fn demo_outbox(app: &App) -> Result<Vec<(Option<String>, Message)>, Stop> {
    let all = app.store.read(|db| {
        let mut all = Vec::new();
        for message in outbox::newest(db, 100)? {
            let to = message.account.map(|id| accounts::find(db, id)).transpose()?.flatten();
            all.push((to.map(|a| a.name), message));
        }
        Ok(all)
    })?;
    let opened = all.into_iter().map(|(to, m)| Ok((to, Message { body: super::messages::text_of(app, &m)?, ..m })));
    Ok(opened.collect::<Result<_, crate::store::Fault>>()?)
}
