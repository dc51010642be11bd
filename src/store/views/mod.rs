//! Read models: what pages show, by page.

pub mod cases;
pub mod journal;
pub mod open_data;
pub mod people;
pub mod portal;
pub mod room;
pub mod security;
pub mod work;

/// The pattern that finds a word anywhere in a text kept in small letters. Signs that mean something in
/// a pattern are left out.
pub(super) fn containing(word: &str) -> String {
    let safe: String = word.to_lowercase().chars().filter(|c| !matches!(c, '%' | '_' | '\\')).collect();
    format!("%{safe}%")
}
