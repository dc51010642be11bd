//! Work that nobody clicks: the clock's due events, rooms' heartbeats, messages, signed heads.
//! Any number of processes may run it; every piece is claimed in the database.

mod loops;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

pub use loops::{beat_round, clock_round, message_round, slow_round};

use crate::acts::outbox::{self, Way};
use crate::context::App;
use crate::domain::base::Instant;
use crate::store::Fault;

/// How often the clock is looked at.
const CLOCK_EVERY: Duration = Duration::from_millis(250);
/// How often everything slower is looked at.
const SLOW_EVERY: Duration = Duration::from_secs(1);

/// The running loops. Dropping it stops them.
pub struct Jobs {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

/// Starts the loops. Clock events before `from` are left alone: they belong to a seed that
/// is still being written; the real service passes the beginning of time.
pub fn start(app: &Arc<App>, from: Instant) -> Result<Jobs, Fault> {
    let stop = Arc::new(AtomicBool::new(false));
    let senders = Arc::new(outbox::senders(app)?);
    let (heart_app, clock_app, slow_app) = (app.clone(), app.clone(), app.clone());
    let heart = every("heart", CLOCK_EVERY, stop.clone(), move || beat_round(&heart_app, from));
    let clock = every("clock", CLOCK_EVERY, stop.clone(), move || clock_round(&clock_app, from));
    let slow = every("slow", SLOW_EVERY, stop.clone(), move || slow_round(&slow_app));
    // A thread for each way: one that hangs holds up neither the other nor what is due at fixed times.
    let messages = Way::ALL.map(|way| {
        let (app, senders) = (app.clone(), senders.clone());
        let name = match way {
            Way::Sms => "sms",
            Way::Mail => "mail",
        };
        every(name, SLOW_EVERY, stop.clone(), move || message_round(&app, &senders, way))
    });
    let threads = [heart, clock, slow].into_iter().chain(messages).collect::<std::io::Result<Vec<_>>>();
    Ok(Jobs { stop, threads: threads.map_err(|e| Fault::Setup(format!("后台线程不能启动：{e}")))? })
}

fn every(
    name: &str,
    pause: Duration,
    stop: Arc<AtomicBool>,
    work: impl Fn() + Send + 'static,
) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name(format!("jobs-{name}")).spawn(move || {
        while !stop.load(Ordering::Relaxed) {
            work();
            std::thread::sleep(pause);
        }
    })
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}
