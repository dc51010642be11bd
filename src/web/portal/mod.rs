//! The public portal: anybody, without login.

mod home;
mod list;
mod lot;
pub mod parts;
mod process;
mod results;
mod rules;

crate::routes! {
    get "/" => home::page;
    get "/lots" => list::page;
    get "/lots/{lot_no}" => lot::page;
    get "/results" => results::page;
    get "/process" => process::page;
    get "/rules" => rules::page;
    get "/complaints" => process::complaints;
}
