//! Reads an application form.

use crate::domain::application::{Answers, Body, Declaration};
use crate::domain::category::PriorityClass;
use crate::store::Stop;
use crate::web::typed::{Reading, Typed};

fn answer(typed: &Typed, field: &str) -> Option<bool> {
    match typed.text(field) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// What was filled in; a draft may have gaps, but no text that is too long.
pub fn body(typed: &Typed) -> Result<Body, Stop> {
    let mut reading = Reading::default();
    let body = Body {
        declarations: Declaration::ALL
            .iter()
            .filter(|d| typed.text(d.name()) == "yes")
            .map(|d| d.name().to_owned())
            .collect(),
        intended_use: reading.optional(typed, "intended_use", "拟定用途", 300),
        plan: reading.optional(typed, "plan", "经营计划", 2_000),
        answers: Answers {
            member: answer(typed, "member"),
            ability: answer(typed, "ability"),
            staff_or_relative: answer(typed, "staff_or_relative"),
            village_official: answer(typed, "village_official"),
            agent: answer(typed, "agent"),
        },
        priority: typed.text("priority").parse::<PriorityClass>().ok(),
        priority_ground: reading.optional(typed, "priority_ground", "优先权依据", 500),
        refund_account_confirmed: typed.text("refund_account") == "yes",
    };
    reading.finish()?;
    Ok(body)
}
