//! The spine of every project page: what is done, where it stands, who moves next and by when.

use crate::context::App;
use crate::domain::base::Instant;
use crate::domain::lot::{Lot, Phase, Recorded, Stage, due};
use crate::domain::rulebook::Rules;
use crate::web::ui::{Light, Phases, Rich, State, Step, Timeline};

/// When each phase was entered first, by replaying the events.
fn entered(lot: &Lot, events: &[Recorded]) -> Vec<(Phase, Instant)> {
    let started = events.first().map_or(lot.entered_at, |e| e.at);
    let mut at = lot.before_events(started);
    let mut found: Vec<(Phase, Instant)> = Vec::new();
    for record in events {
        at = at.apply(record);
        let phase = at.stage.phase();
        if !found.iter().any(|(p, _)| *p == phase) {
            found.push((phase, record.at));
        }
    }
    found
}

/// The furthest phase of the main path that the lot reached.
fn furthest(lot: &Lot, entered: &[(Phase, Instant)]) -> Phase {
    match lot.stage.phase() {
        Phase::Ended => {
            let reached = Phase::SPINE.iter().rev().find(|p| entered.iter().any(|(e, _)| e == *p));
            reached.copied().unwrap_or(Phase::Intake)
        }
        phase => phase,
    }
}

fn state(lot: &Lot, now: Phase, phase: Phase) -> State {
    let at = |p: Phase| Phase::SPINE.iter().position(|s| *s == p).unwrap_or(0);
    let over = lot.stage.phase() == Phase::Ended;
    match at(phase).cmp(&at(now)) {
        std::cmp::Ordering::Less => State::Done,
        std::cmp::Ordering::Equal if over => State::Failed,
        std::cmp::Ordering::Equal if lot.stage == Stage::Archived => State::Done,
        std::cmp::Ordering::Equal => State::Now,
        std::cmp::Ordering::Greater if over => State::Skipped,
        std::cmp::Ordering::Greater => State::Next,
    }
}

/// The phases in one line.
pub fn phases(lot: &Lot, events: &[Recorded]) -> Phases {
    let now = furthest(lot, &entered(lot, events));
    Phases::new(Phase::SPINE.map(|p| (p.zh(), state(lot, now, p))))
}

/// The light of a time limit.
pub fn light(app: &App, limit: Instant, now: Instant) -> Light {
    if now >= limit {
        return Light::Red;
    }
    match app.market.calendar.yellow_from(limit, 1) {
        Ok(yellow) if now >= yellow => Light::Yellow,
        Ok(_) | Err(_) => Light::Green,
    }
}

/// The timeline with dates, the person who moves next and the time limit.
pub fn timeline(app: &App, rules: &Rules, lot: &Lot, events: &[Recorded], now: Instant) -> Timeline {
    let entered = entered(lot, events);
    let here = furthest(lot, &entered);
    Timeline::new(Phase::SPINE.map(|phase| {
        let state = state(lot, here, phase);
        let mut step = Step::new(phase.zh(), state);
        if let Some((_, at)) = entered.iter().find(|(p, _)| *p == phase) {
            step = step.when(*at);
        }
        if phase != here {
            return step;
        }
        step = step.note(Rich::new().text(format!("{}，自 ", lot.stage.zh())).time(lot.entered_at).text(" 起"));
        if lot.stage.owner_zh() != "无" {
            step = step.who(format!("下一步：{}", lot.stage.owner_zh()));
        }
        let waits = due::next(lot).map(|(at, _)| at);
        let limit = due::limit(lot, rules, &app.market.calendar).ok().flatten();
        if let Some(limit) = limit.filter(|_| lot.stage.phase() != Phase::Ended) {
            step = step.due(Rich::new().text("办理期限 ").until(limit)).light(light(app, limit, now));
        } else if let Some(at) = waits {
            step = step.due(Rich::new().text("到时自动进入下一步 ").time(at));
        }
        step
    }))
}
