#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;
use uuid::Uuid;

use super::account::Account;
use super::ledger::Ledger;
use super::pauses::{PauseReason, Pauses};
use super::payee::BankParty;
use super::payout::*;
use super::postings::{self, Source};
use super::statement::{Direction, StatementLine};
use crate::base::ids::{AccountId, BankLineId, LotId, PaymentFileId, RefundId};
use crate::base::numbering::RefundNo;
use crate::base::{Day, Fen};

fn day(n: i64) -> Day {
    Day::ymd(2026, 11, 2).unwrap().plus(n)
}

fn payee() -> BankParty {
    BankParty {
        name: "王小五".to_owned(), account: "6222021234561234".to_owned(), bank: "蓝山农商银行".to_owned()
    }
}

fn order() -> PayoutOrder {
    let id = RefundId(Uuid::from_u128(5));
    let no = RefundNo::new(day(0), 1).unwrap();
    PayoutOrder::refund(id, no, PayoutCause::NotWon, Fen::yuan(8000), payee(), day(3)).unwrap()
}

fn person(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(n))
}

fn file(n: u128) -> PaymentFileId {
    PaymentFileId(Uuid::from_u128(n))
}

fn line_id(n: u128) -> BankLineId {
    BankLineId(Uuid::from_u128(n))
}

fn outgoing() -> StatementLine {
    StatementLine {
        row: 2,
        serial: "B1".to_owned(),
        booked: day(2).at(10, 0),
        direction: Direction::Out,
        amount: Fen::yuan(8000),
        party: payee(),
        own_account: "88001".to_owned(),
        remark: String::new(),
    }
}

/// A book in which the order's money is owed.
fn book() -> Ledger {
    let mut ledger = Ledger::default();
    ledger.post(postings::suspense_received(line_id(1), Fen::yuan(8000)).unwrap()).unwrap();
    ledger.post(postings::suspense_returned(line_id(1), order().id, Fen::yuan(8000)).unwrap()).unwrap();
    ledger
}

#[test]
fn the_whole_way() {
    let mut ledger = book();
    let order = order().make(person(1)).unwrap().check(person(2)).unwrap();
    let (order, sent) = order.send(file(1)).unwrap();
    ledger.post(sent).unwrap();
    assert_eq!(ledger.balance(Account::PayoutInTransit(order.id)), Fen::yuan(-8000));
    let (order, done) = order.complete(line_id(2), Source::Statement, &outgoing()).unwrap();
    ledger.post(done).unwrap();
    assert_eq!(order.state, PayoutState::Done { line: line_id(2) });
    assert!(ledger.balances().all(|(_, balance)| balance == Fen::ZERO));
}

#[test]
fn s025_maker_and_checker_differ() {
    let made = order().make(person(1)).unwrap();
    assert_eq!(made.clone().check(person(1)), Err(PayoutError::SamePerson));
    assert_eq!(made.clone().send_back(person(1)), Err(PayoutError::SamePerson));
    assert_eq!(made.clone().send_back(person(2)).unwrap().state, PayoutState::Due);
    assert!(made.clone().send(file(1)).is_err(), "unchecked orders are not sent");
    assert!(order().check(person(2)).is_err(), "nothing to check before it is made");
}

#[test]
fn only_the_exact_line_completes() {
    let checked = order().make(person(1)).unwrap().check(person(2)).unwrap();
    let sent = checked.send(file(1)).unwrap().0;
    let changes: [fn(&mut StatementLine); 4] = [
        |l| l.direction = Direction::In,
        |l| l.amount = Fen::yuan(7999),
        |l| l.party.name = "王小六".to_owned(),
        |l| l.party.account = "6222021234561235".to_owned(),
    ];
    for change in changes {
        let mut line = outgoing();
        change(&mut line);
        assert_eq!(sent.clone().complete(line_id(2), Source::Statement, &line).unwrap_err(), PayoutError::LineDiffers);
    }
    assert!(order().complete(line_id(2), Source::Statement, &outgoing()).is_err(), "not before it was sent");
}

