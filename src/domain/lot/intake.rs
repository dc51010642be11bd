//! From the draft to a lot that may be published (rulebook 2.3, T01–T07).

use super::{Lot, LotEvent, Stage, Terms};
use crate::base::Instant;
use crate::category::Department;
use crate::refusal::Refusal;
use crate::rulebook::Rules;

/// What the township decided at first review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FirstDecision {
    /// Passed, with the site facts.
    Pass {
        /// The opinion.
        opinion: String,
        /// The township's opinion on what the variety asks it; empty where it asks nothing.
        township: String,
    },
    /// Everything missing, told once.
    Correct {
        /// One line each.
        items: Vec<String>,
    },
    /// Returned with a reason.
    Reject {
        /// The reason.
        reason: String,
    },
}

/// What the centre decided on acceptance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AcceptDecision {
    /// Accepted under this number.
    Accept {
        /// Acceptance number.
        acceptance_no: String,
    },
    /// Corrections, told once.
    Correct {
        /// One line each.
        items: Vec<String>,
    },
    /// Not accepted.
    Refuse {
        /// The reason.
        reason: String,
    },
}

/// What the centre decided on substance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewDecision {
    /// Approved.
    Approve {
        /// The opinion.
        opinion: String,
    },
    /// Refused.
    Reject {
        /// The reason.
        reason: String,
    },
}

/// T01: submit. `checked` is what the eligibility rules say of these terms; a failed rule stops it.
pub fn submit(
    lot: &Lot,
    terms: Terms,
    checked: Result<(), Refusal>,
    missing_papers: &[String],
    project_no: &str,
    lot_no: &str,
) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Draft, Stage::FirstCorrection, Stage::FirstReturned, Stage::AcceptanceCorrection])?;
    checked?;
    if !missing_papers.is_empty() {
        return Err(Refusal::rule(
            "PAPERS_MISSING",
            format!("还缺少必需的材料：{}。请上传后再提交。", missing_papers.join("、")),
            "材料清单",
        ));
    }
    Ok(vec![LotEvent::Submitted {
        terms: Box::new(terms),
        project_no: project_no.to_owned(),
        lot_no: lot_no.to_owned(),
    }])
}

/// T02–T04: the township's first review. `asked` is what the variety asks the township about before the
/// listing (rulebook 7.3); `until` is when a correction that is asked for now runs out, if that can be told.
pub fn first_review(
    lot: &Lot,
    decision: FirstDecision,
    asked: &[&str],
    until: Option<Instant>,
    rules: &Rules,
) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::FirstReview])?;
    match decision {
        FirstDecision::Pass { opinion, township } => {
            let opinion = needed("opinion", &opinion, "请写明初审意见和现场核实情况")?;
            if asked.is_empty() {
                return Ok(vec![LotEvent::FirstPassed { opinion, township: String::new() }]);
            }
            let words = format!("这个品种须由乡镇对“{}”出具意见，请写明", asked.join("、"));
            let township = needed("township", &township, &words)?;
            Ok(vec![LotEvent::FirstPassed { opinion, township }])
        }
        FirstDecision::Correct { items } => correction(lot.corrections.0, items, false, until, rules),
        FirstDecision::Reject { reason } => {
            let reason = needed("reason", &reason, "退回必须写明理由，申请人有权知道为什么")?;
            Ok(vec![LotEvent::FirstRejected { reason }])
        }
    }
}

/// T05: acceptance at the centre.
pub fn accept(lot: &Lot, decision: AcceptDecision, rules: &Rules) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Acceptance])?;
    match decision {
        AcceptDecision::Accept { acceptance_no } => Ok(vec![LotEvent::Accepted { acceptance_no }]),
        AcceptDecision::Correct { items } => correction(lot.corrections.1, items, true, None, rules),
        AcceptDecision::Refuse { reason } => {
            let reason = needed("reason", &reason, "不予受理必须写明理由")?;
            Ok(vec![LotEvent::NotAccepted { reason }])
        }
    }
}

/// T04: nobody answered the township's correction request in time; the application goes back and may be
/// handed in again.
pub fn return_uncorrected(lot: &Lot) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::FirstCorrection])?;
    let reason = "补正期限已过，没有收到补正后的申请，按规定自动退回。可以修改后重新提交。";
    Ok(vec![LotEvent::FirstRejected { reason: reason.to_owned() }])
}

