//! Whatever happens in whatever order, the book sums to zero and no deposit is spent twice.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;
use uuid::Uuid;

use super::hold::{ForfeitGround, Hold};
use super::postings::{self, Source};
use super::*;
use crate::base::Fen;
use crate::base::ids::{ApplicationId, BankLineId, LotId, RefundId};

const DEPOSIT: Fen = Fen::yuan(8000);
const HOLDS: usize = 3;

#[derive(Clone, Copy, Debug)]
enum Step {
    Receive(usize, Source),
    Suspend(usize),
    ReturnSuspense(usize),
    Convert(usize, i64),
    Forfeit(usize),
    Distribute(usize, i64),
    Refund(usize),
    Pay(u128, i64, i64),
    Release(u32, i64),
    /// A second clerk works from the state as it was at the start.
    StaleRefund(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let hold = 0..HOLDS;
    let step = prop_oneof![
        hold.clone().prop_map(|h| Step::Receive(h, Source::Statement)),
        hold.clone().prop_map(|h| Step::Receive(h, Source::Suspense)),
        hold.clone().prop_map(Step::Suspend),
        hold.clone().prop_map(Step::ReturnSuspense),
        (hold.clone(), 1..2_000_000i64).prop_map(|(h, n)| Step::Convert(h, n)),
        hold.clone().prop_map(Step::Forfeit),
        (hold.clone(), 0..1_000_000i64).prop_map(|(h, n)| Step::Distribute(h, n)),
        hold.clone().prop_map(Step::Refund),
        (0u128..4, 0..100_000i64, 0..1000i64).prop_map(|(l, p, f)| Step::Pay(l, p, f)),
        (1..3u32, 1..100_000i64).prop_map(|(part, n)| Step::Release(part, n)),
        hold.prop_map(Step::StaleRefund),
    ];
    prop::collection::vec(step, 0..40)
}

struct World {
    ledger: Ledger,
    holds: Vec<Hold>,
    /// Each hold as it was when first held.
    stale: Vec<Option<Hold>>,
    spent: Vec<u32>,
}

fn lot() -> LotId {
    LotId(Uuid::from_u128(77))
}

fn line(n: usize) -> BankLineId {
    BankLineId(Uuid::from_u128(n as u128))
}

fn order(n: usize) -> RefundId {
    RefundId(Uuid::from_u128(1000 + n as u128))
}

fn payer() -> BankParty {
    BankParty { name: "王小五".to_owned(), account: "6222021234561234".to_owned(), bank: String::new() }
}

impl World {
    fn new() -> World {
        let holds = (0..HOLDS).map(|n| Hold::unpaid(ApplicationId(Uuid::from_u128(n as u128)), lot(), DEPOSIT));
        World { ledger: Ledger::default(), holds: holds.collect(), stale: vec![None; HOLDS], spent: vec![0; HOLDS] }
    }

    /// Posts all entries or none, as a transaction does; true when something new was posted.
    fn post(&mut self, entries: Vec<Entry>) -> bool {
        let before = self.ledger.clone();
        let mut new = false;
        for entry in entries {
            match self.ledger.post(entry) {
                Ok(posted) => new |= posted == Posted::New,
                Err(_) => {
                    self.ledger = before;
                    return false;
                }
            }
        }
        new
    }

    fn complete(&mut self, n: usize, hold: Hold, entries: Vec<Entry>) {
        if self.post(entries) {
            self.holds[n] = hold;
            self.spent[n] += 1;
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Receive(n, source) => {
                if let Ok((hold, entry)) = self.holds[n].clone().receive(line(n), source, DEPOSIT, payer())
                    && self.post(vec![entry])
                {
                    self.stale[n] = Some(hold.clone());
                    self.holds[n] = hold;
                }
            }
            Step::Suspend(n) => drop(self.post(vec![postings::suspense_received(line(n), DEPOSIT).unwrap()])),
            Step::ReturnSuspense(n) => {
                self.post(vec![postings::suspense_returned(line(n), order(n), DEPOSIT).unwrap()]);
            }
            Step::Convert(n, price) => {
                if let Ok((hold, entries)) = self.holds[n].clone().convert(Fen(price), order(n)) {
                    self.complete(n, hold, entries);
                }
            }
            Step::Forfeit(n) => {
                let grounds = [ForfeitGround::RefusedToPay];
                if let Ok((hold, entry)) = self.holds[n].clone().forfeit(grounds[0], &grounds) {
                    self.complete(n, hold, vec![entry]);
                }
            }
            Step::Distribute(n, fee) => {
                let application = self.holds[n].application();
                self.post(vec![postings::forfeit_distributed(application, lot(), DEPOSIT, Fen(fee)).unwrap()]);
            }
            Step::Refund(n) => {
                if let Ok((hold, entry, _)) = self.holds[n].clone().refund(order(n)) {
                    self.complete(n, hold, vec![entry]);
                }
            }
            Step::Pay(n, price, fee) => {
                let id = BankLineId(Uuid::from_u128(500 + n));
                if let Ok(entry) = postings::payment_received(id, Source::Statement, lot(), Fen(price), Fen(fee)) {
                    self.post(vec![entry]);
                }
            }
            Step::Release(part, amount) => {
                self.post(vec![postings::release_ordered(lot(), part, Fen(amount)).unwrap()]);
            }
            Step::StaleRefund(n) => {
                if let Some(old) = self.stale[n].clone() {
                    let (hold, entry, _) = old.refund(order(n)).unwrap();
                    self.complete(n, hold, vec![entry]);
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn s024_the_book_is_zero_and_no_hold_is_spent_twice(steps in steps()) {
        let mut world = World::new();
        for step in steps {
            world.step(step);
            prop_assert_eq!(world.ledger.trial_balance(), Fen::ZERO);
            for n in 0..HOLDS {
                prop_assert!(world.spent[n] <= 1);
                let held = world.ledger.balance(Account::DepositHeld(world.holds[n].application()));
                let expected = if world.holds[n].is_held() { -DEPOSIT } else { Fen::ZERO };
                prop_assert_eq!(held, expected);
            }
            for (account, balance) in world.ledger.balances() {
                prop_assert!(account == Account::BankSettlement || balance.0 <= 0, "{account} {balance}");
            }
        }
    }
}
