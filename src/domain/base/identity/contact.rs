//! Telephone, bank account and e-mail as people type them (rulebook 11.6).

use std::fmt;

use super::mask;
use crate::base::text::{self, TextError};

/// A Chinese mobile or landline number, digits only. Personal data: `Debug` is masked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

/// Why a typed telephone number was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneError {
    /// Nothing, or characters that cannot be seen.
    Text(TextError),
    /// Something other than digits (a hyphen or +86 is accepted).
    NotDigits,
    /// Starts like a mobile number but has not 11 digits.
    MobileLength(usize),
    /// Neither a mobile number (1 and 3 to 9) nor a landline with its area code.
    Unknown,
}

impl PhoneError {
    /// What to tell the person who typed it.
    pub fn zh(self) -> String {
        match self {
            PhoneError::Text(TextError::Empty) => "请填写电话号码。".to_owned(),
            PhoneError::Text(e) => e.zh(),
            PhoneError::NotDigits => "电话号码只能填写数字，请核对。".to_owned(),
            PhoneError::MobileLength(n) => format!("手机号码应为 11 位，现在填写了 {n} 位，请核对。"),
            PhoneError::Unknown => "请填写 11 位手机号码，或带区号的固定电话，例如 0746-2213456。".to_owned(),
        }
    }
}

impl fmt::Display for PhoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.zh())
    }
}

impl std::error::Error for PhoneError {}

impl Phone {
    /// Reads what a person typed: full-width digits, blanks, hyphens and +86 are accepted.
    pub fn parse(typed: &str) -> Result<Phone, PhoneError> {
        let text = text::code(typed).map_err(PhoneError::Text)?;
        let text: String = text.chars().filter(|c| !matches!(c, '-' | '－' | '—')).collect();
        let text = text.strip_prefix("+86").unwrap_or(&text);
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PhoneError::NotDigits);
        }
        let text = if text.len() == 13 { text.strip_prefix("86").unwrap_or(text) } else { text };
        match text.as_bytes() {
            [b'1', b'3'..=b'9', ..] if text.len() == 11 => Ok(Phone(text.to_owned())),
            [b'1', b'3'..=b'9', ..] => Err(PhoneError::MobileLength(text.len())),
            // Area code of 3 (010, 02x) or 4 digits and 7 or 8 of the subscriber.
            [b'0', b'1'..=b'9', ..] if (10..=12).contains(&text.len()) => Ok(Phone(text.to_owned())),
            _ => Err(PhoneError::Unknown),
        }
    }

    /// The digits. Personal data.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A mobile number can receive codes by SMS; a landline cannot.
    pub fn is_mobile(&self) -> bool {
        self.0.starts_with('1')
    }

    /// `138****1234`.
    pub fn masked(&self) -> String {
        mask::phone(&self.0)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

/// A bank account or card number of 12 to 19 digits. Personal data: `Debug` is masked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BankCard(String);

/// Why a typed account number was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BankCardError {
    /// Nothing, or characters that cannot be seen.
    Text(TextError),
    /// Something other than digits.
    NotDigits,
    /// Fewer than 12 or more than 19 digits; how many there were.
    Length(usize),
}

impl BankCardError {
    /// What to tell the person who typed it.
    pub fn zh(self) -> String {
        match self {
            BankCardError::Text(TextError::Empty) => "请填写银行账号。".to_owned(),
            BankCardError::Text(e) => e.zh(),
            BankCardError::NotDigits => "银行账号只能填写数字，请核对。".to_owned(),
            BankCardError::Length(n) => format!("银行账号应为 12 至 19 位数字，现在填写了 {n} 位，请核对。"),
        }
    }
}

impl fmt::Display for BankCardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.zh())
    }
}

impl std::error::Error for BankCardError {}

impl BankCard {
    /// Reads what a person typed: full-width digits, blanks and hyphens are accepted.
    pub fn parse(typed: &str) -> Result<BankCard, BankCardError> {
        let text = text::code(typed).map_err(BankCardError::Text)?;
        let text: String = text.chars().filter(|c| !matches!(c, '-' | '－')).collect();
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BankCardError::NotDigits);
        }
        match text.len() {
            12..=19 => Ok(BankCard(text)),
            n => Err(BankCardError::Length(n)),
        }
    }

    /// The digits. Sensitive personal data.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `**** 1234`.
    pub fn masked(&self) -> String {
        mask::bank_card(&self.0)
    }

    /// Whether the Luhn sum fits. Corporate accounts do not use it, so a `false` is only a reason to
    /// ask once more, never to refuse.
    pub fn luhn_ok(&self) -> bool {
        let sum: u32 = self
            .0
            .bytes()
            .rev()
            .enumerate()
            .map(|(i, b)| match (u32::from(b - b'0'), i % 2) {
                (d, 0) => d,
                (d, _) => d * 2 / 10 + d * 2 % 10,
            })
            .sum();
        sum.is_multiple_of(10)
    }

    /// The question to ask when the Luhn sum does not fit.
    pub fn warning(&self) -> Option<&'static str> {
        (!self.luhn_ok()).then_some("这个账号与个人银行卡的校验规则不符；如果是对公账户可以继续，否则请逐位核对。")
    }
}

impl fmt::Debug for BankCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BankCard({})", self.masked())
    }
}

/// An e-mail address of letters, digits and common signs; the domain in small letters.
/// Personal data: `Debug` is masked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

