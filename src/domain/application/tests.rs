#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;
use uuid::Uuid;

fn ask(until: i64) -> Verdict {
    Verdict::Correct { by: Instant(until) }
}

fn reviewer() -> AccountId {
    AccountId(Uuid::from_u128(9))
}

fn draft() -> Application {
    Application {
        id: ApplicationId(Uuid::from_u128(1)),
        lot: LotId(Uuid::from_u128(2)),
        party: PartyId(Uuid::from_u128(3)),
        account: AccountId(Uuid::from_u128(4)),
        status: Status::Draft,
        body: Body::default(),
        sub_account: "8888000000000001".into(),
        reviewer: None,
        reason: String::new(),
        priority_rank: None,
        outsider: true,
        bidder_no: None,
        agreed_at: None,
        submitted_at: None,
        decided_at: None,
        created_at: Instant(0),
        correct_by: None,
    }
}

fn taken() -> Application {
    let mut a = draft().submit(Instant(1), Instant(10)).unwrap();
    a.reviewer = Some(reviewer());
    a
}

#[test]
fn the_instant_of_the_close_is_too_late() {
    assert!(draft().submit(Instant(9), Instant(10)).is_ok());
    assert_eq!(draft().submit(Instant(10), Instant(10)).unwrap_err().code(), "REGISTRATION_CLOSED");
}

#[test]
fn withdrawal_is_free_until_qualified() {
    let again = taken().withdraw().unwrap();
    assert_eq!(again.status, Status::Withdrawn);
    assert_eq!(again.edit(Body::default()).unwrap().status, Status::Draft);
    let verdict = Verdict::Qualify { outsider: false, rank: Some(1) };
    let qualified = taken().decide(verdict, "", reviewer(), Instant(2)).unwrap();
    assert_eq!(qualified.withdraw().unwrap_err().code(), "QUALIFIED_ALREADY");
}

#[test]
fn only_the_assigned_reviewer_decides_once_with_reasons() {
    let other = AccountId(Uuid::from_u128(8));
    assert_eq!(taken().decide(Verdict::Refuse, "x", other, Instant(2)), Err(Refusal::NotFound));
    assert!(taken().decide(Verdict::Refuse, " ", reviewer(), Instant(2)).is_err());
    let refused = taken().decide(Verdict::Refuse, "资信证明过期", reviewer(), Instant(2)).unwrap();
    assert!(refused.decide(ask(30), "y", reviewer(), Instant(3)).is_err());
}

#[test]
fn a_correction_comes_back_after_the_close() {
    let back = taken().decide(ask(30), "缺资信证明", reviewer(), Instant(2)).unwrap();
    assert!(back.editable() && back.undecided(Instant(20)));
    assert_eq!(back.submit(Instant(20), Instant(10)).unwrap().status, Status::Submitted);
}

#[test]
fn standing_needs_a_number_and_tells_what_is_missing() {
    assert_eq!(taken().standing(true), None);
    let mut a = taken().decide(Verdict::Qualify { outsider: true, rank: None }, "", reviewer(), Instant(2)).unwrap();
    a.bidder_no = Some(BidderNo(1234));
    let standing = a.clone().agree(Instant(3)).unwrap().standing(false).unwrap();
    assert!(standing.qualified && standing.agreed && !standing.deposit_confirmed);
}

#[test]
fn all_gaps_are_told_at_once() {
    let faults = Body::default().faults(&[]);
    assert_eq!(faults.len(), 7 + Declaration::ALL.len());
}

#[test]
fn a_correction_that_never_comes_holds_nobody() {
    let asked = taken().decide(ask(30), "缺资信证明", reviewer(), Instant(2)).unwrap();
    assert!(asked.clone().decide(Verdict::Refuse, "x", reviewer(), Instant(29)).is_err(), "he still has time");
    assert!(!asked.undecided(Instant(30)), "the instant of the limit is too late");
    assert_eq!(asked.clone().submit(Instant(30), Instant(10)).unwrap_err().code(), "CORRECTION_LATE");
    let qualify = Verdict::Qualify { outsider: true, rank: None };
    assert!(asked.clone().decide(qualify, "", reviewer(), Instant(30)).is_err(), "nothing new to confirm");
    let refused = asked.decide(Verdict::Refuse, "期满未补正", reviewer(), Instant(30)).unwrap();
    assert_eq!((refused.status, refused.correct_by), (Status::Refused, None));
}
