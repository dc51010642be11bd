//! What is wrong with the text of a field before any rule of the market is asked: characters that cannot
//! be seen, too much of it, no figure where a figure is asked, what is none of the choices. The form that draws a field is also what
//! checks it, so that no field of any page is left out.

use super::block::{Block, Blocks};
use super::field::Field;
use super::form::Form;
use super::kind::FieldKind;
use crate::domain::base::area::parse_quantity;
use crate::domain::base::{Day, Fen, Instant, text};
use crate::domain::refusal::FieldFault;

/// Characters of a line for which the form names no limit.
const LINE: usize = 200;
/// Characters of a longer text for which the form names no limit.
const TEXT: usize = 2_000;
/// Characters of a figure, a day or a telephone number.
const SHORT: usize = 64;
/// Characters of a one-time code, with blanks between its figures; the template says so too.
const CODE: usize = 8;
/// What a password must be is judged where it is used; this only bounds the work.
const SECRET: usize = 1_000;
/// Words that a search looks for at once.
const WORDS: usize = 5;
/// Characters of one of them.
const WORD: usize = 40;

/// The words of a search. What cannot all be looked for is told and not looked for at all: a list by half of the
/// words would be another list than the one asked for.
///
/// # Errors
/// What is wrong with them, for people.
pub fn search_words(typed: &str) -> Result<Vec<String>, String> {
    text::check_chars(typed.trim(), false).map_err(text::TextError::zh)?;
    let words: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
    if words.len() > WORDS {
        return Err(format!("最多同时查{WORDS}个词，请减少。"));
    }
    if words.iter().any(|word| word.chars().count() > WORD) {
        return Err(format!("每个词最多{WORD}个字，请缩短。"));
    }
    Ok(words)
}

/// A day and a time to the minute, as browsers send it (`2026-11-22T09:30`); also with a blank.
pub fn parse_moment(typed: &str) -> Option<Instant> {
    let half: String = typed.trim().chars().map(crate::domain::base::money::half_width).collect();
    let (day, time) = half.split_once(['T', ' '])?;
    let mut parts = time.trim().split(':');
    let (hour, minute) = (parts.next()?.parse::<u32>().ok()?, parts.next()?.parse::<u32>().ok()?);
    let rest = parts.next();
    let whole = rest.is_none_or(|s| s.split('.').all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit())));
    (hour < 24 && minute < 60 && whole && parts.next().is_none()).then_some(())?;
    Some(Day::parse(day)?.at(hour, minute))
}

impl Field {
    /// What is wrong with a value, if anything; an empty one is for the act to judge.
    fn fault(&self, typed: &str) -> Option<String> {
        let message = self.wrong(typed)?;
        // The words beside a box that is ticked are a sentence of their own.
        Some(if self.kind == FieldKind::Agree { message } else { format!("{}：{message}", self.label) })
    }

    fn wrong(&self, typed: &str) -> Option<String> {
        let (most, lines) = match &self.kind {
            FieldKind::Text | FieldKind::Select(_) | FieldKind::Radio(_) | FieldKind::Checkboxes(_) => (LINE, false),
            FieldKind::Textarea(_) => (TEXT, true),
            FieldKind::Password(_) => (SECRET, false),
            FieldKind::Tel
            | FieldKind::Number(_)
            | FieldKind::Money(_)
            | FieldKind::Area
            | FieldKind::Date
            | FieldKind::DateTime
            | FieldKind::Agree => (SHORT, false),
            FieldKind::Code => (CODE, false),
            FieldKind::File { .. } | FieldKind::Hidden | FieldKind::Static => return None,
        };
        // A secret may hold whatever its owner likes.
        if !matches!(self.kind, FieldKind::Password(_)) {
            // A table pasted from elsewhere brings tabs; they mean a blank.
            let plain = typed.replace("\r\n", "\n").replace('\t', " ");
            if let Err(fault) = text::check_chars(plain.trim(), lines) {
                return Some(fault.zh());
            }
        }
        let typed = typed.trim();
        let most = self.limit.and_then(|n| usize::try_from(n).ok()).unwrap_or(most);
        if typed.replace("\r\n", "\n").chars().count() > most {
            return Some(text::TextError::TooLong(most).zh());
        }
        match &self.kind {
            // Consent is one word; an empty box that is sent along is none.
            FieldKind::Agree => (typed != "yes").then(|| "这一项没有正确勾选，请重新勾选。".to_owned()),
            _ if typed.is_empty() => None,
            FieldKind::Select(options) | FieldKind::Radio(options) | FieldKind::Checkboxes(options) => {
                options.iter().all(|o| o.value != typed).then(|| "请从列出的选项中选择。".to_owned())
            }
            FieldKind::Money(_) => Fen::parse(typed).err().map(|e| e.zh().to_owned()),
            FieldKind::Number(_) | FieldKind::Area => parse_quantity(typed).err().map(str::to_owned),
            FieldKind::Date if Day::parse(typed).is_none() => {
                Some("日期不存在或格式不对，例如 2026-11-22。".to_owned())
            }
            FieldKind::DateTime if parse_moment(typed).is_none() => {
                Some("时间不存在或格式不对，例如 2026-11-22 09:30。".to_owned())
            }
            _ => None,
        }
    }
}

impl Form {
    /// What is wrong with what was typed into the fields of this form, one message a field.
    pub fn faults<'v>(&self, typed: impl Fn(&str) -> &'v [String]) -> Vec<FieldFault> {
        let of_field = |field: &Field| {
            let fault = typed(&field.name).iter().find_map(|value| field.fault(value))?;
            Some(FieldFault::new(field.name.clone(), fault))
        };
        self.every_field().filter_map(of_field).collect()
    }
}

impl Blocks {
    /// Every form in these blocks, however deep it stands.
    pub(super) fn forms(&self) -> Vec<&Form> {
        self.iter().flat_map(forms_of).collect()
    }
}

fn forms_of(block: &Block) -> Vec<&Form> {
    match block {
        Block::Form(form) => vec![form],
        Block::Confirm(confirm) => vec![confirm.form()],
        Block::StepUp(step_up) => vec![step_up.form()],
        Block::BidForm(bid) => vec![bid.form()],
        Block::Section(section) => section.blocks().forms(),
        Block::Columns(columns) => columns.both().into_iter().flat_map(Blocks::forms).collect(),
        Block::Grid(grid) => grid.blocks().forms(),
        Block::Live(live) => live.blocks().forms(),
        _ => Vec::new(),
    }
}
