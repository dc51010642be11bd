//! Lots brought to their rooms by the acts themselves, without a browser: for tests of what stands
//! below the pages. Business time is moved by hand.

mod answers;
pub mod people;
mod things;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use nongquan::acts::bidding::{self, Accepted, BidAnswer, BidOrder, Wanted};
use nongquan::acts::parties;
use nongquan::acts::qualification::{self, Choice, Found};
use nongquan::acts::review::Acceptance;
use nongquan::acts::scheduling::{self, Plan};
use nongquan::acts::staff::{self, NewStaff};
use nongquan::acts::{application, bank, clock, frozen, intake, publication, refunds, review};
use nongquan::clock::{Clock, HandClock};
use nongquan::context::{App, new_id};
use nongquan::crypto::receipt::SignedReceipt;
use nongquan::domain::actor::{Actor, Role};
use nongquan::domain::auction;
use nongquan::domain::base::ids::LotId;
use nongquan::domain::base::{Fen, Instant};
use nongquan::domain::category::Department;
use nongquan::domain::listing::Topic;
use nongquan::domain::lot::Lot;
use nongquan::domain::lot::intake::{FirstDecision, ReviewDecision};
use nongquan::files::Received;
use nongquan::store::refunds::StoredOrder;
use nongquan::store::{applications, bids, lots, rooms};

use self::answers::{HEAD, PAPERS, POND, body};
use self::people::{collective, enrol, person};
pub use self::things::{code, in_order, paper, sent_code};
use super::people::{PASSWORD, TOWNSHIP, VILLAGE, actor, hire};

/// The people of a market.
pub struct Market {
    /// The administrator.
    pub admin: Actor,
    /// Staff by role.
    pub staff: BTreeMap<&'static str, Actor>,
    departments: BTreeMap<&'static str, Actor>,
    /// Who lists.
    pub collective: Actor,
    /// Who may bid; the first is a member of the collective with a priority right.
    pub bidders: Vec<Actor>,
    clock: Arc<HandClock>,
}

/// A lot whose room is open.
#[derive(Clone, Debug)]
pub struct Open {
    /// The lot.
    pub lot: LotId,
    /// Its number.
    pub lot_no: String,
}

impl Market {
    /// Sets the exchange up with every post, a collective and so many bidders, all verified.
    pub fn open(app: &App, clock: &Arc<HandClock>, bidders: usize) -> Market {
        let code = staff::make_setup_code(app).expect("nobody is there yet");
        let first = NewStaff { account: "admin".into(), name: "周工".into(), address: "13874600001".into() };
        staff::redeem_setup_code(app, &code, &first, PASSWORD).expect("the first administrator");
        let admin = actor(app, "admin");
        let mut staff = BTreeMap::new();
        for role in [
            Role::TownshipClerk,
            Role::Acceptance,
            Role::Review,
            Role::Publication,
            Role::Qualification,
            Role::Bidding,
            Role::Finance,
            Role::Director,
        ] {
            let login = role.code().replace('_', "-");
            let scope = if role == Role::TownshipClerk { TOWNSHIP } else { "" };
            hire(app, &admin, &login, role, scope);
            staff.insert(role.code(), actor(app, &login));
        }
        let mut departments = BTreeMap::new();
        for department in [Department::Water, Department::Agriculture] {
            let login = format!("desk-{}", department.name());
            hire(app, &admin, &login, Role::Department, department.name());
            departments.insert(department.name(), actor(app, &login));
        }
        let clerk = &staff[Role::Acceptance.code()];
        let collective = enrol(app, clerk, &collective());
        let bidders = (0..bidders).map(|n| enrol(app, clerk, &person(n))).collect();
        Market { admin, staff, departments, collective, bidders, clock: Arc::clone(clock) }
    }

    /// The one who holds a post.
    pub fn post(&self, role: Role) -> &Actor {
        &self.staff[role.code()]
    }

    /// Moves business time.
    pub fn to(&self, at: Instant) {
        self.clock.set(at);
    }

    /// Moves business time on by seconds.
    pub fn later(&self, seconds: i64) {
        self.clock.set(self.clock.now().plus_secs(seconds));
    }