#[test]
fn a_pause_stops_the_clock_and_restarts_the_work() {
    let made = order().make(person(1)).unwrap();
    assert!(!made.is_late(day(3)));
    assert!(made.is_late(day(4)));
    let paused = made.pause(PauseReason::Objection).unwrap();
    assert!(!paused.is_late(day(40)));
    assert!(paused.clone().make(person(1)).is_err());
    let resumed = paused.resume(PauseReason::Objection, day(43)).unwrap();
    assert_eq!((resumed.due, resumed.state), (day(43), PayoutState::Due));
    let sent = order().make(person(1)).unwrap().check(person(2)).unwrap().send(file(1)).unwrap().0;
    assert!(sent.pause(PauseReason::Inquiry).is_err(), "what the bank has cannot be paused");
}

#[test]
fn an_order_waits_until_its_last_reason_ends() {
    for first in PauseReason::ALL {
        let paused = order().pause(*first).unwrap();
        assert_eq!(paused.clone().pause(*first), Err(PayoutError::AlreadyPaused(first.zh())));
        for second in PauseReason::ALL.iter().filter(|r| *r != first) {
            assert_eq!(paused.clone().resume(*second, day(9)), Err(PayoutError::NotPausedFor(second.zh())));
            let both = paused.clone().pause(*second).unwrap();
            let PayoutState::Paused { reasons } = both.state else { panic!("{both:?}") };
            assert_eq!(Pauses::parse(&reasons.stored()), Some(reasons), "as it is stored");
            assert!(reasons.zh().contains(first.zh()) && reasons.zh().contains(second.zh()));
            let one = both.resume(*first, day(9)).unwrap();
            assert_eq!(
                (one.due, one.state),
                (order().due, PayoutState::Paused { reasons: Pauses::NONE.with(*second) })
            );
            let on = one.resume(*second, day(9)).unwrap();
            assert_eq!((on.due, on.state), (day(9), PayoutState::Due));
        }
    }
    assert_eq!(order().resume(PauseReason::Inquiry, day(9)), Err(PayoutError::WrongState("待制单")));
    assert_eq!((Pauses::parse(""), Pauses::parse("whim")), (Some(Pauses::NONE), None));
}

#[test]
fn rejected_and_returned_payments_are_owed_again() {
    let mut ledger = book();
    let (sent, entry) = order().make(person(1)).unwrap().check(person(2)).unwrap().send(file(1)).unwrap();
    ledger.post(entry).unwrap();
    assert!(sent.clone().rejected(person(2), day(9)).is_err(), "nobody reported it");
    let reported = sent.report(person(1)).unwrap();
    assert_eq!(reported.clone().rejected(person(1), day(9)).unwrap_err(), PayoutError::SamePerson);
    assert_eq!(reported.clone().drop_report().unwrap().state, PayoutState::Sent { file: file(1) });
    let (due, entry) = reported.rejected(person(2), day(9)).unwrap();
    ledger.post(entry).unwrap();
    assert_eq!(ledger.balance(Account::RefundPayable(due.id)), Fen::yuan(-8000));
    let (sent, entry) = due.make(person(2)).unwrap().check(person(1)).unwrap().send(file(2)).unwrap();
    ledger.post(entry).unwrap();
    let (done, entry) = sent.complete(line_id(2), Source::Statement, &outgoing()).unwrap();
    ledger.post(entry).unwrap();
    let (due, entry) = done.returned(line_id(3), Source::Statement, day(12)).unwrap();
    ledger.post(entry).unwrap();
    assert_eq!(ledger.balance(Account::RefundPayable(due.id)), Fen::yuan(-8000));
    assert_eq!(ledger.balance(Account::BankSettlement), Fen::yuan(8000));
    assert_eq!(ledger.trial_balance(), Fen::ZERO);
}

#[test]
fn an_unexplained_payment_can_be_explained_later() {
    let mut ledger = book();
    let (sent, entry) = order().make(person(1)).unwrap().check(person(2)).unwrap().send(file(1)).unwrap();
    ledger.post(entry).unwrap();
    ledger.post(postings::unexplained_paid(line_id(2), Fen::yuan(8000)).unwrap()).unwrap();
    assert_eq!(ledger.balance(Account::Unexplained(line_id(2))), Fen::yuan(8000));
    let (_, entry) = sent.complete(line_id(2), Source::Suspense, &outgoing()).unwrap();
    ledger.post(entry).unwrap();
    assert!(ledger.balances().all(|(_, balance)| balance == Fen::ZERO));
}

