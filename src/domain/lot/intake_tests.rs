#![allow(clippy::unwrap_used, clippy::expect_used)]
//! The consultation before a listing, and the clock of a correction.

use super::*;
use crate::lot::due::{self, Due};
use crate::lot::tests_support::{at, in_stage, rules, told};

fn asked_of(lot: Lot, departments: &[Department]) -> Lot {
    let events = consult(&lot, departments.to_vec()).expect("a consultation");
    told(lot, &events, at(3, 3, 9, 0))
}

fn answered(lot: Lot, department: Department) -> Lot {
    let events = opine(&lot, department, true, "没有不同意见").expect("an opinion");
    told(lot, &events, at(3, 4, 9, 0))
}

#[test]
fn every_department_of_the_variety_answers_before_the_approval() {
    let must = [Department::Agriculture, Department::NaturalResources, Department::Water];
    let approve = || ReviewDecision::Approve { opinion: "同意".to_owned() };
    let lot = asked_of(in_stage(Stage::Review), &must[..1]);
    let lot = answered(lot, must[0]);
    assert_eq!(lot.stage, Stage::Review);
    let refused = review(&lot, approve(), Ok(()), &must).unwrap_err();
    assert_eq!(refused.code(), "CONSULT_FIRST");
    let said = refused.to_string();
    assert!(said.contains(must[1].zh()) && said.contains(must[2].zh()) && !said.contains(must[0].zh()), "{said}");
    assert!(lot.ready(crate::lot::Act::Consult, None, &must), "the rest can be asked");
    // Nobody is asked twice; the rest is asked together.
    assert_eq!(consult(&lot, must.to_vec()).unwrap_err().code(), "CONSULTED_ALREADY");
    let lot = asked_of(lot, &must[1..]);
    assert_eq!((lot.stage, lot.opinions.len()), (Stage::Consultation, 3));
    let lot = answered(answered(lot, must[1]), must[2]);
    assert!(!lot.ready(crate::lot::Act::Consult, None, &must));
    assert_eq!(review(&lot, approve(), Ok(()), &must).map(|e| e.len()), Ok(1));
}

#[test]
fn the_township_gives_its_opinion_with_the_first_review() {
    let lot = in_stage(Stage::FirstReview);
    let pass =
        |township: &str| FirstDecision::Pass { opinion: "核实无误".to_owned(), township: township.to_owned() };
    let asked = ["灌溉受益范围"];
    let refused = first_review(&lot, pass(" "), &asked, None, &rules()).unwrap_err();
    assert!(refused.to_string().contains("灌溉受益范围"), "{refused}");
    let events = first_review(&lot, pass("同意，不影响灌溉"), &asked, None, &rules()).expect("passed");
    let lot = told(lot, &events, at(3, 3, 9, 0));
    assert_eq!(lot.opinions[0].department, Department::Township);
    assert_eq!(lot.opinions[0].answer, Some((true, "同意，不影响灌溉".to_owned())));
    // Where nothing is asked, nothing is kept.
    let none = first_review(&in_stage(Stage::FirstReview), pass("多余"), &[], None, &rules()).expect("passed");
    assert_eq!(none, [LotEvent::FirstPassed { opinion: "核实无误".into(), township: String::new() }]);
}

#[test]
fn an_unanswered_correction_goes_back_by_the_clock() {
    let lot = in_stage(Stage::FirstReview);
    let until = at(3, 17, 0, 0);
    let items = FirstDecision::Correct { items: vec!["缺照片".to_owned()] };
    let events = first_review(&lot, items, &[], Some(until), &rules()).expect("asked");
    let lot = told(lot, &events, at(3, 2, 9, 0));
    assert_eq!(due::next(&lot), Some((until, Due::ReturnUncorrected)));
    let back = return_uncorrected(&lot).expect("returned");
    let lot = told(lot, &back, until);
    assert_eq!((lot.stage, due::next(&lot)), (Stage::FirstReturned, None));
    assert!(lot.ending.expect("a reason").contains("补正期限已过"));
    assert!(return_uncorrected(&in_stage(Stage::FirstReview)).is_err(), "only a correction runs out");
}

#[test]
fn events_of_earlier_releases_read_and_write_as_they_were() {
    for text in [
        r#"{"type":"first_passed","opinion":"好"}"#,
        r#"{"type":"correction_asked","items":["缺照片"],"by_centre":false}"#,
        r#"{"type":"objected","objection":"018f0000-0000-7000-8000-000000000001","answer_due":1772726400000000}"#,
    ] {
        match serde_json::from_str::<LotEvent>(text) {
            Ok(event) => assert_eq!(serde_json::to_string(&event).expect("text"), text),
            Err(e) => panic!("{text}: {e}"),
        }
    }
}