    /// Another who holds the same post.
    pub fn second(&self, app: &App, role: Role) -> Actor {
        self.another(app, role, "2")
    }

    /// A third of the finance post: who checks what two others made.
    pub fn third_of_finance(&self, app: &App) -> Actor {
        self.another(app, Role::Finance, "3")
    }

    fn another(&self, app: &App, role: Role, number: &str) -> Actor {
        let login = format!("{}-{number}", role.code().replace('_', "-"));
        let scope = if role == Role::TownshipClerk { TOWNSHIP } else { "" };
        hire(app, &self.admin, &login, role, scope);
        actor(app, &login)
    }

    /// A bank statement in which this order is paid.
    pub fn paid_out(&self, app: &App, order: &StoredOrder) -> String {
        let payee = refunds::order(app, order).expect("an order").payee;
        let own = app.config.county.settlement.as_ref().expect("the settlement account");
        let at = self.clock.now().plus_mins(-10).china().format("%Y-%m-%d %H:%M:%S").to_string();
        let (serial, sum) = (new_id().simple().to_string(), order.amount.decimal());
        let row = format!(
            "S{serial},{at},支出,{},{},,{},{},{},{sum},,{}",
            own.name, own.number, payee.name, payee.account, payee.bank, order.number
        );
        format!("{HEAD}\n{row}")
    }

    /// A lot from the draft to the published notice.
    pub fn listed(&self, app: &App) -> LotId {
        let lot = self.confirmed(app);
        publication::publish(app, self.post(Role::Publication), lot, None).expect("published");
        lot
    }

    /// The transferor confirms the notice as it stands.
    pub fn confirm_notice(&self, app: &App, lot: LotId) {
        let read = lot_of(app, lot);
        let notice = app.store.read(|db| Ok(publication::notice_of(app, db, &read))).expect("the notice");
        let (_, hash) = notice.expect("a notice");
        let code = code(app, &self.collective, publication::CONFIRM, &hash);
        publication::confirm(app, &self.collective, lot, &hash, PASSWORD, &code).expect("confirmed");
    }

    /// A lot from the draft to the notice that its transferor confirmed.
    pub fn confirmed(&self, app: &App) -> LotId {
        let lot = self.first_reviewed(app);
        review::accept(app, self.post(Role::Acceptance), lot, Acceptance::Accept).expect("acceptance");
        let must = review::must_consult(
            app.market.catalog.get(lot_of(app, lot).variety).expect("a variety"),
            &lot_of(app, lot),
        );
        if !must.is_empty() {
            review::consult(app, self.post(Role::Review), lot, must.clone()).expect("asked");
        }
        for department in must {
            let desk = &self.departments[department.name()];
            review::opine(app, desk, lot, department, true, "没有不同意见。").expect("answered");
        }
        let approve = ReviewDecision::Approve { opinion: "材料符合要求，同意挂牌。".to_owned() };
        review::review(app, self.post(Role::Review), lot, approve).unwrap_or_else(|stop| panic!("review: {stop:?}"));
        self.confirm_notice(app, lot);
        lot
    }

    /// A lot that the station has passed on.
    pub fn first_reviewed(&self, app: &App) -> LotId {
        let lot = self.submitted(app);
        let pass =
            FirstDecision::Pass { opinion: "已到现场核实，同意上报。".to_owned(), township: String::new() };
        review::first_review(app, self.post(Role::TownshipClerk), lot, pass).expect("first review");
        lot
    }

    /// A lot that is handed in to the station.
    pub fn submitted(&self, app: &App) -> LotId {
        let place = app.market.divisions.place_named("塔峰镇", Some(VILLAGE)).expect("the village");
        let variety = "0501".parse().expect("the pond's code");
        let who = &self.collective;
        let lot = intake::start(app, who, &intake::Start { variety, place, behalf: None }).expect("a draft");
        for topic in Topic::ALL {
            let own = POND.iter().filter(|(name, _)| name.starts_with(topic.letter()));
            let typed = own.map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
            intake::save(app, who, lot, *topic, &typed, &BTreeSet::new()).expect("saved");
        }
        let papers: Vec<(String, Received)> = PAPERS.iter().map(|key| ((*key).to_owned(), paper(app, key))).collect();
        intake::add_papers(app, who, lot, &papers).expect("papers");
        intake::submit(app, who, lot).unwrap_or_else(|stop| panic!("submission: {stop:?}"));
        lot
    }

