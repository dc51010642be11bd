//! Walks a project through the procedure until its goal, with the hours at which things happen.

use super::answers;
use super::people::People;
use super::project::{Goal, Project, Turn};
use super::steps::{self, Walk};
use crate::acts::review::Acceptance;
use crate::context::App;
use crate::domain::base::ids::LotId;
use crate::domain::base::{Day, Instant};
use crate::domain::listing;
use crate::domain::lot::Ownership;
use crate::domain::lot::intake::{FirstDecision, ReviewDecision};
use crate::domain::refusal::Refusal;
use crate::domain::rulebook::ListingQuery;
use crate::store::Stop;

/// Walks a project so that its last act lies `project.ago` working days before `until`.
pub(super) fn walk(app: &App, people: &People, project: &Project, until: Instant) -> Result<LotId, Stop> {
    let begin = first_day(app, people, project, until)?;
    let walk = Walk::begin(app, people, project, begin.at(9, 10), until)?;
    let goal = project.goal;
    if !intake(&walk, goal)? || !listing(&walk, goal)? || !result(&walk, goal)? {
        return Ok(walk.lot);
    }
    if contract(&walk, goal)? {
        closing(&walk, goal)?;
    }
    Ok(walk.lot)
}

/// The day on which the draft is begun.
fn first_day(app: &App, people: &People, project: &Project, until: Instant) -> Result<Day, Stop> {
    let variety = steps::variety(app, project)?;
    let holder = people.get(project.by)?;
    let place = steps::place_of(app, holder)?;
    let draft = answers::draft(app, project, variety, &place, holder, until.day())?;
    let terms = listing::assemble(&draft, variety, &app.market.rules).map_err(|faults| Refusal::Fields { faults })?;
    let query = ListingQuery { variety, method: terms.method, total: terms.total, publish: until.day() };
    let length = app.market.rules.listing_days(query);
    let rules = &app.market.rules.result;
    let longer = terms.ownership == Ownership::State || variety.category().number() == 12;
    let publicity = if longer { rules.publicity_state_coop_wd } else { rules.publicity_wd };
    let days = project.goal.working_days(length.working_days, publicity) + project.ago;
    let day = app.market.calendar.back_working_days(until.day(), days);
    Ok(day.map_err(|e| Refusal::CalendarUnconfirmed { year: e.year })?)
}

/// To the published notice; `false` when the goal lies before it.
fn intake(walk: &Walk<'_>, goal: Goal) -> Result<bool, Stop> {
    walk.fill_in()?;
    walk.add_papers()?;
    if goal == Goal::Draft {
        return Ok(false);
    }
    walk.on(0, 10, 30)?;
    walk.submit()?;
    if goal == Goal::FirstReview {
        return Ok(false);
    }
    walk.on(1, 10, 0)?;
    match goal {
        Goal::FirstCorrection => {
            let items = vec!["补充四至照片，现有照片看不清北边界。".to_owned(), "权属证明缺盖章页。".to_owned()];
            return walk.first_review(FirstDecision::Correct { items }).map(|()| false);
        }
        Goal::FirstReturned => {
            let reason = "标的与相邻集体界线有争议，请先调处后再申请。".to_owned();
            return walk.first_review(FirstDecision::Reject { reason }).map(|()| false);
        }
        _ => walk.first_pass()?,
    }
    if goal == Goal::Acceptance {
        return Ok(false);
    }
    walk.on(1, 9, 40)?;
    match goal {
        Goal::AcceptanceCorrection => {
            let items = vec!["流转方案没有写明租金支付时间，请补充。".to_owned()];
            return walk.accept(Acceptance::Correct(items)).map(|()| false);
        }
        Goal::NotAccepted => {
            let reason = "同一标的已在办理征收手续，不属于受理范围。".to_owned();
            return walk.accept(Acceptance::Refuse(reason)).map(|()| false);
        }
        Goal::Withdrawn => return walk.withdraw().map(|()| false),
        _ => walk.accept(Acceptance::Accept)?,
    }
    if goal == Goal::Review {
        return Ok(false);
    }
    review(walk, goal)
}

fn review(walk: &Walk<'_>, goal: Goal) -> Result<bool, Stop> {
    walk.on(0, 11, 0)?;
    let asked = walk.consult()?;
    if goal == Goal::Consultation {
        return Ok(false);
    }
    walk.on(1, 15, 0)?;
    if asked {
        walk.opine()?;
    }
    walk.on(1, 10, 20)?;
    if goal == Goal::ReviewRejected {
        let reason = "拟流转期限超过集体决议载明的期限，请重新表决后再申请。".to_owned();
        return walk.review(ReviewDecision::Reject { reason }).map(|()| false);
    }
    walk.review_pass()?;
    if goal == Goal::ToPublish {
        return Ok(false);
    }
    walk.on(1, 9, 30)?;
    walk.confirm_notice()?;
    walk.on(0, 14, 0)?;
    walk.publish()?;
    Ok(true)
}

