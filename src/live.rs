//! Live updates: watchers of a lot wait on a channel that carries its newest revision, latest
//! state wins. The hub holds no state of record; whoever misses a signal reads the database.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

use crate::domain::base::ids::LotId;

/// The channels of this process.
#[derive(Default)]
pub struct Hub {
    lots: Mutex<HashMap<LotId, watch::Sender<u64>>>,
}

impl Hub {
    /// A receiver that wakes whenever the lot changes.
    pub fn subscribe(&self, lot: LotId) -> watch::Receiver<u64> {
        let mut lots = self.lots.lock().unwrap_or_else(PoisonError::into_inner);
        lots.entry(lot).or_insert_with(|| watch::channel(0).0).subscribe()
    }

    /// Tells the watchers of a lot that it changed. Channels nobody listens to are dropped.
    pub fn changed(&self, lot: LotId) {
        let mut lots = self.lots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = lots.get(&lot) {
            if sender.receiver_count() == 0 {
                lots.remove(&lot);
            } else {
                sender.send_modify(|n| *n += 1);
            }
        }
    }
}
