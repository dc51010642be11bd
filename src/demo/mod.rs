//! The demonstration county, made through the same acts as in real service. `serve` never
//! reaches this module.

mod answers;
mod pace;
mod paper;
mod people;
mod project;
mod projects;
mod robots;
mod steps;
mod walk;

use crate::acts::demonstration::{self, DemoAccount, Progress};
use crate::context::App;
use crate::domain::base::ids::LotId;
use crate::domain::base::{Day, Instant};
use crate::store::{Fault, Stop, accounts};

pub use pace::Pacemaker;
use people::People;
use project::Project;
pub use robots::{Robots, unfreeze};

/// Monday 2 March 2026, 9:00: a confirmed working day, on which every demonstration begins,
/// whatever the wall clock says.
pub fn first_morning() -> Result<Instant, Fault> {
    let day = Day::ymd(2026, 3, 2).ok_or_else(|| Fault::Setup("演示日期无效".into()))?;
    Ok(day.at(9, 0))
}

/// What the seed could not do: the project's key and why.
pub type Failure = (String, String);

/// Makes what must be there before the first page: the accounts of the start page and the lot of
/// the room that opens first. On a folder that was used before, nothing. Gives the accounts of the
/// start page.
pub fn open(app: &App) -> Result<Vec<DemoAccount>, Fault> {
    let told = |stop: Stop| match stop {
        Stop::Refused(refusal) => {
            Fault::Inconsistent(format!("演示数据没有建成：{refusal}。请删除演示数据文件夹后重新启动。"))
        }
        Stop::Fault(fault) => fault,
    };
    if app.store.read(|db| accounts::count(db))? > 0 {
        let all = demonstration::accounts(app);
        let first = all.map(|all| all.into_iter().filter(|a| people::is_first(&a.account)).collect());
        return first.map_err(|_| {
            let dir = app.data.display();
            Fault::Setup(format!("演示数据上次没有建成。请删除文件夹 {dir} 和它的密钥文件夹后重新启动。"))
        });
    }
    begin(app).map_err(told)
}

fn begin(app: &App) -> Result<Vec<DemoAccount>, Stop> {
    let accounts = people::first(app)?;
    let people = People::load(app)?;
    let first = projects::first_room();
    walk::walk(app, &people, &first, first_morning()?)?;
    let progress = Progress { done: vec![first.key], total: 1 + projects::all().len() };
    demonstration::note_progress(app, &progress)?;
    demonstration::list_accounts(app, &accounts)?;
    Ok(accounts)
}

/// Makes everything else, project by project; what stands already is left alone. `go_on` is asked
/// before each. A project that cannot be made does not hold up the others.
pub fn fill(app: &App, go_on: impl Fn() -> bool) -> Result<Vec<Failure>, Stop> {
    let mut progress = demonstration::progress(app)?;
    if progress.complete() {
        return Ok(Vec::new());
    }
    let mut accounts = demonstration::accounts(app)?;
    for account in people::rest(app)? {
        if !accounts.iter().any(|a| a.account == account.account) {
            accounts.push(account);
        }
    }
    demonstration::list_accounts(app, &accounts)?;
    let people = People::load(app)?;
    let mut failures = Vec::new();
    for project in projects::all() {
        if progress.done.contains(&project.key) {
            continue;
        }
        if !go_on() {
            return Ok(failures);
        }
        if let Err(why) = make(app, &people, &project) {
            failures.push((project.key.clone(), why));
        }
        progress.done.push(project.key);
        demonstration::note_progress(app, &progress)?;
    }
    Ok(failures)
}

/// One more lot that waits for a room, made like the others: its listing lies in the weeks before the
/// first morning, earlier than the applications left for visitors, because reviewers are given the
/// oldest first.
pub fn further_lot(app: &App) -> Result<LotId, Stop> {
    let people = People::load(app)?;
    let n = app.store.read(|db| crate::store::lots::all_ids(db))?.len();
    let until = first_morning()?.day().plus(-20).at(9, 0);
    walk::walk(app, &people, &projects::further_room(n), until)
}

fn make(app: &App, people: &People, project: &Project) -> Result<(), String> {
    let until = first_morning().map_err(|e| e.to_string())?;
    let id = walk::walk(app, people, project, until).map_err(|stop| match stop {
        Stop::Refused(refusal) => format!("{}：{refusal}", refusal.code()),
        Stop::Fault(fault) => fault.to_string(),
    })?;
    let found = app.store.read(|db| crate::store::lots::find(db, id)).map_err(|e| e.to_string())?;
    let stage = found.map(|s| s.lot.stage);
    if stage == Some(project.goal.stage()) {
        Ok(())
    } else {
        Err(format!("stands in {stage:?}, not in {:?}", project.goal.stage()))
    }
}
