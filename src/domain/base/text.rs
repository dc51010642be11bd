//! Text that a person typed: what is kept, what is refused and why.
//!
//! Characters that cannot be seen (control, bidirectional and zero-width ones) are refused,
//! because two names that look the same must be the same. Rare Chinese characters of every
//! extension, and those still kept in the private area by GB 18030 systems, are accepted
//! (rulebook 11.6: never refuse a name because of its character set).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::money::half_width;

/// Why typed text was refused. Lengths are in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    /// Nothing was typed.
    Empty,
    /// A control character such as NUL, TAB or a line break where only one line is asked.
    Control,
    /// A character that changes the writing direction or cannot be seen.
    Hidden,
    /// The mark that stands for a broken encoding.
    Broken,
    /// Fewer characters than asked.
    TooShort(usize),
    /// More characters than allowed.
    TooLong(usize),
    /// A person's name with digits or punctuation other than `·`.
    NotAName,
}

impl TextError {
    /// What to tell the person who typed it.
    pub fn zh(self) -> String {
        match self {
            TextError::Empty => "请填写此项。".to_owned(),
            TextError::Control => "内容含有控制字符或换行，请删除后重新填写。".to_owned(),
            TextError::Hidden => "内容含有看不见的字符或改变文字方向的字符，请删除后重新手工填写。".to_owned(),
            TextError::Broken => "内容含有乱码字符，请重新填写。".to_owned(),
            TextError::TooShort(min) => format!("内容太短，至少需要 {min} 个字。"),
            TextError::TooLong(max) => format!("内容太长，最多可以填写 {max} 个字。"),
            TextError::NotAName => "姓名只能填写文字，少数民族或外文姓名中可以使用间隔号“·”。".to_owned(),
        }
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.zh())
    }
}

impl std::error::Error for TextError {}

/// One line of text of at most `max` characters, outer blanks removed, otherwise as typed.
pub fn line(typed: &str, max: usize) -> Result<String, TextError> {
    let text = typed.trim_matches(blank);
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    check_chars(text, false)?;
    check_length(text, 1, max)?;
    Ok(text.to_owned())
}

/// Like [`line`], but nothing typed is `None`.
pub fn optional_line(typed: &str, max: usize) -> Result<Option<String>, TextError> {
    match line(typed, max) {
        Err(TextError::Empty) => Ok(None),
        other => other.map(Some),
    }
}

/// Several lines of text of at most `max` characters. Line breaks of every system become `\n`;
/// blanks at line ends are removed.
pub fn paragraphs(typed: &str, max: usize) -> Result<String, TextError> {
    let unix = typed.replace("\r\n", "\n").replace('\r', "\n");
    let text = unix.split('\n').map(|l| l.trim_end_matches(blank)).collect::<Vec<_>>().join("\n");
    let text = text.trim_matches(|c| blank(c) || c == '\n');
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    check_chars(text, true)?;
    check_length(text, 1, max)?;
    Ok(text.to_owned())
}

/// The name of a natural person: 2 to 25 characters, `·` inside allowed (rulebook 11.6).
/// The look-alikes of the separating point become `·`; variation selectors do not count.
pub fn person_name(typed: &str) -> Result<String, TextError> {
    let name: String = line(typed, 60)?.chars().map(name_point).collect();
    let inner =
        name.chars().all(|c| is_han(c) || c.is_alphabetic() || selector(c) || matches!(c, '·' | ' ' | '-' | '\''));
    let edge = |c: Option<char>| c.is_none_or(|c| matches!(c, '·' | '-' | '\'') || selector(c));
    if !inner || edge(name.chars().next()) || name.ends_with(['·', '-', '\'']) || name.contains("··") {
        return Err(TextError::NotAName);
    }
    match name.chars().filter(|c| !selector(*c)).count() {
        0 | 1 => Err(TextError::TooShort(2)),
        2..=25 => Ok(name),
        _ => Err(TextError::TooLong(25)),
    }
}

/// The name of an organisation: 2 to 100 characters; round brackets become full-width ones as
/// registers print them, so that the same name typed twice is the same text.
pub fn organisation_name(typed: &str) -> Result<String, TextError> {
    let name = line(typed, 100)?.replace('(', "（").replace(')', "）");
    check_length(&name, 2, 100)?;
    Ok(name)
}

/// A code or number as typed: full-width letters and digits become half-width, every blank goes,
/// letters become capitals. Refuses hidden characters; says nothing about the code itself.
pub fn code(typed: &str) -> Result<String, TextError> {
    let text = typed.trim_matches(blank);
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    check_chars(text, false)?;
    Ok(text.chars().filter(|c| !blank(*c)).map(code_char).collect())
}

/// Full-width digits to half-width ones; every other character stays.
pub fn half_width_digits(typed: &str) -> String {
    typed.chars().map(|c| if ('０'..='９').contains(&c) { half_width(c) } else { c }).collect()
}

/// The form in which two names are compared: half-width, without blanks, one kind of point.
/// For matching a payer on a bank statement with a registered name, never for display.
pub fn name_key(name: &str) -> String {
    name.chars().filter(|c| !blank(*c)).map(|c| name_point(half_width_sign(c))).flat_map(char::to_lowercase).collect()
}

/// Whether the text may stand in a file or table as it is: no control, hidden or broken character.
pub fn check_chars(text: &str, line_breaks: bool) -> Result<(), TextError> {
    for c in text.chars() {
        if c == '\n' && line_breaks {
            continue;
        }
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            return Err(TextError::Control);
        }
        if hidden(c) {
            return Err(TextError::Hidden);
        }
        if broken(c) {
            return Err(TextError::Broken);
        }
    }
    Ok(())
}

