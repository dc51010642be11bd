//! Keeps the demonstration's clock in step with the rooms, and remembers its hand over a restart.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::clock::{Clock, DemoClock};
use crate::context::App;
use crate::domain::base::Instant;
use crate::store::{Fault, Stop, forms, journal, rooms};

/// How often the rooms are looked at.
const EVERY: Duration = Duration::from_millis(100);
/// The clock never runs fast beyond this much real time without the rooms being looked at again.
const LEASH_MS: i64 = 400;
/// After so many looks the hand is written down.
const NOTE_EVERY: u32 = 30;
const HAND: &str = "demo_clock";

/// Drives the clock until it is dropped.
pub struct Pacemaker {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Where the clock stood when the demonstration last ran: its hand was written down every few
/// seconds, and a process that was killed recorded things after that.
fn last_hand(app: &App) -> Result<Option<Instant>, Fault> {
    let (text, newest) = app.store.read(|db| Ok((forms::meta_value(db, HAND)?, journal::newest_at(db)?)))?;
    let hand = text.and_then(|t| t.parse().ok()).map(Instant::from_micros);
    Ok(hand.map(|hand| newest.map_or(hand, |at| hand.max(at))))
}

impl Pacemaker {
    /// Sets the clock to where it stood and drives it: at 1× while `calm` says so, from two minutes
    /// before a room opens, and until no room is open.
    pub fn start(
        app: &Arc<App>,
        clock: &Arc<DemoClock>,
        speed: u32,
        calm: Arc<AtomicBool>,
    ) -> Result<Pacemaker, Fault> {
        if let Some(hand) = last_hand(app)? {
            clock.jump(hand);
        }
        let stop = Arc::new(AtomicBool::new(false));
        let (app, clock, stopped) = (app.clone(), clock.clone(), stop.clone());
        let run = move || {
            let mut looks = 0;
            while !stopped.load(Ordering::Relaxed) {
                if let Err(fault) = look(&app, &clock, speed, calm.load(Ordering::Relaxed)) {
                    tracing::error!(%fault, "the demonstration's clock");
                }
                looks += 1;
                if looks % NOTE_EVERY == 1 {
                    note(&app, clock.now());
                }
                std::thread::sleep(EVERY);
            }
            note(&app, clock.now());
        };
        let thread = std::thread::Builder::new().name("demo-pace".into()).spawn(run);
        let thread = thread.map_err(|e| Fault::Setup(format!("后台线程不能启动：{e}")))?;
        Ok(Pacemaker { stop, thread: Some(thread) })
    }
}

fn look(app: &App, clock: &DemoClock, speed: u32, calm: bool) -> Result<(), Fault> {
    let (open, next) = app.store.read(|db| rooms::traffic(db))?;
    let now = clock.now();
    let leash = now.plus_ms(i64::from(speed) * LEASH_MS);
    let before = next.map(DemoClock::calm_before);
    let barrier = match before {
        _ if open || calm => now,
        Some(before) => before.min(leash),
        None => leash,
    };
    clock.follow(barrier, before);
    Ok(())
}

fn note(app: &App, now: Instant) {
    let text = now.micros().to_string();
    if let Err(stop) = app.store.write(|tx| Ok::<_, Stop>(tx.set_meta(HAND, &text)?)) {
        tracing::warn!(?stop, "the demonstration's clock was not noted");
    }
}

impl Drop for Pacemaker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
