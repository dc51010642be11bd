//! The steps of the procedure, each as somebody does it: by an act, at an hour of business.

mod bank;
mod bidders;
mod closing;
mod deal;
mod intake;
mod room;

use std::sync::Arc;

pub(super) use intake::place_of;
pub(super) use room::{FREE_MINUTES, LIMITED_SECONDS};

use super::people::People;
use super::project::Project;
use crate::acts::{deal as reading, messages, stepup};
use crate::clock::{Clock, HandClock};
use crate::context::App;
use crate::crypto::suite::Hash;
use crate::domain::actor::Actor;
use crate::domain::base::Instant;
use crate::domain::base::ids::LotId;
use crate::domain::category::Variety;
use crate::domain::gazette::Place;
use crate::domain::lot::Lot;
use crate::domain::refusal::Refusal;
use crate::store::{Fault, Stop, lots, outbox};

/// A project on its way, by a clock of its own.
pub(super) struct Walk<'a> {
    /// The exchange by the walk's clock.
    pub app: App,
    clock: Arc<HandClock>,
    /// Business time of the county: no step may lie after it.
    until: Instant,
    /// Everybody.
    pub people: &'a People,
    /// What is walked.
    pub project: &'a Project,
    /// Where it lies.
    pub place: Place,
    /// The transferor.
    pub holder: Actor,
    /// The lot, once it is begun.
    pub lot: LotId,
}

impl<'a> Walk<'a> {
    /// Begins the draft at `begin`.
    pub(super) fn begin(
        app: &App,
        people: &'a People,
        project: &'a Project,
        begin: Instant,
        until: Instant,
    ) -> Result<Walk<'a>, Stop> {
        let clock = Arc::new(HandClock::new(begin));
        let app = app.by_clock(clock.clone());
        let holder = people.get(project.by)?.clone();
        let place = place_of(&app, &holder)?;
        let lot = intake::start(&app, people, project, &holder, &place)?;
        Ok(Walk { app, clock, until, people, project, place, holder, lot })
    }

    /// Moves to an hour so many working days on.
    pub(super) fn on(&self, working_days: u32, hour: u32, minute: u32) -> Result<(), Stop> {
        let today = self.clock.now().day();
        let day = self.app.market.calendar.add_working_days(today, working_days);
        let day = day.map_err(|e| Refusal::CalendarUnconfirmed { year: e.year })?;
        self.to(day.at(hour, minute))
    }

    /// Moves to an instant.
    pub(super) fn to(&self, at: Instant) -> Result<(), Stop> {
        if at >= self.until {
            let text = format!("{}: a step at {} lies after {}", self.project.key, at.zh(), self.until.zh());
            return Err(Fault::Inconsistent(text).into());
        }
        self.clock.set(at);
        Ok(())
    }

    /// The lot as it stands.
    pub(super) fn read(&self) -> Result<Lot, Stop> {
        let found = self.app.store.read(|db| lots::find(db, self.lot))?;
        Ok(found.ok_or(Refusal::NotFound)?.lot)
    }

    /// The deal as its papers read it.
    pub(super) fn deal(&self) -> Result<reading::Deal, Stop> {
        reading::read(&self.app, self.lot)
    }

    /// The lot's public number.
    pub(super) fn lot_no(&self) -> Result<String, Stop> {
        let lot = self.read()?;
        lot.lot_no.clone().ok_or_else(|| lot.wrong_stage().into())
    }

    /// The catalogue's entry.
    pub(super) fn variety(&self) -> Result<&Variety, Stop> {
        variety(&self.app, self.project)
    }

    /// The winner.
    pub(super) fn winner(&self) -> Result<&Actor, Stop> {
        let found = self.project.bidders.get(self.project.winner);
        let found = found.ok_or_else(|| Fault::Inconsistent(format!("{}: nobody bids", self.project.key)))?;
        self.people.get(&found.login)
    }

    /// Asks for a one-time code and reads it from the outbox, as the telephone would show it.
    pub(super) fn code(&self, actor: &Actor, purpose: &str, what: &str, subject: &Hash) -> Result<String, Stop> {
        stepup::send_code(&self.app, actor, purpose, what, subject)?;
        let sent = self.app.store.read(|db| outbox::last_of(db, actor.account, "one_time_code"))?;
        let body = sent.map(|m| messages::text_of(&self.app, &m)).transpose()?.unwrap_or_default();
        let digits: String =
            body.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        Ok(digits)
    }
}

/// The catalogue's entry of a project.
pub(super) fn variety<'a>(app: &'a App, project: &Project) -> Result<&'a Variety, Stop> {
    let code = project.variety.parse().ok().and_then(|code| app.market.catalog.get(code));
    Ok(code.ok_or_else(|| Fault::Inconsistent(format!("{}: no such variety", project.key)))?)
}
