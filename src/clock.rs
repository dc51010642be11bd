//! The two times of the exchange. Business time decides deadlines and bids; real time decides
//! logins, tokens and throttles. Only the demonstration lets them differ.

use std::sync::{Mutex, PoisonError};

use crate::domain::base::Instant;

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// Business time: what every deadline is measured by.
    fn now(&self) -> Instant;

    /// Real time: sessions, one-time codes, throttles.
    fn real(&self) -> Instant;

    /// How fast business time runs at this moment, as a multiple of real time: 1 but in a demonstration
    /// in which no room is open or near.
    fn speed(&self) -> u32 {
        1
    }

    /// Told before a room is set on this opening: the demonstration's clock must run at 1× by then.
    fn expect_room(&self, _opens: Instant) {}

    /// Whether time leaps where a hand moves it: nobody was away in between, and no gap in a heartbeat is an outage.
    fn leaps(&self) -> bool {
        false
    }
}

/// Real time from the machine, truncated to microseconds because PostgreSQL keeps no more.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
pub fn machine_now() -> Instant {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Instant::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

/// The machine's clock for both times.
#[derive(Debug, Default)]
pub struct MachineClock;

impl Clock for MachineClock {
    fn now(&self) -> Instant {
        machine_now()
    }

    fn real(&self) -> Instant {
        machine_now()
    }
}

/// How the demonstration's business time runs: fast until the barrier, then at 1×.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pace {
    real: Instant,
    business: Instant,
    speed: i64,
    barrier: Option<Instant>,
    /// A room is being set: from when on it wants calm, and until which real time that is believed
    /// without the database showing the room.
    expected: Option<(Instant, Instant)>,
}

impl Pace {
    fn at(self, real: Instant) -> Instant {
        let elapsed = (real.micros() - self.real.micros()).max(0);
        let fast = self.business.micros().saturating_add(elapsed.saturating_mul(self.speed));
        match self.barrier {
            Some(barrier) if self.business >= barrier => Instant::from_micros(self.business.micros() + elapsed),
            Some(barrier) if fast > barrier.micros() => {
                let used = (barrier.micros() - self.business.micros()) / self.speed;
                Instant::from_micros(barrier.micros() + (elapsed - used).max(0))
            }
            Some(_) | None => Instant::from_micros(fast),
        }
    }
}

impl Pace {
    /// Whether business time is at the barrier or past it.
    fn is_calm(self, real: Instant) -> bool {
        self.barrier.is_some_and(|barrier| self.at(real) >= barrier)
    }

    /// Counts from here on, with this barrier.
    fn rest(&mut self, real: Instant, barrier: Option<Instant>) {
        self.business = self.at(real);
        self.real = real;
        self.barrier = barrier;
    }
}

/// How long before a room opens the clock slows down.
const CALM_BEFORE_SECS: i64 = 120;

/// A transaction that sets a room is over after so many real seconds, one way or the other.
const SETTING_SECS: i64 = 30;

/// The demonstration's clock: business waiting runs `speed` times as fast, but from the barrier
/// (2 minutes before the next room opens, until no room is open) it runs at 1×.
pub struct DemoClock {
    pace: Mutex<Pace>,
}

impl DemoClock {
    /// Starts at this business time.
    pub fn new(start: Instant, speed: u32) -> DemoClock {
        let pace = Pace {
            real: machine_now(),
            business: start,
            speed: i64::from(speed.max(1)),
            barrier: None,
            expected: None,
        };
        DemoClock { pace: Mutex::new(pace) }
    }

    /// From this business time on the clock runs at 1×; `None` lets it run fast again.
    pub fn set_barrier(&self, barrier: Option<Instant>) {
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        pace.rest(machine_now(), barrier);
    }

    /// Sets the barrier that follows from what the database shows: `calm` is from when on its next room
    /// wants calm. A room that is being set by a transaction under way is not shown yet, and its
    /// earlier barrier stays.
    pub fn follow(&self, barrier: Instant, calm: Option<Instant>) {
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        let real = machine_now();
        pace.expected = pace.expected.filter(|(from, until)| real < *until && calm.is_none_or(|shown| shown > *from));
        let barrier = pace.expected.map_or(barrier, |(from, _)| from.min(barrier));
        pace.rest(real, Some(barrier));
    }

    /// The barrier that keeps the two minutes before this opening calm.
    pub fn calm_before(opens: Instant) -> Instant {
        opens.plus_secs(-CALM_BEFORE_SECS)
    }

    /// Moves business time to a later instant; earlier ones are ignored. For the seed.
    pub fn jump(&self, to: Instant) {
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        let real = machine_now();
        pace.business = pace.at(real).max(to);
        pace.real = real;
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Instant {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner).at(machine_now())
    }

    fn real(&self) -> Instant {
        machine_now()
    }

    fn speed(&self) -> u32 {
        let pace = *self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        if pace.is_calm(machine_now()) { 1 } else { u32::try_from(pace.speed).unwrap_or(1) }
    }

    fn expect_room(&self, opens: Instant) {
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        let calm = DemoClock::calm_before(opens);
        let from = pace.expected.map_or(calm, |(from, _)| from.min(calm));
        pace.expected = Some((from, machine_now().plus_secs(SETTING_SECS)));
        if pace.barrier.is_none_or(|barrier| calm < barrier) {
            pace.rest(machine_now(), Some(calm));
        }
    }
}

/// A clock that stands still until it is moved: for tests, and for the seed, which lives through
/// months in seconds.
pub struct HandClock {
    now: Mutex<Instant>,
    leaps: bool,
}

impl HandClock {
    /// Starts here; what lies between two instants it is set to does not exist.
    pub fn new(start: Instant) -> HandClock {
        HandClock { now: Mutex::new(start), leaps: true }
    }

    /// Starts here; what lies between two instants it is set to passes, whether the service lives through it or not.
    pub fn steady(start: Instant) -> HandClock {
        HandClock { now: Mutex::new(start), leaps: false }
    }

    /// Moves to this instant; never backwards.
    pub fn set(&self, to: Instant) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        *now = (*now).max(to);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Instant {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn real(&self) -> Instant {
        machine_now()
    }

    fn leaps(&self) -> bool {
        self.leaps
    }
}
