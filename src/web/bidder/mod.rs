//! Bidders' pages: application, withdrawal, agreement to the rules, own list.

mod agreement;
mod application;
mod list;
mod read;

use super::typed::Typed;
use super::ui::Form;
use crate::domain::refusal::Refusal;

crate::routes! {
    get "/lots/{lot_no}/application" => application::page;
    post "/lots/{lot_no}/application" => application::send;
    post "/lots/{lot_no}/application/withdrawal" => application::withdraw;
    get "/lots/{lot_no}/agreement" => agreement::page;
    post "/lots/{lot_no}/agreement" => agreement::send;
    get "/desk/applications" => list::page;
}

/// A form again, with what was typed and what is wrong with it.
pub fn told(form: Form, typed: &Typed, refusal: &Refusal) -> Form {
    let typed: Vec<(&str, &str)> = typed.iter().collect();
    let form = form.fill(&typed);
    match refusal {
        Refusal::Fields { faults } => form.errors(faults.iter().map(|f| (f.field.clone(), f.message.clone()))),
        other => form.error("", other.to_string()),
    }
}
