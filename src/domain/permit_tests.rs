#![allow(clippy::unwrap_used, clippy::expect_used)]
use std::sync::LazyLock;

use uuid::Uuid;

use super::*;
use crate::actor::{Post, Reach, Scope};
use crate::base::Day;
use crate::base::ids::{DocumentId, LotId, ProjectId};
use crate::lot::{Approval, ApprovalKind, Handover, Lot, Opinion};
use crate::market::Market;

static MARKET: LazyLock<Market> = LazyLock::new(|| Market::embedded().expect("the market loads"));

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn place() -> Place {
    MARKET.divisions.place("431127100".parse().unwrap(), Some("界头村")).unwrap()
}

fn elsewhere() -> Place {
    MARKET.divisions.place("431127102".parse().unwrap(), None).unwrap()
}

/// A pond of party 1 in 塔峰镇界头村.
fn lot(stage: Stage, public: bool) -> Lot {
    let at = Day::ymd(2026, 3, 2).unwrap().at(9, 0);
    let variety = MARKET.catalog.enabled().next().unwrap().code;
    let mut lot = Lot::draft(LotId(id(1)), ProjectId(id(1)), PartyId(id(1)), place(), variety, at);
    (lot.stage, lot.public) = (stage, public);
    lot
}

fn actor(account: u128, party: Option<u128>, role: Role, scope: Scope) -> Actor {
    Actor {
        account: AccountId(id(account)),
        name: "某人".into(),
        party: party.map(|p| PartyId(id(p))),
        verified: true,
        posts: vec![Post { role, scope }],
    }
}

fn may(act: Act, actor: &Actor, lot: &Lot) -> bool {
    let departments = lot.departments();
    permit(act, Some(actor), &lot.case(&departments)).is_ok()
}

/// The widest scope a post of this role can have over the lot, and one that misses it.
fn scopes(role: Role) -> (Scope, Option<Scope>) {
    match role.reach() {
        Reach::Own => (Scope::Own, None),
        Reach::Village => (Scope::Village(place()), Some(Scope::Village(elsewhere()))),
        Reach::Township => (Scope::Township(place().township()), Some(Scope::Township(elsewhere().township()))),
        Reach::Department => (Scope::Department(Department::Agriculture), Some(Scope::Department(Department::Water))),
        Reach::County => (Scope::County, None),
    }
}

#[test]
fn nobody_acts_outside_the_stages_of_the_table() {
    for act in Act::ALL {
        for stage in Stage::ALL {
            let lot = lot(*stage, true);
            for role in Role::ALL {
                let actor = actor(9, (*role == Role::Holder).then_some(1), *role, scopes(*role).0);
                assert!(!may(*act, &actor, &lot) || act.stages().contains(stage), "{act:?} {stage:?} {role:?}");
            }
        }
    }
}

#[test]
fn a_post_that_does_not_reach_the_place_does_nothing() {
    for role in Role::ALL {
        let Some(outside) = scopes(*role).1 else { continue };
        let actor = actor(9, None, *role, outside);
        for act in Act::ALL {
            for stage in act.stages() {
                assert!(!may(*act, &actor, &lot(*stage, true)), "{act:?} {stage:?} {role:?}");
            }
        }
    }
}

#[test]
fn strangers_do_not_learn_that_an_unpublished_lot_exists() {
    let stranger = actor(9, Some(2), Role::Holder, Scope::Own);
    for act in Act::ALL {
        for stage in act.stages() {
            let lot = lot(*stage, false);
            let departments = lot.departments();
            let case = lot.case(&departments);
            assert_eq!(permit(*act, Some(&stranger), &case), Err(Refusal::NotFound), "{act:?} {stage:?}");
            assert_eq!(permit(*act, None, &case), Err(Refusal::NotFound), "{act:?} {stage:?}");
        }
    }
}

#[test]
fn who_did_one_duty_does_not_do_the_other() {
    let mut held = 0;
    for act in Act::ALL {
        for did in act.unlike() {
            for role in act.roles() {
                for stage in act.stages() {
                    let mut lot = lot(*stage, true);
                    lot.hands.push((*did, AccountId(id(9))));
                    lot.helper = Some(AccountId(id(9)));
                    let actor = actor(9, None, *role, scopes(*role).0);
                    let departments = lot.departments();
                    let refused = permit(*act, Some(&actor), &lot.case(&departments));
                    assert!(matches!(refused, Err(Refusal::SameHand { .. })), "{act:?} after {did:?}: {refused:?}");
                    held += 1;
                }
            }
        }
    }
    assert!(held >= 10, "the table keeps duties apart");
}

/// Rulebook 1.3 keeps duties apart for one project: what somebody did on a sister lot counts as well.
#[test]
fn who_did_one_duty_on_a_lot_does_not_do_the_other_on_its_sister() {
    let reviewer = actor(9, None, Role::Publication, Scope::County);
    let lot = lot(Stage::ToPublish, false);
    let did = [(Act::Review, reviewer.account)];
    assert!(permit(Act::Publish, Some(&reviewer), &lot.case(&[])).is_ok());
    let refused = permit(Act::Publish, Some(&reviewer), &lot.case(&[]).beside(&did));
    assert!(matches!(refused, Err(Refusal::SameHand { .. })), "{refused:?}");
    let other = [(Act::Review, AccountId(id(8)))];
    assert!(permit(Act::Publish, Some(&reviewer), &lot.case(&[]).beside(&other)).is_ok());
}