/// From the published notice to the closed room; `false` when the goal lies before its end.
fn listing(walk: &Walk<'_>, goal: Goal) -> Result<bool, Stop> {
    let bidders = &walk.project.bidders;
    let late = match goal {
        Goal::Qualifying => 1,
        Goal::NoCompetition => bidders.len(),
        _ => 0,
    };
    if goal != Goal::NoApplicant && (goal != Goal::Listed || walk.project.ago > 2) && !bidders.is_empty() {
        walk.on(1, 9, 20)?;
        walk.apply_all()?;
        let paying = &bidders[..bidders.len() - late];
        if goal != Goal::Listed {
            walk.on(1, 10, 0)?;
            if !paying.is_empty() {
                walk.deposits(paying)?;
            }
            walk.on(0, 15, 0)?;
            // The last to come waits for the reviewer.
            let leaves = walk.project.turn == Some(Turn::BidderLeaves);
            if leaves {
                walk.leave()?;
            }
            let undecided = goal == Goal::Qualifying && walk.project.turn != Some(Turn::BidderCorrects);
            walk.qualify(bidders.len() - usize::from(undecided || leaves))?;
            if walk.project.turn == Some(Turn::StrayPayment) {
                walk.stray_payment()?;
            }
        }
    }
    if goal == Goal::Listed {
        return Ok(false);
    }
    walk.close_registration()?;
    if matches!(goal, Goal::NoApplicant | Goal::Qualifying) {
        return Ok(false);
    }
    walk.on(1, 10, 0)?;
    walk.freeze()?;
    if goal == Goal::NoCompetition {
        return Ok(false);
    }
    if walk.negotiates()? {
        if goal == Goal::Negotiation {
            return Ok(false);
        }
        walk.on(3, 15, 30)?;
        walk.negotiate()?;
        return Ok(true);
    }
    if goal == Goal::ListFrozen {
        return Ok(false);
    }
    walk.agree_all()?;
    if goal == Goal::Qualified {
        return Ok(false);
    }
    walk.on(0, 11, 0)?;
    walk.schedule(3)?;
    walk.open_room()?;
    if goal == Goal::NoBid {
        return walk.close_room().map(|()| false);
    }
    if walk.seed().is_multiple_of(5) {
        walk.interrupt()?;
    }
    walk.bid_through()?;
    Ok(true)
}

/// From the posted result to the point where a contract may be made.
fn result(walk: &Walk<'_>, goal: Goal) -> Result<bool, Stop> {
    if goal == Goal::Publicity {
        return Ok(false);
    }
    walk.on(1, 9, 50)?;
    if matches!(goal, Goal::Objection | Goal::Annulled) {
        let objection = walk.object()?;
        if goal == Goal::Annulled {
            walk.on(2, 16, 0)?;
            walk.answer(objection, true)?;
        }
        return Ok(false);
    }
    if walk.project.turn == Some(Turn::ObjectionDismissed) {
        let objection = walk.object()?;
        walk.on(1, 16, 0)?;
        walk.answer(objection, false)?;
        walk.on(1, 9, 50)?;
    }
    walk.send_orders()?;
    walk.on(1, 9, 50)?;
    walk.orders_done()?;
    walk.end_publicity()?;
    walk.on(1, 9, 15)?;
    if goal == Goal::Confirmation {
        return Ok(false);
    }
    walk.sign_confirmation()?;
    if goal == Goal::Approval {
        return Ok(false);
    }
    walk.on(4, 15, 0)?;
    if walk.waits_for_approval()? {
        walk.approve(goal != Goal::ApprovalRefused)?;
    }
    Ok(goal != Goal::ApprovalRefused)
}

/// From the contract to the paid price.
fn contract(walk: &Walk<'_>, goal: Goal) -> Result<bool, Stop> {
    walk.on(1, 9, 30)?;
    if goal == Goal::ToSign {
        return Ok(false);
    }
    walk.make_contract()?;
    if goal == Goal::ContractMade {
        return Ok(false);
    }
    walk.later(60)?;
    if walk.seed().is_multiple_of(6) {
        walk.sign_on_paper()?;
    } else {
        walk.sign_contract()?;
    }
    walk.on(0, 15, 0)?;
    walk.authenticate()?;
    if goal == Goal::AwaitingPayment {
        return Ok(false);
    }
    walk.on(1, 11, 0)?;
    walk.pay()?;
    Ok(goal != Goal::Paid)
}

/// From the certificate to the closed file.
fn closing(walk: &Walk<'_>, goal: Goal) -> Result<(), Stop> {
    walk.on(1, 9, 10)?;
    walk.apply_certificate()?;
    if goal == Goal::Certifying {
        return Ok(());
    }
    walk.on(1, 10, 0)?;
    walk.issue_certificate()?;
    if goal == Goal::Certified {
        return Ok(());
    }
    walk.on(1, 14, 0)?;
    walk.send_orders()?;
    walk.on(1, 9, 0)?;
    walk.orders_done()?;
    walk.on(0, 15, 0)?;
    walk.deliver()?;
    if goal == Goal::Delivered {
        return Ok(());
    }
    walk.on(1, 10, 0)?;
    walk.hand_over()?;
    if goal == Goal::HandedOver {
        return Ok(());
    }
    walk.on(3, 16, 0)?;
    walk.register()?;
    if goal == Goal::Registered {
        return Ok(());
    }
    walk.on(1, 10, 0)?;
    walk.archive()
}
