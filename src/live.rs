//! Live updates: watchers of a lot wait on a channel that carries its newest revision, latest
//! state wins. The hub holds no state of record; whoever misses a signal reads the database.

mod lane;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

pub use lane::{Lane, REFUSALS_A_MINUTE, Ticket};

use crate::domain::base::ids::LotId;

/// The channels of this process, and its bid lane.
#[derive(Default)]
pub struct Hub {
    lots: Mutex<HashMap<LotId, watch::Sender<u64>>>,
    fragments: Mutex<HashMap<LotId, (String, Arc<str>)>>,
    lane: Arc<Lane>,
}

impl Hub {
    fn channels(&self) -> MutexGuard<'_, HashMap<LotId, watch::Sender<u64>>> {
        self.lots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A receiver that wakes whenever the lot changes, and whether it is the first one, so that
    /// somebody must look for changes that other processes made.
    pub fn subscribe(&self, lot: LotId) -> (watch::Receiver<u64>, bool) {
        let mut lots = self.channels();
        let sender = lots.entry(lot).or_insert_with(|| watch::channel(0).0);
        let first = sender.receiver_count() == 0;
        (sender.subscribe(), first)
    }

    /// Whether anybody watches the lot.
    pub fn is_watched(&self, lot: LotId) -> bool {
        self.channels().get(&lot).is_some_and(|s| s.receiver_count() > 0)
    }

    /// Tells the watchers of a lot that it changed. Channels nobody listens to are dropped.
    pub fn changed(&self, lot: LotId) {
        let mut lots = self.channels();
        if let Some(sender) = lots.get(&lot) {
            if sender.receiver_count() == 0 {
                lots.remove(&lot);
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