#[test]
fn the_line_of_a_payment_held_for_lost_still_ends_the_order() {
    let mut ledger = book();
    let (sent, entry) = order().make(person(1)).unwrap().check(person(2)).unwrap().send(file(1)).unwrap();
    ledger.post(entry).unwrap();
    let (due, entry) = sent.report(person(1)).unwrap().rejected(person(2), day(9)).unwrap();
    ledger.post(entry).unwrap();
    for step in [due.clone(), due.clone().make(person(1)).unwrap(), due.pause(PauseReason::Inquiry).unwrap()] {
        let mut book = ledger.clone();
        let (done, entry) = step.complete(line_id(2), Source::Statement, &outgoing()).unwrap();
        book.post(entry).unwrap();
        assert_eq!(done.state, PayoutState::Done { line: line_id(2) });
        assert!(done.make(person(1)).is_err(), "it is not paid again");
        assert!(book.balances().all(|(_, balance)| balance == Fen::ZERO));
    }
}

#[test]
fn a_release_pays_out_of_the_lot() {
    let lot = LotId(Uuid::from_u128(9));
    let id = RefundId(Uuid::from_u128(6));
    let no = RefundNo::new(day(0), 2).unwrap();
    let order = PayoutOrder::release(id, no, lot, Fen::yuan(100), payee(), day(3)).unwrap();
    let (_, entry) = order.make(person(1)).unwrap().check(person(2)).unwrap().send(file(1)).unwrap();
    assert_eq!(entry.lines()[0].0, Account::TransferorPayable(lot));
    let none = PayoutOrder::release(id, no, lot, Fen::ZERO, payee(), day(3));
    assert_eq!(none, Err(PayoutError::NoAmount));
}

proptest! {
    /// Whatever buttons are pressed, the bank pays at most once for what is owed once.
    #[test]
    fn s024_an_order_is_paid_at_most_once(steps in prop::collection::vec((0u8..9, 1u128..3), 0..40)) {
        let mut ledger = book();
        let mut order = order();
        for (n, (step, who)) in steps.into_iter().enumerate() {
            let n = n as u128 + 10;
            let at = order.clone();
            let moved = match step {
                0 => at.make(person(who)).map(|o| (o, None)),
                1 => at.check(person(who)).map(|o| (o, None)),
                2 => at.send(file(n)).map(|(o, e)| (o, Some(e))),
                3 => at.complete(line_id(n), Source::Statement, &outgoing()).map(|(o, e)| (o, Some(e))),
                4 => at.pause(PauseReason::Inquiry).map(|o| (o, None)),
                5 => at.resume(PauseReason::Inquiry, day(9)).map(|o| (o, None)),
                6 => at.report(person(who)).map(|o| (o, None)),
                7 => at.rejected(person(who), day(9)).map(|(o, e)| (o, Some(e))),
                _ => at.returned(line_id(n), Source::Statement, day(9)).map(|(o, e)| (o, Some(e))),
            };
            if let Ok((next, entry)) = moved {
                if let Some(entry) = entry {
                    prop_assert!(ledger.post(entry).is_ok());
                }
                order = next;
            }
            let paid = matches!(order.state, PayoutState::Done { .. });
            let bank = if paid { Fen::ZERO } else { Fen::yuan(8000) };
            prop_assert_eq!(ledger.balance(Account::BankSettlement), bank);
            prop_assert_eq!(ledger.trial_balance(), Fen::ZERO);
        }
    }
}

#[test]
fn a_price_follows_its_transferor_and_a_refund_goes_back() {
    let id = RefundId(Uuid::from_u128(6));
    let no = RefundNo::new(day(0), 2).unwrap();
    let lot = LotId(Uuid::from_u128(9));
    let other = BankParty { account: "6222021234569999".to_owned(), ..payee() };
    let release = || PayoutOrder::release(id, no, lot, Fen::yuan(8000), payee(), day(3)).unwrap();
    let made = || release().make(person(1)).unwrap();
    // Who prepared or checked it saw the other account.
    for order in [release(), made(), made().check(person(2)).unwrap()] {
        let order = order.readdressed(other.clone()).unwrap();
        assert_eq!((order.state, &order.payee), (PayoutState::Due, &other));
    }
    let paused = release().pause(PauseReason::Inquiry).unwrap().readdressed(other.clone()).unwrap();
    assert!(matches!(paused.state, PayoutState::Paused { .. }) && paused.payee == other);
    let (sent, _) = made().check(person(2)).unwrap().send(file(1)).unwrap();
    assert!(matches!(sent.readdressed(other.clone()), Err(PayoutError::WrongState(_))));
    assert_eq!(order().readdressed(other), Err(PayoutError::GoesBack));
}