/// T06: ask departments for their opinion; more can be asked after the first have answered, each once.
pub fn consult(lot: &Lot, departments: Vec<Department>) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Review])?;
    if departments.is_empty() {
        return Err(Refusal::field("departments", "请至少选择一个会审部门"));
    }
    let again: Vec<&str> = departments.iter().filter(|d| lot.was_asked(**d)).map(|d| d.zh()).collect();
    if !again.is_empty() {
        let words = format!("{}已经会审过，请选择其他部门，或者直接作出审核决定。", again.join("、"));
        return Err(Refusal::rule("CONSULTED_ALREADY", words, ""));
    }
    Ok(vec![LotEvent::Consulted { departments }])
}

/// A consulted department answers.
pub fn opine(lot: &Lot, department: Department, agrees: bool, opinion: &str) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Consultation])?;
    let asked = lot.opinions.iter().find(|o| o.department == department);
    match asked {
        None => Err(Refusal::NotYours { who: "被征求意见的部门".into() }),
        Some(o) if o.answer.is_some() => Err(lot.wrong_stage()),
        Some(_) => {
            let opinion = needed("opinion", opinion, "请写明会审意见")?;
            Ok(vec![LotEvent::Opined { department, agrees, opinion }])
        }
    }
}

/// T07: the centre's decision on substance.
pub fn review(
    lot: &Lot,
    decision: ReviewDecision,
    checked: Result<(), Refusal>,
    must_consult: &[Department],
) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Review])?;
    match decision {
        ReviewDecision::Reject { reason } => {
            let reason = needed("reason", &reason, "审核不通过必须写明理由")?;
            Ok(vec![LotEvent::ReviewRejected { reason }])
        }
        ReviewDecision::Approve { opinion } => {
            checked?;
            let answered = |d: &Department| lot.opinions.iter().any(|o| o.department == *d && o.answer.is_some());
            let names: Vec<&str> = must_consult.iter().filter(|d| !answered(d)).map(|d| d.zh()).collect();
            if !names.is_empty() {
                return Err(Refusal::rule(
                    "CONSULT_FIRST",
                    format!("这个品种须先征求{}的意见，请先发起部门会审。", names.join("、")),
                    "交易品种目录",
                ));
            }
            if let Some(o) = lot.opinions.iter().find(|o| matches!(o.answer, Some((false, _)))) {
                return Err(Refusal::rule(
                    "DEPARTMENT_OBJECTS",
                    format!("{}不同意流转，不能审核通过。请退回或作出不通过决定。", o.department.zh()),
                    "部门会审意见",
                ));
            }
            let opinion = needed("opinion", &opinion, "请写明审核意见")?;
            Ok(vec![LotEvent::ReviewPassed { opinion }])
        }
    }
}

/// X10 before publication: free for the transferor.
pub fn withdraw(lot: &Lot, reason: &str) -> Result<Vec<LotEvent>, Refusal> {
    if lot.public || lot.stage.is_final() || lot.stage == Stage::Draft {
        return Err(lot.wrong_stage());
    }
    let reason = needed("reason", reason, "请写明撤回的原因")?;
    Ok(vec![LotEvent::Withdrawn { reason }])
}

impl Lot {
    /// Whether this department was asked for its opinion.
    pub fn was_asked(&self, department: Department) -> bool {
        self.opinions.iter().any(|o| o.department == department)
    }
}

fn correction(
    used: u32,
    items: Vec<String>,
    by_centre: bool,
    until: Option<Instant>,
    rules: &Rules,
) -> Result<Vec<LotEvent>, Refusal> {
    let items: Vec<String> = items.into_iter().map(|i| i.trim().to_owned()).filter(|i| !i.is_empty()).collect();
    if items.is_empty() {
        return Err(Refusal::field("items", "请一次性列出全部需要补正的内容，每行一条"));
    }
    let most = rules.review.supplement_rounds;
    if used >= most {
        return Err(Refusal::rule(
            "CORRECTED_TOO_OFTEN",
            format!("补正最多{most}次，本环节已用完。请作出通过或退回的决定。"),
            "一次性告知",
        ));
    }
    Ok(vec![LotEvent::CorrectionAsked { items, by_centre, until }])
}

pub(super) fn needed(field: &str, text: &str, message: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() { Err(Refusal::field(field, message)) } else { Ok(text.to_owned()) }
}

#[cfg(test)]
#[path = "intake_tests.rs"]
mod tests;
