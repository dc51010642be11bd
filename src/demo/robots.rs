//! Robots: they open one room after the other and bid in it, as accounts do, through the acts.
//! They stop below a limit of their own, so that a visitor who logs in as the demo bidder can win.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use super::people::{People, ROBOTS};
use super::steps::{FREE_MINUTES, LIMITED_SECONDS};
use crate::acts::bidding::{self, BidAnswer, BidOrder, Wanted};
use crate::acts::scheduling::{self, Plan};
use crate::acts::{demonstration, login};
use crate::clock::DemoClock;
use crate::context::{App, new_id};
use crate::crypto::token;
use crate::domain::actor::Actor;
use crate::domain::auction::{self, Room};
use crate::domain::base::ids::{LotId, RoomId};
use crate::domain::base::{Fen, Instant};
use crate::domain::lot::{Lot, Stage};
use crate::store::bids::{self, Bidder};
use crate::store::{Fault, Stop, lots, rooms};

/// How often the robots look around.
const EVERY: Duration = Duration::from_millis(500);
/// The first room opens this long after the first page.
const FIRST_SECS: i64 = 30;
/// Real seconds of fast time between two rooms; two calm minutes come on top.
const GAP_SECS: i64 = 20;
/// A room that a visitor froze is opened again after this long.
const FROZEN_SECS: i64 = 5 * 60;
/// With fewer lots waiting, one more is made.
const POOL: usize = 2;

/// The running robots. Dropping it stops them.
pub struct Robots {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// What a robot team means to do in a room.
struct Plot {
    /// When somebody bids again.
    next: Instant,
    /// The price no robot goes beyond.
    limit: Fen,
}

struct Team {
    app: Arc<App>,
    clock: Arc<DemoClock>,
    speed: i64,
    robots: Vec<Actor>,
    plots: HashMap<RoomId, Plot>,
    opened: bool,
    /// The seed is still at work: lots are left to it.
    seeding: Arc<AtomicBool>,
}

impl Robots {
    /// Starts them. They move the clock on when a visitor wishes it and no room is open.
    pub fn start(
        app: &Arc<App>,
        clock: &Arc<DemoClock>,
        speed: u32,
        seeding: Arc<AtomicBool>,
    ) -> Result<Robots, Fault> {
        let stop = Arc::new(AtomicBool::new(false));
        let (app, clock, stopped) = (app.clone(), clock.clone(), stop.clone());
        let run = move || {
            let mut team = Team {
                app,
                clock,
                speed: i64::from(speed),
                robots: Vec::new(),
                plots: HashMap::new(),
                opened: false,
                seeding,
            };
            while !stopped.load(Ordering::Relaxed) {
                match team.round() {
                    Ok(()) => {}
                    Err(Stop::Refused(refusal)) => tracing::warn!(%refusal, "a robot was refused"),
                    Err(Stop::Fault(fault)) => tracing::error!(%fault, "a robot broke"),
                }
                std::thread::sleep(EVERY);
            }
        };
        let thread = std::thread::Builder::new().name("demo-robots".into()).spawn(run);
        let thread = thread.map_err(|e| Fault::Setup(format!("后台线程不能启动：{e}")))?;
        Ok(Robots { stop, thread: Some(thread) })
    }
}

impl Drop for Robots {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn below(bound: i64) -> Result<i64, Stop> {
    let bound = u32::try_from(bound.max(1)).unwrap_or(u32::MAX);
    Ok(i64::from(token::below(bound).map_err(|e| Fault::Setup(e.to_string()))?))
}

fn organiser(app: &App) -> Result<Actor, Stop> {
    let organiser = app.store.read(|db| crate::store::accounts::by_login(db, "bidding"))?;
    let organiser = organiser.ok_or_else(|| Fault::Inconsistent("demo account bidding is missing".into()))?;
    login::actor_of(app, organiser.id)
}

/// Lets rooms go on that somebody froze five minutes ago and left: no further room of the
/// demonstration opens before.
pub fn unfreeze(app: &App) -> Result<(), Stop> {
    let now = app.clock.now();
    for lot in app.store.read(|db| lots::in_stage(db, Stage::BiddingPaused))? {
        if now.ms_since(lot.entered_at) >= FROZEN_SECS * 1_000 {
            bidding::resume(app, &organiser(app)?, lot.id, None)?;
        }
    }
    Ok(())
}

impl Team {
    fn round(&mut self) -> Result<(), Stop> {
        if self.robots.is_empty() {
            let people = People::load(&self.app)?;
            for name in ROBOTS {
                self.robots.push(people.get(name)?.clone());
            }
        }
        for stage in [Stage::FreeBidding, Stage::LimitedBidding] {
            for lot in self.app.store.read(|db| lots::in_stage(db, stage))? {
                self.play(&lot)?;
            }
        }
        unfreeze(&self.app)?;
        if self.forward()? { Ok(()) } else { self.open_next() }
    }