/// Why a typed e-mail address was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailError {
    /// Nothing, or characters that cannot be seen.
    Text(TextError),
    /// Longer than 254 characters in all or 64 before the @.
    TooLong,
    /// Not of the form name@domain.
    Shape,
}

impl EmailError {
    /// What to tell the person who typed it.
    pub fn zh(self) -> String {
        match self {
            EmailError::Text(TextError::Empty) => "请填写电子邮箱。".to_owned(),
            EmailError::Text(e) => e.zh(),
            EmailError::TooLong => "电子邮箱太长，请核对。".to_owned(),
            EmailError::Shape => "电子邮箱格式不正确，例如 name@example.com，请核对。".to_owned(),
        }
    }
}

impl fmt::Display for EmailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.zh())
    }
}

impl std::error::Error for EmailError {}

impl Email {
    /// Reads what a person typed; full-width characters are accepted, inner blanks are not.
    pub fn parse(typed: &str) -> Result<Email, EmailError> {
        let text: String =
            text::line(typed, 1000).map_err(EmailError::Text)?.chars().map(crate::base::money::half_width).collect();
        let (name, domain) = text.rsplit_once('@').ok_or(EmailError::Shape)?;
        if text.len() > 254 || name.len() > 64 {
            return Err(EmailError::TooLong);
        }
        let name_ok = !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
            && !name.starts_with('.')
            && !name.ends_with('.')
            && !name.contains("..");
        let label = |l: &str| {
            (1..=63).contains(&l.len())
                && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !l.starts_with('-')
                && !l.ends_with('-')
        };
        let top = domain.rsplit('.').next().is_some_and(|t| t.len() >= 2 && t.bytes().any(|b| b.is_ascii_alphabetic()));
        if !name_ok || !domain.contains('.') || !domain.split('.').all(label) || !top {
            return Err(EmailError::Shape);
        }
        Ok(Email(format!("{name}@{}", domain.to_ascii_lowercase())))
    }

    /// The address. Personal data.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `z***@example.com`.
    pub fn masked(&self) -> String {
        mask::email(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Email({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn phones_by_table() {
        for (typed, kept, mobile) in [
            ("13812341234", "13812341234", true),
            (" １３８ 1234-1234 ", "13812341234", true),
            ("+86 13812341234", "13812341234", true),
            ("8613812341234", "13812341234", true),
            ("0746-2213456", "07462213456", false),
            ("010-12345678", "01012345678", false),
        ] {
            let phone = Phone::parse(typed).unwrap();
            assert_eq!((phone.as_str(), phone.is_mobile()), (kept, mobile));
        }
        assert_eq!(Phone::parse("138****1234"), Err(PhoneError::NotDigits));
        assert_eq!(Phone::parse("1381234123"), Err(PhoneError::MobileLength(10)));
        assert_eq!(Phone::parse("12812341234"), Err(PhoneError::Unknown));
        assert_eq!(Phone::parse("2213456"), Err(PhoneError::Unknown));
        assert_eq!(Phone::parse("-"), Err(PhoneError::NotDigits));
        assert_eq!(Phone::parse(""), Err(PhoneError::Text(TextError::Empty)));
    }

    #[test]
    fn bank_cards_by_table() {
        let card = BankCard::parse("6222 0212-3456 １２３５").unwrap();
        assert_eq!((card.as_str(), card.masked().as_str()), ("6222021234561235", "**** 1235"));
        assert!(BankCard::parse("4111111111111111").unwrap().luhn_ok());
        assert!(BankCard::parse("4111111111111111").unwrap().warning().is_none());
        assert!(BankCard::parse("4111111111111112").unwrap().warning().is_some());
        assert!(BankCard::parse("123456789012").is_ok());
        assert_eq!(BankCard::parse("12345678901"), Err(BankCardError::Length(11)));
        assert_eq!(BankCard::parse(&"1".repeat(20)), Err(BankCardError::Length(20)));
        assert_eq!(BankCard::parse("6222O21234561234"), Err(BankCardError::NotDigits));
    }

    #[test]
    fn emails_by_table() {
        assert_eq!(Email::parse(" Zhang.San@Example.COM ").unwrap().as_str(), "Zhang.San@example.com");
        assert_eq!(Email::parse("a＠b.cn").unwrap().as_str(), "a@b.cn");
        for bad in
            ["a", "@b.cn", "a@b", "a@b.c", "a@.cn", "a@b..cn", "a b@c.cn", ".a@b.cn", "a@-b.cn", "a@b.12", "张@b.cn"]
        {
            assert_eq!(Email::parse(bad), Err(EmailError::Shape), "{bad}");
        }
        assert_eq!(Email::parse(&format!("{}@b.cn", "a".repeat(65))), Err(EmailError::TooLong));
        assert_eq!(Email::parse("a@b.cn\r\nBcc: c@d.cn"), Err(EmailError::Text(TextError::Control)));
    }

    #[test]
    fn s112_debug_output_is_masked() {
        let all = format!(
            "{:?}{:?}{:?}",
            Phone::parse("13812345678").unwrap(),
            BankCard::parse("6222021234561235").unwrap(),
            Email::parse("zhangsan@example.com").unwrap()
        );
        for secret in ["12345", "62220212", "zhangsan"] {
            assert!(!all.contains(secret), "{all}");
        }
    }
}
