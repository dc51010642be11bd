//! What each loop does in one round. A failure is logged and the next round tries again.

use crate::acts::outbox::{self, Senders, Way};
use crate::acts::{checkpoint, clock, publication, uploads};
use crate::context::App;
use crate::domain::base::Instant;
use crate::store::Stop;

/// Minutes between two signed heads while the log grows.
const HEAD_EVERY_MINUTES: i64 = 5;
/// Seconds between two looks at notices whose text may have changed since they were confirmed.
const NOTICES_EVERY_SECS: i64 = 60;
/// Seconds between two purges of sessions that ran out.
const PURGE_EVERY_SECS: i64 = 60;
/// Seconds between two looks at what lies about: files that no row names, messages nobody took.
const SWEEP_EVERY_SECS: i64 = 60 * 60;

/// Keeps the rooms' heartbeat. A loop of its own: what is due at the same instant may take longer than a gap.
pub fn beat_round(app: &App, from: Instant) {
    tell("heartbeat", crate::acts::bidding::heartbeat(app, from));
}

/// Settles what fell due at or after `from`.
pub fn clock_round(app: &App, from: Instant) {
    tell("due events", clock::settle_due_since(app, from));
}

/// Sends the messages of one way.
pub fn message_round(app: &App, senders: &Senders, way: Way) {
    tell("outbox", outbox::send_pending(app, senders, way));
}

/// Purges sessions, sweeps, signs heads, writes the open lots' sublog leaves. Nothing here waits for another
/// machine: leaves are due at fixed times.
pub fn slow_round(app: &App) {
    tell("sublog", checkpoint::sublog_leaves(app));
    let now = app.clock.real();
    let turn =
        |name: &str, secs: i64| app.store.write(|tx| Ok(tx.take_turn(name, "jobs", now, now.plus_secs(secs))?));
    if tell("turn", turn("purge", PURGE_EVERY_SECS)) == Some(true) {
        tell("purge", app.store.write(|tx| Ok(tx.purge_sessions(now)?)));
    }
    if tell("turn", turn("notices", NOTICES_EVERY_SECS)) == Some(true) {
        tell("notices", publication::ask_again(app));
    }
    if tell("turn", turn("sweep", SWEEP_EVERY_SECS)) == Some(true) {
        tell("sweep files", uploads::sweep(app, uploads::ORPHAN_AGE));
        tell("sweep messages", outbox::clear_folder(app));
    }
    if tell("turn", turn("tree-head", HEAD_EVERY_MINUTES * 60)) == Some(true) {
        tell("tree head", checkpoint::sign_head(app));
    }
}

fn tell<T>(what: &str, outcome: Result<T, Stop>) -> Option<T> {
    match outcome {
        Ok(value) => Some(value),
        Err(Stop::Refused(refusal)) => {
            tracing::warn!(what, %refusal, "job refused");
            None
        }
        Err(Stop::Fault(fault)) => {
            tracing::error!(what, %fault, "job failed");
            None
        }
    }
}