    /// These bidders apply.
    pub fn applied(&self, app: &App, lot: LotId, bidders: &[Actor]) {
        let read = lot_of(app, lot);
        let variety = app.store.read(|db| frozen::variety(app, db, &read)).expect("its variety");
        for (n, bidder) in bidders.iter().enumerate() {
            let body = body(bidder.account == self.bidders[0].account);
            application::save(app, bidder, lot, body.clone()).unwrap_or_else(|stop| panic!("{n}: {stop:?}"));
            for (rule, must) in application::papers(&variety, &body, false) {
                if must {
                    application::attach(app, bidder, lot, &rule.key, &paper(app, &rule.key)).expect("a paper");
                }
            }
            application::submit(app, bidder, lot).unwrap_or_else(|stop| panic!("{n}: {stop:?}"));
        }
    }

    /// These bidders apply, pay and are qualified.
    pub fn qualified(&self, app: &App, lot: LotId, bidders: &[Actor]) {
        self.applied(app, lot, bidders);
        let statement = self.deposits(app, lot, bidders);
        let done = bank::import(app, self.post(Role::Finance), "流水.csv", statement.as_bytes()).expect("imported");
        assert_eq!(done.matched, bidders.len(), "every deposit finds its application");
        let reviewer = self.post(Role::Qualification);
        for _ in bidders {
            let id = qualification::take_next(app, reviewer).expect("a turn").expect("an application");
            let (a, _, _) = qualification::assigned(app, reviewer, id).expect("assigned");
            let found = Found {
                decision: Choice::Qualify,
                member: a.body.answers.member == Some(true),
                priority: a.body.priority.is_some(),
                reason: String::new(),
                looked_up: in_order(app.clock.now().day()),
            };
            qualification::decide(app, reviewer, id, &found).unwrap_or_else(|stop| panic!("decision: {stop:?}"));
        }
    }

    /// A bank statement with the deposit of each of these bidders.
    pub fn deposits(&self, app: &App, lot: LotId, bidders: &[Actor]) -> String {
        let now = self.clock.now();
        let deposit = lot_of(app, lot).terms().expect("terms").deposit;
        let mut rows = vec![HEAD.to_owned()];
        for bidder in bidders {
            let party = bidder.party.expect("a party");
            let a = app.store.read(|db| applications::of_party(db, lot, party)).expect("read").expect("applied");
            let own = app.store.read(|db| nongquan::store::parties::find(db, party)).expect("read").expect("a party");
            let own = parties::bank_account(app, &own).expect("an account");
            rows.push(format!(
                "S{},{},收入,{},{},{},,,,{},{},保证金",
                new_id().simple(),
                now.plus_mins(-10).china().format("%Y-%m-%d %H:%M:%S"),
                own.name,
                own.account,
                own.bank,
                deposit.decimal(),
                a.sub_account
            ));
        }
        rows.join("\n")
    }

    /// The listing closes, the list is frozen, everybody agrees, the session is set; gives its start.
    pub fn scheduled(&self, app: &App, lot: LotId, bidders: &[Actor]) -> Instant {
        let closes = lot_of(app, lot).listing.expect("a listing").closes;
        self.to(closes.plus_secs(1));
        clock::settle_lot(app, lot, self.clock.now()).expect("closed");
        qualification::freeze(app, self.post(Role::Qualification), lot).unwrap_or_else(|s| panic!("freeze: {s:?}"));
        for bidder in bidders {
            application::agree(app, bidder, lot).expect("agreed");
        }
        let plan = self.plan(app, lot);
        scheduling::schedule(app, self.post(Role::Bidding), lot, plan).unwrap_or_else(|s| panic!("plan: {s:?}"));
        plan.starts
    }

    /// The session that the form proposes now.
    pub fn plan(&self, app: &App, lot: LotId) -> Plan {
        let rules = app.store.read(|db| frozen::rules(app, db, lot)).expect("the rules of the notice");
        scheduling::default_plan(app, &rules, self.clock.now()).expect("a plan")
    }