    /// Moves business time on as visitors wished, up to two calm minutes before a room that is set
    /// already. Says whether a wish still waits; no further room is set before it is fulfilled.
    fn forward(&self) -> Result<bool, Stop> {
        let Some(to) = demonstration::wished(&self.app)? else { return Ok(false) };
        let (open, next) = self.app.store.read(|db| rooms::traffic(db))?;
        if open || self.seeding.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let until = next.map(DemoClock::calm_before).map_or(to, |calm| calm.min(to));
        self.clock.jump(until);
        Ok(until < to)
    }

    /// One of the robots of this room bids when it is time.
    fn play(&mut self, lot: &Lot) -> Result<(), Stop> {
        let Some(id) = lot.session.as_ref().map(|s| s.room) else { return Ok(()) };
        let (found, bidders) = self.app.store.read(|db| Ok((rooms::find(db, id)?, bids::bidders(db, lot.id)?)))?;
        let Some(stored) = found else { return Ok(()) };
        let now = self.app.clock.now();
        let room = bidding::seen_at(stored.room, now);
        if !room.is_trading() {
            return Ok(());
        }
        let mine: Vec<(&Actor, &Bidder)> = self
            .robots
            .iter()
            .filter_map(|actor| Some((actor, bidders.iter().find(|b| Some(b.party) == actor.party)?)))
            .filter(|(_, b)| Some(b.no) != room.leader())
            .collect();
        let Some((actor, _)) = mine.get(usize::try_from(below(mine.len() as i64)?).unwrap_or(0)) else { return Ok(()) };
        let plot = match self.plots.get(&id) {
            Some(plot) => plot,
            None => {
                let limit = limit_of(&room)?;
                self.plots.entry(id).or_insert(Plot { next: now.plus_secs(12), limit })
            }
        };
        let Some(price) = next_price(&room, plot).filter(|_| now >= plot.next) else { return Ok(()) };
        let order = BidOrder {
            wanted: Wanted::Raise(price.decimal()),
            seen_seq: Some(room.seq()),
            confirmed_big: true,
            idempotency_key: new_id().to_string(),
            received: now,
            address: format!("demo:{}", actor.account),
        };
        let lot_no = lot.lot_no.clone().unwrap_or_default();
        if let BidAnswer::Refused(refusal) = bidding::place(&self.app, actor, &lot_no, &order)? {
            tracing::debug!(%lot_no, code = refusal.code(), "a robot's bid was refused");
        }
        let next = now.plus_secs(16 + below(24)?);
        self.plots.entry(id).and_modify(|plot| plot.next = next);
        Ok(())
    }

    /// Sets the next room when none is open and none is set.
    fn open_next(&mut self) -> Result<(), Stop> {
        let (open, next) = self.app.store.read(|db| rooms::traffic(db))?;
        if open || next.is_some() {
            return Ok(());
        }
        let pool = self.pool()?;
        if pool.len() < POOL && !self.seeding.load(Ordering::Relaxed) {
            super::further_lot(&self.app)?;
        }
        let Some(lot) = pool.into_iter().next() else { return Ok(()) };
        let now = self.app.clock.now();
        let starts = if self.opened { now.plus_secs(120 + GAP_SECS * self.speed) } else { now.plus_secs(FIRST_SECS) };
        let organiser = organiser(&self.app)?;
        let plan = Plan { starts, free_minutes: FREE_MINUTES, limited_seconds: LIMITED_SECONDS };
        scheduling::schedule(&self.app, &organiser, lot, plan)?;
        self.opened = true;
        Ok(())
    }

    /// The lots that wait for a room and in which two robots at least may bid.
    fn pool(&self) -> Result<Vec<LotId>, Stop> {
        let mut pool = Vec::new();
        for lot in self.app.store.read(|db| lots::in_stage(db, Stage::Qualified))? {
            let bidders = self.app.store.read(|db| bids::bidders(db, lot.id))?;
            let robots = bidders.iter().filter(|b| self.robots.iter().any(|r| r.party == Some(b.party)));
            if robots.filter(|b| b.agreed && b.qualified).count() > 1 {
                pool.push((lot.entered_at, lot.id));
            }
        }
        pool.sort_unstable();
        Ok(pool.into_iter().map(|(_, id)| id).collect())
    }
}

/// The robots' limit in a room: some steps beyond the start.
fn limit_of(room: &Room) -> Result<Fen, Stop> {
    let next = auction::next_amounts(room);
    let steps = 7 + below(8)?;
    let span = Fen(next.step.0.saturating_mul(steps));
    let start = room.rules().start;
    Ok(match room.rules().direction {
        auction::Direction::Up => start + span,
        auction::Direction::Down => start - span,
    })
}

fn next_price(room: &Room, plot: &Plot) -> Option<Fen> {
    let price = auction::next_amounts(room).choices.first().copied()?;
    (!room.rules().direction.better(price, plot.limit)).then_some(price)
}
