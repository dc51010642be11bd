//! Reads an application form.

use crate::domain::application::{Answers, Body, Declaration};
use crate::domain::category::PriorityClass;
use crate::store::Stop;
use crate::web::typed::{Reading, Typed};

fn answer(reading: &mut Reading, typed: &Typed, field: &str) -> Option<bool> {
    match typed.text(field) {
        "yes" => Some(true),
        "no" => Some(false),
        other => {
            if !other.is_empty() {
                reading.fault(field, "请选择是或否");
            }
            None
        }
    }
}

/// The claim as chosen; what is no class of priority is told and never dropped in silence.
fn priority(reading: &mut Reading, typed: &Typed) -> Option<PriorityClass> {
    let text = typed.text("priority");
    let class = text.parse::<PriorityClass>().ok();
    if class.is_none() && !text.is_empty() {
        reading.fault("priority", "请从所列的优先权中选择，或者选择不主张");
    }
    class
}

/// What was filled in; a draft may have gaps, but no text that is too long.
pub fn body(typed: &Typed) -> Result<Body, Stop> {
    let mut reading = Reading::default();
    let body = Body {
        declarations: Declaration::ALL.iter().filter(|d| typed.ticked(d.name())).map(|d| d.name().to_owned()).collect(),
        intended_use: reading.optional(typed, "intended_use", "拟定用途", 300),
        plan: reading.optional(typed, "plan", "经营计划", 2_000),
        answers: Answers {
            member: answer(&mut reading, typed, "member"),
            ability: answer(&mut reading, typed, "ability"),
            staff_or_relative: answer(&mut reading, typed, "staff_or_relative"),
            village_official: answer(&mut reading, typed, "village_official"),
            agent: answer(&mut reading, typed, "agent"),
        },
        priority: priority(&mut reading, typed),
        priority_ground: reading.optional(typed, "priority_ground", "优先权依据", 500),
        refund_account_confirmed: typed.ticked("refund_account"),
    };
    reading.finish()?;
    Ok(body)
}
