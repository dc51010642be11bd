//! The register of cases that staff look things up in: each post sees what its reach allows.

use crate::context::App;
use crate::domain::actor::{Actor, Role, Scope};
use crate::domain::base::Instant;
use crate::domain::lot::Stage;
use crate::domain::permit::may_read_file;
use crate::domain::refusal::Refusal;
use crate::store::views::work::{self, Waiting, Wanted};
use crate::store::{Fault, Stop};

/// Cases on one page.
const PAGE: i64 = 40;
/// Rows read at once for a page of a department or an officer, whose cases no column names.
const LOOK: i64 = 500;

/// What the reader asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Only these stages; empty for all.
    pub stages: Vec<Stage>,
    /// Only this township.
    pub township: Option<String>,
    /// Words, all of which must occur.
    pub words: Vec<String>,
    /// Only where somebody is late.
    pub late: bool,
    /// Page, from 1.
    pub page: u32,
}

/// One page of the register.
#[derive(Clone, Debug)]
pub struct Register {
    /// The cases, the most urgent first.
    pub rows: Vec<Waiting>,
    /// Whether another page follows.
    pub more: bool,
    /// The instant it was read.
    pub at: Instant,
}

/// Whether the caller has a register at all.
pub fn may_open(actor: &Actor) -> bool {
    actor.posts.iter().any(|p| {
        p.role.is_centre()
            || matches!(p.role, Role::TownshipClerk | Role::InfoOfficer | Role::Department | Role::Supervisor)
    })
}

/// The cases that fit and that the caller may read.
///
/// # Errors
/// Refused for who has no post with a register.
pub fn register(app: &App, actor: &Actor, asked: &Asked) -> Result<Register, Stop> {
    if !may_open(actor) {
        return Err(Refusal::NotYours {
            who: "县中心各岗位、乡镇服务站、村级信息员、监管部门".into()
        }
        .into());
    }
    let at = app.clock.now();
    let (township, village, by_column) = narrowed(actor, asked);
    let wanted = Wanted {
        stages: asked.stages.clone(),
        township,
        village,
        words: asked.words.clone(),
        late_by: asked.late.then_some(at),
        offset: if by_column { i64::from(asked.page.max(1) - 1) * PAGE } else { 0 },
    };
    let limit = if by_column { PAGE + 1 } else { LOOK };
    let skip = if by_column { 0 } else { usize::try_from(i64::from(asked.page.max(1) - 1) * PAGE).unwrap_or(0) };
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let mut rows: Vec<Waiting> = app.store.read(|db| {
        let (mut wanted, mut readable) = (wanted, Vec::new());
        loop {
            let found = work::search(db, &wanted, limit)?;
            let last = i64::try_from(found.len()).is_ok_and(|n| n < limit);
            readable.extend(found.into_iter().filter(|w| {
                let departments = w.lot.departments();
                may_read_file(actor, &w.lot.case(&departments))
            }));
            // Columns name what the others may read, so that one look is enough for them.
            if by_column || last || readable.len() > skip + page {
                return Ok::<_, Fault>(readable);
            }
            wanted.offset += limit;
        }
    })?;
    rows.drain(..skip.min(rows.len()));
    let more = rows.len() > page;
    rows.truncate(page);
    Ok(Register { rows, more, at })
}

/// Township and village that the caller's only post reaches, and whether these columns say all.
fn narrowed(actor: &Actor, asked: &Asked) -> (Option<String>, Option<String>, bool) {
    let county = actor.posts.iter().any(|p| p.role.is_centre() || p.role == Role::Supervisor);
    if county {
        return (asked.township.clone(), None, true);
    }
    let scopes: Vec<&Scope> = actor.posts.iter().filter(|p| p.role != Role::Holder).map(|p| &p.scope).collect();
    match scopes.as_slice() {
        [Scope::Township(code)] => (Some(code.to_string()), None, true),
        // An officer reads what he entered, which no column tells: most cases of his village are not his.
        [Scope::Village(place)] => (Some(place.township().to_string()), place.village().map(str::to_owned), false),
        _ => (asked.township.clone(), None, false),
    }
}
