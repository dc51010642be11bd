//! Live updates: watchers of a lot wait on a channel that carries its newest revision, latest
//! state wins. The hub holds no state of record; whoever misses a signal reads the database.

mod lane;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

pub use lane::{Lane, REFUSALS_A_MINUTE, Ticket};

use crate::domain::base::ids::LotId;

/// The channels of this process, and its bid lane.
#[derive(Default)]
pub struct Hub {
    lots: Mutex<Watched>,
    fragments: Mutex<HashMap<LotId, (String, Arc<str>)>>,
    lane: Arc<Lane>,
}

/// Who waits for news of which lot.
#[derive(Default)]
struct Watched {
    channels: HashMap<LotId, watch::Sender<u64>>,
    /// Lots for which somebody looks for what other processes change.
    looked_for: HashSet<LotId>,
}

impl Hub {
    fn watched(&self) -> MutexGuard<'_, Watched> {
        self.lots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A receiver that wakes whenever the lot changes, and whether the caller must look for changes that other
    /// processes made: nobody does yet. He asks [`Hub::looks_on`] before each look.
    pub fn subscribe(&self, lot: LotId) -> (watch::Receiver<u64>, bool) {
        let mut watched = self.watched();
        let receiver = watched.channels.entry(lot).or_insert_with(|| watch::channel(0).0).subscribe();
        (receiver, watched.looked_for.insert(lot))
    }

    /// Whether somebody still watches the lot for which the caller looks; when nobody does, his looking is over and
    /// the next watcher begins it anew.
    pub fn looks_on(&self, lot: LotId) -> bool {
        let mut watched = self.watched();
        let on = watched.channels.get(&lot).is_some_and(|s| s.receiver_count() > 0);
        if !on {
            watched.looked_for.remove(&lot);
        }
        on
    }

    /// Tells the watchers of a lot that it changed. Channels nobody listens to are dropped.
    pub fn changed(&self, lot: LotId) {
        let mut watched = self.watched();
        if let Some(sender) = watched.channels.get(&lot) {
            if sender.receiver_count() == 0 {
                watched.channels.remove(&lot);
                self.fragments.lock().unwrap_or_else(PoisonError::into_inner).remove(&lot);
            } else {
                sender.send_modify(|n| *n += 1);
            }
        }
    }

    /// The public fragment rendered for this state of the lot, when somebody has rendered it already.
    pub fn fragment(&self, lot: LotId, state: &str) -> Option<Arc<str>> {
        let all = self.fragments.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&lot).filter(|(of, _)| of == state).map(|(_, html)| Arc::clone(html))
    }

    /// Keeps a rendered fragment for the other watchers.
    pub fn keep_fragment(&self, lot: LotId, state: &str, html: &str) -> Arc<str> {
        let html: Arc<str> = Arc::from(html);
        let mut all = self.fragments.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(lot, (state.to_owned(), Arc::clone(&html)));
        html
    }

    /// The bid lane.
    pub fn lane(&self) -> &Arc<Lane> {
        &self.lane
    }
}
