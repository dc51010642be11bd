//! Which new passwords are refused, and what the person is told (checklist S055,
//! S057, S059, S060; DB01 for staff). Farmers and bidders have no rule on kinds
//! of characters and no forced change: length and guessing decide.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::domain::base::money::half_width;

/// The longest password taken; nothing is ever cut off.
pub const MAX_CHARS: usize = 128;

/// Whom the password protects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Farmers, collectives, bidders: at least 8 characters.
    Public,
    /// Everybody with a post: at least 12 characters of three kinds.
    Staff,
}

impl Profile {
    /// The shortest password.
    pub const fn min_chars(self) -> usize {
        match self {
            Profile::Public => 8,
            Profile::Staff => 12,
        }
    }
}

/// Why a new password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer characters than this.
    TooShort(usize),
    /// More than [`MAX_CHARS`].
    TooLong,
    /// A control character.
    Control,
    /// Common words or a name in Latin letters, with a few digits.
    Common,
    /// Repetition, a run, or keys that lie side by side.
    Pattern,
    /// Figures only, fewer than twelve.
    FiguresOnly,
    /// Built from the person's own data or the exchange's name.
    Personal,
    /// Staff: fewer than three kinds of characters.
    Kinds,
}

impl Weakness {
    /// What to tell the person.
    pub fn zh(self) -> String {
        match self {
            Weakness::TooShort(min) => format!("密码至少 {min} 个字符，可以用一句自己记得住的话。"),
            Weakness::TooLong => format!("密码最多 {MAX_CHARS} 个字符。"),
            Weakness::Control => "密码中有看不见的控制字符，请重新输入。".into(),
            Weakness::Common => "这个密码太常见，很容易被猜出，请换一个。".into(),
            Weakness::Pattern => "密码不能只是重复、连续的字符或键盘上相邻的键，请换一个。".into(),
            Weakness::FiguresOnly => "只有数字的密码至少要 12 位，请加长或加入文字、字母。".into(),
            Weakness::Personal => "密码不能主要由姓名、账号、手机号、证件号或本平台名称组成，请换一个。".into(),
            Weakness::Kinds => "工作人员的密码须含大写字母、小写字母、数字、其他字符中的至少三种。".into(),
        }
    }
}

/// Everything wrong with a new password; empty when it is fine. `personal` holds what
/// is known of the person: account, name, phone, ID number.
pub fn weaknesses(profile: Profile, typed: &str, personal: &[&str]) -> Vec<Weakness> {
    let chars: Vec<char> = typed.chars().map(half_width).flat_map(char::to_lowercase).collect();
    let mut found = Vec::new();
    if typed.chars().count() < profile.min_chars() {
        found.push(Weakness::TooShort(profile.min_chars()));
    }
    if typed.chars().count() > MAX_CHARS {
        found.push(Weakness::TooLong);
        return found;
    }
    if typed.chars().any(char::is_control) {
        found.push(Weakness::Control);
    }
    if profile == Profile::Staff && kinds(typed) < 3 {
        found.push(Weakness::Kinds);
    }
    if let Some(guess) = guessable(&chars, personal) {
        found.push(guess);
    }
    found
}

fn guessable(chars: &[char], personal: &[&str]) -> Option<Weakness> {
    let text: String = chars.iter().collect();
    if is_pattern(chars) {
        Some(Weakness::Pattern)
    } else if is_personal(&text, personal) {
        Some(Weakness::Personal)
    } else if is_common(&text) {
        Some(Weakness::Common)
    } else if chars.iter().all(char::is_ascii_digit) && chars.len() < 12 {
        Some(Weakness::FiguresOnly)
    } else {
        None
    }
}

fn kinds(typed: &str) -> usize {
    let kind = |f: fn(&char) -> bool| usize::from(typed.chars().any(|c| f(&c)));
    kind(char::is_ascii_uppercase)
        + kind(char::is_ascii_lowercase)
        + kind(char::is_ascii_digit)
        + kind(|c| !c.is_ascii_alphanumeric())
}

