//! A village collective lists a pond (variety 05-01) and three bidders compete for it. Every step is a
//! function that types into pages; [`Pond::reach`] brings a world to a point of the way, so that other
//! tests can start there.

pub mod bidders;
pub mod deal;
pub mod intake;
pub mod money;
pub mod people;
pub mod print;
pub mod proof;
pub mod review;
pub mod room;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use nongquan::acts::clock;
use nongquan::domain::base::{Day, Instant};
use nongquan::domain::lot::Lot;
use nongquan::store::lots;

use crate::support::{Answer, Client, Phones, World};
use people::Person;

/// Who wins the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Winner {
    /// A member of the collective, by priority match.
    Member,
    /// Somebody from outside, so that approvals stand before the contract.
    Outsider,
}

/// A point of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// All accounts are made and checked, nothing is listed.
    Peopled,
    /// The application is handed in to the township.
    Submitted,
    /// The notice is public.
    Listed,
    /// Three bidders applied, are qualified and paid.
    Applied,
    /// The list of bidders is frozen, everybody agreed to the rules.
    Frozen,
    /// The session is scheduled.
    Scheduled,
    /// The room is open and nobody has bid.
    RoomOpen,
    /// The room closed with a winner, the result is posted.
    Posted,
    /// Both signed the confirmation, and approvals are waited for where needed.
    Signed,
    /// Approvals are given where needed.
    Confirmed,
    /// The contract is made and nobody signed it.
    Made,
    /// The contract is signed and authenticated.
    Authenticated,
    /// The price is paid.
    Paid,
    /// The certificate is applied for.
    Certifying,
    /// The certificate is issued.
    Certified,
    /// Delivered, and handed over to who registers.
    HandedOver,
    /// Registered and archived.
    Archived,
    /// All money went where it belongs.
    Settled,
}

/// What brings a pond to the next point.
type Step = fn(&mut Pond, Winner);

/// A running exchange with its people and one lot on its way.
pub struct Pond {
    /// The exchange.
    pub world: World,
    /// Telephones of everybody.
    pub phones: Phones,
    people: BTreeMap<&'static str, Person>,
    /// `/cases/{id}`, once the project is started.
    pub case: String,
    /// The public number, once submitted.
    pub lot_no: String,
    serials: AtomicU32,
}

impl Pond {
    /// Brings a new world to a point of the way.
    pub fn reach(point: Point, winner: Winner) -> Pond {
        let mut pond = people::arrive();
        pond.goes(Point::Peopled, point, winner);
        pond
    }

    /// Goes on from the point that was reached to a later one.
    pub fn goes(&mut self, from: Point, to: Point, winner: Winner) {
        let steps: [(Point, Step); 17] = [
            (Point::Submitted, |pond, _| intake::apply(pond)),
            (Point::Listed, |pond, _| review::to_publication(pond)),
            (Point::Applied, |pond, _| bidders::apply_and_pay(pond)),
            (Point::Frozen, |pond, _| bidders::freeze_and_agree(pond)),
            (Point::Scheduled, |pond, _| room::schedule(pond)),
            (Point::RoomOpen, |pond, _| room::open(pond)),
            (Point::Posted, |pond, winner| room::bid_to_the_end(pond, winner)),
            (Point::Signed, |pond, winner| deal::to_confirmation(pond, winner)),
            (Point::Confirmed, |pond, winner| deal::to_approval(pond, winner)),
            (Point::Made, |pond, _| deal::make(pond)),
            (Point::Authenticated, |pond, winner| deal::to_contract(pond, winner)),
            (Point::Paid, |pond, winner| money::pay_the_price(pond, winner)),
            (Point::Certifying, |pond, winner| deal::apply_for_certificate(pond, winner)),
            (Point::Certified, |pond, winner| deal::to_certificate(pond, winner)),
            (Point::HandedOver, |pond, winner| deal::to_hand_over(pond, winner)),
            (Point::Archived, |pond, winner| deal::to_archive(pond, winner)),
            (Point::Settled, |pond, winner| money::settle_everything(pond, winner)),
        ];
        for (reaches, step) in steps {
            if from < reaches && reaches <= to {
                step(self, winner);
            }
        }
    }

    /// Somebody.
    pub fn person(&self, who: &str) -> &Person {
        self.people.get(who).unwrap_or_else(|| panic!("nobody is called {who}"))
    }

    /// Somebody's browser.
    pub fn browser(&self, who: &str) -> &Client {
        &self.person(who).browser
    }

    /// A page below the case.
    pub fn at(&self, act: &str) -> String {
        format!("{}/{act}", self.case)
    }

    /// A page below the public lot.
    pub fn public(&self, below: &str) -> String {
        format!("/lots/{}{below}", self.lot_no)
    }

    /// One act with a page of its own below the case, to which the case or the desk leads.
    pub fn act(&self, who: &str, act: &str, typed: &[(&str, &str)]) -> Answer {
        self.is_offered(who, act);
        let here = self.at(act);
        self.browser(who).does(&here, &here, typed)
    }

    /// Makes sure that somebody comes to the page of an act by clicking alone.
    pub fn is_offered(&self, who: &str, act: &str) {
        self.browser(who).finds(&[&self.case, "/desk"], &self.at(act));
    }

    /// The act by direct post, without its page.
    pub fn post(&self, who: &str, act: &str, typed: &[(&str, &str)]) -> Answer {
        let browser = self.browser(who);
        let mut fields = vec![("_csrf".to_owned(), browser.token())];
        fields.extend(typed.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
        browser.post(&self.at(act), &fields)
    }

    /// The same act with password and one-time code, read on the person's telephone.
    pub fn sign(&self, who: &str, act: &str, typed: &[(&str, &str)]) -> Answer {
        let (here, code) = (self.at(act), self.ask_code(who, act));
        let mut all = vec![("password", crate::support::people::PASSWORD), ("code", code.as_str())];
        all.extend_from_slice(typed);
        self.browser(who).does(&here, &here, &all)
    }

    /// Asks for a one-time code on the act's page and reads it on the telephone.
    pub fn ask_code(&self, who: &str, act: &str) -> String {
        self.is_offered(who, act);
        let here = self.at(act);
        let asked = self.browser(who).does(&here, "/step-up/code", &[]);
        let _ = asked.says("验证码已发送");
        self.phones.code(&self.world, &self.person(who).phone)
    }

    /// The lot as it is stored.
    pub fn lot(&self) -> Lot {
        let id = self.case.trim_start_matches("/cases/").parse().expect("a lot's id");
        self.world.app.store.read(|db| lots::find(db, id)).expect("the lot can be read").expect("the lot").lot
    }

    /// Moves the clock and lets what is due happen, as the clock's loop would.
    pub fn wait_until(&self, at: Instant) {
        self.world.clock.set(at);
        clock::settle_due(&self.world.app).expect("what is due happens");
    }

    /// Moves the clock to a time of day.
    pub fn wait_for(&self, month: u32, day: u32, hour: u32, minute: u32) {
        self.wait_until(Day::ymd(2026, month, day).expect("a day").at(hour, minute));
    }

    /// A little while passes.
    pub fn wait_secs(&self, secs: i64) {
        self.wait_until(self.now().plus_secs(secs));
    }

    /// Business time.
    pub fn now(&self) -> Instant {
        self.world.app.clock.now()
    }

    /// The next serial of the bank.
    pub fn serial(&self) -> String {
        format!("NS202603{:06}", self.serials.fetch_add(1, Ordering::Relaxed) + 1)
    }
}