    /// So many lots whose rooms are open, with all bidders in each.
    pub fn rooms(&self, app: &App, count: usize) -> Vec<Open> {
        let ids: Vec<LotId> = (0..count).map(|_| self.listed(app)).collect();
        for lot in &ids {
            self.qualified(app, *lot, &self.bidders);
        }
        let starts = ids.iter().map(|lot| self.scheduled(app, *lot, &self.bidders)).max().expect("a lot");
        self.to(starts);
        ids.into_iter()
            .map(|lot| {
                clock::settle_lot(app, lot, starts).expect("opened");
                Open { lot, lot_no: lot_of(app, lot).lot_no.expect("a number") }
            })
            .collect()
    }

    /// The bidders raise in turn, so many bids, a second apart; the receipts.
    pub fn bid_in_turn(&self, app: &App, room: &Open, bids: usize) -> Vec<Accepted> {
        (0..bids)
            .map(|n| {
                self.later(1);
                let bidder = &self.bidders[n % self.bidders.len()];
                raise(app, bidder, room, self.clock.now()).unwrap_or_else(|why| panic!("bid {n}: {why}"))
            })
            .collect()
    }

    /// A raise war through both phases, a match at the same price by the one with the priority, the
    /// close.
    pub fn sell(&self, app: &App, room: &Open) {
        self.bid_in_turn(app, room, 4);
        let ends = room_of(app, room).deadline().expect("the free phase");
        self.to(ends.plus_secs(5));
        clock::settle_lot(app, room.lot, self.clock.now()).expect("limited");
        for bidder in [0, 1] {
            self.later(5);
            raise(app, &self.bidders[bidder], room, self.clock.now()).expect("a bid in the limited phase");
        }
        self.later(5);
        let price = room_of(app, room).best_price().expect("a price").decimal();
        let wanted = Wanted::Match(price);
        place(app, &self.bidders[0], room, wanted, &new_id().to_string(), self.clock.now()).expect("a match");
        self.close(app, room);
    }

    /// The newest receipt of a room.
    pub fn last_receipt(&self, app: &App, room: &Open) -> SignedReceipt {
        let id = lot_of(app, room.lot).session.expect("a session").room;
        let bids = app.store.read(|db| bids::of_room(db, id)).expect("read");
        serde_json::from_str(&bids.last().expect("a bid").receipt).expect("a receipt")
    }

    /// The clock runs a room to its end.
    pub fn close(&self, app: &App, room: &Open) {
        while let Some(deadline) = room_of(app, room).deadline() {
            self.to(deadline.plus_secs(3));
            clock::settle_lot(app, room.lot, self.clock.now()).expect("settled");
        }
    }
}

/// A bid at the least price that counts now.
pub fn raise(app: &App, bidder: &Actor, room: &Open, at: Instant) -> Result<Accepted, String> {
    let next = auction::next_amounts(&room_of(app, room));
    let price: Fen = *next.choices.first().ok_or("no next price")?;
    place(app, bidder, room, Wanted::Raise(price.decimal()), &new_id().to_string(), at)
}

/// Places one bid.
pub fn place(
    app: &App,
    bidder: &Actor,
    room: &Open,
    wanted: Wanted,
    key: &str,
    at: Instant,
) -> Result<Accepted, String> {
    let order = BidOrder {
        wanted,
        seen_seq: None,
        confirmed_big: true,
        idempotency_key: key.to_owned(),
        received: at,
        address: bidder.account.to_string(),
    };
    match bidding::place(app, bidder, &room.lot_no, &order) {
        Ok(BidAnswer::Accepted(accepted)) => Ok(*accepted),
        Ok(BidAnswer::Refused(refusal)) => Err(refusal.code().to_owned()),
        Err(stop) => Err(format!("{stop:?}")),
    }
}

/// The lot as it stands.
pub fn lot_of(app: &App, lot: LotId) -> Lot {
    app.store.read(|db| lots::find(db, lot)).expect("read").expect("the lot").lot
}

/// The room as it stands.
pub fn room_of(app: &App, room: &Open) -> auction::Room {
    let id = lot_of(app, room.lot).session.expect("a session").room;
    app.store.read(|db| rooms::find(db, id)).expect("read").expect("the room").room
}
