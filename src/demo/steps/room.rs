//! The session: scheduled, bid in, closed; or a negotiation in its place.

use super::super::paper;
use super::super::people::PASSWORD;
use super::Walk;
use crate::acts::bidding::{self, BidAnswer, BidOrder, PauseOrder, Wanted};
use crate::acts::scheduling::{self, Plan};
use crate::acts::{clock, negotiation};
use crate::domain::auction::{self, FreezeGround, Room};
use crate::domain::base::Instant;
use crate::domain::lot::{Session, Stage};
use crate::domain::refusal::Refusal;
use crate::store::{Fault, Stop, rooms};

/// Minutes of the free phase and seconds of the limited phase in the demonstration.
pub(in crate::demo) const FREE_MINUTES: i64 = 3;
/// See above.
pub(in crate::demo) const LIMITED_SECONDS: i64 = 60;

impl Walk<'_> {
    /// The session is set on 9:30 so many working days on.
    pub(in crate::demo) fn schedule(&self, working_days: u32) -> Result<(), Stop> {
        let day = self.app.market.calendar.add_working_days(self.app.clock.now().day(), working_days);
        let day = day.map_err(|e| Refusal::CalendarUnconfirmed { year: e.year })?;
        let plan = Plan { starts: day.at(9, 30), free_minutes: FREE_MINUTES, limited_seconds: LIMITED_SECONDS };
        scheduling::schedule(&self.app, self.people.get("bidding")?, self.lot, plan)
    }

    fn session(&self) -> Result<Session, Stop> {
        Ok(self.read()?.session.ok_or(Refusal::NotFound)?)
    }

    fn room(&self) -> Result<Room, Stop> {
        let id = self.session()?.room;
        let found = self.app.store.read(|db| rooms::find(db, id))?;
        Ok(found.ok_or_else(|| Fault::Inconsistent(format!("room {id} is missing")))?.room)
    }

    fn settle(&self, at: Instant) -> Result<(), Stop> {
        self.to(at)?;
        clock::settle_lot(&self.app, self.lot, at)?;
        Ok(())
    }

    /// The session opens.
    pub(in crate::demo) fn open_room(&self) -> Result<(), Stop> {
        self.settle(self.session()?.starts)
    }

    /// One raises to the least price that counts, and by so many steps more.
    fn raise(&self, bidder: usize, more: usize) -> Result<(), Stop> {
        let room = self.room()?;
        let next = auction::next_amounts(&room);
        let price = next.choices.get(more).or(next.choices.last()).copied();
        let price = price.ok_or_else(|| Fault::Inconsistent(format!("{}: no next price", self.project.key)))?;
        self.bid(bidder, Wanted::Raise(price.decimal()))
    }

    fn bid(&self, bidder: usize, wanted: Wanted) -> Result<(), Stop> {
        let actor = self.people.get(&self.project.bidders[bidder].login)?;
        let order = BidOrder {
            wanted,
            seen_seq: None,
            confirmed_big: true,
            idempotency_key: crate::context::new_id().to_string(),
            received: self.app.clock.now(),
            address: format!("demo:{}", actor.account),
        };
        match bidding::place(&self.app, actor, &self.lot_no()?, &order)? {
            BidAnswer::Accepted(_) => Ok(()),
            BidAnswer::Refused(refusal) => {
                Err(Fault::Inconsistent(format!("{}: bid refused: {}", self.project.key, refusal.zh())).into())
            }
        }
    }

    /// The bidders raise in turn through the free phase and into the limited one; the last word has the
    /// winner, by a match at the same price when he has the priority. Then the clock closes the room.
    pub(in crate::demo) fn bid_through(&self) -> Result<(), Stop> {
        let from = self.app.clock.now();
        let (winner, bidders) = (self.project.winner, self.project.in_the_room().len());
        if bidders == 1 {
            self.to(from.plus_secs(45))?;
            self.raise(0, 0)?;
            return self.close_room();
        }
        let rounds = 3 + self.seed() as usize % 4;
        for round in 0..rounds {
            // The last in the free phase is never the winner, so that the limited phase has bids.
            let bidder = (winner + rounds - round) % bidders;
            self.to(from.plus_secs(20 + 22 * i64::try_from(round).unwrap_or(0)))?;
            self.raise(bidder, round % 3)?;
        }
        let free_ends = self.room()?.deadline().ok_or(Refusal::NotFound)?;
        self.settle(free_ends.plus_secs(25))?;
        let rival = (winner + 1) % bidders;
        if self.room()?.leader() != self.number(rival)? {
            self.raise(rival, 1)?;
            self.later_secs(35)?;
        }
        if self.project.bidders[winner].priority {
            let price = self.room()?.best_price().ok_or(Refusal::NotFound)?;
            self.bid(winner, Wanted::Match(price.decimal()))?;
        } else {
            self.raise(winner, 0)?;
        }
        self.close_room()
    }

    fn number(&self, bidder: usize) -> Result<Option<auction::BidderNo>, Stop> {
        Ok(self.application(&self.project.bidders[bidder].login)?.bidder_no)
    }

    fn later_secs(&self, seconds: i64) -> Result<(), Stop> {
        self.to(self.app.clock.now().plus_secs(seconds))
    }

    /// The clock runs the room to its end.
    pub(in crate::demo) fn close_room(&self) -> Result<(), Stop> {
        loop {
            let Some(deadline) = self.room()?.deadline() else { return Ok(()) };
            self.settle(deadline.plus_secs(2))?;
        }
    }

    /// A short interruption on a printed ground, ended within minutes.
    pub(in crate::demo) fn interrupt(&self) -> Result<(), Stop> {
        let actor = self.people.get("bidding")?;
        let order = PauseOrder {
            ground: FreezeGround::NetworkFailure,
            reason: "大厅网络中断，已排除。".to_owned(),
            second: ("director".to_owned(), PASSWORD.to_owned()),
            address: String::new(),
        };
        self.later_secs(10)?;
        bidding::pause(&self.app, actor, self.lot, &order)?;
        self.later(2)?;
        let at = bidding::resume(&self.app, actor, self.lot, None)?;
        self.settle(at)
    }

    /// Whether too few came for a session, so that the only one negotiates.
    pub(in crate::demo) fn negotiates(&self) -> Result<bool, Stop> {
        Ok(self.read()?.stage == Stage::Negotiation)
    }

    /// The only bidder agrees on a price a little above the asking price.
    pub(in crate::demo) fn negotiate(&self) -> Result<(), Stop> {
        let terms = self.read()?.terms()?.clone();
        let price = terms.price + terms.step;
        let lines = [
            format!("标的：{}", terms.title),
            format!("经双方协商，成交价为{}元（{}）。", price.figures(), terms.price_unit.zh()),
            "双方签字：（演示材料）".to_owned(),
        ];
        let minutes = paper::page(&self.app, "协商记录", &lines)?;
        negotiation::record(&self.app, self.people.get("bidding")?, self.lot, price, &minutes)
    }
}
