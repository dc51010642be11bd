//! The draw (抽签, method M9, rulebook 3.14): anybody can repeat it from the
//! stored inputs. Hashing comes in as a function; the domain has no cryptography.

use super::apply::apply;
use super::bidder::BidderNo;
use super::event::RoomEvent;
use super::room::{Close, Room};
use crate::base::Instant;

/// A 32-byte seed or digest.
pub type Digest = [u8; 32];

/// The seed: hash of the publication's hash, a nonce committed to beforehand,
/// and a public value fixed after registration closed.
pub fn seed(publication: &Digest, nonce: &Digest, public_value: &[u8], hash: impl Fn(&[u8]) -> Digest) -> Digest {
    hash(&[publication.as_slice(), nonce.as_slice(), public_value].concat())
}

/// All names in drawn order: sorted, repeated ones removed, then shuffled by
/// Fisher–Yates. The first is drawn first; the next ones stand by.
pub fn draw_order<T: Ord>(mut names: Vec<T>, seed: &Digest, hash: impl Fn(&[u8]) -> Digest) -> Vec<T> {
    names.sort_unstable();
    names.dedup();
    let mut figures = Figures { seed, counter: 0, hash };
    for place in 0..names.len() {
        let left = (names.len() - place) as u64;
        names.swap(place, place + figures.below(left) as usize);
    }
    names
}

/// Figures from the seed: the first eight bytes, big-endian, of hash(seed ‖ counter).
struct Figures<'a, H> {
    seed: &'a Digest,
    counter: u64,
    hash: H,
}

impl<H: Fn(&[u8]) -> Digest> Figures<'_, H> {
    fn next(&mut self) -> u64 {
        let digest = (self.hash)(&[self.seed.as_slice(), &self.counter.to_be_bytes()].concat());
        self.counter += 1;
        digest.iter().take(8).fold(0, |figure, byte| figure << 8 | u64::from(*byte))
    }

    /// Evenly below `bound` (at least 1): figures beyond the last whole multiple are passed over.
    fn below(&mut self, bound: u64) -> u64 {
        let whole = u64::MAX - u64::MAX % bound;
        // A hash that yields only such figures is broken; after 128 the bias is accepted instead of a hang.
        (0..128).map(|_| self.next()).find(|figure| *figure < whole).unwrap_or_default() % bound
    }
}

/// The holders among whom a draw decides; empty when none is due.
pub fn draw_pool(room: &Room) -> &[BidderNo] {
    match room.close() {
        Some(Close::ToDraw { pool, .. }) => pool,
        Some(Close::Won { .. } | Close::FailedNoBid | Close::FailedReserve) | None => &[],
    }
}

/// Why a draw was not recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawRefusal {
    /// The room waits for no draw.
    NotDue,
    /// The order does not name each holder exactly once.
    OtherNames,
}

impl DrawRefusal {
    /// For the person who records the draw.
    pub fn zh(self) -> &'static str {
        match self {
            DrawRefusal::NotDue => "本场竞价没有需要抽签决定的同价优先权人。（竞价规则 4.3）",
            DrawRefusal::OtherNames => "抽签名单与同价优先权人名单不一致，请核对后重新抽签。（竞价规则 3.14）",
        }
    }
}

/// Records the drawn order; its first holder wins at the final price.
pub fn conclude_draw(room: Room, now: Instant, order: Vec<BidderNo>) -> (Room, Result<RoomEvent, DrawRefusal>) {
    if draw_pool(&room).is_empty() {
        return (room, Err(DrawRefusal::NotDue));
    }
    let sorted = |names: &[BidderNo]| {
        let mut names = names.to_vec();
        names.sort_unstable();
        names
    };
    if sorted(&order) != sorted(draw_pool(&room)) {
        return (room, Err(DrawRefusal::OtherNames));
    }
    let drawn = RoomEvent::Drawn { at: now.max(room.last), order };
    (apply(room, &drawn), Ok(drawn))
}
