//! Masked forms of personal data (rulebook 9.6). Every function is total: text that is too short
//! to mask safely becomes stars only.

/// A natural person's name in public: the first character and always two stars, so that the length
/// stays unknown: `王**`. Organisations are shown in full and never come here.
pub fn person_name(name: &str) -> String {
    match name.chars().next() {
        Some(first) => format!("{first}**"),
        None => "**".to_owned(),
    }
}

/// An ID number for counterparties and staff: first 6 and last 4 characters.
pub fn resident_id(id: &str) -> String {
    keep(id, 6, 4)
}

/// An ID number where the law forces it into public: first 3 and last 2 characters.
pub fn resident_id_public(id: &str) -> String {
    keep(id, 3, 2)
}

/// A telephone number for staff: first 3 and last 4 digits.
pub fn phone(number: &str) -> String {
    keep(number, 3, 4)
}

/// A bank account for counterparties and staff: the last 4 digits behind four stars.
pub fn bank_card(number: &str) -> String {
    let n = number.chars().count();
    if n < 8 { "****".to_owned() } else { format!("**** {}", number.chars().skip(n - 4).collect::<String>()) }
}

/// An e-mail address for staff: the first character and the domain.
pub fn email(address: &str) -> String {
    match (address.chars().next(), address.split_once('@')) {
        (Some(first), Some((_, domain))) => format!("{first}***@{domain}"),
        _ => "***".to_owned(),
    }
}

/// A home address in public: cut after the village or community; without one, after the township;
/// without either, nothing.
pub fn address(full: &str) -> String {
    for mark in ["社区", "村", "乡", "镇"] {
        if let Some(at) = full.find(mark) {
            let shown = &full[..at + mark.len()];
            // A house number before the mark means that the street was written first.
            if !shown.chars().any(|c| c.is_numeric() && c != '〇') {
                return shown.to_owned();
            }
        }
    }
    "（住址不公开）".to_owned()
}

/// Keeps `head` and `tail` characters and stars the rest; stars everything when less than a third
/// would be hidden.
fn keep(text: &str, head: usize, tail: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let hidden = chars.len().saturating_sub(head + tail);
    if hidden * 3 < chars.len() || chars.is_empty() {
        return "*".repeat(chars.len().max(4));
    }
    let stars = "*".repeat(hidden);
    chars[..head].iter().collect::<String>() + &stars + &chars[chars.len() - tail..].iter().collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_by_table() {
        assert_eq!(person_name("王小五"), "王**");
        assert_eq!(person_name("欧阳"), "欧**");
        assert_eq!(person_name("\u{20BB7}某"), "\u{20BB7}**");
        assert_eq!(person_name(""), "**");
        assert_eq!(resident_id("43112719800101001X"), "431127********001X");
        assert_eq!(resident_id_public("43112719800101001X"), "431*************1X");
        assert_eq!(phone("13812341234"), "138****1234");
        assert_eq!(bank_card("6222021234561234"), "**** 1234");
        assert_eq!(bank_card("1234567"), "****");
        assert_eq!(email("zhangsan@example.com"), "z***@example.com");
        assert_eq!(email("nothing"), "***");
    }

    #[test]
    fn addresses_end_at_the_village() {
        assert_eq!(address("蓝山县塔峰镇古城社区3栋402"), "蓝山县塔峰镇古城社区");
        assert_eq!(address("蓝山县毛俊镇毛俊村5组12号"), "蓝山县毛俊镇毛俊村");
        assert_eq!(address("蓝山县楠市镇人民路8号"), "蓝山县楠市镇");
        assert_eq!(address("蓝山县塔峰镇城东路8号幸福社区3栋"), "蓝山县塔峰镇");
        assert_eq!(address("某路8号"), "（住址不公开）");
    }

    #[test]
    fn short_text_is_hidden_whole() {
        assert_eq!(resident_id("4311271980"), "**********");
        assert_eq!(phone("1234"), "****");
        assert_eq!(phone(""), "****");
    }
}
