//! The bid lane of this process: bids of one lot are decided in the order of their stamps, and
//! nothing closes a room while a bid stamped before the deadline is still on its way.
//!
//! **Invariant**: the lane gives order, not correctness. Every bid claims its room in the
//! database, so several processes may take bids for one lot.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::domain::base::Instant;

/// Journalled refusals of one bidder in one lot and minute.
pub const REFUSALS_A_MINUTE: u32 = 20;
/// Beyond so many remembered bidders old minutes are forgotten.
const REMEMBERED: usize = 10_000;

/// The lane.
#[derive(Default)]
pub struct Lane {
    inner: Mutex<Inner>,
    freed: Condvar,
}

#[derive(Default)]
struct Inner {
    /// Each lot's bids by stamp, and whether they stand in line: others wait for those alone.
    on_the_way: HashMap<String, BTreeMap<(Instant, u64), bool>>,
    tickets: u64,
    refusals: HashMap<(String, u16), (i64, u32)>,
}

/// A bid's place in the lane; leaving it makes room for the next.
pub struct Ticket {
    lane: Arc<Lane>,
    lot_no: String,
    place: (Instant, u64),
}

impl Lane {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place for a bid that entered the server at this instant. It holds the close back; it stands in the
    /// others' way only once it stands in line, so that nobody waits for a request that never comes to its end.
    pub fn enter(self: &Arc<Lane>, lot_no: &str, received: Instant) -> Ticket {
        let mut inner = self.lock();
        inner.tickets += 1;
        let place = (received, inner.tickets);
        inner.on_the_way.entry(lot_no.to_owned()).or_default().insert(place, false);
        Ticket { lane: Arc::clone(self), lot_no: lot_no.to_owned(), place }
    }

    /// The earliest stamp among the lot's bids that are still on their way here.
    pub fn earliest(&self, lot_no: &str) -> Option<Instant> {
        self.lock().on_the_way.get(lot_no).and_then(|places| places.keys().next()).map(|(at, _)| *at)
    }

    /// Counts a refusal; false when this bidder's refusals fill the journal already.
    pub fn may_note_refusal(&self, lot_no: &str, bidder: u16, now: Instant) -> bool {
        let minute = now.micros() / 60_000_000;
        let mut inner = self.lock();
        if inner.refusals.len() > REMEMBERED {
            inner.refusals.retain(|_, (at, _)| *at == minute);
        }
        let count = inner.refusals.entry((lot_no.to_owned(), bidder)).or_insert((minute, 0));
        if count.0 != minute {
            *count = (minute, 0);
        }
        count.1 += 1;
        count.1 <= REFUSALS_A_MINUTE
    }
}

impl Ticket {
    /// The bid has been read and its bidder is known: from here on later ones wait for it.
    pub fn line_up(&self) {
        if let Some(places) = self.lane.lock().on_the_way.get_mut(&self.lot_no) {
            places.insert(self.place, true);
        }
    }

    /// Stands in line until it is no earlier bid's turn, at most this long.
    pub fn wait_turn(&self, longest: Duration) {
        self.line_up();
        let blocked = |inner: &mut Inner| {
            let places = inner.on_the_way.get(&self.lot_no);
            places.is_some_and(|places| places.range(..self.place).any(|(_, in_line)| *in_line))
        };
        let inner = self.lane.lock();
        drop(self.lane.freed.wait_timeout_while(inner, longest, blocked));
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut inner = self.lane.lock();
        if let Some(places) = inner.on_the_way.get_mut(&self.lot_no) {
            places.remove(&self.place);
            if places.is_empty() {
                inner.on_the_way.remove(&self.lot_no);
            }
        }
        drop(inner);
        self.lane.freed.notify_all();
    }
}