/// Rulebook 1.3: each of these pairs stands in the table, whichever of the two comes second.
#[test]
fn the_pairs_of_the_rulebook_are_kept_apart() {
    let pairs = [
        (Act::Review, Act::Publish),
        (Act::Qualify, Act::Schedule),
        (Act::IssueCertificate, Act::ApproveCertificate),
        (Act::UploadSigned, Act::CheckSigned),
    ];
    for (one, other) in pairs {
        assert!(one.unlike().contains(&other) || other.unlike().contains(&one), "{one:?} and {other:?}");
    }
}

/// Being consulted is no leave to license or to register, and the other way round.
#[test]
fn a_department_does_what_was_asked_of_it_and_nothing_else() {
    let mut lot = lot(Stage::Approval, true);
    lot.opinions = vec![Opinion { department: Department::Water, answer: Some((true, "同意".into())) }];
    let of = |department| actor(9, None, Role::Department, Scope::Department(department));
    let [water, agriculture] = [Department::Water, Department::Agriculture].map(of);
    let asked = |kind| vec![Approval { kind, decision: None }];
    // The township's own approval is no matter of any department.
    lot.approvals = asked(ApprovalKind::Township);
    assert!(!may(Act::RecordApproval, &water, &lot) && !may(Act::RecordApproval, &agriculture, &lot));
    assert!(!may_read_file(&agriculture, &lot.case(&lot.departments())), "nobody asked it");
    lot.approvals = asked(ApprovalKind::CommercialCapital);
    assert!(!may(Act::RecordApproval, &water, &lot), "consulted, and not licensing");
    assert!(may(Act::RecordApproval, &agriculture, &lot));
    lot.stage = Stage::HandedOver;
    let (package, package_hash) = (DocumentId(id(7)), String::new());
    lot.handover = Some(Handover { department: Department::RuralStation, package, package_hash, answer: None });
    assert!(may(Act::Register, &of(Department::RuralStation), &lot));
    assert!(!may(Act::Register, &water, &lot) && !may(Act::Register, &agriculture, &lot), "another registers");
    lot.stage = Stage::Consultation;
    assert!(may(Act::Opine, &water, &lot) && !may(Act::Opine, &agriculture, &lot));
    assert!([&water, &agriculture].iter().all(|d| may_read_file(d, &lot.case(&lot.departments()))));
}

#[test]
fn an_officer_enters_only_under_the_letter_he_came_with() {
    let officer = actor(9, None, Role::InfoOfficer, Scope::Village(place()));
    for act in [Act::EditDraft, Act::Submit] {
        for stage in act.stages() {
            let own = lot(*stage, false);
            assert!(!may(act, &officer, &own), "{act:?} {stage:?}: the holder enters himself");
            let helped = own.entered_by(Some(officer.account));
            assert!(may(act, &officer, &helped), "{act:?} {stage:?}: the officer holds the letter");
        }
    }
    let draft = lot(Stage::Draft, false);
    assert!(!may_read_file(&officer, &draft.case(&[])), "another's draft is not the officer's to read");
    for stage in [Stage::FirstReview, Stage::Listed, Stage::Archived] {
        let other = lot(stage, stage == Stage::Listed);
        assert!(!may_read_file(&officer, &other.case(&[])), "{stage:?}: of his village, but not entered by him");
        let own = lot(stage, stage == Stage::Listed).entered_by(Some(officer.account));
        assert!(may_read_file(&officer, &own.case(&[])) && helps(&officer, &own.case(&[])));
        assert!(!may_read_papers(&officer, &own.case(&[])), "{stage:?}: no contract, no winner's papers");
    }
}

#[test]
fn who_is_not_verified_drafts_and_nothing_more() {
    let mut holder = actor(9, Some(1), Role::Holder, Scope::Own);
    holder.verified = false;
    assert!(may(Act::EditDraft, &holder, &lot(Stage::Draft, false)));
    for act in Act::ALL.iter().filter(|a| !matches!(a, Act::EditDraft | Act::Object)) {
        for stage in act.stages() {
            assert!(!may(*act, &holder, &lot(*stage, true)), "{act:?} {stage:?}");
        }
    }
}

#[test]
fn the_administrators_decide_no_case() {
    for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor] {
        let admin = actor(9, None, role, Scope::County);
        for act in Act::ALL {
            for stage in act.stages() {
                assert!(!may(*act, &admin, &lot(*stage, true)), "{role:?} {act:?}");
            }
        }
        for stage in Stage::ALL {
            assert!(!may_read_file(&admin, &lot(*stage, true).case(&[])), "{role:?} {stage:?}");
        }
    }
}

#[test]
fn the_three_administrators_hold_nothing_else() {
    let admins = Role::ALL.iter().copied().filter(|r| r.is_admin());
    for admin in admins {
        for other in Role::ALL.iter().copied().filter(|r| *r != admin) {
            assert!(may_hold(&[admin], other).is_err(), "{admin:?} and {other:?}");
            assert!(may_hold(&[other], admin).is_err(), "{other:?} and {admin:?}");
        }
    }
}

#[test]
fn posts_of_the_centre_can_be_joined() {
    assert!(may_hold(&[Role::Acceptance], Role::Archive).is_ok());
    assert!(may_hold(&[], Role::Auditor).is_ok());
    assert!(may_hold(&[Role::Holder], Role::Finance).is_err());
}