/// Words everybody tries, and the syllables of Chinese in Latin letters, of which names and
/// pet phrases are made.
static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    [include_str!("weak_words.txt"), include_str!("pinyin.txt")].iter().flat_map(|t| t.split_whitespace()).collect()
});

/// Up to four weak words, with at most six other characters around or between them.
fn is_common(text: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic();
    let letters = |t: &str| -> String { t.chars().filter(|c| letter(*c)).collect() };
    let others = |t: &str| t.chars().filter(|c| !letter(*c)).count();
    if others(text) <= 6 && is_words(&letters(text)) {
        return true;
    }
    // `p@ssw0rd123`: what stands around the letters goes first, then figures are read as letters.
    let core = text.trim_matches(|c| !letter(c));
    [core, text].into_iter().any(|part| {
        let around = text.chars().count() - part.chars().count();
        let plain: String = part.chars().map(unleet).collect();
        around + others(&plain) <= 6 && is_words(&letters(&plain))
    })
}

/// Whether four or fewer known words make up the whole.
fn is_words(stem: &str) -> bool {
    // fewest[i]: with how many words the first i letters are covered.
    let mut fewest = vec![usize::MAX; stem.len() + 1];
    fewest[0] = 0;
    for end in 1..=stem.len() {
        for start in 0..end {
            if fewest[start] < 4 && WORDS.contains(&stem[start..end]) {
                fewest[end] = fewest[end].min(fewest[start] + 1);
            }
        }
    }
    stem.len() >= 2 && fewest[stem.len()] <= 4
}

/// `p@ssw0rd` is `password` to whoever guesses.
fn unleet(c: char) -> char {
    match c {
        '@' | '4' => 'a',
        '3' => 'e',
        '1' | '!' => 'i',
        '0' => 'o',
        '$' | '5' => 's',
        '7' => 't',
        other => other,
    }
}

/// Rows and columns of the keyboard, the alphabet, and figures that everybody uses.
const RUNS: [&str; 11] = [
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "52013145201314520",
    "!@#$%^&*()_+",
];

/// Fewer than four characters stand outside repetitions and runs.
fn is_pattern(chars: &[char]) -> bool {
    let unit_repeats = (1..=4).any(|n| chars.len() > 2 * n && chars.iter().zip(&chars[n..]).all(|(a, b)| a == b));
    if unit_repeats {
        return true;
    }
    let (mut at, mut outside) = (0, 0);
    while at < chars.len() {
        let run = same_run(&chars[at..]).max(key_run(&chars[at..]));
        if run >= 3 {
            at += run;
        } else {
            outside += 1;
            at += 1;
        }
    }
    !chars.is_empty() && outside < 4 && outside < chars.len()
}

fn same_run(chars: &[char]) -> usize {
    chars.iter().take_while(|c| Some(*c) == chars.first()).count()
}

fn key_run(chars: &[char]) -> usize {
    let longest = |run: &[char]| {
        (0..run.len())
            .map(|start| chars.iter().zip(&run[start..]).take_while(|(a, b)| a == b).count())
            .max()
            .unwrap_or(0)
    };
    RUNS.iter()
        .map(|run| {
            let forward: Vec<char> = run.chars().collect();
            let backward: Vec<char> = run.chars().rev().collect();
            longest(&forward).max(longest(&backward))
        })
        .max()
        .unwrap_or(0)
}

const OUR_WORDS: [&str; 10] =
    ["lanshan", "蓝山", "nongquan", "农权", "nongcun", "农村", "chanquan", "产权", "jiaoyi", "交易"];

/// A known word stands in it and fewer than eight characters remain without it.
fn is_personal(text: &str, personal: &[&str]) -> bool {
    let mut words: Vec<String> = OUR_WORDS.iter().map(|w| (*w).to_owned()).collect();
    for p in personal {
        let p = p.to_lowercase();
        let figures = p.chars().filter(char::is_ascii_digit).count();
        if figures >= 8 {
            let tail: String = p.chars().skip(p.chars().count() - 6).collect();
            words.push(tail);
        }
        if p.chars().count() >= 2 {
            words.push(p);
        }
    }
    words.iter().any(|w| text.contains(w.as_str()) && text.replace(w.as_str(), "").chars().count() < 8)
}