fn check_length(text: &str, min: usize, max: usize) -> Result<(), TextError> {
    match text.chars().count() {
        n if n < min => Err(TextError::TooShort(min)),
        n if n > max => Err(TextError::TooLong(max)),
        _ => Ok(()),
    }
}

/// Any Chinese ideograph: the basic block, every extension (planes 2 and 3 are reserved for
/// them), the compatibility blocks, 〇, 々, and the private areas older systems used.
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '〇' | '々'
        | '\u{20000}'..='\u{3FFFD}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

fn blank(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\u{A0}' | '\u{2002}'..='\u{200A}' | '\u{202F}')
}

fn hidden(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

fn broken(c: char) -> bool {
    c == '\u{FFFD}' || (c as u32) & 0xFFFE == 0xFFFE || matches!(c, '\u{FDD0}'..='\u{FDEF}')
}

/// Variation selectors pick the form of a rare character and belong to it.
fn selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn name_point(c: char) -> char {
    match c {
        '•' | '・' | '‧' | '∙' | '⋅' | '･' | '．' => '·',
        other => other,
    }
}

fn code_char(c: char) -> char {
    half_width_sign(c).to_ascii_uppercase()
}

/// Full-width ASCII forms only; `。` is a sentence end here, not a decimal point.
fn half_width_sign(c: char) -> char {
    if c == '。' { c } else { half_width(c) }
}

/// A text already checked to be one visible line; for fields that go on in other modules.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Line(String);

impl Line {
    /// Checks a line of at most `max` characters.
    pub fn parse(typed: &str, max: usize) -> Result<Line, TextError> {
        line(typed, max).map(Line)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_keep_rare_characters_and_refuse_hidden_ones() {
        assert_eq!(line("　毛俊镇\u{20BB7}家村 ", 20), Ok("毛俊镇\u{20BB7}家村".to_owned()));
        assert_eq!(line("\u{31350}\u{2EBF0}\u{E863}", 3).map(|t| t.chars().count()), Ok(3));
        assert_eq!(line("   ", 20), Err(TextError::Empty));
        assert_eq!(line("a\u{0}b", 20), Err(TextError::Control));
        assert_eq!(line("a\nb", 20), Err(TextError::Control));
        assert_eq!(line("村\u{202E}委会", 20), Err(TextError::Hidden));
        assert_eq!(line("\u{FEFF}村", 20), Err(TextError::Hidden));
        assert_eq!(line("村\u{FFFD}", 20), Err(TextError::Broken));
        assert_eq!(line("一二三四", 3), Err(TextError::TooLong(3)));
        assert_eq!(optional_line("", 3), Ok(None));
        assert_eq!(optional_line("有", 3), Ok(Some("有".to_owned())));
    }

    #[test]
    fn paragraphs_unify_line_breaks() {
        assert_eq!(paragraphs("一 \r\n二\r三\n\n", 10), Ok("一\n二\n三".to_owned()));
        assert_eq!(paragraphs("一\t二", 10), Err(TextError::Control));
    }

    #[test]
    fn names_of_persons() {
        for (typed, kept) in [
            ("盘金花", "盘金花"),
            (" 赵\u{20BB7} ", "赵\u{20BB7}"),
            ("买买提•艾力", "买买提·艾力"),
            ("\u{3D51}\u{4DAE}", "\u{3D51}\u{4DAE}"),
            ("葛\u{E0100}某", "葛\u{E0100}某"),
            ("Anna Maria", "Anna Maria"),
        ] {
            assert_eq!(person_name(typed), Ok(kept.to_owned()));
        }
        assert_eq!(person_name("王"), Err(TextError::TooShort(2)));
        assert_eq!(person_name(&"王".repeat(25)), Ok("王".repeat(25)));
        assert_eq!(person_name(&"王".repeat(26)), Err(TextError::TooLong(25)));
        for bad in ["王3", "王_五", "·王五", "王五·", "王··五", "王<五>", "王,五"] {
            assert_eq!(person_name(bad), Err(TextError::NotAName), "{bad}");
        }
        assert_eq!(person_name("王\u{200B}五"), Err(TextError::Hidden));
    }

    #[test]
    fn codes_and_digits() {
        assert_eq!(code(" ４３１１２７ 1998ｘ"), Ok("4311271998X".to_owned()));
        assert_eq!(code("43\u{2066}11"), Err(TextError::Hidden));
        assert_eq!(half_width_digits("第１２组（Ａ）"), "第12组（Ａ）");
    }

    #[test]
    fn compared_names_ignore_width_and_blanks() {
        assert_eq!(name_key("蓝山县甲公司（普通合伙）"), name_key("蓝山县 甲公司(普通合伙)"));
        assert_eq!(name_key("买买提•艾力"), name_key("买买提·艾力"));
        assert_ne!(name_key("王五"), name_key("王伍"));
        assert_eq!(organisation_name("甲公司(普通合伙)"), Ok("甲公司（普通合伙）".to_owned()));
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_accepted_again(s in "\\PC{0,40}") {
            if let Ok(kept) = line(&s, 40) {
                prop_assert_eq!(line(&kept, 40), Ok(kept.clone()));
                prop_assert!(kept.chars().all(|c| !c.is_control() && !hidden(c)));
            }
            if let Ok(name) = person_name(&s) {
                prop_assert_eq!(person_name(&name), Ok(name.clone()));
            }
        }
    }
}
